"""A simulated class of thirty: what was planted is found, by a test that adapts and by one that is the same for all."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from lawmodel.exercises.adaptive_test import AdaptiveTest
from lawmodel.exercises.class_diagnosis import diagnose_class
from lawmodel.exercises.diagnosis import (
    AnswerSheet,
    DiagnosticItem,
    Hypothesis,
    StudentDiagnosis,
    chosen_items,
)
from lawmodel.exercises.exercise import LAW
from lawmodel.exercises.joined_cases import joined_cases
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.predictions import AskedCase, HeldLaws, items_of_cases, telling_cases
from lawmodel.rulebook.load import load_rulebook

SLIP = 0.05
STUDENTS = 30
OF_THE_LAW = 3
WANTED = 27
CLASSES = 4
COURSE = ("extradition", "deployment", "expulsion")
"""What the class is taught: as much as one set of sixty can test."""
DRAWN = 100


def test_each_misconception_shows_on_its_case_and_the_law_on_none() -> None:
    laws = HeldLaws(load_rulebook(Path("rules")))
    chosen = list(laws.rulebook.misconceptions)[::9]
    hypotheses = [one for one in laws.hypotheses() if one.id == LAW or one.id in chosen]
    items = items_of_cases(laws, [one for one in telling_cases(laws.rulebook) if one.id in chosen], hypotheses)
    assert len(items) == len(chosen) >= 4
    for item in items:
        assert item.predicted[item.id] != item.predicted[LAW]
        assert item.predicted[LAW] in item.offered


def test_pairs_hold_both() -> None:
    laws = HeldLaws(load_rulebook(Path("rules")))
    pairs = laws.pairs(["a-year-is-enough", "half-year-is-too-short"])
    assert pairs == [("a-year-is-enough", "half-year-is-too-short")]
    assert laws.pairs(["a-year-is-enough", "a-year-is-enough"]) == []
    hypotheses = [one for one in laws.hypotheses(pairs) if one.id in (LAW, *pairs[0], "+".join(pairs[0]))]
    asked = [one for one in telling_cases(laws.rulebook) if one.id in pairs[0]]
    for item in items_of_cases(laws, asked, hypotheses):
        assert item.predicted["+".join(pairs[0])] == item.predicted[item.id] != item.predicted[LAW]


@cache
def pool(questions: tuple[str, ...] = COURSE) -> tuple[list[DiagnosticItem], tuple[Hypothesis, ...]]:
    """The telling cases and joined ones of some questions, three at most that all hypotheses answer in the same way."""
    rulebook = load_rulebook(Path("rules"))
    laws = HeldLaws(rulebook)
    taught = {name for name, one in rulebook.misconceptions.items() if one.question in questions}
    hypotheses = tuple(one for one in laws.hypotheses() if set(one.misconceptions) <= taught)
    asked = [one for one in telling_cases(rulebook) if one.question in questions]
    for question in questions:
        joined = joined_cases(Laws(rulebook, question), 1, drawn=DRAWN)
        asked += [AskedCase(f"{question}-{number}", one.case, question) for number, one in enumerate(joined)]
    alike: dict[tuple[str | None, ...], int] = {}
    found = []
    for item in items_of_cases(laws, asked, hypotheses):
        key = tuple(item.predicted.get(one.id) for one in hypotheses)
        alike[key] = alike.get(key, 0) + 1
        if alike[key] <= 3 and len(set(key)) > 2:
            found.append(item)
    return found, hypotheses


def right(planted: str, found: StudentDiagnosis) -> bool:
    return found.verdict == "found" and planted in (found.hypotheses[0].id, *found.alike)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(CLASSES))
def test_what_was_planted_in_a_class_of_thirty_is_found(seed: int) -> None:
    items, hypotheses = pool()
    draw = random.Random(seed)  # noqa: S311 - reproducible chance
    planted = draw.sample([one.id for one in hypotheses if one.misconceptions], STUDENTS - OF_THE_LAW)
    planted += [LAW] * OF_THE_LAW

    def answer(name: str, item: DiagnosticItem) -> str:
        expected = item.predicted[name]
        others = [one for one in item.offered if one != expected]
        return expected if draw.random() >= SLIP else draw.choice(others)

    fixed = chosen_items(items, hypotheses, 60, times=4)
    assert len(fixed) <= 60
    sheets = [AnswerSheet(str(n), {item.id: answer(name, item) for item in fixed}) for n, name in enumerate(planted)]
    by_the_sheet = diagnose_class(fixed, hypotheses, sheets)
    assert sum(map(right, planted, by_the_sheet.students)) >= WANTED
    asked, found = 0, 0
    for name in planted:
        test = AdaptiveTest(items, hypotheses, slip_rate=SLIP)
        while (item := test.next()) is not None:
            test.answer(item.id, answer(name, item))
        asked += len(test.answers)
        found += right(name, test.diagnosis())
    assert found >= WANTED
    assert asked / len(planted) <= 14
