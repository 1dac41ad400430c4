"""Tables that are texts: CSV and JSON lines. Lists of records are JSON in both, and may be in other tables."""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from lawmodel.batch.rows.truths import Rows
from lawmodel.batch.tables.columns import WORD, records_type, text_of
from lawmodel.batch.tables.rejected import Rejected
from lawmodel.batch.tables.slices import NotATable, Slice
from lawmodel.rulebook.model import Fact


class JsonRecords:
    """What tables share whose records are texts of JSON, or parsed JSON."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        """Take the facts that columns may have, by name."""
        self.records = {path: fact for path, fact in facts.items() if fact.type == "records"}

    def as_lists(self, name: str, values: list[Any], rows: Rows) -> tuple[pa.Array, list[Rejected]]:
        """Lists of records as an array; what is none is refused, and unknown."""
        fact = self.records[name]
        known = {field.id: None for field in fact.of} | {field.id + WORD: None for field in fact.of}
        lists: list[list[dict[str, str | None]] | None] = []
        refused: list[Rejected] = []
        for value, row in zip(values, rows.tolist(), strict=True):
            problem = _problem_of(fact, value, known)
            if problem is not None:
                refused.append(Rejected(row, name, _short(value), *problem))
                lists.append(None)
            elif value is None or value in ("", "unknown"):
                lists.append(None)
            else:
                lists.append([{key: text_of(each.get(key)) for key in self._given(name, known)} for each in value])
        return pa.array(lists, type=records_type(dict.fromkeys(self._given(name, known)))), refused

    def parsed(self, name: str, texts: pa.Array, rows: Rows) -> tuple[pa.Array, list[Rejected]]:
        """Lists of records from texts of JSON."""
        return self.as_lists(name, [_parsed(text) for text in texts.to_pylist()], rows)

    def _given(self, name: str, known: Mapping[str, object]) -> list[str]:
        return [key for key in known if key in self.fields.get(name, ())]

    fields: Mapping[str, Collection[str]] = {}
    """The fields that the records of each list have, in some row."""


def fields_in(texts: Iterable[pa.Array]) -> list[str]:
    """The fields that occur in lists of records, which are texts of JSON."""
    found: dict[str, None] = {}
    for array in texts:
        for text in pc.unique(array).to_pylist():
            value = _parsed(text)
            for each in value if isinstance(value, list) else ():
                found.update(dict.fromkeys(each if isinstance(each, dict) else ()))
    return list(found)


def _problem_of(fact: Fact, value: Any, known: Mapping[str, object]) -> tuple[str, str] | None:
    if value is None or value in ("", "unknown"):
        return None
    if not isinstance(value, list):
        return f"`{fact.id}` is a list of records", "Write a JSON list, or [] for none."
    for each in value:
        if not isinstance(each, dict):
            return f"a record of `{fact.id}` is no object", "Write {…} for each record."
        for key, given in each.items():
            if key not in known:
                return f"`{fact.id}` has no `{key}`", f"Its fields are: {', '.join(one.id for one in fact.of)}."
            if isinstance(given, list | dict):
                return f"`{fact.id}.{key}` has one value", "Write a text, a number, true, false or null."
    return None


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:200]


class Csv(JsonRecords):
    """A CSV file with a heading; lists of records are cells of JSON."""

    line_of_first: int | None = 2
    total: int | None = None

    def __init__(self, path: Path, facts: Mapping[str, Fact]) -> None:
        super().__init__(facts)
        self.path = path
        with open(path, encoding="utf-8-sig", newline="") as stream:
            self.names = next(csv.reader(stream), [])
        if not self.names:
            raise NotATable(f"{path}: it is empty. Its first line names the columns.")
        if len(set(self.names)) < len(self.names):
            twice = next(name for name in self.names if self.names.count(name) > 1)
            raise NotATable(f"{path}: two columns are called `{twice}`. Remove one of the two.")
        self.types = {name: pa.string() for name in self.names}
        self.fields = {
            name: fields_in(batch.column(0) for batch in self._reader([name], []))
            for name in self.names
            if name in self.records
        }
        for name, fields in self.fields.items():
            self.types[name] = records_type(dict.fromkeys(fields))

    def _reader(self, names: list[str], skipped: list[tuple[int, str]]) -> Iterator[pa.RecordBatch]:
        def refuse(row: Any) -> str:
            cells = f"{row.actual_columns} cell{'s' * (row.actual_columns != 1)} instead of {row.expected_columns}"
            skipped.append((row.number, cells))
            return "skip"

        coded = pa.dictionary(pa.int32(), pa.string())
        with pa_csv.open_csv(
            self.path,
            read_options=pa_csv.ReadOptions(use_threads=False, block_size=1 << 24),
            parse_options=pa_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=refuse),
            convert_options=pa_csv.ConvertOptions(
                include_columns=names or self.names[:1],
                column_types={name: pa.string() if name in self.records else coded for name in self.names},
                strings_can_be_null=False,
            ),
        ) as reader:
            yield from reader

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """The wanted columns, some rows at a time."""
        skipped: list[tuple[int, str]] = []
        done = 0
        before = 0
        for whole in self._reader(list(wanted), skipped):
            for start in range(0, whole.num_rows, rows):
                batch = whole.slice(start, rows)
                gaps = [number - 2 for number, _ in skipped]  # the heading is row 1
                numbers = _without(before, batch.num_rows, gaps)
                before = int(numbers[-1])
                refused = [
                    Rejected(gap + 1, "", "", f"there are {cells}", "Give each row as many cells as the heading.")
                    for gap, (_, cells) in zip(gaps[done:], skipped[done:], strict=True)
                ]
                done = len(skipped)
                arrays: dict[str, pa.Array] = {}
                for name in wanted:
                    column = batch.column(name)
                    if name in self.records:
                        column, more = self.parsed(name, column, numbers)
                        refused += more
                    arrays[name] = column
                yield Slice(numbers, arrays, tuple(refused))
        rest = [
            Rejected(n - 1, "", "", f"there are {c}", "Give each row as many cells as the heading.")
            for n, c in skipped[done:]
        ]
        if rest:
            yield Slice(np.empty(0, dtype=np.int64), {name: pa.nulls(0) for name in wanted}, tuple(rest))


def _parsed(text: str | None) -> Any:
    if text in (None, "", "unknown"):
        return None
    try:
        return json.loads(str(text))
    except ValueError:
        return {}  # no list: refused as such


def _without(before: int, count: int, gaps: list[int]) -> Rows:
    """The numbers of the next rows after one, without those that were skipped (which count from 0)."""
    skipped = {gap + 1 for gap in gaps}
    if not skipped:
        return np.arange(before + 1, before + 1 + count)
    found: list[int] = []
    number = before
    while len(found) < count:
        number += 1
        if number not in skipped:
            found.append(number)
    return np.array(found, dtype=np.int64)


class JsonLines(JsonRecords):
    """One JSON object a line."""

    line_of_first: int | None = 1
    total: int | None = None

    def __init__(self, path: Path, facts: Mapping[str, Fact]) -> None:
        super().__init__(facts)
        self.path = path
        self.types: dict[str, pa.DataType] = {}
        fields: dict[str, dict[str, None]] = {}
        for _, found in self._objects():
            for name, value in found.items() if isinstance(found, dict) else ():
                if name not in self.types:
                    self.types[name] = pa.string()
                if name in self.records and isinstance(value, list):
                    each = (record for record in value if isinstance(record, dict))
                    fields.setdefault(name, {}).update(dict.fromkeys(key for record in each for key in record))
        self.fields = {name: list(found) for name, found in fields.items()}
        for name in self.types:
            if name in self.records:
                self.types[name] = records_type(dict.fromkeys(self.fields.get(name, ())))

    def _objects(self) -> Iterator[tuple[int, Any]]:
        with open(self.path, encoding="utf-8-sig") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    try:
                        yield number, json.loads(line)
                    except ValueError as error:
                        yield number, error

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """The wanted columns, some rows at a time."""
        numbers: list[int] = []
        objects: list[dict[str, Any]] = []
        refused: list[Rejected] = []
        for number, found in self._objects():
            if isinstance(found, dict):
                nested = next(
                    (name for name in wanted if name not in self.records and isinstance(found.get(name), list | dict)),
                    None,
                )
                if nested is None:
                    numbers.append(number)
                    objects.append(found)
                else:
                    refused.append(
                        Rejected(
                            number,
                            nested,
                            _short(found[nested]),
                            f"`{nested}` has one value",
                            "Write a text, a number, true, false or null.",
                        )
                    )
            else:
                said = str(found) if isinstance(found, ValueError) else "it is no object"
                refused.append(Rejected(number, "", "", f"no case: {said}", "Write one JSON object a line."))
            if len(objects) == rows:
                yield self._slice(wanted, numbers, objects, refused)
                numbers, objects, refused = [], [], []
        if objects or refused:
            yield self._slice(wanted, numbers, objects, refused)

    def _slice(
        self,
        wanted: Mapping[str, Collection[str] | None],
        numbers: list[int],
        objects: list[dict[str, Any]],
        refused: list[Rejected],
    ) -> Slice:
        rows = np.array(numbers, dtype=np.int64)
        arrays: dict[str, pa.Array] = {}
        for name in wanted:
            values = [one.get(name) for one in objects]
            if name in self.records:
                arrays[name], more = self.as_lists(name, values, rows)
                refused += more
            else:
                arrays[name] = pa.array([text_of(value) for value in values], type=pa.string())
        return Slice(rows, arrays, tuple(refused))
