"""A hybrid of two stages: a question in which some laws are taken as at one stage, and the others as at another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final, cast

from lawmodel.reasoning.formula import (
    Fixed,
    Formula,
    Named,
    Ordered,
    ResolvedQuestion,
    Rule,
    Term,
    children,
    rebuild,
)

BEGAN: Final = "the day on which {} became law"
"""How `lawmodel.reasoning.resolve` labels the day on which a law began."""


def hybrid(one: ResolvedQuestion, other: ResolvedQuestion, laws: Collection[str]) -> ResolvedQuestion:
    """A question at one stage, with some laws as it has them at the other.

    Both are the same question of the same rulebook, so that they differ in the dates of laws alone.
    """
    mixing = _Mixing(frozenset(laws))

    def each(
        mine: tuple[tuple[str, Formula], ...], theirs: tuple[tuple[str, Formula], ...]
    ) -> tuple[tuple[str, Formula], ...]:
        return tuple((name, mixing.out(a, b)) for (name, a), (_, b) in zip(mine, theirs, strict=True))

    rules = tuple(
        Rule(a.id, mixing.out(a.applies, b.applies), each(a.concludes, b.concludes), each(a.brings, b.brings))
        for a, b in zip(one.rules, other.rules, strict=True)
    )
    return replace(one, rules=rules)


class _Mixing:
    def __init__(self, laws: frozenset[str]) -> None:
        self._laws, self._labels = laws, tuple(BEGAN.format(law) for law in laws)
        self._known: dict[tuple[int, int], Formula] = {}

    def out(self, one: Formula, other: Formula) -> Formula:
        place = (id(one), id(other))
        if place not in self._known:
            self._known[place] = self._written(one, other)
        return self._known[place]

    def _written(self, one: Formula, other: Formula) -> Formula:
        match one:
            case Named("law", name, _):
                return other if name in self._laws else one
            case Ordered(left, right):
                opposite = cast("Ordered", other)
                return replace(one, left=self._term(left, opposite.left), right=self._term(right, opposite.right))
            case _:
                return rebuild(one, [self.out(a, b) for a, b in zip(children(one), children(other), strict=True)])

    def _term(self, mine: Term, theirs: Term) -> Term:
        # A day that is counted from the one on which a law began goes with it: its label ends with that of that day.
        named = isinstance(mine, Fixed) and mine.label is not None and mine.label.endswith(self._labels)
        return theirs if named else mine
