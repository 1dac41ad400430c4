"""The truth of one condition in every row of a block: strong Kleene logic, eight rows a byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Bits: TypeAlias = npt.NDArray[np.uint8]
"""A bit a row, the first row lowest; what lies beyond the last row means nothing."""
Flags: TypeAlias = npt.NDArray[np.bool_]
Rows: TypeAlias = npt.NDArray[np.int64]


def packed(flags: Flags) -> Bits:
    """Flags as bits."""
    return np.packbits(flags, bitorder="little")


def unpacked(bits: Bits, rows: int) -> Flags:
    """Bits as flags."""
    return np.unpackbits(bits, count=rows, bitorder="little").view(np.bool_)


def no_bits(rows: int) -> Bits:
    """All zero."""
    return np.zeros((rows + 7) // 8, dtype=np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Truths:
    """Where a condition holds, and where it fails; elsewhere it is open."""

    true: Bits
    false: Bits

    def __and__(self, other: Truths) -> Truths:
        return Truths(self.true & other.true, self.false | other.false)

    def __or__(self, other: Truths) -> Truths:
        return Truths(self.true | other.true, self.false & other.false)

    def __invert__(self) -> Truths:
        return Truths(self.false, self.true)

    @property
    def open(self) -> Bits:
        """Where it is neither."""
        return ~(self.true | self.false)


def everywhere(value: bool | None, rows: int) -> Truths:
    """The same in every row."""
    none = no_bits(rows)
    return Truths(~none if value is True else none, ~none if value is False else none)


def known_where(holds: Flags, known: Flags | None) -> Truths:
    """What a comparison finds, where the values it compares are known."""
    true = packed(holds)
    if known is None:
        return Truths(true, ~true)
    mask = packed(known)
    return Truths(true & mask, ~true & mask)
