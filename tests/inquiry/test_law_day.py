"""The day of the law by a named date: under one reading that of the decision, under another that of the appeal."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner

from lawmodel.answer.answer import Answer
from lawmodel.batch.rows.plan import Asked
from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.commands.main import program
from lawmodel.inputs import NO_DAY, UNKNOWN, Value
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.expectations import unmet
from lawmodel.inquiry.searching.find import View, find
from lawmodel.inquiry.searching.prove import prove
from lawmodel.inquiry.sheet import questions_of
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.compare.compare_dates import compare_dates
from lawmodel.verbs.compare.compare_readings import compare_readings
from lawmodel.verbs.lint.checks import unasked_fact, unused_entry
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw
from lawmodel.verbs.mutate.mutate import MutationAnalysis
from lawmodel.verbs.mutate.mutation_run import MutationRun, distinguishing_cases
from tests.batch.tables import answered, by_decide, table_of

RULES: Final = """
rulebook:
  title: Stalls
  law_date: day-that-counts
  stages: [{id: drafted, says: drafted}, {id: valid, says: valid}]
sources: [{id: act, title: Stalls Act, kind: instrument}]
instruments:
  - id: act
    title: Stalls Act
    sources: [{id: act}]
    steps:
      - {stage: drafted, date: 2025-06-01, certainty: text}
      - {stage: valid, date: 2026-03-10, certainty: text}
facts:
  - {id: permit.made, type: date, title: the permit, phrase: "permit of {}", ask: When?}
  - id: permit.appeal
    type: date
    title: the appeal
    phrase: "appeal decided on {}"
    words: {never: {means: no_day, says: no appeal}}
    left_out: never
    ask: When was the appeal decided?
  - {id: stall.large, type: yes/no, title: size, "yes": a large stall, "no": a small stall, ask: Large?}
consistency:
  - {order: [permit.made, permit.appeal], says: an appeal comes after the permit}
readings:
  - id: whose-day
    title: Whose day counts?
    default: permit
    why: the act is silent
    certainty: inference
    options:
      - {id: permit, says: that of the permit, supported_by: [{id: act, at: s. 2}]}
      - {id: appeal, says: that of the appeal, supported_by: [{id: act, at: s. 3}]}
dates:
  - id: day-that-counts
    title: the day that counts
    reading: whose-day
    permit: permit.made
    appeal: [permit.appeal, permit.made]
    sources: [{id: act}]
    certainty: inference
questions:
  - id: stall
    title: Stall
    subject: The stall
    asks: Is the stall forbidden?
    outcomes:
      - {id: forbidden, says: "yes", means: it is forbidden, predicate: is forbidden}
      - {id: allowed, says: "no", means: it is allowed, predicate: is allowed}
provisions:
  - id: act-1
    question: stall
    title: Large stalls
    citation: Stalls Act s. 1
    text: Large stalls are forbidden.
    certainty: text
    sources: [{id: act}]
    enacted_by: act
    when: {stall.large: yes}
    concludes: forbidden
"""
MARCH: Final = datetime.date(2026, 3, 1)
LATER: Final = datetime.date(2026, 3, 25)
LARGE: Final[dict[str, Value]] = {"permit.made": MARCH.toordinal(), "stall.large": True}
APPEALED: Final[dict[str, Value]] = {**LARGE, "permit.appeal": LATER.toordinal()}


def stalls(folder: Path, text: str = RULES) -> Rulebook:
    (folder / "rulebook.yaml").write_text(text, encoding="utf-8")
    return load_rulebook(folder)


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return stalls(tmp_path_factory.mktemp("stalls"))


def asked(law: Rulebook, facts: dict[str, Value], **how: Any) -> Answer:
    return decide(law, Case(facts=facts), "stall", **how)


def test_by_default_it_is_the_day_of_the_decision(law: Rulebook) -> None:
    answer = asked(law, APPEALED)
    assert (answer.outcome, answer.law_date) == ("allowed", "2026-03-01")


def test_under_the_other_reading_it_is_the_day_of_the_appeal(law: Rulebook) -> None:
    answer = asked(law, APPEALED, readings={"whose-day": "appeal"})
    assert (answer.outcome, answer.law_date) == ("forbidden", "2026-03-25")
    assert [ground.in_force for ground in answer.grounds] == ["2026-03-10"]
    assert "forward chaining" in answer.engines


def test_an_answer_rests_on_the_reading_that_dates_its_law(law: Rulebook) -> None:
    answer = asked(law, APPEALED)
    assert answer.rests_on == ("whose-day",)
    (assumed,) = [one for one in answer.assumes if one.kind == "reading"]
    assert [one.possible for one in assumed.otherwise] == [("forbidden",)]
    assert asked(law, {**APPEALED, "stall.large": False}).rests_on == ()


def test_without_an_appeal_both_are_the_day_of_the_decision(law: Rulebook) -> None:
    for facts in (LARGE, {**LARGE, "permit.appeal": NO_DAY}):
        answer = asked(law, facts, readings={"whose-day": "appeal"})
        assert (answer.outcome, answer.law_date) == ("allowed", "2026-03-01")
        assert asked(law, facts).rests_on == ()


def test_an_open_reading_is_what_the_answer_turns_on(law: Rulebook) -> None:
    answer = asked(law, APPEALED, readings={"whose-day": UNKNOWN})
    assert (answer.possible, answer.law_date) == (("forbidden", "allowed"), None)
    assert answer.turning_points == ("whose-day",)
    (point,) = answer.depends_on
    assert {one.possible for one in point.options} == {("forbidden",), ("allowed",)}


def test_an_unknown_appeal_is_what_it_turns_on_under_its_reading(law: Rulebook) -> None:
    facts: dict[str, Value] = {**LARGE, "permit.appeal": None}
    answer = asked(law, facts, readings={"whose-day": "appeal"})
    assert (answer.possible, answer.turning_points) == (("forbidden", "allowed"), ("permit.appeal",))
    assert asked(law, facts).outcome == "allowed"
    (point,) = answer.depends_on
    assert {one.possible for one in point.options} == {("forbidden",), ("allowed",)}


def test_an_unknown_decision_is_what_it_turns_on(law: Rulebook) -> None:
    facts: dict[str, Value] = {"permit.made": None, "stall.large": True}
    answer = asked(law, facts)
    assert (answer.possible, answer.turning_points) == (("forbidden", "allowed"), ("permit.made",))
    assert (
        asked(law, {**facts, "permit.appeal": LATER.toordinal()}, readings={"whose-day": "appeal"}).outcome
        == "forbidden"
    )


def test_a_day_that_is_chosen_goes_before_the_rule(law: Rulebook) -> None:
    for reading in ("permit", "appeal", UNKNOWN):
        for facts in (APPEALED, LARGE, {**LARGE, "permit.appeal": None}):
            answer = asked(law, facts, on=LATER, readings={"whose-day": reading})
            assert (answer.outcome, answer.law_date) == ("forbidden", "2026-03-25")
            assert answer.rests_on == ()


def test_left_out_it_is_today(law: Rulebook) -> None:
    answer = asked(law, {"stall.large": True})
    assert answer.law_date == datetime.date.today().isoformat()


def test_readings_and_days_are_compared_by_the_law_of_each(law: Rulebook) -> None:
    case = Case(facts=APPEALED)
    compared = compare_readings(law, case, "stall").rows
    assert {row.answer.possible for row in compared} == {("forbidden",), ("allowed",)}
    stretches = compare_dates(law, case, "stall").rows
    assert [row.answer.possible for row in stretches if row.answer is not None] == [("allowed",), ("forbidden",)]


def test_a_case_that_is_found_shows_what_was_wanted(law: Rulebook) -> None:
    views = [View("permit", {"whose-day": "permit"}), View("appeal", {"whose-day": "appeal"})]
    found = next(iter(find(law, "stall", views)))
    assert {one.answer.outcome for one in found.seen} == {"forbidden", "allowed"}
    assert "permit.appeal" in found.case.facts
    on_one_day = [View(one.name, one.readings, on=LATER) for one in views]
    assert next(iter(find(law, "stall", on_one_day)), None) is None  # then the reading is without effect


PROPERTIES: Final = """
properties:
  - id: old-permits
    says: What was permitted before the act is allowed.
    question: stall
    given: {permit.made: {before: 2026-03-10}}
    claims: {never: [forbidden]}
    holds: no
    because: an appeal is decided under the act
  - id: old-permits-by-default
    says: What was permitted before the act is allowed, read as by default.
    question: stall
    given: {permit.made: {before: 2026-03-10}}
    by_default: yes
    claims: {never: [forbidden]}
    holds: yes
  - id: nothing-before-the-act
    says: By the law before the act nothing is forbidden.
    question: stall
    until: 2026-03-09
    claims: {never: [forbidden]}
    holds: yes
  - id: large-by-the-act
    says: By the law of the act large stalls are forbidden.
    question: stall
    since: 2026-03-10
    given: {stall.large: yes}
    claims: {always: [forbidden]}
    holds: yes
"""


def test_properties_speak_of_the_law_of_the_day_that_counts(tmp_path: Path) -> None:
    law = stalls(tmp_path, RULES + PROPERTIES)
    for name, stated in law.properties.items():
        assert prove(law, stated).holds is stated.holds, name


def test_rows_of_a_table_are_answered_as_cases_are(law: Rulebook) -> None:
    days: list[Value] = [MARCH.toordinal(), LATER.toordinal(), None]
    facts: list[dict[str, Value]] = [
        {"permit.made": made, "permit.appeal": appeal, "stall.large": large}
        for made in days
        for appeal in (*days, NO_DAY)
        for large in (True, False)
    ]
    for reading in ("permit", "appeal", UNKNOWN):
        for on in (None, LATER):
            way = Asked(law, "stall", {"whose-day": reading}, on=on)
            found, rejected, _ = answered(way, table_of(law, facts, list(law.facts), typed=True))
            decided = {row: by_decide(way, one) for row, one in enumerate(facts, 1)}
            assert found == {row: one for row, one in decided.items() if one is not None}, (reading, on)
            assert len(rejected) == sum(one is None for one in decided.values())


def test_every_slip_of_the_law_is_told_or_is_no_change(law: Rulebook) -> None:
    analysis = MutationAnalysis(law, [])
    run = MutationRun(analysis, analysis.mutants, None, lambda done, of: None)
    run.go(1)
    unnoticed = [one for one in run.result().seen if one.result.status != "same"]
    assert {"day dropped", "branches swapped", "default moved"} <= {one.kind for one in unnoticed}
    assert [one.kind for one in unnoticed if one.result.case is None] == []
    cases = [case for name, text in distinguishing_cases(analysis, unnoticed) for case in parse_cases(law, text, name)]
    assert [problem for case in cases for problem in unmet(law, case)] == []


def test_what_dates_the_law_is_used(law: Rulebook) -> None:
    surveyed = SurveyedLaw(law)
    for check in (unasked_fact.check, unused_entry.check):
        assert [one.message for one in check(surveyed)] == []


def test_a_fact_that_dates_the_law_alone_asks_no_question(tmp_path: Path) -> None:
    fence = """
  - id: fence
    title: Fence
    asks: Is a fence needed?
    outcomes: [{id: needed, says: "yes", means: it is}, {id: free, says: "no", means: it is not}]
provisions:
  - id: act-2
    question: fence
    title: Fences
    citation: Stalls Act s. 2
    text: Where an appeal was decided there is a fence.
    certainty: text
    sources: [{id: act}]
    when: {permit.appeal: {on_or_after: 2020-01-01}}
    concludes: needed
"""
    both = stalls(tmp_path, RULES.replace("provisions:\n", fence.lstrip("\n"), 1))
    assert questions_of(both, Case(facts={"permit.appeal": LATER.toordinal()})) == ("fence",)


def test_the_law_says_what_dates_it(tmp_path: Path) -> None:
    stalls(tmp_path)
    said = CliRunner().invoke(program, ["law", "day-that-counts", "--rules", str(tmp_path)]).output
    assert "the appeal, if there is one; otherwise the permit" in " ".join(said.split())
    plain = json.loads(CliRunner().invoke(program, ["law", "--json", "--rules", str(tmp_path)]).output)
    assert (plain["law_date"], plain["law_day"]) == ("permit.made", "day-that-counts")


WRONG: Final = {
    "no-such-date": ("law_date: day-that-counts", "law_date: day-that-count", "`day-that-count` is neither a fact"),
    "may-never-come": ("appeal: [permit.appeal, permit.made]", "appeal: permit.appeal", "ends in different facts"),
    "a-day-of-the-calendar": ("    permit: permit.made\n", "    permit: 2026-01-01\n", "cannot date the law"),
    "another-word": (
        "words: {never: {means: no_day, says: no appeal}}\n    left_out: never",
        "words: {never: {means: no_day, says: no appeal}, ever: {means: after_every_day, says: ever}}",
        "it may be `ever`",
    ),
    "never-reached": (
        "[permit.appeal, permit.made]",
        "[permit.made, permit.appeal, permit.made]",
        "`permit.made` stands twice",
    ),
    "always-a-day": ("[permit.appeal, permit.made]", "[permit.made, permit.appeal]", "`permit.made` is a day always"),
    "alone": ("[permit.appeal, permit.made]", "[permit.made]", "the first of several days"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_date_the_law_is_refused_where_it_stands(name: str, tmp_path: Path) -> None:
    old, new, said = WRONG[name]
    assert RULES.count(old) == 1
    text = RULES.replace(old, new)
    with pytest.raises(ProblemsFound) as found:
        stalls(tmp_path, text)
    problem = next(one for one in found.value.problems if said in one.message)
    assert problem.column > 1
    line = text.splitlines()[problem.line - 1]
    assert any(key in line for key in ("law_date", "permit:", "appeal:"))
