"""Between which days a day can lie, given the others: the orders of `consistency`, kept while a case is drawn.

Bounds are looked for through days that are not settled yet. So days may be drawn in any sequence: each that is drawn
within its bounds leaves room for the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from lawmodel.inputs import FIRST_DAY, LAST_DAY, Value, is_calendar_day
from lawmodel.reasoning.domains import orderings
from lawmodel.rulebook.model import Rulebook

Neighbours: TypeAlias = Mapping[str, list[str]]
ValueOf: TypeAlias = Callable[[str], Value]


class DayOrders:
    """The orders of single facts, and of the fields of each list (single facts stand under None)."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._before: dict[str | None, dict[str, list[str]]] = {}
        self._after: dict[str | None, dict[str, list[str]]] = {}
        for one in orderings(rulebook):
            self._before.setdefault(one.records, {}).setdefault(one.then, []).append(one.first)
            self._after.setdefault(one.records, {}).setdefault(one.first, []).append(one.then)

    def ordered(self, records: str | None) -> set[str]:
        """The days that some order binds."""
        return {*self._before.get(records, ()), *self._after.get(records, ())}

    def bounds(self, records: str | None, names: Iterable[str], value_of: ValueOf) -> tuple[int, int]:
        """The first and the last day that fits for days that are one and the same.

        ``value_of`` gives the others: a day, a word that stands for one, or None where nothing is settled.
        """
        names = tuple(names)
        earliest = self._days(self._before.get(records, {}), names, value_of)
        latest = self._days(self._after.get(records, {}), names, value_of)
        return max(earliest, default=FIRST_DAY), min(latest, default=LAST_DAY)

    def _days(self, neighbours: Neighbours, names: tuple[str, ...], value_of: ValueOf) -> list[int]:
        found: list[int] = []
        waiting, seen = list(names), set(names)
        while waiting:
            for other in neighbours.get(waiting.pop(), ()):
                if other in seen:
                    continue
                seen.add(other)
                value = value_of(other)
                if value is None:
                    waiting.append(other)
                elif isinstance(value, int) and is_calendar_day(value):
                    found.append(value)
        return found
