"""The cases that come with the program are its tests of the law: each must answer as it expects to."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from lawmodel.case.case import Case
from lawmodel.case.file import load_cases
from lawmodel.inquiry.expectations import unmet
from lawmodel.law_files import case_files, rules_folder, scenarios_folder
from lawmodel.problems import rendered
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from tests.chosen_scenarios import chosen_scenarios

FILES = case_files([scenarios_folder()])
CHOSEN = set(chosen_scenarios())
SOME_OF_THEM = [pytest.param(file, marks=[] if file in CHOSEN else [pytest.mark.long]) for file in FILES]
"""In the quick run: all that people wrote, and some of those that were generated."""
NUMBERED = re.compile(r"(\d\d)-[a-z0-9-]+\.yaml")
NAMES = [file.relative_to(scenarios_folder()).as_posix() for file in FILES]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(rules_folder())


@pytest.mark.parametrize("file", SOME_OF_THEM, ids=NAMES)
def test_it_answers_as_expected(rulebook: Rulebook, file: Path) -> None:
    problems = [problem for case in load_cases(rulebook, file) for problem in unmet(rulebook, case)]
    assert not problems, rendered(problems)


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_it_says_what_it_is_about(rulebook: Rulebook, file: Path) -> None:
    base, *variants = load_cases(rulebook, file)
    assert base.title
    assert base.point
    assert base.expectations
    assert all(variant.title and variant.expectations for variant in variants)
    assert _titles(base, variants).most_common(1)[0][1] == 1, "two of its cases have one title"


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_its_number_is_that_of_its_name(rulebook: Rulebook, file: Path) -> None:
    number = NUMBERED.fullmatch(file.name)
    assert load_cases(rulebook, file)[0].hypothetical == (int(number[1]) if number else None)


def test_no_number_stands_twice() -> None:
    numbers = Counter(number[1] for file in FILES if (number := NUMBERED.fullmatch(file.name)))
    assert numbers
    assert [number for number, count in numbers.items() if count > 1] == []


def _titles(base: Case, variants: list[Case]) -> Counter[str]:
    return Counter(case.title for case in (base, *variants))
