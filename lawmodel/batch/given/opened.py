"""A table as it was given, whatever kind of file it is in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from lawmodel.batch.given.csv_rows import csv_table
from lawmodel.batch.given.dialect import SUFFIXES as TEXTS
from lawmodel.batch.given.given_table import GivenTable, TableLayout
from lawmodel.batch.tables.databases import SHEETS, place_of
from lawmodel.batch.tables.readable import check_ordinary
from lawmodel.batch.tables.slices import NotATable


@contextmanager
def opened_table(path: Path, layout: TableLayout) -> Iterator[GivenTable]:
    """The table in a file, to be read as long as it is open; raises `NotATable`, and `OSError`."""
    file, sheet = place_of(path)
    check_ordinary(file)
    if file.suffix.lower() in SHEETS:
        from lawmodel.batch.given.spreadsheet import sheet_table  # slow to load

        yield sheet_table(file, layout if sheet is None else replace(layout, sheet=sheet))
    elif file.suffix.lower() in TEXTS:
        yield csv_table(file, layout)
    else:
        raise NotATable(f"{path}: a table that is read cell by cell ends in {', '.join((*TEXTS, *SHEETS))}.")
