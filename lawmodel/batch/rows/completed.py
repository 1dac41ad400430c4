"""Open rows decided together: every completion of each, as rows of one more block of columns.

A completion gives a value to each open input that an open comparison of the row reads, or that an order binds to one
of these, in single inputs and in the records that are listed. It has one of the values that the question can tell apart
(`lawmodel.batch.rows.told_apart`); what contradicts an order of days is left out.

Kleene logic must settle each completion, for the rest of its inputs is still open. Where it does, the answer is exact:
the outcomes of all completions are possible, and what supports the outcome in each of them is a ground.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from math import prod
from typing import Final

import numpy as np
import numpy.typing as npt

from lawmodel.batch.rows.classes import Classes
from lawmodel.batch.rows.evaluated import Block, Evaluated
from lawmodel.batch.rows.input_column import Coded, Held, Listed, Unknown, Whole, YesNo
from lawmodel.batch.rows.plan import Plan, atoms_in
from lawmodel.batch.rows.told_apart import RowInput, ToldApart, Tried, choices_of, is_whole
from lawmodel.batch.rows.truths import Bits, Flags, Rows, TruthColumns, lanes_of, packed, unpacked
from lawmodel.batch.rows.verdicts import settled
from lawmodel.dataclass import dataclass
from lawmodel.inputs import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, Scalar
from lawmodel.reasoning.formula import SomeRecord

MOST_COMPLETIONS: Final = 4096
"""Of one row; a row with more is decided by itself."""
MOST_AT_ONCE: Final = 131_072
"""Completions in one block."""


@dataclass(frozen=True, slots=True)
class Open:
    """What is to be filled in a row."""

    inputs: tuple[RowInput, ...]
    lengths: tuple[tuple[str, int], ...]
    """The lists with conditions that are open, each with the number of its records."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What the completions of some rows come to, row by row."""

    together: Flags
    """Where it was found so; the other rows have too many completions, or some that stay open."""
    outcomes: npt.NDArray[np.uint8]
    """The outcomes that are possible, a bit for each, by row."""
    grounds: npt.NDArray[np.uint8]
    """The provisions (as in the plan) that are grounds in every completion, a bit for each, by row."""


@dataclass(slots=True)
class _Filled:
    """The completions that are put side by side."""

    count: int = 0
    source: list[Rows] = field(default_factory=list)
    """Of each completion the row of the block."""
    lengths: list[int] = field(default_factory=list)
    """For each row, how many completions it has."""
    places: list[Rows] = field(default_factory=list)
    """The rows, by their places among those that are decided."""
    values: dict[tuple[str | None, str], list[tuple[int, int, Tried]]] = field(default_factory=dict)
    """By list (or none) and name: from which completion on, in which record, there are which values."""
    lists: set[str] = field(default_factory=set)
    """Those with conditions that are open."""


class CompletedRows:
    """Decides open rows by all their completions."""

    def __init__(self, plan: Plan, classes: Mapping[str, Classes]) -> None:
        self._plan = plan
        self._told_apart = ToldApart(plan, classes)
        self._orders = [(plan.residual.key(a), plan.residual.key(b)) for a, b in plan.orders]
        self._record_orders = [one for one in plan.decider.question.orderings if one.records is not None]
        atoms = [atom for atom, _ in atoms_in(one.condition for one in plan.speaks)]
        self._conditions = [atom for atom in atoms if isinstance(atom, SomeRecord)]

    def decide(self, evaluated: Evaluated, rows: Rows, what_is_open: Sequence[Open | None]) -> Reached:
        """What some rows of a block come to; of each is given what is to be filled, or None where that is not known."""
        outcomes, speaks = len(self._plan.outcomes), len(self._plan.speaks)
        found = Reached(
            np.zeros(len(rows), dtype=np.bool_),
            np.zeros((len(rows), (outcomes + 7) // 8), dtype=np.uint8),
            np.zeros((len(rows), (speaks + 7) // 8), dtype=np.uint8),
        )
        for filled in self._filled(evaluated.block, rows, what_is_open):
            self._reduce(evaluated, filled, found)
        return found

    # --- completions -------------------------------------------------------------------------------

    def _filled(self, block: Block, rows: Rows, what_is_open: Sequence[Open | None]) -> Iterator[_Filled]:
        """All completions of the rows that have not too many of them, a block at a time."""
        alike: dict[Open, list[int]] = {}
        for place, one in enumerate(what_is_open):
            if one is not None and self._told_apart.knows(one.inputs):
                alike.setdefault(one, []).append(place)
        filled = _Filled()
        for one, every in alike.items():
            places = np.array(every, dtype=np.int64)
            values = self._told_apart.values(block, rows[places], one.inputs, dict(one.lengths))
            count = prod(each.shape[1] for each in values.values())
            if count > MOST_COMPLETIONS:
                continue
            most = max(1, MOST_AT_ONCE // count)
            for start in range(0, len(places), most):
                some = slice(start, start + most)
                if filled.count and filled.count + len(places[some]) * count > MOST_AT_ONCE:
                    yield filled
                    filled = _Filled()
                _fill(filled, values, rows[places], some, count)
                filled.places.append(places[some])
                filled.lists.update(path for path, _ in one.lengths)
        if filled.count:
            yield filled

    # --- what they come to -------------------------------------------------------------------------

    def _reduce(self, evaluated: Evaluated, filled: _Filled, found: Reached) -> None:
        """Decide a block of completions, and note what those of each row come to."""
        source = np.concatenate(filled.source)
        block = self._block(evaluated.block, source, filled)
        given = {
            id(one): _taken(evaluated.truths(one), evaluated.block.rows, source)
            for one in self._conditions
            if one.records not in block.lists
        }
        here = settled(self._plan, Evaluated(block, given))
        consistent = self._consistent(block)
        lengths = np.array(filled.lengths, dtype=np.int64)
        starts = np.cumsum(lengths) - lengths
        places = np.concatenate(filled.places)

        def in_some(lane: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
            return np.bitwise_or.reduceat(np.where(consistent, lane, np.uint8(0)), starts)

        left_open = in_some(unpacked(here.open, len(source)).view(np.uint8))
        found.together[places] = np.logical_or.reduceat(consistent, starts) & (left_open == 0)
        for number, lane in enumerate(lanes_of(here.outcomes, len(source))):
            if lane is not None:
                found.outcomes[places, number] = in_some(lane)
        for number, lane in enumerate(lanes_of(here.grounds, len(source))):
            if lane is not None:
                everywhere = np.where(consistent, lane, np.uint8(255))
                found.grounds[places, number] = np.bitwise_and.reduceat(everywhere, starts)

    def _block(self, block: Block, source: Rows, filled: _Filled) -> Block:
        """The inputs of the completions."""
        singles: dict[str, Held] = {
            key: held.taken(source) for key, held in block.singles.items() if (None, key) not in filled.values
        }
        lists = {
            path: block.lists[path].of_rows(source).with_defaults(self._plan.defaults[path]) for path in filled.lists
        }
        for (path, name), values in filled.values.items():
            domain = self._told_apart.domain(RowInput(name, path))
            fields = singles if path is None else dict(lists[path].fields)
            held = fields.get(name, Unknown(len(source))) if path else block.singles.get(name, Unknown(block.rows))
            if path is None:
                held = held.taken(source)
                at = [(np.arange(start, start + len(some)), some) for start, _, some in values]
            else:
                starts = lists[path].starts
                at = [(starts[start : start + len(some)] + number, some) for start, number, some in values]
            fields[name] = _whole(held, at) if is_whole(domain) else _coded(held, at, choices_of(domain))
            if path is not None:
                one = lists[path]
                lists[path] = Listed(one.known, one.parents, one.starts, fields)
        return Block(len(source), singles, lists)

    def _consistent(self, block: Block) -> Flags:
        """Where no days of the calendar contradict an order."""
        found = np.ones(block.rows, dtype=np.bool_)
        for first, then in self._orders:
            one, other = (block.singles.get(key, self._plan.template.valuation.values[key]) for key in (first, then))
            found &= ~_wrong(one, other)
        for ordering in self._record_orders:
            listed = block.lists.get(str(ordering.records))
            if listed is not None:
                wrong = _wrong(listed.fields.get(ordering.first), listed.fields.get(ordering.then))
                found[listed.parents[np.broadcast_to(wrong, len(listed.parents))]] = False
        return found


def _fill(filled: _Filled, values: Mapping[RowInput, Tried], rows: Rows, some: slice, count: int) -> None:
    """Add the completions of some of the rows that are alike: ``count`` of each."""
    here = rows[some]
    repeated = 1
    for one, each in values.items():
        picked = np.arange(count) // (count // (repeated * each.shape[1])) % each.shape[1]
        repeated *= each.shape[1]
        tried = each[some] if len(each) == len(rows) else each
        spread = np.broadcast_to(tried[:, picked], (len(here), count)).reshape(-1)
        filled.values.setdefault((one.records, one.name), []).append((filled.count, one.number, spread))
    filled.source.append(np.repeat(here, count))
    filled.lengths += [count] * len(here)
    filled.count += len(here) * count


def _whole(held: Held, filled: Sequence[tuple[Rows, Tried]]) -> Whole:
    """Days or numbers with some of them filled."""
    values, known = np.zeros(len(held), dtype=np.int64), np.zeros(len(held), dtype=np.bool_)
    if isinstance(held, Whole):
        values[:] = held.values
        known[:] = True if held.known is None else held.known
    for at, some in filled:
        values[at], known[at] = some, True
    return Whole(values, known)


def _coded(held: Held, filled: Sequence[tuple[Rows, Tried]], choices: Sequence[Scalar]) -> Coded:
    """Choices with some of them filled; those of the domain come after the values that the column has."""
    held = held.coded if isinstance(held, YesNo) else held
    before: tuple[Scalar | None, ...] = held.values if isinstance(held, Coded) else (None,)
    numbers = np.zeros(len(held), dtype=np.int32)
    if isinstance(held, Coded):
        numbers[:] = held.numbers
    for at, some in filled:
        numbers[at] = some + len(before)
    return Coded(numbers, (*before, *choices))


def _wrong(one: object, other: object) -> Flags | np.bool_:
    """Where the first is a day of the calendar that comes after the second."""
    (first, known), (then, also_known) = _calendar(one), _calendar(other)
    return np.greater(first, then) & known & also_known


def _calendar(side: object) -> tuple[Tried | int, Flags | bool]:
    """Days, and where they are known days of the calendar."""
    if isinstance(side, Whole):
        inside = (side.values > BEFORE_EVERY_DAY) & (side.values < AFTER_EVERY_DAY)
        return side.values.astype(np.int64), inside if side.known is None else inside & side.known
    return (side, BEFORE_EVERY_DAY < side < AFTER_EVERY_DAY) if isinstance(side, int) else (0, False)


def _taken(truths: TruthColumns, rows: int, source: Rows) -> TruthColumns:
    """The truths of some rows, or of rows repeated."""

    def of(bits: Bits) -> Bits:
        return packed(unpacked(bits, rows)[source])

    return TruthColumns(of(truths.true), of(truths.false))
