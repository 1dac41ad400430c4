"""How large the law is with everything that it rests on written out: how deep, and of how many parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from lawmodel.dataclass import dataclass
from lawmodel.problems import Collector
from lawmodel.rulebook.condition import StatedPart, names_in, parts_of
from lawmodel.rulebook.model import Provision, Rulebook

MOST_DEPTH: Final = 100
"""So many conditions may stand within one another, with all they rest on written out."""
MOST_PARTS: Final = 100_000
"""So many parts may all provisions have together, with all they rest on written out."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Of a statement written out."""

    depth: int
    parts: int

    def within(self, levels: int) -> Extent:
        """The same inside so many more parts, one within the other."""
        return Extent(self.depth + levels, self.parts + levels)


def check_extents(rulebook: Rulebook, problems: Collector) -> bool:
    """Note provisions that are too deep, and that there are too many parts; False where there are some.

    Definitions must not run in circles.
    """
    extents = _Extents(rulebook)
    parts = 0
    for name, provision in rulebook.provisions.items():
        extent = extents.of_provision(name)
        if extent.depth > MOST_DEPTH:
            message = f"the provision `{name}` has more than {MOST_DEPTH} conditions within one another"
            problems.at(
                provision.place,
                f"{message}, with all it rests on",
                "Simplify it, or what it rests on: fewer concepts in a row, fewer lists within lists.",
            )
            return False
        parts += extent.parts
        if parts > MOST_PARTS:
            message = f"the provisions as far as `{name}` have more than {MOST_PARTS:,} parts with all they rest on"
            problems.at(provision.place, message, "Name what is repeated less often, or split the rulebook.")
            return False
    return True


class _Extents:
    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._known: dict[tuple[str, str], Extent] = {}
        self._disapplying: dict[str, list[str]] = {}
        for name, provision in rulebook.provisions.items():
            for other in provision.disapplies:
                self._disapplying.setdefault(other, []).append(name)

    def of_provision(self, name: str) -> Extent:
        return self._once(("provision", name), lambda: self._provision(name, self._rulebook.provisions[name]))

    def _provision(self, name: str, provision: Provision) -> Extent:
        stated = [self._of(provision.when)]
        if provision.unless is not None:
            stated.append(self._of(provision.unless).within(2))
        stated += [
            self._of(one) for one in (provision.in_force, provision.concludes, provision.brings) if one is not None
        ]
        stated += [self.of_provision(other).within(2) for other in self._disapplying.get(name, ())]
        return _together(stated)

    def _once(self, key: tuple[str, str], found: Callable[[], Extent]) -> Extent:
        if key not in self._known:
            self._known[key] = found()
        return self._known[key]

    def _of(self, stated: StatedPart) -> Extent:
        concepts, shared = self._rulebook.concepts, self._rulebook.conclusions
        named = names_in(stated)
        for name in named.concepts:
            if name in concepts:
                return self._once(("concept", name), partial(self._of, concepts[name].when)).within(1)
        for name in named.conclusions:
            if name in shared:
                return self._once(("conclusion", name), partial(self._of, shared[name].concludes)).within(1)
        return _together(map(self._of, parts_of(stated)))


def _together(parts: Iterable[Extent]) -> Extent:
    """Of something with these parts."""
    found = list(parts)
    return Extent(
        1 + max((part.depth for part in found), default=0), min(1 + sum(part.parts for part in found), 2 * MOST_PARTS)
    )
