"""What no case is, and what is odd: the conditions of `consistency`, made ready to be tested.

That one day comes after another is an order of days, which every engine keeps. Any other condition is tested on what
is known of a case.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from lawmodel.case.consistency import DayOrder, overlaps
from lawmodel.dataclass import dataclass
from lawmodel.inputs import NO_DAY
from lawmodel.reasoning.evaluation import NO_RECORD, Values, meaning
from lawmodel.reasoning.formula import (
    All,
    Any,
    Domain,
    Field,
    Formula,
    Input,
    Named,
    Ordered,
    Ordering,
    Same,
    SomeRecord,
)
from lawmodel.rulebook.model import Consistency


@dataclass(frozen=True, slots=True)
class Combination:
    """A condition of `consistency`, resolved for a stage of the law."""

    written: Consistency
    formula: Formula
    """Of an overlap: that there are two records which can be what overlaps."""
    orders: tuple[Ordering, ...] = ()
    """Where they say the same as an error: a case is not so if and only if its days are in these orders."""

    @property
    def is_error(self) -> bool:
        """Whether no case is so."""
        return self.written.level != "warning"


class TestedCombinations:
    """The conditions that count for one question, compiled."""

    def __init__(self, combinations: Collection[Combination]) -> None:
        self.orders = tuple(
            DayOrder(_path(order.records, order.first), _path(order.records, order.then), one.written.says)
            for one in combinations
            for order in one.orders
        )
        """Those errors that are orders of days."""
        self.excluded = tuple(one for one in combinations if one.is_error and not one.orders)
        """The other errors."""
        self.odd = tuple(one for one in combinations if not one.is_error)
        """The warnings."""
        self._errors = [(one.written, meaning(one.formula)) for one in self.excluded]
        self._warnings = [(one.written, meaning(one.formula)) for one in self.odd]

    def errors(self, values: Values) -> Iterator[tuple[Consistency, bool]]:
        """What a case is that no case can be, or may be (False); orders of days apart."""
        for rule, holds in self._errors:
            if (truth := holds(values, NO_RECORD)) is not False:
                yield rule, truth is True

    def warnings(self, values: Values) -> Iterator[Consistency]:
        """What a case certainly is that is odd."""
        for rule, holds in self._warnings:
            if holds(values, NO_RECORD) and (not rule.overlap or overlaps(rule, values)):
                yield rule


def may_overlap(rule: Consistency) -> Formula:
    """That two records last longer than a day, and have a value in the fields in which they would be alike."""
    records = rule.overlap[0].rpartition(".")[0]
    first, last, *same = (Field(records, path.rpartition(".")[2]) for path in (*rule.overlap, *rule.same))
    return SomeRecord(records, All((Ordered(first, last, strict=True), *(Same(one, one) for one in same))), 2)


def as_orders(formula: Formula, domains: Mapping[str, Domain]) -> tuple[Ordering, ...]:
    """The orders in which days stand if and only if a condition does not hold; none where no orders say that."""
    match formula:
        case Named(_, _, body):
            return as_orders(body, domains)
        case Any(parts):
            found = [as_orders(part, domains) for part in parts]
            return tuple(order for orders in found for order in orders) if all(found) else ()
        case SomeRecord(records, Ordered(Field(_, earlier), Field(_, later), True, True), 1):
            fields = dict(domains[records].fields)
            return (Ordering(later, earlier, records),) if _only_days(fields[earlier], fields[later]) else ()
        case Ordered(Input(earlier), Input(later), True, True):
            return (Ordering(later, earlier),) if _only_days(domains[earlier], domains[later]) else ()
        case _:
            return ()


def _only_days(*domains: Domain) -> bool:
    """Whether what is no day of the calendar never happened: then it is neither before nor after another day."""
    return all(one.special <= {NO_DAY} for one in domains)


def _path(records: str | None, name: str) -> str:
    return name if records is None else f"{records}.{name}"
