"""Formulas looked through and rewritten."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.compared_places import ComparedPlaces, compared_places
from lawmodel.reasoning.evaluation import NO_RECORD, meaning
from lawmodel.reasoning.formula import (
    LAW_DATE,
    Atom,
    Choose,
    Constant,
    Field,
    Fixed,
    Formula,
    Input,
    Named,
    OneOf,
    Ordered,
    ResolvedQuestion,
    Rule,
    Same,
    Scalar,
    Spaced,
    Term,
    children,
    distinct,
    fold,
    inputs_in,
    reading_key,
    rebuild,
)


def subformulas(formula: Formula) -> Iterator[Formula]:
    """The formula and everything in it."""
    waiting = [formula]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += reversed(children(one))


def conditions_of(rule: Rule) -> tuple[Formula, ...]:
    """When a provision applies, and under which conditions it concludes or brings what."""
    return rule.applies, *(condition for _, condition in (*rule.concludes, *rule.brings))


def formulas(question: ResolvedQuestion) -> Iterator[Formula]:
    """Everything in all rules of a question."""
    for rule in question.rules:
        for condition in conditions_of(rule):
            yield from subformulas(condition)


def with_conditions(rule: Rule, changed: Callable[[Formula], Formula]) -> Rule:
    """The provision with each of its conditions changed."""

    def each(conditions: tuple[tuple[str, Formula], ...]) -> tuple[tuple[str, Formula], ...]:
        return tuple((name, changed(condition)) for name, condition in conditions)

    return Rule(rule.id, changed(rule.applies), each(rule.concludes), each(rule.brings))


def rewritten(formula: Formula, changed: Callable[[Formula], Formula | None]) -> Formula:
    """The formula with every part for which ``changed`` gives another replaced by that, the outermost first."""
    found = changed(formula)
    if found is not None:
        return found
    return rebuild(formula, [rewritten(part, changed) for part in children(formula)])


def with_terms(atom: Atom, changed: Callable[[Term], Term]) -> Atom:
    """The comparison with what it compares changed; an input or a field becomes an input or a field."""
    match atom:
        case OneOf(term, values):
            return OneOf(_open(changed(term)), values)
        case Same(left, right):
            return Same(_open(changed(left)), _open(changed(right)))
        case Spaced(left, right):
            return replace(atom, left=_open(changed(left)), right=_open(changed(right)))
        case Ordered(left, right):
            return replace(atom, left=changed(left), right=changed(right))
        case _:
            assert_never(atom)


def _open(term: Term) -> Input | Field:
    assert not isinstance(term, Fixed)
    return term


def on_its_day(question: ResolvedQuestion, settled: Mapping[str, Scalar]) -> ResolvedQuestion:
    """The question with its readings, and what is law on a day, settled; it can then be asked on another day.

    What is law is settled where the day of the law is compared with a day that the law itself names. Where it is
    compared with a day of the case it stays: there the day is a fact of the case.
    """
    day = {LAW_DATE: settled[LAW_DATE]}

    def changed(formula: Formula) -> Formula | None:
        match formula:
            case Ordered(Input(key), Fixed()) | Ordered(Fixed(), Input(key)) if key == LAW_DATE:
                return Constant(meaning(formula)(day, NO_RECORD) is True)
            case Choose(reading, branches) if (option := settled.get(reading_key(reading))) is not None:
                return rewritten(dict(branches)[str(option)], changed)
            case _:
                return None

    rules = tuple(with_conditions(rule, lambda condition: rewritten(condition, changed)) for rule in question.rules)
    return replace(question, rules=rules)


@dataclass(frozen=True, slots=True)
class Comparisons:
    """What the single inputs of a question are compared with, each by its key."""

    occurring: frozenset[str]
    """The keys of the single inputs, lists and readings that occur at all."""
    bounds: Mapping[str, frozenset[int]]
    """The fixed numbers or days with which an input is compared."""
    others: Mapping[str, frozenset[str]]
    """The inputs with whose day or number it is compared."""
    values: Mapping[str, frozenset[Scalar]]
    """The values for which it is tested."""


@dataclass(frozen=True, slots=True)
class WhatIsRead:
    """What a question reads, found by looking through all its rules."""

    comparisons: Comparisons
    by_rule: tuple[frozenset[str], ...]
    """The keys of the single inputs, lists and readings that occur in each rule, in their order."""
    laws: tuple[str, ...]
    """The instruments on whose being law it depends."""
    places: Mapping[str, ComparedPlaces]
    """With which days and numbers, and with which others, the days and numbers of its inputs are compared."""


def what_is_read(question: ResolvedQuestion) -> WhatIsRead:
    """Look through all rules of a question."""
    by_rule, laws = tuple(inputs_by_rule(question)), tuple(laws_in(question))
    return WhatIsRead(comparisons(question), by_rule, laws, compared_places(question))


def comparisons(question: ResolvedQuestion) -> Comparisons:
    """Look once through all rules of a question."""
    occurring: set[str] = set()
    bounds: dict[str, set[int]] = {}
    others: dict[str, set[str]] = {}
    values: dict[str, set[Scalar]] = {}
    for formula in distinct(condition for rule in question.rules for condition in conditions_of(rule)):
        match formula:
            case OneOf(Input(key), accepted):
                values.setdefault(key, set()).update(accepted)
            case Ordered(Input(key), Fixed(value)) | Ordered(Fixed(value), Input(key)):
                bounds.setdefault(key, set()).add(value)
            case Ordered(Input(one), Input(other)) | Spaced(Input(one), Input(other)):
                others.setdefault(one, set()).add(other)
                others.setdefault(other, set()).add(one)
        occurring.update(inputs_in(formula))
    return Comparisons(
        frozenset(occurring),
        {key: frozenset(found) for key, found in bounds.items()},
        {key: frozenset(found) for key, found in others.items()},
        {key: frozenset(found) for key, found in values.items()},
    )


def inputs_by_rule(question: ResolvedQuestion) -> list[frozenset[str]]:
    """The keys of the single inputs, lists and readings that occur in each rule of a question, in their order."""
    known: dict[int, frozenset[str]] = {}

    def together(formula: Formula, parts: Sequence[frozenset[str]]) -> frozenset[str]:
        return frozenset(inputs_in(formula)).union(*parts)

    return [
        frozenset().union(*(fold(condition, together, known) for condition in conditions_of(rule)))
        for rule in question.rules
    ]


def laws_in(question: ResolvedQuestion) -> list[str]:
    """The instruments on whose being law a question depends."""
    return list(dict.fromkeys(one.id for one in formulas(question) if isinstance(one, Named) and one.kind == "law"))
