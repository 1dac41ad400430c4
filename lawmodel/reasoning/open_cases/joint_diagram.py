"""One decision diagram for many inputs, of which each is to have another value by itself.

All of them are let go at once, which makes the diagram little larger. Whoever asks about one keeps the others in the
situations of their own values: what is then reached is what a diagram of the case with that input alone let go shows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lawmodel.reasoning.formula import ResolvedQuestion, Scalar, Valuation
from lawmodel.reasoning.open_cases.completions import diagram_of
from lawmodel.reasoning.open_cases.decision_diagram import DecisionDiagram
from lawmodel.reasoning.open_cases.residual import Residual


class JointDiagram:
    """Yes/no inputs and choices of a case, each with all its values beside the values of the others."""

    def __init__(self, question: ResolvedQuestion, valuation: Valuation, keys: Collection[str]) -> None:
        """``keys``: others than known single choices, or answers yes and no, are passed over."""
        self._question = question
        free = [key for key in keys if _can_be_freed(question, valuation, key)]
        diagram, self._levels = _made(question, valuation, free)
        if diagram is None:  # choices that are compared with each other are what grows too large
            free = [key for key in free if question.domains[key].kind == "yes/no"]
            diagram, self._levels = _made(question, valuation, free)
        if diagram is not None and len(self._levels) < len(free):  # what is bound to others is looked at by itself
            free = [key for key in free if key in self._levels]
            diagram, self._levels = _made(question, valuation, free)
        self._diagram = diagram if diagram is not None and diagram.total and len(self._levels) == len(free) else None
        self._own: Mapping[int, frozenset[int]] = {}
        if self._diagram is not None:
            groups = self._diagram.groups
            self._own = {
                level: groups[level].having(key, _scalar(valuation, key))
                for key, level in self._levels.items()
                if level is not None
            }

    def knows(self, key: str) -> bool:
        """Whether it shows what is reached with other values of an input."""
        return self._diagram is not None and key in self._levels

    def reached(self, key: str) -> dict[Scalar, frozenset[object]]:
        """What is reached with each value of an input that it knows, everything else as it is."""
        diagram, level = self._diagram, self._levels[key]
        assert diagram is not None
        domain = self._question.domains[key]
        values: tuple[Scalar, ...] = (False, True) if domain.kind == "yes/no" else domain.choices
        if level is None:  # it bears on nothing
            everything = frozenset(self._reached(-1, frozenset()))
            return dict.fromkeys(values, everything)
        found: dict[frozenset[int], frozenset[object]] = {}
        by_value: dict[Scalar, frozenset[object]] = {}
        for value in values:
            situations = diagram.groups[level].having(key, value)
            if situations not in found:
                found[situations] = frozenset(self._reached(level, situations))
            by_value[value] = found[situations]
        return by_value

    def _reached(self, level: int, situations: frozenset[int]) -> set[object]:
        assert self._diagram is not None
        found: set[object] = set()
        seen: set[int] = set()
        waiting = [self._diagram.root]
        while waiting:
            node = waiting.pop()
            if not node.children:
                found.add(node.reached)
            elif id(node) not in seen:
                seen.add(id(node))
                here = situations if node.level == level else self._own.get(node.level)
                waiting += node.children if here is None else [node.children[number] for number in here]
        return found


def _can_be_freed(question: ResolvedQuestion, valuation: Valuation, key: str) -> bool:
    return (
        key in question.domains
        and question.domains[key].kind in {"yes/no", "choice"}
        and key not in valuation.same_as
        and valuation.values[key] is not None
    )


def _made(
    question: ResolvedQuestion, valuation: Valuation, keys: Collection[str]
) -> tuple[DecisionDiagram | None, dict[str, int | None]]:
    """The diagram, and the groups of those inputs that are in one of their own, or in none."""
    if not keys:
        return None, {}
    diagram = diagram_of(Residual(question, valuation, keys))
    if diagram is None:
        return None, {}
    levels = {key: diagram.level_of(key) for key in keys}
    return diagram, {key: at for key, at in levels.items() if at is None or diagram.groups[at].members == (key,)}


def _scalar(valuation: Valuation, key: str) -> Scalar:
    value = valuation.values[key]
    assert value is not None
    assert not isinstance(value, tuple)
    return value
