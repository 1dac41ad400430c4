"""From a case to the values of all inputs: what is given, what leaving out means, what is presumed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import assert_never

from lawmodel.case.case import Case
from lawmodel.case.consistency import DayOrder, contradictions
from lawmodel.case.values import UNKNOWN, decode_text
from lawmodel.dataclass import dataclass
from lawmodel.inputs import (
    LAW_DATE,
    NO_DAY,
    DayBounds,
    GivenRecord,
    GivenValue,
    Record,
    Scalar,
    Valuation,
    Value,
    field_key,
    reading_key,
)
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.rulebook.condition import DateName
from lawmodel.rulebook.model import DateRule, DateSwitch, Fact, FirstDay, Rulebook, SameAs
from lawmodel.time_spans import moved


@dataclass(frozen=True, slots=True)
class Valued:
    """The inputs of a case, for one date and one choice of readings."""

    valuation: Valuation
    presumed: Mapping[str, Scalar]
    """The facts that were presumed, with their values."""
    law_date: datetime.date | None
    """None where it is unknown."""
    defaults: tuple[str, ...]
    """The readings that were taken by default."""


@dataclass(frozen=True, slots=True)
class Silence:
    """What it means that a case says nothing of a fact."""

    same_as: str | None
    """The fact whose value it then has."""
    value: Scalar | None
    ordinary: Scalar | None
    """What is presumed where that is wanted, if it has no value otherwise."""


def silence_on(rulebook: Rulebook) -> Mapping[str, Silence]:
    """What silence means, by single fact and list."""
    found = {}
    for path, fact in rulebook.facts.items():
        ordinary = None if fact.ordinary is None else decode_text(rulebook, fact, fact.ordinary)
        if isinstance(fact.left_out, SameAs):
            found[path] = Silence(fact.left_out.path, None, ordinary)
        else:
            found[path] = Silence(None, decode_text(rulebook, fact, fact.left_out), ordinary)
    return found


def value_case(
    rulebook: Rulebook,
    case: Case,
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
    further: Iterable[DayOrder] = (),
    silence: Mapping[str, Silence] | None = None,
) -> Valued:
    """The values of all inputs; raises `ProblemsFound` where the days contradict each other, or ``further`` orders.

    The law is the law of ``on``; without it, of the fact that dates the law; where that is left out, of today.
    A reading that is not chosen has its default, or is open. ``unknown`` chooses a reading to be open. ``silence`` is
    what `silence_on` says of this rulebook, for whoever values many cases.
    """
    silence = silence_on(rulebook) if silence is None else silence
    values: dict[str, Value] = {}
    same_as: dict[str, str] = {}
    presumed: dict[str, Scalar] = {}
    for path, fact in rulebook.facts.items():
        values[path] = (
            _given(rulebook, path, fact, case, silence[path], presumed)
            if path in case.facts
            else _left_out(path, case, silence[path], presumed, same_as)
        )
    made = values[rulebook.law_date]
    law_day: int | None
    if on is not None:
        law_day = on.toordinal()
    elif rulebook.law_date in case.facts:
        law_day = made if isinstance(made, int) else None
        if law_day is None and rulebook.law_day is None:
            same_as[LAW_DATE] = rulebook.law_date
    else:
        law_day = datetime.date.today().toordinal()
    if rulebook.law_date not in case.facts:
        values[rulebook.law_date] = law_day
    for path, other in same_as.items():
        if path != LAW_DATE:
            values[path] = values[_end(same_as, other)]
    values[LAW_DATE] = law_day
    defaults = []
    for name, reading in rulebook.readings.items():
        chosen = (readings or {}).get(name)
        if chosen is None and reading.default is not None:
            chosen = reading.default
            defaults.append(name)
        values[reading_key(name)] = None if chosen == UNKNOWN else chosen
    if on is None:
        law_day = values[LAW_DATE] = day_of_law(rulebook, values)
    bounds = given_bounds(case.facts)
    _agree(rulebook, case, _with_bounds(values, same_as, bounds), further)
    ends = {path: _end(same_as, other) for path, other in same_as.items()}
    return Valued(
        Valuation(values, ends, bounds),
        presumed,
        None if law_day is None else datetime.date.fromordinal(law_day),
        tuple(defaults),
    )


def day_of_law(rulebook: Rulebook, values: Mapping[str, Value]) -> int | None:
    """The day whose law is applied unless another is chosen, by the facts and readings of a case; None if not known."""
    found = values[LAW_DATE] if rulebook.law_day is None else day_by_name(rulebook, rulebook.law_day, values)
    return found if isinstance(found, int) else None


def day_by_name(rulebook: Rulebook, name: str, values: Mapping[str, Value]) -> Value:
    """The day that a named date is, by the facts and readings of a case; None if not known."""
    return _day_of(rulebook, rulebook.dates[name].value, values)


def _day_of(rulebook: Rulebook, rule: DateRule, values: Mapping[str, Value]) -> Value:
    match rule:
        case DateName():
            day = _named_day(rulebook, rule, values)
            return moved(day, rule.span) if rule.span is not None and isinstance(day, int) else day
        case FirstDay(days):
            for one in days:
                day = _day_of(rulebook, one, values)
                if day != NO_DAY:
                    return day
            return NO_DAY
        case DateSwitch(reading, branches):
            option = values[reading_key(reading)]
            read = branches.values() if option is None else [branches.get(str(option)) or branches["otherwise"]]
            found = {_day_of(rulebook, one, values) for one in read}
            return found.pop() if len(found) == 1 else None
        case _:
            assert_never(rule)


def _named_day(rulebook: Rulebook, date: DateName, values: Mapping[str, Value]) -> Value:
    """The day that is named, before a span leads from it; None also where the stage of a bill decides."""
    if date.became_law:
        return None
    if date.name[:1].isdigit():
        return datetime.date.fromisoformat(date.name).toordinal()
    return day_by_name(rulebook, date.name, values) if date.name in rulebook.dates else values[date.name]


def as_written(rulebook: Rulebook, case: Case, values: Mapping[str, Value]) -> dict[str, Value]:
    """Of the values of a case those that it gives itself; readings and the day of the law stay as they are.

    A record that is given is whole: a field that it leaves out has the value that leaving it out means.
    """
    written: dict[str, Value] = {key: value for key, value in values.items() if key not in rulebook.facts}
    for path, fact in rulebook.facts.items():
        given = case.facts.get(path)
        if isinstance(given, tuple):
            given = tuple(_record(rulebook, fact, record) for record in given)
        written[path] = None if isinstance(given, DayBounds) else given
    return written


def _with_bounds(
    values: Mapping[str, Value], same_as: Mapping[str, str], bounds: Mapping[str, DayBounds]
) -> Mapping[str, GivenValue]:
    """The values, with what is known of those that are not."""
    if not bounds:
        return values
    found: dict[str, GivenValue] = dict(values)
    for key, value in values.items():
        if isinstance(value, tuple):
            found[key] = tuple(
                {name: bounds.get(field_key(key, number, name), own) for name, own in record.items()}
                for number, record in enumerate(value, 1)
            )
        elif value is None:
            found[key] = bounds.get(_end(same_as, key))
    return found


def given_bounds(facts: Mapping[str, GivenValue]) -> Mapping[str, DayBounds]:
    """What a case gives of days that are not known, by the keys of their inputs."""
    found: dict[str, DayBounds] = {}
    for path, given in facts.items():
        if isinstance(given, DayBounds):
            found[path] = given
        elif isinstance(given, tuple):
            for number, record in enumerate(given, 1):
                for name, value in record.items():
                    if isinstance(value, DayBounds):
                        found[field_key(path, number, name)] = value
    return found


def _given(
    rulebook: Rulebook, path: str, fact: Fact, case: Case, silence: Silence, presumed: dict[str, Scalar]
) -> Value:
    given = case.facts[path]
    if isinstance(given, tuple):
        return tuple(_record(rulebook, fact, record) for record in given)
    if isinstance(given, DayBounds):
        return None
    if given is not None or case.presume is True or not case.presume or path not in case.presume:
        return given
    return _supposed(path, case, silence, presumed)


def _left_out(
    path: str, case: Case, silence: Silence, presumed: dict[str, Scalar], same_as: dict[str, str]
) -> Scalar | None:
    if silence.same_as is not None:
        same_as[path] = silence.same_as
        return None
    return _supposed(path, case, silence, presumed)


def _supposed(path: str, case: Case, silence: Silence, presumed: dict[str, Scalar]) -> Scalar | None:
    if silence.value is not None or silence.ordinary is None:
        return silence.value
    if case.presume is True or (case.presume is not False and path in case.presume):
        presumed[path] = silence.ordinary
        return silence.ordinary
    return None


def _record(rulebook: Rulebook, records: Fact, given: GivenRecord) -> Record:
    complete: dict[str, Scalar | None] = {}
    for field in records.of:
        if field.id in given:
            value = given[field.id]
            complete[field.id] = None if isinstance(value, DayBounds) else value
        elif isinstance(field.left_out, SameAs) or field.left_out == UNKNOWN:
            complete[field.id] = None
        else:
            complete[field.id] = decode_text(rulebook, field, field.left_out)
    return complete


def _end(same_as: Mapping[str, str], path: str) -> str:
    """The fact at the end of a chain of facts that are the same as another."""
    seen: set[str] = set()
    while path in same_as and path not in seen:
        seen.add(path)
        path = same_as[path]
    return path


def _agree(rulebook: Rulebook, case: Case, values: Mapping[str, GivenValue], further: Iterable[DayOrder]) -> None:
    problems = []
    for found in contradictions(rulebook, values, further):
        place = case.places.get(found.then) or case.places.get(found.first)
        left_out = [key for key in (found.first, found.then) if key not in case.places]
        mend = f"Correct {found.first} or {found.then}"
        if left_out and case.places:
            mend += f" ({left_out[0]} is left out here, so it follows from the others or from the day of the law)"
        problems.append(
            Problem(
                found.says,
                f"{mend}.",
                place.file if place else case.name or "case",
                place.line if place else 0,
                place.column if place else 0,
            )
        )
    if problems:
        raise ProblemsFound(problems)
