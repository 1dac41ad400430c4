"""What stands above every result about one case: what is asked, of which case, under which law."""

from __future__ import annotations

from lawmodel.document import Link, Text, identifier, text
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.law import law_of


def subject_of(title: str, case: str) -> Text:
    """The case a result is about: its title and its file."""
    file = identifier(case, Link("case", case)) if case else ""
    return text(title, "  " if title and case else "", file)


def law_line(rulebook: Rulebook, stage: str, day: str | None) -> Text:
    """Which law is applied, as a sentence."""
    said = law_of(rulebook, stage, day)
    return text(f"{said[:1].upper()}{said[1:]}.")
