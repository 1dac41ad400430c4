"""Where the answer to one question changes those to others."""

from __future__ import annotations

from lawmodel.answer.answer import Answer
from lawmodel.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Feed:
    """What an outcome of one question, once it has led to something, changes in the answers to the others."""

    question: str
    outcome: str
    says: str
    changed: tuple[tuple[Answer, Answer], ...]
    """Before and after, for each answer that differs in its outcomes or grounds."""
