"""Files of JSON lines: one object a line, with names of facts as keys, or nested as in a case file."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from lawmodel.batch.tables.called_off import SOME, work_here
from lawmodel.batch.tables.columns import ONE_VALUE, records_type, text_of
from lawmodel.batch.tables.json_records import JsonRecords, NotJson, read_json, said_twice
from lawmodel.batch.tables.lines import LinesOfRows
from lawmodel.batch.tables.readable import Unchanged
from lawmodel.batch.tables.rejected import Rejected
from lawmodel.batch.tables.slices import Slice
from lawmodel.rulebook.model import Fact

_PLAIN: Final = "Write a text, a number, true, false or null."


class JsonLines(JsonRecords):
    """A file of JSON lines. Lines without anything in them are no rows."""

    total: int | None = None
    sheet: str | None = None

    def __init__(self, path: Path, facts: Mapping[str, Fact]) -> None:
        """Look through the file, which is in UTF-8; raises `NotATable`."""
        super().__init__(facts)
        self._facts = facts
        self.path = path
        self._unchanged = Unchanged([path])
        self.types: dict[str, pa.DataType] = {}
        self._lines = LinesOfRows(0)
        self._blank = 0
        fields: dict[str, dict[str, None]] = {}
        for row, line, found, _, _ in self._objects():
            if line - row > self._blank:
                self._blank = line - row
                self._lines.drift(np.array([row]), np.array([self._blank]))
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

    def line_of(self, row: int) -> int | None:
        """The line in which a row stands."""
        return self._lines.of(row)

    def _objects(self) -> Iterator[tuple[int, int, Any, tuple[str, ...], str]]:
        """Of each row: its number and line, what stands there, the keys that stand there twice, and the text."""
        row = 0
        with self._unchanged.reading(self.path), self.path.open(encoding="utf-8-sig", newline="\n") as stream:
            for number, line in enumerate(stream, 1):
                if number % SOME == 0:
                    work_here().check()
                if line.strip():
                    row += 1
                    text = line.strip()
                    try:
                        found, twice = read_json(text)
                        if isinstance(found, dict):
                            found, more = self._flattened(found)
                            twice += more
                        yield row, number, found, twice, text
                    except NotJson as error:
                        yield row, number, error, (), text

    def _flattened(self, found: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
        """An object whose keys are names of facts, ``person.sex``, instead of ``person`` in which there is ``sex``.

        Also the names that stand twice in it. What stands in a fact stays there.
        """
        if dict not in map(type, found.values()):
            return found, ()
        flat: dict[str, Any] = {}
        twice: list[str] = []
        waiting = list(found.items())[::-1]
        while waiting:
            name, value = waiting.pop()
            if isinstance(value, dict) and value and name not in self._facts:
                waiting += [(f"{name}.{key}", inner) for key, inner in reversed(value.items())]
            else:
                twice += [name] if name in flat else []
                flat[name] = value
        return flat, tuple(twice)

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """The wanted columns, some rows at a time."""
        numbers: list[int] = []
        objects: list[dict[str, Any]] = []
        refused: list[Rejected] = []
        blank = self._blank
        for row, _, found, twice, text in self._objects():
            if isinstance(found, dict):
                numbers.append(row)
                objects.append(found)
                refused += [Rejected(row, key, text, *said) for key, said in zip(twice, said_twice(twice), strict=True)]
            else:
                said = str(found) if isinstance(found, NotJson) else "it is no object"
                refused.append(Rejected(row, "", text, f"no case: {said}", "Write one JSON object a line."))
            if len(objects) == rows:
                yield self._slice(wanted, numbers, objects, refused, blank)
                numbers, objects, refused, blank = [], [], [], 0
        if objects or refused or blank:
            yield self._slice(wanted, numbers, objects, refused, blank)

    def _slice(
        self,
        wanted: Mapping[str, Collection[str] | None],
        numbers: list[int],
        objects: list[dict[str, Any]],
        refused: list[Rejected],
        blank: int,
    ) -> Slice:
        rows = np.array(numbers, dtype=np.int64)
        arrays: dict[str, pa.Array] = {}
        for name in wanted:
            values = [one.get(name) for one in objects]
            if name in self.records:
                arrays[name], more = self.as_lists(name, values, rows)
                refused += more
                continue
            for row, value in zip(numbers, values, strict=True):
                if isinstance(value, list | dict):
                    written = json.dumps(value, ensure_ascii=False)
                    refused.append(Rejected(row, name, written, ONE_VALUE.replace("{}", name), _PLAIN))
            plain = [None if isinstance(value, list | dict) else text_of(value) for value in values]
            arrays[name] = pa.array(plain, type=pa.string())
        return Slice(rows, arrays, tuple(refused), blank)
