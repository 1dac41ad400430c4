"""Which row of a table names its columns, and how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from lawmodel.batch.given.given_table import MOST_COLUMNS, Cell, GivenRow, TableLayout
from lawmodel.batch.tables.slices import NotATable
from lawmodel.dataclass import dataclass

LOOKED_AT: Final = 30
"""So many rows tell which of them names the columns."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The names of the columns."""

    names: tuple[str, ...]
    row: int
    """The line or row in which they stand."""
    unnamed: frozenset[str]
    """Columns without a heading: they are called by their number."""
    remarks: tuple[str, ...]


def headings_of(
    place: str, first: Sequence[GivenRow], unit: Literal["line", "row"], layout: TableLayout, width: int = 0
) -> Headings:
    """The headings among the first rows: of the row that is said, or that has an expected name, or that looks so.

    That is the first row of texts that fills more than half of the columns that the fullest of these rows fills: a
    title above it fills fewer. ``width`` is how many columns there are at least. Raises `NotATable`.
    """
    given = layout.headings
    filled = [row for row in first if not row.is_blank]
    if not filled:
        raise NotATable(f"{place}: it is empty. Its first {unit} names the columns.")
    row = next((one for one in filled if given == one.number), None if given else _likely(filled, layout.expected))
    if row is None:
        raise NotATable(f"{place}: {unit} {given} should name the columns, and there is nothing in it.")
    above = sum(one.number < row.number for one in filled)
    remarks: tuple[str, ...] = ()
    if given is None and above:
        what = f"the {unit} above it is" if above == 1 else f"the {above} {unit}s with something in them above it are"
        remarks = (f"{unit} {row.number} names the columns; {what} passed over.",)
    cells = [*row.cells, *(None for _ in range(width - len(row.cells)))]
    if len(cells) > MOST_COLUMNS:
        raise NotATable(f"{place}: it has {len(cells):,} columns; {MOST_COLUMNS:,} are read. Remove those not needed.")
    names = [_text(cell) for cell in cells]
    named = [name or f"column {number}" for number, name in enumerate(names, 1)]
    for number, name in enumerate(named):
        if name in named[:number]:
            which = f"two columns are called `{name}` ({named.index(name) + 1} and {number + 1})"
            raise NotATable(f"{place}: {which}. Remove or rename one of the two.")
    unnamed = frozenset(called for name, called in zip(names, named, strict=True) if not name)
    return Headings(tuple(named), row.number, unnamed, remarks)


def _likely(filled: Sequence[GivenRow], expected: frozenset[str]) -> GivenRow:
    for row in filled if expected else ():
        if not expected.isdisjoint(_text(cell) for cell in row.cells):
            return row
    counts = [sum(not _is_empty(cell) for cell in row.cells) for row in filled]
    for row, count in zip(filled, counts, strict=True):
        if count * 2 > max(counts) and all(_is_empty(cell) or isinstance(cell, str) for cell in row.cells):
            return row
    return filled[0]


def _is_empty(cell: Cell) -> bool:
    return cell is None or cell == ""


def _text(cell: Cell) -> str:
    """A heading on one line."""
    return " ".join(str("" if cell is None else cell).split())
