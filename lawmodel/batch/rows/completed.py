"""Open rows decided together: every completion of each, as rows of one more block of columns.

A completion gives a value to each open input that an open comparison of the row reads, or that an order binds to one
of these. Of all values only those are taken that the question can tell apart: of choices one of each class, of days and
numbers those at the constants and at what the row knows beside them, and as many after each as there are open ones
that are bound together. So every order in which they can stand is there. What contradicts an order of days is left out.

Kleene logic must settle each completion, for the rest of its inputs is still open. Where it does, the answer is exact:
the outcomes of all completions are possible, and what supports the outcome in each of them is a ground.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Final

import numpy as np
import numpy.typing as npt

from lawmodel.batch.rows.classes import Classes
from lawmodel.batch.rows.evaluated import Block, Evaluated
from lawmodel.batch.rows.held import Coded, Held, Unknown, Whole, YesNo
from lawmodel.batch.rows.plan import Plan, atoms_in
from lawmodel.batch.rows.truths import Bits, Flags, Rows, Truths, lanes_of, packed, unpacked
from lawmodel.batch.rows.verdicts import distinct_rows, settled
from lawmodel.inputs import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, Scalar
from lawmodel.reasoning.formula import Domain, Input, OneOf, SomeRecord
from lawmodel.reasoning.open_cases.residual import FIRST_DAY, LAST_DAY
from lawmodel.reasoning.open_cases.variable_blocks import NEVER_REACHED, connected_components

MOST_COMPLETIONS: Final = 4096
"""Of one row; a row with more is decided by itself."""
MOST_AT_ONCE: Final = 131_072
"""Completions in one block."""

Days = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reached:
    """What the completions of some rows come to, row by row."""

    together: Flags
    """Where it was found so; the other rows have too many completions, or some that stay open."""
    outcomes: npt.NDArray[np.uint8]
    """The outcomes that are possible, a bit for each, by row."""
    grounds: npt.NDArray[np.uint8]
    """The provisions (as in the plan) that are grounds in every completion, a bit for each, by row."""


@dataclass(frozen=True, slots=True)
class _Alike:
    """Rows with the same open inputs."""

    places: Rows
    """Among the rows that are decided."""
    inputs: tuple[str, ...]


@dataclass(slots=True)
class _Filled:
    """The completions that are put side by side."""

    source: list[Rows]
    """Of each completion the row of the block."""
    lengths: list[int]
    """For each row, how many completions it has."""
    places: list[Rows]
    values: dict[str, list[tuple[int, npt.NDArray[np.int64]]]]
    """By input: from which completion on it has which values (of a choice: its number in the domain)."""
    count: int = 0


class CompletedRows:
    """Decides open rows by all their completions."""

    def __init__(self, plan: Plan, classes: Mapping[str, Classes]) -> None:
        self._plan = plan
        self._classes = classes
        self._domains = plan.residual.domains
        self._orders = [(plan.residual.key(a), plan.residual.key(b)) for a, b in plan.orders]
        conditions = [one.condition for one in plan.speaks]
        atoms = [atom for atom, _ in atoms_in(conditions)]
        self._beside: dict[str, set[str]] = {}
        """The inputs with which an input is compared, or to which an order binds it."""
        pairs = list(self._orders)
        for atom in atoms:
            if not isinstance(atom, SomeRecord | OneOf) and isinstance(atom.left, Input):
                pairs += [(atom.left.key, atom.right.key)] if isinstance(atom.right, Input) else []
        for one, other in pairs:
            self._beside.setdefault(one, set()).add(other)
            self._beside.setdefault(other, set()).add(one)
        self._lists = [atom for atom in atoms if isinstance(atom, SomeRecord)]

    def decide(self, evaluated: Evaluated, rows: Rows, open_inputs: Mapping[str, Flags]) -> Reached:
        """What some rows of a block come to; ``open_inputs`` says of each input in which of them it is to be filled."""
        width = [(len(one) + 7) // 8 for one in (self._plan.outcomes, self._plan.speaks)]
        found = Reached(
            np.zeros(len(rows), dtype=np.bool_),
            *(np.zeros((len(rows), bytes_of), dtype=np.uint8) for bytes_of in width),
        )
        for filled in self._filled(evaluated.block, rows, open_inputs):
            self._reduce(evaluated, filled, found)
        return found

    # --- completions -------------------------------------------------------------------------------

    def _filled(self, block: Block, rows: Rows, open_inputs: Mapping[str, Flags]) -> Iterator[_Filled]:
        """All completions of the rows that have not too many of them, a block at a time."""
        filled = _Filled([], [], [], {})
        for alike in _alike(open_inputs, len(rows)):
            values = self._values(block, rows[alike.places], alike.inputs)
            count = prod(one.shape[1] for one in values.values())
            if count > MOST_COMPLETIONS:
                continue
            most = max(1, MOST_AT_ONCE // count)
            for start in range(0, len(alike.places), most):
                some = slice(start, start + most)
                places = alike.places[some]
                if filled.count and filled.count + len(places) * count > MOST_AT_ONCE:
                    yield filled
                    filled = _Filled([], [], [], {})
                repeated = 1
                for key, each in values.items():
                    picked = np.arange(count) // (count // (repeated * each.shape[1])) % each.shape[1]
                    repeated *= each.shape[1]
                    taken = each[some] if len(each) == len(alike.places) else each
                    spread = np.broadcast_to(taken[:, picked], (len(places), count)).reshape(-1)
                    filled.values.setdefault(key, []).append((filled.count, spread))
                filled.source.append(np.repeat(rows[places], count))
                filled.lengths += [count] * len(places)
                filled.places.append(places)
                filled.count += len(places) * count
        if filled.count:
            yield filled

    def _values(self, block: Block, rows: Rows, inputs: Sequence[str]) -> dict[str, Days]:
        """For each open input the values to be tried: in each row, or (one row of them) the same in all."""
        found: dict[str, Days] = {}
        whole = [key for key in inputs if self._domains[key].kind in ("date", "number")]
        pairs = [(key, other) for key in whole for other in self._beside.get(key, ()) if other in whole]
        for together in connected_components(whole, pairs):
            points = self._points(block, rows, together)
            for key in together:
                special = np.array(sorted(self._domains[key].special), dtype=np.int64)
                alike = np.broadcast_to(special, (len(points), len(special)))
                found[key] = np.concatenate([points, alike], axis=1)
        for key in inputs:
            if key not in found:
                found[key] = np.array([self._told_apart(key)], dtype=np.int64)
        return found

    def _told_apart(self, key: str) -> list[int]:
        """The numbers of one choice of each class."""
        choices = _choices(self._domains[key])
        classes = self._classes.get(key, Classes())
        if key in self._beside or self._domains[key].kind == "yes/no":
            return list(range(len(choices)))
        named = classes.named or [frozenset({choice}) for choice in choices]
        found: dict[tuple[bool, ...], int] = {}
        for number, choice in enumerate(choices):
            found.setdefault(tuple(choice in values for values in named), number)
        return list(found.values())

    def _points(self, block: Block, rows: Rows, together: Sequence[str]) -> Days:
        """The days of the calendar (or the numbers) at which open ones that are bound together can stand, by row."""
        first, last = (FIRST_DAY, LAST_DAY) if self._domains[together[0]].kind == "date" else (0, NEVER_REACHED)
        constants = {
            int(value)
            for key in together
            for values in self._classes.get(key, Classes()).named
            for value in values
            if first <= int(value) <= last
        }
        columns: list[Days] = [np.array([value], dtype=np.int64) for value in sorted(constants)]
        for key in sorted({other for one in together for other in self._beside.get(one, ())} - {*together}):
            held = block.singles.get(key, self._plan.template.valuation.values[key])
            if isinstance(held, int):
                columns.append(np.array([held], dtype=np.int64))
            elif isinstance(held, Whole):
                taken = held.taken(rows)
                columns.append(taken.values.astype(np.int64))
        at = np.stack(np.broadcast_arrays(*columns), axis=1) if columns else np.array([[first]], dtype=np.int64)
        # What stands for a special day, or for nothing known, is a day like any other: one more that is tried.
        at = np.where((at < first) | (at > last), first, at)
        steps = range(len(together) + 1)
        before = [at.min(axis=1, keepdims=True) - step for step in steps[1:]]
        found: Days = np.clip(np.concatenate([*(at + step for step in steps), *before], axis=1), first, last)
        return found

    # --- what they come to -------------------------------------------------------------------------

    def _reduce(self, evaluated: Evaluated, filled: _Filled, found: Reached) -> None:
        """Decide a block of completions, and note what those of each row come to."""
        source = np.concatenate(filled.source)
        block = Block(len(source), self._singles(evaluated.block, source, filled), {})
        given = {id(one): _taken(evaluated.truths(one), evaluated.block.rows, source) for one in self._lists}
        here = settled(self._plan, Evaluated(block, given))
        consistent = self._consistent(block)
        lengths = np.array(filled.lengths, dtype=np.int64)
        starts = np.cumsum(lengths) - lengths
        places = np.concatenate(filled.places)

        def in_some(lane: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
            return np.bitwise_or.reduceat(np.where(consistent, lane, 0), starts)

        found.together[places] = in_some(consistent.view(np.uint8)).view(np.bool_)
        found.together[places] &= in_some(unpacked(here.open, len(source)).view(np.uint8)) == 0
        for number, lane in enumerate(lanes_of(here.outcomes, len(source))):
            if lane is not None:
                found.outcomes[places, number] = in_some(lane)
        for number, lane in enumerate(lanes_of(here.grounds, len(source))):
            if lane is not None:
                everywhere = np.where(consistent, lane, np.uint8(255))
                found.grounds[places, number] = np.bitwise_and.reduceat(everywhere, starts)

    def _singles(self, block: Block, source: Rows, filled: _Filled) -> dict[str, Held]:
        """The single inputs of the completions."""
        found: dict[str, Held] = {
            key: held.taken(source) for key, held in block.singles.items() if key not in filled.values
        }
        for key, values in filled.values.items():
            domain = self._domains[key]
            held = block.singles.get(key, Unknown(block.rows))
            if domain.kind in ("date", "number"):
                found[key] = _whole(held, source, values)
            else:
                found[key] = _coded(held, source, values, _choices(domain))
        return found

    def _consistent(self, block: Block) -> Flags:
        """Where no days of the calendar contradict an order."""
        found = np.ones(block.rows, dtype=np.bool_)
        for first, then in self._orders:
            sides = [block.singles.get(key, self._plan.template.valuation.values[key]) for key in (first, then)]
            if all(isinstance(side, Whole | int) for side in sides):
                (one, one_known), (other, other_known) = (_calendar(side) for side in sides)
                found &= ~(np.greater(one, other) & one_known & other_known)
        return found


def _alike(open_inputs: Mapping[str, Flags], count: int) -> Iterator[_Alike]:
    """The rows with the same open inputs."""
    names = list(open_inputs)
    if not names:
        return
    flags = np.stack(list(open_inputs.values()), axis=1)
    keys, numbers = distinct_rows(np.packbits(flags, axis=1))
    order = np.argsort(numbers, kind="stable")
    ends = np.cumsum(np.bincount(numbers, minlength=len(keys)))
    for places in np.split(order, ends[:-1]):
        inputs = tuple(name for name, is_open in zip(names, flags[places[0]].tolist(), strict=True) if is_open)
        yield _Alike(places.astype(np.int64), inputs)


def _choices(domain: Domain) -> tuple[Scalar, ...]:
    return (True, False) if domain.kind == "yes/no" else domain.choices


def _whole(held: Held, source: Rows, values: Sequence[tuple[int, Days]]) -> Whole:
    if isinstance(held, Whole):
        taken = held.taken(source)
        found = taken.values.astype(np.int64)
        known = np.ones(len(source), dtype=np.bool_) if taken.known is None else taken.known.copy()
    else:
        found, known = np.zeros(len(source), dtype=np.int64), np.zeros(len(source), dtype=np.bool_)
    for start, some in values:
        found[start : start + len(some)] = some
        known[start : start + len(some)] = True
    return Whole(found, known)


def _coded(
    held: Held, source: Rows, values: Sequence[tuple[int, npt.NDArray[np.int64]]], choices: Sequence[Scalar]
) -> Coded:
    """The choices of the domain come after the values that the column has."""
    held = held.coded if isinstance(held, YesNo) else held
    before: tuple[Scalar | None, ...] = held.values if isinstance(held, Coded) else (None,)
    numbers = np.zeros(len(source), dtype=np.int32)
    if isinstance(held, Coded):
        numbers[:] = held.numbers[source]
    for start, some in values:
        numbers[start : start + len(some)] = some + len(before)
    return Coded(numbers, (*before, *choices))


def _calendar(side: object) -> tuple[Days | int, Flags | bool]:
    """Days, and where they are known days of the calendar."""
    if isinstance(side, Whole):
        inside = (side.values > BEFORE_EVERY_DAY) & (side.values < AFTER_EVERY_DAY)
        return side.values.astype(np.int64), inside if side.known is None else inside & side.known
    assert isinstance(side, int)
    return side, BEFORE_EVERY_DAY < side < AFTER_EVERY_DAY


def _taken(truths: Truths, rows: int, source: Rows) -> Truths:
    """The truths of some rows, or of rows repeated."""

    def of(bits: Bits) -> Bits:
        return packed(unpacked(bits, rows)[source])

    return Truths(of(truths.true), of(truths.false))
