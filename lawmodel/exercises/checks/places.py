"""The right options are spread over the places: by a chi-square test, where there are enough of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lawmodel.exercises.exercise import Exercise, OneChoice
from lawmodel.exercises.laws import Laws

FEWEST = 20
IN_ORDER = ("day", "statement")
"""Kinds whose options have an order of their own."""
CRITICAL = {1: 3.841, 2: 5.991, 3: 7.815, 4: 9.488, 5: 11.07}
"""By degrees of freedom: what chi-square exceeds by chance in one of twenty sets."""


def check(laws: Laws, exercises: Sequence[Exercise]) -> Iterator[tuple[Exercise | None, str]]:
    """Whether some place is right too often, among exercises with as many options."""
    by_size: dict[int, list[int]] = {}
    for one in exercises:
        if isinstance(one.response, OneChoice) and one.kind not in IN_ORDER:
            place = next(number for number, option in enumerate(one.options) if option.right)
            by_size.setdefault(len(one.options), []).append(place)
    for size, found in by_size.items():
        if len(found) < FEWEST or size - 1 not in CRITICAL:
            continue
        expected = len(found) / size
        chi_square = sum((found.count(place) - expected) ** 2 / expected for place in range(size))
        if chi_square > CRITICAL[size - 1]:
            yield None, f"with {size} options the right ones are not spread over the places"
