"""A DNF cover: a region of all cases in few clauses; where exactly something holds, by points that are so or not so.

A **point** is a Boolean constant of a solver; a **clause** says of some points that they hold or do not. The clauses
found cover the region exactly: every case of it meets one, and every case that meets one, among those within which the
region is looked at, belongs to it. Each is *prime*: no part of it can be left out. Each comes from a case of the region
that no clause covers yet, by leaving out whatever is not needed (as prime implicants are found since Quine 1952).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from typing import Final, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.solving.solver import Solver

MOST: Final = 12
"""So many clauses of a region are looked for, unless more are wanted."""


@dataclass(frozen=True, slots=True)
class Point:
    """Something that is so or not so in a case."""

    name: str
    """Of a Boolean constant that the solver knows."""
    depth: int
    """How far inside definitions it stands; a clause goes no deeper than it must."""


Literal: TypeAlias = tuple[str, bool]
"""A point by its name, and whether it holds."""
Clause: TypeAlias = tuple[Literal, ...]


@dataclass(slots=True)
class Clauses:
    """A region in clauses."""

    found: list[Clause] = field(default_factory=list)
    every: bool = True
    """Whether they cover the whole region; if not, there are more."""
    interrupted: bool = False


class DnfCover:
    """A region, within a wider one, of the models of a solver."""

    def __init__(self, solver: Solver, within: str, inside: str, points: Sequence[Point], mark: str = "clause") -> None:
        """Take two Boolean constants, of which the second implies the first, and points that settle the second.

        ``mark`` begins the names of the constants that are declared on the way.
        """
        self._solver, self._within, self._inside, self._mark = solver, within, inside, mark
        self._points = sorted(points, key=lambda point: point.depth)
        self._depth = {point.name: point.depth for point in points}
        self._made = 0

    def clauses(self, most: int = MOST, progress: Callable[[int], None] = lambda _: None) -> Clauses:
        """The region in clauses, none of which can be spared; interrupted, those found so far."""
        result = Clauses()
        names: list[str] = []
        try:
            while (model := self._solver.model(self._inside, *(f"-{one}" for one in names))) is not None:
                if len(names) == most:
                    result.every = False
                    break
                holding = model.holding(point.name for point in self._points)
                clause = self._prime([(point.name, point.name in holding) for point in self._points])
                result.found.append(clause)
                names.append(self._name(clause))
                progress(len(names))
            self._thin(result, names)
        except KeyboardInterrupt:
            result.every, result.interrupted = False, True
        return result

    def _prime(self, literals: Sequence[Literal]) -> Clause:
        """A smallest part of a description of a case that is enough to be in the region, with little depth."""
        enough: list[Literal] | None = None
        for depth in sorted({point.depth for point in self._points} or {0}):
            held = [one for one in literals if self._depth[one[0]] <= depth]
            enough = self._enough(held)
            if enough is not None:
                break
        assert enough is not None, "the points settle whether a case is in the region"
        tries = [self._without_needless(order) for order in self._orders(enough)]
        return min(tries, key=lambda one: (len(one), sum(self._depth[name] for name, _ in one)))

    def _orders(self, literals: Sequence[Literal]) -> Iterator[list[Literal]]:
        """In which order parts are tried to be left out: the deep ones first, then what is not so, or what is."""
        for so in (False, True):
            yield sorted(literals, key=lambda one: (-self._depth[one[0]], one[1] is not so, one[0]))

    def _without_needless(self, literals: Sequence[Literal]) -> Clause:
        kept = list(literals)
        for one in literals:
            if one in kept:
                enough = self._enough([other for other in kept if other != one])
                kept = kept if enough is None else enough
        order = {point.name: number for number, point in enumerate(self._points)}
        return tuple(sorted(kept, key=lambda one: order[one[0]]))

    def _enough(self, literals: Sequence[Literal]) -> list[Literal] | None:
        """Those of some literals that are enough to be in the region; None if all together are not."""
        said = {_said(one): one for one in literals}
        if self._solver.model(self._within, f"-{self._inside}", *said) is not None:
            return None
        needed = self._solver.refuted_by()
        return [one for text, one in said.items() if text in needed]

    def _name(self, clause: Clause) -> str:
        """A constant that says that a case meets a clause."""
        self._made += 1
        name = f"{self._mark}{self._made}"
        parts = " ".join(one if so else f"(not {one})" for one, so in clause)
        self._solver.add(f"(declare-const {name} Bool)(assert (= {name} {f'(and {parts})' if parts else 'true'}))")
        return name

    def _thin(self, result: Clauses, names: Sequence[str]) -> None:
        """Leave out clauses all of whose cases meet others, the longest first."""
        if not result.every:
            return
        kept = dict(zip(names, result.found, strict=True))
        for name in sorted(kept, key=lambda one: -len(kept[one])):
            others = [f"-{one}" for one in kept if one != name]
            if self._solver.model(self._inside, *others) is None:
                del kept[name]
        result.found = sorted(kept.values(), key=len)


def _said(literal: Literal) -> str:
    name, so = literal
    return name if so else f"-{name}"
