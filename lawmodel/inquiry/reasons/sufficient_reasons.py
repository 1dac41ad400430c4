"""Sufficient reasons (prime implicants): the smallest sets of inputs that settle an outcome, or exclude one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lawmodel.inquiry.reasons.explained_case import ExplainedCase
from lawmodel.reasoning.reasons.correction_sets import CorrectionSets
from lawmodel.reasoning.reasons.minimal_sets import Subset
from lawmodel.reasoning.reasons.reasons import ReasonPart, Reasons, Speaking, find_reasons, parts_of, speaking
from lawmodel.results.reasons import Alternatives, Excluding, Reason, ReasonsFound

MOST: Final = 5
"""So many reasons are shown unless more are asked for."""


def reasons_for(held: ExplainedCase, correction_sets: CorrectionSets, most: int, outcome: str | None) -> ReasonsFound:
    """The reasons why something is not reached, in words; with what speaks then, where they are for an outcome."""
    found, interrupted = Reasons(), False
    try:
        find_reasons(found, correction_sets, held.weights, most)
    except KeyboardInterrupt:
        interrupted = True
    parts: Sequence[ReasonPart] = ()
    spoken: Speaking | None = None
    if outcome is not None and found.smallest and not interrupted:
        parts = parts_of(held.selectors, found.smallest[0], outcome)
        if found.idle is not None:
            spoken = speaking(held.selectors, 0, outcome, correction_sets.some_reason)
    return ReasonsFound(
        reasons=tuple(_reason(held, one, outcome) for one in found.smallest),
        every=found.every,
        count=found.count,
        needed=held.inputs(found.needed),
        alternatives=_alternatives(held, found, most),
        supporting=next((held.inputs(part.inputs) for part in parts if part.rule is None), ()),
        excluding=_excluding(held, parts),
        grounds=None if spoken is None else spoken.always,
        between=None if spoken is None else spoken.between,
        without_effect=None if found.idle is None else held.inputs(found.idle),
        held=len(held.selectors.held),
        interrupted=interrupted,
    )


def _reason(held: ExplainedCase, reason: Subset, outcome: str | None) -> Reason:
    if outcome is None:
        return Reason(held.inputs(reason), ())
    spoken = speaking(held.selectors, reason, outcome)
    return Reason(held.inputs(reason), spoken.always, spoken.between)


def _alternatives(held: ExplainedCase, found: Reasons, most: int) -> tuple[Alternatives, ...] | None:
    if found.alternatives is None:
        return None
    return tuple(
        Alternatives(tuple(map(held.inputs, one.sets[:most])), len(one.sets) if one.every else None)
        for one in found.alternatives
    )


def _excluding(held: ExplainedCase, parts: Sequence[ReasonPart]) -> tuple[Excluding, ...]:
    """What keeps provisions from speaking for stronger outcomes, those together that the same inputs keep."""
    by_inputs: dict[Subset, list[tuple[str, str]]] = {}
    for part in parts:
        if part.rule is not None:
            by_inputs.setdefault(part.inputs, []).append((part.rule, part.outcome))
    return tuple(Excluding(held.inputs(subset), tuple(provisions)) for subset, provisions in by_inputs.items())
