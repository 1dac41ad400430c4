"""The front door: `import lawmodel`."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

import lawmodel
from lawmodel import cases
from lawmodel.case.model import case_models
from lawmodel.case.valuation import value_case
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook
from tests.case.library import loans

__all__ = ["loans"]  # a fixture


def test_importing_it_imports_nothing_else() -> None:
    program = "import sys; before = set(sys.modules); import lawmodel; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["lawmodel"]


def test_every_name_is_there() -> None:
    for name in lawmodel.__all__:
        assert getattr(lawmodel, name) is not None
        assert name in dir(lawmodel)
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        _ = getattr(lawmodel, "Nothing")  # noqa: B009


def test_the_supplied_rulebook_is_the_default() -> None:
    assert lawmodel.load_rulebook().provisions


def test_threads_that_ask_at_once_get_the_same_classes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A case of one thread is an instance of the class that another has."""
    monkeypatch.setattr(cases, "_made", {})
    start = Barrier(4)

    def ask(_: int) -> object:
        start.wait()
        return cases.Case

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(ask, range(4)))) == 1


def test_typed_and_plain_cases_are_decided_alike(loans: Rulebook) -> None:
    typed = case_models(loans)["Case"](closed=True, presume=["loan.days"])
    answers = [lawmodel.decide(loans, case, "fine") for case in (typed, typed.to_case())]
    assert answers[0].to_json() == answers[1].to_json()
    assert answers[0].outcome == "none"
    assert value_case(loans, typed.to_case()).presumed == {"loan.days": 30}


def test_a_case_of_another_rulebook_is_refused(loans: Rulebook) -> None:
    case = case_models(loans)["Case"](closed=True)
    supplied = lawmodel.load_rulebook()
    with pytest.raises(ProblemsFound, match="closed"):
        lawmodel.decide(supplied, case, next(iter(supplied.questions)))
