"""A case made like one from life: as much of what the rulebook calls likely as it can have and still show the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from lawmodel.case.case import Case
from lawmodel.case.values import NotAValue, decode_text
from lawmodel.dataclass import dataclass
from lawmodel.inputs import GivenValue, is_calendar_day
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.days_off import working_day
from lawmodel.rulebook.model import Fact, LikelyValues, Rulebook

PASSES: Final = 2
TRIES: Final = 4
"""So many values or days of each fact are tried."""
Change = Callable[[Case], Case | None]
"""A case otherwise; None where that is nothing new."""


def lifelike(rulebook: Rulebook, case: Case, chosen: random.Random, serves: Callable[[Case], bool]) -> Case:
    """The case with likely records, values and days, as far as it serves with them; the same for the same seed.

    ``serves`` may raise `ProblemsFound`, which is no. Nothing is taken away from the case.
    """
    for change in _changes(rulebook, chosen):
        candidate = change(case)
        if candidate is not None and candidate.facts != case.facts and _serves(serves, candidate):
            case = candidate
    return case


def _serves(serves: Callable[[Case], bool], case: Case) -> bool:
    try:
        return serves(case)
    except ProblemsFound:
        return False


def _changes(rulebook: Rulebook, chosen: random.Random) -> Iterator[Change]:
    """All that is likely, one after the other: records first, then values, then days."""
    for fact in rulebook.facts.values():
        if fact.likely is not None and fact.likely.records is not None:
            for number in range(fact.likely.records):
                yield _Record(rulebook, fact, number, _drawn_values(rulebook, fact, chosen))
    for shared in _lists_of_values(rulebook):
        yield from _renamed(rulebook, shared, chosen)
    for fact in rulebook.facts.values():
        if fact.likely is not None and fact.likely.same_as is not None:
            yield _SameAs(fact, fact.likely.same_as)
    for _ in range(PASSES):  # a day may be told from one that comes later
        for path, fact in rulebook.facts.items():
            for field in fact.of or (fact,):
                if field.sort == "date" and field.likely is not None:
                    for _ in range(TRIES):
                        of, at = path if fact.of else None, chosen.random()
                        yield _Day(of, field, field.likely, at, rulebook.law_date, rulebook.days_off)


def _drawn_values(rulebook: Rulebook, fact: Fact, chosen: random.Random) -> dict[str, GivenValue]:
    found: dict[str, GivenValue] = {}
    for field in fact.of:
        if field.likely is not None and field.likely.values:
            found[field.id] = _decoded(rulebook, field, chosen.choice(field.likely.values))
    return found


def _decoded(rulebook: Rulebook, fact: Fact, text: str) -> GivenValue:
    try:
        return decode_text(rulebook, fact, text)
    except NotAValue:  # pragma: no cover - the rulebook was checked
        return None


@dataclass(frozen=True, slots=True)
class _Record:
    """A list with one record more, where it has no more than so many."""

    rulebook: Rulebook
    fact: Fact
    number: int
    values: Mapping[str, GivenValue]

    def __call__(self, case: Case) -> Case | None:
        listed = case.facts.get(self.fact.id, ())
        if not isinstance(listed, tuple) or len(listed) != self.number:
            return None
        more = (*listed, dict(self.values))
        return replace(case, facts={**case.facts, self.fact.id: more})  # type: ignore[dict-item]


def _lists_of_values(rulebook: Rulebook) -> Iterator[list[tuple[str | None, Fact]]]:
    """The facts of which some values are likely; those that share a list of choices together."""
    found: dict[str, list[tuple[str | None, Fact]]] = {}
    for path, fact in rulebook.facts.items():
        for field in fact.of or (fact,):
            if field.sort == "records" or field.sort == "date":
                continue
            name = field.choices if isinstance(field.choices, str) else f"{path}.{field.id}"
            found.setdefault(name, []).append((path if fact.of else None, field))
    for shared in found.values():
        if any(one.likely is not None for _, one in shared):
            yield shared


def _renamed(rulebook: Rulebook, shared: Sequence[tuple[str | None, Fact]], chosen: random.Random) -> Iterator[Change]:
    """One value in the place of another wherever it stands, so that what is the same stays the same."""
    likely = next((one.likely for _, one in shared if one.likely is not None and one.likely.values), None)
    values = [] if likely is None else [_decoded(rulebook, shared[0][1], text) for text in likely.values]
    for _ in range(TRIES):
        yield _Renamed(rulebook, shared, values, chosen.random())
    for records, fact in shared:
        if records is None and fact.likely is not None and fact.likely.values:
            yield _Given(fact, chosen.choice(values))


@dataclass(frozen=True, slots=True)
class _Given:
    """A fact that is not given, with a likely value."""

    fact: Fact
    value: GivenValue

    def __call__(self, case: Case) -> Case | None:
        if self.fact.id in case.facts:
            return None
        return replace(case, facts={**case.facts, self.fact.id: self.value})


@dataclass(frozen=True, slots=True)
class _SameAs:
    """A fact that is not given, with the value of another."""

    fact: Fact
    other: str

    def __call__(self, case: Case) -> Case | None:
        records, _, field = self.other.rpartition(".")
        listed = case.facts.get(records)
        value: GivenValue = case.facts.get(self.other)
        if isinstance(listed, tuple) and listed:
            value = listed[0].get(field)
        if self.fact.id in case.facts or value is None:
            return None
        return replace(case, facts={**case.facts, self.fact.id: value})


@dataclass(frozen=True, slots=True)
class _Renamed:
    rulebook: Rulebook
    shared: Sequence[tuple[str | None, Fact]]
    likely: Sequence[GivenValue]
    at: float

    def __call__(self, case: Case) -> Case | None:
        held = list(dict.fromkeys(self._held(case)))
        other = [one for one in held if one not in self.likely and one is not None]
        if not held or not self.likely:
            return None
        before = other[0] if other else held[int(self.at * len(held))]
        if before is None or (not other and len(self.likely) < 2):
            return None
        free = [one for one in self.likely if one not in held]
        if not free:
            return None
        after = free[int(self.at * 7919) % len(free)]
        return replace(case, facts=self._put(case, before, after))

    def _held(self, case: Case) -> Iterator[GivenValue]:
        for records, fact in self.shared:
            if records is None:
                if fact.id in case.facts:
                    yield case.facts[fact.id]
                continue
            listed = case.facts.get(records)
            for record in listed if isinstance(listed, tuple) else ():
                if fact.id in record:
                    yield record[fact.id]

    def _put(self, case: Case, before: GivenValue, after: GivenValue) -> dict[str, GivenValue]:
        facts = dict(case.facts)
        for records, fact in self.shared:
            if records is None:
                if facts.get(fact.id) == before and fact.id in facts:
                    facts[fact.id] = after
                continue
            listed = facts.get(records)
            if isinstance(listed, tuple):
                facts[records] = tuple(
                    {**record, fact.id: after} if fact.id in record and record[fact.id] == before else record  # type: ignore[dict-item]
                    for record in listed
                )
        return facts


@dataclass(frozen=True, slots=True)
class _Day:
    """A day at a likely distance from another, or on a working day."""

    records: str | None
    fact: Fact
    likely: LikelyValues
    at: float
    law_date: str
    days_off: tuple[str, ...]

    def __call__(self, case: Case) -> Case | None:
        if self.records is None:
            day = self._day(case.facts, case.facts)
            if self._is_to_come(case, case.facts.get(self.fact.id), day):
                return None
            return None if day is None else replace(case, facts={**case.facts, self.fact.id: day})
        listed = case.facts.get(self.records)
        if not isinstance(listed, tuple) or not listed:
            return None
        number = int(self.at * len(listed))
        day = self._day(listed[number], case.facts)
        if day is None or self._is_to_come(case, listed[number].get(self.fact.id), day):
            return None
        changed = (*listed[:number], {**listed[number], self.fact.id: day}, *listed[number + 1 :])
        return replace(case, facts={**case.facts, self.records: changed})

    def _is_to_come(self, case: Case, before: object, day: int | None) -> bool:
        """Whether a day that had passed on the day of the law would not have."""
        law = case.facts.get(self.law_date)
        if not isinstance(law, int) or day is None or self.fact.id == self.law_date:
            return False
        return day > law and not (isinstance(before, int) and before > law)

    def _day(self, own: Mapping[str, object], whole: Mapping[str, object]) -> int | None:
        before = own.get(self.fact.id)
        if before is not None and not (isinstance(before, int) and is_calendar_day(before)):
            return None  # a word such as `still`
        other = self.likely.before or self.likely.after
        day = before
        if other is not None:
            there = own.get(other, whole.get(other))
            if not (isinstance(there, int) and is_calendar_day(there)):
                return None
            first, last = self.likely.days
            distance = first + int(self.at * 104_729) % (last - first + 1)
            day = there - distance if self.likely.before is not None else there + distance
            if before is not None and first <= abs(before - there) <= last:
                day = before
        if day is None or not is_calendar_day(day):
            return None
        if self.likely.working_day:
            return working_day(self.days_off, day, back=self.likely.before is not None or int(self.at * 31) % 2 == 0)
        return day
