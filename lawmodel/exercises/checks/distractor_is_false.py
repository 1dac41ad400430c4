"""A wrong option is not what the law answers, and no two of them are the same."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.exercises.exercise import Exercise
from lawmodel.exercises.laws import Laws

FILLERS = 1
"""So many options at most are the answer of nobody."""


def check(laws: Laws, exercise: Exercise) -> Iterator[str]:
    """Whether a wrong option comes to the answer of the law, or to the words of another option."""
    said = [one.says for one in exercise.options]
    if len(set(said)) < len(said):
        yield "two options say the same"
    if exercise.kind != "outcome":
        return
    ours = exercise.answered
    fillers = 0
    for one in exercise.options:
        if one.right:
            continue
        if one.answered is None:
            fillers += 1
        elif ours is not None and (one.answered.outcome, {*one.answered.grounds}) == (ours.outcome, {*ours.grounds}):
            yield f"the wrong option `{one.id}` has the outcome and the grounds of the law"
    if fillers > FILLERS:
        yield f"{fillers} options are the answer of nobody"
