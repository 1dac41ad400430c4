"""Whether a question comes out in one way: with one outcome, and with some provisions among those that support it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from lawmodel.reasoning.formula import FALSE, TRUE, Formula, Not, ResolvedQuestion, Rule, all_of, any_of

AS_DECIDED: Final = "as decided"
OTHERWISE: Final = "otherwise"


def as_decided(question: ResolvedQuestion, outcome: str, provisions: Collection[str] = ()) -> ResolvedQuestion:
    """The question whether another one has this outcome, and all these provisions speak for it.

    It has the outcomes `AS_DECIDED` and `OTHERWISE`. Without provisions the outcome alone counts.
    """
    asked = Rule(outcome, decides(question, outcome, provisions), ((AS_DECIDED, TRUE),))
    return replace(question, outcomes=(AS_DECIDED, OTHERWISE), rules=(asked,))


def decides(question: ResolvedQuestion, outcome: str, provisions: Collection[str] = ()) -> Formula:
    """That all these provisions (or, if there are none, whatever it is) speak for an outcome, and none for a stronger.

    Linear in the rules of the question.
    """
    stronger = question.outcomes[: question.outcomes.index(outcome)]
    against = any_of(*(speaks for one in stronger for speaks in _speaking(question, one).values()))
    speaking = _speaking(question, outcome)
    if provisions:
        wanted = all_of(*(speaking.get(name, FALSE) for name in provisions))
    elif outcome == question.outcomes[-1]:  # it needs nobody to speak for it
        wanted = TRUE
    else:
        wanted = any_of(*speaking.values())
    return all_of(wanted, Not(against))


def _speaking(question: ResolvedQuestion, outcome: str) -> dict[str, Formula]:
    """The rules that can speak for an outcome, each with the condition under which it does."""
    conditions = ((rule, dict(rule.concludes).get(outcome)) for rule in question.rules)
    return {rule.id: all_of(rule.applies, condition) for rule, condition in conditions if condition is not None}
