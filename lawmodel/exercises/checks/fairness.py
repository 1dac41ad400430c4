"""Neither the state nor the sex of the person, nor an invented detail such as the offence, goes with the answer.

Whatever the law itself asks for is left out: a fact in the reason of an answer goes with it by right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import comb
from typing import Final

from lawmodel.exercises.exercise import Exercise
from lawmodel.exercises.laws import Laws

FEWEST: Final = 12
"""With fewer exercises nothing can be said."""
SURE: Final = 0.01
"""By chance alone a set fails at most so often: all that is compared counts together."""
WOMAN: Final = re.compile(r"\b(she|her|herself)\b", re.IGNORECASE)
MAN: Final = re.compile(r"\b(he|him|his|himself)\b", re.IGNORECASE)


def check(laws: Laws, exercises: Sequence[Exercise]) -> Iterator[tuple[Exercise | None, str]]:
    """Whether an outcome is much more frequent with one sex, one state or one invented detail than with others."""
    asked = [one for one in exercises if one.story and one.answered is not None and one.answered.outcome is not None]
    if len(asked) < FEWEST:
        return
    features: dict[str, Mapping[str, str]] = {
        "sex": {one.id: found for one in asked if (found := _sex(one.story))},
        "name": {one.id: found for one in asked if (found := _state(one))},
        "detail": {one.id: found for one in asked if (found := _detail(laws, one.story))},
    }
    tables = [
        (name, value, outcome, _table(asked, of, value, outcome))
        for name, of in features.items()
        for value in sorted(set(of.values()))
        for outcome in sorted({str(one.answered.outcome) for one in asked if one.answered is not None})
    ]
    for name, value, outcome, (both, first, second, whole) in tables:
        if fisher(both, first, second, whole) < SURE / max(1, len(tables)):
            yield None, f"{name} {value} goes with the answer {outcome} in {both} of {first}"


def _sex(story: str) -> str:
    """Of whom the story tells: a man or a woman; empty where no pronoun says so, or several do."""
    women, men = len(WOMAN.findall(story)), len(MAN.findall(story))
    return "" if bool(women) is bool(men) else "woman" if women else "man"


def _state(exercise: Exercise) -> str:
    """What the first record says by a choice: the state of a person; empty where the case has no such list."""
    for value in exercise.case.get("facts", {}).values():
        for inner in value.values() if isinstance(value, Mapping) else ():
            if isinstance(inner, list) and inner and isinstance(inner[0], Mapping):
                found = next((one for one in inner[0].values() if isinstance(one, str) and len(one) == 2), "")
                if found:
                    return found
    return ""


def _detail(laws: Laws, story: str) -> str:
    """The first invented detail that a story tells, such as an offence; empty where it tells none."""
    texts = [text for one in laws.rulebook.phrases.values() for detail in one.details for text in detail.says]
    return next((text for text in sorted(texts, key=len, reverse=True) if text in story), "")


def _table(exercises: Sequence[Exercise], of: Mapping[str, str], value: str, outcome: str) -> tuple[int, int, int, int]:
    """How many have both, the one, the other, and how many there are."""
    counted = Counter[str]()
    for one in exercises:
        if one.id not in of or one.answered is None:
            continue
        has, so = of[one.id] == value, one.answered.outcome == outcome
        counted.update({"both": has and so, "first": has, "second": so, "whole": True})
    return counted["both"], counted["first"], counted["second"], counted["whole"]


def fisher(both: int, first: int, second: int, whole: int) -> float:
    """How probable so many of both, or more, are by chance (Fisher's exact test, to one side)."""
    every = comb(whole, second)
    return sum(
        comb(first, number) * comb(whole - first, second - number)
        for number in range(both, min(first, second) + 1)
        if second - number <= whole - first
    ) / max(1, every)
