"""What no case is, and what is odd: the conditions of `consistency`, made ready to be tested.

That one day comes after another is an order of days, which every engine keeps. Any other condition is tested on what
is known of a case.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from lawmodel.cached_property import cached_property
from lawmodel.case.consistency import DayOrder, overlaps
from lawmodel.inputs import LAW_DATE, NO_DAY
from lawmodel.reasoning.evaluation import NO_RECORD, Meaning, Values, meaning
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
from lawmodel.rulebook.condition import AllOf, AnyOf, Condition, FactCompared, FactIs, FactSameAs, NotThis, Some
from lawmodel.rulebook.model import Consistency


class Combination:
    """A condition of `consistency`, for a stage of the law; it is resolved when it is first needed."""

    def __init__(
        self, written: Consistency, resolved: Callable[[], Formula], orders: tuple[Ordering, ...] = ()
    ) -> None:
        self.written = written
        self._resolved = resolved
        self.orders = orders
        """Where they say the same as an error: a case is not so if and only if its days are in these orders."""

    @cached_property
    def formula(self) -> Formula:
        """What it says; of an overlap, that there are two records which can be what overlaps."""
        return self._resolved()

    @cached_property
    def holds(self) -> Meaning:
        """What it says, compiled."""
        return meaning(self.formula)

    @property
    def is_error(self) -> bool:
        """Whether no case is so."""
        return self.written.level != "warning"

    def is_open(self, values: Values) -> bool:
        """Whether it is plainly not certain, since nothing is known of all that some part of it needs."""
        return any(needed and all(values.get(path) is None for path in needed) for needed in self._needed)

    @cached_property
    def _needed(self) -> tuple[frozenset[str], ...]:
        when = self.written.when
        if when is None:
            return (frozenset({self.written.overlap[0].rpartition(".")[0]}),)
        return tuple(map(_needed, when.parts if isinstance(when, AllOf) else (when,)))


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

    def errors(self, values: Values) -> Iterator[tuple[Consistency, bool]]:
        """What a case is that no case can be, or may be (False); orders of days apart."""
        for one in self.excluded:
            if (truth := one.holds(values, NO_RECORD)) is not False:
                yield one.written, truth is True

    def warnings(self, values: Values) -> Iterator[Consistency]:
        """What a case certainly is that is odd."""
        for one in self.odd:
            rule = one.written
            if (
                not one.is_open(values)
                and one.holds(values, NO_RECORD)
                and (not rule.overlap or overlaps(rule, values))
            ):
                yield rule


def _needed(stated: Condition) -> frozenset[str]:
    """Facts and lists without all of which a condition is open; none where it may hold whatever is known of facts."""
    match stated:
        case Some(records):
            return frozenset({records})
        case FactIs(path) | FactSameAs(path) | FactCompared(path) if path != LAW_DATE:
            return frozenset({path})
        case NotThis(part):
            return _needed(part)
        case AllOf(parts) | AnyOf(parts):
            each = [_needed(part) for part in parts]
            return frozenset().union(*each) if all(each) else frozenset()
        case _:
            return frozenset()


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
