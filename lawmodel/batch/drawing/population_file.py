"""A population as a file: Parquet, CSV, JSON lines or a sheet of Excel, with what was assumed beside it.

What was drawn is counted as well.
"""

from __future__ import annotations

import csv
import datetime
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from lawmodel.batch.drawing.population_spec import Population
from lawmodel.batch.tables.columns import WORD
from lawmodel.batch.writing.written import METADATA, SHEET
from lawmodel.batch.writing.written_sheet import Sheet, Workbook
from lawmodel.dataclass import dataclass
from lawmodel.temporary_files import whole_file


@dataclass(slots=True)
class Tally:
    """How often each value was drawn, by fact or ``list.field``; days by their year."""

    rows: int = 0
    values: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, table: pa.Table) -> None:
        """Count one more block."""
        self.rows += table.num_rows
        self._count_all("", {name: table[name].combine_chunks() for name in table.column_names if name != "case"})

    def _count_all(self, before: str, columns: Mapping[str, pa.Array]) -> None:
        for name, array in columns.items():
            if pa.types.is_list(array.type):
                lengths = Counter(str(one) for one in array.value_lengths().to_pylist())
                self.values.setdefault(f"{name}: how many", Counter()).update(lengths)
                records = array.flatten()
                fields = zip((one.name for one in records.type), records.flatten(), strict=True)
                self._count_all(f"{name}.", dict(fields))
            elif not name.endswith(WORD):
                self._count(f"{before}{name}", array, columns.get(name + WORD))

    def _count(self, name: str, array: pa.Array, words: pa.Array | None) -> None:
        found = self.values.setdefault(name, Counter())
        unknown = array.null_count - (0 if words is None else len(words) - words.null_count)
        if unknown:
            found["unknown"] += unknown
        for counted in (array, words):
            for one in [] if counted is None else counted.value_counts().to_pylist():
                if (value := one["values"]) is not None:
                    found[str(value.year) if isinstance(value, datetime.date) else _plain_text(value)] += one["counts"]

    def counts(self) -> dict[str, dict[str, int]]:
        """By fact, how often each value was drawn, the most frequent first."""
        return {name: dict(found.most_common()) for name, found in self.values.items()}


def save_population(
    path: Path, population: Population, tables: Iterable[pa.Table], seed: int, *, bom: bool = False
) -> Tally:
    """Write the cases beside their place, and move them there when they are whole; what was drawn.

    With ``bom``, CSV is marked as Excel wants it. Raises `OSError`, also where it does not fit into a sheet.
    """
    tally = Tally()
    kinds: dict[str, Callable[[Path], _File]] = {
        ".parquet": _Parquet,
        ".csv": partial(_Csv, encoding="utf-8-sig" if bom else "utf-8"),
        ".jsonl": _JsonLines,
        ".ndjson": _JsonLines,
        SHEET: _Sheet,
    }
    with whole_file(path) as made, closing(kinds[path.suffix](made)) as file:
        for table in tables:
            file.write(table)
            tally.add(table)
        file.finish({"population": population.title, "assumes": population.assumes, "seed": seed, "rows": tally.rows})
    return tally


class _File(Protocol):
    def write(self, table: pa.Table) -> None:
        """One more block."""

    def finish(self, described: dict[str, Any]) -> None:
        """The end, with what is said of the whole."""

    def close(self) -> None:
        """Let go of the file."""


class _Parquet:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: pq.ParquetWriter | None = None

    def write(self, table: pa.Table) -> None:
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, table.schema)
        self._writer.write_table(table)

    def finish(self, described: dict[str, Any]) -> None:
        if self._writer is not None:
            self._writer.add_key_value_metadata({METADATA: json.dumps(described, ensure_ascii=False)})

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


class _Csv:
    def __init__(self, path: Path, encoding: str) -> None:
        self._file = path.open("w", encoding=encoding, newline="")
        self._writer: Any = None

    def write(self, table: pa.Table) -> None:
        for row in rows_of(table):
            if self._writer is None:
                self._writer = csv.DictWriter(self._file, list(row))
                self._writer.writeheader()
            self._writer.writerow({key: "" if one is None else one for key, one in _in_cells(row).items()})

    def finish(self, described: dict[str, Any]) -> None:
        """A CSV file has no place for it: the command prints it."""

    def close(self) -> None:
        self._file.close()


class _JsonLines:
    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8")

    def write(self, table: pa.Table) -> None:
        self._file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows_of(table))

    def finish(self, described: dict[str, Any]) -> None:
        """Nor have JSON lines."""

    def close(self) -> None:
        self._file.close()


class _Sheet:
    def __init__(self, path: Path) -> None:
        self._book = Workbook(path)
        self._sheet: Sheet | None = None

    def write(self, table: pa.Table) -> None:
        for row in rows_of(table):
            cells = _in_cells(row)
            if self._sheet is None:
                self._sheet = self._book.sheet("cases", list(cells))
            self._sheet.write([list(cells.values())])

    def finish(self, described: dict[str, Any]) -> None:
        self._book.finish(described)

    def close(self) -> None:
        self._book.close()


def _in_cells(row: Mapping[str, Any]) -> dict[str, Any]:
    """Records as JSON, where a cell holds one value."""
    return {key: json.dumps(one) if isinstance(one, list) else one for key, one in row.items()}


def rows_of(table: pa.Table) -> Iterator[dict[str, Any]]:
    """Each case as plain data: days and the words in their place in one column, yes and no as in a case file."""
    for row in table.to_pylist():
        yield _plain_row(row)


def _plain_row(row: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in row.items():
        if name.endswith(WORD):
            path = name.removesuffix(WORD)
            found[path] = value if found[path] is None else found[path]
        elif isinstance(value, list):
            found[name] = [_plain_row(record) for record in value]
        else:
            number = isinstance(value, int) and not isinstance(value, bool)
            found[name] = value if value is None or number else _plain_text(value)
    return found


def _plain_text(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
