"""A case supposed to be otherwise: assignments carried out on it, and what has changed by them.

All assignments are understood on the case as it was: ``list[2]`` is its second record even where the first is taken out
beside. New records stand behind the last one; what is taken out is taken out last.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

from lawmodel.case.assignments import (
    Assignment,
    FactAssigned,
    FieldAssigned,
    ListAssigned,
    NotAnAssignment,
    ReadingAssigned,
    RecordTakenOut,
    parse_assignment,
)
from lawmodel.case.case import Case
from lawmodel.case.valuation import Valued, value_case
from lawmodel.case.values import UNKNOWN
from lawmodel.dataclass import dataclass
from lawmodel.inputs import (
    MOST_RECORDS,
    READING_PREFIX,
    GivenRecord,
    GivenScalar,
    GivenValue,
    field_key,
    reading_key,
)
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject

Origin: TypeAlias = Literal["given", "left out", "presumed", "follows", "chosen", "default", "absent"]
OfList: TypeAlias = ListAssigned | RecordTakenOut | FieldAssigned

_RECORD = re.compile(r"[^\s\[]+\[[0-9]+\]")


@dataclass(frozen=True, slots=True)
class InputValue(ValueObject):
    """What a case has for an input, and where that comes from."""

    value: GivenValue | GivenRecord
    """As a case holds it; None where it is unknown, or where there is no such record."""
    origin: Origin
    """Of a fact: ``given``, ``left out``, ``presumed``, or ``follows`` from the fact that it is the same as; of a
    reading: ``chosen``, taken by ``default``, or ``left out`` where it has none; ``absent``: there is no such record.
    """


ABSENT = InputValue(None, "absent")


@dataclass(frozen=True, slots=True)
class SupposedChange(ValueObject):
    """An input that was assigned, or that follows one, before and after."""

    key: str
    """As users name it: a fact, a list, ``list[1]``, ``list[1].field``, or a reading. Records have the numbers of the
    case as it was; new ones those after the last."""
    before: InputValue
    after: InputValue

    @property
    def already_so(self) -> bool:
        """Whether the value is what it was, wherever it came from."""
        return self.before.value == self.after.value and ABSENT not in (self.before, self.after)


@dataclass(frozen=True, slots=True)
class Supposed(ValueObject):
    """A case with assignments carried out."""

    case: Case
    readings: Mapping[str, str]
    changes: tuple[SupposedChange, ...]
    """What was assigned, in that order; then the facts that follow from it, or from the day of the law."""
    numbers: Mapping[str, str]
    """Where records were taken out: each ``list[1]`` that has another number than before, with the one it had."""


def suppose(
    rulebook: Rulebook,
    case: Case,
    texts: Iterable[str],
    *,
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
    then_on: datetime.date | None = None,
) -> Supposed:
    """Carry out assignments on a case, and on the readings chosen with it.

    ``on`` is the day of the law that is applied, ``then_on`` that of the changed case where it is another.
    Raises `NotAnAssignment`; and `ProblemsFound` where days contradict each other.
    """
    texts = tuple(texts)
    assigned = _by_key(case, [parse_assignment(rulebook, text) for text in texts])
    facts, chosen = dict(case.facts), dict(readings or {})
    of_lists: dict[str, list[OfList]] = {}
    for one in assigned.values():
        match one:
            case FactAssigned(_, path, value):
                facts[path] = value
            case ReadingAssigned(_, reading, option):
                chosen[reading] = option
            case ListAssigned() | RecordTakenOut() | FieldAssigned():
                of_lists.setdefault(one.records, []).append(one)
    numbers: dict[str, str] = {}
    for records, ones in of_lists.items():
        facts[records], kept = _carried_out(case.facts.get(records), ones)
        numbers |= {f"{records}[{now}]": f"{records}[{was}]" for now, was in enumerate(kept, 1) if now != was}
    unknown = {one.path for one in assigned.values() if isinstance(one, FactAssigned) and one.value is None}
    presume = case.presume if isinstance(case.presume, bool) else tuple(p for p in case.presume if p not in unknown)
    after = replace(case, facts=facts, presume=presume, places={})
    before_valued = value_case(rulebook, case, readings, on)
    try:
        after_valued = value_case(rulebook, after, chosen, then_on or on)
    except ProblemsFound as found:
        raise _contradicting(found, texts, then_on, numbers) from None
    emptied = {one.records for one in assigned.values() if isinstance(one, ListAssigned)}
    was = _Before(case, readings or {}, before_valued, emptied)
    changes = [
        SupposedChange(key.removeprefix(READING_PREFIX), *was.and_after(one, facts)) for key, one in assigned.items()
    ]
    changes += _following(rulebook, assigned, (case, before_valued), (after, after_valued))
    return Supposed(after, chosen, tuple(changes), numbers)


def _contradicting(
    found: ProblemsFound, texts: Sequence[str], then_on: datetime.date | None, numbers: Mapping[str, str]
) -> ProblemsFound:
    """The problems of the changed case, which stands in no file, under what was assigned."""
    heading = " ".join(("what if", *texts, *(() if then_on is None else (f"the law of {then_on}",))))
    problems = []
    for one in found.problems:
        mend = _RECORD.sub(lambda record: numbers.get(record[0], record[0]), one.mend)
        problems.append(Problem(one.message, f"{mend} Several can be assigned at once.", heading))
    return ProblemsFound(problems)


# --- what is meant ------------------------------------------------------------------------------------


def _by_key(case: Case, assignments: Sequence[Assignment]) -> dict[str, Assignment]:
    """The assignments by what they assign, each to one record; refuses what is assigned twice."""
    emptied = {one.records for one in assignments if isinstance(one, ListAssigned) and not one.unknown}
    found: dict[str, Assignment] = {}
    for each in assignments:
        one = each
        if isinstance(one, FieldAssigned) and one.number is None:
            listed = () if one.records in emptied else case.facts.get(one.records)
            one = replace(one, number=_only_record(one, listed))
        key = _key(one)
        if key in found:
            name = key.removeprefix(READING_PREFIX)
            raise NotAnAssignment(each.text, f"`{name}` is assigned twice", "Keep one of the two.")
        found[key] = one
    return found


def _key(one: Assignment) -> str:
    match one:
        case FactAssigned(_, path, _):
            return path
        case ReadingAssigned(_, reading, _):
            return reading_key(reading)
        case ListAssigned(_, records, _):
            return records
        case RecordTakenOut(_, records, number):
            return f"{records}[{number}]"
        case FieldAssigned(_, records, number, field, _):
            return field_key(records, number or 1, field)


def _only_record(one: FieldAssigned, listed: GivenValue) -> int:
    """The number of the only record; refuses where there is none, or several."""
    if not isinstance(listed, tuple):
        raise _of_unknown(one)
    if len(listed) != 1:
        said = "no record" if not listed else f"{len(listed)} records"
        which = " or ".join(f"{one.records}[{number}].{one.field}" for number in (1, *([2] if listed else [])))
        mend = f"Say which: {which}." if listed else f"Write {which} to add one."
        raise NotAnAssignment(one.text, f"`{one.records}` has {said}", mend)
    return 1


def _of_unknown(one: OfList) -> NotAnAssignment:
    mend = f"Assign {one.records}=[] beside: what is assigned to {one.records}[1], [2], … is then the whole list."
    return NotAnAssignment(one.text, f"it is not known which records `{one.records}` has", mend)


def _carried_out(given: GivenValue, ones: Sequence[OfList]) -> tuple[GivenValue, list[int]]:
    """A list with assignments carried out, and the numbers that its records had before any was taken out."""
    whole = next((one for one in ones if isinstance(one, ListAssigned)), None)
    parts = [one for one in ones if not isinstance(one, ListAssigned)]
    if whole is not None and whole.unknown:
        if parts:
            message = f"`{whole.records}` is assigned both as a whole and in part"
            raise NotAnAssignment(parts[0].text, message, "Keep one of the two.")
        return None, []
    base = given if whole is None else ()
    if not isinstance(base, tuple):
        raise _of_unknown(parts[0])
    records: list[dict[str, GivenScalar | None]] = [dict(record) for record in base]
    fields = [one for one in parts if isinstance(one, FieldAssigned)]
    for one in sorted(fields, key=lambda one: one.number or 1):
        number = one.number or 1
        if number > len(records) + 1:
            raise _beyond(one, len(records), f"The next new one is {one.records}[{len(records) + 1}].")
        if number > MOST_RECORDS:
            raise NotAnAssignment(one.text, f"no list has more than {MOST_RECORDS} records", "Keep those that matter.")
        if number > len(records):
            records.append({})
        records[number - 1][one.field] = one.value
    taken = {one.number: one for one in parts if isinstance(one, RecordTakenOut)}
    for number, out in taken.items():
        if number > len(base):
            raise _beyond(out, len(base), "Only one that is there can be taken out.")
        if any(one.number == number for one in fields):
            message = f"{out.records}[{number}] is both changed and taken out"
            raise NotAnAssignment(out.text, message, "Keep one of the two.")
    kept = [number for number in range(1, len(records) + 1) if number not in taken]
    return tuple(records[number - 1] for number in kept), kept


def _beyond(one: RecordTakenOut | FieldAssigned, count: int, mend: str) -> NotAnAssignment:
    has = f"{count or 'no'} record{'' if count == 1 else 's'}"
    return NotAnAssignment(one.text, f"`{one.records}` has {has}", mend)


# --- what has changed ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Before:
    """What a case had for whatever was assigned."""

    case: Case
    readings: Mapping[str, str]
    valued: Valued
    emptied: Collection[str]
    """The lists that were assigned as a whole: their records are new."""

    def and_after(self, one: Assignment, facts: Mapping[str, GivenValue]) -> tuple[InputValue, InputValue]:
        """What the case had, and what it has now, with these facts."""
        match one:
            case FactAssigned(_, path, value):
                return held(self.case, self.valued, path), InputValue(value, "given")
            case ReadingAssigned(_, reading, option):
                return self._reading(reading), InputValue(None if option == UNKNOWN else option, "chosen")
            case ListAssigned(_, records, _):
                before = InputValue(self.case.facts.get(records), "given" if records in self.case.facts else "left out")
                return before, InputValue(facts[records], "given")
            case RecordTakenOut(_, records, number):
                listed = self.case.facts[records]
                assert isinstance(listed, tuple)
                return InputValue(listed[number - 1], "given"), ABSENT
            case FieldAssigned(_, records, number, field, value):
                return self._field(records, number or 1, field), InputValue(value, "given")

    def _reading(self, name: str) -> InputValue:
        value = self.valued.valuation.values[reading_key(name)]
        origin: Origin = (
            "default" if name in self.valued.defaults else "chosen" if name in self.readings else "left out"
        )
        return InputValue(value, origin)

    def _field(self, records: str, number: int, field: str) -> InputValue:
        listed, complete = self.case.facts.get(records), self.valued.valuation.values[records]
        if not isinstance(listed, tuple) or not isinstance(complete, tuple):
            return ABSENT
        if number > len(listed) or records in self.emptied:
            return ABSENT
        return InputValue(complete[number - 1][field], "given" if field in listed[number - 1] else "left out")


def held(case: Case, valued: Valued, path: str) -> InputValue:
    """What a case has for a single fact."""
    origin: Origin = "given" if path in case.facts else "left out"
    if path in valued.presumed:
        origin = "presumed"
    elif path in valued.valuation.same_as:
        origin = "follows"
    return InputValue(valued.valuation.values[path], origin)


def _following(
    rulebook: Rulebook, assigned: Mapping[str, Assignment], before: tuple[Case, Valued], after: tuple[Case, Valued]
) -> Iterator[SupposedChange]:
    """The single facts that are not assigned and have another value all the same."""
    for path, fact in rulebook.facts.items():
        if path not in assigned and fact.sort != "records":
            was, now = held(*before, path), held(*after, path)
            if was.value != now.value:
                yield SupposedChange(path, was, now)
