"""A set by which it is seen what somebody takes for the law: few exercises, of which every two laws part on several.

Of many cases, on each of which many laws part, those are taken that tell most. Each exercise offers all the answers to
which somebody comes there: outcomes with their grounds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lawmodel.exercises.checks.checked import findings_of
from lawmodel.exercises.diagnosis import DiagnosticItem, Hypothesis, chosen_items
from lawmodel.exercises.every_answer import exercise_on
from lawmodel.exercises.exercise import LAW, Exercise, ExerciseSet
from lawmodel.exercises.joined_cases import DRAWN, joined_cases, misconceptions_of
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making import Making
from lawmodel.exercises.predictions import label
from lawmodel.results.header import RulebookUsed

MOST_DIAGNOSTIC: Final = 60
"""So many exercises has such a set, where it is not said otherwise."""
TIMES: Final = 5
"""On so many exercises every two laws part, where they can."""


def diagnostic_set(
    laws: Laws, most: int, seed: int = 1, progress: Callable[[str], None] = lambda _: None, drawn: int = DRAWN
) -> ExerciseSet:
    """So many exercises at most on a question, of so many cases; the same for the same seed and the same rulebook."""
    answered = {str(number): one for number, one in enumerate(joined_cases(laws, seed, drawn, progress))}
    hypotheses = [Hypothesis(LAW, ""), *(Hypothesis(name, "", (name,)) for name in misconceptions_of(laws))]
    items = [
        DiagnosticItem(name, (), {LAW: label(one.ours), **{held: label(two) for held, two in one.theirs.items()}})
        for name, one in answered.items()
    ]
    making = Making(laws, "outcome", seed, [])
    made: dict[str, Exercise] = {}  # by id: cases that differ in what is not told may come to one exercise

    def is_made(item: DiagnosticItem) -> bool:
        progress(f"{len(made)} of at most {most} exercises")
        exercise = exercise_on(making, answered[item.id])
        if exercise is None:
            return False
        if exercise.id in made or next(findings_of(laws, exercise), None) is not None:
            making.give_back(exercise)
            return False
        made[exercise.id] = exercise
        return True

    chosen_items(items, hypotheses, most, TIMES, is_made)
    title = laws.rulebook.questions[laws.question].title
    return ExerciseSet(title, seed, RulebookUsed.of(laws.rulebook), tuple(made.values()))
