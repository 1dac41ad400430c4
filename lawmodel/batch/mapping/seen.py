"""What stands in a table, column by column: each different cell, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import field
from typing import Final

import pyarrow as pa

from lawmodel.batch.mapping.mapped import as_codes, kept_rows
from lawmodel.batch.tables.blank_rows import without_blank_rows
from lawmodel.batch.tables.slices import TableSource
from lawmodel.dataclass import dataclass

MOST_DIFFERENT: Final = 20_000
"""So many different cells of a column are told apart; the others are counted together."""
_ROWS: Final = 65_536


@dataclass(slots=True)
class ColumnSeen:
    """A column."""

    heading: str
    counts: Counter[str] = field(default_factory=Counter)
    """By cell, how often; empty ones are not among them."""
    empty: int = 0

    @property
    def filled(self) -> int:
        """How many cells are not empty."""
        return self.counts.total()


@dataclass(frozen=True, slots=True)
class TableSeen:
    """A table."""

    columns: Mapping[str, ColumnSeen]
    rows: int
    blank: int


def look_through(source: TableSource, skip: Mapping[str, Collection[str]] | None = None) -> TableSeen:
    """Every column of single values; lists are passed over, and so are rows of `kept_rows`."""
    names = [name for name, kind in source.types.items() if not pa.types.is_nested(kind)]
    columns = {name: ColumnSeen(name) for name in names}
    rows = blank = 0
    for one in without_blank_rows(source, dict.fromkeys(names), _ROWS):
        kept = kept_rows(one, skip or {})
        rows += int(kept.sum())
        blank += one.blank
        for name in names:
            coded, column = as_codes(one.arrays[name].filter(pa.array(kept))), columns[name]
            texts = coded.dictionary.to_pylist()
            for number in coded.indices.value_counts().to_pylist():
                place, count = number["values"], number["counts"]
                text = None if place is None else texts[place]
                if text is None or not text.strip():
                    column.empty += count
                elif text in column.counts or len(column.counts) < MOST_DIFFERENT:
                    column.counts[text] += count
    return TableSeen(columns, rows, blank)
