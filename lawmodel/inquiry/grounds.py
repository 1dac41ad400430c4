"""Which provisions support a certain outcome."""

from __future__ import annotations

from collections.abc import Mapping

from lawmodel.inputs import Valuation
from lawmodel.inquiry.decider import Decider
from lawmodel.reasoning.evaluation import Truth


def certain_grounds(
    made: Decider, valuation: Valuation, outcome: str, supports: Mapping[str, Truth]
) -> tuple[str, ...]:
    """The provisions that support a certain outcome in every completion.

    ``supports`` is what evaluation finds for that outcome: a provision that it leaves open may support it all the same.
    """
    if None not in supports.values():
        return tuple(supports)
    exact = made.exact(valuation)
    return tuple(name for name, truth in supports.items() if truth or exact.certain(name, outcome))


def grounds_of(made: Decider, valuation: Valuation, outcome: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The provisions that support a certain outcome in every completion, and those that do in some only."""
    supports = made.evaluation.supports(valuation.values)[outcome]
    certain = certain_grounds(made, valuation, outcome, supports)
    open_ones = [name for name in supports if name not in certain]
    if not open_ones:
        return certain, ()
    exact = made.exact(valuation)
    return certain, tuple(name for name in open_ones if exact.can_support(name, outcome))
