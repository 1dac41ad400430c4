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
class TableLayout:
    """How a table stands in its file, as far as somebody says so; what is None is recognised, or refused."""

    sheet: str | None = None
    headings: int | None = None
    """The line of a text file, or the row of a sheet, counted from 1."""
    encoding: str | None = None
    delimiter: str | None = None
    expected: frozenset[str] = frozenset()
    """Names of columns: the first row that has one of them names the columns, where nobody says which does."""


AS_IS: Final = TableLayout()
"""Nobody says anything."""


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
    """What `GivenRow.number` counts: lines of a text file, or rows of a sheet."""
    read: Callable[[], Iterator[GivenRow]]
    unnamed: frozenset[str] = frozenset()
    """Those of the headings that only say the number of a column, since it has none."""
    remarks: tuple[str, ...] = ()
    """What was seen of the file that its owner should know, each a sentence: hidden columns, merged cells."""
    sheet: str | None = None
    """The name of the sheet, where there is one."""

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


def text_of_cell(cell: Cell) -> str | None:
    """A cell as a text that is read like one of any table; None: there is nothing in it."""
    match cell:
        case None | "":
            return None
        case str():
            return cell if cell.strip() else None
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))
        case Decimal():
            return f"{cell:f}"
        case datetime():
            return cell.isoformat(" ")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
