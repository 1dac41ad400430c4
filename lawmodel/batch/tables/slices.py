"""What every table is that cases are read from: its columns, and some rows of them at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from lawmodel.batch.rows.truths import Rows
from lawmodel.batch.tables.rejected import Rejected


class NotATable(ValueError):
    """What is to be read is no table that can be read."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Some rows of a table."""

    rows: Rows
    """The number of each row."""
    arrays: Mapping[str, pa.Array]
    rejected: tuple[Rejected, ...] = ()
    """Rows that could not even be read; they are not among the others."""


class Source(Protocol):
    """A table."""

    @property
    def types(self) -> Mapping[str, pa.DataType]:
        """By column."""

    @property
    def total(self) -> int | None:
        """How many rows there are, where that is known beforehand."""

    @property
    def line_of_first(self) -> int | None:
        """The line in which the first row stands; None where rows are no lines."""

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """The wanted columns (of records: with the wanted fields), so many rows at a time."""
