"""Nothing answers a question before it is answered: neither the question itself, nor another exercise of the set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lawmodel.exercises.exercise import Exercise, OneChoice
from lawmodel.exercises.laws import Laws

FEWEST_WORDS: Final = 4
"""A shorter option says nothing by itself."""


def check(laws: Laws, exercises: Sequence[Exercise]) -> Iterator[tuple[Exercise | None, str]]:
    """Whether the question says what the right option says, or another exercise of the set tells it.

    Another one tells it that is about the same case, since its question, feedback and key speak of the answer; or of
    which the question or a hint, which are read before the answer, has the words of the right option.
    """
    for one in exercises:
        if not isinstance(one.response, OneChoice):
            continue
        key = one.right[0].says.rstrip(".")
        if key and key in one.stem:
            yield one, "the question says what the right option says"
    for place, one in enumerate(exercises):
        for other in exercises[:place]:
            if one.case and one.case == other.case and one.question == other.question:
                yield one, f"{other.id} is about the same case, and its key tells the answer"
            elif _tells(one, other) or _tells(other, one):
                yield one, f"{one.id} and {other.id}: the question or a hint of one tells the answer of the other"


def _tells(one: Exercise, other: Exercise) -> bool:
    """Whether what is read of one before it is answered has the words of the right option of the other."""
    if not isinstance(other.response, OneChoice) or len(other.right[0].says.split()) < FEWEST_WORDS:
        return False
    key = other.right[0].says.rstrip(".")
    said = (one.story, one.stem, *one.hints)
    return key in " ".join(said) and not any(key in option.says for option in one.options)
