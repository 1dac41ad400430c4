"""Every claim of every article is protected by a case: were it another claim, an expectation would not be met."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from lawmodel.case.case import Case, Expectation
from lawmodel.case.file import load_cases
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.expectations import differences
from lawmodel.law_files import case_files, rules_folder, scenarios_folder
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from tests.sizes import one_in

LAW = load_rulebook(rules_folder())
PAGE = (Path(__file__).parents[3] / "docs" / "claims.md").read_text(encoding="utf-8")
CLAIMED = [(telling.id, told.reading) for telling in LAW.tellings.values() for told in telling.readings]


@pytest.fixture(scope="module")
def law() -> Rulebook:
    return LAW


@pytest.fixture(scope="module")
def expected(law: Rulebook) -> dict[str, list[tuple[Case, Expectation]]]:
    """By telling: the expectations of the cases that come with the program as it tells the law."""
    found: dict[str, list[tuple[Case, Expectation]]] = {telling: [] for telling in law.tellings}
    for file in case_files([scenarios_folder() / "tellings"]):
        for case in load_cases(law, file):
            for one in case.expectations:
                if one.told_by is not None:
                    found[one.told_by].append((case, one))
    return found


def met(
    law: Rulebook, case: Case, expectation: Expectation, stage: str | None, other: Mapping[str, str] | None = None
) -> bool:
    """Whether the expectation is met at this stage, and under another reading."""
    readings = {**expectation.readings, **(other or {})}
    answer = decide(law, case, expectation.question, readings=readings, on=expectation.on, stage=stage)
    return not any(differences(expectation, answer))


def test_the_cases_are_met_as_the_articles_tell_the_law(
    law: Rulebook, expected: dict[str, list[tuple[Case, Expectation]]]
) -> None:
    assert all(expected.values()), "an article has no case"
    for cases in expected.values():
        assert all(met(law, case, one, one.stage) for case, one in cases)


@pytest.mark.parametrize(("telling", "reading"), one_in(4, CLAIMED), ids=[f"{one}-{what}" for one, what in CLAIMED])
def test_a_case_tells_the_claim_from_another(
    law: Rulebook, expected: dict[str, list[tuple[Case, Expectation]]], telling: str, reading: str
) -> None:
    told = law.tellings[telling].chosen()[reading]
    default = law.readings[reading].default
    silent = default is not None and default != told
    others = [default] if silent else [one.id for one in law.readings[reading].options if one.id != told]
    assert any(
        not met(law, case, one, one.stage, {reading: str(other)})
        for case, one in expected[telling]
        if one.readings.get(reading) == told
        for other in others
    ), f"nobody would notice if {telling} were silent on {reading}"


@pytest.mark.parametrize("telling", LAW.tellings)
def test_a_case_tells_the_stage_from_the_law_in_force(
    law: Rulebook, expected: dict[str, list[tuple[Case, Expectation]]], telling: str
) -> None:
    assert any(not met(law, case, one, law.ordinary_stage) for case, one in expected[telling])


def tables() -> dict[str, list[list[str]]]:
    """The rows of docs/claims.md by article: line, claim, where, case."""
    found: dict[str, list[list[str]]] = {}
    for article, rows in re.findall(r"^## `([a-z-]+)`.*?\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S):
        found[article] = [row.split(" | ") for row in re.findall(r"^\| (L.*) \|$", rows, re.M)]
    return found


@pytest.mark.parametrize("article", LAW.tellings)
def test_the_page_names_a_case_beside_every_claim(law: Rulebook, article: str) -> None:
    files = {file.stem: file for file in case_files([scenarios_folder()])}
    for line, claim, where, *cases in tables()[article]:
        named = re.findall(r"`([^`#]*)#([^`]+)`", " ".join(cases))
        assert named or "background, no rule" in where, f"{article} {line}: {claim}"
        for stem, variant in named:
            variants = [case.variant or "base" for case in load_cases(law, files[stem or article])]
            assert variant in variants, f"{article} {line}: {cases}"


@pytest.mark.parametrize(("telling", "reading"), CLAIMED, ids=[f"{one}-{what}" for one, what in CLAIMED])
def test_the_page_has_the_claim(law: Rulebook, telling: str, reading: str) -> None:
    told = next(one for one in law.tellings[telling].readings if one.reading == reading)
    lines = [line for line, _, where, *_ in tables()[telling] if f"`{reading}: {told.option}`" in where]
    assert str(told.at) in lines, f"{telling} {told.at}: {reading}: {told.option} stands beside {lines}"
