"""Days off: listed in the head of a rulebook, and kept away from days on which authorities act."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.days_off import is_day_off, working_day
from lawmodel.rulebook.load import load_rulebook

ROOT = Path(__file__).resolve().parents[2]
SOME = ("01-01", "01-02", "02-29", "05-01", "2026-03-09")
DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 31))


def test_the_supplied_law_knows_holidays_and_days_moved_to_others() -> None:
    off = load_rulebook(ROOT / "rules").days_off
    working = [datetime.date(2026, 3, 10), datetime.date(2025, 3, 10), datetime.date(2026, 1, 12)]
    free = [datetime.date(2026, 3, 9), datetime.date(2027, 1, 1), datetime.date(2026, 3, 7), datetime.date(2026, 5, 11)]
    assert not any(is_day_off(off, day) for day in working)
    assert all(is_day_off(off, day) for day in free)


@given(day=DAYS, back=st.booleans())
def test_a_day_is_moved_to_the_nearest_working_day_and_no_further(day: datetime.date, back: bool) -> None:
    found = datetime.date.fromordinal(working_day(SOME, day.toordinal(), back=back))
    assert not is_day_off(SOME, found)
    between = [found, day] if back else [day, found]
    assert between == sorted(between)
    passed = range(min(day, found).toordinal() + (1 if back else 0), max(day, found).toordinal() + (1 if back else 0))
    assert all(is_day_off(SOME, datetime.date.fromordinal(one)) for one in passed)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("[02-30]", "`02-30` is no day"),
        ("[2026-W01-1]", "`2026-W01-1` is no day"),
        ("[{each: 01-01}]", "a day is needed here"),
        ("01-01", "`days_off` is no list of days"),
    ],
)
def test_what_is_no_day_is_told_with_its_place(tmp_path: Path, written: str, says: str) -> None:
    law = tmp_path / "law"
    shutil.copytree(ROOT / "tests/toy/rules", law)
    head = law / "rulebook.yaml"
    head.write_text(head.read_text().replace("rulebook:\n", f"rulebook:\n  days_off: {written}\n", 1))
    with pytest.raises(ProblemsFound) as found:
        load_rulebook(law)
    assert says in str(found.value)
    assert "rulebook.yaml:" in str(found.value)
