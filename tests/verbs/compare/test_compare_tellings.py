"""Tellings in rows that conclude alike, and the least that parts the rows."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from lawmodel.case.case import Case
from lawmodel.case.file import load_cases
from lawmodel.inquiry.decide import decide
from lawmodel.law_files import case_files, rules_folder, scenarios_folder
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.compare.compare_tellings import group_tellings
from lawmodel.verbs.compare.comparisons import TellingComparison
from lawmodel.verbs.tellings.tellings import TEXT, compare_tellings
from tests.inquiry.ferry import TELLINGS, ferry
from tests.sizes import one_in

RULEBOOK = load_rulebook(rules_folder())
ON = datetime.date(2022, 5, 1)


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return ferry(tmp_path_factory.mktemp("ferry"), TELLINGS)


def crossing(
    law: Rulebook, readings: dict[str, str] | None = None, stage: str | None = None, **facts: Any
) -> TellingComparison:
    armed = facts.pop("armed", True)
    given = {"passes": ({"from": 1},), "traveller.armed": armed, "traveller.drunk": False, **facts}
    return group_tellings(law, Case(facts=given), "crossing", readings=readings, on=ON, stage=stage)


def test_those_that_conclude_alike_are_one_row(law: Rulebook) -> None:
    found = crossing(law)
    assert [(row.tellings, row.answer.possible, row.answer.grounds) for row in found.rows] == [
        (("text", "almanac"), ("delayed",), ("arms-1",)),
        (("gazette",), ("free",), ()),
    ]
    assert [(one.rows, one.over, one.pairs) for one in found.differences] == [
        ((0, 1), ("arms",), (("almanac", "gazette"),)),
    ]


def test_a_chosen_reading_goes_before_what_is_told(law: Rulebook) -> None:
    found = crossing(law, {"arms": "carried"})
    assert [(row.tellings, row.answer.possible) for row in found.rows] == [
        (("text", "almanac"), ("delayed",)),
        (("gazette",), ("refused",)),
    ]
    assert {one.over for one in found.differences} == {("severity",)}
    assert found.chosen == {"arms": "carried"}
    opened = crossing(law, {"arms": "unknown"})
    assert {row.answer.possible for row in opened.rows} == {("delayed", "free"), ("refused", "free")}


def test_a_chosen_stage_is_that_of_every_source(law: Rulebook) -> None:
    case = Case(facts={"passes": ({"from": 1},), "traveller.armed": True, "traveller.drunk": True})
    on = datetime.date(2020, 5, 1)  # drafted, and not yet valid
    found = group_tellings(law, case, "crossing", on=on)
    assert [(row.tellings, row.answer.possible) for row in found.rows] == [
        (("text", "almanac"), ("free",)),
        (("gazette",), ("refused",)),
    ]
    assert {one.over for one in found.differences} == {("stage",)}
    drafted = group_tellings(law, case, "crossing", on=on, stage="drafted")
    assert [(row.tellings, row.answer.possible) for row in drafted.rows] == [
        (("text", "almanac"), ("delayed",)),
        (("gazette",), ("refused",)),
    ]
    assert {one.over for one in drafted.differences} == {("severity",)}
    valid = group_tellings(law, case, "crossing", on=on, stage="valid")
    assert [row.answer.possible for row in valid.rows] == [("free",)]


def test_what_follows_beside_the_outcome_parts_as_well(law: Rulebook) -> None:
    found = crossing(law, passes=(), armed=False)
    assert {row.answer.possible for row in found.rows} == {("delayed",)}
    assert [row.tellings for row in found.rows] == [("text", "gazette"), ("almanac",)]
    assert {one.over for one in found.differences} == {("toll",)}


def test_where_no_source_speaks_the_text_is_alone(law: Rulebook) -> None:
    found = group_tellings(law, Case(), "weather", on=ON)
    assert [row.tellings for row in found.rows] == [("text",)]
    assert (found.silent, found.differences) == (("gazette", "almanac"), ())


@pytest.mark.parametrize("number", one_in(3, ["04", "09", "12", "25", "31"]))
def test_hypotheticals_as_the_articles_tell_the_law(number: str) -> None:
    (file,) = (file for file in case_files([scenarios_folder()]) if file.name.startswith(number))
    for case in load_cases(RULEBOOK, file):
        for question in case.asked():
            check(case, question)


def check(case: Case, question: str) -> None:
    """Each telling is in one row, the one with its conclusion; each difference is one that `tellings` shows."""
    found = group_tellings(RULEBOOK, case, question)
    shown = compare_tellings(RULEBOOK, case, question)
    assert sorted(name for row in found.rows for name in row.tellings) == sorted(
        TEXT if one.telling is None else one.telling.id for one in shown.told
    )
    assert found.rows[0].tellings[0] == TEXT
    for row in found.rows:
        for name in row.tellings:
            told_by = None if name == TEXT else name
            answer = decide(RULEBOOK, case, question, told_by=told_by, forward_chaining=False)
            assert row.answer.possible == answer.possible
            assert set(row.answer.grounds) <= {ground.id for ground in answer.grounds}
            assert {ground.id for ground in answer.grounds} <= {*row.answer.grounds, *row.answer.further_grounds}
    over = {frozenset({one.one, one.other}): set(one.over) for one in shown.differences}
    for difference in found.differences:
        for pair in difference.pairs:
            assert difference.over in over[frozenset(pair)]
            assert {pair[0] in row.tellings for row in (found.rows[difference.rows[0]],)} == {True}
            assert pair[1] in found.rows[difference.rows[1]].tellings


def test_a_rulebook_without_tellings_has_the_text_alone(tmp_path: Path) -> None:
    found = crossing(ferry(tmp_path))
    assert [row.tellings for row in found.rows] == [("text",)]
