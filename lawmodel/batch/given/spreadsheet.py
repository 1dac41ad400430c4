"""Sheets of Excel files (.xlsx, .xlsm): values as Excel holds them, and what of a sheet its owner may not see.

The one file that reads with openpyxl. It was taken because it tells all that counts here: errors (`#N/A`), formulas
without a value, hidden rows and columns, merged cells. Faster readers (calamine) give an empty cell for the first two,
which would be unknown without a word. It is plain Python under the MIT licence.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any, Final
from xml.etree.ElementTree import Element, ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from lawmodel.batch.given.given_table import MOST_COLUMNS, Cell, GivenRow, GivenTable, TableLayout
from lawmodel.batch.given.headings import LOOKED_AT, headings_of
from lawmodel.batch.tables.databases import ABOUT
from lawmodel.batch.tables.slices import NotATable
from lawmodel.dataclass import dataclass
from lawmodel.problems import did_you_mean, listed

MOST_UNPACKED: Final = 600_000_000
"""Bytes of one sheet, unpacked: some twelve million cells."""
MOST_TEXTS: Final = 200_000_000
"""Bytes of any other part of the file, unpacked: the texts of all sheets stand in one, and are held at once."""
MOST_IN_ROW: Final = 50_000_000
"""Bytes of one row, unpacked, and of what stands before or behind the rows; they are held at once."""
MOST_KEPT: Final = 1_000_000
"""So many cells are kept once they are read; a larger sheet is read again."""
MOST_SHEET_ROWS: Final = 1_048_576
"""As many as a sheet of Excel has."""
_MOST_NAMED: Final = 5
_SHEETS: Final = "xl/worksheets/"
_MEND: Final = "Open it and save it again as .xlsx, or export the sheet as CSV."
_OLD: Final = b"\xd0\xcf\x11\xe0"
"""Begins old Excel files, and those that have a password."""
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    InvalidFileException,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    NotImplementedError,  # a compression that this Python does not know
    RuntimeError,  # a part of the file has a password
    TypeError,
    ValueError,
)
"""What openpyxl raises where a file is not what it seems."""


@dataclass(slots=True)
class _Seen:
    """What a sheet holds, once it is read to its end."""

    width: int = 0
    merged: tuple[str, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    formulas: tuple[str, ...] = ()
    """Cells whose formulas have no value."""


def sheet_table(path: Path, layout: TableLayout) -> GivenTable:
    """The table of a sheet; without a name, of the only one that is not empty. Raises `NotATable`, and `OSError`."""
    name = _chosen(path, layout.sheet)
    place = f"{path}#{name}"
    seen, cells = _Seen(), 0
    first: list[GivenRow] = []
    kept: list[GivenRow] = []
    for row in _rows(path, name, seen):
        cells += len(row.cells) + 1
        if cells <= MOST_KEPT:
            kept.append(row)
        if len(first) < LOOKED_AT or (layout.headings is not None and row.number <= layout.headings):
            first.append(row)
    headings = headings_of(place, first, "row", layout, seen.width)
    width = len(headings.names)

    def read() -> Iterator[GivenRow]:
        rows = iter(kept) if cells <= MOST_KEPT else _rows(path, name, _Seen())
        return (_wide(row, width) for row in rows if row.number > headings.row)

    remarks = (*headings.remarks, *_remarks(seen, headings.names))
    return GivenTable(place, headings.names, headings.row, "row", read, headings.unnamed, remarks, name)


def _chosen(path: Path, wanted: str | None) -> str:
    """The sheet that is meant."""
    with _workbook(path) as book:
        names = [one.title for one in book.worksheets]
        if wanted is not None:
            if wanted in names:
                return wanted
            mend = did_you_mean(wanted, names, f"Its sheets are: {listed(names)}.")
            raise NotATable(f"{path}: there is no sheet `{wanted}`. {mend}")
        tables = [one for one in book.worksheets if one.title != ABOUT]
        filled = [one.title for one in tables if any(row.cells for row in _parsed(one, _Seen()))]
    if not filled:
        raise NotATable(f"{path}: every sheet of it is empty.")
    if len(filled) > 1:
        raise NotATable(f"{path}: it has several sheets: {listed(filled)}. Name one: '{path}#{filled[0]}'.")
    return str(filled[0])


def _rows(path: Path, name: str, seen: _Seen) -> Iterator[GivenRow]:
    """Every row from the first to the last that holds something; blank ones have no cells."""
    with _workbook(path) as book:
        done = 0
        for row in _parsed(book[name], seen):
            if row.cells:
                for number in range(done + 1, row.number):
                    yield GivenRow(number, ())
                yield row
                done = row.number


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    """The file, opened; whatever is wrong with it is said as `NotATable`."""
    try:
        _check(path)
        with path.open("rb") as stream:
            with _quiet():
                book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            yield book
    except _BROKEN as error:
        if isinstance(error, NotATable):
            raise
        raise NotATable(f"{path}: it cannot be read as an Excel file ({_first_line(error)}). {_MEND}") from None


def _check(path: Path) -> None:
    """Refuse what is no Excel file, and what would fill the memory."""
    with path.open("rb") as stream:
        head = stream.read(4)
    if head == _OLD:
        mend = "Save it as .xlsx, without a password."
        raise NotATable(f"{path}: it has a password, or is an old Excel file (.xls). {mend}")
    with zipfile.ZipFile(path) as packed:
        for one in packed.infolist():
            most = MOST_UNPACKED if one.filename.startswith(_SHEETS) else MOST_TEXTS
            if one.file_size > most:
                size = f"{one.file_size / 1_000_000:,.0f} MB, unpacked; {most / 1_000_000:,.0f} MB are read"
                raise NotATable(f"{path}: `{one.filename}` in it has {size}. Export the sheet as CSV.")


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the warnings of openpyxl: of styles, of extensions, of days that are none (their cells are errors)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


class _Bounded:
    """A sheet of which no row, and nothing beside the rows, fills the memory."""

    def __init__(self, source: IO[bytes]) -> None:
        self.read_since = 0
        """Bytes, since the last row was read."""
        self._source = source

    def read(self, size: int) -> bytes:
        """Some more."""
        self.read_since += size
        if self.read_since > MOST_IN_ROW:
            raise ValueError(f"there are {MOST_IN_ROW / 1_000_000:.0f} MB without the end of a row")
        return self._source.read(size)


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """As openpyxl parses a sheet; a formula that has no value stays a formula."""

    formulas: list[str]

    def parse_cell(self, element: Element) -> dict[str, Any]:
        """A cell."""
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and (formula := element.find(FORMULA_TAG)) is not None:
            cell["value"] = f"={formula.text or ''}"
            self.formulas.append(f"{get_column_letter(cell['column'])}{cell['row']}")
        return cell


def _parsed(sheet: Any, seen: _Seen) -> Iterator[GivenRow]:
    """The rows of a sheet that stand in the file; those of nothing have no cells."""
    book = sheet.parent
    with book._archive.open(sheet._worksheet_path) as source:  # noqa: SLF001 - it has no public name
        bounded = _Bounded(source)
        parser = _Parser(
            bounded,
            sheet._shared_strings,  # noqa: SLF001
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        )
        parser.formulas = []
        done, rows = 0, parser.parse()
        while True:
            with _quiet():
                number, cells = next(rows, (0, ()))
            if not number:
                break
            if not done < number <= MOST_SHEET_ROWS:
                raise ValueError(f"row {number} stands behind row {done}")
            done, bounded.read_since = number, 0
            row = GivenRow(number, _cells(cells))
            seen.width = max(seen.width, len(row.cells))
            yield row
        seen.merged = tuple(str(one.coord) for one in (parser.merged_cells.mergeCell if parser.merged_cells else ()))
        columns = (one for one in parser.column_dimensions.values() if _is_set(one.get("hidden")))
        seen.hidden_columns = tuple(
            number for one in columns for number in range(int(one["min"]), min(int(one["max"]), seen.width) + 1)
        )
        lines = (int(number) for number, one in parser.row_dimensions.items() if _is_set(one.get("hidden")))
        seen.hidden_rows = tuple(number for number in lines if number <= done)
        seen.formulas = tuple(parser.formulas)


def _is_set(flag: str | None) -> bool:
    return flag in ("1", "true")


def _cells(found: Sequence[dict[str, Any]]) -> tuple[Cell, ...]:
    """The cells of a row, without the empty ones behind the last that holds something."""
    cells: list[Cell] = []
    for one in found:
        value, place = _cell(one["value"]), int(one["column"])
        if value is None:
            continue
        if not len(cells) < place <= MOST_COLUMNS:
            raise ValueError(f"column {place} stands behind column {len(cells)}")
        cells += [None] * (place - 1 - len(cells))
        cells.append(value)
    return tuple(cells)


def _cell(value: Any) -> Cell:
    """A value as Excel holds it; a moment at midnight is a day, and hours alone are a text."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return unescape(value).encode("utf-8", "replace").decode() if "_x" in value else value  # half a letter: `?`
    if isinstance(value, datetime):
        return value if value.time() != time.min else value.date()
    if isinstance(value, bool | int | float | date):
        return value
    return str(value) if isinstance(value, timedelta) else value.isoformat() if isinstance(value, time) else str(value)


def _wide(row: GivenRow, width: int) -> GivenRow:
    missing = width - len(row.cells)
    return GivenRow(row.number, row.cells + (None,) * missing) if missing else row


def _remarks(seen: _Seen, headings: Sequence[str]) -> Iterator[str]:
    """What the owner of a sheet may not see, or may see otherwise."""
    if seen.hidden_columns:
        named: Callable[[int], str] = lambda number: f"{get_column_letter(number)} (`{headings[number - 1]}`)"  # noqa: E731
        what, are = ("column", "is") if len(seen.hidden_columns) == 1 else ("columns", "are")
        yield f"the {what} {_few([named(one) for one in seen.hidden_columns])} {are} hidden, and read all the same."
    if seen.hidden_rows:
        what, are = ("row", "is") if len(seen.hidden_rows) == 1 else ("rows", "are")
        yield f"the {what} {_few([str(one) for one in seen.hidden_rows])} {are} hidden, and read all the same."
    if seen.merged:
        only = "Only the first cell of each holds the value; the others are read as empty"
        yield f"cells are merged: {_few(seen.merged)}. {only}."
    if seen.formulas:
        mend = "Open the file in Excel or LibreOffice and save it, so that they are worked out"
        yield f"formulas have no value: {_few(seen.formulas)}. {mend}."


def _few(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def main_sheet(path: Path) -> str | None:
    """The only sheet with several rows of several cells; None where there is none, or more. Raises `NotATable`."""
    with _workbook(path) as book:
        found = [str(one.title) for one in book.worksheets if _has_table(_parsed(one, _Seen()))]
    return found[0] if len(found) == 1 else None


def _has_table(rows: Iterator[GivenRow]) -> bool:
    wide = (row for row in rows if sum(cell is not None for cell in row.cells) > 1)
    return next(wide, None) is not None and next(wide, None) is not None
