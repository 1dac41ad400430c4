"""The truth of a condition in all completions, against brute force; also where diagrams give up."""

from __future__ import annotations

import pytest
from hypothesis import assume, given

from lawmodel.reasoning.evaluation import NO_RECORD, meaning
from lawmodel.reasoning.formula import Formula
from lawmodel.reasoning.open_cases.exact_truth import exact_truth
from tests.reasoning.brute_force import BruteForce, TooManyCompletions
from tests.reasoning.random_questions import RandomCase, cases, day_cases
from tests.sizes import examples


def check(case: RandomCase) -> None:
    try:
        completions = BruteForce(case.question, case.valuation).completions
    except TooManyCompletions:
        assume(condition=False)
        raise
    assume(completions)
    for rule in case.question.rules:
        conditions: list[Formula] = [rule.applies, *(further for _, further in rule.concludes)]
        for one in conditions:
            truths = {meaning(one)(each.values, NO_RECORD) for each in completions}
            expected = truths.pop() if len(truths) == 1 else None
            assert exact_truth(case.question, one, case.valuation) is expected


@given(cases(completions=600))
@examples(quick=10, full=80)
def test_it_is_what_all_completions_agree_on(case: RandomCase) -> None:
    check(case)


@given(day_cases())
@examples(quick=8, full=40)
def test_also_of_days_that_orderings_bind(case: RandomCase) -> None:
    check(case)


@given(cases(completions=200))
@examples(quick=5, full=25)
def test_also_where_there_are_too_many_situations_for_a_diagram(case: RandomCase) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lawmodel.reasoning.open_cases.completions.diagram_of", lambda *_: None)
        check(case)
