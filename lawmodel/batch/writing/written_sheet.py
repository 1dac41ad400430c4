"""Sheets of Excel (.xlsx) that are written: texts as texts, whatever they begin with, and numbers as numbers.

The one file that speaks to xlsxwriter. It writes a sheet row by row into a folder of ours; openpyxl, which reads, would
leave its copy in the common folder for temporary files when it is killed.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from lawmodel.batch.tables.databases import ABOUT
from lawmodel.batch.tables.slices import NotATable
from lawmodel.batch.writing.readable_answers import COUNTS
from lawmodel.temporary_files import whole_file

ANSWERS: Final = "answers"
MOST_ROWS: Final = 1_048_575
"""A sheet of Excel has no more below the heading."""
MOST_TEXT: Final = 32_767
"""Characters in a cell of Excel."""
_WIDEST: Final = 60


class NotASheet(OSError):
    """What is to be written does not fit into a sheet."""


def check_free(path: Path) -> None:
    """Refuse to replace a file of sheets that is none of ours; raises `NotATable`, and `OSError`."""
    if not path.exists():
        return
    with (
        suppress(zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError),
        zipfile.ZipFile(path) as old,
        old.open("xl/workbook.xml") as book,
    ):
        if f'name="{ABOUT}"'.encode() in book.read(MOST_TEXT):
            return
    if path.stat().st_size:
        what = "this file is there already, and is nothing that --out writes: it is not replaced"
        raise NotATable(f"{path}: {what}. Name another file with --out, or move this one away.")


class Workbook:
    """A file of sheets that is being written."""

    def __init__(self, path: Path) -> None:
        """Begin it; copies that are made on the way stand beside it."""
        import xlsxwriter  # slow to load, and wanted only where a sheet is written

        options = {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self._bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})

    def sheet(self, name: str, headings: Sequence[str], widths: Sequence[int] = ()) -> Sheet:
        """A new sheet; its headings stay in sight, and can be sorted by. ``widths`` are in characters."""
        made = self._book.add_worksheet(name)
        for column, heading in enumerate(headings):
            width = max(len(heading), *(widths[column : column + 1] or [0])) + 3
            made.set_column(column, column, min(width, _WIDEST))
        for column, heading in enumerate(headings):
            made.write_string(0, column, heading, self._bold)
        made.freeze_panes(1, 0)
        return Sheet(made, self._day)

    def finish(self, described: Mapping[str, Any]) -> None:
        """Write the file, with a last sheet that says of which run it is."""
        about = self.sheet(ABOUT, ("name", "value"), (20, _WIDEST))
        for name, value in described.items():
            text = json.dumps(value, ensure_ascii=False)
            about.write([(name, *(text[start : start + MOST_TEXT] for start in range(0, len(text), MOST_TEXT)))])
        self._book.close()

    def close(self) -> None:
        """Let go of the copies, whether or not the file is written."""
        for sheet in self._book.worksheets():
            if sheet.row_data_fh is not None:
                sheet.row_data_fh.close()


class Sheet:
    """A sheet that is being written."""

    def __init__(self, made: Any, day: Any) -> None:
        self._made, self._day = made, day
        self._rows = 0

    def write(self, rows: Iterable[Sequence[object]]) -> None:
        """Some more rows; raises `NotASheet`."""
        for row in rows:
            if self._rows == MOST_ROWS:
                raise NotASheet(f"a sheet of Excel has {MOST_ROWS + 1:,} rows at most. Write .parquet or .csv")
            self._rows += 1
            for column, value in enumerate(row):
                self._cell(column, value)

    def _cell(self, column: int, value: object) -> None:
        match value:
            case None | "":
                return
            case bool():
                self._made.write_boolean(self._rows, column, value)
            case int() | float():
                self._made.write_number(self._rows, column, value)
            case date() if not isinstance(value, datetime):
                self._made.write_datetime(self._rows, column, value, self._day)
            case _:
                text = str(value)
                if len(text) > MOST_TEXT:
                    raise NotASheet(f"a cell of Excel holds {MOST_TEXT:,} characters at most. Write .parquet or .csv")
                self._made.write_string(self._rows, column, text)


def save_sheet(
    path: Path, name: str, headings: Sequence[str], rows: Iterable[Sequence[object]], described: Mapping[str, Any]
) -> None:
    """Write one table as a file of sheets, whole or not at all; raises `OSError`."""
    with whole_file(path) as made, closing(Workbook(made)) as book:
        book.sheet(name, headings).write(rows)
        book.finish(described)


class AnswersSheet:
    """Answers as a sheet, with what is said of the whole in a second one."""

    def __init__(self, path: Path) -> None:
        self._book = Workbook(path)
        self._sheet: Sheet | None = None

    def write(self, block: pa.Table) -> None:
        """Some more answers; raises `NotASheet`."""
        if self._sheet is None:
            widths = [max((len(str(one)) for one in column.unique().to_pylist()[:50]), default=0) for column in block]
            self._sheet = self._book.sheet(ANSWERS, block.column_names, widths)
        self._sheet.write(zip(*(column.to_pylist() for column in block.columns), strict=True))

    def finish(self, schema: pa.Schema, described: Mapping[str, Any]) -> None:
        """The end; without any answers, headings alone."""
        if self._sheet is None:
            self._book.sheet(ANSWERS, schema.names)
        counts = described.get(COUNTS)
        if counts:
            headings = list(counts[0])
            widths = [max(len(str(one[name])) for one in counts) for name in headings]
            self._book.sheet(COUNTS, headings, widths).write([one[name] for name in headings] for one in counts)
        self._book.finish(described)

    def close(self) -> None:
        """Let go of the copies that stand beside the file."""
        self._book.close()
