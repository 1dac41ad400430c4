"""What was drawn, as a document: what the description assumes, and the shares that came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lawmodel.document import Document, Paragraph, Section, Term, Terms, faint, text
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.population.result import PopulationResult
from lawmodel.words.columns import column_title, value_words
from lawmodel.words.counts import count

MOST_SHOWN: Final = 6
"""Values of a fact that are shown; the others are counted."""
HOW_MANY: Final = ": how many"
"""Behind the name of a list: how many records its cases have."""


def document(rulebook: Rulebook, found: PopulationResult, out: str | None) -> Document:
    """The shares of each fact; ``out`` is where the cases are, None where nothing was written."""
    where = f"Written to {out}." if out is not None else "Nothing is written: --out FILE writes the cases."
    blocks = (
        Paragraph(text(f"Assumed: {found.assumes}")),
        Section(text("What was drawn"), (Terms(tuple(_term(rulebook, *one) for one in found.drawn.items())),)),
        Paragraph(text(where)),
    )
    return Document(text(found.population), blocks, text(f"{count(found.rows, 'case')}, seed {found.seed}"))


def _term(rulebook: Rulebook, name: str, drawn: Mapping[str, int]) -> Term:
    """A fact with the shares of its values: numbers in their order, others by how often they were drawn."""
    says, total = value_words(rulebook, name), sum(drawn.values())
    ordered = sorted(drawn, key=int) if all(one.isdecimal() for one in drawn) else list(drawn)
    shown = [f"{says.get(one, one)} {drawn[one] / total:.1%}" for one in ordered[:MOST_SHOWN]]
    rest = len(ordered) - MOST_SHOWN
    more = f", and {rest} more" if rest > 0 else ""
    path = name.removesuffix(HOW_MANY)
    title = column_title(rulebook, path) + (HOW_MANY if path != name else "")
    return Term(text(title), text(", ".join(shown), more, faint(f"  {path}")))
