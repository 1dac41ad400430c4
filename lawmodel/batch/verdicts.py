"""Outcome and grounds of every row, as far as Kleene logic settles both; the rest is left open.

A row is settled where a provision speaks for an outcome, none may speak for a stronger one, and of every provision it
is known whether it speaks for that outcome.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lawmodel.batch.answers import Answers, RowAnswer
from lawmodel.batch.evaluated import Evaluated
from lawmodel.batch.plan import Plan
from lawmodel.batch.truths import Bits, Truths, no_bits, unpacked

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The rows of a block, as far as they are settled."""

    answers: Numbers
    """The number of the answer; -1 where it is open."""
    open: Bits
    reached: tuple[Bits, ...]
    """For each outcome: where no stronger one is certain."""


class Settling:
    """Settles what Kleene logic settles; what a row comes to is put together once for all rows alike."""

    def __init__(self, plan: Plan, answers: Answers) -> None:
        self.plan = plan
        self._answers = answers
        self._known: dict[bytes, int] = {}
        self._rules: list[list[str]] = [[] for _ in plan.outcomes]
        for one in plan.speaks:
            self._rules[one.outcome].append(one.rule)

    def number(self, key: bytes) -> int:
        """The number of an answer: the outcome and a bit for each provision that speaks for it."""
        if key not in self._known:
            outcome = self.plan.outcomes[key[0]]
            rules = enumerate(self._rules[key[0]])
            grounds = tuple(rule for bit, rule in rules if key[1 + bit // 8] >> bit % 8 & 1)
            self._known[key] = self._answers.number(RowAnswer("determined", outcome, (outcome,), grounds))
        return self._known[key]


def verdicts(settling: Settling, evaluated: Evaluated) -> Verdicts:
    """Settle a block."""
    plan = settling.plan
    rows = evaluated.block.rows
    by_outcome: list[list[tuple[int, Truths]]] = [[] for _ in plan.outcomes]
    for one in plan.speaks:
        bit = len(by_outcome[one.outcome])
        by_outcome[one.outcome].append((bit, evaluated.truths(one.condition)))
    lanes = [np.zeros(rows, dtype=np.uint8) for _ in range(1 + max((len(one) + 7) // 8 for one in by_outcome))]
    left, undecided, reached = ~no_bits(rows), no_bits(rows), []
    reach = left
    for number, speaking in enumerate(by_outcome):
        last = number == len(by_outcome) - 1
        reached.append(reach)
        none = no_bits(rows)
        some = reduce(or_, (truths.true for _, truths in speaking), none)
        not_one = reduce(and_, (truths.false for _, truths in speaking), ~none)
        known = ~reduce(or_, (truths.open for _, truths in speaking), none)
        settled = left & known & (~none if last else some)
        undecided = undecided | (left & ~known & ~(none if last else not_one))
        lanes[0] |= unpacked(settled, rows).view(np.uint8) * np.uint8(number)
        for bit, truths in speaking:
            speaks = truths.true & settled
            if speaks.any():
                lanes[1 + bit // 8] |= unpacked(speaks, rows).view(np.uint8) << np.uint8(bit % 8)
        left = left & not_one
        reach = reach & ~some
    keys, numbers = distinct(np.stack(lanes, axis=1))
    found = np.array([settling.number(key) for key in keys], dtype=np.int32)[numbers]
    found[unpacked(undecided, rows)] = -1
    return Verdicts(found, undecided, tuple(reached))


def distinct(matrix: npt.NDArray[np.uint8]) -> tuple[list[bytes], npt.NDArray[np.int32]]:
    """The different rows of a matrix of bytes; and for each row the number of it."""
    rows, width = matrix.shape
    if width <= 8:
        wide = np.zeros((rows, 8), dtype=np.uint8)
        wide[:, :width] = matrix
        coded = pa.array(wide.view(np.uint64).reshape(-1)).dictionary_encode()
        return [int(key).to_bytes(8, sys.byteorder) for key in coded.dictionary.to_pylist()], np.asarray(coded.indices)
    buffer = pa.py_buffer(np.ascontiguousarray(matrix))
    coded = pa.FixedSizeBinaryArray.from_buffers(pa.binary(width), rows, [None, buffer]).dictionary_encode()
    return coded.dictionary.to_pylist(), np.asarray(coded.indices)
