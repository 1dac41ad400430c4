"""Why an answer is so: the smallest sets of what a case holds that settle it, whatever everything else is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from lawmodel.case.arguments import count_problems, raise_problems
from lawmodel.case.case import Case
from lawmodel.inquiry.ask import Ask, TypedCase
from lawmodel.inquiry.explained import explained
from lawmodel.inquiry.reasons.explained_case import ExplainedCase
from lawmodel.inquiry.reasons.sufficient_reasons import MOST, reasons_for
from lawmodel.reasoning.trace import Trace
from lawmodel.results.reasons import Reason, ReasonsFound, Why
from lawmodel.rulebook.model import Rulebook


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
    held = ExplainedCase(ask, readings_too=readings_too)
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
        trace=_trace(ask, held, () if found is None else found.reasons),
    )


def _trace(ask: Ask, held: ExplainedCase, reasons: Iterable[Reason]) -> tuple[Trace, ...]:
    """The steps of the provisions that some reasons name."""
    named = {name for one in reasons for name in (*one.grounds, *one.between)}
    return explained(ask, held.valued, (rule for rule in held.made.question.rules if rule.id in named))
