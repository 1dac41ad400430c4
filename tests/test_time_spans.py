"""The calendar rule of spans of time: what it says of single days, and what holds of all of them."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.inputs import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, NO_DAY
from lawmodel.time_spans import CALENDAR_KEYS, TimeSpan, full_units, length, moved, span_and_day, span_in_words
from tests.plain_reading import so_long
from tests.sizes import one_in

FOUR_CENTURIES = range(datetime.date(1900, 1, 1).toordinal(), datetime.date(2300, 1, 2).toordinal())
"""After which the calendar comes round again."""
RULES = [dict(zip(CALENDAR_KEYS, answers, strict=True)) for answers in itertools.product(*CALENDAR_KEYS.values())]
DAYS = st.integers(datetime.date.min.toordinal(), datetime.date.max.toordinal())
SPANS = st.builds(
    TimeSpan,
    st.integers(1, 400),
    st.sampled_from(["day", "week", "month", "year"]),
    st.sampled_from(["after", "before"]),
).flatmap(lambda span: st.sampled_from([span.by(rule) for rule in RULES]))


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


def _moved(text: str, rule: Mapping[str, str] = {}) -> int:
    read = span_and_day(text)
    assert read is not None
    span, day = read[0].by(rule), read[1]
    assert span.written(day) == text
    assert span_in_words(span.of(day)) == (span, day)
    return moved(datetime.date.fromisoformat(day).toordinal(), span)


@pytest.mark.parametrize(
    ("span", "day", "found", "rule"),
    [
        ("10 days after", "2026-03-01", "2026-03-10", {"first_day": "counted"}),
        ("1 week before", "2026-03-01", "2026-02-23", {"first_day": "counted"}),
        ("6 months after", "2026-02-01", "2026-07-31", {"first_day": "counted"}),
        ("1 month after", "2026-01-31", "2026-03-01", {"end_of_month": "next_day"}),
        ("1 month after", "2026-01-29", "2026-03-01", {"end_of_month": "next_day"}),
        ("1 month after", "2026-01-28", "2026-02-28", {"end_of_month": "next_day"}),
        ("1 month before", "2026-03-31", "2026-03-01", {"end_of_month": "next_day"}),
        ("1 month after", "2026-01-31", "2026-02-28", {"leap_day": "march_1"}),
        ("1 year after", "2024-02-29", "2025-03-01", {"leap_day": "march_1"}),
        ("1 year after", "2024-02-29", "2025-02-28", {"end_of_month": "next_day"}),
        ("12 months after", "2024-02-29", "2025-03-01", {"end_of_month": "next_day"}),
        ("4 years after", "2024-02-29", "2028-02-29", {"leap_day": "march_1"}),
        ("1 year after", "2024-02-29", "2025-02-28", {"leap_day": "march_1", "first_day": "counted"}),
        ("1 month after", "9999-12-01", "9999-12-31", {"first_day": "counted"}),
        ("1 month before", "0001-01-31", "0001-01-01", {"first_day": "counted"}),
    ],
)
def test_what_the_other_calendar_rules_say(span: str, day: str, found: str, rule: Mapping[str, str]) -> None:
    assert _moved(f"{span} {day}", rule) == datetime.date.fromisoformat(found).toordinal()


@pytest.mark.parametrize("text", ["10 days", "ten days after x", "10 days after", "-1 day after x", "1 day after x y"])
def test_what_is_no_span(text: str) -> None:
    assert span_and_day(text) is None


@given(DAYS, SPANS)
def test_the_rule_counts_as_one_counts_on_a_calendar(day: int, span: TimeSpan) -> None:
    rule = {"past_end": span.past_end, "counts_first": span.counts_first}
    assert moved(day, span) == so_long(day, span.count, span.unit, span.direction, **rule)


def _months(count: int, rule: Mapping[str, str] = RULES[0]) -> TimeSpan:
    return TimeSpan(abs(count), "month", "after" if count > 0 else "before").by(rule)


@pytest.mark.parametrize(("months", "rule"), one_in(5, [*itertools.product((1, -1, 6, 12, -216), RULES[::3])]))
def test_a_later_day_is_moved_to_none_that_is_earlier(months: int, rule: Mapping[str, str]) -> None:
    found = [moved(day, _months(months, rule)) for day in FOUR_CENTURIES]
    assert all(one <= other for one, other in pairwise(found))
    assert len(FOUR_CENTURIES) - len(set(found)) == sum(1 for one, other in pairwise(found) if one == other)


@pytest.mark.parametrize("months", one_in(3, [1, 6, 12]))
def test_there_and_back_is_at_most_three_days_earlier(months: int) -> None:
    there, back = _months(months), _months(-months)
    assert {day - moved(moved(day, there), back) for day in FOUR_CENTURIES} <= {0, 1, 2, 3}


@given(SPANS)
def test_special_days_stay_what_they_are(span: TimeSpan) -> None:
    for day in (NO_DAY, BEFORE_EVERY_DAY, AFTER_EVERY_DAY):
        assert moved(day, span) == day


@pytest.mark.parametrize(("months", "rule"), one_in(4, [*itertools.product((1, -1, 6, 12, -216), RULES[::3])]))
def test_how_long_months_are_at_least_and_at_most(months: int, rule: Mapping[str, str]) -> None:
    span = _months(months, rule)
    found = {moved(day, span) - day for day in FOUR_CENTURIES}
    assert length(span) == (min(found), max(found))


@given(DAYS, DAYS, SPANS)
def test_how_much_time_has_passed_in_full_units(one: int, other: int, span: TimeSpan) -> None:
    since, until = sorted((one, other))
    full = full_units(since, until, span)
    after = [moved(since, replace(span, count=count, direction="after")) for count in (full, full + 1)]
    assert full == 0 or after[0] <= until
    assert until < after[1]
