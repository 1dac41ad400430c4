"""Formulas looked through and rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lawmodel.reasoning.formula import (
    All,
    Any,
    Choose,
    Constant,
    Field,
    Fixed,
    Formula,
    Input,
    Named,
    Not,
    OneOf,
    Ordered,
    ResolvedQuestion,
    Rule,
    Same,
    SomeRecord,
)


def subformulas(formula: Formula) -> Iterator[Formula]:
    """The formula and everything in it."""
    yield formula
    match formula:
        case All(parts) | Any(parts):
            for part in parts:
                yield from subformulas(part)
        case Not(part):
            yield from subformulas(part)
        case SomeRecord(_, such_that):
            yield from subformulas(such_that)
        case Named(_, _, body):
            yield from subformulas(body)
        case Choose(_, branches):
            for _, branch in branches:
                yield from subformulas(branch)


def formulas(question: ResolvedQuestion) -> Iterator[Formula]:
    """Everything in all rules of a question."""
    for rule in question.rules:
        yield from subformulas(rule.applies)
        for _, condition in rule.concludes:
            yield from subformulas(condition)


def replace_law(question: ResolvedQuestion, instrument: str, counts: bool) -> ResolvedQuestion:
    """The question as it would be if an instrument did, or did not, count as law whatever the day."""

    def changed(formula: Formula) -> Formula:
        match formula:
            case Named("law", name, _) if name == instrument:
                return Constant(counts)
            case Named(kind, name, body):
                return Named(kind, name, changed(body))
            case All(parts):
                return All(tuple(changed(part) for part in parts))
            case Any(parts):
                return Any(tuple(changed(part) for part in parts))
            case Not(part):
                return Not(changed(part))
            case SomeRecord(records, such_that):
                return SomeRecord(records, changed(such_that))
            case Choose(reading, branches, of_date):
                return Choose(reading, tuple((option, changed(branch)) for option, branch in branches), of_date)
            case _:
                return formula

    rules = tuple(
        Rule(rule.id, changed(rule.applies), tuple((outcome, changed(one)) for outcome, one in rule.concludes))
        for rule in question.rules
    )
    return replace(question, rules=rules)


def bounds(question: ResolvedQuestion, key: str) -> set[int]:
    """The fixed numbers or days with which an input is compared."""
    found: set[int] = set()
    for formula in formulas(question):
        match formula:
            case Ordered(Input(name), Fixed(value)) | Ordered(Fixed(value), Input(name)) if name == key:
                found.add(value)
    return found


def compared_with(question: ResolvedQuestion, key: str) -> set[str]:
    """The single inputs with which an input is compared."""
    found: set[str] = set()
    for formula in formulas(question):
        match formula:
            case Ordered(Input(one), Input(other)) if key in (one, other):
                found.add(other if one == key else one)
    return found


def laws_in(question: ResolvedQuestion) -> list[str]:
    """The instruments on whose being law a question depends."""
    return list(dict.fromkeys(one.id for one in formulas(question) if isinstance(one, Named) and one.kind == "law"))


def mentioned(question: ResolvedQuestion, key: str) -> set[bool | int | str]:
    """The values for which an input is tested."""
    found: set[bool | int | str] = set()
    for formula in formulas(question):
        if isinstance(formula, OneOf) and formula.term == Input(key):
            found |= formula.values
    return found


def keys_in(question: ResolvedQuestion) -> set[str]:
    """The keys of the single inputs, lists and readings that occur in a question."""
    found: set[str] = set()
    for formula in formulas(question):
        match formula:
            case SomeRecord(records, _):
                found.add(records)
            case Choose(reading, _):
                found.add(f"reading:{reading}")
            case OneOf(term, _):
                found |= _key(term)
            case Ordered(left, right) | Same(left, right):
                found |= _key(left) | _key(right)
    return found


def _key(term: Input | Field | Fixed) -> set[str]:
    return {term.key} if isinstance(term, Input) else set()
