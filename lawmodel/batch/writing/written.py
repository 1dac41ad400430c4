"""Tables of answers: Parquet, CSV, JSON lines, DuckDB or Excel, made beside their place and moved there when whole."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from lawmodel.batch.running.run import Run
from lawmodel.batch.tables.databases import SUFFIXES as DATABASES
from lawmodel.batch.tables.rejected import Rejected
from lawmodel.batch.writing.answer_columns import (
    ROW,
    AnswerColumns,
    JoinedColumns,
    JsonAnswerColumns,
    NumberedColumns,
    PlainColumns,
    sets_of,
)
from lawmodel.batch.writing.written_database import AnswersDatabase
from lawmodel.results.encoder import encode, json_keys

SHEET: Final = ".xlsx"
SUFFIXES: Final = (".parquet", ".csv", ".jsonl", ".ndjson", SHEET, *DATABASES)
SELF_DESCRIBED: Final = (".parquet", SHEET, *DATABASES)
"""Files that hold their metadata themselves."""
METADATA: Final = "lawmodel"
"""The key of a Parquet file's metadata; behind the name of another file, with `.json`, it is a file of its own."""


class TableWriter(Protocol):
    """A table that is being written."""

    def write(self, table: pa.Table) -> None:
        """One more block."""

    def finish(self, schema: pa.Schema, described: Mapping[str, Any]) -> None:
        """The end, with the columns in case there were no rows, and what is said of the whole."""

    def close(self) -> None:
        """Let go of the file, whether or not it is whole."""


def columns_of(run: Run, suffix: str, *, turns_on: bool) -> AnswerColumns:
    """The columns that the format of a suffix takes."""
    kinds: dict[str, type[AnswerColumns]] = {".parquet": NumberedColumns, ".csv": JoinedColumns, SHEET: JoinedColumns}
    kind = kinds.get(suffix, PlainColumns if suffix in DATABASES else JsonAnswerColumns)
    return kind(sets_of(run), turns_on=turns_on)


def opened(path: Path, suffix: str, *, bom: bool = False) -> TableWriter:
    """A table in the format of a suffix; CSV begins with the mark of UTF-8, by which Excel knows it, if ``bom``."""
    match suffix:
        case ".parquet":
            return _Parquet(path)
        case ".csv":
            return _Csv(path, bom=bom)
        case sheet if sheet == SHEET:
            from lawmodel.batch.writing.written_sheet import AnswersSheet  # slow to load

            return AnswersSheet(path)
        case database if database in DATABASES:
            return AnswersDatabase(path)
        case _:
            return _JsonLines(path)


class _Parquet:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: pq.ParquetWriter | None = None

    def write(self, table: pa.Table) -> None:
        self._open(table.schema).write_table(table)

    def _open(self, schema: pa.Schema) -> pq.ParquetWriter:
        if self._writer is None:
            # Row numbers are all different: they are written as differences. Readers see texts, and not their numbers.
            # Statistics of the few texts that answers have help no reader, and take two fifths of the time.
            key, *columns = schema
            texts = [f"{one.name}.list.element" if pa.types.is_list(one.type) else one.name for one in columns]
            self._writer = pq.ParquetWriter(
                self._path,
                schema,
                use_dictionary=texts if key.name == ROW else [key.name, *texts],
                column_encoding={ROW: "DELTA_BINARY_PACKED"} if key.name == ROW else None,
                write_statistics=[key.name],
                store_schema=False,
            )
        return self._writer

    def finish(self, schema: pa.Schema, described: Mapping[str, Any]) -> None:
        writer = self._open(schema)
        writer.add_key_value_metadata({METADATA: json.dumps(described, ensure_ascii=False)})
        writer.close()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


class _Csv:
    def __init__(self, path: Path, *, bom: bool) -> None:
        self._stream = open(path, "wb")  # noqa: SIM115 - closed in `finish`
        self._stream.write(codecs.BOM_UTF8 if bom else b"")
        self._begun = False

    def write(self, table: pa.Table) -> None:
        options = pa_csv.WriteOptions(include_header=not self._begun, quoting_style="needed")
        pa_csv.write_csv(table, self._stream, options)
        self._begun = True

    def finish(self, schema: pa.Schema, described: Mapping[str, Any]) -> None:
        if not self._begun:
            heading = io.StringIO()
            csv.writer(heading, lineterminator="\n").writerow(schema.names)
            self._stream.write(heading.getvalue().encode())
        self._stream.close()

    def close(self) -> None:
        self._stream.close()


class _JsonLines:
    def __init__(self, path: Path) -> None:
        self._stream = open(path, "w", encoding="utf-8")  # noqa: SIM115 - closed in `finish`

    def write(self, table: pa.Table) -> None:
        name, *_ = table.column_names
        keys, *parts = (column.to_pylist() for column in table.columns)
        self._stream.writelines(
            f"{{{json.dumps(name)}: {json.dumps(key, ensure_ascii=False, default=str)}, {', '.join(said)}}}\n"
            for key, *said in zip(keys, *parts, strict=True)
        )

    def finish(self, schema: pa.Schema, described: Mapping[str, Any]) -> None:
        self.close()

    def close(self) -> None:
        self._stream.close()


class RejectsFile:
    """Rows that are set aside, as CSV or JSON lines."""

    def __init__(self, path: Path, suffix: str, *, bom: bool = False) -> None:
        encoding = "utf-8-sig" if bom and suffix == ".csv" else "utf-8"
        self._stream = open(path, "w", encoding=encoding, newline="")  # noqa: SIM115 - closed in `finish`
        self._csv = csv.writer(self._stream, lineterminator="\n") if suffix == ".csv" else None
        if self._csv is not None:
            self._csv.writerow(json_keys(Rejected))

    def write(self, rejected: Sequence[Rejected]) -> None:
        """Some more rows."""
        for one in rejected:
            if self._csv is None:
                self._stream.write(json.dumps(encode(one), ensure_ascii=False) + "\n")
            else:
                self._csv.writerow(encode(one).values())

    def close(self) -> None:
        """The end."""
        self._stream.close()
