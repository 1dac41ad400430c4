"""What each source has its readers conclude: those together that conclude alike, and the least that parts them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations, product
from typing import Final, TypeAlias

from lawmodel.case.case import Case
from lawmodel.case.values import UNKNOWN
from lawmodel.inputs import reading_key
from lawmodel.inquiry.ask import Ask, TypedCase
from lawmodel.reasoning.engine_record import engines_recorded
from lawmodel.rulebook.model import Rulebook, Telling
from lawmodel.verbs.compare.answers import ByReading, answer_in_short
from lawmodel.verbs.compare.comparisons import ComparedAnswer, Follows, TellingComparison, TellingDifference, TellingRow
from lawmodel.verbs.compare.smallest_sets import smallest_sets
from lawmodel.verbs.compare.words import TEXT, answer_in_words, telling_sentence

STAGE: Final = "stage"

Taken: TypeAlias = Mapping[str, str | None]
"""The stage, and the option of each reading that bears on the question (None: open), as a source has them."""


def group_tellings(
    rulebook: Rulebook,
    case: Case | TypedCase,
    question: str,
    *,
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
    stage: str | None = None,
) -> TellingComparison:
    """The tellings in rows that conclude alike. What is chosen of readings and stage goes before what is told.

    Both go before what the case itself says. Raises what `decide` raises.
    """
    ask = Ask(rulebook, case, question, readings=readings, on=on, stage=stage)
    asked = _Asked(ask, readings or {}, stage)
    told: dict[str, Taken] = {TEXT: asked.taken(None)}
    told |= {name: asked.taken(one) for name, one in rulebook.tellings.items() if asked.speaks(one)}
    groups: dict[object, list[str]] = {}
    with engines_recorded() as engines:
        for name, taken in told.items():
            groups.setdefault(_conclusion(asked.concluded(taken)), []).append(name)
        grouped = [tuple(names) for names in groups.values()]
        answers = [_together([asked.answer(told[name]) for name in names]) for names in grouped]
        differences = tuple(_differences(asked, told, grouped))
    rows = tuple(
        TellingRow(names, answer, answer_in_words(rulebook, question, answer, answers))
        for names, answer in zip(grouped, answers, strict=True)
    )
    chosen = {name: option for name, option in asked.chosen.items() if option != UNKNOWN}
    over = dict.fromkeys(name for one in differences for name in one.over if name != STAGE)
    return TellingComparison(
        header=ask.header(ask.valued(), ("evaluation", *sorted(engines))),
        chosen=chosen,
        sentence=telling_sentence(rulebook, question, chosen, rows),
        rows=rows,
        silent=tuple(name for name in rulebook.tellings if name not in told),
        differences=differences,
        stages={name: str(taken[STAGE]) for name, taken in told.items()},
        taken={name: {reading: taken[reading] for reading in over} for name, taken in told.items()},
    )


class _Asked:
    """A question on one case, under whatever a source has of readings and stage."""

    def __init__(self, ask: Ask, readings: Mapping[str, str], stage: str | None) -> None:
        """Take the question, and the readings and the stage that go before what a source says."""
        self._ask, self._rulebook, self._case, self._on = ask, ask.rulebook, ask.case, ask.on
        self._stage, self._ordinary = stage, ask.stage
        occurring = ask.decider(ask.rulebook.ordinary_stage).comparisons.occurring
        self._readings = [name for name in ask.rulebook.readings if reading_key(name) in occurring]
        self.chosen = {name: readings[name] for name in self._readings if name in readings}
        self._by_stage: dict[str, ByReading] = {}
        self._known: dict[tuple[str | None, ...], ComparedAnswer] = {}

    def speaks(self, telling: Telling) -> bool:
        """Whether a source speaks of a reading that bears on the question and is not chosen."""
        return any(one.reading in self._readings and one.reading not in self.chosen for one in telling.readings)

    def taken(self, telling: Telling | None) -> Taken:
        """The stage and the readings of a source; of the text, where it is None."""
        told = {} if telling is None else telling.chosen()
        own = self._case.readings
        found: dict[str, str | None] = {STAGE: self._stage or (self._ordinary if telling is None else telling.stage)}
        for name in self._readings:
            option = self.chosen.get(name) or told.get(name) or own.get(name) or self._rulebook.readings[name].default
            found[name] = None if option == UNKNOWN else option
        return found

    def concluded(self, taken: Taken) -> ComparedAnswer:
        """What the answer comes to, without its grounds."""
        key = tuple(taken.values())
        if key not in self._known:
            stage = str(taken[STAGE])
            if stage not in self._by_stage:
                made = self._ask.decider(stage)
                valuation = made.value(self._case, None, self._on).valuation
                self._by_stage[stage] = ByReading(made, valuation, self._readings)
            chosen = {name: option for name, option in taken.items() if name != STAGE and option is not None}
            self._known[key] = self._by_stage[stage].under(chosen)
        return self._known[key]

    def answer(self, taken: Taken) -> ComparedAnswer:
        """What the answer comes to, with its grounds."""
        found = self.concluded(taken)
        if len(found.possible) != 1:
            return found
        readings = {name: option or UNKNOWN for name, option in taken.items() if name != STAGE}
        made = self._ask.decider(taken[STAGE])
        return answer_in_short(made, made.value(self._case, readings, self._on).valuation)


def _conclusion(found: ComparedAnswer) -> tuple[tuple[str, ...], frozenset[Follows]]:
    return found.possible, frozenset(found.consequences)


def _together(answers: Sequence[ComparedAnswer]) -> ComparedAnswer:
    """What answers that conclude alike come to; of the grounds those that all have, and those that some have."""
    every = dict.fromkeys(name for one in answers for name in (*one.grounds, *one.further_grounds))
    shared = tuple(name for name in every if all(name in one.grounds for one in answers))
    further = tuple(name for name in every if name not in shared)
    return ComparedAnswer(answers[0].possible, shared, further, answers[0].consequences)


def _differences(
    asked: _Asked, told: Mapping[str, Taken], rows: Sequence[tuple[str, ...]]
) -> Iterator[TellingDifference]:
    """For each two rows the smallest sets of differences between any of their tellings."""
    order = list(told)
    for (number, row), (other_number, other) in combinations(enumerate(rows), 2):
        pairs: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for pair in product(row, other):
            earlier, later = sorted(pair, key=order.index)
            for over in _over(asked, told[later], told[earlier]):
                pairs.setdefault(over, []).append(pair)
        least = min(map(len, pairs))
        for over, parted in pairs.items():
            if len(over) == least:
                yield TellingDifference((number, other_number), over, tuple(parted))


def _over(asked: _Asked, mine: Taken, theirs: Taken) -> tuple[tuple[str, ...], ...]:
    """The smallest sets of differences that, taken from the other, make a source conclude as the other does."""
    differing = [name for name in mine if mine[name] != theirs[name]]
    return smallest_sets(differing, partial(_suffices, asked, mine, theirs))


def _suffices(asked: _Asked, mine: Taken, theirs: Taken, group: tuple[str, ...]) -> bool:
    mixed = {**mine, **{name: theirs[name] for name in group}}
    return _conclusion(asked.concluded(mixed)) == _conclusion(asked.concluded(theirs))
