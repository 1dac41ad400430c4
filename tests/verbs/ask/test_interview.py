"""The interview: that it asks only what can still change the answer, and ends where the whole case would end."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.case.case import Case
from lawmodel.case.file import load_cases, parse_cases
from lawmodel.case.valuation import value_case
from lawmodel.inputs import (
    AFTER_EVERY_DAY,
    BEFORE_EVERY_DAY,
    LAW_DATE,
    DayBounds,
    GivenValue,
    Scalar,
    Value,
)
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import decider
from lawmodel.law_files import case_files, rules_folder, scenarios_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.verbs.ask.interview import Asking, Interview
from tests.inquiry.ferry import ferry
from tests.sizes import examples, one_in

RULEBOOK = load_rulebook(rules_folder())
FILES = case_files([scenarios_folder()])
CASES = [(case, question) for file in FILES for case in load_cases(RULEBOOK, file) for question in case.asked()]


def known(case: Case, asking: Asking) -> Value | DayBounds:
    """What a case says of what is asked, also by presuming or leaving out; of a day that is not known, its bounds."""
    values = value_case(RULEBOOK, case).valuation.values
    given: GivenValue
    if asking.records is not None and asking.fact is not None:
        listed, as_given = values[asking.records], case.facts[asking.records]
        assert isinstance(listed, tuple)
        assert isinstance(as_given, tuple)
        value: Value = listed[asking.number - 1][asking.fact.id]
        given = as_given[asking.number - 1].get(asking.fact.id)
    else:
        value, given = values[asking.key], case.facts.get(asking.key)
    if value is None and isinstance(given, DayBounds):
        return given
    return len(value) if isinstance(value, tuple) else value


def hold(interview: Interview, case: Case) -> None:
    """Answer everything as the case has it."""
    while (asking := interview.next()) is not None:
        value = None if asking.reading is not None else known(case, asking)
        if value is None:
            interview.do_not_know()
        else:
            interview.give(value)


def dated(case: Case) -> Case:
    """Nothing but what an interview does not ask for unless it has to: what a file may leave out, and the day."""
    kept = {
        path: value
        for path, value in case.facts.items()
        if path == RULEBOOK.law_date or RULEBOOK.facts[path].left_out != "unknown"
    }
    return Case(facts=kept)


@pytest.mark.parametrize("number", one_in(20, range(0, len(CASES), 15)))
def test_it_ends_where_the_whole_case_ends(number: int) -> None:
    case, question = CASES[number]
    interview = Interview(RULEBOOK, question, dated(case))
    hold(interview, case)
    whole = decide(RULEBOOK, case, question)
    assert interview.possible() == whole.possible
    assert interview.answer().possible == whole.possible
    assert len({asking.key for asking in interview.asked}) == len(interview.asked)


@given(number=st.integers(0, len(CASES) - 1), skipped=st.integers(0, 3))
@examples(quick=6, full=30)
def test_it_asks_only_what_the_solver_says_the_answer_turns_on(number: int, skipped: int) -> None:
    case, question = CASES[number]
    interview = Interview(RULEBOOK, question, dated(case))
    not_known: set[str] = set()
    for place in range(6):
        asking = interview.next()
        if asking is None:
            break
        valuation = value_case(RULEBOOK, interview.case, interview.readings).valuation
        groups = decider(RULEBOOK, question).exact(valuation).turns_on()
        # Or a day that narrows one down that is not known, where nothing else is left.
        assert any(asking.key in group for group in groups) or {key for group in groups for key in group} <= not_known
        value = known(case, asking) if asking.reading is None and place >= skipped else None
        if value is None:
            interview.do_not_know()
            not_known.add(asking.key)
        else:
            interview.give(value)


def test_a_day_that_narrows_down_one_that_is_not_known_is_asked_for() -> None:
    case = next(case for case, _ in CASES if case.name.endswith("exactness/decision-day-unknown.yaml"))
    without_it = {path: value for path, value in case.facts.items() if path != "request.received"}
    interview = Interview(RULEBOOK, "extradition", replace(case, facts=without_it))
    hold(interview, case)
    assert interview.asked[-1].key == "request.received"
    assert interview.possible() == ("must_refuse",)
    assert interview.back()
    assert interview.possible() == ("must_refuse", "may_grant")


def test_a_citizen_is_settled_by_few_questions() -> None:
    presumed = Case(presume=True)
    interview = Interview(RULEBOOK, "extradition", presumed, on=datetime.date(2026, 6, 15))
    answers: dict[str, Scalar] = {
        "person.citizenships": 1,
        "person.citizenships[1].state": "RU",
        "person.citizenships[1].from": BEFORE_EVERY_DAY,
        "person.citizenships[1].to": AFTER_EVERY_DAY,
    }
    while (asking := interview.next()) is not None:
        interview.give(answers[asking.name])
    assert [asking.name for asking in interview.asked][:2] == ["person.citizenships", "person.citizenships[1].state"]
    assert {asking.name for asking in interview.asked} == set(answers)
    assert interview.possible() == ("must_refuse",)


def test_going_back_restores_what_was_known() -> None:
    presumed = Case(presume=True)
    interview = Interview(RULEBOOK, "extradition", presumed)
    first = interview.next()
    interview.give(1)
    second = interview.next()
    before = interview.case
    interview.give("KG")
    interview.do_not_know()
    assert interview.back()
    assert interview.back()
    assert (interview.case, interview.next()) == (before, second)
    assert interview.back()
    assert interview.next() == first
    assert interview.case == presumed
    assert not interview.back()


def test_what_is_not_known_is_not_asked_again_and_the_answer_says_that_it_depends(tmp_path: Path) -> None:
    interview = Interview(ferry(tmp_path), "crossing")
    asked = []
    while (asking := interview.next()) is not None:
        asked.append(asking.name)
        interview.do_not_know()
    assert len(asked) == len(set(asked)) > 0
    answer = interview.answer()
    assert not answer.determined
    assert {name for group in answer.turns_on for name in group} == set(asked)


def test_it_goes_on_from_a_half_filled_case() -> None:
    (case,) = parse_cases(RULEBOOK, "facts: {person: {citizenships: [{state: RU}]}, decision: {made: 2026-05-04}}")
    interview = Interview(RULEBOOK, "extradition", case)
    asking = interview.next()
    assert asking is not None
    assert asking.name == "request.by"
    interview.give("state")
    assert interview.next() is None
    assert interview.possible() == ("must_refuse",)
    assert "service" in interview.never_needed()


def test_fields_of_a_record_that_was_only_counted_are_not_taken_as_left_out() -> None:
    """A file may leave the last day of service out, and means that it goes on; an interview has to ask."""
    (case,) = parse_cases(
        RULEBOOK,
        """
        presume: ordinary
        facts: {person: {citizenships: [{state: UZ}]}, request: {state: UZ, received: 2026-03-30}}
        """,
    )
    interview = Interview(RULEBOOK, "extradition", case, on=datetime.date(2026, 4, 22))
    answers: dict[str, Scalar] = {
        "service": 1,
        "service[1].basis": "contract",
        "service[1].formation": "armed_forces",
        "service[1].from": datetime.date(2025, 2, 5).toordinal(),
        "service[1].fought": False,
    }
    while (asking := interview.next()) is not None and asking.name in answers:
        interview.give(answers[asking.name])
    assert asking is not None
    assert asking.name == "service[1].to"
    assert set(interview.possible()) == {"must_refuse", "may_grant"}


def test_a_day_that_contradicts_others_changes_nothing() -> None:
    open_end = parse_cases(
        RULEBOOK,
        """
        presume: ordinary
        facts:
          person: {citizenships: [{state: UZ}]}
          service: [{formation: armed_forces, basis: contract, from: 2025-02-01, to: unknown, fought: no}]
          decision: {made: 2026-04-22}
        """,
    )[0]
    interview = Interview(RULEBOOK, "extradition", open_end)
    asking = interview.next()
    assert asking is not None
    assert asking.name == "service[1].to"
    with pytest.raises(ProblemsFound):
        interview.give(datetime.date(2024, 1, 1).toordinal())
    assert interview.next() == asking
    assert not interview.asked


def test_why_a_question_is_asked() -> None:
    order = datetime.date(2026, 3, 1).toordinal()
    interview = Interview(RULEBOOK, "surrender", Case(facts={"decision.made": order}), thorough=True)
    told: dict[str, Scalar] = {
        "decision.notified": order,
        "decision.surrender": datetime.date(2026, 4, 1).toordinal(),
        "decision.appeal": "none",
    }
    while (asking := interview.next()) is not None and asking.name != "offence.other_act_in_russia":
        interview.give(told[asking.name])
    assert asking is not None
    assert interview.bears_on() == ["cpc-465"]
    assert {(one.values, one.possible) for one in interview.if_so()} == {
        ((True,), ("postponed",)),
        ((False,), ("at_once",)),
    }


def test_a_thorough_interview_asks_what_a_file_may_leave_out() -> None:
    assert Interview(RULEBOOK, "surrender").next() is None
    assert Interview(RULEBOOK, "surrender", thorough=True).next() is not None


def test_the_day_of_the_law_is_asked_where_it_is_unknown() -> None:
    path = Path(scenarios_folder()) / "exactness" / "decision-day-unknown.yaml"
    case = next(one for one in load_cases(RULEBOOK, path) if one.variant == "discharged-in-between")
    interview = Interview(RULEBOOK, "extradition", case, on=datetime.date(2026, 5, 25))
    asking = interview.next()
    assert asking is not None
    assert asking.name == RULEBOOK.law_date
    assert asking.key != LAW_DATE


def test_a_question_there_is_not() -> None:
    with pytest.raises(ProblemsFound):
        Interview(RULEBOOK, "extraditon")
