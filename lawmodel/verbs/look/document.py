"""A first look at a table, as a document: its columns, the cells that are not understood, and the days of the law."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lawmodel.batch.mapping.looked import LawDays, Looked, LookedColumn
from lawmodel.document import (
    Block,
    Column,
    Diagnostic,
    Document,
    Item,
    Items,
    Note,
    Paragraph,
    Section,
    Table,
    Text,
    faint,
    identifier,
    text,
)
from lawmodel.rulebook.model import Rulebook
from lawmodel.safe_text import safe_line
from lawmodel.words.counts import count
from lawmodel.words.law import day

COLUMNS: Final = (
    Column("Column"),
    Column("What it is", "identifier"),
    Column("Known", "number"),
    Column("Unknown", "number"),
    Column("Not understood", "number"),
)
DAYS: Final = (Column("Column"), Column("From"), Column("To"))
LONGEST: Final = 60
"""Letters of a cell that are shown."""


def document(rulebook: Rulebook, found: Looked) -> Document:
    """What a table holds; what is to be done before it is decided stands behind its columns."""
    blocks: list[Block] = [Items(tuple(Item(text(safe_line(one))) for one in found.remarks))] if found.remarks else []
    blocks.append(Section(text("Columns"), (Table(COLUMNS, tuple(map(_row, found.columns))),)))
    blocks += _not_matched(found)
    blocks += _not_understood(found)
    blocks += _days(found)
    blocks.append(Section(text("Law"), tuple(_law(rulebook, found.law_days, found.rows))))
    return Document(text(_rows(found)), tuple(blocks), text(identifier(safe_line(found.table))))


def _rows(found: Looked) -> str:
    where = "" if found.sheet is None else f" of the sheet {safe_line(found.sheet)}"
    more = ((found.blank, "blank"), (found.skipped, "skipped by the mapping"), (found.unreadable, "unreadable"))
    return ", ".join([f"{count(found.rows, 'row')}{where}", *(f"{number:,} {what}" for number, what in more if number)])


def _row(one: LookedColumn) -> tuple[Text, ...]:
    heading = text(safe_line(one.heading))
    if one.role != "fact":
        return heading, text(one.role), text(), text(), text()
    bad = f"{one.bad_cells:,}" if one.bad_cells else ""
    return heading, text(one.fact or ""), text(f"{one.filled:,}"), text(f"{one.unknown:,}"), text(bad)


def _days(found: Looked) -> Iterator[Block]:
    """From which day to which the columns of days reach."""
    rows = tuple(
        (text(safe_line(one.heading)), text(day(one.first)), text(day(one.last)))
        for one in found.columns
        if one.first is not None and one.last is not None
    )
    if rows:
        yield Section(text("Days"), (Table(DAYS, rows),))


def _not_matched(found: Looked) -> Iterator[Block]:
    """Columns of which nobody says what they are."""
    columns = [one for one in found.columns if one.role == "not matched"]
    if columns:
        items = tuple(Item(text(safe_line(one.heading), ": ", faint(one.mend or ""))) for one in columns)
        mend = "A mapping says what they are: lawmodel batch --suggest-mapping proposes one."
        yield Section(text("Columns that are no facts"), (Items(items), Paragraph(text(mend))))


def _not_understood(found: Looked) -> Iterator[Block]:
    """Cells that are no values of their facts: each once, with the first place and what to do."""
    blocks: list[Block] = []
    for column in found.columns:
        for one in column.not_understood:
            value = safe_line(one.value)
            shown = value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
            place = f"{safe_line(column.heading)}, {one.place}"
            said = f"{shown} ({count(one.count, 'cell')}): {safe_line(one.reason)}"
            blocks.append(Diagnostic(place, text(said), text(safe_line(one.mend))))
        more = column.bad_cells - sum(one.count for one in column.not_understood)
        if more:
            blocks.append(Paragraph(text(f"{safe_line(column.heading)}: {count(more, 'more cell')}.")))
    if blocks:
        cells = sum(one.bad_cells for one in found.columns)
        yield Section(text("Not understood"), tuple(blocks), text(count(cells, "cell")))


def _law(rulebook: Rulebook, days: LawDays, rows: int) -> Iterator[Block]:
    """Whose day's law would be applied."""
    title = rulebook.fact(days.fact).title
    if days.first is None or days.last is None:
        yield Paragraph(text(f"No row says the day that dates the law ({title}, ", identifier(days.fact), ")."))
    else:
        span = day(days.first) if days.first == days.last else f"{day(days.first)} to {day(days.last)}"
        said = f"The law of {span} is applied ({title}, "
        yield Paragraph(text(said, identifier(days.fact), ")."))
    if days.without and rows:
        what = "To all rows" if days.without == rows else f"To {count(days.without, 'row')} without it,"
        yield Paragraph(text(f"{what} that of today is applied, or with --on that of another day."))
    if days.later and days.as_of is not None:
        known = f"The rulebook knows the law up to {day(days.as_of)}: {count(days.later, 'row')} are later."
        yield Note(text(known), "odd")
