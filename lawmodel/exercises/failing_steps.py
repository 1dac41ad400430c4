"""On what a provision fails: how many conditions, and which facts."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.reasoning.trace import Trace


def fails_on(step: Trace) -> int:
    """On how many conditions a step fails: how many would have to be otherwise for it to hold, at least.

    Of what has to hold together each counts, and of alternatives as many as are missing, those that fail on least.
    """
    if step.truth is not False:
        return 0
    failing = sorted(fails_on(child) for child in step.children if child.truth is False)
    if not failing:
        return 1
    missing = len(failing)
    if step.kind in ("any", "some"):
        missing = 1
    elif step.count is not None:
        missing = abs(step.count.bound - step.count.hold)
    return sum(failing[:missing])


def failing_facts(step: Trace) -> list[str]:
    """The inputs on which a provision fails, each once."""
    return list(dict.fromkeys(str(one.id) for one in _failing_leaves(step) if one.kind == "fact"))


def is_no_law(step: Trace) -> bool:
    """Whether a provision fails since it is not in force on the day of the case."""
    return any(one.kind == "law" for one in _failing_leaves(step))


def _failing_leaves(step: Trace) -> Iterator[Trace]:
    """The conditions on which a step fails; what fails beside an alternative that holds keeps nothing from holding."""
    if step.truth is False:
        failing = [child for child in step.children if child.truth is False]
        for child in failing:
            yield from _failing_leaves(child)
        if not failing:
            yield step
