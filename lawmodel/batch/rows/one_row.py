"""The exact answer on one row: as `lawmodel.inquiry.decide` finds it, without trace and sensitivity."""

from __future__ import annotations

from lawmodel.batch.rows.answers import RowAnswer
from lawmodel.case.valuation import Valued
from lawmodel.inquiry.decider import Decider
from lawmodel.inquiry.distinction import distinguish
from lawmodel.inquiry.grounds import certain_grounds
from lawmodel.inquiry.sensitivity import in_order


def answer_on(made: Decider, valued: Valued, *, turns_on: bool) -> RowAnswer:
    """The answer on a case whose inputs are given."""
    valuation = valued.valuation
    supports = made.evaluation.supports(valuation.values)
    outcome = made.evaluation.strongest(supports)
    if outcome is not None:
        certain = certain_grounds(made, valuation, outcome, supports[outcome])
        return RowAnswer("determined", outcome, (outcome,), certain)
    exact = made.exact(valuation)
    possible = exact.possible()
    if len(possible) != 1:
        groups = tuple(tuple(in_order(made, group)) for group in exact.turns_on()) if turns_on else ()
        return RowAnswer("depends", None, possible, (), (), groups)
    outcome = possible[0]
    certain = tuple(rule.id for rule in made.question.rules if exact.certain(rule.id, outcome))
    if certain or outcome == made.question.outcomes[-1]:
        return RowAnswer("determined", outcome, possible, certain)
    found = distinguish(made, valued, exact)
    between = set() if found is None else {name for leaf in found.leaves() for name in leaf.grounds}
    in_order_of_law = tuple(rule.id for rule in made.question.rules if rule.id in between)
    return RowAnswer("determined", outcome, possible, (), in_order_of_law)
