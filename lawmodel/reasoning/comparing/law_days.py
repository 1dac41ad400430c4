"""The stretches of days of the law with the same answer: found, not sampled.

Only the order of days can matter: on which side of each other, and of the constants, they lie. So between two
constants next to each other nothing can change, unless other days are open that may lie there too. Then what is
possible on a day depends on how many of them fit between it and the constant before it, and the constant after it;
more room never makes anything impossible, and more room than there are open days makes nothing more possible. So where
the first day of a stretch between constants allows the same as a day in its middle, every day between them does.

Where time is measured between the day of the law and others that are open, it is not their order alone; there
`lawmodel.reasoning.spaced_days` knows between which days all are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Generic, TypeVar

from lawmodel.dataclass import dataclass
from lawmodel.inputs import FIRST_DAY, LAST_DAY
from lawmodel.reasoning.formula import (
    LAW_DATE,
    Atom,
    Fixed,
    ResolvedQuestion,
    Rule,
    Valuation,
    atoms_of,
    path_of,
    terms,
)
from lawmodel.reasoning.open_cases.open_inputs import OpenInputs
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.open_cases.variable_blocks import connected_components
from lawmodel.reasoning.spaced_days import TooManyDays

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Places:
    """Where the day of the law can stand."""

    constants: tuple[int, ...]
    """The days with which it, or an open day that is bound to it, is compared; in their order."""
    others: int
    """How many open days are bound to it by comparisons and orderings."""
    borders: tuple[int, ...] = ()
    """Where time is measured between them: the days from each of which to before the next one all are alike."""
    first: int = FIRST_DAY
    last: int = LAST_DAY
    """There: the days between which the ends of the calendar do not matter."""


@dataclass(frozen=True, slots=True)
class Stretch(Generic[Answer]):
    """Days that have the same answer, the last one included."""

    first: int
    last: int
    answer: Answer


def places(question: ResolvedQuestion, valuation: Valuation) -> Places:
    """The places of the day of the law, which is let go, among the days of a case.

    Raises `TooManyDays` where time is measured from it to other open days, and too much depends on that.
    """
    residual = Residual(_with_consequences(question), valuation, [LAW_DATE])
    conditions = [one for rules in residual.speaks.values() for one in rules.values()]
    found = OpenInputs(residual, conditions)
    if (bound := found.measured.get(LAW_DATE)) is not None:
        if (borders := bound.borders(LAW_DATE)) is None:
            raise TooManyDays(LAW_DATE)
        return Places((), 0, (*borders, LAST_DAY + 1), *bound.within(LAW_DATE))
    # A field of an unknown list stands for that field of each of its records.
    fields = {
        f"{records}.{field}": number
        for records, number in found.slots.items()
        for field, _ in residual.domains[records].fields
    }
    pairs = [pair for pair in map(_keys, atoms_of(conditions)) if len(pair) == 2]
    pairs += [(one, other) for one, other in residual.orderings if isinstance(one, str) and isinstance(other, str)]
    for records, orders in residual.record_orderings.items():
        pairs += [(f"{records}.{one}", f"{records}.{other}") for one, other in orders]
    keys = dict.fromkeys([LAW_DATE, *(key for pair in pairs for key in pair)])
    together = next(group for group in connected_components(list(keys), pairs) if LAW_DATE in group)
    constants = {day for key in together for day in found.mentioned.get(key, ()) if isinstance(day, int)}
    within = sorted(day for day in constants if FIRST_DAY <= day <= LAST_DAY)
    return Places(tuple(within), sum(fields.get(key, 1) for key in together) - 1)


def _keys(atom: Atom) -> tuple[str, ...]:
    """The inputs that are compared."""
    return tuple(path_of(one) for one in terms(atom) if not isinstance(one, Fixed))


def _with_consequences(question: ResolvedQuestion) -> ResolvedQuestion:
    """With a rule for each consequence, so that its conditions are looked at as well."""
    more = tuple(
        Rule(f"{rule.id} {name}", rule.applies, ((question.outcomes[0], condition),))
        for rule in question.rules
        for name, condition in rule.brings
    )
    return replace(question, rules=question.rules + more)


def stretches(found: Places, answer: Callable[[int], Answer]) -> list[Stretch[Answer]]:
    """All days of the calendar, but for those at its ends where there is no room for the open days, in stretches alike.

    ``answer`` says what is possible on a day: it may depend on nothing but the order of days, and the time that is
    measured between them.
    """
    joined: list[Stretch[Answer]] = []
    pieces = (
        _between_borders(found, answer)
        if found.borders
        else _pieces(found, FIRST_DAY + found.others, LAST_DAY - found.others, answer)
    )
    for one in pieces:
        if joined and joined[-1].answer == one.answer:
            joined[-1] = replace(joined[-1], last=one.last)
        else:
            joined.append(one)
    return joined


def _between_borders(places: Places, answer: Callable[[int], Answer]) -> Iterator[Stretch[Answer]]:
    for border, following in pairwise(places.borders):
        first, last = max(border, places.first), min(following - 1, places.last)
        if first <= last:
            yield Stretch(first, last, answer(first))


def _pieces(places: Places, first: int, last: int, answer: Callable[[int], Answer]) -> Iterator[Stretch[Answer]]:
    start, before = first, places.others if any(day < first for day in places.constants) else 0
    for point in places.constants:
        if first <= point <= last:
            if start < point:
                yield from _between(start, point - 1, before, places.others, answer)
            yield Stretch(point, point, answer(point))
            start, before = point + 1, places.others
    if start <= last:
        after = places.others if any(day > last for day in places.constants) else 0
        yield from _between(start, last, before, after, answer)


def _between(
    first: int, last: int, before: int, after: int, answer: Callable[[int], Answer]
) -> Iterator[Stretch[Answer]]:
    """The days between two constants; ``before``, ``after``: so many at either end may have too little room."""
    if last - first < before + after:
        for day in range(first, last + 1):
            yield Stretch(day, day, answer(day))
        return
    start, end = first + before, last - after
    middle = answer(start)
    if before:
        yield from _beside(range(first, start), first, middle, answer)
    yield Stretch(start, end, middle)
    if after:
        yield from _beside(range(end + 1, last + 1), last, middle, answer)


def _beside(days: range, outermost: int, middle: Answer, answer: Callable[[int], Answer]) -> Iterator[Stretch[Answer]]:
    """Days with ever more room towards the middle: if the outermost allows the same as the middle, all do."""
    if answer(outermost) == middle:
        yield Stretch(days[0], days[-1], middle)
    else:
        for day in days:
            yield Stretch(day, day, answer(day))
