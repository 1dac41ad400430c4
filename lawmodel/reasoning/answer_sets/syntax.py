"""How inputs, their values, rules and remarks are written in an answer-set program, in the language of clingo.

Every id is a quoted string, and every remark a line of its own or the end of one, so nothing that a rulebook or a case
says is read as a part of the program. A day is written as its digits, 20260319, which stand in the order of the days.
"""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Iterable, Sequence
from typing import Final, assert_never

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.formula import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, NO_DAY, READING_PREFIX, Scalar, Sort
from lawmodel.time_spans import Spans, spans_of

MOST_WHOLE: Final = 2**31 - 1
"""The greatest whole number of clingo."""
BILLION: Final = 10**9
RECORD: Final = "R"
"""The variable that stands for the number of the record at hand."""
SPECIAL: Final = {BEFORE_EVERY_DAY: "before_every_day", AFTER_EVERY_DAY: "after_every_day"}
CONSTANTS: Final = ("#const before_every_day = 0.", "#const after_every_day = 100000000.")
WIDTH: Final = 110


def quoted(text: str) -> str:
    """A text as a string of the program."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def remark(text: str) -> list[str]:
    """A text as lines of remarks; none where it is empty."""
    return [f"% {line}" for line in textwrap.wrap(_one_line(text), WIDTH - 2, break_on_hyphens=False)]


def with_remark(line: str, text: str) -> str:
    """A line of the program, and at its end what it means in words."""
    return f"{line}  % {_one_line(text)}" if _one_line(text) else line


def _one_line(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def rule(head: str, body: Sequence[str]) -> str:
    """The head holds if all of the body does; with an empty head: all of it never holds."""
    if not body:
        return f"{head}."
    short = f"{head} :- {', '.join(body)}.".lstrip()
    if len(short) <= WIDTH:
        return short
    inner = ",\n    ".join(body)
    return f"{head} :-\n    {inner}.".lstrip()


@dataclass(frozen=True, slots=True)
class Subject:
    """What has a value: a single fact, a reading, the day of the law, or a field of a record."""

    key: str
    """Of the single input, or of the list."""
    record: int | str = ""
    """The number of the record, or the variable that stands for it; empty for a single input."""
    field: str = ""

    @property
    def text(self) -> str:
        """The subject as the first arguments of an atom."""
        if self.field:
            return f"{quoted(self.key)}, {self.record}, {quoted(self.field)}"
        return quoted(self.key.removeprefix(READING_PREFIX))

    def holding(self, kind: Sort, value: str) -> str:
        """The atom that says that the subject has a value, which is written already."""
        if kind == "date":
            return f"day({self.text}, {value})"
        if self.key.startswith(READING_PREFIX):
            return f"reading({self.text}, {value})"
        return f"{'field' if self.field else 'fact'}({self.text}, {value})"

    def never(self) -> str:
        """The atom that says that the day never was."""
        return f"never({self.text})"


@dataclass(frozen=True, slots=True)
class ValueWriter:
    """Writes values; great numbers in two parts, all numbers of a program alike."""

    in_two_parts: bool
    """Whether numbers are written as (billions, rest), because some of them are too great for clingo."""

    @staticmethod
    def of(numbers: Iterable[int]) -> ValueWriter:
        """A writer for all of these numbers."""
        return ValueWriter(any(number > MOST_WHOLE for number in numbers))

    def value(self, kind: Sort, value: Scalar) -> str:
        """A value, other than `NO_DAY`."""
        match kind:
            case "yes/no":
                return "yes" if value else "no"
            case "choice":
                return quoted(str(value))
            case "date":
                return day(int(value))
            case "number":
                return self.number(int(value))
            case "records":
                raise TypeError("a list has no single value")
            case _:
                assert_never(kind)

    def one_of(self, kind: Sort, values: Iterable[Scalar]) -> str:
        """Several values in the place of one: in a fact and in a choice all of them, in a condition any of them."""
        return f"({'; '.join(self.value(kind, value) for value in values)})"

    def number(self, number: int) -> str:
        """A whole number; in two parts the order of numbers is that of their terms."""
        return f"({number // BILLION}, {number % BILLION})" if self.in_two_parts else str(number)

    def has(self, subject: Subject, kind: Sort, value: Scalar) -> str:
        """The atom that says that a subject has a value."""
        if kind == "date" and value == NO_DAY:
            return subject.never()
        return subject.holding(kind, self.value(kind, value))


def moved_day(spans: Spans, day: str, moved: str) -> str:
    """The atom that says to which day spans lead from another; both days are written already."""
    return f"moved({quoted(spans_of(spans, '').rstrip())}, {day}, {moved})"


def day(ordinal: int) -> str:
    """A day as its digits, or the name of a special day."""
    if ordinal in SPECIAL:
        return SPECIAL[ordinal]
    one = datetime.date.fromordinal(ordinal)
    return str(one.year * 10000 + one.month * 100 + one.day)
