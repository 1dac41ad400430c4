"""Records that stand in tables of their own, brought to the cases that they belong to.

DuckDB joins and sorts each second table by the rows of the first, in bounded memory and through temporary files where
that is not enough. Then the first table is read as always, and its rows take up their records as they pass.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa

from lawmodel.batch.given.conversion import Conversion
from lawmodel.batch.given.given_table import AS_IS, TableLayout
from lawmodel.batch.tables.blank_rows import without_blank_rows
from lawmodel.batch.tables.called_off import work_here
from lawmodel.batch.tables.databases import first_line, own_database
from lawmodel.batch.tables.matched import KEY
from lawmodel.batch.tables.rejected import Rejected
from lawmodel.batch.tables.second_tables import (
    SecondTable,
    as_keys,
    check_key,
    keys_of,
    second_table,
    storable,
)
from lawmodel.batch.tables.slices import NotATable, Slice, TableSource
from lawmodel.batch.tables.sorted_records import InOrder, SortedRecords
from lawmodel.dataclass import dataclass
from lawmodel.rulebook.model import Rulebook

MOST_SHOWN: Final = 3
"""Records without a case that are told by the case that they name."""


@dataclass(frozen=True, slots=True)
class Strays:
    """Records of a second table whose case the first one lacks."""

    table: str
    records: int
    cases: tuple[str, ...]
    """The cases that the first of them name; empty where they name none."""

    def said(self, first: str) -> str:
        """In a sentence."""
        named = ", ".join(f"`{one}`" if one else "(empty)" for one in self.cases)
        what = "1 record belongs" if self.records == 1 else f"{self.records:,} records belong"
        which = "It names" if self.records == 1 else "The first of them name"
        return f"{self.table}: {what} to no case of {first}, and to no answer. {which}: {named}."


class Joined:
    """A table of cases, with records of others."""

    def __init__(self, first: TableSource, path: Path, tables: Sequence[SecondTable], *, strict: bool = False) -> None:
        """Check that the tables fit together; ``strict`` allows no strays. Raises `NotATable`."""
        self._first, self._path, self._strict = first, path, strict
        self._tables = {one.fact.id: one for one in tables}
        self.sheet, self.line_of = first.sheet, first.line_of
        self.total = first.total
        self.strays: list[Strays] = []
        """Once the first rows are read."""
        if KEY not in first.types:
            raise NotATable(f"{path}: it has no column `{KEY}`, by which records of another table find their case.")
        check_key(path, first.types[KEY])
        self._kind = keys_of([first.types[KEY], *(one.source.types[KEY] for one in tables if KEY in one.source.types)])
        twice = next((name for name in self._tables if name in first.types), None)
        if twice is not None:
            raise NotATable(
                f"{path}: it has a column `{twice}`, and {self._tables[twice].path} its records. Leave out one of them."
            )
        self.types: Mapping[str, pa.DataType] = {
            **first.types,
            **{name: one.type for name, one in self._tables.items()},
        }

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """The wanted columns and records, so many rows at a time."""
        joined = {name: fields for name, fields in wanted.items() if name in self._tables and fields is not None}
        if not joined:
            yield from without_blank_rows(self._first, wanted, rows)
            return
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="lawmodel-"))
            database = stack.enter_context(own_database(Path(folder)))
            stack.enter_context(work_here().querying(database))
            try:
                self._take_cases(database, rows)
                records = {name: self._taken(stack, database, name, fields, rows) for name, fields in joined.items()}
                if self._strict and self.strays:
                    raise NotATable("\n".join(one.said(str(self._path)) for one in self.strays))
                keys = InOrder(*_streamed(stack, database, "SELECT * FROM cases ORDER BY number", rows))
                others = {name: fields for name, fields in wanted.items() if name not in joined} | {KEY: None}
                for one in without_blank_rows(self._first, others, rows):
                    self._check_order(one, keys)
                    arrays = dict(one.arrays) | {name: found.of(one.rows) for name, found in records.items()}
                    yield replace(one, arrays=arrays, rejected=(*one.rejected, *_nameless(one)))
            except duckdb.Error as error:
                raise NotATable(f"{self._path}: its records cannot be joined: {first_line(error)}") from None

    def _take_cases(self, database: duckdb.DuckDBPyConnection, rows: int) -> None:
        """Number the cases, by row."""
        _insert(database, "cases", {"number": pa.nulls(0, pa.int64()), "name": pa.nulls(0, self._kind)}, create=True)
        for one in without_blank_rows(self._first, {KEY: None}, rows):
            _insert(database, "cases", {"number": pa.array(one.rows), "name": as_keys(one.arrays[KEY], self._kind)})
        twice = database.execute(
            "SELECT name, min(number), max(number) FROM cases WHERE name IS NOT NULL GROUP BY name HAVING count(*) > 1 "
            "ORDER BY 2 LIMIT 1"
        ).fetchall()
        for name, number, other in twice:
            raise NotATable(
                f"{self._path}: two cases are called `{name}`, in rows {number} and {other}. Where records stand in "
                "another table, each case needs a name of its own."
            )

    def _taken(
        self, stack: ExitStack, database: duckdb.DuckDBPyConnection, name: str, wanted: Collection[str], rows: int
    ) -> SortedRecords:
        """The records of a second table, in the order of their cases, and of that table."""
        second = self._tables[name]
        table = f"records_{list(self._tables).index(name)}"
        fields = [field for field in second.fields if field in wanted]
        kinds = [storable(second.source.types[field]) for field in fields]
        schema = pa.schema([("place", pa.int64()), ("name", self._kind)] + [(f"f{n}", k) for n, k in enumerate(kinds)])
        _insert(database, table, {one.name: pa.nulls(0, one.type) for one in schema}, create=True)
        for one in second.slices(fields, rows):
            arrays = [pa.array(one.rows), as_keys(one.arrays[KEY], self._kind)]
            arrays += [one.arrays[field].cast(kind, safe=False) for field, kind in zip(fields, kinds, strict=True)]
            _insert(database, table, dict(zip(schema.names, arrays, strict=True)))
        self._note_strays(database, table, second)
        columns = ", ".join(["number", *(f"f{number}" for number in range(len(fields)))])
        query = f"SELECT {columns} FROM {table} JOIN cases USING (name) ORDER BY number, place"  # noqa: S608 - numbered
        return SortedRecords(*_streamed(stack, database, query, rows), fields)

    def _note_strays(self, database: duckdb.DuckDBPyConnection, table: str, second: SecondTable) -> None:
        strays = f"FROM {table} ANTI JOIN cases USING (name)"
        ((count,),) = database.execute(f"SELECT count(*) {strays}").fetchall()
        if count:
            first = database.execute(
                f"SELECT coalesce(CAST(name AS VARCHAR), '') {strays} GROUP BY 1 ORDER BY min(place) LIMIT {MOST_SHOWN}"
            ).fetchall()
            self.strays.append(Strays(str(second.path), count, tuple(name for (name,) in first)))

    def _check_order(self, one: Slice, keys: InOrder) -> None:
        """That the table is the same as when its cases were numbered."""
        numbers, (names,) = keys.of(one.rows)
        if len(numbers) != len(one.rows) or not names.equals(as_keys(one.arrays[KEY], self._kind)):
            raise NotATable(
                f"{self._path}: it was read twice, and its rows came in another order. Make a table of what is a view."
            )


def with_records(
    rulebook: Rulebook,
    first: TableSource,
    path: Path,
    records: Sequence[tuple[str, Path]],
    ignored: Collection[str] = (),
    layout: TableLayout = AS_IS,
    conversion: Conversion | None = None,
    *,
    strict: bool = False,
) -> TableSource:
    """A table, with the records of facts in other tables, which are read like it; raises `NotATable`."""
    tables = [second_table(rulebook, name, place, ignored, layout, conversion) for name, place in records]
    names = [one.fact.id for one in tables]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        places = " and ".join(str(place) for name, place in records if name == twice)
        raise NotATable(f"`{twice}` is in {places}. Put its records into one table.")
    return Joined(first, path, tables, strict=strict)


def _nameless(one: Slice) -> Iterator[Rejected]:
    """Rows without a name: nothing says which records are theirs."""
    names = as_keys(one.arrays[KEY], pa.string())
    if names.null_count:
        for row in one.rows[np.asarray(names.is_null())].tolist():
            yield Rejected(row, KEY, "", "the case has no name, by which records would find it", "Give it one.")


def _streamed(
    stack: ExitStack, database: duckdb.DuckDBPyConnection, query: str, rows: int
) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """What a query finds, some rows at a time, until the stack is closed."""
    cursor = stack.enter_context(database.cursor())
    stack.enter_context(work_here().querying(cursor))
    reader = cursor.execute(query).to_arrow_reader(rows)
    return reader.schema, reader


def _insert(
    database: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, pa.Array], *, create: bool = False
) -> None:
    database.register("block", pa.table(dict(columns)))
    begin = f"CREATE TABLE {table} AS" if create else f"INSERT INTO {table}"
    database.execute(f"{begin} FROM block")
    database.unregister("block")
