"""Where two traces of the same provision differ: only the steps that are not the same in both, and the way to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.trace import Trace
from lawmodel.value_object import ValueObject

Pair: TypeAlias = tuple[Trace | None, Trace | None]


@dataclass(frozen=True, slots=True)
class StepDifference(ValueObject):
    """A step that is not the same before and after, or on the way to one that is not."""

    before: Trace | None
    """None: only the trace after has this step. At least one of the two is a step."""
    after: Trace | None
    below: tuple[StepDifference, ...] = ()
    """Where a step is in both: what differs below it. Steps that are the same are left out."""

    @property
    def step(self) -> Trace:
        """The step as it is after, or was before if it is there no longer."""
        step = self.after or self.before
        assert step is not None
        return step

    @property
    def says_otherwise(self) -> bool:
        """Whether the step is only in one trace, or has another truth or other words."""
        if self.before is None or self.after is None:
            return True
        return (self.before.truth, self.before.says) != (self.after.truth, self.after.says)

    @property
    def of_substance(self) -> bool:
        """Whether it, or a step below, says otherwise.

        Else only what belongs to steps differs: a reading is chosen that was taken by default.
        """
        return self.says_otherwise or any(one.of_substance for one in self.below)

    json_keys: ClassVar[Mapping[str, str]] = {"before": "step_before", "after": "step_after", "below": "below"}
    json_optional: ClassVar[tuple[str, ...]] = ("below",)

    @property
    def step_before(self) -> Trace | None:
        """The step before: where it is in both, without what is below it, of which `below` says what differs."""
        return self.before if self.before is None or self.after is None else replace(self.before, children=())

    @property
    def step_after(self) -> Trace | None:
        """The step after, likewise."""
        return self.after if self.before is None or self.after is None else replace(self.after, children=())


def trace_difference(before: Trace, after: Trace) -> StepDifference | None:
    """What differs between two traces of the same provision; None if and only if they are equal.

    Steps are matched if they are of the same kind and about the same thing; of several such beneath one step, first
    those that say the same, then those in the same place.
    """
    if before is after or before == after:
        return None
    below = []
    for was, now in _matched(before.children, after.children):
        if was is None or now is None:
            below.append(StepDifference(was, now))
        elif (inner := trace_difference(was, now)) is not None:
            below.append(inner)
    return StepDifference(before, after, tuple(below))


def _matched(before: Sequence[Trace], after: Sequence[Trace]) -> list[Pair]:
    """Steps in pairs: those of before in their order, then those that only after has."""
    found: dict[int, int] = {}
    keys: tuple[Callable[[Trace], object], ...] = (
        lambda step: (step.kind, step.id, step.says),
        lambda step: (step.kind, step.id),
    )
    for key in keys:
        taken = set(found.values())
        waiting = _places(((place, key(step)) for place, step in enumerate(after) if place not in taken))
        for place, step in enumerate(before):
            if place not in found and waiting.get(key(step)):
                found[place] = waiting[key(step)].pop(0)
    matched: list[Pair] = [(step, after[found[place]] if place in found else None) for place, step in enumerate(before)]
    taken = set(found.values())
    return matched + [(None, step) for place, step in enumerate(after) if place not in taken]


def _places(steps: Iterable[tuple[int, object]]) -> dict[object, list[int]]:
    found: dict[object, list[int]] = {}
    for place, key in steps:
        found.setdefault(key, []).append(place)
    return found
