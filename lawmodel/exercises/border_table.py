"""The border of an answer as a table: each fact that carries it, with the values and the outcome on either side."""

from __future__ import annotations

from collections.abc import Collection

from lawmodel.document import Column, Table, Text, strong, text
from lawmodel.exercises.border import Border, CarryingFact


def border_table(border: Border, found: Collection[str] | None = None) -> Table:
    """Where an answer ends: on either side the values and the outcome; ``found`` are the facts to be ticked off."""
    ticked = [] if found is None else [Column("")]
    columns = (*ticked, Column("Fact"), Column("On this side"), Column("On the other side"))
    return Table(columns, tuple(_sides(border, one, found) for one in border.facts))


def _sides(border: Border, one: CarryingFact, found: Collection[str] | None) -> tuple[Text, ...]:
    near = [*([] if one.ordered and one.inside else [one.was]), *(each.says for each in one.inside)]
    far = [each.says for each in one.outside if each.outcome == one.outside[0].outcome]
    ticked = [] if found is None else [text("✓" if one.input in found else "·")]
    return (
        *ticked,
        text(one.title),
        text(f"{'; '.join(near)}: ", strong(border.comes_to)),
        text(f"{'; '.join(far)}: ", strong(one.outside[0].comes_to)),
    )
