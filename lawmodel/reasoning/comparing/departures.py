"""A function of several choices told from where one stands: its value there, and when it is another.

Some choices are taken by default. What the function then comes to, for every way to choose the others, is where one
stands; the departures are clauses "if one of these blocks, this value" to be read in their order: the first that is
true holds, and if none is, what one stands on.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import permutations
from typing import Final, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.comparing.fewest_rows import Cover, cover
from lawmodel.reasoning.comparing.many_valued import Node, Space

MOST_ORDERED: Final = 3
"""So many departures are put in the order in which they can be said most shortly; more in the order given."""

Clauses: TypeAlias = tuple[tuple[Hashable, Cover], ...]
"""Each value with the blocks in which it is the value."""


@dataclass(frozen=True, slots=True)
class Told:
    """A function told from where one stands."""

    standing: Clauses
    departures: Clauses


def told_from(
    space: Space, function: Node, taken: Mapping[str, str], in_order: Callable[[Sequence[Hashable]], list[Hashable]]
) -> Told:
    """Tell a function from the choices that are taken; ``in_order`` orders its values."""
    standing = space.fixed(function, taken)
    nothing = space.always(value=False)
    at = [(value, _clause(space, standing, standing, value, nothing)) for value in in_order(space.values(standing))]
    apart = space.combined(function, standing, lambda one, other: one != other)
    departing = space.combined(function, apart, lambda one, differs: (one,) if differs is True else None)
    values = in_order([one[0] for one in space.values(departing) if isinstance(one, tuple)])
    orders = list(permutations(values)) if len(values) <= MOST_ORDERED else [tuple(values)]
    told = (_departures(space, function, apart, order) for order in orders)
    return Told(tuple(at), min(told, key=lambda clauses: _weight(clauses, taken)))


def _departures(space: Space, function: Node, apart: Node, order: Sequence[Hashable]) -> Clauses:
    """Each departure such that it is right wherever none before it is true."""
    found: list[tuple[Hashable, Cover]] = []
    said = space.always(value=False)
    for value in order:
        one = _clause(space, function, function, value, said, apart)
        if one.blocks:
            found.append((value, one))
            for block in one.blocks:
                said = space.combined(said, space.within(block), _either)
    return tuple(found)


def _clause(space: Space, wanted: Node, function: Node, value: Hashable, said: Node, only: Node | None = None) -> Cover:
    """Blocks that hold every choice for which a value is wanted, and none for which the function has another.

    Choices of which something is said already do not count.
    """
    on = space.combined(wanted, said, lambda one, done: one == value and done is not True)
    if only is not None:
        on = space.combined(on, only, lambda one, counts: one is True and counts is True)
    off = space.combined(function, said, lambda one, done: one != value and done is not True)
    return cover(space, on, off)


def _either(one: Hashable, other: Hashable) -> bool:
    return one is True or other is True


def _weight(clauses: Clauses, taken: Mapping[str, str]) -> tuple[int, int, int]:
    """How hard clauses are to follow: conditions that hold where one stands anyway are the hardest."""
    conditions = [(name, options) for _, one in clauses for block in one.blocks for name, options in block.items()]
    idle = sum(taken.get(name) in options for name, options in conditions)
    return idle, sum(len(one.blocks) for _, one in clauses), len(conditions)
