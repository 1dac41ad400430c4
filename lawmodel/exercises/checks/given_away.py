"""The words of the right option do not stand in the question alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lawmodel.exercises.exercise import Exercise, OneChoice


def check(exercises: Sequence[Exercise]) -> Iterator[tuple[Exercise | None, str]]:
    """Whether the question says in full what the right option says."""
    for one in exercises:
        if isinstance(one.response, OneChoice):
            key = one.right[0].says.rstrip(".")
            if key and key in one.stem:
                yield one, "the question says what the right option says"
