"""Text files with a delimiter, row by row, in whatever encoding: as spreadsheets and statistics programs write CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from lawmodel.batch.given.dialect import Dialect, dialect_of, text_of_file
from lawmodel.batch.given.given_table import Cell, GivenRow, GivenTable, Layout, named_headings
from lawmodel.batch.tables.slices import NotATable


def csv_table(path: Path, layout: Layout) -> GivenTable:
    """The table of a text file; raises `NotATable`, and `OSError`."""
    dialect = dialect_of(path, layout)
    heading = next((row for row in _rows(path, dialect) if _is_heading(row, layout)), None)
    if heading is None:
        raise NotATable(f"{path}: it is empty. Its first line names the columns.")
    headings = named_headings(f"{path}: line {heading.number}", heading.cells)

    def read() -> Iterator[GivenRow]:
        return (row for row in _rows(path, dialect) if row.number > heading.number)

    return GivenTable(str(path), headings, heading.number, "line", read)


def _is_heading(row: GivenRow, layout: Layout) -> bool:
    return not row.is_blank if layout.headings is None else row.number >= layout.headings


def _rows(path: Path, dialect: Dialect) -> Iterator[GivenRow]:
    """Every row, with the line in which it begins; an empty cell is None, a line without cells a row without."""
    with text_of_file(path, dialect.encoding) as stream:
        for _ in islice(stream, dialect.skipped):
            pass
        reader = csv.reader(stream, delimiter=dialect.delimiter, strict=True)
        line = dialect.skipped + 1
        try:
            for row in reader:
                cells: tuple[Cell, ...] = tuple(cell or None for cell in row)
                yield GivenRow(line, cells)
                line = dialect.skipped + reader.line_num + 1
        except csv.Error as error:
            raise NotATable(f"{path}: line {line}: {error}") from None
        except UnicodeDecodeError:
            raise NotATable(
                f"{path}: line {line}: the file is no {dialect.encoding}. Say how it is written: --encoding NAME"
            ) from None
