"""What comparisons compare, in the law's words."""

from __future__ import annotations

import datetime

from lawmodel.case.values import day_in_words
from lawmodel.inputs import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, LAW_DATE, Value
from lawmodel.reasoning.formula import Field, Fixed, Input, Term
from lawmodel.rulebook.dateline import latest_step
from lawmodel.rulebook.model import Fact, Instrument, Rulebook


def declared(rulebook: Rulebook, term: Input | Field) -> Fact:
    """The declaration of the fact or field that is compared."""
    if isinstance(term, Field):
        return rulebook.fact(f"{term.records}.{term.name}")
    return rulebook.facts[term.key]


def not_yet_law(rulebook: Rulebook, instrument: Instrument, day: datetime.date | None) -> str:
    """That a bill is not law, and how far it had got by a day."""
    step = latest_step(instrument, day or datetime.date.max)
    reached = None if step is None else (step.stage, step.date.isoformat())
    return only_been(rulebook, reached, None if day is None else day.isoformat())


def only_been(rulebook: Rulebook, reached: tuple[str, str] | None, day: str | None) -> str:
    """That a bill is not law on an ISO day, where one is given; ``reached``: its last stage by then, and its day."""
    on = "" if day is None else f" on {_calendar(day)}"
    if reached is None:
        return f"not law{on}, and no bill yet"
    stage = next(one.says for one in rulebook.stages if one.id == reached[0])
    return f"not law{on}: it {'has' if day is None else 'had'} only been {stage} ({_calendar(reached[1])})"


def _calendar(day: str) -> str:
    return day_in_words(datetime.date.fromisoformat(day).toordinal())


def day_says(rulebook: Rulebook, term: Term, value: Value) -> str:
    """A day by its name, with the day of the calendar where that is known."""
    day = day_in_words(value) if isinstance(value, int) and BEFORE_EVERY_DAY < value < AFTER_EVERY_DAY else ""
    match term:
        case Fixed(_, None):
            return day
        case Fixed(_, label):
            name = str(label)
        case Input(key) if key == LAW_DATE:
            name = "the day of the law"
        case _:
            name = declared(rulebook, term).title
    return f"{name} ({day})" if day else name
