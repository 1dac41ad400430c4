"""Days are such as they mostly are, by what the rulebook calls likely, and nothing that is told is still to come.

Which days are working days, and what had to be allowed on them, is said by the facts (`likely`): nothing of it is known
here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lawmodel.case.values import day_in_words
from lawmodel.exercises.checks.key_is_the_law import case_of
from lawmodel.exercises.drawn_cases import is_to_come, unlikely_days
from lawmodel.exercises.exercise import Exercise
from lawmodel.exercises.laws import Laws
from lawmodel.problems import ProblemsFound

UNDATED: Final = ("day",)
"""Kinds that ask for the day themselves."""


def check(laws: Laws, exercise: Exercise) -> Iterator[str]:
    """Whether a day of the case is one on which it would hardly have been, or is still to come."""
    if not exercise.case or exercise.kind in UNDATED:
        return
    try:
        case = case_of(laws, exercise)
        yield from (f"{name}: {day_in_words(day)} is no likely day" for name, day in unlikely_days(laws, case))
        if is_to_come(laws.rulebook, case):
            yield "the case tells something that is still to come"
    except ProblemsFound:
        return
