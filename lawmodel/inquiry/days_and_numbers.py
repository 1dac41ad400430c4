"""What follows with each day, or each number, of one input that is known, where evaluation settles it.

Between two places with which the law or the case compares it, all values are alike, so that one of them is tried: the
engines of open cases are not needed, nor loaded.
"""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.dataclass import dataclass
from lawmodel.inputs import FIRST_DAY, LAST_DAY, NEVER_REACHED, Scalar, Value, field_key, is_calendar_day
from lawmodel.inquiry.varied_case import VariedCase, domain_of, family_of
from lawmodel.reasoning.compared_places import places_of
from lawmodel.reasoning.formula import Domain
from lawmodel.reasoning.reasons.value_sets import ValueSet, joined


@dataclass(frozen=True, slots=True)
class AlikeValues:
    """Values of an input that are alike: all from the first to the last; and what follows with them."""

    first: int
    last: int
    outcome: str | None
    """None: evaluation leaves it open."""


def stretches(varied: VariedCase, key: str) -> Iterator[AlikeValues] | None:
    """All values that an input can have beside what else the case says, in their order: special days first.

    None where that cannot be said of it by itself: it is open, between other days or the same as another one, time
    is measured from it, or it stands in an order with a day that is open.
    """
    valuation = varied.valuation
    if key in valuation.same_as or key in valuation.bounds or value_of(varied, key) is None:
        return None
    domain = domain_of(varied.decider, key)
    room = _room(varied, key, domain)
    compared = _compared_with(varied, key)
    if room is None or compared is None:
        return None
    return _in_turn(varied, key, domain, room, sorted(one for one in compared if room[0] <= one <= room[1]))


def by_outcome(varied: VariedCase, key: str) -> dict[str, ValueSet] | None:
    """The values with which each outcome is reached, the strongest first; None where evaluation does not settle all."""
    found: dict[str, tuple[list[Scalar], list[tuple[int, int]]]] = {}
    special = domain_of(varied.decider, key).special
    each = stretches(varied, key)
    if each is None:
        return None
    for one in each:
        if one.outcome is None:
            return None
        named, spans = found.setdefault(one.outcome, ([], []))
        if one.first in special:
            named.append(one.first)
        else:
            spans.append((one.first, one.last))
    return {
        outcome: ValueSet(tuple(found[outcome][0]), joined(found[outcome][1]))
        for outcome in varied.decider.question.outcomes
        if outcome in found
    }


def value_of(varied: VariedCase, key: str) -> Value:
    """The value of an input, or of a field of a record."""
    records, bracket, rest = key.partition("[")
    value = varied.valuation.values[records]
    if not bracket:
        return value
    assert isinstance(value, tuple)
    number, _, field = rest.partition("].")
    return value[int(number) - 1][field]


def _in_turn(
    varied: VariedCase, key: str, domain: Domain, room: tuple[int, int], places: list[int]
) -> Iterator[AlikeValues]:
    for day in sorted(domain.special):
        yield AlikeValues(day, day, varied.outcome(key, day))
    first = room[0]
    for place in places:
        if first < place:
            yield AlikeValues(first, place - 1, varied.outcome(key, first))
        yield AlikeValues(place, place, varied.outcome(key, place))
        first = place + 1
    if first <= room[1]:
        yield AlikeValues(first, room[1], varied.outcome(key, first))


def _compared_with(varied: VariedCase, key: str) -> set[int] | None:
    """The numbers or days with which an input is compared in this case; None where time is measured from it."""
    records, bracket, rest = key.partition("[")
    values = varied.valuation.values
    family = [key] if bracket else family_of(varied.valuation, key)
    found: set[int] = set()
    for member in family:
        compared = places_of(varied.decider.places, member)
        if compared.measured:
            return None
        found |= compared.constants
        for other in compared.others.difference(family):
            if other in values:
                beside = [values[other]]
            else:
                listed, _, field = other.rpartition(".")
                all_records = values[listed]
                if all_records is None:
                    continue  # nothing is known of its days, so that evaluation leaves open what compares them
                assert isinstance(all_records, tuple)
                number = int(rest.partition("]")[0]) if bracket and listed == records else None
                beside = [one[field] for place, one in enumerate(all_records, 1) if number in (None, place)]
            found.update(one for one in beside if isinstance(one, int) and not isinstance(one, bool))
    return found


def _room(varied: VariedCase, key: str, domain: Domain) -> tuple[int, int] | None:
    """Between which days, or numbers, it can be; None where an open day is in order with it, or days contradict."""
    first, last = (FIRST_DAY, LAST_DAY) if domain.kind == "date" else (0, NEVER_REACHED)
    for one, other in _orders(varied):
        day, then = value_of(varied, one), value_of(varied, other)
        if key not in (one, other):
            if _on_calendar(day) > _on_calendar(then, LAST_DAY):
                return None
        elif one != other:
            if day is None or then is None:
                return None
            if one == key:
                last = min(last, _on_calendar(then, LAST_DAY))
            else:
                first = max(first, _on_calendar(day))
    return (first, last) if first <= last else None


def _on_calendar(day: Value, otherwise: int = FIRST_DAY) -> int:
    return day if isinstance(day, int) and is_calendar_day(day) else otherwise


def _orders(varied: VariedCase) -> Iterator[tuple[str, str]]:
    """The keys of all days that stand in an order, each once for those that are the same."""
    values, same_as = varied.valuation.values, varied.valuation.same_as

    def own(key: str) -> str:
        while key in same_as:
            key = same_as[key]
        return key

    for ordering in varied.decider.question.orderings:
        if ordering.records is None:
            yield own(ordering.first), own(ordering.then)
        else:
            listed = values[ordering.records]
            for number in range(1, len(listed) + 1 if isinstance(listed, tuple) else 1):
                first, then = (field_key(ordering.records, number, one) for one in (ordering.first, ordering.then))
                yield own(first), own(then)
