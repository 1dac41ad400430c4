"""A frame of Spark is answered as `decide` answers each case of it."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import lawmodel
from lawmodel.batch.rows.answers import RowAnswer
from lawmodel.batch.rows.plan import Asked
from lawmodel.batch.rows.ways import ways_of
from lawmodel.batch.spark.on_spark import decided
from lawmodel.batch.tables.matched import UnknownColumns
from lawmodel.batch.tables.slices import NotATable
from tests.batch.tables import Facts, Memory, by_decide, table_of
from tests.batch.test_batch_is_decide import collected
from tests.spark.drawn import drawn_laws


def frame_of(spark: Any, folder: Path, table: Memory) -> Any:
    """A table as Spark reads it from Parquet, its cases named by their numbers."""
    keys = pa.array([str(number) for number in range(1, table.total + 1)])
    place = folder / f"cases-{random.random()}.parquet"  # noqa: S311 - a name
    pq.write_table(pa.table({**table.arrays, "case": keys}), place)
    return spark.read.parquet(str(place)).repartition(3)


def answers(frame: Any, label: str = "") -> tuple[dict[int, RowAnswer], set[int]]:
    """The answers by the number of the case; and the rejected ones."""
    found: dict[int, RowAnswer] = {}
    rejected: set[int] = set()
    for row in frame.toArrow().to_pylist():
        if row["rejected"] is not None:
            assert row["rejected"]["reason"]
            assert row["rejected"]["mend"]
            rejected.add(int(row["case"]))
            continue
        one = {name: row[f"{name}[{label}]" if label else name] for name in RowAnswer.__slots__ if name != "turns_on"}
        turns_on = tuple(tuple(group.split(" + ")) for group in row.get("turns_on", ()))
        lists = {name: tuple(one[name]) for name in ("possible", "grounds", "grounds_between")}
        found[int(row["case"])] = RowAnswer(one["status"], one["outcome"], **lists, turns_on=turns_on)
    return found, rejected


def same(spark: Any, folder: Path, asked: Asked, cases: Sequence[Facts], paths: Sequence[str], typed: bool) -> set[int]:
    table = table_of(asked.rulebook, cases, paths, typed=typed)
    found, rejected = answers(decided(asked, frame_of(spark, folder, table), turns_on=True))
    for number, facts in enumerate(cases, 1):
        assert found.get(number) == by_decide(asked, facts), (number, facts)
        assert (number in rejected) == (number not in found)
    return rejected


@pytest.mark.parametrize("question", lawmodel.load_rulebook().questions)
def test_the_rulebook_supplied(spark: Any, tmp_path: Path, question: str) -> None:
    rulebook = lawmodel.load_rulebook()
    cases = collected(rulebook, question, 0.1, 40)
    assert not same(spark, tmp_path, Asked(rulebook, question, {}), cases, [*rulebook.facts], typed=True)


def test_random_laws(spark: Any, tmp_path: Path) -> None:
    refused = 0
    for number, one in enumerate(drawn_laws(6)):
        paths = [*one.asked.rulebook.facts]
        refused += len(same(spark, tmp_path, one.asked, one.cases, paths, typed=number % 2 == 0))
    assert refused, "days in an impossible order occur in them"


def test_several_ways(spark: Any, tmp_path: Path) -> None:
    rulebook = lawmodel.load_rulebook()
    question, reading = next(iter(rulebook.questions)), next(iter(rulebook.readings))
    cases = collected(rulebook, question, 0.1, 15)
    ways = ways_of(Asked(rulebook, question, {}), [reading])
    frame = decided(ways, frame_of(spark, tmp_path, table_of(rulebook, cases, rulebook.facts, typed=True)))
    for way in ways:
        found, _ = answers(frame, way.label)
        for number, facts in enumerate(cases, 1):
            exact = by_decide(way, facts)
            assert exact is not None
            assert (found[number].outcome, found[number].grounds) == (exact.outcome, exact.grounds)


def test_odd_columns(spark: Any, tmp_path: Path) -> None:
    rulebook = lawmodel.load_rulebook()
    frame = spark.sql(
        "SELECT 1 AS case, true AS `person.present_in_russia`, map('a', 1) AS `m.a``p`, 2 AS `A b`, "
        "interval 1 year AS `case `"
    )
    question = next(iter(rulebook.questions))
    with pytest.raises(UnknownColumns) as refused:
        decided(Asked(rulebook, question, {}), frame)
    for name in ("m.a`p", "A b", "case "):
        assert f"there is no fact `{name}`" in str(refused.value)
    found = decided(Asked(rulebook, question, {}), frame, ignored=["m.a`p", "A b", "case "]).collect()
    exact = by_decide(Asked(rulebook, question, {}), {"person.present_in_russia": True})
    assert exact is not None
    assert [(one["case"], one["status"], one["outcome"]) for one in found] == [(1, exact.status, exact.outcome)]


def test_what_is_no_table_of_cases(spark: Any) -> None:
    rulebook = lawmodel.load_rulebook()
    asked = Asked(rulebook, next(iter(rulebook.questions)), {})
    for statement, wrong, says in (
        ("SELECT true AS `person.present_in_russia`", NotATable, "no column `case`"),
        ("SELECT 1 AS case, 2 AS case", NotATable, "more than one column `case`"),
        ("SELECT 1 AS case, map(1, 2) AS `person.present_in_russia`", UnknownColumns, "holds map"),
        ("SELECT 1 AS case, interval 1 year AS `person.present_in_russia`", UnknownColumns, "holds interval year"),
        ("SELECT 1 AS case, '[]' AS service", UnknownColumns, "holds string. It should hold arrays of structs"),
        ("SELECT 1 AS case, 1 AS `person.present_in_rusia`", UnknownColumns, "Did you mean person.present"),
    ):
        with pytest.raises(wrong, match=says):
            decided(asked, spark.sql(statement))


def test_a_timestamp_is_the_day_of_the_session(spark: Any) -> None:
    rulebook = lawmodel.load_rulebook()
    asked = Asked(rulebook, "extradition", {}, presume=True)
    moment = "SELECT 1 AS case, timestamp '{}' AS `decision.made`, timestamp '{}' AS `request.received`"
    before = spark.conf.get("spark.sql.session.timeZone")
    try:
        spark.conf.set("spark.sql.session.timeZone", "Asia/Tashkent")
        backwards = moment.format("2026-03-19T23:00:00+05:00", "2026-03-20T01:00:00+05:00")
        one_day = moment.format("2026-03-20T03:00:00+05:00", "2026-03-20T23:00:00+05:00")
        [row] = decided(asked, spark.sql(backwards)).collect()
        assert "20 March 2026 comes after 19 March 2026" in row["rejected"]["reason"]
        [row] = decided(asked, spark.sql(one_day)).collect()
        assert row["rejected"] is None
    finally:
        spark.conf.set("spark.sql.session.timeZone", before)


def test_the_example_of_the_documentation(spark: Any, tmp_path: Path) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "batch.md").read_text(encoding="utf-8")
    [block] = [one for one in re.findall(r"^```python\n(.*?)^```$", text, re.S | re.M) if "on_spark" in one]
    (tmp_path / "cases").mkdir()
    cases = pa.table({"case": ["a", "b"], "decision.made": ["2026-04-22", "2026-02-30"], "note": ["", ""]})
    pq.write_table(cases, tmp_path / "cases" / "all.parquet")
    exec(compile(block.replace("s3a://…", str(tmp_path)), "docs/batch.md", "exec"), {"spark": spark})  # noqa: S102
    [row] = spark.read.parquet(str(tmp_path / "answers")).collect()
    assert row["case"] == "a", "the other one is rejected: there is no such day"
    assert row["status"] in ("determined", "depends")
