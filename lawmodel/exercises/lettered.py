"""The options of an exercise under letters, as a sheet of paper, a card or a terminal shows them."""

from __future__ import annotations

import string

from lawmodel.exercises.exercise import AnswerOption, Exercise


def lettered(exercise: Exercise) -> list[tuple[str, AnswerOption]]:
    """The options in their order, each with its letter; beyond the alphabet with its number."""
    letters = string.ascii_uppercase
    return [(letters[n] if n < len(letters) else str(n + 1), one) for n, one in enumerate(exercise.options)]
