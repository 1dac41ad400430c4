"""The calendar rule of spans of time: what it says of single days, and what holds of all of them."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.inputs import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, NO_DAY
from lawmodel.time_spans import TimeSpan, Unit, full_units, length, moved, moved_by, span_and_day
from tests.plain_reading import so_long
from tests.sizes import one_in

FOUR_CENTURIES = range(datetime.date(1900, 1, 1).toordinal(), datetime.date(2300, 1, 2).toordinal())
"""After which the calendar comes round again."""
DAYS = st.integers(datetime.date.min.toordinal(), datetime.date.max.toordinal())
SPANS = st.builds(
    TimeSpan,
    st.integers(0, 400),
    st.sampled_from(["day", "week", "month", "year"]),
    st.sampled_from(["after", "before"]),
)


@pytest.mark.parametrize(
    ("span", "day", "found"),
    [
        ("10 days after", "2026-03-01", "2026-03-11"),
        ("0 days after", "2026-03-01", "2026-03-01"),
        ("1 week before", "2026-03-01", "2026-02-22"),
        ("1 month after", "2026-01-31", "2026-02-28"),
        ("1 month after", "2028-01-31", "2028-02-29"),
        ("1 month before", "2026-03-31", "2026-02-28"),
        ("1 year after", "2024-02-29", "2025-02-28"),
        ("4 years after", "2024-02-29", "2028-02-29"),
        ("18 years before", "2026-03-19", "2008-03-19"),
        ("13 months after", "2025-12-31", "2027-01-31"),
    ],
)
def test_what_the_calendar_rule_says(span: str, day: str, found: str) -> None:
    assert _moved(f"{span} {day}") == datetime.date.fromisoformat(found).toordinal()


def _moved(text: str) -> int:
    read = span_and_day(text)
    assert read is not None
    span, day = read
    assert span.of(day) == text
    return moved(datetime.date.fromisoformat(day).toordinal(), span.days, span.months)


@pytest.mark.parametrize("text", ["10 days", "ten days after x", "10 days after", "-1 day after x", "1 day after x y"])
def test_what_is_no_span(text: str) -> None:
    assert span_and_day(text) is None


@given(DAYS, SPANS)
def test_the_rule_counts_as_one_counts_on_a_calendar(day: int, span: TimeSpan) -> None:
    try:
        counted = so_long(day, span.count, span.unit, span.direction)
        datetime.date.fromordinal(counted)
    except (ValueError, AssertionError):
        counted = AFTER_EVERY_DAY if span.direction == "after" else BEFORE_EVERY_DAY
    assert moved(day, span.days, span.months) == counted


@pytest.mark.parametrize("months", one_in(5, [1, -1, 6, 12, -216]))
def test_a_later_day_is_moved_to_none_that_is_earlier(months: int) -> None:
    found = [moved(day, 0, months) for day in FOUR_CENTURIES]
    assert all(one <= other for one, other in pairwise(found))
    assert len(FOUR_CENTURIES) - len(set(found)) == sum(
        1 for one, other in pairwise(FOUR_CENTURIES) if moved(one, 0, months) == moved(other, 0, months)
    )


@pytest.mark.parametrize("months", one_in(3, [1, 6, 12]))
def test_there_and_back_is_at_most_three_days_earlier(months: int) -> None:
    assert {day - moved(moved(day, 0, months), 0, -months) for day in FOUR_CENTURIES} <= {0, 1, 2, 3}


@given(SPANS)
def test_special_days_stay_what_they_are(span: TimeSpan) -> None:
    for day in (NO_DAY, BEFORE_EVERY_DAY, AFTER_EVERY_DAY):
        assert moved(day, span.days, span.months) == day


@pytest.mark.parametrize("months", [1, -1, 6, 12, -216])
def test_how_long_months_are_at_least_and_at_most(months: int) -> None:
    found = {moved(day, 0, months) - day for day in FOUR_CENTURIES}
    assert length(TimeSpan(abs(months), "month", "after" if months > 0 else "before")) == (min(found), max(found))


@given(DAYS, DAYS, st.sampled_from(["day", "week", "month", "year"]))
def test_how_much_time_has_passed_in_full_units(one: int, other: int, unit: Unit) -> None:
    since, until = sorted((one, other))
    full = full_units(since, until, unit)
    after = [moved_by(since, (TimeSpan(count, unit, "after"),)) for count in (full, full + 1)]
    assert after[0] <= until < after[1]
