"""Generated functions find what evaluation defines, for every question and every case."""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given

import lawmodel
from lawmodel.case.file import load_cases
from lawmodel.case.valuation import value_case
from lawmodel.inquiry.decider import decider
from lawmodel.reasoning.evaluation import Evaluation
from lawmodel.reasoning.formula import (
    TRUE,
    All,
    Any,
    Choose,
    Domain,
    Formula,
    Input,
    Not,
    OneOf,
    ResolvedQuestion,
    Rule,
    SomeRecord,
    Value,
)
from lawmodel.reasoning.generated import repeated_evaluation
from lawmodel.reasoning.generated.generated_evaluation import GeneratedEvaluation
from lawmodel.reasoning.generated.repeated_evaluation import ASKED_BEFORE, RepeatedEvaluation
from tests.reasoning.random_questions import LISTS, RandomCase, cases, window
from tests.sizes import examples, one_in

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"


def yes(key: str) -> Formula:
    return OneOf(Input(key), frozenset({True}))


def asked(formula: Formula, *facts: str) -> ResolvedQuestion:
    domains = {key: Domain("yes/no") for key in facts}
    return ResolvedQuestion("question", ("so", "not so"), (Rule("rule", formula, (("so", TRUE),)),), domains, ())


def same(question: ResolvedQuestion, *several: Mapping[str, Value]) -> None:
    generated, defined = GeneratedEvaluation(question), Evaluation(question)
    for values in several:
        found, exact = generated.supports(values), defined.supports(values)
        assert found == exact, values
        assert defined.outcome(values) == defined.strongest(exact), values
        assert [[*one] for one in found.values()] == [[*one] for one in exact.values()], "in the order of the law"


@examples(quick=20, full=800)
@given(cases())
def test_it_is_what_evaluation_defines(case: RandomCase) -> None:
    values = dict(case.valuation.values)
    known: dict[str, Value] = {**values, **dict.fromkeys(LISTS, ())}
    for key, value in values.items():
        if key in LISTS:
            known[key] = tuple(
                {name: window(domain)[0] if one[name] is None else one[name] for name, domain in LISTS[key]}
                for one in (value if isinstance(value, tuple) else ())
            )
        elif value is None:
            known[key] = window(case.question.domains[key])[-1]
    same(
        case.question,
        *({**base, key: other} for base in (values, known) for key in base for other in (None, base[key], known[key])),
    )


@pytest.mark.parametrize("name", one_in(4, list(lawmodel.load_rulebook().questions)))
def test_the_scenarios(name: str) -> None:
    rulebook = lawmodel.load_rulebook()
    question = decider(rulebook, name).question
    generated, defined = GeneratedEvaluation(question), Evaluation(question)
    for file in sorted(SCENARIOS.rglob("*.yaml")):
        for case in load_cases(rulebook, file):
            values = value_case(rulebook, case).valuation.values
            supports = defined.supports(values)
            assert generated.supports(values) == supports, case.name
            assert defined.outcome(values) == defined.strongest(supports), case.name


def test_names_of_a_rulebook_are_never_code() -> None:
    """What a rulebook calls a fact, an option or a provision is a constant of the function."""
    name = "x'] or __import__('os').abort() or ['"
    domains = {name: Domain("choice", (name, "b")), f"reading:{name}": Domain("choice", (name, "other"))}
    is_it = OneOf(Input(name), frozenset({name}))
    formula = Choose(name, ((name, is_it), ("other", Not(is_it))))
    question = ResolvedQuestion(name, (name, "no"), (Rule(name, formula, ((name, TRUE),)),), domains, ())
    for value in (name, "b", None):
        for option in (name, "other", None):
            same(question, {name: value, f"reading:{name}": option})


def test_formulas_are_as_deep_as_they_like() -> None:
    deep = yes("a")
    for number in range(2_000):
        deep = Not(All((deep, yes("b")))) if number % 2 else Any((deep, Not(yes("c"))))
    for values in (
        {"a": True, "b": True, "c": True},
        {"a": None, "b": True, "c": True},
        {"a": None, "b": None, "c": False},
    ):
        found = GeneratedEvaluation(asked(deep, "a", "b", "c")).supports(values)
        truth: bool | None = values["a"]
        for number in range(2_000):
            parts = (truth, values["b"]) if number % 2 else (truth, None if values["c"] is None else not values["c"])
            strong = number % 2 == 0
            truth = strong if strong in parts else None if None in parts else not strong
            truth = truth if truth is None or number % 2 == 0 else not truth
        assert found["so"] == ({} if truth is False else {"rule": truth})


def test_a_list_that_is_not_known_is_open() -> None:
    domains = {"trip": Domain("records", fields=(("ended", Domain("yes/no")),))}
    ended = SomeRecord("trip", TRUE)
    rules = (Rule("some", ended, (("so", TRUE),)), Rule("none", Not(ended), (("not so", TRUE),)))
    question = ResolvedQuestion("question", ("so", "not so", "else"), rules, domains, ())
    for trips in (None, (), ({"ended": True},), ({"ended": None}, {"ended": False})):
        same(question, {"trip": trips})


def test_it_takes_over_when_a_question_is_asked_often() -> None:
    repeated = RepeatedEvaluation(asked(yes("a"), "a"))
    for _ in range(2 * ASKED_BEFORE):
        assert repeated.supports({"a": True})["so"] == {"rule": True}
        assert repeated.outcome({"a": None}) is None
        assert repeated.outcome({"a": False}) == "not so"
    assert "_generated" in vars(repeated)


def test_a_question_too_large_is_evaluated_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeated_evaluation, "MOST_GATES", 3)
    repeated = RepeatedEvaluation(asked(All((yes("a"), yes("b"))), "a", "b"))
    for _ in range(2 * ASKED_BEFORE):
        assert repeated.outcome({"a": True, "b": True}) == "so"


def test_many_threads_ask_at_once() -> None:
    repeated = RepeatedEvaluation(asked(All((yes("a"), yes("b"))), "a", "b"))
    wrong: list[object] = []

    def ask() -> None:
        for number in range(ASKED_BEFORE):
            values = {"a": bool(number % 2), "b": True}
            if repeated.outcome(values) != ("so" if number % 2 else "not so"):
                wrong.append(number)

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=ask) for _ in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    finally:
        sys.setswitchinterval(before)
    assert not wrong
