"""The calendar rule of spans (`lawmodel.time_spans`) in the language of the solver z3, exact for every day.

Days and weeks are sums. Of months the solver is told at first how many days they have at least and at most, and that of
days moved alike a later one is moved to no earlier day. Where a model has a day moved wrongly, it is told what is so in
that month of the calendar, and asked again (lemmas on demand): of the 120,000 months few matter. What it is told holds
of every day. So where it finds no model there is none, and in a model that is given out each day is moved as the
calendar has it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Final

from lawmodel.dataclass import dataclass
from lawmodel.inputs import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, FIRST_DAY, LAST_DAY, is_calendar_day
from lawmodel.time_spans import TimeSpan, counted_on, length, moved, span_in_words
from lawmodel.when_used import expression_when_used

_REMARK: Final = expression_when_used(r"^; (\S+) is (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class MovedConstant:
    """A constant that is to be the day so many months after or before the one that another constant is."""

    name: str
    span: TimeSpan
    day: str

    def fact(self, day: int) -> str:
        """What is so of a day of the calendar and its month: where it is moved, and that others are not past that."""
        from calendar import monthrange  # it loads what a start does not need

        one = datetime.date.fromordinal(day)
        begin = one.replace(day=1).toordinal()
        end = begin + monthrange(one.year, one.month)[1] - 1
        first, last = moved(begin, self.span), moved(end, self.span)
        if first == last:
            here = str(first)
        else:  # day by day, and then no further; a month that is cut by an end of the calendar goes on beyond it
            same, most = _sum(self.day, counted_on(begin, self.span) - begin), counted_on(end, self.span)
            here = f"(ite (<= {same} {most}) {same} {most})"
            if not is_calendar_day(first):
                here = f"(ite (< {here} {FIRST_DAY}) {BEFORE_EVERY_DAY} {here})"
            if not is_calendar_day(last):
                here = f"(ite (< {LAST_DAY} {here}) {AFTER_EVERY_DAY} {here})"
        return (
            f"(assert (=> (<= {begin} {self.day} {end}) (= {self.name} {here})))"
            f"(assert (=> (<= {self.day} {end}) (<= {self.name} {last})))"
            f"(assert (=> (<= {begin} {self.day}) (<= {first} {self.name})))"
        )

    def order(self, other: MovedConstant) -> str:
        """What is so of two: of days moved alike a later one is not moved to an earlier day; the same to the same."""
        if self.span != other.span:
            return ""
        pairs = ((self, other), (other, self))
        return "".join(f"(assert (=> (<= {a.day} {b.day}) (<= {a.name} {b.name})))" for a, b in pairs)


def moved_day(name: str, day: str, span: TimeSpan) -> Iterator[str]:
    """Lines that make a constant the day so long after, or before, the one that another constant is."""
    least, most = length(span)
    low, high = _sum(day, least), _sum(day, most)
    about = f"(= {name} {low})" if least == most else f"(<= {low} {name} {high})"
    past = (
        f"(and (= {name} {BEFORE_EVERY_DAY}) (< {low} {FIRST_DAY}))",
        f"(and (= {name} {AFTER_EVERY_DAY}) (< {LAST_DAY} {high}))",
    )
    within = f"(and (<= {FIRST_DAY} {name} {LAST_DAY}) {about})"
    yield f"(declare-const {name} Int)"
    yield f"(assert (ite (<= {FIRST_DAY} {day} {LAST_DAY}) (or {within} {past[0]} {past[1]}) (= {name} {day})))"
    if span.months:
        yield f"; {name} is {span.of(day)}\n"


def remarked(text: str) -> Iterator[MovedConstant]:
    """The constants of a text that are days moved by months."""
    for name, said in _REMARK.findall(text):
        read = span_in_words(said)
        assert read is not None, said
        yield MovedConstant(name, *read)


def _sum(name: str, more: int) -> str:
    return f"(+ {name} {more})" if more >= 0 else f"(- {name} {-more})"
