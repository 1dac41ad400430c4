"""The right option stands out by its length no more often than chance would have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lawmodel.exercises.exercise import Exercise, OneChoice
from lawmodel.exercises.laws import Laws

FEWEST: Final = 4
"""With fewer exercises nothing can be said."""
MARGIN: Final = 0.25
"""An option stands out that is by so much longer, or shorter, than all are on average, and the longest or shortest."""


def check(laws: Laws, exercises: Sequence[Exercise]) -> Iterator[tuple[Exercise | None, str]]:
    """Whether the right option is much the longest, or much the shortest, more often than one would be by chance."""
    asked = [one for one in exercises if isinstance(one.response, OneChoice) and one.kind not in ("day", "statement")]
    if len(asked) < FEWEST:
        return
    expected = sum(1 / len(one.options) for one in asked)
    for says, sign in (("longest", 1), ("shortest", -1)):
        found = sum(stands_out(one) == sign for one in asked)
        if found > expected + 1:
            yield None, f"the right option is much the {says} in {found} of {len(asked)}"


def stands_out(exercise: Exercise) -> int:
    """1 where the right option is much the longest, -1 where it is much the shortest, else 0."""
    return stands_out_among(exercise.right[0].says, [one.says for one in exercise.options if not one.right])


def stands_out_among(says: str, others: Sequence[str]) -> int:
    """The same of the words of an option among those of others."""
    lengths = [len(one) for one in (says, *others)]
    mean, right = sum(lengths) / len(lengths), len(says)
    if right > max(lengths[1:], default=0) and right > (1 + MARGIN) * mean:
        return 1
    return -1 if right < min(lengths[1:], default=0) and right < (1 - MARGIN) * mean else 0
