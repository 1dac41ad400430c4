"""Which provisions support a certain outcome."""

from __future__ import annotations

from lawmodel.inputs import Valuation
from lawmodel.inquiry.decider import Decider


def grounds_of(made: Decider, valuation: Valuation, outcome: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The provisions that support a certain outcome in every completion, and those that do in some."""
    supports = made.evaluation.supports(valuation.values)[outcome]
    if None not in supports.values():
        return tuple(supports), ()
    exact = made.exact(valuation)
    certain = tuple(name for name, truth in supports.items() if truth or exact.certain(name, outcome))
    further = (name for name in supports if name not in certain and exact.can_support(name, outcome))
    return certain, tuple(further)
