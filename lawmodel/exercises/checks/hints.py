"""No hint is empty, and none names the answer."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.exercises.exercise import Exercise, OneChoice
from lawmodel.exercises.laws import Laws
from lawmodel.words.outcomes import statement


def check(laws: Laws, exercise: Exercise) -> Iterator[str]:
    """Whether a hint is empty or doubled, or says the outcome that is asked for."""
    if not all(exercise.hints) or len(set(exercise.hints)) < len(exercise.hints):
        yield "a hint is empty, or stands twice"
    if exercise.kind != "outcome" or not isinstance(exercise.response, OneChoice) or exercise.answered is None:
        return
    if exercise.answered.outcome is not None:
        said = statement(laws.rulebook, laws.question, exercise.answered.outcome)
        if any(said in hint for hint in exercise.hints):
            yield "a hint says the answer"
