"""The inputs of an answer: their keys, and how their values are held.

An **input** is anything that may be left open, named by a *key*:

- a single fact, by its path: ``request.purpose``;
- a list of records, by its path: ``service``; a field of one record: ``service[1].fought`` (the first is 1);
- a reading: ``reading:combat``;
- the day of the law that is applied: ``law-date``.

Values are encoded: yes/no as ``bool``, a choice (and a reading's option) as its ``str``, a number as ``int``,
a day as its proleptic ordinal (``int``), with the three special days below. Unknown is ``None``; of a day that is not
known a case may give `DayBounds`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from typing import Final, Literal, TypeAlias

from lawmodel.dataclass import dataclass

LAW_DATE: Final = "law-date"
UNKNOWN: Final = "unknown"
"""How a value that is not known is written."""
READING_PREFIX: Final = "reading:"
MOST_RECORDS: Final = 50
"""So many records can a list of a case have."""

FIRST_DAY: Final = datetime.date.min.toordinal()
LAST_DAY: Final = datetime.date.max.toordinal()
NEVER_REACHED: Final = 10**18
"""Beyond every number that is mentioned."""
BEFORE_EVERY_DAY: Final = 0
AFTER_EVERY_DAY: Final = 10_000_000
NO_DAY: Final = -1
"""What never happened: every comparison with it is false."""

Sort: TypeAlias = Literal["yes/no", "date", "number", "choice", "records"]
"""What an input ranges over, as in many-sorted logic. It settles how values are held, compared and reasoned about."""
Scalar: TypeAlias = bool | int | str
Record: TypeAlias = Mapping[str, Scalar | None]
Value: TypeAlias = Scalar | tuple[Record, ...] | None
ChosenBy: TypeAlias = Literal["asked", "telling", "case", "default", "nobody"]
"""Who chose how a contested text is read: whoever asks, a source whose telling is followed, the case, the rulebook by
its default; nobody, where there is no default and it is open."""


@dataclass(frozen=True, slots=True)
class DayBounds:
    """What is known of a day that is not: it is some day of the calendar, and between which days."""

    first: int = FIRST_DAY
    """The earliest day that it can be, itself included."""
    last: int = LAST_DAY
    """The latest one, itself included."""


GivenScalar: TypeAlias = Scalar | DayBounds
GivenRecord: TypeAlias = Mapping[str, GivenScalar | None]
GivenValue: TypeAlias = GivenScalar | tuple[GivenRecord, ...] | None
"""What a case may give for a fact: a value, or of a day that is not known what is known of it."""


def is_calendar_day(value: object) -> bool:
    """Whether a value is a day of the calendar, and not a special day."""
    return isinstance(value, int) and FIRST_DAY <= value <= LAST_DAY


def reading_key(reading: str) -> str:
    """The key of the input that a reading is."""
    return READING_PREFIX + reading


def field_key(records: str, number: int, field: str) -> str:
    """The key of a field of one record; ``number`` counts from 1."""
    return f"{records}[{number}].{field}"


@dataclass(frozen=True, slots=True)
class Valuation:
    """The values of all inputs of one case."""

    values: Mapping[str, Value]
    """By key: every single fact, every list (a tuple of records, or None), every reading, the day of the law.
    A record maps every field of its list to a value."""
    same_as: Mapping[str, str]
    """Inputs that were left out and so have, whatever it is, the value of another input (which is in no such
    relation itself). Both have the same entry in ``values``."""
    bounds: Mapping[str, DayBounds] = field(default_factory=dict)
    """What is known of days that are not, by key: single facts, and fields of listed records. Their entry in ``values``
    is None; of an input that has a value there they say nothing, unless that value is let go."""

    def with_values(self, values: Mapping[str, Value]) -> Valuation:
        """The same case with other values; what is known of days that these leave open stays known."""
        return Valuation(values, self.same_as, self.bounds)

    def bounds_of(self, key: str) -> DayBounds | None:
        """What is known of a day that is not, or of the one that it is the same as."""
        return self.bounds.get(self.same_as.get(key, key)) if self.bounds else None
