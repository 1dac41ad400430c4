"""How firm an answer is: the readings taken by default, the facts presumed and the dates on which it rests."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from lawmodel.answer.answer import UncertainDate
from lawmodel.inputs import LAW_DATE, READING_PREFIX, Scalar, Valuation
from lawmodel.inquiry.decider import Decider
from lawmodel.reasoning.halves import whole_or_halves
from lawmodel.rulebook.dateline import became_law, counts_as_law
from lawmodel.rulebook.model import Step

DOUBTFUL = ("derived", "open")
MOST_TRIED: Final = 24
"""Of a choice with no more values than these, each is tried."""


def rests_on(decider: Decider, valuation: Valuation, soft: Sequence[str], outcome: str) -> list[str]:
    """Those of the inputs ``soft`` of which another value, everything else equal, makes another outcome possible.

    ``outcome`` is the one that evaluation finds. Most inputs are passed over because it finds the same where they are
    open. Of the others every value is tried where there are few; where there are many, the input is left open, and what
    is then possible is worked out exactly: so no value is forgotten, whatever the input is compared with.
    """
    occurring = decider.comparisons.occurring
    families = {key: {key, *(alias for alias, other in valuation.same_as.items() if other == key)} for key in soft}
    doubtful = [key for key in soft if families[key] & occurring]

    def stays(keys: Sequence[str]) -> bool:
        return decider.evaluation.outcome(_with(valuation, families, keys, None).values) == outcome

    harmless = whole_or_halves(doubtful, stays)
    return [key for key in doubtful if key not in harmless and _matters(decider, valuation, families, key, outcome)]


def _matters(
    decider: Decider, valuation: Valuation, families: Mapping[str, Collection[str]], key: str, outcome: str
) -> bool:
    """Whether some other value of an input that does not contradict the others makes another outcome possible."""
    domain = decider.question.domains[key]
    few: Sequence[Scalar] = (True, False) if domain.kind == "yes/no" else domain.choices
    if domain.kind not in {"yes/no", "choice"} or len(few) > MOST_TRIED:
        return decider.possible(_with(valuation, families, [key], None)) != (outcome,)
    others = [value for value in few if value != valuation.values[key]]
    return any(decider.possible(_with(valuation, families, [key], value)) != (outcome,) for value in others)


def _with(
    valuation: Valuation, families: Mapping[str, Collection[str]], keys: Sequence[str], value: Scalar | None
) -> Valuation:
    """The case with another value of some inputs, and of those that are the same as they."""
    changed = {one: value for key in keys for one in families[key]}
    return Valuation({**valuation.values, **changed}, valuation.same_as)


def uncertain_dates(
    decider: Decider, valuation: Valuation, law_date: datetime.date | None, possible: tuple[str, ...]
) -> list[UncertainDate]:
    """The derived or disputed dates on which the answer rests: were they wrong, other outcomes would be possible."""
    found = []
    for name in decider.laws:
        instrument = decider.rulebook.instruments[name]
        step = became_law(decider.rulebook, instrument, decider.stage)
        ceases = instrument.ceases
        doubtful = step if step is not None and (step.certainty in DOUBTFUL or step.disputed_by) else None
        ends = ceases if ceases is not None and ceases.certainty in DOUBTFUL else None
        if law_date is None or (doubtful is None and ends is None):
            continue
        counts = counts_as_law(decider.rulebook, instrument, decider.stage, law_date)
        otherwise = decider.possible(valuation, decider.with_law(name, not counts))
        if otherwise == possible:
            continue
        if ends is not None and (doubtful is None or law_date >= ends.date):
            day = ends.date.isoformat()
            found.append(UncertainDate(name, "ceases", day, ends.certainty, ends.remark, otherwise))
        elif doubtful is not None:
            day = doubtful.date.isoformat()
            found.append(UncertainDate(name, doubtful.stage, day, doubtful.certainty, _remark(doubtful), otherwise))
    return found


def _remark(step: Step) -> str | None:
    """What is to be said of a date, and who gives another."""
    others = [f"{other.id}{f' {other.at}' if other.at else ''} has {other.says}" for other in step.disputed_by]
    return "; ".join(filter(None, [step.remark, *others])) or None


def plain_name(key: str) -> str:
    """How a user names an input: a reading by its id, anything else by its path."""
    return key.removeprefix(READING_PREFIX)


def in_order(decider: Decider, keys: Mapping[str, object] | Sequence[str]) -> list[str]:
    """Inputs as users name them, readings first, each in the rulebook's order; the day of the law by its fact."""
    rulebook = decider.rulebook
    order = {name: number for number, name in enumerate((*rulebook.readings, *rulebook.facts))}
    named = [rulebook.law_date if key == LAW_DATE else plain_name(key) for key in keys]
    return sorted(dict.fromkeys(named), key=lambda name: (order.get(name.split("[")[0], len(order)), name))
