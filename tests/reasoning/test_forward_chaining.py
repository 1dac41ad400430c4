"""Forward chaining derives what evaluation defines; and its rules stay within what the engine can hold."""

from __future__ import annotations

import gc
import importlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any as Whatever

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.reasoning.chaining import forward_chaining
from lawmodel.reasoning.chaining.forward_chaining import EngineFailure, ForwardChaining, why_unavailable
from lawmodel.reasoning.chaining.production_rules import Production, ProductionRules, Size
from lawmodel.reasoning.chaining.rules_engine import RulesInEngine, property_of, rules_text
from lawmodel.reasoning.chaining.rulesets import Limits, split
from lawmodel.reasoning.chaining.signed_literals import SignedLiterals
from lawmodel.reasoning.evaluation import Evaluation
from lawmodel.reasoning.formula import (
    TRUE,
    All,
    Any,
    Choose,
    Field,
    Formula,
    Input,
    Named,
    Not,
    OneOf,
    ResolvedQuestion,
    Rule,
    SomeRecord,
    Value,
    reading_key,
)
from tests.reasoning.chaining_questions import OUTCOMES, cases, questions
from tests.sizes import examples

needs_engine = pytest.mark.skipif(not forward_chaining.AVAILABLE, reason=why_unavailable() or "")
# The engine's own, on Python 3.12.
pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcfromtimestamp:DeprecationWarning")

Case = Mapping[str, Value]


def is_so(key: str) -> Formula:
    return OneOf(Input(key), frozenset({True}))


def question(*formulas: Formula, outcome: str = "strongest") -> ResolvedQuestion:
    rules = tuple(Rule(f"rule-{number}", formula, ((outcome, TRUE),)) for number, formula in enumerate(formulas, 1))
    return ResolvedQuestion("question", OUTCOMES, rules, {}, ())


def assert_agreement(asked: ResolvedQuestion, all_cases: Sequence[Case]) -> ForwardChaining:
    evaluation, chaining = Evaluation(asked), ForwardChaining(asked)
    for values in all_cases:
        derived = chaining.derive(values)
        assert derived.applies == evaluation.applies(values)
        assert derived.supports == evaluation.supports(values)
        assert derived.outcome == evaluation.outcome(values)
    return chaining


def every_case(*keys: str) -> Iterator[Case]:
    for truths in product((True, False, None), repeat=len(keys)):
        yield dict(zip(keys, truths, strict=True))


@needs_engine
@examples(quick=25, full=400)
@given(questions(), st.lists(cases(), min_size=6, max_size=6))
def test_agrees_with_evaluation(asked: ResolvedQuestion, all_cases: list[Case]) -> None:
    assert_agreement(asked, all_cases)


@needs_engine
def test_what_is_unknown_stays_open_and_what_is_settled_does_not() -> None:
    parts = is_so("a"), is_so("b"), Not(is_so("c"))
    assert_agreement(question(All(parts), Any(parts), Not(All(parts))), list(every_case("a", "b", "c")))


@needs_engine
def test_an_open_reading_gives_what_all_its_options_agree_on() -> None:
    options = (("first", is_so("a")), ("second", is_so("b")), ("third", Not(is_so("a"))))
    asked = question(Choose("reading", options), Not(Choose("reading", options)))
    assert_agreement(
        asked,
        [
            {**case, reading_key("reading"): option}
            for case in every_case("a", "b")
            for option in ("first", "second", "third", None)
        ],
    )


@needs_engine
def test_records_are_unfolded_for_each_number_of_them() -> None:
    some = SomeRecord("jobs", All((OneOf(Field("jobs", "paid"), frozenset({True})), is_so("a"))))
    chaining = assert_agreement(
        question(some, Not(some)),
        [
            {"a": a, "jobs": jobs}
            for a in (True, False, None)
            for count in range(4)
            for jobs in [
                None,
                *(tuple({"paid": p} for p in paid) for paid in product((True, False, None), repeat=count)),
            ]
        ],
    )
    assert chaining.outcome({"a": True, "jobs": tuple({"paid": number == 39} for number in range(40))}) == "strongest"


@needs_engine
def test_a_list_whose_number_of_records_keeps_changing_is_forgotten_and_unfolded_again() -> None:
    some = SomeRecord("jobs", OneOf(Field("jobs", "paid"), frozenset({True})))
    counts = [*range(forward_chaining.KEPT_PROGRAMS + 5), 0, 1, 2]
    assert_agreement(question(some), [{"jobs": ({"paid": count % 2 == 0},) * count} for count in counts])


@needs_engine
@pytest.mark.parametrize("conjunction", [True, False])
@pytest.mark.parametrize("truth", [True, False, None])
def test_a_rule_with_more_parts_than_the_engine_has_conditions(*, truth: bool | None, conjunction: bool) -> None:
    keys = [f"k{number}" for number in range(700)]
    asked = question((All if conjunction else Any)(tuple(is_so(key) for key in keys)))
    usual = dict.fromkeys(keys, conjunction)
    assert_agreement(asked, [usual, {**usual, "k0": truth}, {**usual, "k699": truth}, dict.fromkeys(keys, truth)])


@needs_engine
def test_a_comparison_that_more_rules_use_than_the_engine_allows() -> None:
    pairs = list(combinations([f"k{number}" for number in range(26)], 2))
    alone = [All((is_so("a"), is_so(left), is_so(right))) for left, right in pairs]
    among = [Any((is_so("a"), All((is_so(left), is_so(right))))) for left, right in pairs]
    case: Case = {"a": True, **{f"k{number}": (True, False, None)[number % 3] for number in range(26)}}
    assert_agreement(question(*alone, *among), [case, {**case, "a": False}, {**case, "a": None}])


@needs_engine
def test_a_formula_that_cannot_be_one_rule_is_derived_in_steps() -> None:
    keys = [f"k{number}" for number in range(60)]
    layered = All(tuple(Any(tuple(All((is_so(k), is_so("k0"))) for k in keys[at : at + 6])) for at in range(0, 60, 6)))
    asked = question(layered, Not(layered))
    all_cases: list[Case] = [
        {key: (True, False, None)[(number * step + number // 7) % 3] for number, key in enumerate(keys)}
        for step in range(1, 8)
    ]
    all_cases += [dict.fromkeys(keys, truth) for truth in (True, False, None)]
    all_cases += [{**dict.fromkeys(keys, True), **dict.fromkeys(keys[0:6:2], False)}]
    chaining = assert_agreement(asked, all_cases)
    assert any(label.startswith("step ") for label in chaining.derive(dict.fromkeys(keys, True)).firings)


@needs_engine
def test_one_fact_may_stand_in_every_clause_of_a_rule() -> None:
    shared = All((Any((is_so("a"), is_so("b"))), Any((is_so("a"), is_so("c"))), Any((is_so("a"), is_so("b")))))
    assert_agreement(question(shared), list(every_case("a", "b", "c")))


@needs_engine
def test_a_case_of_which_nothing_is_known() -> None:
    nothing: Case = {"a": None, "b": None}
    chaining = assert_agreement(question(is_so("a"), All((is_so("a"), is_so("b")))), [nothing] * 3)
    assert chaining.derive(nothing).firings == ()


@needs_engine
def test_constant_rules() -> None:
    assert_agreement(question(TRUE, Not(TRUE), All(()), Any(())), [{}])


@needs_engine
def test_the_firings_name_what_was_derived() -> None:
    either = Named("concept", "either", Any((is_so("a"), All((is_so("b"), is_so("c"))))))
    chaining = ForwardChaining(question(either, All((is_so("a"), is_so("b"))), is_so("a")))
    case: Case = {"a": True, "b": False, "c": None}
    assert sorted(chaining.derive(case).firings) == ["rule-1: yes", "rule-2: no", "rule-3: yes"]
    derived = chaining.derive({"a": None, "b": None, "c": False})
    assert (derived.outcome, derived.firings) == (None, ())


@needs_engine
def test_threads_take_turns() -> None:
    chaining = ForwardChaining(question(All((is_so("a"), is_so("b")))))
    wrong: list[Case] = []

    def work(a: bool) -> None:
        for b in (True, False) * 50:
            case: Case = {"a": a, "b": b}
            if chaining.applies(case) != {"rule-1": a and b}:
                wrong.append(case)

    threads = [threading.Thread(target=work, args=(number % 2 == 0,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@needs_engine
def test_a_question_that_is_gone_leaves_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = importlib.import_module("durable_rules_engine")
    there: set[object] = set()

    def made(name: str, rules: str, create: Whatever = engine.create_ruleset) -> object:
        there.add(handle := create(name, rules))
        return handle

    def forgotten(handle: object, delete: Whatever = engine.delete_ruleset) -> None:
        delete(handle)
        there.discard(handle)

    monkeypatch.setattr(engine, "create_ruleset", made)
    monkeypatch.setattr(engine, "delete_ruleset", forgotten)

    def ask() -> None:
        assert ForwardChaining(question(is_so("a"), Not(is_so("b")), All((is_so("a"), is_so("b"))))).outcome(case)

    case: Case = {"a": True, "b": True}
    ask()
    gc.collect()
    before = len(there)
    gc.freeze()  # so that it is not all gone through twenty times
    for _ in range(20):
        ask()
        gc.collect()
    gc.unfreeze()
    assert before
    assert len(there) <= before


@needs_engine
def test_what_goes_wrong_in_a_firing_is_not_swallowed() -> None:
    chaining = ForwardChaining(question(All((is_so("a"), is_so("b")))))
    case: Case = {"a": True, "b": True}
    assert chaining.outcome(case) == "strongest"
    session = chaining._program(case).sessions[0]

    class Broken(set[int]):
        def add(self, element: int) -> None:
            raise ArithmeticError(f"broken at {element}")

    known = chaining._program(case)._known
    for _ in range(100):
        with pytest.raises(ArithmeticError, match="broken at"):
            session.run(Broken(known.of(case)))
        assert chaining.outcome(case) == "strongest"


@needs_engine
def test_facts_that_the_engine_does_not_take_are_not_passed_over() -> None:
    rules = RulesInEngine(rules_text([[[1], [2]]]))
    fired: list[int] = []
    for wrong in ([3], [1, 1]):
        with pytest.raises(EngineFailure, match="not taken"):
            rules.run(wrong, fired.append)
    rules.run([1, 2], fired.append)
    assert fired == [0]


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("No module named 'durable'", r"cannot be imported: No module named 'durable'$"),
        ("e.so: undefined symbol: PyEval_CallObject", r"PyEval_CallObject; .* docs/engines\.md .* Python 3\.13"),
    ],
)
def test_it_says_why_it_cannot_run(monkeypatch: pytest.MonkeyPatch, problem: str, said: str) -> None:
    def import_module(name: str) -> None:
        raise ImportError(problem)

    why_unavailable.cache_clear()
    monkeypatch.setattr(importlib, "import_module", import_module)
    try:
        assert forward_chaining.AVAILABLE is False
        with pytest.raises(EngineFailure, match=said):
            ForwardChaining(question(is_so("a")))
    finally:
        why_unavailable.cache_clear()


def test_rules_keep_to_their_size() -> None:
    literals = SignedLiterals({})
    keys = [f"k{number}" for number in range(40)]
    deep = All(tuple(Any(tuple(All((is_so(k), is_so("k1"))) for k in keys[at : at + 5])) for at in range(0, 40, 5)))
    size = Size(clauses=4, matches=6)
    rules = ProductionRules(literals, size)
    rules.derive(literals.derives(deep, True))
    rules.derive(literals.derives(deep, False))
    assert rules.rules
    assert all(size.allows(tuple(frozenset(clause) for clause in rule.clauses)) for rule in rules.rules)
    later: set[int] = set()
    for rule in reversed(rules.rules):
        later.add(rule.derives)
        # What is used is derived before: by no rule that comes later.
        assert not {literal for clause in rule.clauses for literal in clause} & later


def test_the_engine_can_tell_all_names_of_facts_apart() -> None:
    def hashed(name: str) -> int:  # as the engine does: 32-bit FNV-1a
        found = 2_166_136_261
        for byte in name.encode():
            found = (found ^ byte) * 16_777_619 % 2**32
        return found

    names = ["id", "sid", "$s", *map(property_of, range(Limits().literals + 1))]
    assert len({hashed(name) for name in names}) == len(names)


def test_a_ruleset_takes_rules_up_to_each_limit() -> None:
    def sizes(rules: list[Production], limits: Limits) -> list[int]:
        return [len(ruleset.productions) for ruleset in split(rules, limits)]

    alone = [Production(100 + number, ((1,), (2 + number,))) for number in range(5)]
    among = [Production(100 + number, ((1, 2 + number),)) for number in range(5)]
    assert sizes(alone, Limits()) == [5]
    assert sizes(alone, Limits(rules=2)) == [2, 2, 1]
    assert sizes(alone, Limits(literals=3)) == [2, 2, 1]
    assert sizes(alone, Limits(alone=3)) == [3, 2]
    assert sizes(among, Limits(among=4)) == [4, 1]
    with pytest.raises(ValueError, match="beyond what the engine can hold"):
        split(among, Limits(literals=1))


def test_what_a_ruleset_derives_is_an_input_of_those_after_it() -> None:
    rules = [Production(10, ((1,),)), Production(11, ((10,), (2,))), Production(12, ((11, 3),))]
    first, second = split(rules, Limits(rules=2))
    assert (first.inputs, first.chained) == ((1, 2, 10), frozenset({10}))
    assert (second.inputs, second.chained) == ((3, 11), frozenset())
