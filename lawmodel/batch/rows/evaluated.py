"""The formulas of a question, evaluated in every row of a block at once.

It is the meaning of `lawmodel.reasoning.evaluation`, a whole column at a time; equal parts of formulas are one object
(see `lawmodel.reasoning.open_cases.residual`) and are worked out once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import assert_never

import numpy as np

from lawmodel.batch.rows.input_column import Coded, Held, Listed, Unknown, Whole, YesNo, moved, ordered
from lawmodel.batch.rows.truths import Rows, TruthColumns, everywhere, no_bits, packed, unpacked
from lawmodel.dataclass import dataclass
from lawmodel.reasoning.formula import (
    All,
    Any,
    AtLeast,
    Atom,
    Choose,
    Constant,
    Field,
    Fixed,
    Formula,
    Input,
    Named,
    Not,
    OneOf,
    Ordered,
    Same,
    SomeRecord,
    Spaced,
    Term,
    free_lists,
    reading_key,
)


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a table, as the engines read them."""

    rows: int
    singles: Mapping[str, Held]
    """By key; an input that is not here is open in every row."""
    lists: Mapping[str, Listed]


class Evaluated:
    """The truth of formulas in a block, each worked out when it is first asked for."""

    def __init__(self, block: Block, given: Mapping[int, TruthColumns] | None = None) -> None:
        """Take a block; ``given`` are truths that are known of the rows, by the identity of the formula."""
        self.block = block
        self._known: dict[tuple[int, str | None], TruthColumns] = {
            (formula, None): truths for formula, truths in (given or {}).items()
        }
        self._spread: dict[tuple[str, str], Held] = {}
        self._about_records: dict[int, bool] = {}

    def truths(self, formula: Formula, records: str | None = None) -> TruthColumns:
        """Where a formula holds and fails: in each row; or in each record of a list, in a condition on it."""
        place = (id(formula), records)
        if place not in self._known:
            self._known[place] = self._found(formula, records)
        return self._known[place]

    def _found(self, formula: Formula, records: str | None) -> TruthColumns:
        if records is not None and not self._reads_fields(formula):
            return self._repeated(self.truths(formula), self.block.lists[records].parents)
        match formula:
            case Constant(value):
                return everywhere(value, self._count(records))
            case Named(_, _, body):
                return self.truths(body, records)
            case Not(part):
                return ~self.truths(part, records)
            case All(parts):
                return reduce(and_, (self.truths(part, records) for part in parts))
            case Any(parts):
                return reduce(or_, (self.truths(part, records) for part in parts))
            case Choose(reading, branches):
                return self._chosen(reading_key(reading), branches, records)
            case AtLeast(count, parts):
                return self._at_least(count, [self.truths(part, records) for part in parts], self._count(records))
            case SomeRecord(inner, such_that, at_least):
                return self._some(inner, such_that, at_least)
            case OneOf() | Same() | Ordered() | Spaced():
                return self._compared(formula, records)
            case _:
                assert_never(formula)

    def _chosen(self, key: str, branches: Sequence[tuple[str, Formula]], records: str | None) -> TruthColumns:
        """What all branches agree on; or, where the reading is known, what its branch says."""
        found = [self.truths(branch, records) for _, branch in branches]
        agreed = TruthColumns(reduce(and_, found).true, reduce(or_, found).false)
        if key not in self.block.singles:
            return agreed
        reading = self._held(Input(key), records)
        assert not isinstance(reading, int)
        cases = zip(branches, found, strict=True)
        chosen = reduce(or_, (reading.one_of({option}) & truths for (option, _), truths in cases))
        return TruthColumns(agreed.true | chosen.true, agreed.false | chosen.false)

    @staticmethod
    def _at_least(least: int, parts: Sequence[TruthColumns], count: int) -> TruthColumns:
        true, possible = np.zeros(count, dtype=np.int32), np.zeros(count, dtype=np.int32)
        for part in parts:
            true += unpacked(part.true, count)
            possible += ~unpacked(part.false, count)
        return TruthColumns(packed(true >= least), packed(possible < least))

    def _some(self, records: str, such_that: Formula, at_least: int) -> TruthColumns:
        listed = self.block.lists.get(records)
        if listed is None:
            return everywhere(None, self.block.rows)
        count = len(listed.parents)
        if not count:
            return TruthColumns(no_bits(self.block.rows), packed(listed.known))
        inner = self.truths(such_that, records)
        if at_least == 1:
            some, may = np.zeros(self.block.rows, dtype=np.bool_), ~listed.known
            some[listed.parents[unpacked(inner.true, count)]] = True
            may[listed.parents[~unpacked(inner.false, count)]] = True
            return TruthColumns(packed(some), packed(~may))
        true, possible = (
            np.bincount(listed.parents[of_records], minlength=self.block.rows)
            for of_records in (unpacked(inner.true, count), ~unpacked(inner.false, count))
        )
        return TruthColumns(packed(true >= at_least), packed(listed.known & (possible < at_least)))

    def _compared(self, atom: Atom, records: str | None) -> TruthColumns:
        rows = self._count(records)
        match atom:
            case OneOf(term, values):
                held = self._held(term, records)
                assert not isinstance(held, int)
                return held.one_of(values)
            case Same(left, right):
                one, other = (
                    side.coded if isinstance(side, YesNo) else side
                    for side in (self._held(left, records), self._held(right, records))
                )
                if isinstance(one, Coded) and isinstance(other, Coded):
                    return one.same(other)
                if isinstance(one, Whole) and isinstance(other, Whole):
                    return one.same(other)
                return everywhere(None, rows)
            case Ordered(left, right, strict, of_days):
                first, then = self._held(left, records), self._held(right, records)
                return ordered(first, then, rows, strict=strict, of_days=of_days)
            case Spaced(left, right, spans, moves_left, strict):
                first, then = self._held(left, records), self._held(right, records)
                if moves_left:
                    first = moved(first, spans)
                else:
                    then = moved(then, spans)
                return ordered(first, then, rows, strict=strict, of_days=True)
            case _:
                assert_never(atom)

    def _held(self, term: Term, records: str | None) -> Held | int:
        match term:
            case Fixed(value):
                return value
            case Field(_, name):
                assert records is not None
                return self.block.lists[records].fields.get(name, Unknown(self._count(records)))
            case Input(key):
                held = self.block.singles.get(key, Unknown(self.block.rows))
                if records is None:
                    return held
                if (key, records) not in self._spread:
                    self._spread[key, records] = held.taken(self.block.lists[records].parents)
                return self._spread[key, records]
            case _:
                assert_never(term)

    def _count(self, records: str | None) -> int:
        return self.block.rows if records is None else len(self.block.lists[records].parents)

    def _repeated(self, truths: TruthColumns, parents: Rows) -> TruthColumns:
        rows = self.block.rows
        return TruthColumns(packed(unpacked(truths.true, rows)[parents]), packed(unpacked(truths.false, rows)[parents]))

    def _reads_fields(self, formula: Formula) -> bool:
        if id(formula) not in self._about_records:
            self._about_records[id(formula)] = bool(free_lists(formula))
        return self._about_records[id(formula)]
