"""A table as it was given: headings, and rows of cells as the program that wrote them has them.

Nothing here knows of facts. What a cell means is said by the fact whose column it is in, or by a mapping.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from lawmodel.batch.tables.slices import NotATable
from lawmodel.dataclass import dataclass

Cell: TypeAlias = str | int | float | Decimal | bool | date | datetime | None
"""Of text files always a text; None: there is nothing in it. A moment at midnight that stands for a day is a `date`."""
MOST_COLUMNS: Final = 16_384
"""As many as a sheet of Excel has."""
MOST_ROWS: Final = 5_000_000
"""Of a table that has to be read cell by cell; tables that need not be may have as many as they like."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table stands in its file, as far as somebody says so; what is None is recognised, or refused."""

    sheet: str | None = None
    headings: int | None = None
    """The line of a text file, or the row of a sheet, counted from 1."""
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One row below the headings."""

    number: int
    """The line in which it begins, or the row of the sheet, as the user counts them: from 1."""
    cells: tuple[Cell, ...]
    """As many as there are headings, unless the row is of a text file and has too few or too many."""

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it."""
        return all(cell is None or cell == "" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class GivenTable:
    """A table that can be read, more than once."""

    name: str
    """The file, and the sheet of it where it has sheets: ``people.xlsx#Persons``."""
    headings: tuple[str, ...]
    """Each once. A column without a heading is called by its number: ``column 3``."""
    headings_at: int
    unit: Literal["line", "row"]
    """What `GivenRow.number` counts."""
    read: Callable[[], Iterator[GivenRow]]
    remarks: tuple[str, ...] = ()
    """What was seen of the file that its owner should know, each a sentence: hidden columns, merged cells."""

    def rows(self) -> Iterator[GivenRow]:
        """The rows in their order, blank ones between them included.

        Raises `NotATable` where the file cannot be read to its end.
        """
        for count, row in enumerate(self.read(), 1):
            if count > MOST_ROWS:
                raise NotATable(f"{self.name}: it has more than {MOST_ROWS:,} rows. Split it, or save it as Parquet.")
            yield row


def wrong_count(row: GivenRow, headings: Sequence[str]) -> tuple[str, str] | None:
    """What is wrong with the number of a row's cells, and the mend; None: nothing."""
    count = len(row.cells)
    if count == len(headings):
        return None
    cells = "is 1 cell" if count == 1 else f"are {count} cells"
    return f"there {cells} instead of {len(headings)}", "Give each row as many cells as the heading."


def named_headings(place: str, cells: Sequence[Cell]) -> tuple[str, ...]:
    """The names of columns, from the cells of the heading; raises `NotATable` where two are the same."""
    if len(cells) > MOST_COLUMNS:
        raise NotATable(f"{place}: it has {len(cells):,} columns; {MOST_COLUMNS:,} are read. Remove those not needed.")
    names = [" ".join(str("" if cell is None else cell).split()) for cell in cells]
    named = [name or f"column {number}" for number, name in enumerate(names, 1)]
    for number, name in enumerate(named):
        if name in named[:number]:
            first = named.index(name) + 1
            raise NotATable(
                f"{place}: the columns {first} and {number + 1} are both called `{name}`. Rename or remove one of them."
            )
    return tuple(named)
