"""Answers beside the columns that their table had, and in words beside ids: a table to be read by people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import pyarrow as pa

from lawmodel.batch.mapping.mapped import Mapped
from lawmodel.batch.rows.answers import DEPENDS, said_by
from lawmodel.batch.rows.truths import Rows
from lawmodel.batch.running.run import ROWS, Run
from lawmodel.batch.tables.matched import KEY
from lawmodel.batch.tables.slices import NotATable, Slice
from lawmodel.batch.writing.answer_columns import AnswerColumns

SAYS: Final = "_says"
"""Behind the name of a column of ids: what they say."""
COUNTS: Final = "counts"
"""The key under which a run says how often each outcome occurs; of a spreadsheet, also the sheet that shows it."""
_WORDED: Final = ("outcome", "grounds")


class ReadableAnswers:
    """Puts the columns of a table before the answers, and words behind their ids."""

    def __init__(self, run: Run, answers: AnswerColumns) -> None:
        """Prepare to read the table a second time; raises `NotATable` where columns would have one name."""
        self._source = run.source.given if isinstance(run.source, Mapped) else run.source
        asked = run.ways[0].asked
        self._outcomes = said_by(asked.rulebook, asked.question)
        self._grounds = {one.id: one.citation for one in asked.rulebook.provisions.values()}
        self._columns = {one.column(name): name for one in answers.sets for name in _WORDED}
        self._names = [name for name in self._source.types if name != KEY]
        ours = {*answers.schema().names, *(name.replace(of, of + SAYS, 1) for name, of in self._columns.items())}
        both = next((name for name in self._names if name in ours), None)
        if both is not None:
            raise NotATable(f"it has a column `{both}`, and so have the answers. Rename it to have both side by side.")
        self._slices = self._source.slices(dict.fromkeys(self._names), ROWS) if self._names else iter(())
        self._at: Slice | None = None

    def table(self, answers: pa.Table, rows: Rows) -> pa.Table:
        """The answers of some rows, behind what the table says in them. Blocks come in the order of the table."""
        key, *others = answers.column_names
        found: dict[str, pa.ChunkedArray | pa.Array] = {key: answers[key], **self._given(rows)}
        for name in others:
            found[name] = answers[name]
            if name in self._columns:
                of = self._columns[name]
                found[name.replace(of, of + SAYS, 1)] = self._in_words(of, answers[name])
        return pa.table(found)

    def schema(self, answers: pa.Schema) -> pa.Schema:
        """The columns of a table without rows."""
        table = answers.empty_table()
        return self.table(table, np.empty(0, dtype=np.int64)).schema

    def counts(self, outcomes: Mapping[str, Mapping[str, int]]) -> list[dict[str, str | int | float]]:
        """How often each outcome occurs in each set of answers, in words: the strongest first."""
        found: list[dict[str, str | int | float]] = []
        for label, counted in outcomes.items():
            total = sum(counted.values())
            for name, says in self._outcomes.items():
                if number := counted.get(name):
                    one: dict[str, str | int | float] = {"answers": label} if label else {}
                    found.append(
                        one | {"says": says, "cases": number, "share": round(number / total, 4), "outcome": name}
                    )
        return found

    def _given(self, rows: Rows) -> Mapping[str, pa.Array]:
        parts: dict[str, list[pa.Array]] = {name: [] for name in self._names}
        for one in self._reaching(rows):
            taken = pa.array(np.flatnonzero(np.isin(one.rows, rows)))
            for name in self._names:
                parts[name].append(_plain(one.arrays[name].take(taken)))
        kinds = {name: _plain(pa.nulls(0, self._source.types[name])).type for name in self._names}
        return {name: pa.chunked_array(each, type=kinds[name]).combine_chunks() for name, each in parts.items()}

    def _reaching(self, rows: Rows) -> Iterator[Slice]:
        """The parts of the table in which these rows stand."""
        if not len(rows) or not self._names:
            return
        last = int(rows[-1])
        while True:
            if self._at is None or not len(self._at.rows) or int(self._at.rows[-1]) < int(rows[0]):
                self._at = next(self._slices)
                continue
            yield self._at
            if int(self._at.rows[-1]) >= last:
                return
            self._at = next(self._slices)

    def _in_words(self, of: str, column: pa.ChunkedArray) -> pa.Array:
        """What ids say: outcomes of the subject of the question, grounds as they are cited."""
        if of == "outcome":
            return pa.array([self._outcomes[one or DEPENDS] for one in column.to_pylist()], type=pa.string())
        lists = (one.split(";") if isinstance(one, str) else one or [] for one in column.to_pylist())
        return pa.array(["; ".join(self._grounds.get(each, each) for each in one) for one in lists], type=pa.string())


def _plain(array: pa.Array) -> pa.Array:
    """A column that every format can hold: lists as JSON."""
    if pa.types.is_dictionary(array.type):
        return array.dictionary_decode()
    if pa.types.is_nested(array.type):
        texts = (None if one is None else json.dumps(one, ensure_ascii=False, default=str) for one in array.to_pylist())
        return pa.array(texts, type=pa.string())
    return array
