"""The cases of a set of exercises, each with its key as what is expected of it: what a set tests of the law."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.case.writing import case_text
from lawmodel.exercises.exercise import Exercise, ExerciseSet
from lawmodel.rulebook.model import Rulebook


def expected_cases(rulebook: Rulebook, found: ExerciseSet, file: str) -> Iterator[Case]:
    """The case of each exercise that has one and an answer; raises `ProblemsFound` for what is no case of the law.

    Exercises about the law as a whole, on orders and on cases that are to be written have none.
    """
    for one in found.exercises:
        if one.case and one.answered is not None and one.answered.outcome is not None:
            yield from parse_cases(rulebook, case_text(_content(one)), f"{file}#{one.id}")


def _content(exercise: Exercise) -> dict[str, Any]:
    assert exercise.answered is not None
    expected: dict[str, Any] = {"question": exercise.question, "outcome": exercise.answered.outcome}
    if exercise.answered.grounds:
        expected["grounds"] = list(exercise.answered.grounds)
    if exercise.readings:
        expected["readings"] = dict(exercise.readings)
    return {"title": exercise.id, **exercise.case, "expect": [expected]}
