"""Tables that cases are read from, a block of rows at a time: Parquet (a file or a folder), CSV, JSON lines, DuckDB."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lawmodel.batch.tables.csv_table import Csv
from lawmodel.batch.tables.databases import SUFFIXES as DATABASES
from lawmodel.batch.tables.databases import place_of
from lawmodel.batch.tables.json_columns import with_json
from lawmodel.batch.tables.json_lines import JsonLines
from lawmodel.batch.tables.parquet_rows import rows_of
from lawmodel.batch.tables.readable import Unchanged, check_ordinary, unreadable
from lawmodel.batch.tables.slices import NotATable as NotATable
from lawmodel.batch.tables.slices import Slice as Slice
from lawmodel.batch.tables.slices import TableSource as TableSource
from lawmodel.batch.tables.slices import check_names
from lawmodel.batch.tables.stored import Stored
from lawmodel.rulebook.model import Fact, Rulebook

SUFFIXES: Final = (".parquet", ".csv", ".jsonl", ".ndjson", *DATABASES)


def source_of(path: Path, rulebook: Rulebook, table: str | None = None) -> TableSource:
    """The table in a file or folder; in a database the one that is named, here or behind the file (``FILE#TABLE``).

    Raises `NotATable`.
    """
    return read_as(path, rulebook.facts, table)


def read_as(path: Path, facts: Mapping[str, Fact], table: str | None = None) -> TableSource:
    """A table whose columns may be of these facts; raises `NotATable`."""
    path, behind = place_of(path)
    if table is not None and (behind is not None or path.suffix not in DATABASES):
        raise NotATable(
            f"{path}: it has a table named behind it already: `{behind}`. Name only one."
            if behind is not None
            else f"{path}: it has no tables with names, as a DuckDB database has. Leave out `{table}`."
        )
    try:
        return with_json(_read(path, facts, behind if table is None else table), facts)
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        raise unreadable(path, error) from None


def files_of(folder: Path) -> list[Path]:
    """The Parquet files of a folder in the order of their names; raises `NotATable`.

    Names that begin with a dot or an underscore are no part of a table: other programs keep their notes there.
    """
    files = sorted(one for one in folder.glob("*.parquet") if not one.name.startswith((".", "_")))
    if not files:
        raise NotATable(f"{folder}: there is no Parquet file in this folder.")
    return files


def _read(path: Path, facts: Mapping[str, Fact], table: str | None) -> TableSource:
    if path.is_dir():
        return Parquet(files_of(path))
    check_ordinary(path)
    match path.suffix:
        case ".parquet":
            return Parquet([path])
        case ".csv":
            return Csv(path, facts)
        case ".jsonl" | ".ndjson":
            return JsonLines(path, facts)
        case suffix if suffix in DATABASES:
            return Stored(path, table, facts)
        case ".xlsx" | ".xls" | ".ods":
            raise NotATable(f"{path}: it is a spreadsheet. Save the sheet of the cases as CSV, in UTF-8 with commas.")
    raise NotATable(f"{path}: a table ends in {', '.join(SUFFIXES)}, or is a folder of Parquet files.")


class Parquet:
    """One Parquet file, or several with the same columns."""

    def __init__(self, files: list[Path]) -> None:
        self.files = files
        self._unchanged = Unchanged(files)
        schemas = [pq.read_schema(file) for file in files]
        check_names(files[0], schemas[0].names)
        for one in schemas[0]:
            if pa.types.is_list(one.type) and pa.types.is_struct(one.type.value_type):
                check_names(f"{files[0]}: `{one.name}`", [field.name for field in one.type.value_type])
        for file, schema in zip(files, schemas, strict=True):
            if not schema.remove_metadata().equals(schemas[0].remove_metadata()):
                raise NotATable(
                    f"{file}: it has other columns than {files[0].name}. Files of one folder must be alike."
                )
        self.types = {one.name: one.type for one in schemas[0]}
        self.total: int | None = sum(pq.read_metadata(file).num_rows for file in files)

    def line_of(self, row: int) -> int | None:
        """Rows are no lines."""
        return None

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """The wanted columns, so many rows at a time; texts by number."""
        before = 0
        for path in self.files:
            with self._unchanged.reading(path):
                for batch in rows_of(path, wanted, rows):
                    arrays = {name: batch.column(name) for name in wanted}
                    yield Slice(np.arange(before + 1, before + 1 + batch.num_rows), arrays)
                    before += batch.num_rows
