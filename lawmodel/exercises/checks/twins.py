"""No two exercises of a set are alike, and no two are about persons of the same name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lawmodel.exercises.exercise import Exercise
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.prose.person import every_person

NAME: Final = re.compile(r"\b[A-Z][\w'-]+ [A-Z][\w'-]+\b")


def check(laws: Laws, exercises: Sequence[Exercise]) -> Iterator[tuple[Exercise | None, str]]:
    """Whether an exercise has the kind, question, options and key of one before it, or a person of its name."""
    seen: set[object] = set()
    names: set[str] = set()
    known = {one.name for one in every_person()}
    for one in exercises:
        said = one.kind, one.stem, frozenset((option.says, option.right) for option in one.options), one.story
        if said in seen:
            yield one, "another exercise of the set is the same"
        seen.add(said)
        own = {name for name in NAME.findall(one.story) if name in known}
        for name in sorted(own & names):
            yield one, f"{name} is a person of another exercise of the set as well"
        names |= own
