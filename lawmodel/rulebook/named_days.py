"""The days of the calendar that the names of days stand for, as far as the law alone settles that."""

from __future__ import annotations

import datetime

from lawmodel.inputs import is_calendar_day
from lawmodel.rulebook.condition import DateName
from lawmodel.rulebook.model import Rulebook, days_in
from lawmodel.time_spans import moved


def days_named(rulebook: Rulebook, date: DateName) -> tuple[datetime.date, ...] | None:
    """Every day that a name can stand for, whatever the readings and the stage; None if that is up to the case.

    What is in no calendar, or is no day at all, is left out. Definitions must not run in a circle.
    """
    if date.span is not None:
        days = days_named(rulebook, _without_span(date))
        if days is None:
            return None
        ordinals = (moved(day.toordinal(), date.span) for day in days)
        return tuple(datetime.date.fromordinal(one) for one in ordinals if is_calendar_day(one))
    if date.became_law:
        instrument = rulebook.instruments.get(date.name)
        return () if instrument is None else tuple(step.date for step in instrument.steps)
    if date.name in rulebook.dates:
        found: list[datetime.date] = []
        for one in days_in(rulebook.dates[date.name].value):
            days = days_named(rulebook, one)
            if days is None:
                return None
            found += days
        return tuple(found)
    if not date.name[:1].isdigit():
        return None
    try:
        return (datetime.date.fromisoformat(date.name),)
    except ValueError:
        return ()


def the_day(rulebook: Rulebook, date: DateName) -> datetime.date | None:
    """The one day that a name stands for; None where that is up to the case, to a reading or to the stage of a bill."""
    one = date
    while one.name in rulebook.dates and not one.became_law:
        value = rulebook.dates[one.name].value
        if not isinstance(value, DateName):
            return None
        one = value
    days = None if one.became_law else days_named(rulebook, date)
    return days[0] if days else None


def _without_span(date: DateName) -> DateName:
    return DateName(date.name, date.place, date.became_law)
