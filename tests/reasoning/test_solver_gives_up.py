"""A question too hard for the solver ends after a counted amount of work, and says so."""

from __future__ import annotations

import pytest

from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.solving import solver
from lawmodel.reasoning.solving.solver import Optimizer, Solver


def pigeons(count: int) -> str:
    """That so many pigeons have one hole fewer, one each: as hard for a solver as it is wrong."""
    holes = range(count - 1)
    lines = [f"(declare-const p{one}_{hole} Bool)" for one in range(count) for hole in holes]
    for one in range(count):
        lines.append(f"(assert (or {' '.join(f'p{one}_{hole}' for hole in holes)}))")
        lines += [f"(assert (not (and p{one}_{hole} p{other}_{hole})))" for other in range(one) for hole in holes]
    return "\n".join(lines)


@pytest.fixture(autouse=True)
def _less_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "EASY", 10_000)
    monkeypatch.setattr(solver, "MOST_WORK", 200_000)


@pytest.mark.parametrize("finite", [False, True])
def test_a_question_that_is_too_hard_is_given_up(finite: bool) -> None:
    with pytest.raises(ProblemsFound, match="has not settled a question in 200,000 units of work"):
        Solver(pigeons(14), finite=finite).model()


def test_so_is_the_search_for_the_simplest(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ProblemsFound, match="Leave less open"):
        Optimizer(pigeons(14) + "(assert-soft p0_0 :weight 1)").model()


def test_an_easy_question_is_settled_all_the_same() -> None:
    assert Solver(pigeons(3)).model() is None
    assert Solver("(declare-const a Bool)(assert a)").model() is not None
