"""Words that several renderings share: certainty, numbers of things, days, sources."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final

from lawmodel.case.values import day_in_words
from lawmodel.rulebook.model import Rulebook, SourceRef

CERTAINTY: Final[Mapping[str, str]] = {
    "text": "text of the law seen",
    "report": "as the press reports the text",
    "inference": "derived, not stated",
    "memory": "general legal knowledge, not checked",
}


def count(number: int, what: str, several: str = "") -> str:
    """How many there are: 1 reading, 2 readings; ``several`` is the plural where it is not made with s."""
    return f"{number} {what if number == 1 else several or f'{what}s'}"


def day(date: datetime.date) -> str:
    """A day as a lawyer writes it: 3 February 2025."""
    return day_in_words(date.toordinal())


def law_of(rulebook: Rulebook, stage: str, date: datetime.date) -> str:
    """Which law is meant: that in force on a day, or that of every bill that had got as far as a stage."""
    if stage == rulebook.ordinary_stage:
        return f"law in force on {day(date)}"
    said = next(one.says for one in rulebook.stages if one.id == stage)
    return f"as if every bill {said} by {day(date)} were law"


def cited(reference: SourceRef) -> str:
    """A source and where in it, by the source's id."""
    return f"{reference.id} {reference.at}" if reference.at else reference.id
