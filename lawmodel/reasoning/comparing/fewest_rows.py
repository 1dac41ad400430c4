"""The fewest rows that tell a function of several choices.

A row says: if these inputs have one of these options, the value is this. Rows of different values never overlap, and
together they are everything. Minimising each value is what Quine and McCluskey do for inputs with two options, here
for any number (as Rudell and Sangiovanni-Vincentelli, *Multiple-valued minimization for PLA optimization*, 1987, put
it): a *prime* row cannot be made more general without being wrong; there is always a smallest cover of prime rows; and
which primes to take is a covering problem (Petrick), solved here by branch and bound. One value may be left to the row
"otherwise": the one whose own rows are the most.

A row is held as one number with a bit for each option of each input, so that it holds another if all bits of the other
are its own.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import product
from math import prod
from typing import Final

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.comparing.choice_functions import Block, ChoiceFunction, ChoiceSpace

MOST_CHOICES: Final = 2048
MOST_BLOCKS: Final = 150
MOST_PRIMES: Final = 400
MOST_WORK: Final = 100_000
"""Beyond these bounds the rows are few, and true, but perhaps not the fewest."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Rows that hold every choice that is to be held, and none that must not be."""

    blocks: tuple[Block, ...]
    fewest: bool
    """Whether it is proved that there is no cover with fewer rows (and, of those with as few, with fewer inputs)."""

    @property
    def weight(self) -> tuple[int, int]:
        """How many rows, and how many inputs they name."""
        return len(self.blocks), sum(map(len, self.blocks))


@dataclass(frozen=True, slots=True)
class Rows:
    """A function in rows."""

    covers: Mapping[Hashable, Cover]
    """The rows of each value."""
    otherwise: Hashable | None
    """The value whose rows need not be shown, because it is what remains; None where all are shown."""

    @property
    def shown(self) -> int:
        """How many rows there are, that of what remains among them."""
        return sum(1 if value == self.otherwise else len(one.blocks) for value, one in self.covers.items())

    @property
    def fewest(self) -> bool:
        """Whether fewer rows could not tell the function."""
        return all(cover.fewest for cover in self.covers.values())


def fewest_rows(space: ChoiceSpace, function: ChoiceFunction, keep: Hashable | None = None) -> Rows:
    """The rows of a function; ``keep`` is a value that is left to "otherwise" only where that saves rows."""
    covers = {}
    for value in space.values(function):
        is_value = space.mapped(function, lambda one, value=value: one == value)  # type: ignore[misc]
        covers[value] = cover(space, is_value, space.mapped(is_value, lambda one: one is False))
    most = max(len(one.blocks) for one in covers.values())
    if most == 1:
        return Rows(covers, None)
    longest = [value for value, one in covers.items() if len(one.blocks) == most]
    inputs = {value: covers[value].weight[1] for value in longest}
    return Rows(covers, max(longest, key=lambda value: (value != keep, inputs[value])))


def cover(space: ChoiceSpace, wanted: ChoiceFunction, excluded: ChoiceFunction) -> Cover:
    """The fewest rows that hold every choice for which ``wanted`` is true, and none for which ``excluded`` is."""
    bits = _Bits(space, space.matters(wanted, excluded))
    off = [bits.of(block) for block, value in space.blocks(excluded) if value is True]
    blocks = [bits.of(block) for block, value in space.blocks(wanted) if value is True]
    if not blocks:
        return Cover((), fewest=True)
    few = sum(map(bits.choices, blocks)) <= MOST_CHOICES and max(len(blocks), len(off)) <= MOST_BLOCKS
    primes = bits.primes(off) if few else None
    if primes is not None:
        cells = [cell for block in blocks for cell in bits.each(block)]
        chosen, proved = _chosen(cells, [(row, bits.named(row)) for row in primes])
    elif few:
        rows = dict.fromkeys(bits.widened(block, off) for block in blocks)
        chosen, proved = _chosen(blocks, [(row, bits.named(row)) for row in rows])[0], False
    else:
        chosen, proved = blocks, False
    return Cover(tuple(bits.block(row) for row in sorted(chosen, key=bits.place)), proved)


class _Bits:
    """Rows as numbers."""

    def __init__(self, space: ChoiceSpace, names: Iterable[str]) -> None:
        self.inputs: list[tuple[str, tuple[tuple[str, int], ...], int]] = []
        shift = 0
        for name in names:
            options = tuple((option, 1 << shift + place) for place, option in enumerate(space.options[name]))
            self.inputs.append((name, options, sum(bit for _, bit in options)))
            shift += len(options)
        self.everything = (1 << shift) - 1

    def of(self, block: Block) -> int:
        """A block as a row."""
        return sum(
            sum(bit for option, bit in options if name not in block or option in block[name])
            for name, options, _ in self.inputs
        )

    def block(self, row: int) -> Block:
        """A row as a block; inputs that may have any option are not named."""
        return {
            name: tuple(option for option, bit in options if row & bit)
            for name, options, mask in self.inputs
            if row & mask != mask
        }

    def place(self, row: int) -> tuple[list[int], int]:
        """Where a row stands among others: by the inputs that it names, then by their options."""
        return [number for number, (_, _, mask) in enumerate(self.inputs) if row & mask != mask], row

    def named(self, row: int) -> int:
        """How many inputs a row names."""
        return sum(row & mask != mask for _, _, mask in self.inputs)

    def choices(self, row: int) -> int:
        """How many choices a row holds."""
        return prod((row & mask).bit_count() for _, _, mask in self.inputs)

    def each(self, row: int) -> Iterable[int]:
        """The choices that a row holds."""
        for chosen in product(*([bit for _, bit in options if row & bit] for _, options, _ in self.inputs)):
            yield sum(chosen)

    def overlap(self, one: int, other: int) -> bool:
        """Whether two rows have a choice in common."""
        return all(one & other & mask for _, _, mask in self.inputs)

    def primes(self, off: Iterable[int]) -> list[int] | None:
        """All most general rows that have nothing in common with those of ``off``; None if they are too many."""
        found = [self.everything]
        for other in off:
            kept = [row for row in found if not self.overlap(row, other)]
            parts = {
                row & ~(other & mask)
                for row in found
                if self.overlap(row, other)
                for _, _, mask in self.inputs
                if row & mask & ~other
            }
            for part in sorted(parts, key=int.bit_count, reverse=True):
                if not any(part & row == part for row in kept):
                    kept.append(part)
            if len(kept) > MOST_PRIMES:
                return None
            found = kept
        return found

    def widened(self, row: int, off: Iterable[int]) -> int:
        """Some most general row that holds this one."""
        for _, options, _ in self.inputs:
            for _, bit in options:
                if not any(self.overlap(row | bit, other) for other in off):
                    row |= bit
        return row


def _chosen(cells: list[int], rows: list[tuple[int, int]]) -> tuple[list[int], bool]:
    """Rows that hold all cells: the fewest, and of those the ones that name the fewest inputs; and whether proved."""
    holding: dict[int, None] = {}
    for cell in cells:
        held = sum(1 << number for number, (row, _) in enumerate(rows) if cell & row == cell)
        holding[held] = None
    needed: list[int] = []
    for one in sorted(holding, key=int.bit_count):
        # What holds a cell with fewer possibilities also holds one that has all of these and more.
        if not any(other & one == other for other in needed):
            needed.append(one)
    search = _Search(needed, [named for _, named in rows])
    search.run()
    return [rows[number][0] for number in search.best], search.work <= MOST_WORK


class _Search:
    """Branch and bound: of each group of rows (bits of a number) one at least must be taken."""

    def __init__(self, groups: list[int], named: list[int]) -> None:
        """Take the groups, the smallest first, and how many inputs each row names."""
        self._groups, self._named = groups, named
        self._rows = [
            sum(1 << place for place, group in enumerate(groups) if group >> number & 1) for number in range(len(named))
        ]
        """For each row the groups that it is in, as bits."""
        self.work = 0
        self.best = self._greedy()
        self._weight = (len(self.best), sum(named[number] for number in self.best))

    def _greedy(self) -> list[int]:
        left, found = (1 << len(self._groups)) - 1, []
        while left:
            weights = [((row & left).bit_count(), -self._named[number]) for number, row in enumerate(self._rows)]
            found.append(weights.index(max(weights)))
            left &= ~self._rows[found[-1]]
        return found

    def run(self) -> None:
        """Look for a better choice until there is none, or it is too much work."""
        self._look((1 << len(self._groups)) - 1, [], 0)

    def _look(self, left: int, taken: list[int], named: int) -> None:
        if self.work > MOST_WORK:
            return
        if not left:
            if (len(taken), named) < self._weight:
                self.best, self._weight = list(taken), (len(taken), named)
            return
        rows, inputs = self._least(left)
        if (len(taken) + rows, named + inputs) >= self._weight:
            return
        tightest = self._groups[_lowest(left)]
        for number in sorted(_bits(tightest), key=lambda one: -(self._rows[one] & left).bit_count()):
            self._look(left & ~self._rows[number], [*taken, number], named + self._named[number])

    def _least(self, left: int) -> tuple[int, int]:
        """Groups that share no row need a row each: a bound from below."""
        seen, rows, inputs = 0, 0, 0
        for place in _bits(left):
            self.work += 1
            group = self._groups[place]
            if not group & seen:
                seen |= group
                rows += 1
                inputs += min(self._named[number] for number in _bits(group))
        return rows, inputs


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def _bits(number: int) -> Iterator[int]:
    while number:
        place = _lowest(number)
        yield place
        number &= number - 1
