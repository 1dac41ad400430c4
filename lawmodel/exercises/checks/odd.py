"""The case is one that can be: nothing in it contradicts itself, or is odd, by what the rulebook says of cases."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.exercises.checks.key_is_the_law import case_of
from lawmodel.exercises.exercise import Exercise
from lawmodel.exercises.laws import Laws
from lawmodel.problems import ProblemsFound


def check(laws: Laws, exercise: Exercise) -> Iterator[str]:
    """Whether the rulebook has an error or a warning for the case, by its rules of consistency."""
    if not exercise.case:
        return
    try:
        odd = laws.is_odd(case_of(laws, exercise))
    except ProblemsFound as error:
        yield f"no case can be so: {error.problems[0].message}"
        return
    if odd:
        yield "the rulebook finds the case odd"
