"""`lawmodel decisions`: how reported decisions stand to the rulebook, and under which readings otherwise."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from lawmodel.case.decision_file import parse_decision, read_decision
from lawmodel.case.decision_schema import decision_file_schema
from lawmodel.case.reported_decision import ReportedDecision
from lawmodel.inquiry.decide import decide
from lawmodel.law_files import case_files
from lawmodel.problems import Collector, ProblemsFound
from lawmodel.reasoning.comparing.smallest_changes import SmallestChanges
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.decisions.compare_decision import compare_decision
from tests.commands.running import Run
from tests.commands.yaml_1_2 import read_as_editors_do
from tests.sizes import one_in

CHECKOUT = Path(__file__).parents[3]
SUPPLIED = CHECKOUT / "examples" / "decisions"
NATIONALITY = CHECKOUT / "examples" / "british-nationality" / "rules"

BEES = """
title: In re a roof
authority: the Bee Court
day: 2026-01-01
sources:
  - {title: The Hive Gazette, at: page 3, address: https://example.org/hives, seen: {how: report, on: 2026-02-01}}
question: bees
outcome: OUTCOME
grounds: [GROUND]
report: Some hives stood there.
remarks: [The court said little.]
facts:
  site: {kind: roof, hives: HIVES}
  keeper: {trained: TRAINED, home: town}
  lease: []
"""
FOUNDLING = """
title: Re an invented foundling
authority: an invented court
day: 2005-03-01
sources: [{title: an invented report, seen: {how: none}}]
question: citizenship-by-birth
outcome: OUTCOME
report: An infant of seven months was found.
facts:
  birth: {place: elsewhere}
  found: {as_infant: yes, date: 2005-01-20, place: united_kingdom, age_days: 210, could_tell: no}
"""


@pytest.fixture(scope="module")
def bees() -> Rulebook:
    return load_rulebook(CHECKOUT / "tests" / "bad" / "rulebook.yaml")


@pytest.fixture(scope="module")
def supplied() -> Rulebook:
    return load_rulebook(CHECKOUT / "rules")


def bee_decision(
    rulebook: Rulebook, outcome: str, ground: str = "", *, hives: str = "7", trained: str = "yes"
) -> ReportedDecision:
    text = BEES.replace("OUTCOME", outcome).replace("HIVES", hives).replace("TRAINED", trained)
    return parse_decision(rulebook, text.replace("[GROUND]", f"[{ground}]"))


# --- what is read ---------------------------------------------------------------------------------------


def test_a_decision_is_read_as_it_is_written(bees: Rulebook) -> None:
    read = bee_decision(bees, "forbidden", "bee-act-2")
    assert (read.title, read.authority, read.day) == ("In re a roof", "the Bee Court", datetime.date(2026, 1, 1))
    assert (read.question, read.outcome, read.grounds) == ("bees", "forbidden", ("bee-act-2",))
    assert (read.report, read.remarks, read.expect) == ("Some hives stood there.", ("The court said little.",), None)
    (source,) = read.sources
    assert (source.title, source.at, source.address) == ("The Hive Gazette", "page 3", "https://example.org/hives")
    assert (source.how, source.seen_on) == ("report", datetime.date(2026, 2, 1))
    assert read.case.facts["site.hives"] == 7


def test_the_law_is_that_of_the_day_of_the_decision_unless_the_facts_say_another(bees: Rulebook) -> None:
    at_first = BEES.replace("2026-01-01", "2025-05-31").replace("OUTCOME", "allowed").replace("[GROUND]", "[]")
    at_first = at_first.replace("HIVES", "7").replace("TRAINED", "yes")
    assert compare_decision(bees, parse_decision(bees, at_first)).verdict == "agrees"  # the Act is of 1 June
    for more in ("facts:\n  decision: {made: 2025-06-01}", "on: 2025-06-01\nfacts:"):
        assert compare_decision(bees, parse_decision(bees, at_first.replace("facts:", more))).verdict == "departs"


# --- how it stands to the law ---------------------------------------------------------------------------


def test_it_agrees_and_under_which_reading_it_would_not(bees: Rulebook) -> None:
    found = compare_decision(bees, bee_decision(bees, "forbidden", "bee-act-2"))
    assert found.verdict == "agrees"
    assert found.not_under == SmallestChanges(({"swarm": "ten"},), every=True)
    assert (found.agrees_under, found.open_under, found.turns_on) == (None, None, ())


def test_it_departs_and_under_which_reading_it_would_agree(bees: Rulebook) -> None:
    found = compare_decision(bees, bee_decision(bees, "conditional"))
    assert found.verdict == "departs"
    assert found.possible == ("forbidden",)
    assert found.agrees_under == SmallestChanges(({"swarm": "ten"},), every=True)


def test_no_reading_makes_it_agree(bees: Rulebook) -> None:
    found = compare_decision(bees, bee_decision(bees, "allowed"))
    assert (found.verdict, found.agrees_under) == ("departs", SmallestChanges((), every=True))


def test_the_same_outcome_on_another_ground_departs(bees: Rulebook) -> None:
    found = compare_decision(bees, bee_decision(bees, "forbidden", "bee-act-1"))
    assert (found.verdict, found.possible, found.grounds_found) == ("departs", ("forbidden",), ("bee-act-2",))


def test_of_several_grounds_each_has_to_speak(bees: Rulebook) -> None:
    for trained, verdict in (("no", "agrees"), ("yes", "departs"), ("unknown", "open")):
        decision = bee_decision(bees, "forbidden", "bee-act-1, bee-act-2", trained=trained)
        assert compare_decision(bees, decision).verdict == verdict


def test_it_is_open_and_on_what_it_turns(bees: Rulebook) -> None:
    found = compare_decision(bees, bee_decision(bees, "forbidden", hives="unknown"))
    assert (found.verdict, found.turns_on) == ("open", (("site.hives",),))
    of_the_ground = compare_decision(bees, bee_decision(bees, "forbidden", "bee-act-1", trained="unknown"))
    assert of_the_ground.possible == ("forbidden",)
    assert (of_the_ground.verdict, of_the_ground.turns_on) == ("open", (("keeper.trained",),))


def test_a_change_can_open_what_none_makes_agree(bees: Rulebook) -> None:
    """Ten hives would not be many, and whether the provision yields to a home on the heath is not known."""
    read = bee_decision(bees, "conditional", "bee-act-2")
    facts = {**read.case.facts, "keeper.home": None}
    found = compare_decision(bees, replace(read, case=replace(read.case, facts=facts)))
    assert found.verdict == "departs"
    assert found.agrees_under == SmallestChanges((), every=True)
    assert found.open_under == SmallestChanges(({"swarm": "ten"},), every=True)


def test_a_reading_that_the_file_chooses_stays(bees: Rulebook) -> None:
    read = bee_decision(bees, "conditional")
    chosen = replace(read, case=replace(read.case, readings={"swarm": "five"}))
    found = compare_decision(bees, chosen)
    assert (found.verdict, found.let_go, found.agrees_under) == ("departs", (), SmallestChanges((), every=True))


def test_another_law_and_a_reading_without_default() -> None:
    nationality = load_rulebook(NATIONALITY)
    for outcome, option in (("citizen", "too-young-to-tell"), ("not_citizen", "first-weeks")):
        found = compare_decision(nationality, parse_decision(nationality, FOUNDLING.replace("OUTCOME", outcome)))
        assert (found.verdict, found.turns_on) == ("open", (("new-born",),))
        assert found.agrees_under is not None
        assert {"new-born": option} in found.agrees_under.sets


# --- the decisions that come with the program -----------------------------------------------------------

FILES = case_files([SUPPLIED])


@pytest.mark.parametrize("file", one_in(4, FILES))
def test_each_change_of_one_reading_does_what_is_said(supplied: Rulebook, file: Path) -> None:
    """Beside `decide`, asked under every option of every reading that bears on the question."""
    problems = Collector()
    decision = read_decision(supplied, file, problems)
    problems.raise_if_any()
    assert decision is not None
    found = compare_decision(supplied, decision)

    def agrees(readings: dict[str, str]) -> bool:
        answer = decide(supplied, decision.case, decision.question, readings=readings, forward_chaining=False)
        grounds = {ground.id for ground in answer.grounds}
        return answer.outcome == decision.outcome and set(decision.grounds) <= grounds

    assert agrees({}) is (found.verdict == "agrees")
    changes = found.not_under or found.agrees_under
    assert changes is not None
    single = [
        {name: option.id}
        for name in found.let_go
        for option in supplied.readings[name].options
        if option.id != supplied.readings[name].default and agrees({name: option.id}) is not agrees({})
    ]
    assert [one for one in changes.sets if len(one) == 1] == single


def test_the_supplied_decisions_stand_as_they_are_recorded(run_once: Run) -> None:
    ran = run_once("decisions", "examples/decisions", "--strict", "--json")
    assert ran.code == 0
    told = json.loads(ran.out)
    assert told["compared"] == len(FILES)
    assert all(one["as_expected"] for one in told["decisions"])
    assert all(one["sources"] and all(source["address"] for source in one["sources"]) for one in told["decisions"])
    for verdict, number in told["counted"].items():
        assert number
        assert number == sum(one["verdict"] == verdict for one in told["decisions"])


def test_what_is_told_of_them(run_once: Run) -> None:
    said = " ".join(run_once("decisions", "examples/decisions", "--all").out.split())
    for words in (
        "The rulebook comes to the same outcome, but not on the grounds stated.",
        "Would agree under torture-assurances=do-not-suffice: assurances do not remove the obstacle",
        "Turns on person.present_in_russia",
        "Would agree under no choice of the",
        "Would not agree under no choice of the",
        "reports of it were seen on 29 November 2026 http://news.bbc.co.uk/2/hi/europe/6287546.stm",
        "presumed facts",
    ):
        assert words in said


def test_another_verdict_than_the_one_recorded(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "lugovoi.yaml"
    text = (SUPPLIED / "lugovoi-2007.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace("expect: agrees", "expect: departs"), encoding="utf-8")
    ran = run("decisions", str(file))
    assert ran.code == 0
    assert "Not as recorded" in ran.out
    assert "recorded departs, found agrees" in ran.out
    assert run("decisions", str(file), "--strict").code == 1


def test_what_no_case_can_be_is_said_at_its_place(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "odd.yaml"
    text = (SUPPLIED / "lugovoi-2007.yaml").read_text(encoding="utf-8")
    text = text.replace("expect: agrees\n", "").replace("state: GB,", "state: GB, received: 2008-01-01,")
    file.write_text(text, encoding="utf-8")
    ran = run("decisions", str(file))
    line = next(number for number, one in enumerate(text.splitlines(), 1) if "received" in one)
    assert ran.code == 2
    assert f"{file}:{line}:" in ran.err


def test_paths_that_lead_nowhere(run: Run, tmp_path: Path) -> None:
    assert "there is no file or folder `nowhere`" in run("decisions", "nowhere").err
    assert run("decisions", str(tmp_path)).code == 2
    assert run("decisions").code == 2


def test_the_file_of_the_documentation_is_one(supplied: Rulebook) -> None:
    text = (CHECKOUT / "docs" / "decisions.md").read_text(encoding="utf-8")
    shown = parse_decision(supplied, text.partition("```yaml\n")[2].partition("```")[0])
    assert compare_decision(supplied, shown).verdict == shown.expect == "agrees"


def test_the_documentation_counts_the_decisions(run_once: Run) -> None:
    counted = run_once("decisions", "examples/decisions", "--all").out.splitlines()[0]
    assert counted in (CHECKOUT / "docs" / "decisions.md").read_text(encoding="utf-8")


# --- the schema for editors -----------------------------------------------------------------------------


def test_the_schema_of_a_decision(supplied: Rulebook, run: Run) -> None:
    schema = decision_file_schema(supplied)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for file in FILES:
        assert list(validator.iter_errors(read_as_editors_do(file.read_text("utf-8")))) == []
    assert json.loads(run("schema", "decision").out) == schema


@pytest.mark.parametrize(
    ("was", "would_be"),
    [
        ("expect: agrees", "expect: perhaps"),
        ("outcome: must_refuse", "outcome: authorised"),
        ("[const-61-1]", "[def-10-2-1]"),
        ("how: report", "how: hearsay"),
        ("authority:", "court:"),
        ("citizenships:", "nationalities:"),
        ("report: >-", "reports: >-"),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(supplied: Rulebook, was: str, would_be: str) -> None:
    text = (SUPPLIED / "lugovoi-2007.yaml").read_text(encoding="utf-8")
    assert was in text
    wrong = text.replace(was, would_be)
    assert list(Draft202012Validator(decision_file_schema(supplied)).iter_errors(read_as_editors_do(wrong)))
    with pytest.raises(ProblemsFound):
        parse_decision(supplied, wrong)
