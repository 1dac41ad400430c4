"""Finding: what is found shows what was wanted and needs all it says; and where there is none, nothing shows it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given

from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.case.valuation import value_case
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import decider
from lawmodel.inquiry.expectations import unmet
from lawmodel.inquiry.searching.find import View, Wanted, find
from lawmodel.inquiry.searching.found import Found
from lawmodel.law_files import rules_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from tests.random_rulebooks import OUTCOMES, QUESTION, READINGS, RandomLaw, random_laws
from tests.sizes import examples

RULEBOOK = load_rulebook(rules_folder())
COMBAT = [View(one, {"combat": one}) for one in ("former-only", "everyone", "no-one")]


def gists(found: Found) -> list[tuple[str | None, tuple[str, ...]]]:
    return [one.gist() for one in found.seen]


def check_file(found: Found) -> Case:
    """The case file that is offered is read, and answers as it says."""
    (case,) = parse_cases(RULEBOOK, found.to_yaml())
    assert case.expectations
    assert list(unmet(RULEBOOK, case, forward_chaining=False)) == []
    return case


def test_a_case_on_which_readings_come_apart_is_as_small_as_a_teacher_would_make_it() -> None:
    found = next(find(RULEBOOK, "extradition", COMBAT))
    case = check_file(found)
    assert set(case.facts) == {"decision.made", "person.citizenships", "service"}
    listed = case.facts["service"]
    assert isinstance(listed, tuple)
    assert [set(record) for record in listed] == [{"formation", "basis", "from", "fought"}]
    assert len({outcome for outcome, _ in gists(found)}) > 1


def test_further_cases_are_essentially_different() -> None:
    found = list(islice(find(RULEBOOK, "extradition", COMBAT), 5))
    assert len({tuple(gists(one)) for one in found}) == len(found) == 5
    for one in found:
        check_file(one)


def test_nothing_that_was_left_in_can_be_left_out() -> None:
    found = next(find(RULEBOOK, "extradition", [View("")], Wanted("may_refuse", ("cpc-464-1-7",))))
    for path in found.case.facts:
        if path == RULEBOOK.law_date:
            continue
        fewer = replace(found.case, facts={key: value for key, value in found.case.facts.items() if key != path})
        answer = decide(RULEBOOK, fewer, "extradition")
        assert (answer.outcome, [ground.id for ground in answer.grounds]) != ("may_refuse", ["cpc-464-1-7"]), path


def test_days_and_tellings_come_apart() -> None:
    days = [View(day, on=datetime.date.fromisoformat(day)) for day in ("2026-03-18", "2026-03-19")]
    assert [outcome for outcome, _ in gists(next(find(RULEBOOK, "extradition", days)))] == ["may_grant", "must_refuse"]
    told = [
        View(name, RULEBOOK.tellings[name].chosen(), stage=RULEBOOK.tellings[name].stage)
        for name in ("press-signed", "press-adopted")
    ]
    check_file(next(find(RULEBOOK, "extradition", told)))


def test_two_days_of_the_same_law_never_come_apart() -> None:
    days = [View(day, on=datetime.date.fromisoformat(day)) for day in ("2026-03-17", "2026-03-18")]
    assert next(find(RULEBOOK, "extradition", days), None) is None


def test_two_days_of_the_same_law_may_come_apart_over_a_fact_of_the_case() -> None:
    """Citizenship and service begin and end on days of their own."""
    days = [View(day, on=datetime.date.fromisoformat(day)) for day in ("2026-03-17", "2026-03-18")]
    found = next(find(RULEBOOK, "citizenship", days))
    assert "2026-03-1" in found.to_yaml().partition("expect:")[0]
    check_file(found)


@pytest.mark.parametrize("question", RULEBOOK.questions)
def test_what_tells_two_days_apart_can_be_on_both(question: str) -> None:
    """Also where the facts stand in an order with the day of the law, which is another on each side."""
    days = [View("", on=datetime.date(2026, month, 1)) for month in (3, 7)]
    for found in islice(find(RULEBOOK, question, days, seed=1), 2):
        assert len({outcome for outcome, _ in gists(found)}) == 2
        for view in days:
            decide(RULEBOOK, found.case, question, on=view.on, readings=found.readings, forward_chaining=False)


def test_the_only_ground() -> None:
    found = next(find(RULEBOOK, "extradition", [View("")], Wanted(only_ground="cpc-464-2-3")))
    assert gists(found) == [("may_refuse", ("cpc-464-2-3",))]
    check_file(found)


def test_there_is_none_where_the_law_excludes_it() -> None:
    """A discretionary ground never supports a refusal that must be."""
    assert next(find(RULEBOOK, "extradition", [View("")], Wanted("must_refuse", ("cpc-464-2-3",))), None) is None


def test_what_is_given_is_kept() -> None:
    (given_case,) = parse_cases(RULEBOOK, "facts: {person: {citizenships: [{state: KG}]}, offence: {political: no}}")
    found = next(find(RULEBOOK, "extradition", COMBAT, given=given_case))
    assert found.case.facts["person.citizenships"] == given_case.facts["person.citizenships"]
    assert found.case.facts["offence.political"] is False
    (russian,) = parse_cases(RULEBOOK, "facts: {person: {citizenships: [{state: RU}]}}")
    assert next(find(RULEBOOK, "extradition", COMBAT, given=russian), None) is None


@pytest.mark.parametrize("question", RULEBOOK.questions)
def test_every_outcome_of_every_question_has_its_simplest_case(question: str) -> None:
    for outcome in RULEBOOK.questions[question].outcomes:
        stage = "first_reading" if question == "removal" else None
        found = next(find(RULEBOOK, question, [View("", stage=stage)], Wanted(outcome.id)), None)
        assert found is not None, outcome.id
        assert gists(found)[0][0] == outcome.id
        check_file(found)


@given(random_laws())
@examples(quick=6, full=40)
def test_no_case_shows_what_is_said_to_be_shown_by_none(law: RandomLaw) -> None:
    """Where a random case comes apart under two options, or has an outcome, something is found."""
    rulebook = law.rulebook()
    try:
        case = law.case(rulebook)
    except ProblemsFound:
        case = Case()
    views = [View(option, {"strictness": option}) for option in READINGS["strictness"]]
    found = next(find(rulebook, QUESTION, views), None)
    if found is not None:
        assert len({outcome for outcome, _ in gists(found)}) > 1
    made = decider(rulebook, QUESTION)
    outcomes = []
    for view in views:
        try:
            valuation = value_case(rulebook, case, view.readings).valuation
        except ProblemsFound:
            return
        outcomes.append(made.possible(valuation))
    if all(len(possible) == 1 for possible in outcomes) and outcomes[0] != outcomes[1]:
        assert found is not None
    for outcome in OUTCOMES:
        reached = next(find(rulebook, QUESTION, views[:1], Wanted(outcome)), None)
        assert reached is not None or (outcome,) != outcomes[0]
