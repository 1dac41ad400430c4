"""What findings call the entries of a rulebook, and the cases that show them."""

from __future__ import annotations

from lawmodel.rulebook.condition import Condition
from lawmodel.rulebook.model import Provision, Question, Rulebook
from lawmodel.rulebook.parts import EntryPart
from lawmodel.words.outline import Outline


def called(provision: Provision) -> str:
    """A provision by its citation and title."""
    return f"{provision.citation} ({provision.title})"


def asked(question: Question) -> str:
    """A question in its own words."""
    return f"“{question.asks}”"


def entry_called(rulebook: Rulebook, part: EntryPart) -> str:
    """The entry in which a statement stands."""
    if part.section == "provisions":
        return called(rulebook.provisions[part.entry])
    entry = rulebook.concepts[part.entry] if part.section == "concepts" else rulebook.conclusions[part.entry]
    return f"“{entry.title or part.entry}”"


def condition_says(rulebook: Rulebook, part: EntryPart) -> str:
    """A condition in a line."""
    assert isinstance(part.stated, Condition)
    return f"“{Outline(rulebook, records=part.records).line(part.stated).says}”"


def kind_of(part: EntryPart) -> str:
    """The kind of entry in which a statement stands."""
    return part.section.removesuffix("s")
