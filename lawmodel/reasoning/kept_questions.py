"""Resolved questions in the user's cache: to read one back takes a small part of the time that it takes to resolve."""

from __future__ import annotations

from typing import Final

from lawmodel.dataclass import dataclass
from lawmodel.kept_objects import KeptObjects
from lawmodel.reasoning.formula import ResolvedQuestion
from lawmodel.reasoning.resolve import Dated, resolve
from lawmodel.reasoning.rewrite import WhatIsRead, what_is_read
from lawmodel.rulebook.model import Rulebook

MOST_KEPT: Final = 60
KEPT: Final = KeptObjects(
    "question",
    (
        "lawmodel.reasoning.formula",
        "lawmodel.reasoning.rewrite",
        "lawmodel.reasoning.compared_places",
        "lawmodel.time_spans",
    ),
    MOST_KEPT,
)


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question, and what it reads, if that was looked for."""

    question: ResolvedQuestion
    read: WhatIsRead | None


def kept_question(rulebook: Rulebook, question: str, stage: str, dated: Dated) -> KeptQuestion:
    """A question as `resolve` makes it; kept for the next time where the rulebook is as it was read."""
    made_from = of_rulebook(rulebook, question, stage, dated)
    kept = KEPT.recall(made_from) if made_from else None
    match kept:
        case (ResolvedQuestion() as resolved, WhatIsRead() as read):
            return KeptQuestion(resolved, read)
    resolved = resolve(rulebook, question, stage, dated=dated)
    if not made_from:
        return KeptQuestion(resolved, None)
    read = what_is_read(resolved)
    KEPT.keep(made_from, (resolved, read))
    return KeptQuestion(resolved, read)


def of_rulebook(rulebook: Rulebook, question: str, stage: str, dated: Dated) -> tuple[str, ...]:
    """All that a question is made from; nothing, where the rulebook is not as it was read."""
    return (rulebook.digest, question, stage, dated) if rulebook.content_hash else ()
