"""The key is that of this rulebook, and says so where it rests on what is not sure: a provision, or a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lawmodel.exercises.checks.key_is_the_law import case_of
from lawmodel.exercises.exercise import Exercise
from lawmodel.exercises.explaining import Explanation
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.words import DATE_SAID
from lawmodel.problems import ProblemsFound

SURE: Final = ("text", "report")
OF_AN_INSTRUMENT: Final = "instrument:"


OF_GROUNDS: Final = ("outcome", "ground")
"""Kinds whose key is an answer with its grounds."""


def check(laws: Laws, exercise: Exercise) -> Iterator[str]:
    """Whether the rulebook is another, or the right day is not sure and nothing says so."""
    if laws.rulebook.content_hash and exercise.rulebook.sha256 != laws.rulebook.content_hash:
        yield "it was made from another rulebook, or from another edition of this one"
    if exercise.kind in OF_GROUNDS and exercise.answered is not None and exercise.case:
        yield from _unsaid(laws, exercise)
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


def _unsaid(laws: Laws, exercise: Exercise) -> Iterator[str]:
    """Grounds that are not sure, by themselves or since when they are law, of which the explanation does not say so."""
    assert exercise.answered is not None
    try:
        case = replace(case_of(laws, exercise), readings=dict(exercise.readings))
        explained = Explanation(laws, case, exercise.answered)
        sayings = list(explained.how_sure())
    except ProblemsFound:
        return
    for said in sayings:
        if said not in exercise.explanation:
            yield f"nothing says this: {said}"
