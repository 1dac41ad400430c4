"""The exact engine against brute force on small random cases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given

from lawmodel.reasoning.evaluation import NO_RECORD, Evaluation, Truth, meaning
from lawmodel.reasoning.formula import (
    Domain,
    Field,
    Formula,
    OneOf,
    Ordered,
    Record,
    ResolvedQuestion,
    Same,
    Scalar,
    Spaced,
    Valuation,
    Value,
)
from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers
from lawmodel.reasoning.open_cases.distinction import Distinction, SettledCase, Split
from tests.reasoning.brute_force import BruteForce, TooManyCompletions
from tests.reasoning.random_questions import RandomCase, cases, day_cases, listed_records, window, with_fields
from tests.sizes import examples

random_cases = examples(quick=12, full=50)


@pytest.fixture(autouse=True, params=["diagram", "solver"])
def _engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test twice: as it is, and with diagrams said to grow too large, so that the solver has to answer."""
    if request.param == "solver":
        monkeypatch.setattr("lawmodel.reasoning.open_cases.completions.diagram_of", lambda *_: None)
        monkeypatch.setattr("lawmodel.reasoning.open_cases.certain_answers.diagram_of", lambda *_: None)


def brute_force(case: RandomCase) -> BruteForce:
    try:
        return BruteForce(case.question, case.valuation)
    except TooManyCompletions:
        assume(condition=False)
        raise


@given(cases())
@random_cases
def test_possible_outcomes(case: RandomCase) -> None:
    exact = CertainAnswers(case.question, case.valuation)
    truth = brute_force(case)
    assert exact.possible() == truth.possible()
    for outcome in exact.possible():
        values = complete(case.valuation, truth.completions[0].values, exact.witness(outcome))
        assert Evaluation(case.question).outcome(values) == outcome


@given(cases())
@random_cases
def test_turns_on(case: RandomCase) -> None:
    assert CertainAnswers(case.question, case.valuation).turns_on() == brute_force(case).turns_on()


@given(day_cases())
@random_cases
def test_turns_on_days_that_orderings_bind(case: RandomCase) -> None:
    assert CertainAnswers(case.question, case.valuation).turns_on() == brute_force(case).turns_on()


@given(cases(completions=60))
@random_cases
def test_rests_on(case: RandomCase) -> None:
    expected = [key for key in case.soft if rests(case, key)]
    assert CertainAnswers(case.question, case.valuation, case.soft).rests_on() == sorted(expected)


@given(cases())
@random_cases
def test_what_each_rule_supports(case: RandomCase) -> None:
    exact = CertainAnswers(case.question, case.valuation)
    truth = brute_force(case)
    assume(truth.completions)
    evaluation = Evaluation(case.question)
    found = [evaluation.supports(one.values) for one in truth.completions]
    for rule in case.question.rules:
        for outcome, _ in rule.concludes:
            speaks = [supports[outcome].get(rule.id, False) for supports in found]
            assert exact.certain(rule.id, outcome) == all(speaks)
            assert exact.can_support(rule.id, outcome) == any(speaks)


@given(cases())
@random_cases
def test_distinguished_cases_settle_the_outcome(case: RandomCase) -> None:
    truth = brute_force(case)
    assume(len(truth.possible()) == 1)
    tree = CertainAnswers(case.question, case.valuation).distinction()
    # A case has to be distinguished exactly if Kleene logic leaves the outcome open.
    evaluation = Evaluation(case.question)
    settled = evaluation.outcome(case.valuation.values)
    assert isinstance(tree, SettledCase) == (settled is not None)
    reached = set()
    for one in truth.completions:
        leaf = follow(tree, one.values)
        reached.add(id(leaf))
        supports = evaluation.supports(one.values)
        assert leaf.outcome == one.outcome
        assert all(supports[leaf.outcome].get(rule) for rule in leaf.rules)
        assert leaf.rules or leaf.outcome == case.question.outcomes[-1]
    assert reached == {id(leaf) for leaf in leaves(tree)}, "a case that consistency rules out was not left out"


def complete(valuation: Valuation, some: dict[str, Value], chosen: dict[str, Value]) -> dict[str, Value]:
    """A completion in which the inputs have the chosen values, and those that are not named have some value."""
    values = dict(some)
    for key, value in some.items():
        own = valuation.same_as.get(key, key)
        if not isinstance(valuation.values[key], tuple):
            values[key] = chosen.get(own, value)
        else:
            values[key] = with_fields(key, listed_records(value), chosen)
    return values


def rests(case: RandomCase, key: str) -> bool:
    try:
        possible = BruteForce(case.question, case.valuation).possible()
        if not possible:  # what is known contradicts itself: nothing follows, and it rests on nothing
            return False
        for value in window(domain_of(case.question, key)):
            other = BruteForce(case.question, assign(case.valuation, key, value)).possible()
            if other and other != possible:
                return True
    except TooManyCompletions:
        assume(condition=False)
    return False


def domain_of(question: ResolvedQuestion, key: str) -> Domain:
    if "[" not in key:
        return question.domains[key]
    records, rest = key.split("[")
    return dict(question.domains[records].fields)[rest.split("].")[1]]


def assign(valuation: Valuation, key: str, value: Scalar) -> Valuation:
    values = dict(valuation.values)
    if "[" in key:
        name, rest = key.split("[")
        number, field = rest.split("].")
        records = [dict(record) for record in listed_records(values[name])]
        records[int(number) - 1][field] = value
        values[name] = tuple(records)
    else:
        values[key] = value
        values.update({alias: value for alias, other in valuation.same_as.items() if other == key})
    return replace(valuation, values=values)


def follow(tree: Distinction, values: dict[str, Value]) -> SettledCase:
    while isinstance(tree, Split):
        record: Record = NO_RECORD
        if tree.record is not None:
            record = listed_records(values[records_of(tree.condition)])[tree.record - 1]
        truth: Truth = meaning(tree.condition)(values, record)
        branch = tree.if_true if truth else tree.if_false
        assert truth is not None
        assert branch is not None, "a case that was left out occurs"
        tree = branch
    return tree


def leaves(tree: Distinction | None) -> list[SettledCase]:
    if isinstance(tree, Split):
        return leaves(tree.if_true) + leaves(tree.if_false)
    return [] if tree is None else [tree]


def records_of(condition: Formula) -> str:
    match condition:
        case OneOf(Field(records, _)) | Same(Field(records, _)) | Same(_, Field(records, _)):
            return records
        case Ordered(Field(records, _)) | Ordered(_, Field(records, _)):
            return records
        case Spaced(Field(records, _)) | Spaced(_, Field(records, _)):
            return records
    raise AssertionError(condition)
