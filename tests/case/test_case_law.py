"""The readings, the day and the stage of a case file; and one variant of a case named as ``FILE#VARIANT``."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lawmodel import (
    Interview,
    ProblemsFound,
    Rulebook,
    case_model,
    compare_readings,
    compare_stages,
    decide,
    group_tellings,
    load_cases,
    load_rulebook,
    why,
)
from lawmodel.inquiry.expectations import unmet

COOK = "scenarios/extradition/04-serving-cook.yaml"
TEXT = """
title: A cook under a law of its own
questions: extradition
presume: ordinary
readings: {combat: everyone}
on: 2026-04-22
stage: in_force
facts:
  person: {citizenships: [{state: UZ}]}
  service: [{formation: armed_forces, basis: contract, from: 2025-02-05, fought: no}]
  request: {state: UZ, received: 2026-03-10}
expect:
  - {question: extradition, outcome: may_grant}
  - {question: extradition, readings: {combat: former-only}, outcome: must_refuse}
  - {question: extradition, readings: {combat: former-only}, on: 2026-03-18, outcome: may_grant}
variants:
  - id: before
    on: 2026-03-18
    readings: {combat: unknown}
    expect: [{question: extradition, outcome: may_grant}]
"""


@cache
def law() -> Rulebook:
    return load_rulebook()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "own.yaml"
    found.write_text(TEXT, encoding="utf-8")
    return found


def test_a_case_is_asked_as_it_says(file: Path) -> None:
    case, before = load_cases(law(), file)
    answer = decide(law(), case, "extradition")
    assert (answer.outcome, answer.law_date) == ("may_grant", "2026-04-22")
    assert decide(law(), case, "extradition", readings={"combat": "former-only"}).outcome == "must_refuse"
    assert decide(law(), case, "extradition", on=datetime.date(2026, 3, 18)).law_date == "2026-03-18"
    assert (before.on, before.readings) == (datetime.date(2026, 3, 18), {"combat": "unknown"})


def test_everything_that_is_asked_is_asked_so(file: Path) -> None:
    case = load_cases(law(), file)[0]
    assert why(law(), case, "extradition").outcome == "may_grant"
    assert compare_readings(law(), case, "extradition").chosen == {"combat": "everyone"}
    assert compare_stages(law(), case, "extradition").law.date == "2026-04-22"
    interview = Interview(law(), "extradition", case)
    assert (interview.possible(), interview.readings) == (("may_grant",), {"combat": "everyone"})
    assert interview.law_date() == datetime.date(2026, 4, 22)


def test_a_telling_goes_before_the_case_and_after_what_is_chosen(file: Path) -> None:
    case = load_cases(law(), file)[0]
    telling = next(one for one in law().tellings.values() if one.chosen().get("combat", "everyone") != "everyone")
    told = decide(law(), case, "extradition", told_by=telling.id)
    assert told.readings["combat"] == telling.chosen()["combat"]
    chosen = decide(law(), case, "extradition", told_by=telling.id, readings={"combat": "everyone"})
    assert chosen.readings["combat"] == "everyone"
    rows = group_tellings(law(), case, "extradition").rows
    together = next(row for row in rows if telling.id in row.tellings)
    assert together.answer.possible == told.possible


def test_expectations_start_from_it(file: Path) -> None:
    for case in load_cases(law(), file):
        assert not list(unmet(law(), case))


def test_it_is_written_and_read_back(file: Path, tmp_path: Path) -> None:
    model: Any = case_model(law())
    typed = model.from_case(load_cases(law(), file)[0])
    assert (typed.readings, typed.on, typed.stage) == ({"combat": "everyone"}, datetime.date(2026, 4, 22), "in_force")
    typed.save(tmp_path / "again.yaml")
    again = model.from_case(load_cases(law(), tmp_path / "again.yaml")[0])
    assert again == typed
    with pytest.raises(ValueError, match=r"there is no `Combat`\. Did you mean combat"):
        model(readings={"Combat": "everyone"})
    with pytest.raises(ValueError, match=r"there is no `in-force`\. Did you mean in_force"):
        model(stage="in-force")


def test_it_is_checked(tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text("readings: {combt: everyone}\non: soon\nstage: sined\nfacts: {}\n", "utf-8")
    with pytest.raises(ProblemsFound) as found:
        load_cases(law(), tmp_path / "wrong.yaml")
    assert [problem.line for problem in found.value.problems] == [1, 2, 3]


# --- FILE#VARIANT ------------------------------------------------------------------------------------------


def test_one_variant_by_the_name_that_the_program_prints(file: Path) -> None:
    every = load_cases(law(), COOK)
    for case in every[1:]:
        assert load_cases(law(), case.name) == [case]
    assert load_cases(law(), f"{COOK}#base") == every[:1]
    with pytest.raises(ProblemsFound, match="there is no variant `dischargd`\n  Did you mean discharged"):
        load_cases(law(), f"{COOK}#dischargd")
    with pytest.raises(ProblemsFound, match="there is no such file"):
        load_cases(law(), "nowhere.yaml#discharged")


def test_a_file_whose_own_name_has_the_sign(tmp_path: Path) -> None:
    for name in ("a#b.yaml", "own.yaml#before"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert [case.variant for case in load_cases(law(), tmp_path / "a#b.yaml")] == [None, "before"]
    assert [case.variant for case in load_cases(law(), f"{tmp_path / 'a#b.yaml'}#before")] == ["before"]
    (tmp_path / "own.yaml").write_text(TEXT, encoding="utf-8")
    assert len(load_cases(law(), tmp_path / "own.yaml#before")) == 2  # the file of this name
