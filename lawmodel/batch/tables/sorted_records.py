"""What is sorted by the rows that it belongs to, taken up as these rows pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from lawmodel.batch.rows.truths import Rows
from lawmodel.inputs import MOST_RECORDS


class InOrder:
    """Batches whose first column is the number of a row, in the order of these numbers."""

    def __init__(self, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> None:
        self._schema = schema
        self._batches = batches
        self._waiting: pa.RecordBatch | None = None

    def of(self, rows: Rows) -> tuple[Rows, list[pa.Array]]:
        """What belongs to the next rows: the row of each, and the other columns. What lies between is passed over."""
        taken: list[pa.RecordBatch] = []
        while len(rows):
            if self._waiting is None:
                self._waiting = next(self._batches, None)
                if self._waiting is None:
                    break
            end = int(np.searchsorted(_numbers(self._waiting), rows[-1], side="right"))
            taken.append(self._waiting.slice(0, end))
            if end < self._waiting.num_rows:
                self._waiting = self._waiting.slice(end)
                break
            self._waiting = None
        found = pa.Table.from_batches(taken, self._schema).combine_chunks()
        numbers = np.asarray(found.column(0), dtype=np.int64)
        asked = np.isin(numbers, rows)
        if not asked.all():
            found, numbers = found.filter(pa.array(asked)), numbers[asked]
        return numbers, [one.combine_chunks() for one in found.columns[1:]]


class SortedRecords:
    """Records in the order of their cases, as lists."""

    def __init__(self, schema: pa.Schema, batches: Iterator[pa.RecordBatch], fields: Sequence[str]) -> None:
        self._found = InOrder(schema, _without_floods(batches))
        self._fields = list(fields)

    def of(self, rows: Rows) -> pa.Array:
        """The list of each of the next rows; where there are no records it is empty."""
        numbers, columns = self._found.of(rows)
        if columns:
            records = pa.StructArray.from_arrays(columns, names=self._fields)
        else:
            records = pa.array([{}] * len(numbers), type=pa.struct([]))
        ends = np.searchsorted(numbers, rows, side="right")
        offsets = np.concatenate([np.zeros(1, dtype=np.int64), ends]).astype(np.int32)
        return pa.ListArray.from_arrays(pa.array(offsets), records)


def _without_floods(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Of a case with more records than one may have, only so many that this is seen; none fills the memory."""
    last, count = 0, 0
    for one in batches:
        numbers = _numbers(one)
        if not len(numbers):
            continue
        begins = np.flatnonzero(np.diff(numbers, prepend=numbers[0] - 1))
        lengths = np.diff(begins, append=len(numbers))
        before = np.arange(len(numbers)) - np.repeat(begins, lengths)
        if numbers[0] == last:
            before[: lengths[0]] += count
        last, count = int(numbers[-1]), int(before[-1]) + 1
        few = before <= MOST_RECORDS
        yield one if few.all() else one.filter(pa.array(few))


def _numbers(batch: pa.RecordBatch) -> Rows:
    return np.asarray(batch.column(0), dtype=np.int64)
