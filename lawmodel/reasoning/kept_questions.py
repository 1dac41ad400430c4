"""Resolved questions in the user's cache: to read one back takes a small part of the time that it takes to resolve."""

from __future__ import annotations

from typing import Final

from lawmodel.kept_objects import KeptObjects
from lawmodel.reasoning.formula import ResolvedQuestion
from lawmodel.reasoning.resolve import Dated, resolve
from lawmodel.rulebook.model import Rulebook

MOST_KEPT: Final = 60
KEPT: Final = KeptObjects("question", ("lawmodel.reasoning.formula", "lawmodel.time_spans"), MOST_KEPT)


def kept_question(rulebook: Rulebook, question: str, stage: str, dated: Dated) -> ResolvedQuestion:
    """A question as `resolve` makes it; kept for the next time where the rulebook is as it was read."""
    made_from = of_rulebook(rulebook, question, stage, dated)
    kept = KEPT.recall(made_from) if made_from else None
    if isinstance(kept, ResolvedQuestion):
        return kept
    resolved = resolve(rulebook, question, stage, dated=dated)
    if made_from:
        KEPT.keep(made_from, resolved)
    return resolved


def of_rulebook(rulebook: Rulebook, question: str, stage: str, dated: Dated) -> tuple[str, ...]:
    """All that a question is made from; nothing, where the rulebook is not as it was read."""
    return (rulebook.digest, question, stage, dated) if rulebook.content_hash else ()
