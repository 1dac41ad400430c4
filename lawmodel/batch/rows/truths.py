"""The truth of one condition in every row of a block: strong Kleene logic, eight rows a byte."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from lawmodel.dataclass import dataclass

Bits: TypeAlias = npt.NDArray[np.uint8]
"""A bit a row, the first row lowest; what lies beyond the last row means nothing."""
Flags: TypeAlias = npt.NDArray[np.bool_]
Rows: TypeAlias = npt.NDArray[np.int64]
_SWAPS: Final = (
    (np.uint64(7), np.uint64(0x00AA00AA00AA00AA)),
    (np.uint64(14), np.uint64(0x0000CCCC0000CCCC)),
    (np.uint64(28), np.uint64(0x00000000F0F0F0F0)),
)


def packed(flags: Flags) -> Bits:
    """Flags as bits."""
    return np.packbits(flags, bitorder="little")


def unpacked(bits: Bits, rows: int) -> Flags:
    """Bits as flags."""
    return np.unpackbits(bits, count=rows, bitorder="little").view(np.bool_)


def lanes_of(vectors: Sequence[Bits], rows: int) -> list[npt.NDArray[np.uint8] | None]:
    """A byte a row for every eight bit vectors, the first of the eight lowest; None where none of the eight has a bit.

    Eight rows of eight vectors are a square of bits in one number, which is transposed as in Hacker's Delight (7-3).
    """
    lanes: list[npt.NDArray[np.uint8] | None] = []
    for start in range(0, len(vectors), 8):
        eight = [bits if bits.any() else None for bits in vectors[start : start + 8]]
        if all(bits is None for bits in eight):
            lanes.append(None)
            continue
        square = np.zeros(((rows + 7) // 8, 8), dtype=np.uint8)
        for place, bits in enumerate(eight):
            if bits is not None:
                square[:, place] = bits
        words = square.view("<u8").reshape(-1)
        for shift, mask in _SWAPS:
            swapped = words >> shift
            swapped ^= words
            swapped &= mask
            words ^= swapped
            words ^= swapped << shift
        lanes.append(words.view(np.uint8)[:rows])
    return lanes


def no_bits(rows: int) -> Bits:
    """All zero."""
    return np.zeros((rows + 7) // 8, dtype=np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class TruthColumns:
    """Where a condition holds, and where it fails; elsewhere it is open."""

    true: Bits
    false: Bits

    def __and__(self, other: TruthColumns) -> TruthColumns:
        return TruthColumns(self.true & other.true, self.false | other.false)

    def __or__(self, other: TruthColumns) -> TruthColumns:
        return TruthColumns(self.true | other.true, self.false & other.false)

    def __invert__(self) -> TruthColumns:
        return TruthColumns(self.false, self.true)

    @property
    def open(self) -> Bits:
        """Where it is neither."""
        return ~(self.true | self.false)


def everywhere(value: bool | None, rows: int) -> TruthColumns:
    """The same in every row."""
    none = no_bits(rows)
    return TruthColumns(~none if value is True else none, ~none if value is False else none)


def known_where(holds: Flags, known: Flags | None) -> TruthColumns:
    """What a comparison finds, where the values it compares are known."""
    true = packed(holds)
    if known is None:
        return TruthColumns(true, ~true)
    mask = packed(known)
    return TruthColumns(true & mask, ~true & mask)
