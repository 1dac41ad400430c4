"""The smallest sets of differences that suffice."""

from __future__ import annotations

import pytest

from lawmodel.verbs.compare.smallest_sets import smallest_sets


@pytest.mark.parametrize(
    ("needed", "found"),
    [
        ([{"b"}], (("b",),)),
        ([{"d"}, {"a"}, {"b", "c"}], (("a",), ("d",))),
        ([{"a", "d"}, {"b", "c"}], (("a", "d"), ("b", "c"))),
        ([{"a", "b", "c", "d"}], (("a", "b", "c", "d"),)),
        ([set[str]()], ((),)),
    ],
)
def test_those_of_the_least_size(needed: list[set[str]], found: tuple[tuple[str, ...], ...]) -> None:
    assert smallest_sets("abcde", lambda group: any(one <= set(group) for one in needed)) == found


def test_nothing_differs() -> None:
    assert smallest_sets([], lambda group: True) == ((),)
