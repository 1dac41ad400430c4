"""An axis of days: where each day stands, where the axis is cut because nothing happens for long, and its ticks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

BESIDE_ONE: Final = 30
"""So many days stand on either side of a day that is alone."""
CUT: Final = 44.0
"""How wide a cut is drawn."""
CUT_SHARE: Final = 0.5
"""At most this part of the axis is taken by cuts."""
WORTH_CUTTING: Final = 366
"""Days without anything, fewer than which are never cut."""
TIMES_THE_REST: Final = 3
"""An interval is cut that is so many times as long as all the shorter ones together."""
LEAST_BETWEEN_TICKS: Final = 96.0
STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)
"""Months from one tick to the next."""


class Tick(NamedTuple):
    """A day that is marked on the axis."""

    x: float
    says: str


class Axis:
    """A scale of days from left to right; the same for the same days."""

    def __init__(self, days: Iterable[datetime.date], left: float, right: float) -> None:
        """Take the days that have to stand on it; raises ValueError for none."""
        known = sorted({day.toordinal() for day in days})
        if not known:
            raise ValueError("an axis needs a day")
        if len(known) == 1:
            first, last = datetime.date.min.toordinal(), datetime.date.max.toordinal()
            known = sorted({max(known[0] - BESIDE_ONE, first), *known, min(known[0] + BESIDE_ONE, last)})
        gaps = list(pairwise(known))
        cut = _cut(gaps)
        wide = min(CUT, CUT_SHARE * (right - left) / len(cut)) if cut else 0.0
        whole = sum(end - begin for begin, end in gaps if (begin, end) not in cut)
        self.scale = (right - left - wide * len(cut)) / whole
        """How much a day takes where the axis is not cut."""
        self.cuts: list[float] = []
        """Where the middle of each cut is."""
        self._at: list[tuple[int, float]] = [(known[0], left)]
        for begin, end in gaps:
            x = self._at[-1][1]
            is_cut = (begin, end) in cut
            self.cuts += [x + wide / 2] if is_cut else []
            self._at.append((end, x + (wide if is_cut else (end - begin) * self.scale)))
        self._cut = cut
        self.left, self.right = left, right

    def x(self, day: datetime.date) -> float:
        """Where a day stands; one beyond the ends stands at the end."""
        wanted = day.toordinal()
        for (begin, left), (end, right) in pairwise(self._at):
            if begin <= wanted <= end:
                return left + (right - left) * (wanted - begin) / (end - begin)
        return self.left if wanted < self._at[0][0] else self.right

    def ticks(self) -> list[Tick]:
        """Beginnings of months or years, as many as there is room for; a piece between cuts has one at least."""
        months = next((one for one in STEPS if one * 30.4 * self.scale >= LEAST_BETWEEN_TICKS), STEPS[-1])
        found: list[Tick] = []
        for begin, end in self._pieces():
            ends = [datetime.date.fromordinal(one) for one in (begin, end)]
            here = [self._tick(day, months) for day in _beginnings(begin, end, months)]
            for one in here or [Tick(self.x(day), f"{day.day} {day:%b} {day.year}") for day in ends]:
                if not found or one.x - found[-1].x >= LEAST_BETWEEN_TICKS:
                    found.append(one)
        return found

    def _tick(self, day: datetime.date, months: int) -> Tick:
        return Tick(self.x(day), str(day.year) if months >= 12 else f"{day:%b} {day.year}")

    def _pieces(self) -> Iterator[tuple[int, int]]:
        """The days between which the axis is not cut."""
        begin = self._at[0][0]
        for one, other in self._cut:
            yield begin, one
            begin = other
        yield begin, self._at[-1][0]


def _cut(gaps: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The intervals that are cut, in their order."""
    rest, found = 0, []
    for begin, end in sorted(gaps, key=lambda gap: gap[1] - gap[0]):
        long = end - begin
        if rest and long > max(WORTH_CUTTING, TIMES_THE_REST * rest):
            found.append((begin, end))
        else:
            rest += long
    return sorted(found)


def _beginnings(begin: int, end: int, months: int) -> Iterator[datetime.date]:
    """The first days of months, every so many, within some days."""
    first, last = datetime.date.fromordinal(begin), datetime.date.fromordinal(end)
    number = -(-(first.year * 12 + first.month - 1 + (first.day > 1)) // months) * months
    while number // 12 <= datetime.MAXYEAR:
        day = datetime.date(max(number // 12, 1), number % 12 + 1, 1)
        if day > last:
            return
        yield day
        number += months
