"""Minimal hitting sets against all subsets, and in order."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from lawmodel.reasoning.reasons.minimal_sets import (
    Subset,
    hitting_sets,
    members,
    minimal,
    separate,
    smallest_sets,
    union,
)

SIZE = 7
families = st.lists(st.integers(1, (1 << SIZE) - 1), max_size=6)
weights = st.lists(st.integers(1, 50), min_size=SIZE, max_size=SIZE, unique=True)


def weigh(subset: Subset, each: list[int]) -> int:
    return sum(each[number] for number in members(subset))


def all_hitting(family: list[Subset]) -> set[Subset]:
    every = [one for one in range(1 << SIZE) if all(one & other for other in family)]
    return {one for one in every if not any(other != one and other & one == other for other in every)}


@given(families, weights)
def test_the_minimal_hitting_sets_are_all_and_the_lightest_come_first(family: list[Subset], each: list[int]) -> None:
    found = list(hitting_sets(family, each))
    assert set(found) == all_hitting(family)
    assert len(found) == len(set(found))
    assert [weigh(one, each) for one in found] == sorted(weigh(one, each) for one in found)


@given(families, weights, st.integers(0, 6))
def test_sets_for_which_there_is_no_counterexample(family: list[Subset], each: list[int], known: int) -> None:
    """Whatever is known of the family at first, what is asked for leads to the same sets in the same order."""

    def missed(chosen: Subset) -> Subset | None:
        return next((one for one in family if not one & chosen), None)

    seen = family[:known]
    assert list(smallest_sets(missed, seen, each)) == list(hitting_sets(family, each))
    assert set(minimal(seen)) == set(minimal(family))


def test_minimal_sets_come_with_the_fewest_members_first() -> None:
    assert minimal([0b0111, 0b0011, 0b1000, 0b1100, 0b1000]) == [0b1000, 0b0011]


@given(families)
def test_parts_share_nothing_and_their_hitting_sets_combine_to_those_of_the_whole(family: list[Subset]) -> None:
    parts = separate(family)
    assert sorted(one for part in parts for one in part) == sorted(family)
    reaches = [union(part) for part in parts]
    assert sum(reach.bit_count() for reach in reaches) == union(family).bit_count()
    each = [1] * SIZE
    combined = {union(chosen) for chosen in product(*(hitting_sets(part, each) for part in parts))}
    assert combined == all_hitting(family)


def test_what_cannot_be_met_has_no_hitting_set() -> None:
    assert list(hitting_sets([0b1, 0], [1])) == []
    assert list(hitting_sets([], [1])) == [0]
