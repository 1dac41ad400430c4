"""Spans of time, and the calendar rule by which a day so long after or before another is found.

- The day that is counted from does not count itself: 10 days after 1 March is 11 March. A week is seven days.
- Months and years go to the day of the same number; in a month that has no such day, to its last. 1 month after
  31 January is the last day of February, and 1 year after 29 February is 28 February.
- A special day (never, before or after every day) stays what it is. What would lie beyond the calendar is before, or
  after, every day.

The day found is the later, or the same, the later the day is that is counted from. So of all days that are moved to a
day, or beyond it, there is a first (`first_moved_to`); and of all that are moved no further, a last (`last_moved_to`).
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Final, Literal, TypeAlias, cast

from lawmodel.dataclass import dataclass
from lawmodel.inputs import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, FIRST_DAY, LAST_DAY, is_calendar_day

Unit: TypeAlias = Literal["day", "week", "month", "year"]
Direction: TypeAlias = Literal["after", "before"]
Spans: TypeAlias = "tuple[TimeSpan, ...]"
"""Spans one after the other: a span is counted from the day that the one before it has led to."""

MOST_COUNTED: Final = 999_999
"""The longest span counts so many of its unit."""
ANY_DAY: Final = r"(\S+)"
COUNT: Final = "(0|[1-9][0-9]{0,5})"
SPAN_FORM: Final = COUNT + r" (day|week|month|year)s? (after|before) " + ANY_DAY
_CYCLE: Final = 12 * 400
_SPAN: Final = re.compile(SPAN_FORM)
_DAYS: Final = {"day": 1, "week": 7}
_MONTHS: Final = {"month": 1, "year": 12}


@dataclass(frozen=True)
class TimeSpan:
    """So many days, weeks, months or years after a day, or before it."""

    count: int
    unit: Unit
    direction: Direction

    @property
    def days(self) -> int:
        """By how many days it moves a day; negative where it goes back, nought where it counts months."""
        return self._signed(_DAYS.get(self.unit, 0))

    @property
    def months(self) -> int:
        """By how many months it moves a day; negative where it goes back, nought where it counts days."""
        return self._signed(_MONTHS.get(self.unit, 0))

    def _signed(self, size: int) -> int:
        return self.count * size * (1 if self.direction == "after" else -1)

    def of(self, day: str, count: str | None = None) -> str:
        """In words, as a rulebook writes it: ``10 days after`` a day that is named; ``count``: how many, in a name."""
        return f"{count or self.count} {self.unit}{'' if self.count == 1 else 's'} {self.direction} {day}"


def span_and_day(text: str) -> tuple[TimeSpan, str] | None:
    """The span that a text begins with, and the name of the day that it is counted from; None if there is no span."""
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    count, unit, direction, day = found.groups()
    return TimeSpan(int(count), cast("Unit", unit), cast("Direction", direction)), day


def moved(day: int, days: int, months: int) -> int:
    """The day, as an ordinal or a special day, so many months and then so many days after another."""
    if not is_calendar_day(day):
        return day
    if months:
        from calendar import monthrange  # it loads what a start does not need

        one = datetime.date.fromordinal(day)
        year, month = divmod(one.year * 12 + one.month - 1 + months, 12)
        if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
            return BEFORE_EVERY_DAY if months < 0 else AFTER_EVERY_DAY
        last = monthrange(year, month + 1)[1]
        day = datetime.date(year, month + 1, min(one.day, last)).toordinal()
    day += days
    return BEFORE_EVERY_DAY if day < FIRST_DAY else AFTER_EVERY_DAY if day > LAST_DAY else day


def spans_of(spans: Spans, day: str) -> str:
    """Spans in words, as a rulebook writes them, counted from a day that is named."""
    for span in spans:
        day = span.of(day)
    return day


def full_units(since: int, until: int, unit: Unit) -> int:
    """How many full days, weeks, months or years have passed from one day of the calendar to a later one."""
    one, other = datetime.date.fromordinal(since), datetime.date.fromordinal(until)
    months = (other.year - one.year) * 12 + other.month - one.month
    count = (until - since) // _DAYS[unit] if unit in _DAYS else months // _MONTHS[unit]
    return count if moved(since, count * _DAYS.get(unit, 0), count * _MONTHS.get(unit, 0)) <= until else count - 1


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
        found |= {first, first - max(0, days - days_there)}
    return min(found), max(found)


def _begins(month: int) -> int:
    """The day on which a month begins, counted from March of the year 0, the leap day being the last of its year."""
    year, in_year = divmod(month, 12)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * in_year + 2) // 5


def moved_by(day: int, spans: Spans) -> int:
    """The day, as an ordinal or a special day, that spans lead to from another."""
    for span in spans:
        day = moved(day, span.days, span.months)
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
