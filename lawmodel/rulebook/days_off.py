"""Days on which authorities do not work: Saturdays, Sundays, and the holidays that a rulebook lists."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator
from typing import Final

from lawmodel.inputs import is_calendar_day
from lawmodel.problems import Collector
from lawmodel.yaml_nodes import ListNode, Node, TextNode

SATURDAY: Final = 5
FORTNIGHT: Final = 14
WRITTEN: Final = re.compile(r"([0-9]{4}-)?[0-9]{2}-[0-9]{2}\Z")
"""A day of each year, or of one."""
LEAP: Final = "2000-"
"""A year that has each day that there can be."""


def is_day_off(days_off: Collection[str], day: datetime.date) -> bool:
    """Whether nobody works on a day: on a Saturday or Sunday, or one listed for each year or for that year."""
    return day.weekday() >= SATURDAY or day.isoformat() in days_off or f"{day:%m-%d}" in days_off


def working_day(days_off: Collection[str], day: int, *, back: bool) -> int:
    """A day itself if it is a working day, else the last before it or the first after it; by ordinals.

    The day itself where a fortnight has none, or the calendar ends.
    """
    for distance in range(FORTNIGHT):
        other = day - distance if back else day + distance
        if not is_calendar_day(other):
            break
        if not is_day_off(days_off, datetime.date.fromordinal(other)):
            return other
    return day


def read_days_off(node: Node, problems: Collector) -> tuple[str, ...]:
    """The days that the head of a rulebook lists; notes what is none."""
    if not isinstance(node, ListNode):
        problems.at(node.place, "`days_off` is no list of days", "List them, as in: [01-01, 2026-03-09].")
        return ()
    return tuple(_days(node, problems))


def _days(node: ListNode, problems: Collector) -> Iterator[str]:
    for item in node.items:
        said = item.value.strip() if isinstance(item, TextNode) else ""
        if _is_day(said):
            yield said
        else:
            shown = f"`{said}` is no day" if said else "a day is needed here"
            problems.at(item.place, shown, "Write 01-01 for each year, or 2026-03-09 for one day.")


def _is_day(said: str) -> bool:
    match = WRITTEN.match(said)
    if match is None:
        return False
    try:
        datetime.date.fromisoformat(said if match[1] else f"{LEAP}{said}")
    except ValueError:
        return False
    return True
