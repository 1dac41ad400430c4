"""A table as it was given, whatever kind of file it is in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lawmodel.batch.given.csv_rows import csv_table
from lawmodel.batch.given.given_table import GivenTable, Layout
from lawmodel.batch.tables.readable import check_ordinary


@contextmanager
def opened_table(path: Path, layout: Layout) -> Iterator[GivenTable]:
    """The table in a file, to be read as long as it is open; raises `NotATable`, and `OSError`."""
    check_ordinary(path)
    yield csv_table(path, layout)
