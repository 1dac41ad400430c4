"""Slips in whole entries: a provision that is not there, a date line a day off, the default of a reading moved."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from lawmodel.dataclass import dataclass
from lawmodel.inquiry.distinguishing.mutated_statements import slips_of_date
from lawmodel.problems import Place
from lawmodel.rulebook.condition import DateName
from lawmodel.rulebook.model import DateRule, FirstDay, Instrument, NamedDate, Provision, Reading, Rulebook
from lawmodel.rulebook.parts import with_entries
from lawmodel.rulebook.serialise import date_as_written

DEFAULT_MOVED = "default moved"


@dataclass(frozen=True, slots=True)
class EntrySlip:
    """An entry that is otherwise, or is not there."""

    kind: str
    section: str
    entry: str
    key: str
    place: Place
    was: str
    would_be: str
    make: Callable[[], Rulebook]


@dataclass(frozen=True, slots=True)
class _With:
    """A rulebook with another entry in the place of one; without it, if there is none."""

    rulebook: Rulebook
    section: str
    entry: str
    changed: Any

    def __call__(self) -> Rulebook:
        entries = {**getattr(self.rulebook, self.section), self.entry: self.changed}
        if self.changed is None:
            del entries[self.entry]
        return with_entries(self.rulebook, self.section, entries, what=(self.entry, self.changed))


def entry_slips(rulebook: Rulebook) -> Iterator[EntrySlip]:
    """All of them, section by section."""
    for provision in rulebook.provisions.values():
        yield from _of_provision(rulebook, provision)
    for instrument in rulebook.instruments.values():
        yield from _of_instrument(rulebook, instrument)
    for date in rulebook.dates.values():
        yield from _of_date(rulebook, date)
    for reading in rulebook.readings.values():
        yield from _of_reading(rulebook, reading)


def _of_provision(rulebook: Rulebook, one: Provision) -> Iterator[EntrySlip]:
    def slip(kind: str, key: str, was: str, would_be: str, changed: Provision | None) -> EntrySlip:
        make = _With(rulebook, "provisions", one.id, changed)
        return EntrySlip(kind, "provisions", one.id, key, one.place, was, would_be, make)

    yield slip("provision dropped", "", one.title, "not there", None)
    if one.enacted_by is not None:
        yield slip("enactment dropped", "enacted_by", one.enacted_by, "law at all times", replace(one, enacted_by=None))
    if one.repealed_by is not None:
        yield slip("repeal dropped", "repealed_by", one.repealed_by, "not repealed", replace(one, repealed_by=None))
    for other in one.disapplies:
        fewer = tuple(each for each in one.disapplies if each != other)
        was, would_be = f"disapplies {other}", f"does not disapply {other}"
        yield slip("disapplies dropped", "disapplies", was, would_be, replace(one, disapplies=fewer))


def _of_instrument(rulebook: Rulebook, one: Instrument) -> Iterator[EntrySlip]:
    def slip(place: Place, key: str, day: datetime.date, step: int, changed: Instrument) -> EntrySlip:
        make = _With(rulebook, "instruments", one.id, changed)
        would_be = f"{key} {_shifted(day, step)}"
        return EntrySlip("day off by one", "instruments", one.id, key, place, f"{key} {day}", would_be, make)

    for number, step in enumerate(one.steps):
        for by in (-1, 1):
            shifted = replace(step, date=_shifted(step.date, by))
            steps = (*one.steps[:number], shifted, *one.steps[number + 1 :])
            yield slip(step.place, step.stage, step.date, by, replace(one, steps=steps))
    if one.ceases is not None:
        for by in (-1, 1):
            ceases = replace(one.ceases, date=_shifted(one.ceases.date, by))
            yield slip(one.ceases.place, "ceases", one.ceases.date, by, replace(one, ceases=ceases))


def _of_date(rulebook: Rulebook, one: NamedDate) -> Iterator[EntrySlip]:
    def slip(kind: str, was: str, would_be: str, value: DateRule) -> EntrySlip:
        make = _With(rulebook, "dates", one.id, replace(one, value=value))
        return EntrySlip(kind, "dates", one.id, "", one.place, was, would_be, make)

    value = one.value
    if isinstance(value, DateName):
        for kind, slipped in slips_of_date(value):
            yield slip(kind, date_as_written(value), date_as_written(slipped), slipped)
        return
    if isinstance(value, FirstDay):
        for fewer in _one_less(value):
            yield slip("day dropped", _named(value), _named(fewer), fewer)
        return
    written = {option: date_as_written(date) for option, date in value.branches.items()}
    for option, date in value.branches.items():
        for fewer in _one_less(date) if isinstance(date, FirstDay) else ():
            changed = replace(value, branches={**value.branches, option: fewer})
            yield slip("day dropped", f"{option}: {_named(date)}", f"{option}: {_named(fewer)}", changed)
    for first, second in pairwise(written):
        swapped = {**value.branches, first: value.branches[second], second: value.branches[first]}
        if "otherwise" not in (first, second) and written[first] != written[second]:
            was = f"{first}: {_named(value.branches[first])}, {second}: {_named(value.branches[second])}"
            would_be = f"{first}: {_named(swapped[first])}, {second}: {_named(swapped[second])}"
            yield slip("branches swapped", was, would_be, replace(value, branches=swapped))


def _one_less(date: FirstDay) -> Iterator[DateName | FirstDay]:
    """The first of several days without one of them."""
    for number in range(len(date.days)):
        left = (*date.days[:number], *date.days[number + 1 :])
        yield left[0] if len(left) == 1 else replace(date, days=left)


def _named(date: DateName | FirstDay) -> str:
    if isinstance(date, FirstDay):
        return f"first of {', '.join(map(_named, date.days))}"
    return date.name if date.became_law else str(date_as_written(date))


def _of_reading(rulebook: Rulebook, one: Reading) -> Iterator[EntrySlip]:
    if one.default is None:
        return
    options = [option.id for option in one.options]
    place = options.index(one.default)
    following = [*options[place + 1 :], *options[:place]][0]
    make = _With(rulebook, "readings", one.id, replace(one, default=following))
    yield EntrySlip(DEFAULT_MOVED, "readings", one.id, "default", one.place, one.default, following, make)


def _shifted(day: datetime.date, step: int) -> datetime.date:
    return day + datetime.timedelta(days=step)
