"""The values of one input in every row of a block, and how they compare."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import reduce
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from lawmodel.batch.rows.moved_days import moved as moved_days
from lawmodel.batch.rows.truths import (
    Bits,
    Flags,
    Rows,
    TruthColumns,
    everywhere,
    known_where,
    no_bits,
    packed,
    unpacked,
)
from lawmodel.cached_property import cached_property
from lawmodel.dataclass import dataclass
from lawmodel.inputs import NO_DAY, Scalar
from lawmodel.time_spans import Spans, moved_by

MOST_COMPARED: Final = 12
"""Up to so many values are compared one by one: quicker than looking each row up."""


@dataclass(frozen=True, eq=False)
class YesNo:
    """Yes or no in each row, packed as bits."""

    yes: Bits
    no: Bits
    """Where it is neither, it is unknown."""
    rows: int

    def __len__(self) -> int:
        return self.rows

    @cached_property
    def coded(self) -> Coded:
        """The same, with the number of its value for each row."""
        numbers = unpacked(~self.yes, self.rows).view(np.uint8) + unpacked(~(self.yes | self.no), self.rows)
        return Coded(numbers, (True, False, None))

    def at(self, row: int) -> Scalar | None:
        """The value in a row."""
        return self.coded.at(row)

    def taken(self, rows: Rows) -> Coded:
        """Only some rows, or rows repeated."""
        return self.coded.taken(rows)

    def one_of(self, accepted: Collection[Scalar]) -> TruthColumns:
        """Where the value is one of these."""
        none = no_bits(self.rows)
        yes, no = True in accepted, False in accepted
        true = (self.yes if yes else none) | (self.no if no else none)
        return TruthColumns(true, (none if yes else self.yes) | (none if no else self.no))


@dataclass(frozen=True, eq=False)
class Coded:
    """A choice (or yes/no) in each row: the number of its value."""

    numbers: npt.NDArray[np.integer]
    values: tuple[Scalar | None, ...]
    """None is unknown."""

    def __len__(self) -> int:
        return len(self.numbers)

    def at(self, row: int) -> Scalar | None:
        """The value in a row."""
        return self.values[int(self.numbers[row])]

    def taken(self, rows: Rows) -> Coded:
        """Only some rows, or rows repeated."""
        return Coded(self.numbers[rows], self.values)

    @cached_property
    def _unknown(self) -> Bits | None:
        """Where the value is not known; None: nowhere."""
        found = self._having([number for number, value in enumerate(self.values) if value is None])
        return found if found.any() else None

    def _having(self, numbers: list[int]) -> Bits:
        """Where the value has one of these numbers."""
        if len(numbers) == 1:
            return packed(self.numbers == numbers[0])
        if len(numbers) > MOST_COMPARED:
            table = np.zeros(len(self.values), dtype=np.bool_)
            table[numbers] = True
            return packed(table[self.numbers])
        found = np.zeros(len(self.numbers), dtype=np.bool_)
        for number in numbers:
            found |= self.numbers == number
        return packed(found)

    def one_of(self, accepted: Collection[Scalar]) -> TruthColumns:
        """Where the value is one of these."""
        inside = [number for number, value in enumerate(self.values) if value is not None and value in accepted]
        outside = [number for number, value in enumerate(self.values) if value is not None and value not in accepted]
        found, other = (inside, False) if len(inside) <= len(outside) else (outside, True)
        true = self._having(found)
        false = ~true if self._unknown is None else ~(true | self._unknown)
        return TruthColumns(false, true) if other else TruthColumns(true, false)

    def same(self, other: Coded) -> TruthColumns:
        """Where both have the same value."""
        every = {value: number for number, value in enumerate(dict.fromkeys((*self.values, *other.values)))}
        mine = np.array([every[value] for value in self.values])[self.numbers]
        theirs = np.array([every[value] for value in other.values])[other.numbers]
        unknown = every.get(None, -1)
        return known_where(mine == theirs, (mine != unknown) & (theirs != unknown))


@dataclass(frozen=True, eq=False)
class Whole:
    """A day or a number in each row."""

    values: npt.NDArray[np.integer]
    known: Flags | None = None
    """None: everywhere."""

    def __len__(self) -> int:
        return len(self.values)

    def at(self, row: int) -> Scalar | None:
        """The value in a row."""
        return int(self.values[row]) if self.known is None or self.known[row] else None

    def taken(self, rows: Rows) -> Whole:
        """Only some rows, or rows repeated."""
        return Whole(self.values[rows], None if self.known is None else self.known[rows])

    def one_of(self, accepted: Collection[Scalar]) -> TruthColumns:
        """Where the value is one of these."""
        none = np.zeros(len(self.values), dtype=np.bool_)
        return known_where(reduce(np.logical_or, (self.values == int(value) for value in accepted), none), self.known)

    @cached_property
    def never(self) -> Bits | None:
        """Where it is the day that never comes; None: nowhere."""
        never = self.values == NO_DAY
        if self.known is not None:
            never &= self.known
        return packed(never) if never.any() else None

    def same(self, other: Whole) -> TruthColumns:
        """Where both have the same value."""
        return known_where(self.values == other.values, both(self.known, other.known))


@dataclass(frozen=True, slots=True)
class Unknown:
    """Known in no row."""

    rows: int

    def __len__(self) -> int:
        return self.rows

    def at(self, row: int) -> Scalar | None:
        """Unknown."""
        return None

    def taken(self, rows: Rows) -> Unknown:
        """Only some rows, or rows repeated."""
        return Unknown(len(rows))

    def one_of(self, accepted: Collection[Scalar]) -> TruthColumns:
        """Open everywhere."""
        return everywhere(None, self.rows)


Held: TypeAlias = YesNo | Coded | Whole | Unknown


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """A list of records in each row."""

    known: Flags
    """Where the list is known."""
    parents: Rows
    """For each record of the block: the row that it belongs to, in their order."""
    starts: Rows
    """For each row (and after the last): the number of its first record."""
    fields: Mapping[str, Held]
    """Of each record of the block."""

    def of_rows(self, rows: Rows) -> Listed:
        """The lists of only some rows, or of rows repeated."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
        parents = np.repeat(np.arange(len(rows), dtype=np.int64), lengths)
        records = np.arange(len(parents)) - np.repeat(starts[:-1] - self.starts[rows], lengths)
        return Listed(
            self.known[rows], parents, starts, {name: held.taken(records) for name, held in self.fields.items()}
        )

    def with_defaults(self, defaults: Mapping[str, Scalar | None]) -> Listed:
        """The records with the fields that the table lacks, where what they mean then is known."""
        count = len(self.parents)
        more: dict[str, Held] = {}
        for name, value in defaults.items():
            if name not in self.fields and value is not None:
                if isinstance(value, str | bool):
                    more[name] = Coded(np.zeros(count, dtype=np.int32), (value,))
                else:
                    more[name] = Whole(np.full(count, value, dtype=np.int64))
        return Listed(self.known, self.parents, self.starts, {**self.fields, **more})

    def record(self, number: int) -> dict[str, Scalar | None]:
        """One record."""
        return {name: held.at(number) for name, held in self.fields.items()}

    def at(self, row: int) -> tuple[dict[str, Scalar | None], ...] | None:
        """The records of a row; None where they are unknown."""
        if not self.known[row]:
            return None
        return tuple(self.record(number) for number in range(int(self.starts[row]), int(self.starts[row + 1])))


def both(one: Flags | None, other: Flags | None) -> Flags | None:
    """Where both are known."""
    if one is None or other is None:
        return other if one is None else one
    return one & other


def moved(held: Held | int, spans: Spans) -> Held | int:
    """The days that spans lead to."""
    if isinstance(held, int):
        return moved_by(held, spans)
    if not isinstance(held, Whole):
        return held
    days = held.values.astype(np.int64)
    for span in spans:
        days = moved_days(days, span, np.where)
    return Whole(days, held.known)


def ordered(left: Held | int, right: Held | int, rows: int, *, strict: bool, of_days: bool) -> TruthColumns:
    """``left <= right`` (``<`` if strict); what never happened is neither before nor after a day."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        found = everywhere(None, rows)
    else:
        assert not isinstance(left, Coded | YesNo)
        assert not isinstance(right, Coded | YesNo)
        one = left if isinstance(left, int) else left.values
        other = right if isinstance(right, int) else right.values
        holds = np.less(one, other) if strict else np.less_equal(one, other)
        known = both(*(None if isinstance(side, int) else side.known for side in (left, right)))
        found = known_where(np.asarray(holds), known)
    if not of_days:
        return found
    for side in (left, right):
        if isinstance(side, int) and side == NO_DAY:
            return everywhere(False, rows)
        if isinstance(side, Whole) and side.never is not None:
            found = TruthColumns(found.true & ~side.never, found.false | side.never)
    return found
