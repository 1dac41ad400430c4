"""All options have one form: as many sentences, and each ends as one."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.exercises.exercise import Exercise
from lawmodel.exercises.laws import Laws


def check(laws: Laws, exercise: Exercise) -> Iterator[str]:
    """Whether an option is empty, or ends otherwise than the others."""
    ends = {one.says[-1:] if one.says[-1:] in ".?!" else "" for one in exercise.options if one.says}
    if any(not one.says for one in exercise.options):
        yield "an option says nothing"
    if exercise.kind == "outcome" and len(ends) > 1:
        yield "some options are sentences, and others are none"
