"""Which differences between two answers make the difference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Final

MOST_TOGETHER: Final = 3
"""Differences are tried alone, in pairs and in threes; beyond that one set is found of which none can be left out."""


def smallest_sets(
    differences: Sequence[str], suffices: Callable[[tuple[str, ...]], bool]
) -> tuple[tuple[str, ...], ...]:
    """The sets of differences that suffice, of the least size at which some do; all differences together suffice."""
    for size in range(min(MOST_TOGETHER, len(differences)) + 1):
        found = tuple(group for group in combinations(differences, size) if suffices(group))
        if found:
            return found
    kept = tuple(differences)
    for name in differences:
        without = tuple(one for one in kept if one != name)
        kept = without if suffices(without) else kept
    return (kept,)
