"""What makes an exercise good beyond its key: options near the case, hints that help, days that are the first."""

from __future__ import annotations

import datetime
import itertools
import random
from dataclasses import replace

import pytest

from lawmodel.case.file import parse_cases
from lawmodel.case.telling_case import telling_case
from lawmodel.case.writing import case_text
from lawmodel.exercises.checks.key_is_the_law import case_of
from lawmodel.exercises.drawn_cases import DrawnCases
from lawmodel.exercises.exercise import AnswerInBrief, WrittenCase
from lawmodel.exercises.explaining import Explanation
from lawmodel.exercises.facts_beside import MOST_BESIDE, with_facts_beside
from lawmodel.exercises.kinds import missing_fact
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making import Making
from lawmodel.exercises.making_sets import make
from lawmodel.exercises.parting import parting
from lawmodel.exercises.single_facts import facts_by_key, with_fact
from lawmodel.inquiry.decide import decide
from lawmodel.law_files import rules_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook


@pytest.fixture(scope="module")
def extradition() -> Laws:
    return Laws(load_rulebook(rules_folder()), "extradition")


@pytest.fixture(scope="module")
def deployment(extradition: Laws) -> Laws:
    return Laws(extradition.rulebook, "deployment")


def test_facts_beside_change_neither_outcome_nor_grounds_and_are_few(extradition: Laws) -> None:
    making = Making(extradition, "ground", 1, [])
    drawn = itertools.islice(DrawnCases(extradition, random.Random(3)), 12)  # noqa: S311 - a seed is to be followed
    more = 0
    for case in drawn:
        ours = extradition.answer(case)
        if ours.outcome is None:
            continue
        fuller, theirs = with_facts_beside(making, case, ours, lambda one, _: len(one.facts), 99)
        assert (theirs.outcome, theirs.grounds) == (ours.outcome, ours.grounds)
        assert extradition.answer(fuller) == theirs
        assert case.facts.items() <= fuller.facts.items()
        assert len(fuller.facts) - len(case.facts) <= MOST_BESIDE
        more += len(fuller.facts) > len(case.facts)
    assert more > 4


@pytest.mark.parametrize("question", ["extradition", "deployment"])
def test_of_the_wrong_provisions_one_at_most_has_nothing_to_do_with_the_case(
    question: str, extradition: Laws, deployment: Laws
) -> None:
    laws = extradition if question == "extradition" else deployment
    found = make(laws, ["ground"], 3, seed=5).exercises
    assert len(found) == 3
    for one in found:
        assert one.answered is not None
        nearly = {str(step.id) for step in Explanation(laws, case_of(laws, one), one.answered).nearly}
        wrong = [option for option in one.options if not option.right]
        strange = [each for each in wrong if not (each.misconception or each.reading or each.id in nearly)]
        assert len(wrong) > len(strange) <= 1


@pytest.mark.parametrize(
    ("misconception", "third"),
    [
        ("any-pardon-bars", "Look at this fact: Russia pardoned the person"),
        ("last-day-is-former", "Look at this fact: on strength until 22 April 2026."),
        ("law-on-signature", "Look at this fact: decided on 12 March 2026."),
        ("refusal-is-refusal", "Look at this fact: the act is not a crime under the law of the requesting state."),
    ],
)
def test_the_last_hint_is_the_fact_on_which_most_hangs(extradition: Laws, misconception: str, third: str) -> None:
    case = telling_case(extradition.rulebook, extradition.rulebook.misconceptions[misconception])
    ours, held = extradition.answer(case), extradition.held[misconception]
    part = parting(extradition, case, held, (ours, extradition.answer(case, held.id)))
    assert Explanation(extradition, case, ours).hints(part)[2].startswith(third)


@pytest.mark.parametrize("question", ["extradition", "deployment"])
def test_before_the_day_that_is_asked_for_the_answer_is_always_the_other(
    question: str, extradition: Laws, deployment: Laws
) -> None:
    """On each earlier day on which the case can be decided at all, whatever became law on it."""
    laws = extradition if question == "extradition" else deployment
    dates = [step.date for one in laws.rulebook.instruments.values() for step in one.steps]
    found = make(laws, ["day"], 2, seed=6).exercises
    assert found
    for one in found:
        case = case_of(laws, one)
        day = datetime.datetime.strptime(one.right[0].says, "%d %B %Y").date()  # noqa: DTZ007 - a day has no zone
        outcomes: set[str | None] = set()
        for earlier in {each + datetime.timedelta(days=shift) for each in [day, *dates] for shift in (-1, 0)}:
            if earlier < day:
                dated = replace(case, facts={**case.facts, laws.rulebook.law_date: earlier.toordinal()})
                try:
                    outcomes.add(laws.answer(dated).outcome)
                except ProblemsFound:
                    continue
        assert len(outcomes - {None}) == 1
        assert one.answered is not None
        assert one.answered.outcome not in outcomes


def test_days_of_a_set_turn_on_different_things(extradition: Laws) -> None:
    found = make(extradition, ["day"], 4, seed=9).exercises
    seen = [(one.stem, one.limbs, frozenset(each.misconception for each in one.options)) for one in found]
    assert len({*seen}) == len(seen) > 1


def test_what_the_rest_of_a_case_tells_is_not_asked_for(extradition: Laws) -> None:
    """Whoever fought was on strength: that somebody fought tells that the service began."""
    (case,) = parse_cases(
        extradition.rulebook,
        """
presume: ordinary
facts:
  person: {citizenships: [{state: TJ}]}
  service: [{formation: armed_forces, basis: contract, from: 2025-06-02, fought: yes}]
  request: {state: TJ, received: 2026-03-30}
  decision: {made: 2026-04-22}
""",
    )
    assert missing_fact.with_one_open(extradition, case, "service[1].from") is None
    quiet = with_fact(case, "service[1].fought", False)
    assert quiet is not None
    opened = missing_fact.with_one_open(extradition, quiet, "service[1].from")
    assert opened is not None
    assert facts_by_key(opened)["service[1].from"] is None


def test_a_case_with_two_grounds_can_be_asked_for(deployment: Laws) -> None:
    found = make(deployment, ["build"], 5, seed=5).exercises
    double = [one for one in found if isinstance(one.response, WrittenCase) and len(one.response.grounds) == 2]
    assert double
    for one in double:
        assert isinstance(one.response, WrittenCase)
        case = parse_cases(deployment.rulebook, case_text(one.response.example))[0]
        answer = decide(deployment.rulebook, case, "deployment")
        assert {*one.response.grounds} <= {ground.id for ground in answer.grounds}


def test_nothing_is_told_beside_a_case_that_is_worth_enough(extradition: Laws) -> None:
    making = Making(extradition, "ground", 1, [])
    case = telling_case(extradition.rulebook, extradition.rulebook.misconceptions["halves-added"])
    ours = extradition.answer(case)
    asked: list[AnswerInBrief] = []

    def worth(_: object, answer: AnswerInBrief) -> int:
        asked.append(answer)
        return 1

    assert with_facts_beside(making, case, ours, worth, 1) == (case, ours)
    assert asked == [ours]
