"""Why an answer is so: the smallest sets of what a case holds that settle it, whatever everything else is."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from lawmodel.answer.reasons.reasons import Alternatives, Excluding, Reason, ReasonsFound, Why
from lawmodel.case.arguments import count_problems, raise_problems
from lawmodel.case.case import Case
from lawmodel.inquiry.ask import Ask, TypedCase
from lawmodel.inquiry.reasons.held_case import HeldCase
from lawmodel.reasoning.reasons.letting_go import LettingGo
from lawmodel.reasoning.reasons.minimal_sets import Subset
from lawmodel.reasoning.reasons.reasons import Part, Reasons, Speaking, find_reasons, parts_of, speaking
from lawmodel.rulebook.model import Rulebook

MOST = 5
"""So many reasons are shown unless more are asked for."""


def why(
    rulebook: Rulebook,
    case: Case | TypedCase,
    question: str,
    *,
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
    stage: str | None = None,
    most: int = MOST,
    readings_too: bool = True,
) -> Why:
    """The sufficient reasons for the answer to a question on a case, fewest inputs first, but no more than so many.

    A sufficient reason is a set of inputs that the case holds, such that in every consistent completion that agrees
    with the case on them, whatever everything else is, the outcome is the same; and none of them can be spared. That
    the listed records are there is taken as given; and the readings as well, unless ``readings_too``. It raises what
    `decide` raises.
    """
    raise_problems(*count_problems(most, "most"))
    ask = Ask(rulebook, case, question, readings=readings, on=on, stage=stage)
    held = HeldCase(ask, readings_too=readings_too)
    possible = held.possible
    outcome = possible[0] if len(possible) == 1 else None
    found: ReasonsFound | None = None
    excluded: tuple[tuple[str, Reason], ...] = ()
    if outcome is not None:
        found = reasons_for(held, held.ways_out_of(outcome), most, outcome)
    else:
        names = [one.id for one in held.asked.outcomes if one.id not in possible]
        firsts = [(name, reasons_for(held, held.ways_to(name), 1, None)) for name in names]
        excluded = tuple((name, one.reasons[0]) for name, one in firsts if one.reasons)
    return Why(
        rulebook=rulebook,
        case=held.case.name,
        title=held.case.title,
        question=question,
        outcome=outcome,
        possible=possible,
        law_date=None if held.valued.law_date is None else held.valued.law_date.isoformat(),
        stage=held.made.stage,
        found=found,
        excluded=excluded,
    )


def reasons_for(held: HeldCase, letting_go: LettingGo, most: int, outcome: str | None) -> ReasonsFound:
    """The reasons why something is not reached, in words; with what speaks then, where they are for an outcome."""
    found = find_reasons(letting_go, held.weights, most)
    parts: Sequence[Part] = ()
    spoken: Speaking | None = None
    if outcome is not None and found.smallest and not found.interrupted:
        parts = parts_of(held.pinned, found.smallest[0], outcome)
        if found.idle is not None:
            spoken = speaking(held.pinned, 0, outcome, letting_go.some_reason)
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
        held=len(held.pinned.held),
        interrupted=found.interrupted,
    )


def _reason(held: HeldCase, reason: Subset, outcome: str | None) -> Reason:
    if outcome is None:
        return Reason(held.inputs(reason), ())
    spoken = speaking(held.pinned, reason, outcome)
    return Reason(held.inputs(reason), spoken.always, spoken.between)


def _alternatives(held: HeldCase, found: Reasons, most: int) -> tuple[Alternatives, ...] | None:
    if found.alternatives is None:
        return None
    return tuple(
        Alternatives(tuple(map(held.inputs, one.sets[:most])), len(one.sets) if one.every else None)
        for one in found.alternatives
    )


def _excluding(held: HeldCase, parts: Sequence[Part]) -> tuple[Excluding, ...]:
    """What keeps provisions from speaking for stronger outcomes, those together that the same inputs keep."""
    by_inputs: dict[Subset, list[tuple[str, str]]] = {}
    for part in parts:
        if part.rule is not None:
            by_inputs.setdefault(part.inputs, []).append((part.rule, part.outcome))
    return tuple(Excluding(held.inputs(subset), tuple(provisions)) for subset, provisions in by_inputs.items())
