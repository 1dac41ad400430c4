"""All values of an input that pass a test: choices by name, days and numbers by spans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.inputs import FIRST_DAY, LAST_DAY, NEVER_REACHED
from lawmodel.reasoning.formula import Domain, Scalar
from lawmodel.reasoning.relevant_values import RelevantChoices

Test: TypeAlias = Callable[[Scalar], bool]
Span: TypeAlias = tuple[int, int]
"""The first and the last of some days of the calendar, or of some numbers, that follow each other."""


@dataclass(frozen=True, slots=True)
class ValueSet:
    """Some values of an input."""

    named: tuple[Scalar, ...] = ()
    """Choices, yes and no, special days: in the order of the domain."""
    spans: tuple[Span, ...] = ()
    """Of days of the calendar, or of numbers; in order, and with something between any two."""

    def __bool__(self) -> bool:
        return bool(self.named or self.spans)

    def __contains__(self, value: Scalar) -> bool:
        if value in self.named:
            return True
        return any(first <= value <= last for first, last in self.spans if isinstance(value, int))


def ends(domain: Domain) -> Span:
    """The first and the last day or number of a domain."""
    return (FIRST_DAY, LAST_DAY) if domain.kind == "date" else (0, NEVER_REACHED)


def passing(
    domain: Domain, constants: Iterable[int], others: int, choices: RelevantChoices | None, test: Test
) -> ValueSet:
    """The values of a domain that pass a test, which must see nothing of a day or number but where it stands.

    ``constants`` are those to which days or numbers are compared, ``others`` how many inputs may stand among them
    beside it; ``choices`` are those of the domain, if it is one of choices that some comparison reads.

    Between two constants with room enough, what passes in some order of the others is a span with the middle in it:
    a value there can stand in the middle, with the others in the same order. So from the middle outward the ends of the
    span are as near to the constants as the number of the others.
    """
    if domain.kind == "yes/no":
        return ValueSet(tuple(value for value in (False, True) if test(value)))
    if domain.kind == "choice":
        if choices is None:
            return ValueSet()
        known = {value: test(value) for value in choices.values}
        return ValueSet(tuple(value for value in domain.choices if known[choices.standing_for(value)]))
    first, last = ends(domain)
    special = tuple(value for value in sorted(domain.special) if test(value))
    inside = sorted({value for value in constants if first <= value <= last})
    found: list[Span] = [(value, value) for value in inside if test(value)]
    for before, after in pairwise((first - 1, *inside, last + 1)):
        found += _between(before + 1, after - 1, others, test)
    return ValueSet(special, joined(sorted(found)))


def _between(first: int, last: int, others: int, test: Test) -> Iterator[Span]:
    """What passes between two constants."""
    if last - first <= 2 * others:
        yield from ((value, value) for value in range(first, last + 1) if test(value))
        return
    middle = (first + last) // 2
    if test(middle):
        low = next(value for value in range(first, middle + 1) if value == middle or test(value))
        high = next(value for value in range(last, middle - 1, -1) if value == middle or test(value))
        yield low, high


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in their order; those that follow each other as one."""
    found: list[Span] = []
    for first, last in spans:
        follows = bool(found) and first == found[-1][1] + 1
        found.append((found.pop()[0] if follows else first, last))
    return tuple(found)


def without(values: ValueSet, others: ValueSet) -> ValueSet:
    """The values that are not among others."""
    spans: list[Span] = []
    for first, last in values.spans:
        start = first
        for low, high in others.spans:
            if high < start or low > last:
                continue
            if start < low:
                spans.append((start, low - 1))
            start = high + 1
        if start <= last:
            spans.append((start, last))
    return ValueSet(tuple(value for value in values.named if value not in others.named), tuple(spans))
