"""The calendar rule of spans (`lawmodel.time_spans`) for whole columns, in whole numbers alone.

So it is the same in memory and in a database, whatever that knows of dates. Days are counted from 1 March of the year
0: the leap day is then the last day of a year. An era is 400 years, after which the calendar comes round. It is worked
out in steps, each a column of its own: written as one expression it would repeat itself thousands of times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from lawmodel.inputs import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, FIRST_DAY, LAST_DAY
from lawmodel.time_spans import TimeSpan

Choose: TypeAlias = Callable[[Any, Any, Any], Any]
"""Of two columns or numbers the first where a condition holds, else the second."""
WorkedOut: TypeAlias = tuple[str, Callable[[Mapping[str, Any]], Any]]
"""The name of a step, and what it makes of those before it and of the ``day``."""
MOVED: Final = "moved"
"""The last step."""
_MARCH: Final = 305
"""So many days after 1 March of the year 0 is the day before the first of the calendar."""
_ERA: Final = 146_097


def moved(day: Any, span: TimeSpan, where: Choose) -> Any:
    """A column of days so long after, or before, those of another; special days stay what they are."""
    at = {"day": day}
    for name, made in worked_out(span, where):
        at[name] = made(at)
    return at[MOVED]


def worked_out(span: TimeSpan, where: Choose) -> Iterator[WorkedOut]:
    """The steps by which a day is moved."""
    if span.months:
        yield "since", lambda at: at["day"] + _MARCH
        yield "era", lambda at: at["since"] // _ERA
        yield "in_era", lambda at: at["since"] - at["era"] * _ERA
        yield "year", lambda at: _year(at["in_era"])
        yield "in_year", lambda at: at["in_era"] - (365 * at["year"] + at["year"] // 4 - at["year"] // 100)
        yield "month", lambda at: (5 * at["in_year"] + 2) // 153
        yield "in_month", lambda at: at["in_year"] - (153 * at["month"] + 2) // 5
        yield "there", lambda at: (at["era"] * 400 + at["year"]) * 12 + at["month"] + span.months
        yield "begins", lambda at: _begins(at["there"])
        yield "last", lambda at: _begins(at["there"] + 1) - at["begins"] - (0 if span.past_end else 1)
        yield "into", lambda at: where(at["in_month"] < at["last"], at["in_month"], at["last"])
        yield "found", lambda at: at["begins"] + at["into"] - _MARCH + span.days
    else:
        yield "found", lambda at: at["day"] + span.days
    yield MOVED, lambda at: _within(at["day"], at["found"], where)


def _year(in_era: Any) -> Any:
    return (in_era - in_era // 1460 + in_era // 36_524 - in_era // (_ERA - 1)) // 365


def _begins(month: Any) -> Any:
    """The day on which a month begins, counted from March of the year 0."""
    year = month // 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 12 * year) + 2) // 5


def _within(day: Any, found: Any, where: Choose) -> Any:
    within = where(found < FIRST_DAY, BEFORE_EVERY_DAY, where(found > LAST_DAY, AFTER_EVERY_DAY, found))
    return where((day < FIRST_DAY) | (day > LAST_DAY), day, within)
