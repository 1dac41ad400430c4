"""Examples of other systems, and of money and time: each case has the answer it expects, and every engine agrees."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.case.file import load_cases
from lawmodel.case.valuation import value_case
from lawmodel.inputs import Value
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import decider
from lawmodel.inquiry.expectations import unmet
from lawmodel.inquiry.sensitivity import plain_name
from lawmodel.reasoning.evaluation import Evaluation
from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.export.export import as_answer_set_program
from tests.reasoning.answer_sets import agree

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
OUTSIDE = sorted(one for one in (EXAMPLES / "outside").iterdir() if one.is_dir())
FOLDERS = [*OUTSIDE, EXAMPLES / "money", EXAMPLES / "terms"]
FILES = [file for folder in FOLDERS for file in sorted((folder / "cases").glob("*.yaml"))]


@pytest.fixture(scope="module")
def rulebooks() -> dict[Path, Rulebook]:
    return {folder: load_rulebook(folder / "rules") for folder in FOLDERS}


def cases_in(rulebooks: dict[Path, Rulebook], file: Path) -> tuple[Rulebook, list[Case]]:
    rulebook = rulebooks[file.parent.parent]
    return rulebook, load_cases(rulebook, file)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.parent.name}-{file.stem}")
def test_each_case_has_the_answer_of_its_source(rulebooks: dict[Path, Rulebook], file: Path) -> None:
    rulebook, cases = cases_in(rulebooks, file)
    assert all(case.expectations for case in cases), "a case or variant that expects nothing tests nothing"
    assert [str(problem) for case in cases for problem in unmet(rulebook, case)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.parent.name}-{file.stem}")
def test_every_engine_agrees(rulebooks: dict[Path, Rulebook], file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Evaluation and forward chaining in `decide`, which compares them; diagrams, the solver, and clingo."""
    rulebook, cases = cases_in(rulebooks, file)
    asked: list[tuple[Case, Answer]] = []
    for case in cases:
        for question in sorted({one.question for one in case.expectations}):
            answer = decide(rulebook, case, question)
            assert answer.without is None, "forward chaining sat out"
            agree(as_answer_set_program(rulebook, case, question), answer)
            asked.append((case, answer))
    for room in ("completions", "certain_answers"):
        monkeypatch.setattr(f"lawmodel.reasoning.open_cases.{room}.diagram_of", lambda *_: None)
    for case, answer in asked:
        values = value_case(rulebook, case, case.readings).valuation
        solver = CertainAnswers(decider(rulebook, answer.question).question, values)
        assert solver.possible() == answer.possible
        assert {plain_name(one) for group in solver.turns_on() for one in group} == {
            one for group in answer.turns_on for one in group
        }


def test_every_source_is_named() -> None:
    page = (EXAMPLES / "outside" / "README.md").read_text(encoding="utf-8")
    for folder in OUTSIDE:
        for source in load_rulebook(folder / "rules").sources.values():
            assert source.address is not None
            assert source.address in page


POINTS_OF_AGE = {17: 0, 18: 32, 21: 32, 22: 35, 25: 35, 26: 40, 35: 40, 36: 43, 49: 43, 50: 48, 120: 48}
POINTS_OF_MARITAL_STATUS = {"single": 25, "married": 45}
POINTS_OF_EMPLOYMENT = {"unemployed": 15, "student": 18, "self_employed": 36, "employed": 45}


def category_in_the_source(existing: bool, score: int) -> str:
    if existing:
        return "decline" if score < 80 else "high" if score < 90 else "medium" if score <= 110 else "low"
    rows = ((score < 100, "high"), (score < 120, "medium"), (score < 130, "low"), (score > 130, "very_low"))
    return next((category for holds, category in rows if holds), "no_row")


def test_a_sum_that_is_written_out_is_the_sum(rulebooks: dict[Path, Rulebook]) -> None:
    rulebook = rulebooks[EXAMPLES / "outside" / "lending"]
    bands, risk = (Evaluation(decider(rulebook, one).question) for one in ("score", "risk-before"))
    for (age, first), (marital, second), (employment, third), existing in product(
        POINTS_OF_AGE.items(), POINTS_OF_MARITAL_STATUS.items(), POINTS_OF_EMPLOYMENT.items(), (True, False)
    ):
        facts: dict[str, Value] = {"age": age, "marital": marital, "employment": employment, "existing": existing}
        values = value_case(
            rulebook, Case(facts={f"applicant.{key}": one for key, one in facts.items()})
        ).valuation.values
        score = first + second + third
        band = max((least for least in (80, 90, 100, 101, 111, 120, 130, 131) if least <= score), default=None)
        assert bands.outcome(values) == ("below_80" if band is None else f"from_{band}")
        assert risk.outcome(values) == category_in_the_source(existing, score)
