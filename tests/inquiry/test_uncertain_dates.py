"""Which derived or disputed dates an answer names: those on whose being right it rests on the day of the law."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from lawmodel.case.file import load_cases, parse_cases
from lawmodel.inquiry.decide import decide
from lawmodel.law_files import rules_folder, scenarios_folder
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook

HARBOUR = """
rulebook:
  title: The harbour
  law_date: visit.on
  stages: [{id: drafted, says: drafted}, {id: signed, says: signed}, {id: valid, says: valid}]
sources:
  - {id: act, title: Harbour Act, kind: instrument}
  - {id: gazette, title: The gazette, kind: press}
instruments:
  - id: act
    title: Harbour Act
    sources: [{id: act}]
    steps:
STEPS
facts:
  - {id: visit.on, type: date, title: the visit, phrase: "visited on {}", ask: When?}
questions:
  - id: fee
    title: Fee
    asks: Is a fee due?
    outcomes:
      - {id: double, says: double, means: a double fee is due}
      - {id: due, says: due, means: a fee is due}
      - {id: free, says: free, means: no fee is due}
provisions:
  - id: first
    question: fee
    title: The fee of the first wording
    citation: Act s. 1
    text: A fee is due.
    certainty: text
    sources: [{id: act}]
    when: {law: {instrument: act, version: first}}
    concludes: due
  - id: second
    question: fee
    title: The fee of the second wording
    citation: Act s. 2
    text: A double fee is due.
    certainty: text
    sources: [{id: act}]
    when: {law: {instrument: act, version: second}}
    concludes: double
"""


def harbour(folder: Path, *steps: str, ceases: str = "") -> Rulebook:
    lines = [f"      - {{{step}}}" for step in steps] + ([f"    ceases: {{{ceases}}}"] if ceases else [])
    text = HARBOUR if "version: second" in str(steps) else HARBOUR.partition("  - id: second\n")[0]
    (folder / "harbour.yaml").write_text(text.replace("STEPS", "\n".join(lines)), encoding="utf-8")
    return load_rulebook(folder)


def named(rulebook: Rulebook, on: str, stage: str | None = None) -> list[tuple[str, str, tuple[str, ...]]]:
    case = parse_cases(rulebook, "presume: ordinary")[0]
    answer = decide(rulebook, case, "fee", on=datetime.date.fromisoformat(on), stage=stage)
    return [(one.stage, one.date, one.possible) for one in answer.uncertain_dates]


BILL_AND_LAW = (
    "stage: drafted, date: 2020-01-10, certainty: report, version: first",
    "stage: signed, date: 2020-03-23, certainty: report, version: second",
    "stage: valid, date: 2020-04-03, certainty: derived, version: second",
)


@pytest.mark.parametrize("day", ["2019-05-22", "2020-01-10", "2020-03-22"])
def test_a_date_is_not_doubted_before_what_is_certain_to_come_first(tmp_path: Path, day: str) -> None:
    assert named(harbour(tmp_path, *BILL_AND_LAW), day) == []


def test_the_wording_is_the_one_of_the_day(tmp_path: Path) -> None:
    law = harbour(tmp_path, *BILL_AND_LAW)
    assert named(law, "2020-03-23") == [("valid", "2020-04-03", ("double",))]
    assert named(law, "2020-04-02") == [("valid", "2020-04-03", ("double",))]
    assert named(law, "2020-04-03") == [("valid", "2020-04-03", ("free",))]
    assert named(law, "2030-01-01") == [("valid", "2020-04-03", ("free",))]


@pytest.mark.parametrize(("day", "said"), [("2020-04-02", "already law"), ("2020-04-03", "not yet law")])
def test_what_would_be_so_if_the_date_were_wrong(tmp_path: Path, day: str, said: str) -> None:
    law = harbour(tmp_path, *BILL_AND_LAW)
    case = parse_cases(law, "presume: ordinary")[0]
    answer = decide(law, case, "fee", on=datetime.date.fromisoformat(day))
    (doubted,) = [one for one in answer.assumes if one.kind == "date"]
    assert [one.says.partition(" on ")[0] for one in doubted.otherwise] == [said]


def test_at_an_earlier_stage_a_later_doubtful_date_says_nothing(tmp_path: Path) -> None:
    assert named(harbour(tmp_path, *BILL_AND_LAW), "2020-05-01", stage="signed") == []


def test_a_doubtful_wording_of_what_is_certainly_law_is_named(tmp_path: Path) -> None:
    law = harbour(
        tmp_path,
        "stage: signed, date: 2020-03-23, certainty: text, version: first",
        "stage: valid, date: 2020-04-03, certainty: open, version: second",
    )
    assert named(law, "2020-04-01", stage="signed") == [("valid", "2020-04-03", ("double",))]
    assert named(law, "2020-04-10", stage="signed") == [("valid", "2020-04-03", ("due",))]
    assert named(law, "2020-03-20", stage="signed") == []


def test_dates_that_can_only_be_wrong_together_are_one_doubt(tmp_path: Path) -> None:
    law = harbour(
        tmp_path,
        "stage: drafted, date: 2020-01-10, certainty: text",
        "stage: signed, date: 2020-03-23, certainty: derived, version: first",
        "stage: valid, date: 2020-04-03, certainty: derived",
    )
    assert named(law, "2020-03-01") == [("valid", "2020-04-03", ("due",))]
    assert named(law, "2020-05-01") == [("valid", "2020-04-03", ("free",))]
    assert named(law, "2020-01-09") == []


def test_a_disputed_date_is_doubted_though_it_is_reported(tmp_path: Path) -> None:
    disputed = "disputed_by: [{id: gazette, says: March 2019}]"
    law = harbour(
        tmp_path,
        f"stage: signed, date: 2020-03-23, certainty: report, version: first, {disputed}",
        f"stage: valid, date: 2020-03-23, certainty: report, {disputed}",
    )
    assert named(law, "2019-06-01") == [("valid", "2020-03-23", ("due",))]


def test_an_end_that_is_doubtful_is_doubted_on_both_sides_but_not_before_the_law(tmp_path: Path) -> None:
    law = harbour(
        tmp_path,
        "stage: valid, date: 2020-04-03, certainty: text, version: first",
        ceases="date: 2021-01-01, certainty: open",
    )
    assert named(law, "2020-12-31") == [("ceases", "2021-01-01", ("free",))]
    assert named(law, "2021-01-01") == [("ceases", "2021-01-01", ("due",))]
    assert named(law, "2020-04-02") == []


def test_a_certain_end_settles_a_doubtful_beginning(tmp_path: Path) -> None:
    law = harbour(
        tmp_path,
        "stage: valid, date: 2020-04-03, certainty: derived, version: first",
        ceases="date: 2021-01-01, certainty: text",
    )
    assert named(law, "2020-06-01") == [("valid", "2020-04-03", ("free",))]
    assert named(law, "2021-01-01") == []


@pytest.mark.parametrize(
    ("day", "doubted"), [("2025-05-22", []), ("2026-03-25", ["2026-04-03"]), ("2026-04-14", ["2026-04-03"])]
)
def test_a_soldier_before_the_bill_is_told_of_no_date_of_the_law(day: str, doubted: list[str]) -> None:
    rulebook = load_rulebook(rules_folder())
    soldier = load_cases(rulebook, scenarios_folder() / "expulsion" / "31-bill-and-law.yaml")[0]
    answer = decide(rulebook, soldier, "expulsion", on=datetime.date.fromisoformat(day))
    assert [one.date for one in answer.uncertain_dates] == doubted


def test_on_the_last_day_of_the_calendar_no_date_lies_after_it() -> None:
    rulebook = load_rulebook(rules_folder())
    case = load_cases(rulebook, scenarios_folder() / "extradition/04-serving-cook.yaml")[0]
    answer = decide(rulebook, case, "extradition", on=datetime.date.max)
    assert answer.outcome == decide(rulebook, case, "extradition", on=datetime.date(2030, 1, 1)).outcome
    assert answer.uncertain_dates == ()
