"""The key is what the law answers on the case, by the engine that decides cases."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.case.writing import case_text
from lawmodel.exercises.exercise import Exercise
from lawmodel.exercises.laws import Laws
from lawmodel.inquiry.decide import decide


def case_of(laws: Laws, exercise: Exercise) -> Case:
    """The case of an exercise; raises `ProblemsFound` where it is none."""
    return parse_cases(laws.rulebook, case_text(exercise.case), exercise.id)[0]


def check(laws: Laws, exercise: Exercise) -> Iterator[str]:
    """Whether `decide` answers what the exercise says that the law answers."""
    if not exercise.case or exercise.answered is None or exercise.kind == "day":
        return
    answer = decide(laws.rulebook, case_of(laws, exercise), exercise.question, readings=exercise.readings)
    if answer.outcome != exercise.answered.outcome or {*answer.possible} != {*exercise.answered.possible}:
        yield f"the law answers {answer.outcome or answer.possible}, and the exercise says {exercise.answered.outcome}"
    if answer.outcome is not None and {one.id for one in answer.grounds} != {*exercise.answered.grounds}:
        yield "the grounds of the law are others than the exercise says"
    if {*map(frozenset, answer.turns_on)} != {*map(frozenset, exercise.answered.turns_on)}:
        yield "the answer of the law turns on something else than the exercise says"
