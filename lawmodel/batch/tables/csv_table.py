"""CSV files. Lists of records are cells of JSON."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from lawmodel.batch.rows.truths import Rows
from lawmodel.batch.tables.columns import records_type
from lawmodel.batch.tables.csv_lines import CsvLines
from lawmodel.batch.tables.json_records import JsonRecords, fields_in
from lawmodel.batch.tables.readable import Unchanged
from lawmodel.batch.tables.rejected import Rejected
from lawmodel.batch.tables.slices import NotATable, Slice, check_names
from lawmodel.rulebook.model import Fact

_Skipped: TypeAlias = tuple[int, str, str]
"""The number of a row that cannot be read, its text, and what is wrong (nothing: it is blank)."""


class Csv(JsonRecords):
    """A CSV file with a heading in its first line."""

    total: int | None = None
    sheet: str | None = None

    def __init__(self, path: Path, facts: Mapping[str, Fact], copy: Path | None = None, delimiter: str = ",") -> None:
        """Look through the file, or through a copy of it in UTF-8; raises `NotATable`."""
        super().__init__(facts)
        self.path = path
        self._file = copy or path
        self._delimiter = delimiter
        self._unchanged = Unchanged([self._file])
        self._lines = CsvLines(path, self._file, delimiter)
        self.names = self._heading()
        check_names(path, self.names)
        self.types = {name: pa.string() for name in self.names}
        self.fields = {
            name: fields_in(batch.column(0) for batch in self._reader([name], []))
            for name in self.names
            if name in self.records
        }
        for name, fields in self.fields.items():
            self.types[name] = records_type(dict.fromkeys(fields))

    def _heading(self) -> list[str]:
        if not self._lines.rows:
            raise NotATable(f"{self.path}: it is empty. Its first line names the columns.")
        with self._file.open(encoding="utf-8-sig", newline="") as stream:
            return next(row for row in csv.reader(stream, delimiter=self._delimiter) if row)

    def line_of(self, row: int) -> int | None:
        """The line in which a row begins."""
        return self._lines.lines.of(row)

    def _reader(self, names: list[str], skipped: list[_Skipped]) -> Iterator[pa.RecordBatch]:
        def refuse(row: Any) -> str:
            skipped.append((row.number - 1, row.text, _counted(row)))  # the heading is row 1
            return "skip"

        if self._lines.rows < 2:
            return  # Arrow takes a heading alone for no CSV
        coded = pa.dictionary(pa.int32(), pa.string())
        with (
            self._unchanged.reading(self._file),
            pa_csv.open_csv(
                self._file,
                read_options=pa_csv.ReadOptions(use_threads=False, block_size=1 << 24),
                parse_options=pa_csv.ParseOptions(
                    delimiter=self._delimiter, newlines_in_values=True, invalid_row_handler=refuse
                ),
                convert_options=pa_csv.ConvertOptions(
                    include_columns=names or self.names[:1],
                    column_types={name: pa.string() if name in self.records else coded for name in self.names},
                    strings_can_be_null=False,
                ),
            ) as reader,
        ):
            yield from reader

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """The wanted columns, some rows at a time."""
        skipped: list[_Skipped] = []
        done = before = 0
        blank = self._lines.blank
        for whole in self._reader(list(wanted), skipped):
            for start in range(0, whole.num_rows, rows):
                batch = whole.slice(start, rows)
                numbers = _without(before, batch.num_rows, [number for number, *_ in skipped])
                before = int(numbers[-1])
                refused, more = _refused(skipped[done:])
                done, blank = len(skipped), blank + more
                arrays: dict[str, pa.Array] = {}
                for name in wanted:
                    column = batch.column(name)
                    if name in self.records:
                        column, wrong = self.parsed(name, column, numbers)
                        refused += wrong
                    arrays[name] = column
                yield Slice(numbers, arrays, tuple(refused), blank)
                blank = 0
        refused, more = _refused(skipped[done:])
        if refused or blank + more:
            nothing = {name: pa.nulls(0, self.types[name]) for name in wanted}
            yield Slice(np.empty(0, dtype=np.int64), nothing, tuple(refused), blank + more)


def _counted(row: Any) -> str:
    """What is wrong with a row of too few or too many cells; nothing if it is blank."""
    if not row.text.strip(' \t,;|"'):
        return ""
    cells = "is 1 cell" if row.actual_columns == 1 else f"are {row.actual_columns} cells"
    said = f"there {cells} instead of {row.expected_columns}"
    if more := row.text.count("\n"):
        said += f", and it runs over {more + 1} lines: a quotation mark may be closed too late"
    return said


def _refused(skipped: list[_Skipped]) -> tuple[list[Rejected], int]:
    """The rows of too few or too many cells, and how many of them are blank."""
    refused = [
        Rejected(row, "", text, said, "Give each row as many cells as the heading.")
        for row, text, said in skipped
        if said
    ]
    return refused, len(skipped) - len(refused)


def _without(before: int, count: int, skipped: list[int]) -> Rows:
    """The numbers of the next rows after one, without those that were skipped."""
    passed = set(skipped)
    if not passed:
        return np.arange(before + 1, before + 1 + count)
    found: list[int] = []
    number = before
    while len(found) < count:
        number += 1
        if number not in passed:
            found.append(number)
    return np.array(found, dtype=np.int64)
