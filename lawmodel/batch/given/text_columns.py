"""A table as it was given, as columns of texts that are read like those of any other table."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lawmodel.batch.given.given_table import GivenTable, text_of_cell, wrong_count
from lawmodel.batch.tables.called_off import SOME, work_here
from lawmodel.batch.tables.parquet_rows import rows_of
from lawmodel.batch.tables.rejected import Rejected
from lawmodel.batch.tables.slices import Slice

_WRITTEN: Final = 65_536
"""So many rows at a time."""


class TextColumns:
    """The columns of a table, in a Parquet file of one's own; its rows know where they stood."""

    def __init__(self, table: GivenTable, to: Path) -> None:
        """Read the table to its end; raises `NotATable`, and `OSError`."""
        self._places = array("q")
        self._wrong: list[Rejected] = []
        self._blank = 0
        self._file = to
        self.sheet = table.sheet
        names = list(table.headings)
        said = dict.fromkeys(table.unnamed, False)
        schema = pa.schema([(name, pa.string()) for name in names])
        with pq.ParquetWriter(to, schema) as writer:
            columns: list[list[str | None]] = [[] for _ in names]
            for row in table.rows():
                if row.is_blank:
                    self._blank += 1
                    continue
                self._places.append(row.number)
                number = len(self._places)
                if number % SOME == 0:
                    work_here().check()
                texts = [text_of_cell(cell) for cell in row.cells]
                wrong = wrong_count(row, names)
                if wrong is not None:
                    self._wrong.append(Rejected(number, "", ",".join(one or "" for one in texts), *wrong))
                    texts = [None] * len(names)
                for column, text in zip(columns, texts, strict=True):
                    column.append(text)
                if number % _WRITTEN == 0:
                    said |= {name: True for name in said if any(columns[names.index(name)])}
                    writer.write_table(pa.table(columns, schema=schema))
                    columns = [[] for _ in names]
            said |= {name: True for name in said if any(columns[names.index(name)])}
            writer.write_table(pa.table(columns, schema=schema))
        kept = (name for name in names if said.get(name, True))  # a column of no name and no content is none
        self.types: Mapping[str, pa.DataType] = {name: pa.string() for name in kept}
        self.total: int | None = len(self._places)

    def line_of(self, row: int) -> int | None:
        """The line of the file, or the row of the sheet."""
        return self._places[row - 1]

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """The wanted columns, so many rows at a time; texts by number."""
        before, done, blank = 0, 0, self._blank
        for batch in rows_of(self._file, wanted, rows):
            numbers = np.arange(before + 1, before + 1 + batch.num_rows)
            before += batch.num_rows
            refused: list[Rejected] = []
            while done < len(self._wrong) and self._wrong[done].row <= before:
                refused.append(self._wrong[done])
                done += 1
            arrays = {name: batch.column(name) for name in wanted}
            if refused:
                kept = ~np.isin(numbers, [one.row for one in refused])
                numbers = numbers[kept]
                arrays = {name: one.filter(pa.array(kept)) for name, one in arrays.items()}
            yield Slice(numbers, arrays, tuple(refused), blank)
            blank = 0
        if blank:
            nothing = {name: pa.nulls(0, pa.string()) for name in wanted}
            yield Slice(np.empty(0, dtype=np.int64), nothing, (), blank)
