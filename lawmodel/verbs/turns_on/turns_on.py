"""What an answer turns on, weighed: in what share of the situations an open input alone would change the outcome.

Two completions are the same situation where every comparison that is still open has the same truth in both; so a
situation is a way for things to be that the question can tell from others. Each counts once. An unknown list counts
with as many records as can matter, each there or not. The shares are no probabilities.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from lawmodel.answer.reasons.weights import Weight, Weights
from lawmodel.case.case import Case
from lawmodel.inputs import reading_key
from lawmodel.inquiry.ask import Ask, TypedCase
from lawmodel.inquiry.decide import answer_to
from lawmodel.reasoning.open_cases.decision_diagram import DecisionDiagram
from lawmodel.reasoning.open_cases.grounding import ground_residual
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.open_cases.variable_blocks import TooManySituations
from lawmodel.rulebook.model import Rulebook


def turns_on(
    rulebook: Rulebook,
    case: Case | TypedCase,
    question: str,
    *,
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
    stage: str | None = None,
) -> Weights:
    """Weigh everything that the answer to a question turns on. Raises what `decide` raises."""
    ask = Ask(rulebook, case, question, readings=readings, on=on, stage=stage)
    answer, made, valuation = answer_to(ask), ask.decider(), ask.valued().valuation
    grounded = ground_residual(Residual(made.question, valuation))
    try:
        diagram = DecisionDiagram(grounded)
    except TooManySituations as refused:
        unweighed = tuple(Weight(group, None) for group in answer.turns_on)
        return Weights(answer, None, {}, unweighed, refused.inputs, refused.measured)
    reached = diagram.reached()
    outcomes = {outcome: reached[outcome] for outcome in made.question.outcomes if outcome in reached}
    weighed = []
    for group in answer.turns_on:
        keys = [reading_key(name) if name in rulebook.readings else name for name in group]
        parts = [part for key in keys for part in grounded.inputs[key]]
        weighed.append((diagram.influence(parts), group))
    heaviest_first = sorted(weighed, key=lambda one: -one[0])
    return Weights(
        answer, diagram.total, outcomes, tuple(Weight(group, influence) for influence, group in heaviest_first)
    )
