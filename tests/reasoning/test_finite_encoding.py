"""The row of places stands for the calendar: every order of a few days among constants is an order of places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lawmodel.inputs import FIRST_DAY, LAST_DAY, NEVER_REACHED
from lawmodel.reasoning.formula import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, NO_DAY
from lawmodel.reasoning.solving.finite_encoding import row_of

constants = st.sets(st.sampled_from([FIRST_DAY, 2, 5, 6, 40, 700_000, 700_003, LAST_DAY - 1, LAST_DAY]))


@given(constants, st.integers(1, 4))
def test_places_are_values_in_the_same_order(named: set[int], inputs: int) -> None:
    row = row_of(named, inputs, of_days=True)
    values = [row.value(place) for place in range(row.first, row.last + 1)]
    assert values == sorted(set(values))
    assert values[0] >= FIRST_DAY
    assert values[-1] <= LAST_DAY
    assert all(row.value(row.places[day]) == day for day in named)
    assert row.places[NO_DAY] < row.places[BEFORE_EVERY_DAY] < row.first
    assert row.last < row.places[AFTER_EVERY_DAY] < 1 << row.bits


@given(constants, st.integers(1, 4))
def test_between_two_constants_there_is_room_for_all_inputs_or_all_days(named: set[int], inputs: int) -> None:
    row = row_of(named, inputs, of_days=True)
    days = [FIRST_DAY - 1, *sorted(named), LAST_DAY + 1]
    places = [row.first - 1, *(row.places[day] for day in sorted(named)), row.last + 1]
    for number in range(len(days) - 1):
        room = places[number + 1] - places[number] - 1
        assert room == min(days[number + 1] - days[number] - 1, inputs)


def test_numbers_begin_with_nought_and_have_no_end() -> None:
    row = row_of({3}, 2, of_days=False)
    assert [row.value(place) for place in range(row.first, row.last + 1)] == [0, 1, 3, 4, 5]
    assert row_of({0, NEVER_REACHED}, 1, of_days=False).places[0] == 0
