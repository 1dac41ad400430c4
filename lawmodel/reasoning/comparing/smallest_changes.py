"""The smallest changes of choices with which a function of them has another value: read off its diagram.

The field calls them minimal correction sets.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import reduce
from typing import Final, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.comparing.choice_functions import ChoiceFunction, ChoiceSpace

MOST_CHANGES: Final = 3
"""Sets have no more changes than this."""
MOST_SETS: Final = 100
"""So many sets are kept at each node of the diagram; where there are more, those of the fewest changes."""

Changed: TypeAlias = frozenset[tuple[str, str]]
"""The inputs that are changed, each with its other option."""


@dataclass(frozen=True, slots=True)
class SmallestChanges:
    """Sets of changes with which the value is as it is to be; one empty set where it is so already."""

    sets: tuple[Mapping[str, str], ...]
    """Each from input to option; the fewest changes first, then in the order of the space. No change can be spared."""
    every: bool
    """Whether there are no others, however large; if not, there may be."""


def smallest_changes(
    space: ChoiceSpace,
    function: ChoiceFunction,
    taken: Mapping[str, str | None],
    holds: Callable[[Hashable], bool],
    join: Callable[[Hashable, Hashable], Hashable],
) -> SmallestChanges:
    """The smallest sets of changes with which the value of a function is as it is to be.

    ``taken`` is the option of each input as it is; None: it is open, and then the value is what ``join`` makes of those
    of all its options. To choose one of them is a change. Time is linear in the nodes of the diagram where no input is
    open, each with at most `MOST_SETS` sets.
    """
    search = _Search(space, taken, holds, join)
    found = search.sets(function)
    order = {name: number for number, name in enumerate(space.names)}
    sets = (dict(sorted(one, key=lambda pair: order[pair[0]])) for one in found)
    return SmallestChanges(tuple(sorted(sets, key=search.place)), search.every)


class _Search:
    """The sets of each node, kept by its identity: nodes of a space live as long as it does."""

    def __init__(
        self,
        space: ChoiceSpace,
        taken: Mapping[str, str | None],
        holds: Callable[[Hashable], bool],
        join: Callable[[Hashable, Hashable], Hashable],
    ) -> None:
        self._space, self._taken, self._holds, self._join = space, taken, holds, join
        self._known: dict[int, tuple[Changed, ...]] = {}
        self.every = True

    def sets(self, node: ChoiceFunction) -> tuple[Changed, ...]:
        """The smallest sets of changes for the function of a node."""
        if not node.children:
            return (frozenset(),) if self._holds(node.value) else ()
        if id(node) not in self._known:
            self._known[id(node)] = self._smallest(self._candidates(node))
        return self._known[id(node)]

    def _candidates(self, node: ChoiceFunction) -> Iterator[Changed]:
        name = self._space.names[node.level]
        taken = self._taken[name]
        for option, child in zip(self._space.options[name], node.children, strict=True):
            changed: Changed = frozenset() if option == taken else frozenset({(name, option)})
            yield from (changed | one for one in self.sets(child))
        if taken is None:
            yield from self.sets(reduce(self._joined, node.children))

    def _joined(self, one: ChoiceFunction, other: ChoiceFunction) -> ChoiceFunction:
        return self._space.combined(one, other, self._join)

    def _smallest(self, candidates: Iterable[Changed]) -> tuple[Changed, ...]:
        kept: list[Changed] = []
        for one in sorted(set(candidates), key=lambda one: (len(one), sorted(one))):
            if any(smaller <= one for smaller in kept):
                continue
            if len(one) > MOST_CHANGES or len(kept) == MOST_SETS:
                self.every = False
                break
            kept.append(one)
        return tuple(kept)

    def place(self, one: Mapping[str, str]) -> tuple[int, list[tuple[int, int]]]:
        """Where a set stands among others."""
        names, options = self._space.names, self._space.options
        return len(one), [(names.index(name), options[name].index(option)) for name, option in one.items()]
