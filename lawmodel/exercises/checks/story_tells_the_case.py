"""What is read back from the story is the case: nothing else, and nothing is missing that is not ordinary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lawmodel.exercises.checks.key_is_the_law import case_of
from lawmodel.exercises.exercise import Exercise
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.prose.read_back import StoryNotUnderstood, as_case, read_back
from lawmodel.problems import ProblemsFound


def check(laws: Laws, exercise: Exercise) -> Iterator[str]:
    """Whether the law answers on what the story tells as it does on the case."""
    if not exercise.story or not exercise.case:
        return
    case = case_of(laws, exercise)
    try:
        told = as_case(laws.rulebook, read_back(laws.rulebook, exercise.story), case.presume)
        same = laws.answer(replace(case, facts=told.facts)) == laws.answer(case)
    except (StoryNotUnderstood, ProblemsFound):
        yield "the story cannot be read back"
        return
    if not same:
        yield "what the story tells has another answer than the case"
