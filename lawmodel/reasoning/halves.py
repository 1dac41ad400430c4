"""Finding the few that fail a test, where most pass it together."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def whole_or_halves(keys: Sequence[str], passes: Callable[[Sequence[str]], bool]) -> set[str]:
    """The keys in the groups that pass a test: all of them, or else those of either half that do, and so on."""
    if not keys or passes(keys):
        return set(keys)
    if len(keys) == 1:
        return set()
    half = len(keys) // 2
    return whole_or_halves(keys[:half], passes) | whole_or_halves(keys[half:], passes)
