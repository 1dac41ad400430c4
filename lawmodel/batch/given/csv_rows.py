"""Text files with a delimiter, row by row, in whatever encoding: as spreadsheets and statistics programs write CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from lawmodel.batch.given.dialect import Dialect, dialect_of, rows_of_text
from lawmodel.batch.given.encodings import not_decoded
from lawmodel.batch.given.given_table import GivenRow, GivenTable, TableLayout
from lawmodel.batch.given.headings import LOOKED_AT, headings_of
from lawmodel.batch.tables.csv_lines import wrongly_quoted


def csv_table(path: Path, layout: TableLayout, dialect: Dialect | None = None) -> GivenTable:
    """The table of a text file, in a dialect if that is known already; raises `NotATable`, and `OSError`."""
    dialect = dialect or dialect_of(path, layout)
    first = list(islice(_rows(path, dialect), max(LOOKED_AT, layout.headings or 0)))
    headings = headings_of(str(path), first, "line", layout)

    def read() -> Iterator[GivenRow]:
        return (row for row in _rows(path, dialect) if row.number > headings.row)

    return GivenTable(str(path), headings.names, headings.row, "line", read, headings.unnamed, headings.remarks)


def _rows(path: Path, dialect: Dialect) -> Iterator[GivenRow]:
    """Every row, with the line in which it begins; an empty cell is None, a line without cells a row without."""
    with path.open(encoding=dialect.encoding, newline="") as stream:
        reader = rows_of_text(stream, dialect)
        line = 1
        try:
            for _ in islice(stream, dialect.skipped):
                line += 1
            for row in reader:
                yield GivenRow(line, tuple(cell or None for cell in row))
                line = dialect.skipped + reader.line_num + 1
        except csv.Error as error:
            raise wrongly_quoted(path, error, line, reader.line_num + dialect.skipped) from None
        except UnicodeDecodeError:
            raise not_decoded(path, dialect.encoding) from None
