"""Tables of answers: Parquet, CSV, JSON lines or DuckDB, made beside their place and moved there when whole."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Protocol

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from lawmodel.batch.answer_columns import AnswerSet, JoinedColumns, NumberedColumns
from lawmodel.batch.databases import SUFFIXES as DATABASES
from lawmodel.batch.databases import place_of
from lawmodel.batch.matched import KEY
from lawmodel.batch.rejected import Rejected
from lawmodel.batch.run import Decided
from lawmodel.batch.slices import NotATable
from lawmodel.batch.written_database import AnswersDatabase, PlainColumns, check_free

SUFFIXES: Final = (".parquet", ".csv", ".jsonl", ".ndjson", *DATABASES)
SELF_DESCRIBED: Final = (".parquet", *DATABASES)
"""Files that hold their metadata themselves."""
METADATA: Final = "lawmodel"
"""The key of a Parquet file's metadata; behind the name of another file, with `.json`, it is a file of its own."""
ROW: Final = "row"
"""The column of row numbers, where no column names the cases."""


class Written(Protocol):
    """A table that is being written."""

    def write(self, decided: Decided) -> None:
        """One more block."""

    def finish(self, described: Mapping[str, Any]) -> None:
        """The end, with what is said of the whole."""

    def close(self) -> None:
        """Let go of the file, whether or not it is whole."""


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A new file in the same folder, which takes its place at the end; if anything fails, nothing is left of it."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    made = Path(name)
    try:
        yield made
        umask = os.umask(0)
        os.umask(umask)
        made.chmod(0o666 & ~umask)
        made.replace(path)
    except BaseException:
        with suppress(OSError):
            made.unlink()
        raise


def check_place(out: Path, tables: Sequence[Path]) -> None:
    """Refuse to write in the place of a table that is read, or of a database of other things; raises `NotATable`."""
    for table in tables:
        file, _ = place_of(table)
        if out.exists() and file.exists() and out.samefile(file):
            raise NotATable(f"{out}: the answers would take the place of the cases. Choose another name.")
    if out.suffix in DATABASES:
        check_free(out)


def opened(path: Path, suffix: str, sets: Sequence[AnswerSet], *, turns_on: bool) -> Written:
    """A table in the format of a suffix, for answers in these sets."""
    match suffix:
        case ".parquet":
            return _Parquet(path, NumberedColumns(sets, turns_on=turns_on))
        case ".csv":
            return _Csv(path, JoinedColumns(sets, turns_on=turns_on))
        case database if database in DATABASES:
            return _Database(path, PlainColumns(sets, turns_on=turns_on))
        case _:
            return _JsonLines(path, sets, turns_on)


def _keyed(decided: Decided) -> tuple[str, pa.Array]:
    return (ROW, pa.array(decided.rows)) if decided.keys is None else (KEY, decided.keys)


class _Parquet:
    def __init__(self, path: Path, columns: NumberedColumns) -> None:
        self._path = path
        self._columns = columns
        self._writer: pq.ParquetWriter | None = None

    def write(self, decided: Decided) -> None:
        name, keys = _keyed(decided)
        if pa.types.is_dictionary(keys.type):
            keys = keys.cast(keys.type.value_type)
        batch = pa.table({name: keys, **self._columns.of(decided.answers)})
        self._open(batch.schema).write_table(batch)

    def _open(self, schema: pa.Schema) -> pq.ParquetWriter:
        if self._writer is None:
            # Row numbers are all different: they are written as differences. Readers see texts, and not their numbers.
            # Statistics of the few texts that answers have help no reader, and take two fifths of the time.
            named = ROW in schema.names
            texts = [
                f"{one.name}.list.element" if pa.types.is_list(one.type) else one.name
                for one in schema
                if one.name != ROW
            ]
            self._writer = pq.ParquetWriter(
                self._path,
                schema,
                use_dictionary=texts,
                column_encoding={ROW: "DELTA_BINARY_PACKED"} if named else None,
                write_statistics=[ROW if named else KEY],
                store_schema=False,
            )
        return self._writer

    def finish(self, described: Mapping[str, Any]) -> None:
        writer = self._open(pa.schema([(ROW, pa.int64()), *self._columns.types().items()]))
        writer.add_key_value_metadata({METADATA: json.dumps(described, ensure_ascii=False)})
        writer.close()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


class _Database:
    def __init__(self, path: Path, columns: PlainColumns) -> None:
        self._to = AnswersDatabase(path)
        self._columns = columns

    def write(self, decided: Decided) -> None:
        name, keys = _keyed(decided)
        if pa.types.is_dictionary(keys.type):
            keys = keys.cast(keys.type.value_type)
        self._to.write(pa.table({name: keys, **self._columns.of(decided.answers)}))

    def finish(self, described: Mapping[str, Any]) -> None:
        self._to.finish(pa.schema([(ROW, pa.int64()), *self._columns.types().items()]), described)

    def close(self) -> None:
        self._to.close()


class _Csv:
    def __init__(self, path: Path, columns: JoinedColumns) -> None:
        self._stream = open(path, "wb")  # noqa: SIM115 - closed in `finish`
        self._columns = columns
        self._begun = False

    def write(self, decided: Decided) -> None:
        name, keys = _keyed(decided)
        if pa.types.is_dictionary(keys.type):
            keys = keys.cast(keys.type.value_type)
        table = pa.table({name: keys, **self._columns.of(decided.answers)})
        options = pa_csv.WriteOptions(include_header=not self._begun, quoting_style="needed")
        pa_csv.write_csv(table, self._stream, options)
        self._begun = True

    def finish(self, described: Mapping[str, Any]) -> None:
        if not self._begun:
            csv_head = io.StringIO()
            csv.writer(csv_head, lineterminator="\n").writerow([ROW, *self._columns.types()])
            self._stream.write(csv_head.getvalue().encode())
        self._stream.close()

    def close(self) -> None:
        self._stream.close()


class _JsonLines:
    def __init__(self, path: Path, sets: Sequence[AnswerSet], turns_on: bool) -> None:
        self._stream = open(path, "w", encoding="utf-8")  # noqa: SIM115 - closed in `finish`
        self._turns_on = turns_on
        self._sets = sets
        self._texts: list[list[str]] = [[] for _ in sets]

    def write(self, decided: Decided) -> None:
        parts = []
        for one, texts, numbers in zip(self._sets, self._texts, decided.answers, strict=True):
            for answer in one.answers.every[len(texts) :]:
                plain = {one.column(name): value for name, value in answer.to_json(self._turns_on).items()}
                texts.append(json.dumps(plain, ensure_ascii=False)[1:-1])
            parts.append([texts[number] for number in numbers.tolist()])
        name, keys = _keyed(decided)
        begin = json.dumps(name)
        self._stream.writelines(
            f"{{{begin}: {json.dumps(key, ensure_ascii=False, default=str)}, {', '.join(said)}}}\n"
            for key, *said in zip(keys.to_pylist(), *parts, strict=True)
        )

    def finish(self, described: Mapping[str, Any]) -> None:
        self.close()

    def close(self) -> None:
        self._stream.close()


class RejectsFile:
    """Rows that are set aside, as CSV or JSON lines."""

    def __init__(self, path: Path, suffix: str) -> None:
        self._stream = open(path, "w", encoding="utf-8", newline="")  # noqa: SIM115 - closed in `finish`
        self._csv = csv.writer(self._stream, lineterminator="\n") if suffix == ".csv" else None
        if self._csv is not None:
            self._csv.writerow(Rejected(0, "", "", "", "").to_json())

    def write(self, rejected: Sequence[Rejected]) -> None:
        """Some more rows."""
        for one in rejected:
            if self._csv is None:
                self._stream.write(json.dumps(one.to_json(), ensure_ascii=False) + "\n")
            else:
                self._csv.writerow(one.to_json().values())

    def close(self) -> None:
        """The end."""
        self._stream.close()
