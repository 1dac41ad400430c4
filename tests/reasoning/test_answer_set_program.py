"""clingo, an engine that nobody here wrote, on questions and cases that are exported to it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given

from lawmodel.case.case import Expectation
from lawmodel.case.file import load_cases
from lawmodel.case.valuation import value_case
from lawmodel.inputs import is_calendar_day
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import decider
from lawmodel.inquiry.sheet import questions_of
from lawmodel.law_files import rules_folder, scenarios_folder
from lawmodel.reasoning.answer_sets.program import answer_set_program
from lawmodel.reasoning.evaluation import Evaluation
from lawmodel.reasoning.formula import (
    ResolvedQuestion,
    Valuation,
    Value,
)
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.export.export import as_answer_set_program
from tests.chosen_scenarios import chosen_scenarios
from tests.inquiry.test_machine_properties import decided
from tests.random_rulebooks import OUTCOMES as SALE_OUTCOMES
from tests.random_rulebooks import RandomLaw, random_laws
from tests.reasoning.answer_sets import agree, answer_sets, check, consequences
from tests.reasoning.brute_force import BruteForce, TooManyCompletions
from tests.reasoning.random_questions import RandomCase, cases, day_cases, listed_records
from tests.reasoning.small_questions import SmallQuestions
from tests.sizes import examples, one_in
from tests.test_examples import EXAMPLES, NATIONALITY, NATIONALITY_CASES

SOME = 40
"""So many answer sets of each case are gone through."""


def check_each(question: ResolvedQuestion, valuation: Valuation) -> None:
    """Each answer set is a consistent completion, and derives what evaluation finds in it."""
    evaluation = Evaluation(question)
    for one in answer_sets(answer_set_program(question, valuation), question, valuation, SOME):
        assert consistent(question, one.values)
        outcome = evaluation.outcome(one.values)
        assert one.derived["outcome"] == {(outcome,)}
        assert outcome is not None
        assert one.derived["ground"] == {(name,) for name in evaluation.supports(one.values)[outcome]}
        assert one.derived["applies"] == {(name,) for name, truth in evaluation.applies(one.values).items() if truth}


def consistent(question: ResolvedQuestion, values: dict[str, Value]) -> bool:
    """Whether days of the calendar are in order, as far as there are values."""
    pairs: list[tuple[Value, Value]] = []
    for ordering in question.orderings:
        if ordering.records is None:
            pairs.append((values[ordering.first], values[ordering.then]))
        else:
            records = listed_records(values[ordering.records])
            pairs += [(record[ordering.first], record[ordering.then]) for record in records]
    days = [pair for pair in pairs if all(map(is_calendar_day, pair))]
    return all(one <= other for one, other in days)  # type: ignore[operator]


def brute_force(question: ResolvedQuestion, valuation: Valuation) -> BruteForce:
    try:
        return BruteForce(question, valuation)
    except TooManyCompletions:
        assume(condition=False)
        raise


# --- random questions ------------------------------------------------------------------------------


@given(cases())
@examples(quick=12, full=80)
def test_it_agrees_with_the_exact_engine(case: RandomCase) -> None:
    check(case.question, case.valuation)


@given(day_cases())
@examples(quick=40, full=250)
def test_also_on_days_that_orderings_bind(case: RandomCase) -> None:
    check(case.question, case.valuation)


@pytest.mark.parametrize("first", one_in(5, range(0, 2000, 400)))
def test_also_on_questions_such_as_laws_ask(first: int) -> None:
    for seed in range(first, first + 400):
        check(*SmallQuestions(Random(seed)).case())  # noqa: S311


@given(cases(completions=60))
@examples(quick=8, full=40)
def test_it_agrees_with_going_through_all_completions(case: RandomCase) -> None:
    truth = brute_force(case.question, case.valuation)
    brave = consequences(answer_set_program(case.question, case.valuation)).brave
    assert (set() if brave is None else brave["outcome"]) == {(outcome,) for outcome in truth.possible()}
    check_each(case.question, case.valuation)


@given(random_laws(room=40))
@examples(quick=5, full=25)
def test_it_agrees_on_random_rulebooks(law: RandomLaw) -> None:
    one = decided(law)
    question, valuation = decider(one.rulebook, one.answer.question).question, one.valued.valuation
    agree(as_answer_set_program(one.rulebook, one.case, one.answer.question), one.answer)
    check_each(question, valuation)
    assert set(one.answer.possible) <= set(SALE_OUTCOMES)


# --- real law --------------------------------------------------------------------------------------


def check_file(rulebook: Rulebook, file: Path) -> int:
    """Every case of a file, on each question that it speaks to, and under each law and reading that it expects of."""
    asked = 0
    for case in load_cases(rulebook, file):
        ways = [Expectation(question=question) for question in questions_of(rulebook, case)]
        expected = {one.question for one in case.expectations if not one.readings and one.on is None}
        ways = [*case.expectations, *(one for one in ways if one.question not in expected)]
        for one in ways:
            program = as_answer_set_program(
                rulebook, case, one.question, readings=one.readings, on=one.on, stage=one.stage
            )
            answer = decide(
                rulebook,
                case,
                one.question,
                readings=one.readings,
                on=one.on,
                stage=one.stage,
                forward_chaining=False,
            )
            agree(program, answer)
            asked += 1
    return asked


@pytest.fixture(scope="module")
def law() -> Rulebook:
    return load_rulebook(rules_folder())


@pytest.mark.parametrize("file", one_in(40, chosen_scenarios()), ids=lambda path: path.stem)
def test_it_agrees_on_every_scenario(law: Rulebook, file: Path) -> None:
    assert check_file(law, file)


@pytest.mark.parametrize("file", one_in(12, NATIONALITY_CASES), ids=lambda path: path.stem)
def test_it_agrees_on_the_law_of_another_country(file: Path) -> None:
    assert check_file(load_rulebook(NATIONALITY / "rules"), file)


@pytest.mark.parametrize(
    ("rules", "file"),
    [
        ("own-reading/war-crimes.yaml", "own-reading/accused-of-an-act-in-combat.yaml"),
        ("deserter-bill/deserter-bill.yaml", "deserter-bill/deserter.yaml"),
    ],
)
def test_it_agrees_on_law_that_is_added(rules: str, file: str) -> None:
    assert check_file(load_rulebook(rules_folder(), EXAMPLES / rules), EXAMPLES / file)


@pytest.mark.long
def test_it_agrees_where_every_reading_is_open(law: Rulebook) -> None:
    (case,) = load_cases(law, scenarios_folder() / "exactness" / "nothing-known.yaml")[:1]
    readings = dict.fromkeys(law.readings, "unknown")
    for question in law.questions:
        program = as_answer_set_program(law, case, question, readings=readings)
        made = decider(law, question)
        assert consequences(program).brave["outcome"] == {  # type: ignore[index]
            (outcome,) for outcome in made.possible(value_case(law, case, readings).valuation)
        }
