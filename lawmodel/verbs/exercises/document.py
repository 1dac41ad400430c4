"""What was written of a set of exercises, as a document."""

from __future__ import annotations

from lawmodel.document import Column, Document, Paragraph, Section, Table, text
from lawmodel.verbs.exercises.result import ExportResult
from lawmodel.words.counts import count


def document(found: ExportResult) -> Document:
    """How many exercises the file has, and what it does not carry, exercise by exercise."""
    blocks: list[Section | Paragraph] = []
    for left_out, title in ((True, "Left out"), (False, "Carried, but without")):
        rows = tuple(
            (text(one.says), text(str(len(one.exercises))), text(", ".join(one.exercises)))
            for one in found.losses
            if one.left_out is left_out
        )
        if rows:
            columns = (Column("What"), Column("Exercises", "number"), Column("Which", "identifier"))
            blocks.append(Section(text(title), (Table(columns, rows),)))
    blocks.append(Paragraph(text(f"Written: {' and '.join(found.files)}.")))
    carried = f"{found.carried} of {count(found.exercises, 'exercise')}, as {found.format}"
    return Document(text(found.title), tuple(blocks), text(carried))
