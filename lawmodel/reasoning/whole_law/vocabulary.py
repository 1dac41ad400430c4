"""The vocabulary of a question: the points (closed predicates) by which its cases can be told apart.

A point is a part of the law that stands for itself: a concept, whether an instrument is law, the option of a reading, a
comparison, or that there is some record of a kind. Together the comparisons, the options and the records settle every
answer; the concepts and instruments say the same in fewer words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from lawmodel.reasoning.formula import (
    All,
    Any,
    AtLeast,
    Choose,
    Constant,
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
    Spaced,
    Term,
    children,
    free_lists,
    reading_key,
    terms,
)
from lawmodel.reasoning.rewrite import conditions_of

BEHIND_A_NAME = 10
"""How much deeper stands what makes an instrument law than that it is."""


def vocabulary(question: ResolvedQuestion, settled: Mapping[str, Scalar]) -> dict[Formula, int]:
    """The points of a question, each with the depth at which it stands; ``settled`` are readings by key."""
    found: dict[Formula, int] = {}
    for rule in question.rules:
        for formula in conditions_of(rule):
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
        case All() | Any() | AtLeast() | Not() | Constant():
            for part in children(formula):
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
        case OneOf() | Same() | Ordered() | Spaced():
            if is_closed(formula):
                yield formula, depth
        case _:
            assert_never(formula)


def is_closed(formula: Formula) -> bool:
    """Whether a formula stands for itself: it reads no field of a record but inside a condition on its list."""
    return not free_lists(formula)


def days_in(formula: Formula, settled: Mapping[str, Scalar]) -> Iterator[Term]:
    """The days, other than those of records, with which a formula compares, in the order of the text."""
    match formula:
        case Choose(reading, branches):
            option = settled.get(reading_key(reading))
            for name, branch in branches:
                if option is None or option == name:
                    yield from days_in(branch, settled)
        case Ordered(of_days=True) | Spaced():
            for term in terms(formula):
                if not isinstance(term, Field):
                    yield term
        case _:
            for part in children(formula):
                yield from days_in(part, settled)
