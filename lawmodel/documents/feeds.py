"""What an answer would change in the answers to other questions, once it has led to something."""

from __future__ import annotations

from lawmodel.answer.answer import Answer
from lawmodel.answer.feed import Feed
from lawmodel.document import Column, Document, Paragraph, Table, text
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.outcomes import predicates, statement, subject


def feeds_document(rulebook: Rulebook, feed: Feed) -> Document:
    """The answers that differ, before and after."""
    title = text(f"If {feed.says}")
    because = Paragraph(
        text(f"{statement(rulebook, feed.question, feed.outcome)}. What this would change in the others:")
    )
    if not feed.changed:
        return Document(title, (because, Paragraph(text("Nothing."))))
    rows = tuple(
        (text(subject(rulebook, after.question)), text(_brief(before)), text("→ ", _brief(after)))
        for before, after in feed.changed
    )
    return Document(title, (because, Table((Column(), Column(), Column()), rows)))


def _brief(answer: Answer) -> str:
    """An answer in a few words: its outcomes and grounds."""
    said = predicates(answer.rulebook, answer.question, answer.possible)
    grounds = ", ".join(dict.fromkeys(ground.citation for ground in answer.grounds))
    return f"{said} ({grounds})" if grounds else said
