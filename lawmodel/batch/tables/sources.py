"""Tables that cases are read from, a block of rows at a time: Parquet (a file or a folder), CSV, JSON lines, DuckDB."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lawmodel.batch.tables.databases import SUFFIXES as DATABASES
from lawmodel.batch.tables.databases import place_of
from lawmodel.batch.tables.json_columns import with_json
from lawmodel.batch.tables.parquet_rows import rows_of
from lawmodel.batch.tables.slices import NotATable as NotATable
from lawmodel.batch.tables.slices import Slice as Slice
from lawmodel.batch.tables.slices import Source as Source
from lawmodel.batch.tables.stored import Stored
from lawmodel.batch.tables.text_sources import Csv, JsonLines
from lawmodel.rulebook.model import Fact, Rulebook

SUFFIXES: Final = (".parquet", ".csv", ".jsonl", ".ndjson", *DATABASES)


def source_of(path: Path, rulebook: Rulebook, table: str | None = None) -> Source:
    """The table in a file or folder; in a database the one that is named, here or behind the file (``FILE#TABLE``).

    Raises `NotATable`.
    """
    return read_as(path, rulebook.facts, table)


def read_as(path: Path, facts: Mapping[str, Fact], table: str | None = None) -> Source:
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
        raise NotATable(f"{path}: it cannot be read: {error}") from None


def _read(path: Path, facts: Mapping[str, Fact], table: str | None) -> Source:
    if path.is_dir():
        files = sorted(path.glob("*.parquet"))
        if not files:
            raise NotATable(f"{path}: there is no Parquet file in this folder.")
        return Parquet(files)
    if not path.exists():
        raise NotATable(f"{path}: there is no such file.")
    match path.suffix:
        case ".parquet":
            return Parquet([path])
        case ".csv":
            return Csv(path, facts)
        case ".jsonl" | ".ndjson":
            return JsonLines(path, facts)
        case suffix if suffix in DATABASES:
            return Stored(path, table, facts)
    raise NotATable(f"{path}: a table ends in {', '.join(SUFFIXES)}, or is a folder of Parquet files.")


class Parquet:
    """One Parquet file, or several with the same columns."""

    line_of_first = None

    def __init__(self, files: list[Path]) -> None:
        self.files = files
        schemas = [pq.read_schema(file) for file in files]
        for file, schema in zip(files, schemas, strict=True):
            if not schema.remove_metadata().equals(schemas[0].remove_metadata()):
                raise NotATable(
                    f"{file}: it has other columns than {files[0].name}. Files of one folder must be alike."
                )
        self.types = {one.name: one.type for one in schemas[0]}
        self.total: int | None = sum(pq.read_metadata(file).num_rows for file in files)

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """The wanted columns, so many rows at a time; texts by number."""
        before = 0
        for path in self.files:
            for batch in rows_of(path, wanted, rows):
                arrays = {name: batch.column(name) for name in wanted}
                yield Slice(np.arange(before + 1, before + 1 + batch.num_rows), arrays)
                before += batch.num_rows
