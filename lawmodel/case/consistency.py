"""Whether the days of a case are in an order in which they can have happened, and whether records overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import combinations
from typing import TypeAlias, TypeGuard

from lawmodel.case.values import bounds_in_words, day_in_words
from lawmodel.dataclass import dataclass
from lawmodel.inputs import (
    AFTER_EVERY_DAY,
    BEFORE_EVERY_DAY,
    LAW_DATE,
    NO_DAY,
    DayBounds,
    GivenValue,
    Value,
    field_key,
)
from lawmodel.rulebook.model import Consistency, Fact, Rulebook, SameAs

Orders: TypeAlias = Mapping[str, list[tuple[str, str]]]
"""For each day those that may not come before it, with what says so."""


@dataclass(frozen=True, slots=True)
class DayOrder:
    """A day that does not come after another, by the paths of facts, or of fields of one list; and what says so."""

    first: str
    then: str
    says: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two days in the wrong order."""

    first: str
    then: str
    """The keys of the inputs."""
    says: str
    day: int
    """The second one; the latest that it can be, where it is not known."""


def contradictions(
    rulebook: Rulebook, facts: Mapping[str, GivenValue], further: Iterable[DayOrder] = ()
) -> Iterator[Contradiction]:
    """Every pair of days that cannot stand in this order, whatever unknown days lie between them.

    They are known, or it is known before or after which days they are.
    ``further`` are orders beside those that count whatever is asked; they may name the day of the law.
    """
    groups = _orders(rulebook, further)
    for first, then, says in _wrong(groups.pop("", {}), facts.get, lambda path: _only_days(rulebook, path)):
        yield Contradiction(first, then, *says)
    for records, orders in groups.items():
        listed = facts.get(records)
        words = {field.id: field.words for field in rulebook.facts[records].of}
        for number, record in enumerate(listed if isinstance(listed, tuple) else (), 1):
            for first, then, says in _wrong(orders, record.get, partial(_has_no_words, words)):
                yield Contradiction(field_key(records, number, first), field_key(records, number, then), *says)


def overlaps(rule: Consistency, facts: Mapping[str, Value]) -> bool:
    """Whether two records certainly share more than a day and are alike in the fields that the rule names.

    Whoever begins on the day on which something else ends does not overlap. Quadratic in the number of records.
    """
    records = rule.overlap[0].rpartition(".")[0]
    first, last, *same = (path.rpartition(".")[2] for path in (*rule.overlap, *rule.same))
    listed = facts.get(records)
    stretches = [
        (start, end, [record[field] for field in same])
        for record in (listed if isinstance(listed, tuple) else ())
        if isinstance(start := record[first], int)
        and isinstance(end := record[last], int)
        and NO_DAY not in (start, end)
    ]
    return any(
        max(one[0], other[0]) < min(one[1], other[1]) and None not in one[2] and one[2] == other[2]
        for one, other in combinations(stretches, 2)
    )


def _orders(rulebook: Rulebook, further: Iterable[DayOrder]) -> dict[str, dict[str, list[tuple[str, str]]]]:
    """The orders of single facts (under an empty name), and of the fields of each list."""
    found: dict[str, dict[str, list[tuple[str, str]]]] = {}
    declared = (
        DayOrder(first, then, entry.says)
        for entry in rulebook.consistency
        for first, then in zip(entry.order, entry.order[1:], strict=False)
    )
    for one in (*declared, *further):
        first, then = one.first, one.then
        records = "" if first in rulebook.facts or first == LAW_DATE else first.rpartition(".")[0]
        names = (first, then) if not records else (first.rpartition(".")[2], then.rpartition(".")[2])
        found.setdefault(records, {}).setdefault(names[0], []).append((names[1], one.says))
    return found


def _has_no_words(words: Mapping[str, Mapping[str, object]], name: str) -> bool:
    return not words[name]


def _wrong(
    orders: Orders, value_of: Callable[[str], GivenValue], must_be_a_day: Callable[[str], bool]
) -> Iterator[tuple[str, str, tuple[str, int]]]:
    for first in orders:
        earlier = value_of(first)
        earliest = earlier.first if isinstance(earlier, DayBounds) else earlier
        if not _is_day(earliest):
            continue
        waiting, seen = list(orders[first]), {first}
        while waiting:
            then, says = waiting.pop(0)
            later = value_of(then)
            latest = later.last if isinstance(later, DayBounds) else later
            if _is_day(latest) and earliest > latest:
                days = [_day(one, bound) for one, bound in ((earlier, earliest), (later, latest))]
                yield first, then, (f"{says}: {days[0]} comes after {days[1]}", latest)
            elif then not in seen and (isinstance(later, DayBounds) or (later is None and must_be_a_day(then))):
                seen.add(then)
                waiting += orders.get(then, ())


def _day(value: GivenValue, day: int) -> str:
    return bounds_in_words(value) if isinstance(value, DayBounds) else day_in_words(day)


def _only_days(rulebook: Rulebook, path: str) -> bool:
    """Whether a fact of which nothing is known can only be a day of the calendar, and no word."""
    seen: set[str] = set()
    while path not in seen and path != LAW_DATE:
        seen.add(path)
        fact: Fact = rulebook.facts[path]
        if fact.words:
            return False
        if isinstance(fact.left_out, SameAs):
            path = fact.left_out.path
    return True


def _is_day(value: GivenValue) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and BEFORE_EVERY_DAY < value < AFTER_EVERY_DAY
