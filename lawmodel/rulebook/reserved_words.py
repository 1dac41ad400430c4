"""Names that cannot be given, because they are words of the language where they would be used.

A choice called ``unknown`` could never be told from a choice that is not known; a concept called ``always`` would never
be asked. Each kind of name has its words here, taken from whatever reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lawmodel.inputs import LAW_DATE, UNKNOWN
from lawmodel.rulebook.condition import AT
from lawmodel.rulebook.statement_parser import (
    CONDITION_TEXTS,
    CONDITION_WORDS,
    NOTHING,
    SWITCH_WORDS,
)

TABLE_WORDS: Final = ("case", "row", "ground", "status", "outcome")
"""Columns of tables, and what answers are counted by, beside the facts (`lawmodel.batch`)."""
DEPENDS: Final = "depends"
"""What stands in tables where the outcome is open."""
TODAY: Final = "today"
"""How this day may be typed in an interview."""

_CONDITION: Final = "a word of conditions"
_UNKNOWN: Final = "the word for a value that is not known"
_LAW_DATE: Final = "the day of the law"
_AT: Final = "the moment at which something is tested"
_NOTHING: Final = "the word for no conclusion"
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "fact": dict.fromkeys(CONDITION_WORDS, _CONDITION)
    | {AT: _AT}
    | dict.fromkeys(TABLE_WORDS, "a column of every table of cases or answers"),
    "field": dict.fromkeys(CONDITION_WORDS, _CONDITION) | {AT: _AT},
    "choice": {UNKNOWN: _UNKNOWN},
    "word for a day": {UNKNOWN: _UNKNOWN, LAW_DATE: _LAW_DATE, TODAY: "the word for the present day in an interview"},
    "date": {AT: _AT, LAW_DATE: _LAW_DATE},
    "reading": {LAW_DATE: _LAW_DATE},
    "option": dict.fromkeys(SWITCH_WORDS, "a word of switches") | {UNKNOWN: _UNKNOWN},
    "concept": dict.fromkeys((*CONDITION_TEXTS, *CONDITION_WORDS), _CONDITION),
    "conclusion": {NOTHING: _NOTHING},
    "consequence": {NOTHING: _NOTHING},
    "outcome": {NOTHING: _NOTHING, DEPENDS: "what stands in tables where the outcome is open"},
}
"""By kind of name: each word, and what it means there."""
_READ_AS_DAYS: Final = ("word for a day", "date")
_READ_AS_NUMBERS: Final = ("number",)


def meaning_of(kind: str, name: str) -> str | None:
    """What a name means already, so that no such thing can have it; None where it is free."""
    if kind in _READ_AS_DAYS and name[:1].isdigit():
        return "the beginning of a day of the calendar"
    if kind in _READ_AS_NUMBERS and name[:1].isdigit():
        return "the beginning of a number in digits"
    return WORDS.get(kind, {}).get(name)
