"""No word of the question points to the right option, and none is a sign of a wrong one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lawmodel.exercises.exercise import Exercise, OneChoice
from lawmodel.exercises.laws import Laws
from lawmodel.words.outcomes import statement

WORD: Final = re.compile(r"[^\W\d_]{5,}")
"""Shorter words carry little."""
ABSOLUTE: Final = re.compile(r"\b(always|never|only|every|nobody|nothing)\b", re.IGNORECASE)
FEWEST: Final = 8
"""With fewer exercises nothing can be said."""
MARGIN: Final = 0.35
"""So much greater may the share of wrong options with such a word be than that of right ones."""
QUOTED: Final = re.compile(r"“[^”]*”")


def check(laws: Laws, exercise: Exercise) -> Iterator[str]:
    """Whether a word of the question stands in the right option alone; outcomes, which stand everywhere, apart."""
    if not isinstance(exercise.response, OneChoice) or exercise.kind in ("day", "statement"):
        return
    outcomes = [one.id for one in laws.rulebook.questions[laws.question].outcomes]
    usual = _words(" ".join(statement(laws.rulebook, laws.question, one) for one in outcomes))
    asked = _words(QUOTED.sub("", exercise.stem)) - usual
    right = _words(exercise.right[0].says)
    others: set[str] = set()
    for one in exercise.options:
        others |= set() if one.right else _words(one.says)
    pointing = sorted(asked & right - others)
    if pointing:
        yield f"the question and the right option alone have the word “{pointing[0]}”"


def check_set(laws: Laws, exercises: Sequence[Exercise]) -> Iterator[tuple[Exercise | None, str]]:
    """Whether words such as “always” stand in wrong options much more often than in right ones."""
    asked = [one for one in exercises if isinstance(one.response, OneChoice) and one.kind not in ("day", "statement")]
    if len(asked) < FEWEST:
        return
    right = [bool(ABSOLUTE.search(one.right[0].says)) for one in asked]
    wrong = [bool(ABSOLUTE.search(option.says)) for one in asked for option in one.options if not option.right]
    if wrong and sum(wrong) / len(wrong) > sum(right) / len(right) + MARGIN:
        yield None, "words such as “always” and “only” stand in wrong options much more often than in right ones"


def _words(text: str) -> set[str]:
    return {one.lower() for one in WORD.findall(text)}
