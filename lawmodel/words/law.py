"""Law in words: which law is applied, since when, how sure that is, and who says so."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final

from lawmodel.case.values import day_in_words
from lawmodel.reasoning.trace import Trace
from lawmodel.rulebook.model import HowSeen, Rulebook, Seen, SourceRef

CERTAINTY: Final[Mapping[str, str]] = {
    "text": "text of the law seen",
    "report": "text known from reports",
    "inference": "inferred, not stated in a text",
    "memory": "general legal knowledge, not checked",
}
DATE_CERTAINTY: Final[Mapping[str, str]] = {"derived": "computed", "open": "not certain", "report": "as reported"}
"""How sure a date is; what a text states itself needs no word."""


def day(date: datetime.date) -> str:
    """A day as a lawyer writes it: 3 February 2025."""
    return day_in_words(date.toordinal())


def law_of(rulebook: Rulebook, stage: str, date: str | None) -> str:
    """Which law is applied, by stage and ISO day: that in force on a day, or that of every bill that had got so far."""
    if date is None:
        return "law of an unknown day"
    said = day(datetime.date.fromisoformat(date))
    if stage == rulebook.ordinary_stage:
        return f"law in force on {said}"
    passed = next(one.says for one in rulebook.stages if one.id == stage)
    return f"as if every bill {passed} by {said} were law"


def law_of_each_case(rulebook: Rulebook, stage: str, date: str | None) -> str:
    """As `law_of`, for many cases: without a day it is the law of the day of each."""
    if date is not None:
        return law_of(rulebook, stage, date)
    if stage == rulebook.ordinary_stage:
        return "law in force on the day of each case"
    passed = next(one.says for one in rulebook.stages if one.id == stage)
    return f"as if every bill {passed} by the day of each case were law"


def cited(reference: SourceRef) -> str:
    """A source and where in it, by the source's id."""
    return f"{reference.id} {reference.at}" if reference.at else reference.id


SEEN: Final[Mapping[HowSeen, str]] = {
    "text": "the text was seen",
    "translation": "a translation was seen",
    "report": "reports of it were seen",
    "memory": "from memory, not looked up",
    "none": "not seen",
}


def how_seen(seen: Seen) -> str:
    """How a source was seen, and when."""
    return SEEN[seen.how] if seen.on is None else f"{SEEN[seen.how]} on {day(seen.on)}"


def standing(rulebook: Rulebook, step: Trace) -> str:
    """Since when the provision of a trace is law, how sure its text is, and its sources: the lines below a ground."""
    provision = rulebook.provisions[str(step.id)]
    sentences = []
    law = next((one for one in step.walk() if one.kind == "law" and "date" in one.notes), None)
    if law is not None:
        sentences.append(f"{_since(rulebook, law)}.")
    certainty = CERTAINTY[provision.certainty]
    sentences.append(f"{certainty[0].upper()}{certainty[1:]}.")
    return " ".join(sentences)


def _since(rulebook: Rulebook, law: Trace) -> str:
    stages = {one.id: one.says for one in rulebook.stages}
    date, stage, certainty = (str(law.notes[name]) for name in ("date", "stage", "date_certainty"))
    said = day(datetime.date.fromisoformat(date))
    how = DATE_CERTAINTY.get(certainty)
    title = rulebook.instruments[str(law.id)].title
    since = "since " if stage == rulebook.ordinary_stage else ""
    return f"{title}: {stages.get(stage, stage)} {since}{said}{f' ({how})' if how else ''}"
