"""Spans of time, and the calendar rule by which a day so long after or before another is found.

- The day that is counted from does not count itself: 10 days after 1 March is 11 March. A week is seven days. Where it
  counts, the day that is found is the last of so many: a day nearer.
- Months and years go to the day of the same number; in a month that has no such day, to its last. 1 month after
  31 January is the last day of February, and 1 year after 29 February is 28 February. Or else they go past the end of
  that month, to the first of the next: 1 March.
- A special day (never, before or after every day) stays what it is. What would lie beyond the calendar is before, or
  after, every day.

The day found is the later, or the same, the later the day is that is counted from. So of all days that are moved to a
day, or beyond it, there is a first (`first_moved_to`); and of all that are moved no further, a last (`last_moved_to`).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final, Literal, TypeAlias, cast

from lawmodel.dataclass import dataclass
from lawmodel.inputs import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, FIRST_DAY, LAST_DAY, is_calendar_day
from lawmodel.when_used import expression_when_used

Unit: TypeAlias = Literal["day", "week", "month", "year"]
Direction: TypeAlias = Literal["after", "before"]
Measure: TypeAlias = Literal["days", "months"]
"""In what the length of a span is told: weeks are days, and years are months; a month has no fixed number of days."""
Spans: TypeAlias = "tuple[TimeSpan, ...]"
"""Spans one after the other: a span is counted from the day that the one before it has led to."""

MOST_COUNTED: Final = 999_999
"""The longest span counts so many of its unit."""
ANY_DAY: Final = r"(\S+)"
COUNT: Final = "(0|[1-9][0-9]{0,5})"
SPAN_FORM: Final = COUNT + r" (day|week|month|year)s? (after|before) " + ANY_DAY
_CYCLE: Final = 12 * 400
_MARCH: Final = 305
"""So many days after 1 March of the year 0 is the day before the first of the calendar."""
CALENDAR_KEYS: Final[Mapping[str, tuple[str, str]]] = {
    "end_of_month": ("last_day", "next_day"),
    "leap_day": ("february_28", "march_1"),
    "first_day": ("not_counted", "counted"),
}
"""The questions that a calendar rule answers, each with its two answers, the usual one first."""
_FIRST_COUNTS: Final = "first day counted"
_PAST_END: Final = {"month": "no such day: first of the next month", "year": "29 February: 1 March"}
DURATION_FORM: Final = r"([0-9]{1,15}) (day|week|month|year)s?(?: ([0-9]{1,15}) (day|month)s?)?"
_TOO_LONG: Final = 10**15
"""As a number is too high with more digits."""
_DURATION: Final = expression_when_used(DURATION_FORM)
_SPAN: Final = expression_when_used(SPAN_FORM)
_BEGINS: Final = expression_when_used(COUNT + r" (?:day|week|month|year)s?(?: \([^()]+\))? (?:after|before) ")
_RULED: Final = expression_when_used(SPAN_FORM.replace("s? ", r"s?(?: \(([^()]+)\))? ", 1))
_DAYS: Final = {"day": 1, "week": 7}
_MONTHS: Final = {"month": 1, "year": 12}
LARGER: Final[Mapping[Measure, tuple[Unit, int]]] = {"days": ("week", 7), "months": ("year", 12)}
"""The larger unit beside each measure, and of how many of that it is made."""
_COMPARED_TO_SPAN: Final[Mapping[str, str]] = {
    "before": "earlier than",
    "not before": "not earlier than",
    "on or before": "not later than",
    "on": "exactly",
    "on or after": "not earlier than",
    "after": "later than",
    "not after": "not later than",
}
RULE_OF_UNIT: Final = {"month": "end_of_month", "year": "leap_day"}
"""The question of a calendar rule on which spans of a unit turn, beside that of the first day."""


@dataclass(frozen=True)
class TimeSpan:
    """So many days, weeks, months or years after a day, or before it."""

    count: int
    unit: Unit
    direction: Direction
    past_end: bool = False
    """Whether months go past the end of a month that has no such day, to the first of the next; else to its last."""
    counts_first: bool = False
    """Whether the day that is counted from counts itself."""

    @property
    def days(self) -> int:
        """By how many days it moves a day once it is moved by months; negative where it goes back."""
        return self._signed(self.count * _DAYS.get(self.unit, 0) - self.counts_first)

    @property
    def months(self) -> int:
        """By how many months it moves a day; negative where it goes back, nought where it counts days."""
        return self._signed(self.count * _MONTHS.get(self.unit, 0))

    def _signed(self, size: int) -> int:
        return size if self.direction == "after" else -size

    def of(self, day: str) -> str:
        """In words: ``10 days after`` a day that is named; with its calendar rule where that is not the usual one."""
        rule = [*([_FIRST_COUNTS] if self.counts_first else []), *([_PAST_END[self.unit]] if self.past_end else [])]
        return self._said(str(self.count), f" ({'; '.join(rule)})" if rule else "", day)

    def written(self, day: str, count: str | None = None) -> str:
        """As a rulebook writes it, without a calendar rule; ``count``: how many, by the name of a number."""
        return self._said(count or str(self.count), "", day)

    def _said(self, count: str, rule: str, day: str) -> str:
        return f"{count} {self.unit}{'' if self.count == 1 else 's'}{rule} {self.direction} {day}"

    def by(self, rule: Mapping[str, str]) -> TimeSpan:
        """The same span by another calendar rule, as `CALENDAR_KEYS` write it."""
        past_end = self.unit in _MONTHS and rule.get(RULE_OF_UNIT[self.unit]) in ("next_day", "march_1")
        return replace(self, past_end=past_end, counts_first=rule.get("first_day") == "counted")


@dataclass(frozen=True)
class Duration:
    """How long a span is, whatever day it is counted from."""

    written: str
    count: int
    measure: Measure

    def of(self, count: int) -> Duration:
        """Another one in the same measure."""
        return Duration(duration_in_words(count, self.measure), count, self.measure)


def duration(text: str) -> Duration | None:
    """What ``12 months``, ``1 year``, ``1 year 6 months`` or ``2 weeks 3 days`` say; None for any other text.

    Another text is also one that says more days or months than a number can.
    """
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    many, unit, more, smaller = found.groups()
    sizes, measure = (_DAYS, "days") if unit in _DAYS else (_MONTHS, "months")
    if more is not None and (smaller not in sizes or smaller == unit):
        return None
    count = int(many) * sizes[unit] + int(more or 0)
    return Duration(text, count, cast("Measure", measure)) if count < _TOO_LONG else None


def duration_in_words(count: int, measure: Measure) -> str:
    """So many days or months, as a case has it: ``12 months``."""
    return f"{count} {measure.removesuffix('s') if count == 1 else measure}"


def span_and_day(text: str) -> tuple[TimeSpan, str] | None:
    """The span that a text begins with, and the name of the day that it is counted from; None if there is no span."""
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    count, unit, direction, day = found.groups()
    return TimeSpan(int(count), cast("Unit", unit), cast("Direction", direction)), day


def span_in_words(text: str) -> tuple[TimeSpan, str] | None:
    """The span that a text in the words of `TimeSpan.of` begins with, and the day that it is counted from."""
    found = _RULED.fullmatch(text)
    if found is None:
        return None
    count, unit, said, direction, day = found.groups()
    rule = (said or "").split("; ")
    past_end = _PAST_END.get(unit) in rule
    span = TimeSpan(int(count), cast("Unit", unit), cast("Direction", direction), past_end, _FIRST_COUNTS in rule)
    return span, day


def moved(day: int, span: TimeSpan) -> int:
    """The day, as an ordinal or a special day, so long after or before another."""
    if not is_calendar_day(day):
        return day
    found = counted_on(day, span)
    return BEFORE_EVERY_DAY if found < FIRST_DAY else AFTER_EVERY_DAY if found > LAST_DAY else found


def counted_on(day: int, span: TimeSpan) -> int:
    """The ordinal of the day so long after or before one of the calendar, were there no end to the calendar."""
    if span.months:
        one = datetime.date.fromordinal(day)
        month = one.year * 12 + one.month - 3 + span.months
        begins = _begins(month)
        last = _begins(month + 1) - begins - 1 + span.past_end
        day = begins - _MARCH + min(one.day - 1, last)
    return day + span.days


def spans_of(spans: Spans, day: str) -> str:
    """Spans in words, as a rulebook writes them, counted from a day that is named."""
    for span in spans:
        day = span.of(day)
    return day


def compared_with(word: str, day: str) -> str:
    """How a day stands to another, by a comparison (`on or before`) and the words of the other day.

    "Before 10 days after the notice" would have to be read twice: it is "earlier than 10 days after the notice".
    """
    return f"{word if _BEGINS.match(day) is None else _COMPARED_TO_SPAN.get(word, word)} {day}"


def full_units(since: int, until: int, span: TimeSpan) -> int:
    """How many full units of a span have passed from one day of the calendar to a later one, by its calendar rule."""
    one, other = datetime.date.fromordinal(since), datetime.date.fromordinal(until)
    months = (other.year - one.year) * 12 + other.month - one.month
    count = 1 + ((until - since) // _DAYS[span.unit] if span.unit in _DAYS else months // _MONTHS[span.unit])
    while count and moved(since, replace(span, count=count, direction="after")) > until:
        count -= 1
    return count


@lru_cache(maxsize=64)
def length(span: TimeSpan) -> tuple[int, int]:
    """The least and the most days by which a span moves a day, whatever the day, and were there no end to the calendar.

    Of months it looks at each one of the 400 years after which the calendar comes round again: some 0.02 s.
    """
    if not span.months:
        return span.days, span.days
    begins = [_begins(month) for month in range(_CYCLE + 1)]
    moved_by_months = [_begins(month + span.months) for month in range(_CYCLE + 1)]
    found = set()
    for month in range(_CYCLE):
        days, days_there = (all_days[month + 1] - all_days[month] for all_days in (begins, moved_by_months))
        first = moved_by_months[month] - begins[month]
        found |= {first, first - max(0, days - days_there - span.past_end)}
    return min(found) + span.days, max(found) + span.days


def _begins(month: int) -> int:
    """The day on which a month begins, counted from March of the year 0, the leap day being the last of its year."""
    year, in_year = divmod(month, 12)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * in_year + 2) // 5


def moved_by(day: int, spans: Spans) -> int:
    """The day, as an ordinal or a special day, that spans lead to from another."""
    for span in spans:
        day = moved(day, span)
    return day


def first_moved_to(bound: int, spans: Spans) -> int:
    """The first day that spans move to a day or beyond it; after every day if no day of the calendar is.

    ``bound`` is a day, or a special one other than never. It takes some twenty steps.
    """
    if bound <= BEFORE_EVERY_DAY:
        return BEFORE_EVERY_DAY
    low, high = FIRST_DAY, LAST_DAY + 1
    while low < high:
        middle = (low + high) // 2
        if moved_by(middle, spans) >= bound:
            high = middle
        else:
            low = middle + 1
    return low if low <= LAST_DAY else AFTER_EVERY_DAY


def last_moved_to(bound: int, spans: Spans) -> int:
    """The last day that spans move no further than to a day; before every day if no day of the calendar is.

    ``bound`` is a day, or a special one other than never. It takes some twenty steps.
    """
    if bound >= AFTER_EVERY_DAY:
        return AFTER_EVERY_DAY
    later = first_moved_to(bound + 1, spans)
    return LAST_DAY if later == AFTER_EVERY_DAY else later - 1 if later > FIRST_DAY else BEFORE_EVERY_DAY
