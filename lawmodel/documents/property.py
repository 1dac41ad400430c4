"""A property of the law as blocks: the question, what is given, in what a second case differs, and the claim."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.document import Block, Term, Terms, text
from lawmodel.documents.outline import condition_section
from lawmodel.rulebook.model import Property, Rulebook
from lawmodel.words.outline import Outline
from lawmodel.words.properties import changed_in_words, claim_in_words, law_meant, readings_meant


def claim_blocks(rulebook: Rulebook, stated: Property) -> Iterator[Block]:
    """What a property claims, and of which cases."""
    question = rulebook.questions[stated.question]
    said = (
        ("Question", f"{question.title}: {question.asks}"),
        ("Law", law_meant(rulebook, stated)),
        ("Readings", readings_meant(rulebook, stated)),
        ("Second case", "" if stated.changed is None else changed_in_words(rulebook, stated.changed)),
        ("Claim", claim_in_words(rulebook, stated)),
    )
    yield Terms(tuple(Term(text(label), text(words)) for label, words in said if words))
    if stated.given is not None:
        yield condition_section("Of every case in which", stated.given, Outline(rulebook))
    if stated.changed is not None and stated.changed.such_that is not None:
        inside = Outline(rulebook, records=stated.changed.one_more)
        title = "Of the further record it is given that"
        yield condition_section(title, stated.changed.such_that, inside)
