"""What every table is that cases are read from: its columns, and some rows of them at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

import pyarrow as pa

from lawmodel.batch.rows.truths import Rows
from lawmodel.batch.tables.rejected import Rejected
from lawmodel.dataclass import dataclass


class NotATable(ValueError):
    """What is to be read is no table that can be read."""


def check_names(place: object, names: Sequence[str]) -> None:
    """Refuse two columns of one name; raises `NotATable`."""
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise NotATable(f"{place}: two columns are called `{twice}`. Remove or rename one of the two.")


@dataclass(frozen=True, slots=True)
class Slice:
    """Some rows of a table."""

    rows: Rows
    """The number of each row."""
    arrays: Mapping[str, pa.Array]
    rejected: tuple[Rejected, ...] = ()
    """What could not even be read: whole rows, which are not among the others, and cells, which are unknown there."""
    blank: int = 0
    """So many rows that say nothing were passed over."""


class TableSource(Protocol):
    """A table."""

    @property
    def types(self) -> Mapping[str, pa.DataType]:
        """By column."""

    @property
    def total(self) -> int | None:
        """How many rows there are, where that is known beforehand."""

    @property
    def sheet(self) -> str | None:
        """The sheet whose rows `line_of` counts; None where it counts the lines of a text file, or nothing."""

    def line_of(self, row: int) -> int | None:
        """The line in which a row begins, or its row in a sheet, by its number; None where rows are neither."""

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        """The wanted columns (of records: with the wanted fields), so many rows at a time."""
