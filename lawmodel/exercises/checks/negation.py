"""No question asks for what is not so, and none denies twice in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lawmodel.exercises.exercise import Exercise
from lawmodel.exercises.laws import Laws

NEGATIONS = re.compile(r"\b(not|no|never|nobody|nothing|none|neither)\b", re.IGNORECASE)
SET_APART = re.compile(r"no other\?|not said when|is not complete|or that it turns on none", re.IGNORECASE)
TWO = 2


def check(laws: Laws, exercise: Exercise) -> Iterator[str]:
    """Whether the question denies something twice in one sentence."""
    for one in re.split(r"(?<=[.?!]) ", SET_APART.sub("", re.sub(r"“[^”]*”", "", exercise.stem))):
        if len(NEGATIONS.findall(one)) >= TWO:
            yield f"the question denies twice: {one}"
