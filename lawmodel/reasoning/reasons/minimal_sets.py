"""Smallest sets, by what they must meet.

The sets looked for contain enough of something; each counterexample is a set of which they must contain some member.
So they are the minimal *hitting sets* of all counterexamples, and the lightest set that meets the counterexamples
found so far is either one of them or leads to a new counterexample (Reiter 1987; as "implicit hitting sets" Moreno-
Centeno and Karp 2013). Minimal sets that keep something so, and minimal sets whose loss makes it otherwise, are each
other's minimal hitting sets (Rymon 1994).

A subset is a whole number: its bits say which things are members.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush
from typing import TypeAlias

Subset: TypeAlias = int
Weigh: TypeAlias = Callable[[Subset], int]


def members(subset: Subset) -> Iterator[int]:
    """The numbers of the members, the least first."""
    while subset:
        lowest = subset & -subset
        yield lowest.bit_length() - 1
        subset ^= lowest


def singles(subset: Subset) -> Iterator[Subset]:
    """The members, each as a subset."""
    return (1 << number for number in members(subset))


def minimal(family: Sequence[Subset]) -> list[Subset]:
    """The sets of a family of which none is contained in them; fewest members first."""
    kept: list[Subset] = []
    for one in sorted(set(family), key=lambda subset: (subset.bit_count(), subset)):
        if not any(smaller & one == smaller for smaller in kept):
            kept.append(one)
    return kept


def union(family: Sequence[Subset]) -> Subset:
    """Everything that is a member of some set."""
    found: Subset = 0
    for one in family:
        found |= one
    return found


def separate(family: Sequence[Subset]) -> list[list[Subset]]:
    """The family in parts that share no members."""
    parts: list[tuple[Subset, list[Subset]]] = []
    for one in family:
        joined, together = one, [one]
        apart: list[tuple[Subset, list[Subset]]] = []
        for reach, inside in parts:
            if reach & joined:
                joined, together = joined | reach, inside + together
            else:
                apart.append((reach, inside))
        parts = [*apart, (joined, together)]
    return [inside for _, inside in parts]


def hitting_sets(family: Sequence[Subset], weights: Sequence[int]) -> Iterator[Subset]:
    """The minimal sets that meet every set of a family, the lightest first; weights are positive."""
    return smallest_sets(lambda _: None, list(family), weights)


def smallest_sets(
    counterexample: Callable[[Subset], Subset | None], family: list[Subset], weights: Sequence[int]
) -> Iterator[Subset]:
    """The minimal sets for which there is no counterexample, the lightest first; weights are positive.

    A counterexample to a set is one that every set looked for must meet, and this one does not. The family holds those
    that are known; those found are added to it.
    """
    sets = minimal(family)
    found: list[Subset] = []
    heap: list[tuple[int, int, Subset, Subset, int]] = [(0, 0, 0, 0, 0)]
    made = 0
    while heap:
        _, _, chosen, excluded, weight = heappop(heap)
        if any(smaller & chosen == smaller for smaller in found):
            continue
        left = [one & ~excluded for one in sets if not one & chosen]
        if not left:
            missed = counterexample(chosen)
            if missed is None:
                found.append(chosen)
                yield chosen
                continue
            assert not missed & chosen, "a counterexample to a set does not meet it"
            family.append(missed)
            sets = [one for one in sets if one & missed != missed] + [missed]
            left = [missed & ~excluded]
        for member in sorted(singles(min(left, key=int.bit_count)), key=lambda one: weights[one.bit_length() - 1]):
            heavier = weight + weights[member.bit_length() - 1]
            rest = [one for one in left if not one & member]
            bound = _bound(rest, excluded, weights)
            if bound is not None:
                made += 1
                heappush(heap, (heavier + bound, made, chosen | member, excluded, heavier))
            excluded |= member


def _bound(left: Sequence[Subset], excluded: Subset, weights: Sequence[int]) -> int | None:
    """What has to be added at least to meet the sets left, without what is excluded; None if that cannot be."""
    weight = 0
    counted: Subset = 0
    for one in sorted((one & ~excluded for one in left), key=int.bit_count):
        if not one:
            return None
        if not one & counted:
            weight += min(weights[number] for number in members(one))
            counted |= one
    return weight
