"""Orders of steps: one that keeps all pairs, and whether there is another."""

from __future__ import annotations

from graphlib import TopologicalSorter
from itertools import pairwise

from lawmodel.exercises.exercise import AnswerOption, Exercise, StepOrder


def an_order(exercise: Exercise, response: StepOrder) -> tuple[AnswerOption, ...]:
    """The steps that belong to the order, so that each has what it needs; of several such orders always the same."""
    steps = {one.id: one for one in exercise.right}
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(steps, ()))
    for first, second in response.before:
        sorter.add(second, first)
    sorter.prepare()
    found: list[str] = []
    ready: list[str] = []
    while sorter.is_active():
        ready += sorter.get_ready()
        ready.sort()
        found.append(ready.pop(0))
        sorter.done(found[-1])
    return tuple(steps[name] for name in found)


def is_only_order(exercise: Exercise, response: StepOrder) -> bool:
    """Whether no other order keeps all pairs: each step then has to come just before the next."""
    return all((one.id, other.id) in response.before for one, other in pairwise(an_order(exercise, response)))
