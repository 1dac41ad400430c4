"""All checks of exercises, and what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from lawmodel.exercises.checks import (
    days,
    distractor_is_false,
    fairness,
    given_away,
    hints,
    key_is_the_law,
    law_moved,
    length,
    negation,
    odd,
    one_form,
    places,
    story_tells_the_case,
    twins,
    words,
)
from lawmodel.exercises.checks.finding import ExerciseFinding
from lawmodel.exercises.exercise import Exercise, ExerciseSet
from lawmodel.exercises.laws import Laws

OF_ONE: Final[dict[str, Callable[[Laws, Exercise], Iterator[str]]]] = {
    "key-is-the-law": key_is_the_law.check,
    "distractor-is-false": distractor_is_false.check,
    "story-tells-the-case": story_tells_the_case.check,
    "one-form": one_form.check,
    "negation": negation.check,
    "hints": hints.check,
    "words": words.check,
    "odd": odd.check,
    "days": days.check,
    "law-moved": law_moved.check,
}
"""Checks of one exercise: what is wrong with it."""
OF_A_SET: Final[dict[str, Callable[[Laws, Sequence[Exercise]], Iterator[tuple[Exercise | None, str]]]]] = {
    "length": length.check,
    "places": places.check,
    "twins": twins.check,
    "given-away": given_away.check,
    "words-of-the-set": words.check_set,
    "fairness": fairness.check,
}
"""Checks of several: what is wrong with one of them beside the others, or with all."""


def findings_of(laws: Laws, exercise: Exercise) -> Iterator[ExerciseFinding]:
    """What is wrong with one exercise; nothing where all is well."""
    for name, check in OF_ONE.items():
        for said in check(laws, exercise):
            yield ExerciseFinding(name, exercise.id, said)


def findings_of_set(laws: Laws, found: ExerciseSet) -> Iterator[ExerciseFinding]:
    """What is wrong with the exercises of a set, each by itself and all together."""
    for one in found.exercises:
        yield from findings_of(laws, one)
    yield from findings_among(laws, found.exercises)


def findings_among(laws: Laws, exercises: Sequence[Exercise]) -> Iterator[ExerciseFinding]:
    """What is wrong with exercises beside one another, or with all of them together."""
    for name, check in OF_A_SET.items():
        for exercise, said in check(laws, exercises):
            yield ExerciseFinding(name, None if exercise is None else exercise.id, said)
