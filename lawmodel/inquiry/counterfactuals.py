"""Counterfactuals of one input: all its other values, by the outcomes that are possible with them.

Everything else of the case stays as it is; what was open stays open. It is exact: no value is tried that stands for
others without proof (`lawmodel.reasoning.reasons.value_sets`). A decision diagram answers where the input varies on its
own; where days are bound to it by order, completions are looked for one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from lawmodel.dataclass import dataclass
from lawmodel.inputs import Scalar, is_calendar_day
from lawmodel.inquiry.days_and_numbers import by_outcome
from lawmodel.inquiry.decider import Decider
from lawmodel.inquiry.sensitivity import MOST_TRIED
from lawmodel.inquiry.varied_case import VariedCase, domain_of
from lawmodel.reasoning.reasons.value_sets import Test, ValueSet, without

if TYPE_CHECKING:
    from lawmodel.reasoning.open_cases.residual import Residual
    from lawmodel.reasoning.reasons.what_if_check import WhatIfCheck

MOST_SOUGHT: Final = 10
"""Of so many open inputs the possibilities are sought where no diagram shows them."""
MOST_ASKED: Final = 300
"""So often the solver is asked for the values of one input with which an outcome is possible; then none are told."""


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """Values of an input, and the outcomes that are possible with each of them."""

    values: ValueSet
    possible: tuple[str, ...]
    """The strongest first; one where the outcome is certain."""


def counterfactuals(
    varied: VariedCase, key: str, possible: tuple[str, ...] | None = None
) -> tuple[Counterfactual, ...]:
    """The values of an input that allow other outcomes than ``possible``, in sets; strongest outcomes first.

    Without ``possible`` every value that the case allows, for instance of an input that is open. A single fact, a
    reading or a field of a listed record; values that contradict the days of the case are none.
    """
    decider, valuation = varied.decider, varied.valuation
    if possible is not None and _makes_no_difference(varied, key, possible):
        return ()
    tried = _each_tried(varied, key)
    if tried is not None and (len(tried) > 1 or possible == tuple(tried)):
        return _other_than(possible, decider, tried)  # of one alone: perhaps nothing compares the input
    if possible is not None and key in varied.together and varied.joint is not None and varied.joint.knows(key):
        return _other_than(possible, decider, _by_value(decider, varied.joint.reached(key)))
    from lawmodel.reasoning.reasons.what_if_check import WhatIfCheck  # brings the engines of open cases

    return _found(varied, WhatIfCheck(decider.question, valuation, [key], ""), key, possible)


def _makes_no_difference(varied: VariedCase, key: str, possible: tuple[str, ...]) -> bool:
    """Whether evaluation alone finds the one possible outcome where the input is open: most often, and at once."""
    return key not in varied.valuation.same_as and possible == (varied.outcome(key, None),)


def _each_tried(varied: VariedCase, key: str) -> dict[str, ValueSet] | None:
    """With which values of a choice, or of yes and no, each outcome is reached: one for each, says evaluation.

    None where there are too many values, and where something else is open that matters with one of them.
    """
    if key in varied.valuation.same_as:
        return None
    domain = domain_of(varied.decider, key)
    values: Sequence[Scalar] = (False, True) if domain.kind == "yes/no" else domain.choices
    if domain.kind in {"date", "number"}:
        return by_outcome(varied, key)
    if len(values) > MOST_TRIED:
        return None
    reached: dict[str, list[Scalar]] = {}
    for value in values:
        outcome = varied.outcome(key, value)
        if outcome is None:
            return None
        reached.setdefault(outcome, []).append(value)
    return {
        outcome: ValueSet(tuple(reached[outcome])) for outcome in varied.decider.question.outcomes if outcome in reached
    }


def _by_value(decider: Decider, reached: Mapping[Scalar, frozenset[object]]) -> dict[str, ValueSet]:
    """With which values each outcome is reached."""
    found = {
        outcome: ValueSet(tuple(value for value, outcomes in reached.items() if outcome in outcomes))
        for outcome in decider.question.outcomes
    }
    return {outcome: values for outcome, values in found.items() if values}


def possibilities(varied: VariedCase, keys: Sequence[str]) -> dict[str, tuple[Counterfactual, ...]]:
    """Of inputs that are open: all their values, in sets by the outcomes that are possible with each.

    All of them on one diagram: linear in its size for each input. Where none can be made, of the first `MOST_SOUGHT`.
    """
    if not keys:
        return {}
    from lawmodel.reasoning.reasons.what_if_check import WhatIfCheck

    trial = WhatIfCheck(varied.decider.question, varied.valuation, [], "")
    sought = keys if trial.completions.diagram is not None else keys[:MOST_SOUGHT]
    return {key: _found(varied, trial, key, None) for key in sought}


def _found(
    varied: VariedCase, trial: WhatIfCheck, key: str, possible: tuple[str, ...] | None
) -> tuple[Counterfactual, ...]:
    from lawmodel.reasoning.reasons.what_if_check import AskedTooOften

    if key not in trial.completions.encoding.inputs:  # nothing compares it
        return ()
    reached = _on_diagram(trial, key)
    if reached is None:
        try:
            reached = _one_by_one(varied, trial, key)
        except AskedTooOften:
            return ()
    return _other_than(possible, varied.decider, reached)


def _other_than(
    possible: tuple[str, ...] | None, decider: Decider, reached: Mapping[str, ValueSet]
) -> tuple[Counterfactual, ...]:
    """The values by the outcomes that are possible with them, without those that allow the same."""
    outcomes = list(decider.question.outcomes)
    found = [one for one in _parted(reached) if one.possible != possible]
    return tuple(sorted(found, key=lambda one: [outcomes.index(name) for name in one.possible]))


def _on_diagram(trial: WhatIfCheck, key: str) -> dict[str, ValueSet] | None:
    """With which values each outcome is reached; None where the input does not vary on its own."""
    completions = trial.completions
    diagram = completions.diagram
    if diagram is None:
        return None
    level = diagram.level_of(key)
    if level is None:
        return {str(outcome): _all_values(trial, key) for outcome in diagram.reached()}
    group = diagram.groups[level]
    if group.members != (key,):
        return None
    reached = diagram.reached_at(level)

    def test(outcome: str) -> Test:
        reaching = {number for number, one in enumerate(reached) if outcome in one}
        return lambda value: (
            _in_order(completions.residual, key, value) and not reaching.isdisjoint(group.having(key, value))
        )

    return {outcome: trial.passing(key, 0, test(outcome)) for outcome in completions.outcomes}


def _all_values(trial: WhatIfCheck, key: str) -> ValueSet:
    return trial.passing(key, 0, lambda value: _in_order(trial.completions.residual, key, value))


def _in_order(residual: Residual, key: str, value: Scalar) -> bool:
    """Whether a value of an input contradicts no known day."""
    for one, other in residual.orderings:
        sides = [value if side == key else side for side in (one, other)]
        if key in (one, other) and all(map(is_calendar_day, sides)) and sides[0] > sides[1]:  # type: ignore[operator]
            return False
    return not residual.contradictory


def _one_by_one(varied: VariedCase, trial: WhatIfCheck, key: str) -> dict[str, ValueSet]:
    """With which values each outcome is reached, by looking for completions.

    A day that is only known to be between others stays so here; in ``trial`` it may have been freed of that.
    """
    from lawmodel.reasoning.reasons.what_if_check import WhatIfCheck

    if key in trial.completions.residual.lifted:
        trial = WhatIfCheck(varied.decider.question, varied.valuation, [], "")
    trial.remember(varied.known)
    trials = [trial.of_outcome(outcome, MOST_ASKED) for outcome in varied.decider.question.outcomes]
    return {one.outcome: one.reaching(key) for one in trials if one.possible}


def _parted(reached: Mapping[str, ValueSet]) -> list[Counterfactual]:
    """The values by all outcomes that are reached with them."""
    allowed: list[tuple[ValueSet, tuple[str, ...]]] = []
    for outcome, values in reached.items():
        parted: list[tuple[ValueSet, tuple[str, ...]]] = []
        rest = values
        for known, with_them in allowed:
            left = without(known, values)
            parted += [(left, with_them), (without(known, left), (*with_them, outcome))]
            rest = without(rest, known)
        allowed = [one for one in (*parted, (rest, (outcome,))) if one[0]]
    together: dict[tuple[str, ...], ValueSet] = {}
    for values, with_them in allowed:
        together[with_them] = values
    return [Counterfactual(values, with_them) for with_them, values in together.items()]
