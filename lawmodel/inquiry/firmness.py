"""How firm an answer is: the readings taken by default, the facts presumed and the dates on which it rests."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from lawmodel.answer.answer import UncertainDate
from lawmodel.case.consistency import contradictions
from lawmodel.inputs import LAW_DATE, READING_PREFIX, Scalar, Valuation
from lawmodel.inquiry.decider import Decider
from lawmodel.rulebook.dateline import became_law, counts_as_law
from lawmodel.rulebook.model import Step

DOUBTFUL = ("derived", "open")


def rests_on(decider: Decider, valuation: Valuation, soft: Sequence[str], possible: tuple[str, ...]) -> list[str]:
    """Those of the inputs ``soft`` of which another value, everything else equal, changes the possible outcomes."""
    occurring = decider.comparisons.occurring
    found = []
    for key in soft:
        family = {key, *(alias for alias, other in valuation.same_as.items() if other == key)}
        if not family & occurring:
            continue
        if any(decider.possible(changed) != possible for changed in _changed(decider, valuation, key)):
            found.append(key)
    return found


def _changed(decider: Decider, valuation: Valuation, key: str) -> Iterator[Valuation]:
    """The case with every other value of one input that could make a difference, one at a time."""
    aliases = [alias for alias, other in valuation.same_as.items() if other == key]
    for value in alternatives(decider, valuation, key):
        values = {**valuation.values, key: value, **dict.fromkeys(aliases, value)}
        if key.startswith(READING_PREFIX) or not any(contradictions(decider.rulebook, values)):
            yield Valuation(values, valuation.same_as)


def alternatives(decider: Decider, valuation: Valuation, key: str) -> list[Scalar]:
    """Other values of an input, such that every difference that any other value can make is among them.

    Of numbers and days only their order to what they are compared with can matter, so each of these and its
    neighbours stand for all.
    """
    compared = decider.comparisons
    domain = decider.question.domains[key]
    now = valuation.values[key]
    candidates: list[Scalar]
    match domain.kind:
        case "yes/no":
            candidates = [True, False]
        case "choice" if len(domain.choices) <= 24:
            candidates = list(domain.choices)
        case "choice":
            named = {value for value in compared.values.get(key, ()) if isinstance(value, str)}
            others = [choice for choice in domain.choices if choice not in named]
            used = {value for value in valuation.values.values() if isinstance(value, str)}
            candidates = [*sorted(named | (used & set(domain.choices))), *others[: len(used) + 1]]
        case _:
            known = compared.bounds.get(key, frozenset()) | {
                value for other in compared.others.get(key, ()) if isinstance(value := valuation.values.get(other), int)
            }
            lowest = 0 if domain.kind == "number" else 1
            near = {value + step for value in known for step in (-1, 0, 1)}
            candidates = [*sorted(value for value in near | {lowest} if value >= lowest), *sorted(domain.special)]
    return [value for value in candidates if value != now]


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
