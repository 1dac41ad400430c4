"""Days that law names: of a case, moved by a span, the first that there is; and comparisons of them as formulas."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, assert_never

from lawmodel.case.values import day_in_words
from lawmodel.dataclass import dataclass
from lawmodel.reasoning.formula import All, Any, Choose, Field, Fixed, Formula, Input, OneOf, Ordered, Spaced, Term
from lawmodel.time_spans import Spans, TimeSpan, moved


@dataclass(frozen=True, slots=True)
class DayChoice:
    """A day for each option of a reading."""

    reading: str
    branches: tuple[tuple[str, Day], ...]


@dataclass(frozen=True, slots=True)
class MovedDay:
    """A day so long after, or before, one that only a case settles."""

    day: Input | Field
    spans: Spans


Moment: TypeAlias = Term | MovedDay


@dataclass(frozen=True, slots=True)
class FirstOf:
    """A day if there is one, otherwise another."""

    day: Moment
    otherwise: Day
    is_none: Formula
    """That there is none."""


Day: TypeAlias = Moment | DayChoice | FirstOf


def on_each(day: Day, compared: Callable[[Moment], Formula]) -> Formula:
    """A comparison of a day, which is false of what never happens, with each day that it may be."""
    match day:
        case DayChoice(reading, branches):
            return Choose(reading, tuple((option, on_each(one, compared)) for option, one in branches), of_date=True)
        case FirstOf(first, otherwise, is_none):
            return Any((compared(first), All((is_none, on_each(otherwise, compared)))))
        case _:
            return compared(day)


def days_ordered(term: Moment, comparison: str, day: Day) -> Formula:
    """A comparison of two days, by its word in a rulebook."""
    match comparison:
        case "before":
            return on_each(day, lambda one: day_before(term, one, strict=True))
        case "on_or_before":
            return on_each(day, lambda one: day_before(term, one))
        case "after":
            return on_each(day, lambda one: day_after(term, one, strict=True))
        case "on_or_after":
            return on_each(day, lambda one: day_after(term, one))
        case _:
            return on_each(day, lambda one: All((day_before(term, one), day_after(term, one))))


def day_before(term: Moment, day: Moment, *, strict: bool = False) -> Formula:
    """That a day is on or before another; before it, if strict."""
    if isinstance(day, MovedDay):
        assert isinstance(term, Input | Field), "what is compared with a moved day is one of a case"
        return Spaced(term, day.day, day.spans, moves_left=False, strict=strict)
    assert not isinstance(term, MovedDay), "no day that dates the law is moved"
    return Ordered(term, day, strict)


def day_after(term: Moment, day: Moment, *, strict: bool = False) -> Formula:
    """That a day is on or after another; after it, if strict."""
    if isinstance(day, MovedDay):
        assert isinstance(term, Input | Field), "what is compared with a moved day is one of a case"
        return Spaced(day.day, term, day.spans, moves_left=True, strict=strict)
    assert not isinstance(term, MovedDay), "no day that dates the law is moved"
    return Ordered(day, term, strict, about_right=True)


def moved_day(span: TimeSpan, day: Day) -> Day:
    """The day so long after, or before, another: worked out, where the law settles it."""
    match day:
        case DayChoice(reading, branches):
            return DayChoice(reading, tuple((option, moved_day(span, one)) for option, one in branches))
        case Fixed(value, label):
            named = day_in_words(value) if label is None else label
            return Fixed(moved(value, span), span.of(named))
        case MovedDay(first, spans):
            return MovedDay(first, (*spans, span))
        case FirstOf(first, otherwise, is_none):
            earlier = moved_day(span, first)
            assert not isinstance(earlier, DayChoice | FirstOf)
            return FirstOf(earlier, moved_day(span, otherwise), is_none)
        case Input() | Field():
            return MovedDay(day, (span,))
        case _:
            assert_never(day)


def is_special(term: Input | Field, day: int) -> Formula:
    """A date is this special day."""
    return OneOf(term, frozenset((day,)))
