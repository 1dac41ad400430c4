"""A data set, as a document: how many cases of each answer and label."""

from __future__ import annotations

from lawmodel.document import Column, Document, Paragraph, Section, Table, text
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.dataset.result import DatasetResult
from lawmodel.verbs.dataset.selection import SEVERAL
from lawmodel.words.counts import count
from lawmodel.words.outcomes import predicate


def document(rulebook: Rulebook, found: DatasetResult, out: str | None) -> Document:
    """The groups; ``out`` is the folder, None where nothing was written."""
    rows = []
    for one in found.groups:
        group = one.group
        says = (
            "several are possible" if group.outcome == SEVERAL else predicate(rulebook, group.question, group.outcome)
        )
        rows.append((text(group.question), text(says), text(group.label), text(str(one.cases))))
    columns = (Column("Question"), Column("Answer by default"), Column("Label"), Column("Cases", "number"))
    where = f"Written to {out}: {', '.join(found.files)}." if out else "Nothing is written: --out FOLDER writes it."
    few = "" if found.cases == found.wanted else f" {count(found.wanted, 'case')} were wanted, and no more were found."
    drawn = (
        f"Drawn were {found.drawn:,}; {found.alike:,} were dropped because the law sees no difference to another.{few}"
    )
    blocks = (
        Section(text("What is in it"), (Table(columns, tuple(rows)),)),
        Paragraph(text(drawn)),
        Paragraph(text(where)),
    )
    return Document(text("A data set of cases"), blocks, text(f"{count(found.cases, 'case')}, seed {found.seed}"))
