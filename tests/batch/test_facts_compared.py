"""Tables in which days are measured from each other, and numbers compared: each row as `decide` answers it."""

from __future__ import annotations

import datetime
import random
from pathlib import Path

import pytest

from lawmodel.batch.rows import completed
from lawmodel.batch.rows.plan import Asked
from lawmodel.inputs import Value
from tests.batch.tables import answered, by_decide, table_of
from tests.batch.test_expressions import BACKENDS, same
from tests.inquiry import test_numbers_of_facts as numbers
from tests.inquiry import test_time_between_facts as times

LEAP = datetime.date(2024, 2, 29).toordinal()
BORN = datetime.date(2006, 2, 28).toordinal()
EARLY = "{decision.notified: {on_or_before: 2024-03-01}}"
LAWS = (times.TERM, times.MINOR, times.SIX_MONTHS, f"{{all: [{times.TERM}, {EARLY}]}}")
LITTLE = "{loan.limit: {at_most: 738944}}"
LATE = "{loan.due: {after: loan.day}}"
NUMBERS = (
    numbers.WITHIN,
    numbers.PLEDGED,
    f"{{all: [{numbers.WITHIN}, {numbers.PLEDGED}]}}",
    f"{{all: [{numbers.WITHIN}, {LITTLE}, {LATE}]}}",
)
GREAT = (0, 1, 2, 5, 6, LEAP, LEAP + 1, 2**31 - 2, 2**31 - 1, 2**32 + 1, 2**32 + 5, 10**14)
"""Numbers that are days, too, or that 32 bits cannot tell apart."""


def near(chance: random.Random, day: int) -> int | None:
    return None if chance.random() < 0.2 else day + chance.randrange(-3, 4)


def of_times(chance: random.Random) -> dict[str, Value]:
    period = {"signed": near(chance, LEAP), "to": chance.choice((-1, 10_000_000, near(chance, LEAP + 182)))}
    return {
        "decision.made": near(chance, LEAP + chance.choice((4, 10, 40))),
        "decision.notified": near(chance, LEAP),
        "person.born": near(chance, BORN),
        "service": None if chance.random() < 0.1 else (period,) * chance.randrange(3),
    }


def of_numbers(chance: random.Random) -> dict[str, Value]:
    def some() -> int | None:
        return chance.choice((*GREAT, None))

    worth = tuple({"worth": some()} for _ in range(chance.randrange(3)))
    return {
        "loan.day": chance.choice((None, LEAP)),
        "loan.due": None,
        "loan.sum": some(),
        "loan.limit": some(),
        "pledges": worth,
    }


def check(asked: Asked, rows: list[dict[str, Value]], *, typed: bool) -> None:
    table = table_of(asked.rulebook, rows, [*rows[0]], typed=typed)
    found, rejected, _ = answered(asked, table, rows=100, turns_on=True)
    assert not rejected
    for number, facts in enumerate(rows, 1):
        assert found[number] == by_decide(asked, facts), facts


@pytest.mark.parametrize("when", LAWS)
def test_time_between_columns(tmp_path: Path, when: str) -> None:
    chance = random.Random(when)  # noqa: S311 - the same each time
    asked = Asked(times.law(tmp_path, when), "release", {})
    rows = [of_times(chance) for _ in range(40)]
    check(asked, rows, typed=True)
    check(asked, rows, typed=False)


@pytest.mark.parametrize("most", [0, completed.MOST_COMPLETIONS])
@pytest.mark.parametrize("when", NUMBERS)
def test_numbers_of_columns(tmp_path: Path, when: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completed, "MOST_COMPLETIONS", most)
    chance = random.Random(when)  # noqa: S311 - the same each time
    asked = Asked(numbers.law(tmp_path, when), "loan", {})
    check(asked, [of_numbers(chance) for _ in range(80)], typed=False)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("when", LAWS)
def test_time_between_columns_in_a_database(tmp_path: Path, when: str, backend: str) -> None:
    chance = random.Random(when)  # noqa: S311 - the same each time
    asked = Asked(times.law(tmp_path, when), "release", {})
    rows = [of_times(chance) for _ in range(40)]
    same(asked, table_of(asked.rulebook, rows, [*rows[0]], typed=True), backend)
