"""An answer in a line or two, for the report of a test that fails."""

from __future__ import annotations

from lawmodel.answer.answer import Answer
from lawmodel.document import plain
from lawmodel.documents.answer import sentence


def brief_text(answer: Answer) -> str:
    """The conclusion, its grounds, and what it turns on."""
    grounds = ", ".join(ground.id for ground in answer.grounds)
    said = f"{plain(sentence(answer))}{f' ({grounds})' if grounds else ''}"
    turns_on = ", ".join(" with ".join(group) for group in answer.turns_on)
    return f"{said}\nturns on {turns_on}" if turns_on else said
