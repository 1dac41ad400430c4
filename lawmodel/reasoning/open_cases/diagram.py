"""Decision diagrams: the outcome in every situation, each step of the way worked out once.

The open inputs are gone through group by group, in a fixed order. What is left of the conditions after some of them
is a node; equal remainders are one node, so that a diagram stays small where the situations are very many.
On it the situations are counted exactly: by outcome, and by whether an input alone could still change it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from types import MappingProxyType
from typing import Final, TypeAlias

from lawmodel.reasoning.formula import TRUE, All, Any, Atom, Choose, Formula, Not, OneOf, Ordered, Same
from lawmodel.reasoning.open_cases.assumption import Deciding, option_atom, trimmed, under
from lawmodel.reasoning.open_cases.situations import Group, TooManySituations, bound_together, group, inputs_of
from lawmodel.reasoning.open_cases.spelled_out import SpelledOut
from lawmodel.reasoning.taking_part import TakingPart

MOST_NODES: Final = 60_000
Beside: TypeAlias = tuple[frozenset[int], ...] | None
"""For each situation of a group those beside it; None for a group in which nothing moves."""
NO_WEIGHTS: Final[Mapping[int, Sequence[int]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A group of inputs still to be looked at, or what is reached."""

    level: int
    """The number of the group; beyond the last one for what is reached."""
    reached: object
    """An outcome; None where a group is still to be looked at."""
    children: tuple[Node, ...] = ()
    """What then remains, for each situation of the group."""


class Diagram:
    """What is reached in all situations of some open inputs: the outcome, where they are all."""

    def __init__(
        self,
        spelled: SpelledOut,
        *,
        only: Collection[str] | None = None,
        settle: Callable[[Deciding], object] | None = None,
    ) -> None:
        """Build it.

        ``only`` names the inputs that are gone through, where they are not all; what the conditions left over then
        come to is said by ``settle``, whose results must be hashable.

        Raises:
            TooManySituations: some inputs are bound together in too many ways, or the diagram grows too large.
        """
        self.spelled = spelled
        self._pool = spelled.pool
        self._settle = settle
        self.groups = self._grouped(self._atoms(spelled.deciding), only)
        self._level_of = {id(atom): level for level, one in enumerate(self.groups) for atom in one.atoms}
        self._assumed = [[one.assumed(number) for number in range(len(one.situations))] for one in self.groups]
        self._mentions: dict[int, int] = {}
        self._leaves: dict[object, Node] = {}
        self._states: dict[tuple[tuple[str, int], ...], Node] = {}
        self._nodes: dict[tuple[int, tuple[int, ...]], Node] = {}
        self._counts: dict[int, dict[object, int]] = {}
        self.root = self._node(spelled.deciding)
        TakingPart.diagrams += 1

    # --- building ----------------------------------------------------------------------------------

    def _atoms(self, state: Deciding) -> list[Atom]:
        found: dict[int, Atom] = {}
        seen: set[int] = set()
        waiting = [condition for _, condition in state][::-1]
        while waiting:
            formula = waiting.pop()
            if id(formula) in seen:
                continue
            seen.add(id(formula))
            match formula:
                case OneOf() | Same() | Ordered():
                    found[id(formula)] = formula
                case _:
                    waiting += reversed(self._parts(formula))
        return list(found.values())

    def _parts(self, formula: Formula) -> list[Formula]:
        """What a formula reads; of a reading first its options, as comparisons."""
        match formula:
            case All(parts) | Any(parts):
                return list(parts)
            case Not(part):
                return [part]
            case Choose(reading, branches):
                options = [option_atom(self._pool, reading, option) for option, _ in branches]
                return [*options, *(part for _, part in branches)]
            case _:
                return []

    def _grouped(self, atoms: Sequence[Atom], only: Collection[str] | None) -> tuple[Group, ...]:
        """The inputs in groups that no comparison and no ordering binds together, in the order in which they occur."""
        reads = {id(atom): inputs_of(atom) for atom in atoms}
        orderings = self.spelled.orderings if only is None else ()
        found = dict.fromkeys(key for keys in reads.values() for key in keys if only is None or key in only)
        found |= dict.fromkeys(side for pair in orderings for side in pair if isinstance(side, str))
        pairs = [(keys[0], keys[1]) for keys in reads.values() if len(keys) == 2 and keys[0] in found]
        pairs += [(one, other) for one, other in orderings if isinstance(one, str) and isinstance(other, str)]
        groups = []
        for members in bound_together(list(found), pairs):
            own = [atom for atom in atoms if reads[id(atom)][0] in members]
            bounds = [pair for pair in orderings if any(side in members for side in pair)]
            groups.append(group(members, self.spelled.domains, own, bounds))
        return tuple(one for one in groups if len(one.situations) != 1 or one.atoms)

    def _mask(self, formula: Formula) -> int:
        """The groups that a formula reads, as the bits of a number."""
        if id(formula) not in self._mentions:
            level = self._level_of.get(id(formula))
            mask = 0 if level is None else 1 << level
            for part in self._parts(formula):
                mask |= self._mask(part)
            self._mentions[id(formula)] = mask
        return self._mentions[id(formula)]

    def _node(self, state: Deciding) -> Node:
        outcome, condition = state[0]
        if condition is TRUE:
            return self._leaf(outcome if self._settle is None else self._settle(state))
        key = tuple((name, id(formula)) for name, formula in state)
        if key not in self._states:
            self._states[key] = self._made(state)
        return self._states[key]

    def _made(self, state: Deciding) -> Node:
        mask = 0
        for _, formula in state:
            mask |= self._mask(formula)
        if not mask:
            assert self._settle is not None
            return self._leaf(self._settle(state))
        level = (mask & -mask).bit_length() - 1
        children = []
        for assumed in self._assumed[level]:
            memory: dict[int, Formula] = {}
            left = ((name, self._under(formula, level, assumed, memory)) for name, formula in state)
            children.append(self._node(trimmed(left)))
        if not children:  # a contradiction: nothing is reached, and nothing counted
            return self._leaf(None)
        if all(child is children[0] for child in children):
            return children[0]
        place = (level, tuple(map(id, children)))
        if place not in self._nodes:
            if len(self._nodes) == MOST_NODES:
                raise TooManySituations([key for one in self.groups for key in one.members])
            self._nodes[place] = Node(level, None, tuple(children))
        return self._nodes[place]

    def _under(self, formula: Formula, level: int, assumed: Mapping[int, bool], memory: dict[int, Formula]) -> Formula:
        if not self._mask(formula) >> level & 1:
            return formula
        return under(self._pool, formula, assumed, memory)

    def _leaf(self, reached: object) -> Node:
        if reached not in self._leaves:
            self._leaves[reached] = Node(len(self.groups), reached)
        return self._leaves[reached]

    # --- counting ----------------------------------------------------------------------------------

    def ways(self, start: int, end: int) -> int:
        """The situations of the groups from one level to before another."""
        return prod(len(one.situations) for one in self.groups[start:end])

    @cached_property
    def total(self) -> int:
        """How many situations there are; none if what is known contradicts itself."""
        return 0 if self.spelled.contradictory else self.ways(0, len(self.groups))

    def reached(self) -> dict[object, int]:
        """Everything that is reached, with the number of situations."""
        factor = self.ways(0, self.root.level) if self.total else 0
        return {reached: count * factor for reached, count in self._counted(self.root).items() if count * factor}

    def level_of(self, key: str) -> int | None:
        """The number of the group that an input belongs to; None where it bears on nothing."""
        return next((level for level, one in enumerate(self.groups) if key in one.members), None)

    def reached_at(self, level: int) -> list[set[object]]:
        """For each situation of one group, everything that is reached with it."""
        return [self._reached_with(level, number) for number in range(len(self.groups[level].situations))]

    def _reached_with(self, level: int, number: int) -> set[object]:
        found: set[object] = set()
        seen: set[int] = set()
        waiting = [self.root] if self.total else []
        while waiting:
            node = waiting.pop()
            if not node.children:
                found.add(node.reached)
            elif id(node) not in seen:
                seen.add(id(node))
                waiting += [node.children[number]] if node.level == level else node.children
        return found

    def _counted(self, node: Node) -> dict[object, int]:
        """From this node's level on."""
        if not node.children:
            return {node.reached: 1}
        if id(node) not in self._counts:
            found: dict[object, int] = {}
            for child in node.children:
                factor = self.ways(node.level + 1, child.level)
                for reached, count in self._counted(child).items():
                    found[reached] = found.get(reached, 0) + count * factor
            self._counts[id(node)] = found
        return self._counts[id(node)]

    def flips(self, members: Collection[str]) -> int:
        """The situations in which other values of these inputs, and of no others, reach something else."""
        if not self.total:
            return 0
        sizes = [len(one.situations) for one in self.groups]
        return _Flips(self._beside(members), sizes).count(self.root, frozenset({self.root}), 0)

    def sway(self, members: Collection[str], weights: Mapping[int, Sequence[int]] = NO_WEIGHTS) -> float:
        """The chance that something else would be reached if these inputs, and no others, were drawn anew.

        ``weights`` says for a group (by its level) how likely each of its situations is beside the others; otherwise
        all are alike.
        """
        if not self.total:
            return 0.0
        chances = []
        for level, one in enumerate(self.groups):
            weighed = weights.get(level, [1] * len(one.situations))
            chances.append([weight / sum(weighed) for weight in weighed])
        return _Sway(self._beside(members), chances).between(self.root, self.root)

    def _beside(self, members: Collection[str]) -> list[Beside]:
        moving = frozenset(members)
        return [one.beside(inside) if (inside := moving.intersection(one.members)) else None for one in self.groups]


class _Flips:
    """Counts the situations from which something else is reached by moving to one beside them."""

    def __init__(self, beside: Sequence[Beside], sizes: Sequence[int]) -> None:
        self._beside = beside
        self._sizes = sizes
        self._last = max((level for level, one in enumerate(beside) if one is not None), default=-1)
        self._known: dict[tuple[int, frozenset[int]], int] = {}

    def count(self, node: Node, others: frozenset[Node], level: int) -> int:
        """From a level on: the situations in which ``node`` reaches something else than some one of ``others``."""
        here = min(node.level, *(other.level for other in others))
        if others == {node} and here > self._last:
            return 0
        skipped = prod(self._sizes[level:here])
        return skipped if here == len(self._sizes) else skipped * self._differing(node, others, here)

    def _differing(self, node: Node, others: frozenset[Node], level: int) -> int:
        key = (id(node), frozenset(map(id, others)))
        if key not in self._known:
            beside = self._beside[level]
            self._known[key] = sum(
                self.count(
                    _at(node, level, number),
                    frozenset(
                        _at(other, level, one)
                        for other in others
                        for one in ((number,) if beside is None else beside[number])
                    ),
                    level + 1,
                )
                for number in range(self._sizes[level])
            )
        return self._known[key]


class _Sway:
    """How likely it is that something else is reached when some inputs are drawn anew."""

    def __init__(self, beside: Sequence[Beside], chances: Sequence[Sequence[float]]) -> None:
        self._beside = beside
        self._chances = chances
        self._last = max((level for level, one in enumerate(beside) if one is not None), default=-1)
        self._known: dict[tuple[int, int], float] = {}

    def between(self, node: Node, anew: Node) -> float:
        """The chance that ``node`` and ``anew``, where the inputs have been drawn twice, reach different things."""
        level = min(node.level, anew.level)
        if node is anew and level > self._last:
            return 0.0
        if level == len(self._chances):
            return 1.0
        key = (id(node), id(anew))
        if key not in self._known:
            chances, beside = self._chances[level], self._beside[level]
            found = 0.0
            for number, chance in enumerate(chances):
                drawn = (number,) if beside is None else sorted(beside[number])
                together = sum(chances[one] for one in drawn)
                for one in drawn:
                    parted = self.between(_at(node, level, number), _at(anew, level, one))
                    found += chance * chances[one] / together * parted
            self._known[key] = found
        return self._known[key]


def _at(node: Node, level: int, number: int) -> Node:
    return node.children[number] if node.level == level else node
