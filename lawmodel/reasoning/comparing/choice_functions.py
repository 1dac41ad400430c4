"""Functions of several choices: to each way of choosing an option of every input they give a value.

They are nodes of one multi-valued decision diagram (MDD), ordered and reduced, over one `ChoiceSpace`: a node looks at
one input and has a child for each of its options, or is reached and has a value. Equal functions are one node, so that
an input matters to a function if and only if some node of its graph looks at it.

A `DecisionDiagram` (`reasoning/open_cases`) unfolds one formula, block by block of its inputs, to be counted on. Here
there are many functions, which are combined with one another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.reasoning.open_cases.decision_diagram import DecisionDiagram, DiagramNode

MOST_BLOCKS: Final = 20_000
"""Into so many blocks a function is taken apart."""
Block: TypeAlias = Mapping[str, tuple[str, ...]]
"""The choices in which some inputs have one of these options; what is not named may have any."""


@dataclass(frozen=True, slots=True, eq=False)
class ChoiceFunction:
    """A function, as the topmost node of its graph; made by its space alone."""

    level: int
    """The number of the input that is looked at; beyond the last one for a value."""
    value: Hashable
    children: tuple[ChoiceFunction, ...] = ()


class ChoiceSpace:
    """Some inputs, each with its options, and the functions of them."""

    def __init__(self, options: Mapping[str, Sequence[str]]) -> None:
        self.names = tuple(options)
        self.options = {name: tuple(each) for name, each in options.items()}
        self._levels = {name: level for level, name in enumerate(self.names)}
        self._values: dict[tuple[type, Hashable], ChoiceFunction] = {}
        self._nodes: dict[tuple[int, tuple[int, ...]], ChoiceFunction] = {}

    # --- making functions --------------------------------------------------------------------------

    def always(self, value: Hashable) -> ChoiceFunction:
        """The function that has one value."""
        key = (type(value), value)  # for Python 1 is True
        if key not in self._values:
            self._values[key] = ChoiceFunction(len(self.names), value)
        return self._values[key]

    def by_option(self, name: str, children: Sequence[ChoiceFunction]) -> ChoiceFunction:
        """The function that is another one for each option of an input."""
        level = self._levels[name]
        if all(child.level > level for child in children):
            return self._node(level, tuple(children))
        found = children[0]
        for option, child in zip(self.options[name][1:], children[1:], strict=True):
            inside = self._node(level, tuple(self.always(value=other == option) for other in self.options[name]))
            both = self.combined(child, found, lambda one, other: (one, other))
            found = self.combined(inside, both, lambda holds, pair: pair[0 if holds is True else 1])  # type: ignore[index]
        return found

    def _node(self, level: int, children: tuple[ChoiceFunction, ...]) -> ChoiceFunction:
        if all(child is children[0] for child in children):
            return children[0]
        key = (level, tuple(map(id, children)))
        if key not in self._nodes:
            self._nodes[key] = ChoiceFunction(level, None, children)
        return self._nodes[key]

    def within(self, block: Mapping[str, Collection[str]]) -> ChoiceFunction:
        """Whether a choice is in a block."""
        found, outside = self.always(value=True), self.always(value=False)
        for level, name in reversed(list(enumerate(self.names))):
            if name in block:
                found = self._node(
                    level, tuple(found if option in block[name] else outside for option in self.options[name])
                )
        return found

    def combined(
        self, one: ChoiceFunction, other: ChoiceFunction, join: Callable[[Hashable, Hashable], Hashable]
    ) -> ChoiceFunction:
        """What two functions come to together."""
        known: dict[tuple[int, int], ChoiceFunction] = {}

        def both(first: ChoiceFunction, second: ChoiceFunction) -> ChoiceFunction:
            key = (id(first), id(second))
            if key not in known:
                level = min(first.level, second.level)
                if level == len(self.names):
                    known[key] = self.always(join(first.value, second.value))
                else:
                    numbers = range(len(self.options[self.names[level]]))
                    known[key] = self._node(
                        level, tuple(both(_at(first, level, n), _at(second, level, n)) for n in numbers)
                    )
            return known[key]

        return both(one, other)

    def mapped(self, function: ChoiceFunction, change: Callable[[Hashable], Hashable]) -> ChoiceFunction:
        """The function with other values."""
        return self.combined(function, function, lambda value, _: change(value))

    def fixed(self, function: ChoiceFunction, chosen: Mapping[str, str]) -> ChoiceFunction:
        """The function once some inputs have an option; it no longer looks at them."""
        known: dict[int, ChoiceFunction] = {}

        def left(node: ChoiceFunction) -> ChoiceFunction:
            if not node.children:
                return node
            if id(node) not in known:
                name = self.names[node.level]
                if name in chosen:
                    known[id(node)] = left(node.children[self.options[name].index(chosen[name])])
                else:
                    known[id(node)] = self._node(node.level, tuple(left(child) for child in node.children))
            return known[id(node)]

        return left(function)

    # --- looking at functions ----------------------------------------------------------------------

    def value(self, function: ChoiceFunction, chosen: Mapping[str, str]) -> Hashable:
        """The value for a choice, which names at least the inputs that matter."""
        while function.children:
            name = self.names[function.level]
            function = function.children[self.options[name].index(chosen[name])]
        return function.value

    def reached(self, diagram: DecisionDiagram) -> ChoiceFunction:
        """What a diagram over these inputs alone reaches, as a function of them."""
        known: dict[int, ChoiceFunction] = {}

        def function(node: DiagramNode) -> ChoiceFunction:
            if not node.children:
                return self.always(node.reached)
            if id(node) not in known:
                one = diagram.groups[node.level]
                name = one.members[0]
                children = {example[0]: child for example, child in zip(one.examples, node.children, strict=True)}
                known[id(node)] = self.by_option(name, [function(children[option]) for option in self.options[name]])
            return known[id(node)]

        return function(diagram.root)

    def matters(self, *functions: ChoiceFunction) -> tuple[str, ...]:
        """The inputs of which some change alone changes the value of some of the functions."""
        levels = {node.level for function in functions for node in _nodes(function) if node.children}
        return tuple(self.names[level] for level in sorted(levels))

    def values(self, function: ChoiceFunction) -> list[Hashable]:
        """Every value, in the order in which they are met."""
        return list(dict.fromkeys(node.value for node in _nodes(function) if not node.children))

    def blocks(self, function: ChoiceFunction) -> Iterator[tuple[Block, Hashable]]:
        """Blocks that do not overlap and together are everything, each with the value that it has throughout.

        Raises `ProblemsFound` where there are more than `MOST_BLOCKS`.
        """
        for number, found in enumerate(self._blocks(function)):
            if number == MOST_BLOCKS:
                message = f"the answer is another in more than {MOST_BLOCKS:,} combinations of readings"
                raise ProblemsFound([Problem(message, "Choose some of them: --reading NAME=OPTION.", "the readings")])
            yield found

    def _blocks(self, function: ChoiceFunction) -> Iterator[tuple[Block, Hashable]]:
        if not function.children:
            yield {}, function.value
            return
        name = self.names[function.level]
        alike: dict[int, list[str]] = {}
        for option, child in zip(self.options[name], function.children, strict=True):
            alike.setdefault(id(child), []).append(option)
        children = {id(child): child for child in function.children}
        for key, options in alike.items():
            for block, value in self._blocks(children[key]):
                yield {name: tuple(options), **block}, value


def _at(node: ChoiceFunction, level: int, number: int) -> ChoiceFunction:
    return node.children[number] if node.level == level else node


def _nodes(function: ChoiceFunction) -> Iterator[ChoiceFunction]:
    """Every node of a graph once, those nearer to its top first."""
    seen = {id(function): function}
    waiting = [function]
    while waiting:
        node = waiting.pop(0)
        yield node
        for child in node.children:
            if id(child) not in seen:
                seen[id(child)] = child
                waiting.append(child)
