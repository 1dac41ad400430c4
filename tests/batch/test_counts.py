"""Rows under a law that counts: as `decide` answers them, in blocks and by expressions of a database."""

from __future__ import annotations

import datetime
import random
from pathlib import Path

import pytest

from lawmodel.batch.rows.plan import Asked
from lawmodel.inputs import Value
from lawmodel.rulebook.model import Rulebook
from tests.batch.tables import answered, by_decide, table_of
from tests.batch.test_expressions import same
from tests.inquiry.counting_law import combat_pay


@pytest.fixture
def law(tmp_path: Path) -> Rulebook:
    return combat_pay(tmp_path)


def rows(count: int) -> list[dict[str, Value]]:
    chance = random.Random(1)  # noqa: S311 - reproducible
    truths = (True, True, False, None)
    return [
        {
            "claim.made": datetime.date(2025, 6, 1).toordinal(),
            **{f"unit.{name}": chance.choice(truths) for name in ("abroad", "armed", "attacked")},
            "service": None
            if chance.random() < 0.1
            else tuple(
                {"fought": chance.choice(truths), "paid": chance.choice(truths)} for _ in range(chance.randrange(5))
            ),
        }
        for _ in range(count)
    ]


def test_rows_are_counted_as_cases_are(law: Rulebook) -> None:
    asked, cases = Asked(law, "pay", {}), rows(80)
    found, rejected, _ = answered(asked, table_of(law, cases, law.facts, typed=True))
    assert not rejected
    assert found == {number: by_decide(asked, facts) for number, facts in enumerate(cases, 1)}


def test_a_database_counts_too(law: Rulebook) -> None:
    same(Asked(law, "pay", {}), table_of(law, rows(200), law.facts, typed=True), "duckdb")
