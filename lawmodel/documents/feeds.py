"""What an answer would change in the answers to other questions, once it has led to something."""

from __future__ import annotations

from lawmodel.answer.answer import Answer
from lawmodel.answer.feed import Feed
from lawmodel.document import Column, Document, Paragraph, Table, text
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.outcomes import both, predicates, statement, subject


def feeds_document(rulebook: Rulebook, feed: Feed) -> Document:
    """The answers that differ, before and after."""
    title = text(f"If {feed.says}")
    if not feed.changed:
        so = f"{statement(rulebook, feed.question, feed.outcome)}."
        return Document(title, (Paragraph(text(so, " Every answer would stay as it is.")),))
    rows = tuple(
        (text(subject(rulebook, after.question)), text(_turn(before, after))) for before, after in feed.changed
    )
    return Document(title, (Table((Column(), Column()), rows),))


def _turn(before: Answer, after: Answer) -> str:
    """The answer as it would be, in a few words: its outcomes and grounds."""
    said = predicates(after.rulebook, after.question, after.possible)
    grounds = both(list(dict.fromkeys(ground.citation for ground in after.grounds)))
    if before.possible == after.possible:
        return f"still {said}, {'on other grounds' if grounds else 'without a ground'}"
    return f"{said}{f', under {grounds}' if grounds else ''}"
