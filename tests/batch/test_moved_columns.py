"""Columns of days that spans move: day for day as a single one is moved, by every calendar rule."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from random import Random

import numpy as np
import pytest

from lawmodel.batch.rows.moved_days import moved
from lawmodel.inputs import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, FIRST_DAY, LAST_DAY, NO_DAY
from lawmodel.time_spans import CALENDAR_KEYS, Direction, TimeSpan
from lawmodel.time_spans import moved as moved_day

RULES = [dict(zip(CALENDAR_KEYS, answers, strict=True)) for answers in itertools.product(*CALENDAR_KEYS.values())]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: "-".join(rule.values()))
@pytest.mark.parametrize("direction", ["after", "before"])
def test_a_column_is_moved_day_for_day(rule: Mapping[str, str], direction: Direction) -> None:
    chance = Random(5)  # noqa: S311 - the same each time
    days = [
        NO_DAY,
        BEFORE_EVERY_DAY,
        AFTER_EVERY_DAY,
        *range(FIRST_DAY, FIRST_DAY + 70),
        *range(LAST_DAY - 70, LAST_DAY),
    ]
    days += [chance.randrange(FIRST_DAY, LAST_DAY) for _ in range(200)]
    for span in (TimeSpan(1, "day", direction), TimeSpan(1, "month", direction), TimeSpan(18, "year", direction)):
        one = span.by(rule)
        assert moved(np.array(days), one, np.where).tolist() == [moved_day(day, one) for day in days]
