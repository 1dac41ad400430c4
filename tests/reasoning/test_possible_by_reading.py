"""What is possible under each choice of readings, by going through what is open and by proof: against brute force."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lawmodel.inputs import reading_key
from lawmodel.reasoning.comparing import possible_by_reading as bounds
from lawmodel.reasoning.comparing.choice_functions import ChoiceSpace
from lawmodel.reasoning.comparing.possible_by_reading import PossibleByReading
from lawmodel.reasoning.evaluation import NO_RECORD, meaning
from lawmodel.reasoning.formula import (
    TRUE,
    Choose,
    Domain,
    Formula,
    Input,
    OneOf,
    ResolvedQuestion,
    Rule,
    Valuation,
    all_of,
)
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.open_cases.truths import Truths
from tests.reasoning.brute_force import BruteForce, TooManyCompletions
from tests.reasoning.random_questions import READINGS, RandomCase, cases, day_cases
from tests.sizes import examples

random_cases = examples(quick=20, full=60)
ALL = {reading_key(name): options for name, options in READINGS.items()}


def by_brute_force(case: RandomCase, chosen: dict[str, str]) -> BruteForce:
    try:
        return BruteForce(case.question, case.valuation.with_values({**case.valuation.values, **chosen}))
    except TooManyCompletions:
        assume(condition=False)
        raise


@given(case=cases(completions=300))
@random_cases
def test_the_outcomes_that_are_possible_under_each_choice(case: RandomCase) -> None:
    ways = {}
    for way, most_open in {"as it is": bounds.MOST_OPEN, "gone through": 10**6, "proved": -1}.items():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(bounds, "MOST_OPEN", most_open)
            ways[way] = PossibleByReading(case.question, case.valuation, ChoiceSpace(ALL))
    for options in product(*ALL.values()):
        chosen = dict(zip(ALL, options, strict=True))
        expected = by_brute_force(case, chosen).possible()
        if expected:  # else the days contradict each other, and no case gets as far
            for way, found in ways.items():
                assert found.space.value(found.function, chosen) == expected, (way, chosen)


@given(cases(completions=300))
@random_cases
def test_readings_that_are_not_let_go_stay_as_they_are(case: RandomCase) -> None:
    kept, free = ALL
    assume(case.valuation.values[kept] is not None)
    found = PossibleByReading(case.question, case.valuation, ChoiceSpace({free: ALL[free]}))
    for option in ALL[free]:
        expected = by_brute_force(case, {free: option}).possible()
        if expected:
            assert found.space.value(found.function, {free: option}) == expected


@pytest.mark.parametrize("most_open", [-1, bounds.MOST_OPEN])
def test_an_outcome_that_one_option_makes_impossible(monkeypatch: pytest.MonkeyPatch, most_open: int) -> None:
    monkeypatch.setattr(bounds, "MOST_OPEN", most_open)
    flag = Domain("yes/no")
    held = Choose("narrowness", (("narrow", OneOf(Input("flag"), frozenset({True}))), ("wide", TRUE)))
    key = reading_key("narrowness")
    domains = {"flag": flag, key: Domain("choice", READINGS["narrowness"])}
    question = ResolvedQuestion("question", ("yes", "no"), (Rule("rule", held, (("yes", TRUE),)),), domains, ())
    space = ChoiceSpace({key: READINGS["narrowness"]})
    found = PossibleByReading(question, Valuation(dict.fromkeys(domains), {}), space)
    assert space.value(found.function, {key: "narrow"}) == ("yes", "no")
    assert space.value(found.function, {key: "wide"}) == ("yes",)


def test_beyond_many_remainders_it_is_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(bounds, "MOST_REMAINDERS", 0)
    monkeypatch.setattr(bounds, "MOST_OPEN", 10**6)

    @given(cases(completions=300))
    @random_cases
    def same(case: RandomCase) -> None:
        found = PossibleByReading(case.question, case.valuation, ChoiceSpace(ALL))
        if not found.little_open:
            asked.append(case.question.id)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(bounds, "MOST_REMAINDERS", 10**6)
            other = PossibleByReading(case.question, case.valuation, ChoiceSpace(ALL))
        assume(not found.residual.contradictory)
        for options in product(*ALL.values()):
            chosen = dict(zip(ALL, options, strict=True))
            assert found.space.value(found.function, chosen) == other.space.value(other.function, chosen)

    same()
    assert asked


@given(case=st.one_of(cases(completions=200), day_cases()), data=st.data())
@random_cases
def test_the_truths_of_a_condition_under_some_options(case: RandomCase, data: st.DataObject) -> None:
    free = [key for key in ALL if key in case.valuation.values]
    residual = Residual(case.question, case.valuation, free)
    speaks = {(rule, outcome): formula for outcome, rules in residual.speaks.items() for rule, formula in rules.items()}
    gone_through = Truths(residual, list(speaks.values()), little_open=True)
    proved = Truths(residual, list(speaks.values()), little_open=False)
    block = {
        key: tuple(sorted(data.draw(st.sets(st.sampled_from(ALL[key]), min_size=1)), key=ALL[key].index))
        for key in free
        if data.draw(st.booleans())
    }
    expected: dict[tuple[str, str], set[bool]] = {key: set() for key in speaks}
    possible = False
    for options in product(*(block.get(key, ALL[key]) for key in free)):
        for one in by_brute_force(case, dict(zip(free, options, strict=True))).completions:
            possible = True
            for rule in case.question.rules:
                for outcome, condition in rule.concludes:
                    if (rule.id, outcome) in speaks:
                        whole: Formula = all_of(rule.applies, condition, TRUE)
                        expected[rule.id, outcome].add(bool(meaning(whole)(one.values, NO_RECORD)))
    assume(possible)
    for key, formula in speaks.items():
        assert gone_through.of(formula, block) == expected[key], key
        assert proved.of(formula, block) == expected[key], key
