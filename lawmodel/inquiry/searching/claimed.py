"""A property of the law held against answers: whether they contradict what it claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.case.valuation import value_case
from lawmodel.inputs import LAW_DATE
from lawmodel.reasoning.evaluation import meaning
from lawmodel.reasoning.resolve import Dated, resolve_condition
from lawmodel.rulebook.model import Property, Rulebook


def given_holds(
    rulebook: Rulebook, stated: Property, case: Case, readings: Mapping[str, str], stage: str | None
) -> bool:
    """Whether a property speaks of a case: what it gives certainly holds, on a day of which it speaks."""
    values = value_case(rulebook, case, readings, stated.on).valuation.values
    day = values[LAW_DATE]
    for bound, sign in ((stated.since, 1), (stated.until, -1)):
        if bound is not None and not (isinstance(day, int) and sign * day >= sign * bound.toordinal()):
            return False
    if stated.given is None:
        return True
    dated: Dated = "by_facts" if stated.on is None else "by_choice"
    given = resolve_condition(rulebook, stated.given, stage, dated=dated)
    return meaning(given)(values, {}) is True


def contradicts(stated: Property, answers: Sequence[Answer]) -> bool:
    """Whether the answer on a complete case (or the two that are compared) contradicts what is claimed of it.

    An answer that depends on something contradicts nothing.
    """
    claims = stated.claims
    if any(answer.outcome is None for answer in answers):
        return False
    grounds = [{ground.id for ground in answer.grounds} for answer in answers]
    if claims.compared is not None:
        order = [one.id for one in answers[0].rulebook.questions[stated.question].outcomes]
        first, second = (order.index(str(answer.outcome)) for answer in answers)
        return {
            "same_outcome": first != second,
            "same_answer": first != second or grounds[0] != grounds[1],
            "no_weaker": second > first,
            "no_stronger": second < first,
        }[claims.compared]
    brought = {one.id for one in answers[0].consequences if one.certain}
    return (
        (bool(claims.always) and answers[0].outcome not in claims.always)
        or answers[0].outcome in claims.never
        or not {*claims.ground} <= grounds[0]
        or not grounds[0].isdisjoint(claims.no_ground)
        or not {*claims.brings} <= brought
        or not brought.isdisjoint(claims.never_brings)
    )
