"""The examples: rulebooks and bills that the program was not written for."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pytest

from lawmodel.case.case import Case
from lawmodel.case.file import load_cases
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.expectations import unmet
from lawmodel.inquiry.searching.find import View
from lawmodel.problems import ProblemsFound
from lawmodel.render.terminal import Screen, show
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.diff.diff import diff
from lawmodel.verbs.diff.document import document

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
NATIONALITY = EXAMPLES / "british-nationality"
NATIONALITY_CASES = sorted((NATIONALITY / "cases").glob("*.yaml"))
BILL = EXAMPLES / "deserter-bill" / "deserter-bill.yaml"
DESERTER = EXAMPLES / "deserter-bill" / "deserter.yaml"


@pytest.fixture(scope="module")
def nationality() -> Rulebook:
    return load_rulebook(NATIONALITY / "rules")


@pytest.fixture(scope="module")
def law() -> Rulebook:
    return load_rulebook(ROOT / "rules")


@pytest.fixture(scope="module")
def law_with_bill() -> Rulebook:
    return load_rulebook(ROOT / "rules", BILL)


def deserter(rulebook: Rulebook) -> Case:
    return load_cases(rulebook, DESERTER)[0]


def test_a_dozen_cases_of_another_country() -> None:
    assert len(NATIONALITY_CASES) >= 12


@pytest.mark.parametrize("path", NATIONALITY_CASES, ids=lambda path: path.stem)
def test_nationality_case_meets_its_expectations(nationality: Rulebook, path: Path) -> None:
    cases = load_cases(nationality, path)
    assert all(case.expectations for case in cases), "a case or variant that expects nothing tests nothing"
    assert [str(problem) for case in cases for problem in unmet(nationality, case)] == []


@pytest.mark.parametrize("path", sorted((EXAMPLES / "terms" / "cases").glob("*.yaml")), ids=lambda path: path.stem)
def test_cases_of_terms_meet_their_expectations(path: Path) -> None:
    terms = load_rulebook(EXAMPLES / "terms" / "rules")
    cases = load_cases(terms, path)
    assert all(case.expectations for case in cases)
    assert [str(problem) for case in cases for problem in unmet(terms, case)] == []


def test_every_provision_and_option_of_the_nationality_rulebook_decides_some_case(nationality: Rulebook) -> None:
    expectations = [
        one for path in NATIONALITY_CASES for case in load_cases(nationality, path) for one in case.expectations
    ]
    grounds = {ground for one in expectations for ground in one.grounds or ()}
    chosen = {(name, option) for one in expectations for name, option in one.readings.items()}
    departures = {
        (reading.id, option.id)
        for reading in nationality.readings.values()
        for option in reading.options
        if option.id != reading.default
    }
    assert grounds == {name for name, one in nationality.provisions.items() if one.concludes is not None}
    assert departures <= chosen


def test_a_wrong_expectation_is_noticed(nationality: Rulebook, tmp_path: Path) -> None:
    text = (NATIONALITY / "cases" / "06-another-husband.yaml").read_text(encoding="utf-8")
    assert "outcome: not_citizen" in text
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text.replace("outcome: not_citizen", "outcome: citizen"), encoding="utf-8")
    (problem,) = (problem for case in load_cases(nationality, wrong) for problem in unmet(nationality, case))
    assert "outcome expected citizen, found not_citizen" in str(problem)


def test_nobody_is_decided_on_before_the_birth(nationality: Rulebook, tmp_path: Path) -> None:
    impossible = tmp_path / "impossible.yaml"
    impossible.write_text("facts: {birth: {date: 2001-01-01}, decision: {made: 2000-01-01}}", encoding="utf-8")
    with pytest.raises(ProblemsFound, match="before the birth"):
        load_cases(nationality, impossible)


def test_deserter_case_meets_its_expectations(law_with_bill: Rulebook) -> None:
    cases = load_cases(law_with_bill, DESERTER)
    assert all(case.expectations for case in cases)
    assert [str(problem) for case in cases for problem in unmet(law_with_bill, case)] == []


@pytest.mark.parametrize(
    ("with_bill", "stage", "pending", "enacted"),
    [
        (False, None, "must_refuse", "must_refuse"),
        (False, "introduced", "must_refuse", "must_refuse"),
        (True, None, "must_refuse", "may_grant"),
        (True, "introduced", "may_grant", "may_grant"),
        (True, "first_reading", "must_refuse", "may_grant"),
    ],
)
def test_the_bill_changes_the_answer_as_its_readme_says(
    law: Rulebook, law_with_bill: Rulebook, with_bill: bool, stage: str | None, pending: str, enacted: str
) -> None:
    rulebook = law_with_bill if with_bill else law
    case = deserter(rulebook)
    on = datetime.date(2027, 3, 1)
    assert decide(rulebook, case, "extradition", stage=stage).outcome == pending
    assert decide(rulebook, case, "extradition", stage=stage, on=on).outcome == enacted


def test_with_the_bill_the_reading_of_desertion_no_longer_matters(law: Rulebook, law_with_bill: Rulebook) -> None:
    assert "desertion" in decide(law, deserter(law), "extradition").rests_on
    assert "desertion" not in decide(law_with_bill, deserter(law_with_bill), "extradition", stage="introduced").rests_on


# --- earlier editions --------------------------------------------------------------------------------

FIRST = EXAMPLES / "editions" / "first"
CITED = "30dafd08c4c07a6e448a5a4c8d3ccb7ebdeae6ad2675253c7b9dbab5bda37ea2"


@pytest.fixture(scope="module")
def first_edition() -> Rulebook:
    return load_rulebook(FIRST)


def test_an_edition_that_was_cited_is_never_changed(first_edition: Rulebook) -> None:
    assert (first_edition.version, first_edition.content_hash) == ("0.1.0", CITED)
    assert CITED in (EXAMPLES / "editions" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("variant", "first", "second"),
    [
        (None, ("must_refuse", ["refugees-10"]), ("may_grant", [])),
        ("own-state-asks", ("must_refuse", ["refugees-10"]), ("must_refuse", ["refugees-10"])),
        ("serving", ("must_refuse", ["cpc-464-1-7", "refugees-10"]), ("must_refuse", ["cpc-464-1-7"])),
    ],
)
def test_both_editions_answer_a_case(
    first_edition: Rulebook,
    law: Rulebook,
    variant: str | None,
    first: tuple[str, list[str]],
    second: tuple[str, list[str]],
) -> None:
    for rulebook, expected in ((first_edition, first), (law, second)):
        cases = load_cases(rulebook, EXAMPLES / "editions" / "refugee.yaml")
        (case,) = [one for one in cases if one.variant == variant]
        answer = decide(rulebook, case, "extradition", readings={"treaty-conflict": "code-prevails"})
        assert (answer.outcome, [ground.id for ground in answer.grounds]) == expected


@pytest.mark.long
def test_what_changed_between_editions_is_told_case_by_case(first_edition: Rulebook, law: Rulebook) -> None:
    found = diff(law, View("first", rulebook=first_edition), View("second", rulebook=law), questions=["extradition"])
    turns = {(turn.before, turn.after) for one in found.questions for turn in one.changes}
    assert {("must_refuse", "may_grant"), ("must_refuse", "not_available")} <= turns
    stream = io.StringIO()
    show(document(found), Screen(stream, 80))
    said = stream.getvalue()
    assert said.splitlines()[2] == "Extradition"  # not hundreds of lines of entries first
    assert "Not shown  what changed in " in said
