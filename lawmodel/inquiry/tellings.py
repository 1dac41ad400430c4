"""The law as each source tells it: what a reader of each would conclude, and which reading makes them part."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.inputs import READING_PREFIX
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import decider
from lawmodel.rulebook.model import Rulebook, Telling

STAGE = "stage"
MOST_TOGETHER = 3
"""Differences are tried alone, in pairs and in threes; more than that is shown as a whole."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a reader of one source (or of the text, where it is None) would conclude."""

    telling: Telling | None
    answer: Answer
    speaks: tuple[str, ...]
    """The readings of this question on which the source speaks; for the text: none."""


@dataclass(frozen=True, slots=True)
class Parting:
    """Two that conclude differently, and the smallest sets of differences that make them part."""

    one: str
    other: str
    """Ids of tellings; ``text`` for the text."""
    over: tuple[tuple[str, ...], ...]
    """Each a set of readings (or ``stage``): had the first read these as the second does, it would conclude alike."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All tellings side by side on one question."""

    question: str
    told: tuple[Told, ...]
    """The text first."""
    silent: tuple[str, ...]
    """The tellings that say nothing of the question."""
    partings: tuple[Parting, ...]


TEXT = "text"


def compare_tellings(rulebook: Rulebook, case: Case, question: str, on: datetime.date | None = None) -> Comparison:
    """What each source would have a reader conclude; where they part, and over what."""
    occurring = decider(rulebook, question).comparisons.occurring
    told = [Told(None, decide(rulebook, case, question, on=on), ())]
    silent = []
    for telling in rulebook.tellings.values():
        speaks = tuple(one.reading for one in telling.readings if READING_PREFIX + one.reading in occurring)
        if speaks:
            told.append(Told(telling, decide(rulebook, case, question, on=on, told_by=telling.id), speaks))
        else:
            silent.append(telling.id)
    partings = [
        Parting(_name(one), _name(other), tuple(_over(rulebook, case, question, on, one, other)))
        for other, one in combinations(told, 2)
        if _conclusion(one.answer) != _conclusion(other.answer)
    ]
    return Comparison(question, tuple(told), tuple(silent), tuple(partings))


def _name(told: Told) -> str:
    return TEXT if told.telling is None else told.telling.id


def _conclusion(answer: Answer) -> tuple[str, ...]:
    return answer.possible


def _inputs(rulebook: Rulebook, telling: Telling | None) -> dict[str, str | None]:
    """The stage and every reading, as a source takes them."""
    chosen = {} if telling is None else telling.chosen()
    stage = rulebook.ordinary_stage if telling is None else telling.stage
    return {STAGE: stage, **{name: chosen.get(name, reading.default) for name, reading in rulebook.readings.items()}}


def _over(
    rulebook: Rulebook, case: Case, question: str, on: datetime.date | None, one: Told, other: Told
) -> Iterator[tuple[str, ...]]:
    """The smallest sets of differences that, taken from the other, make the first conclude as the other does."""
    mine, theirs = _inputs(rulebook, one.telling), _inputs(rulebook, other.telling)
    differing = [name for name in mine if mine[name] != theirs[name]]
    found: list[tuple[str, ...]] = []
    for size in range(1, MOST_TOGETHER + 1):
        for group in combinations(differing, size):
            if any(set(smaller) <= set(group) for smaller in found):
                continue
            mixed = {**mine, **{name: theirs[name] for name in group}}
            if _conclusion(_decided(rulebook, case, question, on, mixed)) == _conclusion(other.answer):
                found.append(group)
    yield from found or [tuple(differing)]


def _decided(
    rulebook: Rulebook, case: Case, question: str, on: datetime.date | None, inputs: Mapping[str, str | None]
) -> Answer:
    readings = {name: option for name, option in inputs.items() if name != STAGE and option is not None}
    return decide(rulebook, case, question, on=on, stage=inputs[STAGE], readings=readings, forward_chaining=False)
