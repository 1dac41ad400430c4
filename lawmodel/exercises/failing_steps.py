"""On what a provision fails: how many conditions, and which facts."""

from __future__ import annotations

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
    if step.kind == "fact":
        return [str(step.id)]
    failing = (failing_facts(child) for child in step.children if child.truth is False)
    return list(dict.fromkeys(one for found in failing for one in found))


def is_no_law(step: Trace) -> bool:
    """Whether a provision is not in force on the day of the case."""
    return any(one.kind == "law" and one.truth is False for one in step.walk())
