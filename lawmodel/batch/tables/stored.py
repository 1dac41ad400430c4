"""A table of a DuckDB database, read as it is stored and streamed from there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lawmodel.batch.tables.called_off import work_here
from lawmodel.batch.tables.databases import first_line, opened_database, quoted, table_of
from lawmodel.batch.tables.matched import KEY
from lawmodel.batch.tables.slices import NotATable, Slice
from lawmodel.rulebook.model import Fact

_COPIED: Final = 65_536
"""So many rows at a time."""


class Stored:
    """A table or view. Rows have the numbers of their places in it."""

    sheet: str | None = None

    def __init__(self, path: Path, table: str | None, facts: Mapping[str, Fact]) -> None:
        """Open the database, and look at the columns; raises `NotATable`."""
        self._path = path
        self._database = opened_database(path)
        self._table, is_view = table_of(self._database, path, table)
        try:
            self._columns = {one.name: _read_as(one, facts.get(one.name)) for one in self._schema("*")}
            kinds = (one.type for one in self._schema(", ".join(self._columns.values())))
            self.types: Mapping[str, pa.DataType] = dict(zip(self._columns, kinds, strict=True))
            self.total = None if is_view else self._count()
        except duckdb.Error as error:
            raise self._unreadable(error) from None

    def line_of(self, row: int) -> int | None:
        """Rows are no lines."""
        return None

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """The wanted columns, so many rows at a time."""
        columns = ", ".join(self._columns[name] for name in wanted) or "NULL"
        before = 0
        try:
            with self._database.cursor() as cursor, work_here().querying(cursor):
                found = cursor.execute(f"SELECT {columns} FROM {self._table}")  # noqa: S608 - names, quoted
                for batch in found.to_arrow_reader(rows):
                    numbers = np.arange(before + 1, before + 1 + batch.num_rows)
                    yield Slice(numbers, dict(zip(wanted, batch.columns, strict=False)))
                    before += batch.num_rows
        except duckdb.Error as error:
            raise self._unreadable(error) from None

    def _schema(self, columns: str) -> pa.Schema:
        return self._database.execute(f"SELECT {columns} FROM {self._table} LIMIT 0").to_arrow_reader().schema  # noqa: S608 - quoted

    def _count(self) -> int:
        ((count,),) = self._database.execute(f"SELECT count(*) FROM {self._table}").fetchall()  # noqa: S608 - quoted
        return int(count)

    def _unreadable(self, error: Exception) -> NotATable:
        return NotATable(f"{self._path}: the table {self._table} cannot be read: {first_line(error)}")


def copied(path: Path, table: str | None, to: Path) -> None:
    """Copy a table into a Parquet file, for a program to which the database itself should not be open.

    What Parquet has no type for becomes text. Raises `NotATable`.
    """
    with opened_database(path) as database:
        name, _ = table_of(database, path, table)
        try:
            schema = database.execute(f"SELECT * FROM {name} LIMIT 0").to_arrow_reader().schema  # noqa: S608 - quoted
            columns = ", ".join(_plain(one) for one in schema)
            reader = database.execute(f"SELECT {columns} FROM {name}").to_arrow_reader(_COPIED)  # noqa: S608 - quoted
            with pq.ParquetWriter(to, reader.schema) as writer:
                for batch in reader:
                    writer.write_batch(batch)
        except (duckdb.Error, pa.ArrowException) as error:
            raise NotATable(f"{path}: the table {name} cannot be read: {first_line(error)}") from None


def _plain(column: pa.Field) -> str:
    name, kind = quoted(column.name), column.type
    if isinstance(kind, pa.BaseExtensionType) or pa.types.is_interval(kind) or pa.types.is_union(kind):
        return f"CAST({name} AS VARCHAR) AS {name}"
    return name


def _read_as(column: pa.Field, fact: Fact | None) -> str:
    """The expression that reads a column: its name, where the type is one that is read from any table.

    Wide numbers become narrow ones that are just as whole, as far as an input goes; as a name of cases they are texts.
    """
    name, kind = quoted(column.name), column.type
    if column.name == KEY and pa.types.is_decimal(kind):
        return f"CAST({name} AS VARCHAR)"
    if fact is None:
        return name
    if fact.type == "number" and pa.types.is_decimal(kind):
        return _whole(name)
    if fact.sort == "records" and pa.types.is_list(kind) and pa.types.is_struct(kind.value_type):
        numbers = {field.id for field in fact.of if field.type == "number"}
        if any(one.name in numbers and pa.types.is_decimal(one.type) for one in kind.value_type):
            fields = ", ".join(f"{quoted(one.name)} := {_field(one, numbers)}" for one in kind.value_type)
            return f"list_transform({name}, lambda r: CASE WHEN r IS NOT NULL THEN struct_pack({fields}) END)"
    return name


def _field(one: pa.Field, numbers: Collection[str]) -> str:
    read = f"r.{quoted(one.name)}"
    return _whole(read) if one.name in numbers and pa.types.is_decimal(one.type) else read


def _whole(number: str) -> str:
    """A decimal number as a double one; what is not whole stays so, however little it lacks."""
    wide = f"CAST({number} AS DOUBLE)"
    return f"CASE WHEN {number} <> trunc({number}) AND {wide} = trunc({wide}) THEN {wide} + 0.5 ELSE {wide} END"
