"""A quiz that adapts, on exercises that the law makes: what students hold is found, and rarely something else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from lawmodel.exercises.adaptive_test import AdaptiveTest
from lawmodel.exercises.checks.checked import findings_of
from lawmodel.exercises.diagnosis import GUESSES
from lawmodel.exercises.diagnostic_set import MOST_DIAGNOSTIC, diagnostic_set
from lawmodel.exercises.exercise import LAW
from lawmodel.exercises.exercise_file import exercises_text, parse_exercises
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.own_diagnosis import hypotheses_tested
from lawmodel.exercises.predictions import HeldLaws
from lawmodel.rulebook.load import load_rulebook

SLIPS = 0.05
CLASSES = 4


@pytest.mark.long
def test_what_students_hold_is_found_with_about_a_dozen_exercises() -> None:
    """Four students for each thing that the set tells from the law; each answer is a slip with 5 %."""
    rulebook = load_rulebook(Path("rules"))
    made = diagnostic_set(Laws(rulebook, "extradition"), MOST_DIAGNOSTIC)
    assert parse_exercises(exercises_text(made)) == made
    exercises = made.exercises
    items, hypotheses = hypotheses_tested(HeldLaws(rulebook), exercises)
    students = [one for one in hypotheses if one.id != GUESSES]
    assert len(exercises) <= MOST_DIAGNOSTIC
    ours = [name for name, one in rulebook.misconceptions.items() if one.question == "extradition"]
    assert {one.id for one in students} >= {LAW, "dual-national-is-foreign", *ours}
    found, wrong, asked = 0, 0, 0
    for number in range(CLASSES):
        chance = random.Random(number)  # noqa: S311 - the same students each time
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
    every = CLASSES * len(students)
    assert found >= 0.94 * every
    assert wrong <= 0.03 * every
    assert asked / every < 9


def test_a_diagnostic_set_is_well_made_and_the_same_for_the_same_seed() -> None:
    """On another rulebook, and a small one; no check finds anything in it."""
    rulebook = load_rulebook(Path("examples/british-nationality/rules"))
    question = next(iter(rulebook.misconceptions.values())).question
    laws = Laws(rulebook, question)
    made = diagnostic_set(laws, 2, seed=2, drawn=4)
    assert made == diagnostic_set(Laws(rulebook, question), 2, seed=2, drawn=4)
    assert 1 <= len(made.exercises) <= 2
    assert parse_exercises(exercises_text(made)) == made
    for one in made.exercises:
        assert list(findings_of(laws, one)) == []
        assert len(one.options) >= 3
        assert one.answered is not None
        answers = [(option.answered.outcome, option.answered.grounds) for option in one.options if option.answered]
        assert answers.count((one.answered.outcome, one.answered.grounds)) == 1  # no wrong option is right in both
        assert len({*answers}) == len(answers)
