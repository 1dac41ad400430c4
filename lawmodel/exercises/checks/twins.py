"""No two exercises of a set are alike, and no two are about persons of the same name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lawmodel.exercises.exercise import Exercise


def check(exercises: Sequence[Exercise]) -> Iterator[tuple[Exercise | None, str]]:
    """Whether an exercise has the kind, the stem and the options of one before it."""
    seen: set[object] = set()
    for one in exercises:
        said = one.kind, one.stem, frozenset(option.id for option in one.options), one.limbs, one.story
        if said in seen:
            yield one, "another exercise of the set is the same"
        seen.add(said)
