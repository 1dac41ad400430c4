"""The conditions as expressions of Ibis settle on Spark the rows that they settle on DuckDB, records among them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import lawmodel
from lawmodel.batch.rows.expressions import GROUNDS, OUTCOME, settled
from lawmodel.batch.rows.plan import Asked, Plan
from lawmodel.batch.tables.matched import matched
from tests.batch.tables import Memory, table_of
from tests.batch.test_batch_is_decide import collected
from tests.spark.drawn import drawn_laws


def compared(spark: Any, folder: Path, asked: Asked, table: Memory) -> int:
    """Compare both row by row; how many rows are settled."""
    place = folder / "cases.parquet"
    keys = pa.array(range(table.total))
    pq.write_table(pa.table({**table.arrays, "case": keys}), place)
    found = matched(asked.rulebook, table.types)
    plan = Plan(asked, found.columns, found.fields)
    duckdb: Any = ibis.duckdb.connect()
    wanted = settled(plan, duckdb.read_parquet(place)).select("case", OUTCOME, GROUNDS).order_by("case")
    expected = duckdb.to_pyarrow(wanted).to_pylist()
    on_spark: Any = ibis.pyspark.connect(spark)
    answer = settled(plan, on_spark.read_parquet(str(place))).select("case", OUTCOME, GROUNDS).order_by("case")
    # Not by way of Ibis: it would make them floats, which are too short for so many bits.
    assert spark.sql(str(on_spark.compile(answer))).toArrow().to_pylist() == expected
    return sum(one[OUTCOME] is not None for one in expected)


@pytest.mark.parametrize("question", ["extradition", "deployment", "citizenship"])
def test_the_rulebook_supplied(spark: Any, tmp_path: Path, question: str) -> None:
    rulebook = lawmodel.load_rulebook()
    rows = [*collected(rulebook, question, False, 20), *collected(rulebook, question, 0.1, 20)]
    assert compared(
        spark, tmp_path, Asked(rulebook, question, {}), table_of(rulebook, rows, rulebook.facts, typed=True)
    )


def test_random_laws(spark: Any, tmp_path: Path) -> None:
    some = 0
    for one in drawn_laws(5):
        table = table_of(one.asked.rulebook, one.cases, one.asked.rulebook.facts, typed=True)
        some += compared(spark, tmp_path, one.asked, table)
    assert some
