"""Sensitivity analysis of an answer: the readings taken by default, facts presumed and dates on which it rests."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lawmodel.answer.answer import UncertainDate
from lawmodel.inputs import LAW_DATE, READING_PREFIX, Scalar, Valuation
from lawmodel.inquiry.days_and_numbers import stretches
from lawmodel.inquiry.decider import Decider
from lawmodel.inquiry.varied_case import VariedCase
from lawmodel.rulebook.dateline import counts_as_law, dates, is_doubtful, moved_with, with_moved, wording
from lawmodel.rulebook.model import Ceases, Instrument, Step

MOST_TRIED: Final = 24
"""Of a choice with no more values than these, each is tried."""


def rests_on(varied: VariedCase, soft: Sequence[str], outcome: str) -> list[str]:
    """Those of the inputs ``soft`` of which another value, everything else equal, makes another outcome possible.

    ``outcome`` is the one that evaluation finds. Most inputs are passed over because it finds the same where they are
    open. Of the others every value is tried where there are few; where there are many, the input is left open, and what
    is then possible is worked out exactly: so no value is forgotten, whatever the input is compared with.
    """
    return [key for key in soft if varied.outcome(key, None) != outcome and _matters(varied, key, outcome)]


def _matters(varied: VariedCase, key: str, outcome: str) -> bool:
    """Whether some other value of an input that does not contradict the others makes another outcome possible."""
    domain = varied.decider.question.domains[key]
    if domain.kind in {"date", "number"} and (each := stretches(varied, key)) is not None:
        reached = [one.outcome for one in each]
        if any(one not in (None, outcome) for one in reached):
            return True
        if None not in reached:
            return False
    few: Sequence[Scalar] = (True, False) if domain.kind == "yes/no" else domain.choices
    if domain.kind not in {"yes/no", "choice"} or len(few) > MOST_TRIED:
        return varied.possible(key, None) != (outcome,)
    return any(varied.reaches_another(key, value, outcome) for value in few if value != varied.valuation.values[key])


def uncertain_dates(
    decider: Decider, valuation: Valuation, law_date: datetime.date | None, possible: tuple[str, ...]
) -> list[UncertainDate]:
    """The derived or disputed dates on which the answer rests: were they wrong, other outcomes would be possible.

    A date is wrong where it lies on the other side of the day of the law. What is certain stays as it is: no bill is
    law before the day on which it is known to have been signed, and none has a wording that it was given later.
    """
    if law_date is None:
        return []
    found: list[UncertainDate] = []
    for name in decider.laws:
        found += _uncertain(decider, valuation, decider.rulebook.instruments[name], law_date, possible)
    return found


def _uncertain(
    decider: Decider, valuation: Valuation, instrument: Instrument, law_date: datetime.date, possible: tuple[str, ...]
) -> Iterator[UncertainDate]:
    """Those of one instrument; of dates that can only be wrong together, the one that takes no other along."""

    def standing(one: Instrument) -> tuple[bool, str | None]:
        return counts_as_law(decider.rulebook, one, decider.stage, law_date), wording(one, law_date)

    doubtful = [(one, moved_with(instrument, one, law_date)) for one in dates(instrument) if is_doubtful(one)]
    named: list[Step | Ceases] = []
    for dated, moved in sorted(doubtful, key=lambda pair: len(pair[1] or ())):
        if moved is None or any(one is other for one in moved for other in named):
            continue
        otherwise = with_moved(instrument, moved, law_date)
        if standing(otherwise) == standing(instrument):
            continue
        outcomes = decider.possible(valuation, decider.with_instrument(otherwise))
        if outcomes != possible:
            named.append(dated)
            stage = dated.stage if isinstance(dated, Step) else "ceases"
            day = dated.date.isoformat()
            yield UncertainDate(instrument.id, stage, day, dated.certainty, _remark(dated), outcomes)


def _remark(dated: Step | Ceases) -> str | None:
    """What is to be said of a date, and who gives another."""
    disputed = dated.disputed_by if isinstance(dated, Step) else ()
    others = [f"{other.id}{f' {other.at}' if other.at else ''} has {other.says}" for other in disputed]
    return "; ".join(filter(None, [dated.remark, *others])) or None


def plain_name(key: str) -> str:
    """How a user names an input: a reading by its id, anything else by its path."""
    return key.removeprefix(READING_PREFIX)


def in_order(decider: Decider, keys: Mapping[str, object] | Sequence[str]) -> list[str]:
    """Inputs as users name them, readings first, each in the rulebook's order; the day of the law by its fact."""
    rulebook = decider.rulebook
    order = {name: number for number, name in enumerate((*rulebook.readings, *rulebook.facts))}
    named = [rulebook.law_date if key == LAW_DATE else plain_name(key) for key in keys]
    return sorted(dict.fromkeys(named), key=lambda name: (order.get(name.split("[")[0], len(order)), name))
