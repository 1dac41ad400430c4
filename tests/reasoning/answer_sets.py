"""Programs run by clingo, and its answer sets as completions of a case."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import clingo

from lawmodel.answer.answer import Answer
from lawmodel.reasoning.answer_sets.program import answer_set_program
from lawmodel.reasoning.answer_sets.syntax import BILLION
from lawmodel.reasoning.formula import (
    AFTER_EVERY_DAY,
    BEFORE_EVERY_DAY,
    NO_DAY,
    Record,
    ResolvedQuestion,
    Scalar,
    Valuation,
    Value,
    reading_key,
)
from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers

SPECIAL = {0: BEFORE_EVERY_DAY, 100_000_000: AFTER_EVERY_DAY}


def control(program: str, *options: str) -> clingo.Control:
    """A program, grounded; whatever clingo remarks on it is a failure."""
    remarks: list[str] = []
    found = clingo.Control(list(options), logger=lambda code, text: remarks.append(text))
    found.add("base", [], program)
    found.ground([("base", [])])
    assert not remarks, remarks
    return found


@dataclass(frozen=True)
class Consequences:
    """What holds in some answer sets, and what in all, by predicate; None where there are none."""

    brave: dict[str, set[tuple[str, ...]]] | None
    cautious: dict[str, set[tuple[str, ...]]] | None


def consequences(program: str) -> Consequences:
    clasp = control(program)
    found: dict[str, dict[str, set[tuple[str, ...]]]] = {}
    for mode in ("brave", "cautious"):
        configuration: Any = clasp.configuration.solve
        configuration.enum_mode = mode
        with clasp.solve(yield_=True) as handle:
            for model in handle:
                found[mode] = by_predicate(model.symbols(shown=True))
    return Consequences(found.get("brave"), found.get("cautious"))


def by_predicate(symbols: Any) -> dict[str, set[tuple[str, ...]]]:
    found: dict[str, set[tuple[str, ...]]] = {
        "outcome": set(),
        "ground": set(),
        "brings": set(),
        "follows": set(),
        "applies": set(),
    }
    for symbol in symbols:
        if symbol.name in found:
            found[symbol.name].add(tuple(argument.string for argument in symbol.arguments))
    return found


@dataclass(frozen=True)
class AnswerSet:
    """One answer set: the values of a case that it stands for, and what it derives."""

    values: dict[str, Value]
    derived: dict[str, set[tuple[str, ...]]]


def answer_sets(program: str, question: ResolvedQuestion, valuation: Valuation, most: int) -> Iterator[AnswerSet]:
    clasp = control(program, str(most))  # it has to be kept: its answers go with it
    with clasp.solve(yield_=True) as handle:
        for model in handle:
            symbols = model.symbols(atoms=True)
            yield AnswerSet(_values(symbols, question, valuation), by_predicate(symbols))


def _values(symbols: Any, question: ResolvedQuestion, valuation: Valuation) -> dict[str, Value]:
    """The values that an answer set chooses; what it does not choose, since the law does not read it, stays open."""
    singles: dict[str, Scalar] = {}
    records: dict[str, dict[int, dict[str, Scalar]]] = {}
    for symbol in symbols:
        arguments = symbol.arguments
        if symbol.name == "record":
            records.setdefault(arguments[0].string, {}).setdefault(arguments[1].number, {})
        if symbol.name not in ("fact", "day", "never", "reading", "field"):
            continue
        value = NO_DAY if symbol.name == "never" else _value(symbol.name, arguments[-1])
        name = [*arguments] if symbol.name == "never" else arguments[:-1]
        if len(name) == 1:
            key = reading_key(name[0].string) if symbol.name == "reading" else name[0].string
            assert singles.setdefault(key, value) == value, "two values"
        else:
            fields = records.setdefault(name[0].string, {}).setdefault(name[1].number, {})
            assert fields.setdefault(name[2].string, value) == value, "two values"
    values: dict[str, Value] = {}
    for key, domain in question.domains.items():
        known = valuation.values[key]
        own = valuation.same_as.get(key, key)
        if domain.kind != "records":
            values[key] = singles.get(key, singles.get(own)) if known is None else known
            assert singles.get(key, values[key]) == values[key], "not what is known"
            continue
        listed: list[Record] = [*(known if isinstance(known, tuple) else ())]
        if known is None:
            listed = [dict.fromkeys(name for name, _ in domain.fields) for _ in records.get(key, {})]
        for number, record in enumerate(listed):
            chosen = records.get(key, {}).get(number + 1, {})
            assert all(record[name] in (None, value) for name, value in chosen.items()), "not what is known"
            listed[number] = {**record, **chosen}
        values[key] = tuple(listed)
    return values


def _value(predicate: str, symbol: Any) -> Scalar:
    if symbol.type == clingo.SymbolType.String:
        return str(symbol.string)
    if symbol.type == clingo.SymbolType.Number:
        number = int(symbol.number)
        if predicate != "day":
            return number
        if number in SPECIAL:
            return SPECIAL[number]
        return datetime.date(number // 10000, number // 100 % 100, number % 100).toordinal()
    if symbol.name in ("yes", "no"):
        return bool(symbol.name == "yes")
    return int(symbol.arguments[0].number) * BILLION + int(symbol.arguments[1].number)


def check(question: ResolvedQuestion, valuation: Valuation) -> None:
    """Outcome, possible outcomes and grounds are those that `CertainAnswers` finds."""
    exact = CertainAnswers(question, valuation)
    program = answer_set_program(question, valuation)
    found = consequences(program)
    brave, cautious = found.brave, found.cautious
    possible = exact.possible()
    if brave is None:
        assert possible == ()
        return
    assert brave["outcome"] == {(outcome,) for outcome in possible}
    supported = {(rule.id,) for rule in question.rules for one in possible if exact.can_support(rule.id, one)}
    assert brave["ground"] <= supported
    if len(possible) == 1:
        assert cautious is not None
        assert cautious["outcome"] == {possible}
        assert cautious["ground"] == {(rule.id,) for rule in question.rules if exact.certain(rule.id, possible[0])}
        assert brave["ground"] == supported


def agree(program: str, answer: Answer) -> None:
    """The program has the outcomes, grounds and consequences of an answer."""
    found = consequences(program)
    brave, cautious = found.brave, found.cautious
    assert brave is not None
    assert cautious is not None
    assert brave["outcome"] == {(outcome,) for outcome in answer.possible}
    brought = [one for one in answer.consequences if one.provision is not None]
    following = [one for one in answer.consequences if one.provision is None]
    assert {(one.provision, one.id) for one in brought} == brave["brings"]
    assert {(one.provision, one.id) for one in brought if one.certain} == cautious["brings"]
    assert {(one.id,) for one in following} >= brave["follows"]  # what an outcome only makes possible is not in it
    assert {(one.id,) for one in following if one.certain} == cautious["follows"]
    if answer.outcome is not None:
        assert cautious["outcome"] == {(answer.outcome,)}
        assert cautious["ground"] == {(ground.id,) for ground in answer.grounds if ground.in_every_case}
        assert {(ground.id,) for ground in answer.grounds} <= brave["ground"]
