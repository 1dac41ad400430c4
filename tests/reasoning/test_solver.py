"""The solver: a context of its own each time, the same answers each time, and questions that can be broken off."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Iterator
from types import FrameType

import pytest
import z3

from lawmodel.reasoning.engine_record import engines_recorded
from lawmodel.reasoning.solving import solver as solving
from lawmodel.reasoning.solving.solver import TRUTH, WHOLE, Optimizer, Solver

DAYS = "(declare-const a Int)(declare-const b Int)(declare-const late Bool)(assert (< 3 a b))(assert (= late (< 9 b)))"
BITS = """
(declare-const x Bool)(declare-const y Bool)(declare-const n (_ BitVec 5))
(assert (or x y))(assert (= x (bvult n #b00111)))
"""


def pigeons(count: int) -> str:
    """More pigeons than holes: no model, and each further one makes that far harder to find."""
    places = [[f"p{pigeon}_{hole}" for hole in range(count)] for pigeon in range(count + 1)]
    lines = [f"(declare-const {name} Bool)" for row in places for name in row]
    lines += [f"(assert (or {' '.join(row)}))" for row in places]
    for one in range(count + 1):
        for other in range(one):
            lines += [f"(assert (not (and {places[one][hole]} {places[other][hole]})))" for hole in range(count)]
    return "".join(lines)


def test_the_context_of_the_whole_process_is_never_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """So it is in every answer too, says `tests.test_same_answers`."""

    def used() -> None:
        raise AssertionError("z3's own context was used")

    monkeypatch.setattr(z3.z3, "main_ctx", used)
    with engines_recorded() as engines:
        for solver in (Solver(BITS), Solver(BITS, finite=True), Optimizer(BITS)):
            model = solver.model()
            assert model is not None
            model.values({"n": 5, "x": TRUTH})
        solver = Solver(DAYS)
        assert not solver.can_hold(["late", "-late"])
        assert solver.refuted_by() == {"late", "-late"}
    assert engines == {"z3"}


def test_the_values_of_a_model() -> None:
    model = Solver(DAYS).model("-late")
    assert model is not None
    found = model.values({"a": WHOLE, "b": WHOLE, "late": TRUTH, "nowhere": TRUTH})
    assert (found["late"], found["nowhere"]) == (0, None)
    assert 3 < (found["a"] or 0) < (found["b"] or 0) < 10
    model = Solver(BITS, finite=True).model("x")
    assert model is not None
    assert (model.values({"n": 5})["n"] or 0) < 7
    assert model.holding(["x", "nowhere"]) == {"x"}


def test_literals_that_cannot_hold_together_are_named() -> None:
    for finite in (False, True):
        solver = Solver(BITS, finite=finite)
        solver.add("(declare-const z Bool)")
        assert not solver.can_hold(["-x", "z", "-y"])
        assert solver.refuted_by() == {"-x", "-y"}
        assert solver.can_hold(["-x", "z"])


def test_the_same_questions_have_the_same_answers_whatever_was_asked_before() -> None:
    def asked() -> list[dict[str, int | None]]:
        solver = Solver(DAYS)
        found = []
        for literals in (["late"], ["-late"], []):
            model = solver.model(*literals)
            assert model is not None
            found.append(model.values({"a": WHOLE, "b": WHOLE}))
            solver.add(f"(assert (not (= a {found[-1]['a']})))")
        return found

    first = asked()
    for count in (2, 5):
        assert Solver(pigeons(count)).model() is None
    assert asked() == first


def test_a_model_is_read_before_its_solver_is_asked_again() -> None:
    solver = Solver(DAYS)
    model = solver.model()
    assert model is not None
    assert solver.can_hold(["late"])
    with pytest.raises(AssertionError):
        model.values({"a": WHOLE})


def test_as_many_soft_assertions_as_can_be() -> None:
    soft = "(assert-soft (< a 5) :weight 2)(assert-soft late :weight 1)(assert-soft (not late) :weight 3)"
    model = Optimizer(DAYS + soft).model()
    assert model is not None
    assert model.values({"a": WHOLE, "late": TRUTH}) == {"a": 4, "late": 0}
    assert Optimizer(DAYS + soft + "(assert (< b a))").model() is None


def test_contexts_of_solvers_that_are_gone_are_released() -> None:
    def held() -> int:
        return len(solving._held._held)

    kept = Solver(DAYS)
    gc.collect()
    Solver(DAYS)
    before = held()
    for _ in range(10):
        assert Solver(DAYS).model() is not None
        Optimizer(DAYS).model()
    assert held() <= before + 1
    assert kept.model() is not None


# --- questions that take long ------------------------------------------------------------------------------


@pytest.fixture(params=["solver", "finite", "hard", "optimizer"])
def endless(request: pytest.FixtureRequest) -> Solver | Optimizer:
    """Something to be asked that takes hours to answer."""
    return (
        Optimizer(pigeons(13))
        if request.param == "optimizer"
        else Solver(pigeons(13), finite=request.param != "solver", hard=request.param == "hard")
    )


@pytest.mark.parametrize("finite", [False, True])
def test_where_hard_questions_are_asked_changes_no_answer(*, finite: bool) -> None:
    for literals in [(), ("x",), ("-x",), ("-x", "-y"), ("x", "y")]:
        models = [Solver(BITS, finite=finite, hard=hard).model(*literals) for hard in (False, True)]
        found = [None if one is None else one.values({"x": TRUTH, "y": TRUTH, "n": 5}) for one in models]
        assert found[0] == found[1]


def interrupt_soon() -> None:
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()


def test_a_question_that_takes_hours_can_be_interrupted(endless: Solver | Optimizer) -> None:
    interrupt_soon()
    with pytest.raises(KeyboardInterrupt):
        endless.model()
    interrupt_soon()
    with pytest.raises(KeyboardInterrupt):  # again: nothing is broken
        endless.model()
    assert Solver(DAYS).model() is not None


@pytest.fixture
def handled() -> Iterator[list[int]]:
    """What came to a handler that lets the program go on."""
    found: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        found.append(number)

    before = signal.signal(signal.SIGALRM, note)
    yield found
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="this system has no such signal")
@pytest.mark.parametrize("finite", [False, True])
def test_a_signal_whose_handler_raises_nothing_is_no_reason_to_give_up(handled: list[int], *, finite: bool) -> None:
    signal.setitimer(signal.ITIMER_REAL, 0.15)
    assert Solver(pigeons(7), finite=finite).model() is None
    signal.setitimer(signal.ITIMER_REAL, 0.0001)
    assert Solver(pigeons(6), finite=finite).model() is None
    assert handled


def test_a_hard_question_of_another_thread_is_answered() -> None:
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(Solver(pigeons(7)).model()))
    thread.start()
    thread.join()
    assert found == [None]
