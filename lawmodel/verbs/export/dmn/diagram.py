"""Where the parts of a model stand in its diagram: inputs below, the answer on top, each above what it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final

from lawmodel.dataclass import dataclass

_WIDTH, _HEIGHT = 230, 56
_GAP_ACROSS, _GAP_UP = 24, 90
_ROW: Final = 9
"""So many stand side by side at most."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, by its upper left corner."""

    x: int
    y: int
    width: int = _WIDTH
    height: int = _HEIGHT

    @property
    def top(self) -> tuple[int, int]:
        """The middle of the upper side."""
        return self.x + self.width // 2, self.y

    @property
    def bottom(self) -> tuple[int, int]:
        """The middle of the lower side."""
        return self.x + self.width // 2, self.y + self.height


def places(needs: Mapping[str, Set[str]], inputs: Iterable[str], provisions: Set[str]) -> dict[str, Box]:
    """The place of each decision and input; ``needs`` names what each decision uses.

    In its order a decision comes after those that it uses. Provisions stand together, below the answer.
    """
    level: dict[str, int] = dict.fromkeys(inputs, 0)
    for name, used in needs.items():
        level[name] = 1 + max((level[one] for one in used), default=0)
    highest = max((level[one] for one in provisions), default=0)
    level.update((name, max(level[name], highest)) for name in provisions)
    rows: list[list[str]] = []
    for number in sorted(set(level.values()), reverse=True):
        here = [name for name, at in level.items() if at == number]
        count = -(-len(here) // _ROW)
        size = -(-len(here) // count)
        rows += [here[start : start + size] for start in range(0, len(here), size)]
    widest = max(map(len, rows), default=0) * (_WIDTH + _GAP_ACROSS)
    found: dict[str, Box] = {}
    for number, row in enumerate(rows):
        start = (widest - len(row) * (_WIDTH + _GAP_ACROSS)) // 2
        for place, name in enumerate(row):
            found[name] = Box(40 + start + place * (_WIDTH + _GAP_ACROSS), 40 + number * (_HEIGHT + _GAP_UP))
    return found


def line(lower: Box, upper: Box) -> Sequence[tuple[int, int]]:
    """The points of an arrow from what is needed to what needs it."""
    return [lower.top, upper.bottom]
