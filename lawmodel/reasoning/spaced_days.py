"""Days between which the law measures time.

What such a comparison comes to once one of them is known is an order of the other and a day. Where several are open,
finitely many days are enough, and this says which.

Whatever truth each comparison of open days is given, it says that one day is no earlier than a function of another that
never decreases: a **step**. So the open days that satisfy all of them, if there are any, have a least solution, and in
it each day is what some steps in a row make of a constant (of a day with which one is compared, or of the first day of
the calendar). No day need come twice in that row: else the steps between lead from it to itself, and either gain time,
so that nothing satisfies them, or gain none, so that they can be left out. It is the shortest-path argument for systems
of difference constraints (Bellman 1958), with functions in the place of distances. Likewise the earliest and the last
day that an open one can be, the others being as they like, are what such rows make of constants: these are the only
days at which its answers can change.

A circle of steps that gains time in one part of the calendar and none in another (one month forth and thirty days
back) breaks the argument; then there is no such set of days here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final

from lawmodel.cached_property import cached_property
from lawmodel.dataclass import dataclass
from lawmodel.inputs import FIRST_DAY, LAST_DAY, NO_DAY, is_calendar_day
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.reasoning.formula import Fixed, Ordered, Spaced
from lawmodel.time_spans import Spans, first_moved_to, last_moved_to, length, moved_by

MOST_DAYS: Final = 2_000
"""So many days are looked at for all open days that are bound together."""
MOST_TURNS: Final = 20_000
"""So many rows of steps are followed to see whether one runs in a circle."""


class TooManyDays(ProblemsFound):
    """Time is measured from a day to others that are open too, and its answers can change on too many days."""

    def __init__(self, key: str) -> None:
        message = f"`{key}` is open, and so are days from which the law measures time to it, on which too much depends"
        super().__init__([Problem(message, "Give one of these days.", key)])


def with_left_known(atom: Spaced, left: int) -> Ordered:
    """The comparison of the right day alone, where the left one is known (and not never)."""
    if atom.moves_left:
        return Ordered(Fixed(moved_by(left, atom.spans)), atom.right, atom.strict)
    bound = last_moved_to(left, atom.spans) if atom.strict else first_moved_to(left, atom.spans)
    return Ordered(Fixed(bound), atom.right, atom.strict)


def with_right_known(atom: Spaced, right: int) -> Ordered:
    """The comparison of the left day alone, where the right one is known (and not never)."""
    if not atom.moves_left:
        return Ordered(atom.left, Fixed(moved_by(right, atom.spans)), atom.strict)
    bound = first_moved_to(right, atom.spans) if atom.strict else last_moved_to(right, atom.spans)
    return Ordered(atom.left, Fixed(bound), atom.strict)


def days_apart(day: int, counted: Iterable[Spans]) -> Iterator[int]:
    """The days of the calendar that spans lead to from a day, and the first and the last that they lead from to it."""
    for spans in counted:
        for one in (moved_by(day, spans), first_moved_to(day, spans), last_moved_to(day, spans)):
            if is_calendar_day(one):
                yield one


@dataclass(frozen=True, slots=True)
class DayStep:
    """That one day is no earlier than what this makes of another."""

    first: str
    then: str
    up: Callable[[int], int] = field(compare=False)
    """From the first day, the bound of the other."""
    down: Callable[[int], int] = field(compare=False)
    """From the other day, the last that the first can be."""
    gains: tuple[int, int]
    """The least and the most days by which the bound can be later."""
    spans: Spans = ()
    """The months in it; with ``back``, they are counted back."""
    back: bool = False


def steps(one: str, other: str, atom: Ordered | Spaced) -> Iterator[DayStep]:
    """What a comparison of two open days, by their keys, says of them if it holds, and what if it does not."""
    strict = int(atom.strict)
    if isinstance(atom, Ordered):
        yield later(one, other, strict)
        yield later(other, one, 1 - strict)
    elif atom.moves_left:
        yield _moved(one, other, atom.spans, strict)
        yield _moved_back(other, one, atom.spans, 1 - strict)
    else:
        yield _moved_back(one, other, atom.spans, strict)
        yield _moved(other, one, atom.spans, 1 - strict)


def later(first: str, then: str, days: int = 0) -> DayStep:
    """That one day is at least so many days after another."""
    return DayStep(first, then, lambda day: day + days, lambda day: day - days, (days, days))


def _moved(first: str, then: str, spans: Spans, days: int) -> DayStep:
    least, most = _length(spans)
    return DayStep(
        first,
        then,
        lambda day: moved_by(day, spans) + days,
        lambda day: last_moved_to(day - days, spans),
        (least + days, most + days),
        _months(spans),
    )


def _moved_back(first: str, then: str, spans: Spans, days: int) -> DayStep:
    least, most = _length(spans)
    return DayStep(
        first,
        then,
        lambda day: first_moved_to(day + days, spans),
        lambda day: moved_by(day, spans) - days,
        (days - most, days - least),
        _months(spans),
        back=True,
    )


def _length(spans: Spans) -> tuple[int, int]:
    each = [length(span) for span in spans]
    return sum(least for least, _ in each), sum(most for _, most in each)


def _months(spans: Spans) -> Spans:
    return spans if any(span.months for span in spans) else ()


class BoundDays:
    """Some open days that comparisons bind together, and the days at which their bounds can lie."""

    def __init__(
        self, found: Iterable[DayStep], constants: Mapping[str, Collection[int]], special: Mapping[str, Collection[int]]
    ) -> None:
        """Take the steps between them, and for each one the days with which it is compared, and its special days.

        Where one has a special day, it is to the others as a constant is.
        """
        self._steps = tuple(found)
        self._constants = constants
        self._special = {key: {day for day in days if day != NO_DAY} for key, days in special.items()}
        self._turns = 0

    @cached_property
    def enough(self) -> frozenset[int] | None:
        """Days that are enough for some solution of whatever can be satisfied; None if no such set is found."""
        lower = self._lower
        return None if lower is None else frozenset(day for days in lower.values() for day in days)

    @property
    def enough_of(self) -> Mapping[str, Collection[int]] | None:
        """Of each day those that are enough; None if no such set is found."""
        return self._lower

    def borders(self, key: str) -> Sequence[int] | None:
        """Days of the calendar from each of which to before the next one all are alike; None if they are not found.

        The first is the first of the calendar.
        """
        lower, upper = self._lower, self._upper
        if lower is None or upper is None:
            return None
        return sorted({*lower[key], *(day + 1 for day in upper[key] if day < LAST_DAY)})

    def within(self, key: str) -> tuple[int, int]:
        """The first and the last day that is so far from the ends of the calendar that these do not matter to it.

        Only where `borders` are found.
        """
        ends = BoundDays(self._steps, dict.fromkeys(self._constants, ()), self._special)
        lower, upper = ends._lower, ends._upper
        assert lower is not None, "of fewer constants there are fewer days"
        assert upper is not None, "of fewer constants there are fewer days"
        first, last = max(lower[key]), min(upper[key])
        return (first, last) if first <= last else (FIRST_DAY, LAST_DAY)

    @cached_property
    def _lower(self) -> Mapping[str, set[int]] | None:
        found = {
            key: {FIRST_DAY, *(day for one in days for day in (one, one + 1) if is_calendar_day(day))}
            for key, days in self._constants.items()
        }
        return self._closed(found, [(one.first, one.then, one.up) for one in self._steps])

    @cached_property
    def _upper(self) -> Mapping[str, set[int]] | None:
        found = {
            key: {LAST_DAY, *(day for one in days for day in (one - 1, one) if is_calendar_day(day))}
            for key, days in self._constants.items()
        }
        return self._closed(found, [(one.then, one.first, one.down) for one in self._steps])

    def _closed(
        self, found: dict[str, set[int]], moves: Sequence[tuple[str, str, Callable[[int], int]]]
    ) -> Mapping[str, set[int]] | None:
        if not self._in_no_uneven_circle:
            return None
        new = {key: days | self._special[key] for key, days in found.items()}
        for _ in range(len(found) - 1):
            more: dict[str, set[int]] = {key: set() for key in found}
            for first, then, move in moves:
                more[then] |= {day for day in map(move, new[first]) if is_calendar_day(day)}
            new = {key: days - found[key] for key, days in more.items()}
            for key, days in new.items():
                found[key] |= days
            if sum(map(len, found.values())) > MOST_DAYS:
                return None
        return found

    # --- circles ------------------------------------------------------------------------------------

    @cached_property
    def _in_no_uneven_circle(self) -> bool:
        """Whether every circle of steps gains time wherever in the calendar it begins, or gains none anywhere."""
        uneven = [one for one in self._steps if one.spans]
        self._after: dict[str, list[DayStep]] = {}
        for one in self._steps if uneven else ():
            self._after.setdefault(one.first, []).append(one)
        return all(self._closes_evenly([one]) for one in uneven)

    def _closes_evenly(self, row: list[DayStep]) -> bool:
        if row[-1].then == row[0].first:
            return _is_even(row)
        self._turns += 1
        if self._turns > MOST_TURNS:
            return False
        met = {one.then for one in row}
        return all(self._closes_evenly([*row, one]) for one in self._after.get(row[-1].then, ()) if one.then not in met)


def _is_even(circle: Sequence[DayStep]) -> bool:
    if sum(one.gains[1] for one in circle) <= 0 or sum(one.gains[0] for one in circle) > 0:
        return True
    # There and back by the same months: it gains time if days are added before it turns back, and none if none are.
    turns = [place for place, one in enumerate(circle) if one.spans]
    if len(turns) != 2 or circle[turns[0]].spans != circle[turns[1]].spans:
        return False
    forth, back = sorted(turns, key=lambda place: circle[place].back)
    if circle[forth].back or not circle[back].back:
        return False
    after_back = [*circle[back + 1 :], *circle[:back]]
    home = after_back[: (forth - back - 1) % len(circle)]
    return all(one.gains == (0, 0) for one in home)
