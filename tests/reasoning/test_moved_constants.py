"""What the solver is told of a month in which a day is moved wrongly: where each day of it goes, and no more."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping

import pytest
import z3

from lawmodel.inputs import FIRST_DAY, LAST_DAY
from lawmodel.reasoning.solving.moved_days import moved_day, remarked
from lawmodel.time_spans import CALENDAR_KEYS, Direction, TimeSpan, moved

RULES = [dict(zip(CALENDAR_KEYS, answers, strict=True)) for answers in itertools.product(*CALENDAR_KEYS.values())]
MONTHS = (FIRST_DAY, datetime.date(2026, 1, 1).toordinal(), LAST_DAY - 30)
"""The first of the calendar, one between others that are shorter or as long, and the last."""


@pytest.mark.parametrize("rule", RULES[::3], ids=lambda rule: "-".join(rule.values()))
@pytest.mark.parametrize("direction", ["after", "before"])
def test_each_day_of_a_month_is_moved_as_the_calendar_has_it(rule: Mapping[str, str], direction: Direction) -> None:
    span = TimeSpan(1, "month", direction).by(rule)
    said = "\n".join(moved_day("there", "day", span))
    (constant,) = remarked(said)
    assert constant.span == span
    declared = f"(declare-const day Int){said}"
    day, there = z3.Ints("day there")
    for one in MONTHS:
        solver = z3.Solver()
        solver.from_string(declared + constant.fact(one))
        for near in (one, one + 1, one + 28, one + 30):
            right = moved(near, span)
            assert solver.check(day == near, there == right) == z3.sat
        assert solver.check(day == one, there != moved(one, span)) == z3.unsat
