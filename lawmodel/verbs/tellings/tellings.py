"""The law as each source tells it: what a reader of each would conclude, and which reading makes them part."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import ClassVar, TypeAlias

from lawmodel.answer.answer import Answer, Brought
from lawmodel.case.case import Case
from lawmodel.dataclass import dataclass
from lawmodel.inputs import reading_key
from lawmodel.inquiry.ask import Ask, TypedCase
from lawmodel.inquiry.consequences import consequences
from lawmodel.inquiry.decide import answer_to
from lawmodel.inquiry.decider import decider
from lawmodel.results.header import Header
from lawmodel.rulebook.model import Rulebook, Telling
from lawmodel.value_object import ValueObject

TEXT = "text"
STAGE = "stage"
MOST_TOGETHER = 3
"""Differences are tried alone, in pairs and in threes; beyond that one set is shown of which none can be left out."""

Conclusion: TypeAlias = tuple[tuple[str, ...], frozenset[tuple[str, bool]]]
"""The possible outcomes, and the consequences with whether they certainly follow."""


@dataclass(frozen=True, slots=True)
class TellingAnswer(ValueObject):
    """What a reader of one source (or of the text, where it is None) would conclude."""

    telling: Telling | None
    answer: Answer
    speaks: tuple[str, ...]
    """The readings of this question on which the source speaks; for the text: none."""

    json_keys: ClassVar[Mapping[str, str]] = {"by": "by", "title": "title", "speaks": "speaks", "answer": "answer"}

    @property
    def by(self) -> str:
        """The telling, by id; ``text`` for the text."""
        return TEXT if self.telling is None else self.telling.id

    @property
    def title(self) -> str:
        """What the telling is called."""
        return "the text" if self.telling is None else self.telling.title


@dataclass(frozen=True, slots=True)
class SourceDifference(ValueObject):
    """Two that conclude differently (in outcomes or consequences), and the smallest sets of differences behind it."""

    one: str
    other: str
    """Ids of tellings; ``text`` for the text."""
    over: tuple[tuple[str, ...], ...]
    """Each a set of readings (or ``stage``): had the first read these as the second does, it would conclude alike."""


@dataclass(frozen=True, slots=True)
class SourceComparison(ValueObject):
    """All tellings side by side on one question."""

    question: str
    told: tuple[TellingAnswer, ...]
    """The text first."""
    silent: tuple[str, ...]
    """The tellings that say nothing of the question."""
    differences: tuple[SourceDifference, ...]

    json_is_brief: ClassVar[bool] = True
    json_keys: ClassVar[Mapping[str, str]] = {
        "question": "question",
        "told": "told",
        "silent": "silent",
        "partings": "differences",
        "header": "header",
    }

    @property
    def header(self) -> Header:
        """By which rulebook and program, on which case and question; the law is that of the text."""
        return self.told[0].answer.header


def compare_tellings(
    rulebook: Rulebook, case: Case | TypedCase, question: str, on: datetime.date | None = None
) -> SourceComparison:
    """What each source would have a reader conclude; where they part, and over what. Raises what `decide` raises."""
    ask = Ask(rulebook, case, question, on=on)
    occurring = _occurring(rulebook, question)
    told = [TellingAnswer(None, answer_to(ask), ())]
    silent = []
    for telling in rulebook.tellings.values():
        speaks = tuple(one.reading for one in telling.readings if one.reading in occurring)
        if speaks:
            as_told = Ask(rulebook, ask.case, question, on=on, told_by=telling.id)
            told.append(TellingAnswer(telling, answer_to(as_told), speaks))
        else:
            silent.append(telling.id)
    replay = _Replay(ask)
    differences = [
        SourceDifference(one.by, other.by, tuple(replay.over(one, other)))
        for other, one in combinations(told, 2)
        if _conclusion(one.answer) != _conclusion(other.answer)
    ]
    return SourceComparison(question, tuple(told), tuple(silent), tuple(differences))


def _occurring(rulebook: Rulebook, question: str) -> tuple[str, ...]:
    """The readings that bear on a question."""
    keys = decider(rulebook, question).comparisons.occurring
    return tuple(name for name in rulebook.readings if reading_key(name) in keys)


def _conclusion(answer: Answer) -> Conclusion:
    return answer.possible, _following(answer.consequences)


def _following(brought: tuple[Brought, ...]) -> frozenset[tuple[str, bool]]:
    return frozenset((one.id, one.certain) for one in brought)


class _Replay:
    """The question decided again under mixtures of two tellings; each mixture once."""

    def __init__(self, ask: Ask) -> None:
        self._ask, self._rulebook, self._case, self._on = ask, ask.rulebook, ask.case, ask.on
        self._stage = ask.stage
        self._readings = _occurring(ask.rulebook, ask.question)
        self._known: dict[tuple[str | None, ...], Conclusion] = {}

    def over(self, one: TellingAnswer, other: TellingAnswer) -> Iterator[tuple[str, ...]]:
        """The smallest sets of differences that, taken from the other, make the first conclude as the other does."""
        mine, theirs = self._inputs(one.telling), self._inputs(other.telling)
        differing = [name for name in mine if mine[name] != theirs[name]]

        def suffices(group: tuple[str, ...]) -> bool:
            mixed = {**mine, **{name: theirs[name] for name in group}}
            return self._concluded(mixed) == _conclusion(other.answer)

        found: list[tuple[str, ...]] = []
        for size in range(1, MOST_TOGETHER + 1):
            for group in combinations(differing, size):
                if not any(set(smaller) <= set(group) for smaller in found) and suffices(group):
                    found.append(group)
        if not found:
            kept = tuple(differing)
            for name in differing:
                without = tuple(one for one in kept if one != name)
                kept = without if suffices(without) else kept
            found.append(kept)
        yield from found

    def _inputs(self, telling: Telling | None) -> dict[str, str | None]:
        """The stage and every reading that bears on the question, as a source takes them."""
        chosen = {**self._case.readings, **({} if telling is None else telling.chosen())}
        stage = self._stage if telling is None else telling.stage
        readings = {name: chosen.get(name, self._rulebook.readings[name].default) for name in self._readings}
        return {STAGE: stage, **readings}

    def _concluded(self, inputs: Mapping[str, str | None]) -> Conclusion:
        key = tuple(inputs.values())
        if key not in self._known:
            readings = {name: option for name in self._readings if (option := inputs[name]) is not None}
            made = self._ask.decider(inputs[STAGE])
            valuation = made.value(self._case, readings, self._on).valuation
            possible = made.possible(valuation)
            self._known[key] = possible, _following(tuple(consequences(made, valuation, possible)))
        return self._known[key]
