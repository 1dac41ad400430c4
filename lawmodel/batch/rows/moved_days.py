"""The calendar rule of spans (`lawmodel.time_spans`) for whole columns, in whole numbers alone.

So it is the same in memory and in a database, whatever that knows of dates. Days are counted from 1 March of the year
0: the leap day is then the last day of a year. An era is 400 years, after which the calendar comes round.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from lawmodel.inputs import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, FIRST_DAY, LAST_DAY
from lawmodel.time_spans import TimeSpan

Choose: TypeAlias = Callable[[Any, Any, Any], Any]
"""Of two columns or numbers the first where a condition holds, else the second."""
_MARCH: Final = 305
"""So many days after 1 March of the year 0 is the day before the first of the calendar."""
_ERA: Final = 146_097


def moved(day: Any, span: TimeSpan, where: Choose) -> Any:
    """A column of days so long after, or before, those of another; special days stay what they are."""
    if span.months:
        month, in_month = _month_of(day + _MARCH)
        begins = _begins(month + span.months)
        last = _begins(month + (span.months + 1)) - begins - 1
        found = begins + where(in_month < last, in_month, last) - _MARCH
    else:
        found = day + span.days
    within = where(found < FIRST_DAY, BEFORE_EVERY_DAY, where(found > LAST_DAY, AFTER_EVERY_DAY, found))
    return where((day < FIRST_DAY) | (day > LAST_DAY), day, within)


def _month_of(day: Any) -> tuple[Any, Any]:
    """In which month a day lies, counted from March of the year 0, and how many days of the month are before it."""
    era = day // _ERA
    in_era = day - era * _ERA
    year = (in_era - in_era // 1460 + in_era // 36_524 - in_era // (_ERA - 1)) // 365
    in_year = in_era - (365 * year + year // 4 - year // 100)
    month = (5 * in_year + 2) // 153
    return (era * 400 + year) * 12 + month, in_year - (153 * month + 2) // 5


def _begins(month: Any) -> Any:
    """The day on which a month begins."""
    year = month // 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 12 * year) + 2) // 5
