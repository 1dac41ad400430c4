"""A question in which some laws are taken as at one stage, and the others as at another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final, cast

from lawmodel.reasoning.formula import (
    All,
    Any,
    Choose,
    Fixed,
    Formula,
    Named,
    Not,
    Ordered,
    ResolvedQuestion,
    Rule,
    SomeRecord,
    Term,
)

BEGAN: Final = "the day on which {} became law"
"""How `lawmodel.reasoning.resolve` labels the day on which a law began."""


def mixed(one: ResolvedQuestion, other: ResolvedQuestion, laws: Collection[str]) -> ResolvedQuestion:
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
        self._laws, self._labels = laws, {BEGAN.format(law) for law in laws}
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
            case Named(kind, name, body):
                return Named(kind, name, self.out(body, cast("Named", other).body))
            case All(parts):
                return All(self._all(parts, cast("All", other).parts))
            case Any(parts):
                return Any(self._all(parts, cast("Any", other).parts))
            case Not(part):
                return Not(self.out(part, cast("Not", other).part))
            case SomeRecord(records, such_that):
                return SomeRecord(records, self.out(such_that, cast("SomeRecord", other).such_that))
            case Choose(reading, branches, of_date):
                theirs = cast("Choose", other).branches
                return Choose(
                    reading,
                    tuple((name, self.out(a, b)) for (name, a), (_, b) in zip(branches, theirs, strict=True)),
                    of_date,
                )
            case Ordered(left, right):
                opposite = cast("Ordered", other)
                return replace(one, left=self._term(left, opposite.left), right=self._term(right, opposite.right))
            case _:
                return one

    def _all(self, mine: tuple[Formula, ...], theirs: tuple[Formula, ...]) -> tuple[Formula, ...]:
        return tuple(self.out(a, b) for a, b in zip(mine, theirs, strict=True))

    def _term(self, mine: Term, theirs: Term) -> Term:
        return theirs if isinstance(mine, Fixed) and mine.label in self._labels else mine
