"""A table of Parquet files in parts, each of which can be decided by itself, on whatever machine sees the files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lawmodel.batch.tables.parquet_rows import rows_of
from lawmodel.batch.tables.readable import Unchanged
from lawmodel.batch.tables.slices import NotATable, Slice
from lawmodel.batch.tables.sources import Parquet
from lawmodel.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Groups:
    """Row groups of one file that follow each other."""

    file: Path
    numbers: tuple[int, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class TablePart:
    """Rows of a table that follow each other."""

    number: int
    """Counted from 0."""
    before: int
    """So many rows of the table come before them."""
    groups: tuple[Groups, ...]

    @property
    def rows(self) -> int:
        """How many there are."""
        return sum(one.rows for one in self.groups)


def parts_of(table: Parquet, rows: int) -> list[TablePart]:
    """The whole table in parts of about so many rows; row groups stay whole."""
    found: list[TablePart] = []
    gathered: list[Groups] = []
    before = 0

    def close() -> None:
        nonlocal before, gathered
        if gathered:
            found.append(TablePart(len(found), before, tuple(gathered)))
            before, gathered = before + found[-1].rows, []

    for file in table.files:
        metadata = pq.read_metadata(file)
        sizes = [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)]
        for number, size in enumerate(sizes):
            if gathered and sum(one.rows for one in gathered) + size > rows:
                close()
            last = gathered[-1] if gathered else None
            if last is not None and last.file == file:
                gathered[-1] = Groups(file, (*last.numbers, number), last.rows + size)
            else:
                gathered.append(Groups(file, (number,), size))
    close()
    return found


class PartOfParquet:
    """One part, read like a whole table; its rows keep the numbers that they have in that."""

    sheet: str | None = None

    def __init__(self, part: TablePart, types: Mapping[str, pa.DataType]) -> None:
        """Look at the files as this machine sees them; raises `NotATable` where they are not those of the part."""
        self.part = part
        self.types = types
        self.total: int | None = part.rows
        self._unchanged = Unchanged([one.file for one in part.groups if one.file.exists()])
        for one in part.groups:
            _check(one, types)

    def line_of(self, row: int) -> int | None:
        """Rows are no lines."""
        return None

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """The wanted columns, so many rows at a time; texts by number."""
        before = self.part.before
        for one in self.part.groups:
            with self._unchanged.reading(one.file):
                for batch in rows_of(one.file, wanted, rows, one.numbers):
                    arrays = {name: batch.column(name) for name in wanted}
                    yield Slice(np.arange(before + 1, before + 1 + batch.num_rows), arrays)
                    before += batch.num_rows


def _check(one: Groups, types: Mapping[str, pa.DataType]) -> None:
    try:
        metadata = pq.read_metadata(one.file)
        found = {field.name: field.type for field in pq.read_schema(one.file)}
    except FileNotFoundError:
        raise NotATable(
            f"{one.file}: a machine that should decide it does not see this file. Put it where all of them see it."
        ) from None
    numbers: Sequence[int] = [number for number in one.numbers if number < metadata.num_row_groups]
    if sum(metadata.row_group(number).num_rows for number in numbers) != one.rows or found != dict(types):
        raise NotATable(
            f"{one.file}: a machine that should decide it sees another file of this name, or it was changed meanwhile."
        )
