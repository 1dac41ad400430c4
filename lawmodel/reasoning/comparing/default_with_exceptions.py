"""A function of several choices as a default with exceptions: a decision list (Rivest 1987).

Some choices are taken by default. The default is what the function then comes to, for every way to choose the others.
The exceptions are clauses "if one of these blocks, this value", to be read in their order: the first that is true
holds, and if none is, the default.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import permutations
from typing import Final, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.comparing.choice_functions import ChoiceFunction, ChoiceSpace
from lawmodel.reasoning.comparing.fewest_rows import Cover, cover

MOST_ORDERED: Final = 3
"""So many exceptions are put in the order in which they can be said most shortly; more in the order given."""

ValueBlocks: TypeAlias = tuple[tuple[Hashable, Cover], ...]
"""Each value with the blocks in which it is the value."""


@dataclass(frozen=True, slots=True)
class DefaultWithExceptions:
    """A function as its default, and the exceptions from it in their order."""

    default: ValueBlocks
    exceptions: ValueBlocks


def default_with_exceptions(
    space: ChoiceSpace,
    function: ChoiceFunction,
    taken: Mapping[str, str],
    in_order: Callable[[Sequence[Hashable]], list[Hashable]],
) -> DefaultWithExceptions:
    """A function as its default under the choices that are taken, and exceptions; ``in_order`` orders its values."""
    default = space.fixed(function, taken)
    nothing = space.always(value=False)
    at = [(value, _clause(space, default, default, value, nothing)) for value in in_order(space.values(default))]
    apart = space.combined(function, default, lambda one, other: one != other)
    departing = space.combined(function, apart, lambda one, differs: (one,) if differs is True else None)
    values = in_order([one[0] for one in space.values(departing) if isinstance(one, tuple)])
    orders = list(permutations(values)) if len(values) <= MOST_ORDERED else [tuple(values)]
    told = (_exceptions(space, function, apart, order) for order in orders)
    return DefaultWithExceptions(tuple(at), min(told, key=lambda clauses: _weight(clauses, taken)))


def _exceptions(
    space: ChoiceSpace, function: ChoiceFunction, apart: ChoiceFunction, order: Sequence[Hashable]
) -> ValueBlocks:
    """Each exception such that it is right wherever none before it is true."""
    found: list[tuple[Hashable, Cover]] = []
    said = space.always(value=False)
    for value in order:
        one = _clause(space, function, function, value, said, apart)
        if one.blocks:
            found.append((value, one))
            for block in one.blocks:
                said = space.combined(said, space.within(block), _either)
    return tuple(found)


def _clause(
    space: ChoiceSpace,
    wanted: ChoiceFunction,
    function: ChoiceFunction,
    value: Hashable,
    said: ChoiceFunction,
    only: ChoiceFunction | None = None,
) -> Cover:
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


def _weight(clauses: ValueBlocks, taken: Mapping[str, str]) -> tuple[int, int, int]:
    """How hard clauses are to follow: conditions that hold where one stands anyway are the hardest."""
    conditions = [(name, options) for _, one in clauses for block in one.blocks for name, options in block.items()]
    idle = sum(taken.get(name) in options for name, options in conditions)
    return idle, sum(len(one.blocks) for _, one in clauses), len(conditions)
