"""The key is that of this rulebook, and says so where it rests on a day that no source states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lawmodel.exercises.exercise import Exercise
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.words import DATE_SAID

SURE: Final = ("text", "report")
OF_AN_INSTRUMENT: Final = "instrument:"


def check(laws: Laws, exercise: Exercise) -> Iterator[str]:
    """Whether the rulebook is another, or the right day is not sure and nothing says so."""
    if laws.rulebook.content_hash and exercise.rulebook.sha256 != laws.rulebook.content_hash:
        yield "it was made from another rulebook, or from another edition of this one"
    if exercise.kind != "day":
        return
    told = " ".join((*(one.feedback for one in exercise.right), exercise.explanation))
    for limb in exercise.limbs:
        instrument = laws.rulebook.instruments.get(limb.removeprefix(OF_AN_INSTRUMENT))
        for step in () if instrument is None or not limb.startswith(OF_AN_INSTRUMENT) else instrument.steps:
            if step.stage != laws.rulebook.ordinary_stage or step.certainty in SURE:
                continue
            if DATE_SAID[step.certainty] not in told:
                yield f"the day of {limb.removeprefix(OF_AN_INSTRUMENT)} is not sure, and nothing says so"
