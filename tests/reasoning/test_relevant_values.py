"""The values that can matter, by definition: whatever another value does, one of these does too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.inputs import FIRST_DAY, LAST_DAY
from lawmodel.reasoning import relevant_values
from lawmodel.reasoning.formula import AFTER_EVERY_DAY, NO_DAY, Domain
from lawmodel.reasoning.relevant_values import RelevantChoices, places

LETTERS = tuple("abcdefgh")


@given(st.sets(st.integers(0, 30), min_size=1), st.integers(1, 4))
def test_every_number_stands_to_the_constants_as_one_of_those_kept(constants: set[int], reach: int) -> None:
    """On the same side of each, and with as much room on the way, as far as the reach goes."""

    def standing(value: int) -> list[int]:
        return [max(-reach, min(reach, value - constant)) for constant in constants]

    kept = places(Domain("number"), constants, reach)
    assert kept == sorted(set(kept))
    assert all(any(standing(value) == standing(one) for one in kept) for value in range(40))


SETS = st.lists(st.sets(st.sampled_from(LETTERS)), max_size=3)


@given(SETS, SETS, st.integers(1, 2))
def test_every_choice_is_like_one_of_those_kept(named: list[set[str]], others: list[set[str]], of_each: int) -> None:
    """The same comparisons name it, and the same inputs can have it; of such there are as many as are wanted."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(relevant_values, "MOST_NAMED", 1)
        found = RelevantChoices(
            Domain("choice", LETTERS), named, [Domain("choice", tuple(one)) for one in others], of_each
        )
    for choice in LETTERS:
        alike = [one for one in LETTERS if all((one in o) == (choice in o) for o in [*named, *others])]
        assert len(set(alike) & set(found.values)) == min(of_each, len(alike))
        standing = found.standing_for(choice)
        assert standing in set(alike) & set(found.values)
        assert standing == choice or choice not in found.values


def test_what_is_no_day_of_the_domain_is_left_out() -> None:
    date = Domain("date", special=frozenset({NO_DAY, AFTER_EVERY_DAY}))
    assert places(date, {FIRST_DAY, LAST_DAY, NO_DAY, True, "red"}) == [
        NO_DAY,
        FIRST_DAY,
        FIRST_DAY + 1,
        LAST_DAY - 1,
        LAST_DAY,
        AFTER_EVERY_DAY,
    ]
