"""A quiz that adapts, on exercises that the law makes: what students hold is found, and rarely something else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from lawmodel.exercises.diagnosis import GUESSES, AdaptiveTest
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making_sets import make
from lawmodel.exercises.own_diagnosis import hypotheses_tested
from lawmodel.exercises.predictions import HeldLaws
from lawmodel.rulebook.load import load_rulebook
from lawmodel.verbs.quiz.command import COUNT_ADAPTIVE, KINDS_ADAPTIVE

SLIPS = 0.05


@pytest.mark.long
def test_what_students_hold_is_found_with_a_part_of_the_exercises() -> None:
    """One student for each thing that the set tells from the law; each answer is a slip with 5 %."""
    rulebook = load_rulebook(Path("rules"))
    exercises = make(Laws(rulebook, "extradition"), KINDS_ADAPTIVE, COUNT_ADAPTIVE, 1).exercises
    items, hypotheses = hypotheses_tested(HeldLaws(rulebook), exercises)
    chance = random.Random(3)  # noqa: S311 - the same students each time
    found, wrong, asked = 0, 0, 0
    students = [one for one in hypotheses if one.id != GUESSES]
    for student in students:
        test = AdaptiveTest(items, hypotheses)
        while (item := test.next()) is not None:
            answer = item.predicted.get(student.id)
            if answer is None or chance.random() < SLIPS:
                answer = chance.choice([one for one in item.offered if one != answer])
            test.answer(item.id, answer)
            asked += 1
        like = test.diagnosis()
        is_found = like.verdict == "found"
        is_right = is_found and student.id in (like.hypotheses[0].id, *like.alike)
        found, wrong = found + is_right, wrong + (is_found and not is_right)
    assert len(students) > 20
    assert found >= 0.85 * len(students)
    assert wrong <= 1
    assert asked / len(students) < 0.5 * len(items)
