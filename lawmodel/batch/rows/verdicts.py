"""Outcome and grounds of every row, as far as Kleene logic settles both; the rest is left open.

A row is settled where a provision speaks for an outcome, none may speak for a stronger one, and of every provision it
is known whether it speaks for that outcome.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lawmodel.batch.rows.answers import Answers, RowAnswer
from lawmodel.batch.rows.evaluated import Evaluated
from lawmodel.batch.rows.plan import Plan
from lawmodel.batch.rows.truths import Bits, TruthColumns, lanes_of, no_bits
from lawmodel.dataclass import dataclass

Numbers = npt.NDArray[np.int32]
WORD: Final = 8
"""Bytes that are compared as one number."""


@dataclass(frozen=True, slots=True)
class SettledRows:
    """What Kleene logic settles in a block."""

    outcomes: tuple[Bits, ...]
    """For each outcome: where it is settled, with its grounds."""
    grounds: tuple[Bits, ...]
    """For each provision that may speak for an outcome (as in the plan): where it is a ground of a settled one."""
    open: Bits
    """Where nothing is settled."""
    reached: tuple[Bits, ...]
    """For each outcome: where no stronger one is certain."""


def settled(plan: Plan, evaluated: Evaluated) -> SettledRows:
    """Settle a block."""
    rows = evaluated.block.rows
    speaking: list[list[TruthColumns]] = [[] for _ in plan.outcomes]
    for one in plan.speaks:
        speaking[one.outcome].append(evaluated.truths(one.condition))
    none = no_bits(rows)
    left, undecided, reach = ~none, none, ~none
    outcomes: list[Bits] = []
    grounds: list[Bits] = []
    reached: list[Bits] = []
    for truths in speaking:
        last = len(outcomes) == len(speaking) - 1
        reached.append(reach)
        some = reduce(or_, (one.true for one in truths), none)
        not_one = reduce(and_, (one.false for one in truths), ~none)
        known = reduce(and_, (one.true | one.false for one in truths), ~none)
        here = left & known & (~none if last else some)
        undecided = undecided | (left & ~known & (~none if last else ~not_one))
        outcomes.append(here)
        grounds += [one.true & here for one in truths]
        left = left & not_one
        reach = reach & ~some
    return SettledRows(tuple(outcomes), tuple(grounds), undecided, tuple(reached))


class Numbering:
    """Numbers the answers that are settled; each is put together once for all rows alike."""

    def __init__(self, plan: Plan, answers: Answers) -> None:
        self.plan = plan
        self._answers = answers
        self._known: dict[int, int] = {}

    def numbers(self, found: SettledRows, rows: int) -> Numbers:
        """The number of the answer of each row; -1 where it is open."""
        keys, places = distinct(lanes_of([*found.outcomes, *found.grounds], rows), rows)
        for key in keys:
            if key not in self._known:
                self._known[key] = self._number(key)
        table = np.array([self._known[key] for key in keys], dtype=np.int32)
        return table[places]

    def _number(self, bits: int) -> int:
        """The number of an answer, by a bit for its outcome and one for each ground."""
        count = len(self.plan.outcomes)
        outcome = next((name for number, name in enumerate(self.plan.outcomes) if bits >> number & 1), None)
        if outcome is None:
            return -1
        grounds = tuple(one.rule for place, one in enumerate(self.plan.speaks, count) if bits >> place & 1)
        return self._answers.number(RowAnswer("determined", outcome, (outcome,), grounds))


def distinct(lanes: Sequence[npt.NDArray[np.uint8] | None], rows: int) -> tuple[list[int], Numbers]:
    """The different rows of columns of bytes (None: only zeros), each as one number; and for each row which it is."""
    if len(lanes) <= WORD:
        wide = np.zeros((rows, WORD), dtype=np.uint8)
        for place, lane in enumerate(lanes):
            if lane is not None:
                wide[:, place] = lane
        coded = pa.array(wide.view("<u8").reshape(-1)).dictionary_encode()
        return coded.dictionary.to_pylist(), np.asarray(coded.indices)
    none = np.zeros(rows, dtype=np.uint8)
    keys, places = distinct_rows(np.stack([none if lane is None else lane for lane in lanes], axis=1))
    return [int.from_bytes(key, "little") for key in keys], places


def distinct_rows(matrix: npt.NDArray[np.uint8]) -> tuple[list[bytes], Numbers]:
    """The different rows of a matrix of bytes; and for each row the number of it."""
    rows, width = matrix.shape
    buffer = pa.py_buffer(np.ascontiguousarray(matrix))
    coded = pa.FixedSizeBinaryArray.from_buffers(pa.binary(width), rows, [None, buffer]).dictionary_encode()
    return coded.dictionary.to_pylist(), np.asarray(coded.indices)
