"""From a completion that a search found to a case: only what is out of the ordinary, and only what is needed."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from lawmodel.case.case import Case
from lawmodel.case.valuation import given_bounds, value_case
from lawmodel.case.values import UNKNOWN, decode_text
from lawmodel.inputs import (
    LAW_DATE,
    DayBounds,
    GivenScalar,
    GivenValue,
    Record,
    Scalar,
    Valuation,
    Value,
    field_key,
    reading_key,
)
from lawmodel.reasoning.evaluation import Values
from lawmodel.reasoning.formula import Domain
from lawmodel.reasoning.solving.self_composition import Preference
from lawmodel.rulebook.model import Fact, Rulebook

MOST_TRIED: Final = 400
"""So many times something is left out of a case that was found, to see whether it still serves."""
RECORD, ORDINARY, PLAUSIBLE = 20, 10, 1
"""How much is given up for one record less, for one fact as it ordinarily is, for one day near the law's own."""
YEARS_BEFORE: Final = 4


def settled(law: Rulebook, chosen: Mapping[str, str], on: datetime.date | None) -> dict[str, Scalar]:
    """The inputs that a side settles: readings (chosen, or by default) and the day of the law."""
    found: dict[str, Scalar] = {}
    for name, reading in law.readings.items():
        option = chosen.get(name, reading.default)
        if option is not None and option != UNKNOWN:
            found[reading_key(name)] = option
    if on is not None:
        found[LAW_DATE] = on.toordinal()
    return found


def open_valuation(rulebook: Rulebook, laws: Sequence[Rulebook] = (), given: Case | None = None) -> Valuation:
    """What is given of all cases; nothing else is presumed, and nothing is taken as left out.

    ``laws`` are other rulebooks under which the cases are looked at: their inputs are open too.
    """
    given = given or Case()
    facts = given.facts
    if given.presume:
        facts = {**value_case(rulebook, given).presumed, **facts}
    values: dict[str, Value] = {}
    for path, fact in rulebook.facts.items():
        value = facts.get(path)
        if isinstance(value, tuple):
            values[path] = tuple(
                {one.id: _known(record.get(one.id, usual(rulebook, one))) for one in fact.of} for record in value
            )
        else:
            values[path] = _known(value)
    for law in (rulebook, *laws):
        values.update({path: None for path in law.facts if path not in values})
        values.update({reading_key(name): None for name in law.readings})
    values[LAW_DATE] = values[rulebook.law_date]
    same = {LAW_DATE: rulebook.law_date} if values[LAW_DATE] is None else {}
    return Valuation(values, same, given_bounds(given.facts))


def _known(value: GivenScalar | None) -> Scalar | None:
    return None if isinstance(value, DayBounds) else value


def given_with(given: Case, values: Values) -> dict[str, GivenValue]:
    """What is given of all cases, with the days that a completion has where bounds alone are given."""

    def found(key: str, value: GivenScalar | None) -> GivenScalar | None:
        day = values.get(key) if isinstance(value, DayBounds) else None
        return day if isinstance(day, int) else value

    facts: dict[str, GivenValue] = {}
    for path, value in given.facts.items():
        if isinstance(value, tuple):
            facts[path] = tuple(
                {name: found(field_key(path, number, name), one) for name, one in record.items()}
                for number, record in enumerate(value, 1)
            )
        else:
            facts[path] = found(path, value)
    return facts


def preferences(rulebook: Rulebook, variables: Mapping[str, Domain]) -> Iterator[Preference]:
    """That facts are as they ordinarily are, lists short, and days near those of the law."""
    days = [step.date for one in rulebook.instruments.values() for step in one.steps]
    latest = max(days, default=datetime.date.today())
    plausible = (latest.toordinal() - 365 * YEARS_BEFORE, latest.toordinal())
    for key, domain in variables.items():
        records, _, rest = key.partition("[")
        _, _, name = rest.partition("].")
        if records not in rulebook.facts:
            continue
        if rest and not name:
            yield Preference(key, RECORD)
            continue
        try:
            fact = rulebook.fact(f"{records}.{name}" if name else records)
        except KeyError:  # a field that stands for another case's value of a field
            continue
        ordinary = usual(rulebook, fact)
        if ordinary is not None:
            yield Preference(key, ORDINARY, value=ordinary)
        elif domain.kind == "date":
            yield Preference(key, PLAUSIBLE, between=plausible)


def facts_of(rulebook: Rulebook, values: Values, keep: Collection[str] = ()) -> dict[str, Value]:
    """The facts of a completion, with what is ordinary left out; but for those in ``keep``."""
    facts: dict[str, Value] = {}
    for key, value in values.items():
        fact = rulebook.facts.get(key)
        if fact is None:
            continue
        if isinstance(value, tuple):
            facts[key] = tuple(_record(rulebook, fact, record) for record in value)
        elif key in keep or value != usual(rulebook, fact):
            facts[key] = value
    return facts


def _record(rulebook: Rulebook, fact: Fact, record: Record) -> Record:
    return {
        one.id: value for one in fact.of if (value := record.get(one.id)) is not None and value != usual(rulebook, one)
    }


def usual(rulebook: Rulebook, fact: Fact) -> Scalar | None:
    """What a fact ordinarily is, or is taken to be when it is left out; None where that is not known."""
    text = fact.ordinary if fact.ordinary is not None else fact.left_out
    return decode_text(rulebook, fact, text) if isinstance(text, str) and fact.sort != "records" else None


def known_to(law: Rulebook, case: Case) -> Case:
    """What a rulebook knows of a case that was found for several."""
    if case.facts.keys() <= law.facts.keys():
        return case
    return replace(case, facts={path: value for path, value in case.facts.items() if path in law.facts})


def chosen_in(law: Rulebook, readings: Mapping[str, str]) -> dict[str, str]:
    """The chosen options of the readings that a rulebook knows."""
    return {name: option for name, option in readings.items() if name in law.readings}


def trimmed(case: Case, keep: Collection[str], serves: Callable[[Case], bool]) -> Case:
    """The case without anything that can be left out while it serves; ``keep`` names the facts that stay.

    After `MOST_TRIED` trials what is still there stays.
    """
    before, tried = None, 0
    while before != case:  # what is left out is presumed, so that leaving out one thing may make room for another
        before = case
        for left_out in _without(case, keep):
            tried += 1
            if tried > MOST_TRIED:
                return case
            candidate = left_out(case)
            if serves(candidate):
                case = candidate
    return case


class _Left:
    """A fact, or a field of a record, left out."""

    def __init__(self, path: str, number: int | None = None, name: str = "") -> None:
        self._path, self._number, self._name = path, number, name

    def __call__(self, case: Case) -> Case:
        facts = dict(case.facts)
        if self._number is None:
            facts.pop(self._path, None)
            return replace(case, facts=facts)
        listed = facts.get(self._path)
        if isinstance(listed, tuple):
            records = [dict(record) for record in listed]
            records[self._number].pop(self._name, None)
            facts[self._path] = tuple(records)
        return replace(case, facts=facts)


def _without(case: Case, keep: Collection[str]) -> Iterator[_Left]:
    """Everything that may be left out: facts and lists first, then fields."""
    for path in case.facts:
        if path not in keep:
            yield _Left(path)
    for path, value in case.facts.items():
        if path not in keep and isinstance(value, tuple):
            for number, record in enumerate(value):
                for name in record:
                    yield _Left(path, number, name)
