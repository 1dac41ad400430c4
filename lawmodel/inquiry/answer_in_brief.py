"""What a law answers on a case, by ids alone: quick, since nothing is explained."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal

from lawmodel.case.case import Case
from lawmodel.dataclass import dataclass
from lawmodel.inquiry.decider import Decider
from lawmodel.inquiry.grounds import grounds_of
from lawmodel.reasoning.evaluation import Supports
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class AnswerInBrief(ValueObject):
    """What a law answers on a case, by ids alone."""

    status: Literal["determined", "depends"]
    outcome: str | None
    possible: tuple[str, ...]
    """Every outcome that is possible, strongest first."""
    grounds: tuple[str, ...]
    beside: tuple[str, ...] = ()
    """Provisions that apply and on which the outcome does not rest."""
    turns_on: tuple[tuple[str, ...], ...] = ()
    """The open inputs that can change the answer; those that can only together in one group."""


def answer_in_brief(
    made: Decider, case: Case, readings: Mapping[str, str] | None = None, on: datetime.date | None = None
) -> AnswerInBrief:
    """The answer on a case, under the readings and the law that it says, where no others are given.

    Raises `ProblemsFound` where the case contradicts itself.
    """
    valuation = made.value(case, {**case.readings, **(readings or {})}, on or case.on).valuation
    supports = made.evaluation.supports(valuation.values)
    outcome = made.evaluation.strongest(supports)
    if outcome is None:
        exact = made.exact(valuation)
        possible = exact.possible()
        if len(possible) > 1:
            return AnswerInBrief("depends", None, possible, (), (), tuple(map(tuple, exact.turns_on())))
        outcome = possible[0]
    grounds, _ = grounds_of(made, valuation, outcome)
    return AnswerInBrief("determined", outcome, (outcome,), grounds, _beside(made, supports, outcome))


def _beside(made: Decider, supports: Supports, outcome: str) -> tuple[str, ...]:
    """The provisions that certainly speak for weaker outcomes, in the order of the question."""
    outcomes = made.question.outcomes
    weaker = outcomes[outcomes.index(outcome) + 1 :]
    speaking = {name for one in weaker for name, truth in supports[one].items() if truth}
    return tuple(rule.id for rule in made.question.rules if rule.id in speaking)
