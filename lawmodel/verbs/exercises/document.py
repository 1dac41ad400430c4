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
    limbs = [one for one in found.left_out if one.limbs]
    for one in limbs:
        title = f"Not tested: {one.why}"
        table = Table((Column("Limb"),), tuple((text(limb),) for limb in one.limbs))
        blocks.append(Section(text(title), (table,)))
    if limbs:
        tested = f"{limbs[0].made} of {count(limbs[0].wanted, 'side')} of limbs are tested."
        blocks.insert(0, Paragraph(text(tested)))
    kinds = [one for one in found.left_out if not one.limbs]
    if kinds:
        made = tuple((text(one.kind), text(f"{one.made} of {one.wanted}"), text(one.why)) for one in kinds)
        columns = (Column("Kind", "identifier"), Column("Made", "number"), Column("Why no more"))
        blocks.append(Section(text("Not made"), (Table(columns, made),)))
    blocks.append(Paragraph(text(f"Written: {' and '.join(found.files)}.")))
    every = count(found.exercises, "exercise")
    carried = every if found.carried == found.exercises else f"{found.carried} of {every}"
    return Document(text(found.title), tuple(blocks), text(f"{carried}, as {found.format}"))
