"""Tables of answers: Parquet, CSV or JSON lines, written beside their place and moved there when they are whole."""

from __future__ import annotations

import csv
import json
import os
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from lawmodel.batch.answers import RowAnswer
from lawmodel.batch.matched import KEY
from lawmodel.batch.rejected import Rejected
from lawmodel.batch.run import Decided

SUFFIXES: Final = (".parquet", ".csv", ".jsonl", ".ndjson")
METADATA: Final = "lawmodel"
"""The key of a Parquet file's metadata; behind the name of another file, with `.json`, it is a file of its own."""
ROW: Final = "row"
"""The column of row numbers, where no column names the cases."""
_LISTS: Final = ("possible", "grounds", "grounds_between", "turns_on")


class Written(Protocol):
    """A table that is being written."""

    def write(self, decided: Decided, answers: list[RowAnswer]) -> None:
        """One more block; ``answers`` are all that there are so far, by number."""

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


def opened(path: Path, suffix: str, *, turns_on: bool) -> Written:
    """A table in the format of a suffix."""
    match suffix:
        case ".parquet":
            return _Parquet(path, turns_on)
        case ".csv":
            return _Csv(path, turns_on)
        case _:
            return _JsonLines(path, turns_on)


class _Columns(ABC):
    """Columns of a block of answers: each different answer is put into words once."""

    def __init__(self, turns_on: bool) -> None:
        self.turns_on = turns_on
        self._made = 0
        self._arrays: dict[str, pa.Array] = {}

    def of(self, answers: list[RowAnswer], numbers: npt.NDArray[np.int32]) -> dict[str, pa.Array]:
        if len(answers) != self._made:
            plain = [one.to_json(self.turns_on) for one in answers[:]]  # more may come in meanwhile
            self._arrays = {name: self.array(name, [one[name] for one in plain]) for name in plain[0]}
            self._made = len(plain)
        rows = pa.array(numbers)
        return {name: self.taken(array, rows) for name, array in self._arrays.items()}

    @abstractmethod
    def array(self, name: str, values: list[Any]) -> pa.Array:
        """One column of the different answers."""

    def taken(self, array: pa.Array, rows: pa.Array) -> pa.Array:
        """Of one column: the answers of rows."""
        return array.take(rows)


def _keyed(decided: Decided) -> tuple[str, pa.Array]:
    return (ROW, pa.array(decided.rows)) if decided.keys is None else (KEY, decided.keys)


class _Parquet:
    def __init__(self, path: Path, turns_on: bool) -> None:
        self._path = path
        self._columns = _NumberedColumns(turns_on)
        self._writer: pq.ParquetWriter | None = None

    def write(self, decided: Decided, answers: list[RowAnswer]) -> None:
        name, keys = _keyed(decided)
        if pa.types.is_dictionary(keys.type):
            keys = keys.cast(keys.type.value_type)
        batch = pa.table({name: keys, **self._columns.of(answers, decided.answers)})
        self._open(batch.schema).write_table(batch)

    def _open(self, schema: pa.Schema) -> pq.ParquetWriter:
        if self._writer is None:
            # Row numbers are all different: they are written as differences. Readers see texts, and not their numbers.
            named = ROW in schema.names
            texts = [f"{name}.list.element" if name in _LISTS else name for name in schema.names if name != ROW]
            self._writer = pq.ParquetWriter(
                self._path,
                schema,
                use_dictionary=texts,
                column_encoding={ROW: "DELTA_BINARY_PACKED"} if named else None,
                store_schema=False,
            )
        return self._writer

    def finish(self, described: Mapping[str, Any]) -> None:
        writer = self._open(_schema(self._columns.turns_on))
        writer.add_key_value_metadata({METADATA: json.dumps(described, ensure_ascii=False)})
        writer.close()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


class _NumberedColumns(_Columns):
    """Texts by number, each text once."""

    def array(self, name: str, values: list[Any]) -> pa.Array:
        words = [word for one in values for word in one] if name in _LISTS else [one for one in values if one]
        texts = {word: number for number, word in enumerate(dict.fromkeys(words))}
        dictionary = pa.array(texts, type=pa.string())
        if name not in _LISTS:
            numbers = pa.array([texts.get(one) for one in values], type=pa.int32())
            return pa.DictionaryArray.from_arrays(numbers, dictionary)
        offsets = np.cumsum([0, *map(len, values)]).astype(np.int32)
        numbers = pa.array([texts[word] for word in words], type=pa.int32())
        return pa.ListArray.from_arrays(pa.array(offsets), pa.DictionaryArray.from_arrays(numbers, dictionary))


def _schema(turns_on: bool) -> pa.Schema:
    names = ["outcome", "status", *(_LISTS if turns_on else _LISTS[:3])]
    return pa.schema([(ROW, pa.int64())] + [(n, pa.list_(pa.string()) if n in _LISTS else pa.string()) for n in names])


class _Csv:
    def __init__(self, path: Path, turns_on: bool) -> None:
        self._stream = open(path, "wb")  # noqa: SIM115 - closed in `finish`
        self._columns = _JoinedColumns(turns_on)
        self._begun = False

    def write(self, decided: Decided, answers: list[RowAnswer]) -> None:
        name, keys = _keyed(decided)
        if pa.types.is_dictionary(keys.type):
            keys = keys.cast(keys.type.value_type)
        table = pa.table({name: keys, **self._columns.of(answers, decided.answers)})
        options = pa_csv.WriteOptions(include_header=not self._begun, quoting_style="needed")
        pa_csv.write_csv(table, self._stream, options)
        self._begun = True

    def finish(self, described: Mapping[str, Any]) -> None:
        if not self._begun:
            self._stream.write((",".join(_schema(self._columns.turns_on).names) + "\n").encode())
        self._stream.close()

    def close(self) -> None:
        self._stream.close()


class _JoinedColumns(_Columns):
    """Lists as one text."""

    def array(self, name: str, values: list[Any]) -> pa.Array:
        return pa.array([";".join(one) if isinstance(one, list) else one for one in values], type=pa.string())


class _JsonLines:
    def __init__(self, path: Path, turns_on: bool) -> None:
        self._stream = open(path, "w", encoding="utf-8")  # noqa: SIM115 - closed in `finish`
        self._turns_on = turns_on
        self._texts: list[str] = []

    def write(self, decided: Decided, answers: list[RowAnswer]) -> None:
        for one in answers[len(self._texts) :]:
            self._texts.append(json.dumps(one.to_json(self._turns_on), ensure_ascii=False)[1:])
        name, keys = _keyed(decided)
        texts, begin = self._texts, json.dumps(name)
        self._stream.writelines(
            f"{{{begin}: {json.dumps(key, ensure_ascii=False, default=str)}, {texts[number]}\n"
            for key, number in zip(keys.to_pylist(), decided.answers.tolist(), strict=True)
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
