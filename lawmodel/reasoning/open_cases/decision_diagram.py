"""Decision diagrams: the outcome in every situation, each step of the way worked out once.

These are multi-valued decision diagrams, ordered and reduced (MDD; Srinivasan, Kam, Malik and Brayton 1990, after the
BDD of Bryant 1986): the variables are blocks of inputs, and their values the situations of the block.

The open inputs are gone through group by group, in a fixed order. What is left of the conditions after some of them
is a node; equal remainders are one node, so that a diagram stays small where the situations are very many.
On it the situations are counted exactly: by outcome, and by whether an input alone could still change it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from math import prod
from types import MappingProxyType
from typing import Final, TypeAlias

from lawmodel.cached_property import cached_property
from lawmodel.dataclass import dataclass
from lawmodel.reasoning.engine_record import record_engine
from lawmodel.reasoning.formula import TRUE, Atom, Choose, Formula, children
from lawmodel.reasoning.open_cases.assumption import Deciding, option_atom, trimmed, under
from lawmodel.reasoning.open_cases.grounding import GroundResidual
from lawmodel.reasoning.open_cases.variable_blocks import (
    TooManySituations,
    VariableBlock,
    connected_components,
    inputs_of,
    variable_block,
)
from lawmodel.reasoning.recursion import Calls, carried_out

MOST_NODES: Final = 60_000
MOST_STEPS: Final = 2_000_000
"""So many parts of formulas are looked at to build a diagram, and so many pairs of nodes to count on it."""
Beside: TypeAlias = tuple[frozenset[int], ...] | None
"""For each situation of a group those beside it; None for a group in which nothing moves."""
NO_WEIGHTS: Final[Mapping[int, Sequence[int]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class DiagramNode:
    """A group of inputs still to be looked at, or what is reached."""

    level: int
    """The number of the group; beyond the last one for what is reached."""
    reached: object
    """An outcome; None where a group is still to be looked at."""
    children: tuple[DiagramNode, ...] = ()
    """What then remains, for each situation of the group."""


class DecisionDiagram:
    """What is reached in all situations of some open inputs: the outcome, where they are all."""

    def __init__(
        self,
        grounded: GroundResidual,
        *,
        only: Collection[str] | None = None,
        settle: Callable[[Deciding], object] | None = None,
    ) -> None:
        """Build it.

        ``only`` names the inputs that are gone through, where they are not all; what the conditions left over then
        come to is said by ``settle``, whose results must be hashable.

        Raises:
            TooManySituations: some inputs are bound together in too many ways, or the diagram grows too large
                (`MOST_NODES`) or takes too long to build (`MOST_STEPS`).
        """
        self.grounded = grounded
        self._pool = grounded.pool
        self._settle = settle
        self.groups = self._grouped(self._atoms(grounded.deciding), only)
        self._level_of = {id(atom): level for level, one in enumerate(self.groups) for atom in one.atoms}
        self._assumed = [[one.assumed(number) for number in range(len(one.situations))] for one in self.groups]
        self._mentions: dict[int, int] = {}
        self._leaves: dict[object, DiagramNode] = {}
        self._states: dict[tuple[tuple[str, int], ...], DiagramNode] = {}
        self._nodes: dict[tuple[int, tuple[int, ...]], DiagramNode] = {}
        self._steps = 0
        self.root = carried_out(self._node(grounded.deciding))
        record_engine("decision diagrams")

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
            if isinstance(formula, Atom):
                found[id(formula)] = formula
            waiting += reversed(self._parts(formula))
        return list(found.values())

    def _parts(self, formula: Formula) -> list[Formula]:
        """What a formula reads; of a reading first its options, as comparisons."""
        parts = children(formula)
        if isinstance(formula, Choose):
            options = [option_atom(self._pool, formula.reading, option) for option, _ in formula.branches]
            return [*options, *parts]
        return list(parts)

    def _grouped(self, atoms: Sequence[Atom], only: Collection[str] | None) -> tuple[VariableBlock, ...]:
        """The inputs in groups that no comparison and no ordering binds together, in the order in which they occur."""
        reads = {id(atom): inputs_of(atom) for atom in atoms}
        orderings = self.grounded.orderings if only is None else ()
        found = dict.fromkeys(key for keys in reads.values() for key in keys if only is None or key in only)
        found |= dict.fromkeys(side for pair in orderings for side in pair if isinstance(side, str))
        found = dict.fromkeys(_records_together(found))
        pairs = [(keys[0], keys[1]) for keys in reads.values() if len(keys) == 2 and keys[0] in found]
        pairs += [(one, other) for one, other in orderings if isinstance(one, str) and isinstance(other, str)]
        groups = []
        for members in connected_components(list(found), pairs):
            own = [atom for atom in atoms if reads[id(atom)][0] in members]
            bounds = [pair for pair in orderings if any(side in members for side in pair)]
            groups.append(variable_block(members, self.grounded.domains, own, bounds))
        return tuple(one for one in groups if len(one.situations) != 1 or one.atoms)

    def _mask(self, formula: Formula) -> int:
        """The groups that a formula reads, as the bits of a number."""
        known = self._mentions.get(id(formula))
        if known is None:
            level = self._level_of.get(id(formula))
            known = 0 if level is None else 1 << level
            for part in self._parts(formula):
                known |= self._mask(part)
            self._mentions[id(formula)] = known
        return known

    def _node(self, state: Deciding) -> Calls[DiagramNode]:
        if (known := self._known(state)) is not None:
            return known
        made: DiagramNode = yield self._made(state)
        self._states[_key(state)] = made
        return made

    def _known(self, state: Deciding) -> DiagramNode | None:
        """What is reached, where that is certain; or the node, where it has been made."""
        outcome, condition = state[0]
        if condition is TRUE:
            return self._leaf(outcome if self._settle is None else self._settle(state))
        return self._states.get(_key(state))

    def _made(self, state: Deciding) -> Calls[DiagramNode]:
        mask = 0
        for _, formula in state:
            mask |= self._mask(formula)
        if not mask:
            assert self._settle is not None
            return self._leaf(self._settle(state))
        group = mask & -mask
        level = group.bit_length() - 1
        mentions = self._mentions  # it has all parts of what a state holds

        def is_untouched(formula: Formula) -> bool:
            return not mentions[id(formula)] & group

        children: list[DiagramNode] = []
        for assumed in self._assumed[level]:
            memory: dict[int, Formula] = {}
            left = trimmed((name, under(self._pool, one, assumed, memory, is_untouched)) for name, one in state)
            self._count_steps(len(memory))
            child = self._known(left)
            children.append((yield self._node(left)) if child is None else child)
        if not children:  # a contradiction: nothing is reached, and nothing counted
            return self._leaf(None)
        if all(child is children[0] for child in children):
            return children[0]
        place = (level, tuple(map(id, children)))
        if place not in self._nodes:
            if len(self._nodes) == MOST_NODES:
                raise self._too_many()
            self._nodes[place] = DiagramNode(level, None, tuple(children))
        return self._nodes[place]

    def _count_steps(self, steps: int) -> None:
        self._steps += steps
        if self._steps > MOST_STEPS:
            raise self._too_many()

    def _too_many(self) -> TooManySituations:
        return TooManySituations([key for one in self.groups for key in one.members])

    def _leaf(self, reached: object) -> DiagramNode:
        if reached not in self._leaves:
            self._leaves[reached] = DiagramNode(len(self.groups), reached)
        return self._leaves[reached]

    # --- counting ----------------------------------------------------------------------------------

    def ways(self, start: int, end: int) -> int:
        """The situations of the groups from one level to before another."""
        return prod(len(one.situations) for one in self.groups[start:end])

    @cached_property
    def total(self) -> int:
        """How many situations there are; none if what is known contradicts itself."""
        return 0 if self.grounded.contradictory else self.ways(0, len(self.groups))

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

    def _counted(self, node: DiagramNode) -> dict[object, int]:
        """From this node's level on."""
        return self._counts[id(node)] if node.children else {node.reached: 1}

    @cached_property
    def _counts(self) -> dict[int, dict[object, int]]:
        """By node, from its level on: everything that is reached, with the number of situations."""
        counts: dict[int, dict[object, int]] = {}
        for node in self._nodes.values():  # each stands after its children
            found = counts[id(node)] = {}
            for child in node.children:
                factor = self.ways(node.level + 1, child.level)
                below = counts[id(child)] if child.children else {child.reached: 1}
                for reached, count in below.items():
                    found[reached] = found.get(reached, 0) + count * factor
        return counts

    def influence(self, members: Collection[str]) -> int:
        """The situations in which other values of these inputs, and of no others, reach something else.

        Of a yes/no input alone it is the swing count of Banzhaf (1965).

        Raises:
            TooManySituations: they cannot be counted in `MOST_STEPS` steps.
        """
        if not self.total:
            return 0
        beside = self._beside(members)
        moving = [level for level, one in enumerate(beside) if one is not None]
        if len(moving) != 1:
            return _InfluenceCount(beside, self._sizes, self._too_many).count_from(self.root)
        level = moving[0]
        return sum(
            self._ways_to[id(node)] * self._influence_below.count_moved(node, beside[level] or ())
            for node in self._nodes.values()
            if node.level == level
        )

    def has_influence(self, members: Collection[str]) -> bool:
        """Whether in some situation other values of these inputs, and of no others, reach something else.

        The situations are not counted: pairs of nodes are gone through, until two have led apart.

        Raises:
            TooManySituations: there are more than `MOST_STEPS` pairs to be looked at.
        """
        if not self.total:
            return False
        beside = self._beside(members)
        moving = [level for level, one in enumerate(beside) if one is not None]
        if len(moving) == 1:
            return self.influence(members) > 0
        last = max(moving, default=-1)
        steps, seen, waiting = 0, set[tuple[int, int]](), [(self.root, self.root)]
        while waiting:
            node, other = waiting.pop()
            level = min(node.level, other.level)
            if level == len(self.groups) and node is not other:
                return True
            if (node is other and level > last) or (id(node), id(other)) in seen:
                continue
            seen.add((id(node), id(other)))
            there = beside[level]
            for number in range(self._sizes[level]):
                moved = (number,) if there is None else there[number]
                waiting += [(_at(node, level, number), _at(other, level, one)) for one in moved]
                steps += len(moved)
            if steps > MOST_STEPS:
                raise self._too_many()
        return False

    @cached_property
    def _sizes(self) -> list[int]:
        return [len(one.situations) for one in self.groups]

    @cached_property
    def _influence_below(self) -> _InfluenceCount:
        """Counts where nothing moves any more; what it finds out serves for every input."""
        return _InfluenceCount([None] * len(self.groups), self._sizes, self._too_many)

    @cached_property
    def _ways_to(self) -> dict[int, int]:
        """For each node the situations of the groups before it that lead to it."""
        found = {id(self.root): self.ways(0, self.root.level)}
        for node in reversed(self._nodes.values()):  # each stands before its children
            for child in node.children:
                ways = found[id(node)] * self.ways(node.level + 1, child.level)
                found[id(child)] = found.get(id(child), 0) + ways
        return found

    def influence_chances(
        self, inputs: Mapping[str, Collection[str]], weights: Mapping[int, Sequence[int]] = NO_WEIGHTS
    ) -> dict[str, float]:
        """For each of several groups of inputs, by a name for it: how likely another outcome is if it is drawn anew.

        That is the chance that something else would be reached if these inputs, and no others, were drawn anew.
        ``weights`` says for a group (by its level) how likely each of its situations is beside the others; otherwise
        all are alike.

        Raises:
            TooManySituations: they cannot be worked out in `MOST_STEPS` steps.
        """
        if not self.total:
            return dict.fromkeys(inputs, 0.0)
        chances = []
        for level, one in enumerate(self.groups):
            weighed = weights.get(level, [1] * len(one.situations))
            chances.append([weight / sum(weighed) for weight in weighed])
        chance_of = {id(self.root): 1.0}
        by_level: dict[int, list[DiagramNode]] = {}
        for node in reversed(self._nodes.values()):  # each stands before its children
            by_level.setdefault(node.level, []).append(node)
            for chance, child in zip(chances[node.level], node.children, strict=True):
                chance_of[id(child)] = chance_of.get(id(child), 0.0) + chance_of[id(node)] * chance
        below = _InfluenceChance([None] * len(self.groups), chances, self._too_many)
        found = {}
        for name, members in inputs.items():
            beside = self._beside(members)
            moving = [level for level, one in enumerate(beside) if one is not None]
            if len(moving) == 1:
                parted = beside[moving[0]] or ()
                nodes = by_level.get(moving[0], ())
                found[name] = sum(chance_of[id(node)] * below.parted_at(node, parted) for node in nodes)
            else:
                found[name] = _InfluenceChance(beside, chances, self._too_many).parted_from(self.root)
        return found

    def _beside(self, members: Collection[str]) -> list[Beside]:
        moving = frozenset(members)
        return [one.beside(inside) if (inside := moving.intersection(one.members)) else None for one in self.groups]


class _InfluenceCount:
    """Counts the situations from which something else is reached by moving to one beside them."""

    def __init__(
        self, beside: Sequence[Beside], sizes: Sequence[int], too_many: Callable[[], TooManySituations]
    ) -> None:
        self._beside = beside
        self._sizes = sizes
        self._too_many = too_many
        self._steps = 0
        self._last = max((level for level, one in enumerate(beside) if one is not None), default=-1)
        self._known: dict[tuple[int, frozenset[int]], int] = {}

    def count_from(self, root: DiagramNode) -> int:
        """The situations from which ``root``, where all begins, reaches something else."""
        return carried_out(self._count(root, frozenset({root}), 0))

    def count_moved(self, node: DiagramNode, beside: Sequence[frozenset[int]]) -> int:
        """The situations from the node's level on in which it reaches something else by a move at its own level."""
        found = 0
        for number, child in enumerate(node.children):
            others = frozenset(node.children[one] for one in beside[number])
            found += carried_out(self._count(child, others, node.level + 1))
        return found

    def _count(self, node: DiagramNode, others: frozenset[DiagramNode], level: int) -> Calls[int]:
        """From a level on: the situations in which ``node`` reaches something else than some one of ``others``."""
        here = min(node.level, *(other.level for other in others))
        if others == {node} and here > self._last:
            return 0
        skipped = prod(self._sizes[level:here])
        if here == len(self._sizes):
            return skipped
        key = (id(node), frozenset(map(id, others)))
        if key not in self._known:
            self._known[key] = yield self._differing(node, others, here)
        return skipped * self._known[key]

    def _differing(self, node: DiagramNode, others: frozenset[DiagramNode], level: int) -> Calls[int]:
        beside = self._beside[level]
        found = 0
        for number in range(self._sizes[level]):
            moved = (number,) if beside is None else beside[number]
            self._steps += len(others) * len(moved)
            if self._steps > MOST_STEPS:
                raise self._too_many()
            reached = frozenset(_at(other, level, one) for other in others for one in moved)
            found += yield self._count(_at(node, level, number), reached, level + 1)
        return found


class _InfluenceChance:
    """The influence of some inputs: how likely it is that something else is reached when they are drawn anew."""

    def __init__(
        self, beside: Sequence[Beside], chances: Sequence[Sequence[float]], too_many: Callable[[], TooManySituations]
    ) -> None:
        self._beside = beside
        self._chances = chances
        self._too_many = too_many
        self._steps = 0
        self._last = max((level for level, one in enumerate(beside) if one is not None), default=-1)
        self._known: dict[tuple[int, int], float] = {}

    def parted_from(self, root: DiagramNode) -> float:
        """The chance where all begins."""
        return carried_out(self._parted(root, root))

    def parted_at(self, node: DiagramNode, beside: tuple[frozenset[int], ...]) -> float:
        """The chance if only what the node looks at is drawn anew."""
        return carried_out(self._drawn(node, node, node.level, beside))

    def _parted(self, node: DiagramNode, anew: DiagramNode) -> Calls[float]:
        """The chance that ``node`` and ``anew``, where the inputs have been drawn twice, reach different things."""
        level = min(node.level, anew.level)
        if node is anew and level > self._last:
            return 0.0
        if level == len(self._chances):
            return 1.0
        key = (id(node), id(anew))
        if key not in self._known:
            self._known[key] = yield self._drawn(node, anew, level, self._beside[level])
        return self._known[key]

    def _drawn(self, node: DiagramNode, anew: DiagramNode, level: int, beside: Beside) -> Calls[float]:
        chances = self._chances[level]
        found = 0.0
        for number, chance in enumerate(chances):
            drawn = (number,) if beside is None else sorted(beside[number])
            self._steps += len(drawn)
            if self._steps > MOST_STEPS:
                raise self._too_many()
            together = sum(chances[one] for one in drawn)
            for one in drawn:
                parted = yield self._parted(_at(node, level, number), _at(anew, level, one))
                found += chance * chances[one] / together * parted
        return found


def _records_together(keys: Iterable[str]) -> Iterator[str]:
    """The inputs in their order, but those of one record after each other.

    What counts records then only has to remember, from record to record, how many are still wanted.
    """
    together: dict[str, list[str]] = {}
    for key in keys:
        together.setdefault(key.partition("]")[0], []).append(key)
    for of_one in together.values():
        yield from of_one


def _key(state: Deciding) -> tuple[tuple[str, int], ...]:
    return tuple([(name, id(formula)) for name, formula in state])


def _at(node: DiagramNode, level: int, number: int) -> DiagramNode:
    return node.children[number] if node.level == level else node
