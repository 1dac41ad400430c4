"""Assignments: ``NAME=VALUE``, by which a fact, a field of a record, a list or a reading is supposed to be otherwise.

Here they are read, against what the rulebook declares; `lawmodel.case.supposed` carries them out on a case.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from lawmodel.case.values import UNKNOWN, NotAValue, bounds_as_text, decode_given
from lawmodel.dataclass import dataclass
from lawmodel.inputs import LAW_DATE, READING_PREFIX, DayBounds, GivenScalar
from lawmodel.problems import Problem, ProblemsFound, did_you_mean, kind_of, listed
from lawmodel.rulebook.model import Fact, Rulebook

NO_RECORDS: Final = "[]"
TAKEN_OUT: Final = "none"
_NAME = re.compile(r"(?P<records>[^\[\]]+)\[(?P<number>[^\[\]]*)\](?:\.(?P<field>.*))?\Z", re.DOTALL)
_NUMBER = re.compile(r"[1-9][0-9]{0,5}\Z")


class NotAnAssignment(ProblemsFound):
    """What is written assigns nothing that the rulebook or the case knows; says what is wrong and how to mend it."""

    def __init__(self, text: str, message: str, mend: str) -> None:
        super().__init__([Problem(message, mend, text)])
        self.text, self.message, self.mend = text, message, mend

    def __str__(self) -> str:
        return f"{self.text}: {self.message}. {self.mend}"

    def __reduce__(self) -> tuple[type[NotAnAssignment], tuple[str, str, str]]:
        return NotAnAssignment, (self.text, self.message, self.mend)


@dataclass(frozen=True, slots=True)
class FactAssigned:
    """A single fact has this value; None: it is unknown."""

    text: str
    path: str
    value: GivenScalar | None


@dataclass(frozen=True, slots=True)
class ReadingAssigned:
    """A reading has this option; ``unknown`` leaves it open."""

    text: str
    reading: str
    option: str


@dataclass(frozen=True, slots=True)
class ListAssigned:
    """A list has no records, or it is not known which it has."""

    text: str
    records: str
    unknown: bool


@dataclass(frozen=True, slots=True)
class RecordTakenOut:
    """A list lacks one of its records."""

    text: str
    records: str
    number: int


@dataclass(frozen=True, slots=True)
class FieldAssigned:
    """A field of a record has this value; the one beyond the last record begins a new one."""

    text: str
    records: str
    number: int | None
    """None: the only record that there is."""
    field: str
    value: GivenScalar | None


Assignment: TypeAlias = FactAssigned | ReadingAssigned | ListAssigned | RecordTakenOut | FieldAssigned


def assignment_texts(changes: Mapping[str, object] | Iterable[str]) -> tuple[str, ...]:
    """Assignments as texts: from texts, or from names with Python's own values; raises `NotAnAssignment`."""
    if isinstance(changes, Mapping):
        return tuple(f"{name}={_written(name, value)}" for name, value in changes.items())
    given: object = changes
    texts = () if isinstance(given, str) or not isinstance(given, Iterable) else tuple(given)
    if isinstance(given, str) or not isinstance(given, Iterable) or not all(isinstance(one, str) for one in texts):
        mend = 'Give a dictionary, from name to value, or a list of texts "NAME=VALUE".'
        raise ProblemsFound([Problem(f"changes are needed, and this is {kind_of(given)}", mend, "changes")])
    return texts


def _written(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, int | str):
        return str(value)
    if isinstance(value, DayBounds):
        return bounds_as_text(value)
    if isinstance(value, Sequence) and not value:
        return NO_RECORDS
    mend = f'Give a text, a number, a day, True or False, "{UNKNOWN}", or [] for a list without records.'
    raise NotAnAssignment(name, f"a {type(value).__name__} cannot be assigned", mend)


def parse_assignment(rulebook: Rulebook, text: str) -> Assignment:
    """What a text ``NAME=VALUE`` assigns; raises `NotAnAssignment`."""
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals:
        mend = f"Write {name}=VALUE, such as {name}={UNKNOWN}." if name else "Write NAME=VALUE."
        raise NotAnAssignment(name or "an empty text", "nothing is assigned", mend)
    if not name:
        raise NotAnAssignment(text, "the name is missing", "Write NAME=VALUE, with the name of a fact or a reading.")
    if not value:
        raise NotAnAssignment(text, "the value is missing", f"Write {name}=VALUE; {name}={UNKNOWN} leaves it open.")
    return _Reader(rulebook, text).read(name, value)


@dataclass(frozen=True, slots=True)
class _Reader:
    rulebook: Rulebook
    text: str

    def read(self, name: str, value: str) -> Assignment:
        facts, readings = self.rulebook.facts, self.rulebook.readings
        indexed = _NAME.match(name)
        if indexed is not None:
            return self._numbered(indexed["records"], indexed["number"], indexed["field"], value)
        if name in facts and facts[name].sort == "records":
            return self._list(name, value)
        if name in facts:
            return FactAssigned(self.text, name, self._decoded(facts[name], name, value))
        if name.removeprefix(READING_PREFIX) in readings:
            return self._reading(name.removeprefix(READING_PREFIX), value)
        records, _, field = name.rpartition(".")
        if records in facts and facts[records].sort == "records":
            return self._field(records, None, field, value)
        raise self._unknown(name)

    def _numbered(self, records: str, number: str, field: str | None, value: str) -> Assignment:
        fact = self.rulebook.facts.get(records)
        if fact is None or fact.sort != "records":
            lists = [path for path, one in self.rulebook.facts.items() if one.sort == "records"]
            otherwise = f"The lists are: {listed(lists)}." if lists else "This rulebook has no lists."
            raise self._refused(f"there is no list of records `{records}`", did_you_mean(records, lists, otherwise))
        if not _NUMBER.match(number):
            mend = f"Number the records from 1: {records}[1]."
            raise self._refused(f"`{number}` is not the number of a record", mend)
        if field is not None:
            return self._field(records, int(number), field, value)
        if value != TAKEN_OUT:
            example = f"{records}[{number}].{fact.of[0].id}"
            mend = f"Write {records}[{number}]={TAKEN_OUT} to take it out, or {example}=VALUE for one of its fields."
            raise self._refused("a record as a whole can only be taken out", mend)
        return RecordTakenOut(self.text, records, int(number))

    def _field(self, records: str, number: int | None, field: str, value: str) -> FieldAssigned:
        fields = {one.id: one for one in self.rulebook.facts[records].of}
        if field not in fields:
            mend = did_you_mean(field, fields, f"Its fields are: {listed(fields)}.")
            raise self._refused(f"`{records}` has no field `{field}`", mend)
        decoded = self._decoded(fields[field], f"{records}.{field}", value)
        return FieldAssigned(self.text, records, number, field, decoded)

    def _list(self, records: str, value: str) -> ListAssigned:
        if value not in (NO_RECORDS, UNKNOWN):
            fact = self.rulebook.facts[records]
            mend = (
                f"Write {records}={NO_RECORDS} for none, {records}={UNKNOWN}, or one of its fields: "
                f"{records}[1].{fact.of[0].id}=VALUE."
            )
            raise self._refused(f"`{records}` is a list of records", mend)
        return ListAssigned(self.text, records, value == UNKNOWN)

    def _reading(self, name: str, value: str) -> ReadingAssigned:
        options = [*(option.id for option in self.rulebook.readings[name].options), UNKNOWN]
        if value not in options:
            mend = did_you_mean(value, options, f"Its options are: {listed(options)}.")
            likewise = [path for path in self._every_fact() if path.rpartition(".")[2] == name]
            if likewise:
                mend += f" The fact of a like name is {' or '.join(likewise)}."
            raise self._refused(f"the reading `{name}` has no option `{value}`", mend)
        return ReadingAssigned(self.text, name, value)

    def _decoded(self, fact: Fact, path: str, value: str) -> GivenScalar | None:
        try:
            return decode_given(self.rulebook, fact, value)
        except NotAValue as error:
            raise self._refused(error.message.replace(f"`{fact.id}`", f"`{path}`"), error.mend) from None

    def _unknown(self, name: str) -> NotAnAssignment:
        below = [path for path in self.rulebook.facts if path.startswith(f"{name}.")]
        if below:
            return self._refused(f"`{name}` is a group of facts", f"Assign one of them: {listed(below)}.")
        if name == LAW_DATE:
            return self._refused("the day of the law is no fact", f"Assign {self.rulebook.law_date}, which dates it.")
        facts = self._every_fact()
        elsewhere = [path for path in facts if path.rpartition(".")[2] == name]
        if elsewhere:
            mend = f"Did you mean {' or '.join(elsewhere)}?"
        else:
            otherwise = "Name a fact by its path, a field such as list[1].field, or a reading."
            mend = did_you_mean(name, [*facts, *self.rulebook.readings], otherwise)
        return self._refused(f"there is no fact or reading `{name}`", mend)

    def _every_fact(self) -> list[str]:
        """The paths of all facts, those of the fields of lists among them."""
        facts = self.rulebook.facts
        return [*facts, *(f"{path}.{field.id}" for path, fact in facts.items() for field in fact.of)]

    def _refused(self, message: str, mend: str) -> NotAnAssignment:
        return NotAnAssignment(self.text, message, mend)
