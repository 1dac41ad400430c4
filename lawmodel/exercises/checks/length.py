"""The right option is not mostly the longest, nor the shortest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lawmodel.exercises.exercise import Exercise, OneChoice

FEWEST = 8
"""With fewer exercises nothing can be said."""
MARGIN = 1.25
"""An option stands out that is so much longer than all are on average."""
SHARE = 0.5


def check(exercises: Sequence[Exercise]) -> Iterator[tuple[Exercise | None, str]]:
    """Whether the right option stands out by its length in more than half of them."""
    asked = [one for one in exercises if isinstance(one.response, OneChoice) and len(one.options) > 1]
    longest = 0
    for one in asked:
        mean = sum(len(option.says) for option in one.options) / len(one.options)
        longest += len(one.right[0].says) > MARGIN * mean
    if len(asked) >= FEWEST and longest > SHARE * len(asked):
        yield None, f"the right option is much the longest in {longest} of {len(asked)}"
