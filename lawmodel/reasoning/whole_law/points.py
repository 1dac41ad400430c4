"""What a question asks about, one thing after the other: the points by which its cases can be told apart.

A point is a part of the law that stands for itself: a concept, whether an instrument is law, the option of a reading, a
comparison, or that there is some record of a kind. Together the comparisons, the options and the records settle every
answer; the concepts and instruments say the same in fewer words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lawmodel.reasoning.formula import (
    All,
    Any,
    Choose,
    Field,
    Formula,
    Input,
    Named,
    Not,
    OneOf,
    Ordered,
    ResolvedQuestion,
    Same,
    Scalar,
    SomeRecord,
    Term,
    reading_key,
)

BEHIND_A_NAME = 10
"""How much deeper stands what makes an instrument law than that it is."""


def points(question: ResolvedQuestion, settled: Mapping[str, Scalar]) -> dict[Formula, int]:
    """The points of a question, each with the depth at which it stands; ``settled`` are readings by key."""
    found: dict[Formula, int] = {}
    for rule in question.rules:
        for formula in (rule.applies, *(condition for _, condition in (*rule.concludes, *rule.brings))):
            for point, depth in _inside(formula, 0, settled):
                found[point] = min(depth, found.get(point, depth))
    return found


def _inside(formula: Formula, depth: int, settled: Mapping[str, Scalar]) -> Iterator[tuple[Formula, int]]:
    match formula:
        case Named(kind, _, body):
            if kind in ("concept", "law") and is_closed(formula):
                yield formula, depth
                depth += BEHIND_A_NAME if kind == "law" else 1
            yield from _inside(body, depth, settled)
        case All(parts) | Any(parts):
            for part in parts:
                yield from _inside(part, depth, settled)
        case Not(part):
            yield from _inside(part, depth, settled)
        case SomeRecord(_, such_that):
            if is_closed(formula):
                yield formula, depth
            yield from _inside(such_that, depth + 1, settled)
        case Choose(reading, branches):
            option = settled.get(reading_key(reading))
            for name, branch in branches:
                if option is None:
                    yield OneOf(Input(reading_key(reading)), frozenset({name})), depth
                if option is None or option == name:
                    yield from _inside(branch, depth, settled)
        case OneOf() | Same() | Ordered():
            if is_closed(formula):
                yield formula, depth


def is_closed(formula: Formula, records: frozenset[str] = frozenset()) -> bool:
    """Whether a formula stands for itself: it reads no field of a record but inside a condition on its list."""

    def known(*terms: Term) -> bool:
        return all(not isinstance(term, Field) or term.records in records for term in terms)

    match formula:
        case Named(_, _, body):
            return is_closed(body, records)
        case All(parts) | Any(parts):
            return all(is_closed(part, records) for part in parts)
        case Not(part):
            return is_closed(part, records)
        case SomeRecord(inner, such_that):
            return is_closed(such_that, records | {inner})
        case Choose(_, branches):
            return all(is_closed(branch, records) for _, branch in branches)
        case OneOf(term, _):
            return known(term)
        case Same(left, right) | Ordered(left, right):
            return known(left, right)
        case _:
            return True


def days_in(formula: Formula, settled: Mapping[str, Scalar]) -> Iterator[Term]:
    """The days, other than those of records, with which a formula compares, in the order of the text."""
    match formula:
        case Named(_, _, part) | Not(part) | SomeRecord(_, part):
            yield from days_in(part, settled)
        case All(parts) | Any(parts):
            for part in parts:
                yield from days_in(part, settled)
        case Choose(reading, branches):
            option = settled.get(reading_key(reading))
            for name, branch in branches:
                if option is None or option == name:
                    yield from days_in(branch, settled)
        case Ordered(left, right, _, True):
            for term in (left, right):
                if not isinstance(term, Field):
                    yield term
