"""Slips in what a rulebook states: a limb dropped, a negation flipped, a comparison or a day that is off by one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final, assert_never

from lawmodel.dataclass import dataclass
from lawmodel.inputs import MOST_RECORDS
from lawmodel.rulebook.condition import (
    AllOf,
    Always,
    AnyOf,
    ConceptHolds,
    Concludes,
    ConclusionCases,
    ConclusionSwitch,
    Condition,
    Count,
    CountsAsLaw,
    DateName,
    FactCompared,
    FactIs,
    FactSameAs,
    NotThis,
    Some,
    StatedPart,
    Switch,
    walk,
)
from lawmodel.rulebook.model import Question, Rulebook
from lawmodel.rulebook.parts import EntryPart
from lawmodel.rulebook.serialise import statement_as_written
from lawmodel.time_spans import MOST_COUNTED, Direction
from lawmodel.words.outline import Outline, bounded, quantified

NEIGHBOURS: Final[Mapping[str, tuple[str, ...]]] = {
    "before": ("on_or_before",),
    "on_or_before": ("before",),
    "after": ("on_or_after",),
    "on_or_after": ("after",),
    "on": ("on_or_before", "on_or_after"),
    "at_least": ("more_than",),
    "more_than": ("at_least",),
    "at_most": ("less_than",),
    "less_than": ("at_most",),
}
"""The comparisons that include the bound where another does not."""
LONGEST: Final = 140


@dataclass(frozen=True, slots=True)
class Slip:
    """Another statement in the place of one."""

    kind: str
    was: str
    would_be: str
    stated: StatedPart | None


def statement_slips(rulebook: Rulebook, part: EntryPart) -> Iterator[Slip]:
    """All slips in one statement itself, not in its parts."""
    if isinstance(part.stated, Condition):
        yield from _of_condition(_Words(rulebook, part), part)
    else:
        yield from _of_conclusion(rulebook, part)


@dataclass(frozen=True, slots=True)
class _Words:
    """A statement in the law's words, in one line."""

    rulebook: Rulebook
    part: EntryPart

    def of(self, stated: Condition, so: bool = True) -> str:
        match stated:
            case Always(value):
                return "always" if value else "never"
            case AllOf(parts):
                said = " and ".join(self.of(one) for one in parts)
            case AnyOf(parts):
                said = " or ".join(self.of(one) for one in parts)
            case NotThis(one):
                return self.of(one, not so)
            case Switch(reading, branches, otherwise):
                options = {**branches, **({} if otherwise is None else {"otherwise": otherwise})}
                said = "; ".join(f"{reading}={name}: {self.of(one)}" for name, one in options.items())
            case Count(bound, number, parts):
                said = f"{bounded(bound, number, True)} of: {'; '.join(self.of(one) for one in parts)}"
            case Some(records, such_that):
                each = self.rulebook.facts[records].each
                inner = replace(self, part=replace(self.part, records=records))
                said = f"{quantified(stated, each, True)}: {inner.of(such_that)}"
            case FactIs() | FactSameAs() | FactCompared() | ConceptHolds() | CountsAsLaw():
                outline = Outline(self.rulebook, records=self.part.records)
                return outline.line(stated, so).says
            case _:
                assert_never(stated)
        return said if so else f"not ({said})"


def shortened(text: str) -> str:
    """Not longer than a line."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


# --- conditions ---------------------------------------------------------------------------------------


def _of_condition(words: _Words, part: EntryPart) -> Iterator[Slip]:
    stated, place = part.stated, part.place
    assert isinstance(stated, Condition)
    said = shortened(words.of(stated))
    if isinstance(stated, Always):
        yield Slip("truth flipped", said, "never" if stated.value else "always", Always(not stated.value, place))
        return
    if isinstance(stated, NotThis):
        yield Slip("negation dropped", said, shortened(words.of(stated.part)), stated.part)
        return
    yield Slip("always", said, "always so", Always(True, place))
    yield Slip("never", said, "never so", Always(False, place))
    if not isinstance(stated, Switch):
        yield Slip("negated", said, shortened(words.of(stated, False)), NotThis(stated, place))
    match stated:
        case AllOf(parts) if len(parts) > 1:
            swapped: Condition = AnyOf(parts, place)
            yield Slip("any for all", said, "any of these is enough", swapped)
        case AnyOf(parts) if len(parts) > 1:
            swapped = AllOf(parts, place)
            yield Slip("all for any", said, "all of these together", swapped)
        case Count(bound, _, parts):
            yield from _off_by_one(words, stated, said, range(bound == "at_least", len(parts) + (bound != "at_most")))
        case Some(_, _, _, "at_least" | "at_most" | "exactly" as bound):
            yield from _off_by_one(words, stated, said, range(bound == "at_least", MOST_RECORDS + (bound != "at_most")))
        case Some(_, _, _, "every"):
            some = replace(stated, quantifier="some")
            yield Slip("some for every", said, shortened(words.of(some)), some)
        case FactCompared():
            yield from _compared(words, stated, said)
        case FactIs():
            yield from _values(words, stated, said)
        case Switch():
            for both, changed in _swapped(words.rulebook, stated):
                yield Slip("branches swapped", said, f"{both} the other way round", changed)
        case CountsAsLaw(_, str()):
            whole = replace(stated, version=None)
            yield Slip("wording dropped", said, words.of(whole), whole)
        case AllOf() | AnyOf() | Some() | FactSameAs() | ConceptHolds() | CountsAsLaw():
            pass  # no slip but those that every condition has
        case _:
            assert_never(stated)


def _off_by_one(words: _Words, stated: Count | Some, said: str, within: range) -> Iterator[Slip]:
    """One fewer and one more, where that can be met and missed."""
    for number in (stated.number - 1, stated.number + 1):
        if number in within:
            changed = replace(stated, number=number, named=None)
            yield Slip("number off by one", said, shortened(words.of(changed)), changed)


def _compared(words: _Words, stated: FactCompared, said: str) -> Iterator[Slip]:
    for other in NEIGHBOURS[stated.comparison]:
        changed = replace(stated, comparison=other)
        yield Slip("bound in or out", said, words.of(changed), changed)
    if isinstance(stated.number, int):
        for number in (stated.number - 1, stated.number + 1):
            if number >= 0:
                length = None if stated.duration is None else stated.duration.of(number)
                changed = replace(stated, number=number, named=None, duration=length)
                yield Slip("number off by one", said, words.of(changed), changed)
    elif stated.date is not None:
        for kind, date in slips_of_date(stated.date):
            changed = replace(stated, date=date)
            yield Slip(kind, said, words.of(changed), changed)


def slips_of_date(date: DateName) -> Iterator[tuple[str, DateName]]:
    """A day one too early or too late; a span one too short or too long, or counted the other way."""
    if (span := date.span) is not None:
        for count in (span.count - 1, span.count + 1):
            if span.counts_first <= count <= MOST_COUNTED:
                yield "span off by one", replace(date, span=replace(span, count=count), named=None)
        direction: Direction = "before" if span.direction == "after" else "after"
        yield "span the other way", replace(date, span=replace(span, direction=direction))
        if date.calendar:
            yield "calendar rule dropped", replace(date, span=span.by({}), calendar=())
    elif date.name[:1].isdigit() and not date.became_law:
        for step in (-1, 1):
            day = datetime.date.fromisoformat(date.name) + datetime.timedelta(days=step)
            yield "day off by one", replace(date, name=day.isoformat())


def _values(words: _Words, stated: FactIs, said: str) -> Iterator[Slip]:
    rulebook, records = words.rulebook, words.part.records
    path = stated.path
    if records is not None and any(one.id == path for one in rulebook.facts[records].of):
        path = f"{records}.{path}"
    fact = rulebook.fact(path)
    if fact.sort != "choice":
        return
    for value in stated.values if len(stated.values) > 1 else ():
        changed = replace(stated, values=tuple(one for one in stated.values if one != value))
        yield Slip("one choice less", said, shortened(words.of(changed)), changed)
    further = next((one for one in rulebook.choices_of(fact) if one not in stated.values), None)
    if further is not None:
        changed = replace(stated, values=(*stated.values, further))
        yield Slip("one choice more", said, shortened(words.of(changed)), changed)


def _swapped(rulebook: Rulebook, stated: Switch | ConclusionSwitch) -> Iterator[tuple[str, StatedPart]]:
    """With the branches of two options that follow each other swapped, where they are not alike."""
    options = [one.id for one in rulebook.readings[stated.reading].options]
    branches: dict[str, Any] = {name: stated.branches.get(name, stated.otherwise) for name in options}
    for one, other in pairwise(options):
        if branches[one] is not None and _plain(branches[one]) != _plain(branches[other]):
            changed = {**branches, one: branches[other], other: branches[one]}
            yield f"{one} and {other}", type(stated)(stated.reading, changed, None, stated.place)


def _plain(stated: StatedPart) -> object:
    return statement_as_written(stated)


# --- conclusions --------------------------------------------------------------------------------------


def _of_conclusion(rulebook: Rulebook, part: EntryPart) -> Iterator[Slip]:
    stated = part.stated
    match stated:
        case Concludes(name):
            for other in _neighbours(rulebook, part, name):
                yield Slip("other conclusion", name or "nothing", other or "nothing", replace(stated, name=other))
        case ConclusionCases(cases, _):
            for number in range(len(cases)):
                fewer = (*cases[:number], *cases[number + 1 :])
                changed = replace(stated, cases=fewer) if fewer else stated.otherwise
                yield Slip("case dropped", shortened(str(_plain(stated))), shortened(str(_plain(changed))), changed)
        case ConclusionSwitch():
            for both, switched in _swapped(rulebook, stated):
                was = shortened(str(_plain(stated)))
                yield Slip("branches swapped", was, f"{both} the other way round", switched)


def _neighbours(rulebook: Rulebook, part: EntryPart, name: str | None) -> Iterator[str | None]:
    """The outcomes beside an outcome; other consequences; other shared conclusions of the same question; nothing."""
    if part.key == "brings":
        names = list(rulebook.consequences)
        if name is not None:
            place = names.index(name)
            yield from names[place + 1 : place + 2] or names[:place][-1:]
            yield None
        else:
            yield from names[:1]
        return
    question = _question(rulebook, part)
    if question is None:
        return
    outcomes = [one.id for one in question.outcomes]
    if name in rulebook.conclusions:
        shared = [one for one in rulebook.conclusions if _of_question(rulebook, one, outcomes)]
        place = shared.index(str(name))
        yield from [*shared[place + 1 :], *shared[:place]][:1]
        yield None
    elif name is None:
        yield outcomes[-2] if len(outcomes) > 1 else outcomes[0]
    else:
        place = outcomes.index(name)
        yield from outcomes[max(place - 1, 0) : place]
        yield from outcomes[place + 1 : place + 2]


def _question(rulebook: Rulebook, part: EntryPart) -> Question | None:
    """The question that a conclusion answers; of a shared conclusion that of a provision which uses it."""
    if part.section == "provisions":
        return rulebook.questions[rulebook.provisions[part.entry].question]
    for provision in rulebook.provisions.values():
        stated = provision.concludes
        if stated is not None and any(isinstance(one, Concludes) and one.name == part.entry for one in walk(stated)):
            return rulebook.questions[provision.question]
    return None


def _of_question(rulebook: Rulebook, conclusion: str, outcomes: list[str]) -> bool:
    stated = rulebook.conclusions[conclusion].concludes
    names = [one.name for one in walk(stated) if isinstance(one, Concludes) and one.name is not None]
    return all(name in outcomes for name in names)
