"""DuckDB databases as tables of cases and of answers: the same answers, and what cannot be read is said."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.batch.tables.sources import source_of
from lawmodel.batch.writing.written_database import AnswersDatabase
from lawmodel.verbs.batch.command import command
from lawmodel.verbs.tabulate.command import command as tabulate_command
from tests.batch.splitting import SERVED, asked_and_rows, stored
from tests.batch.tables import answered, by_decide, table_of
from tests.random_rulebooks import RandomLaw, random_laws
from tests.sizes import examples

MAKE = 'CREATE TABLE cases ("case" VARCHAR, "decision.made" DATE, "person.citizenships" STRUCT(state VARCHAR)[])'
READING = "treaty-conflict=code-prevails"
RULES = """
rulebook: {title: Visits, law_date: day, stages: [{id: in_force, says: in force}]}
sources: [{id: rules, title: Rules, kind: instrument}]
facts:
  - {id: day, type: date, title: day, phrase: "on {}", ask: When?}
  - {id: times, type: number, title: times, phrase: "{} times", ask: How often?, ordinary: 3}
  - id: visits
    type: records
    title: visits
    each: visit
    none: no visit
    ask: Which visits?
    of: [{id: hours, type: number, title: hours, phrase: "{} hours", ask: How long?}]
questions:
  - id: often
    title: Often
    asks: Is it often?
    outcomes: [{id: "yes", says: "yes", means: it is}, {id: "no", says: "no", means: it is not}]
provisions:
  - id: three
    question: often
    title: Three
    citation: s. 1
    text: Three times are often.
    certainty: text
    sources: [{id: rules, at: s. 1}]
    when: {any: [{times: {at_least: 3}}, {some: visits, such_that: {hours: {at_least: 3}}}]}
    concludes: "yes"
"""
ROWS = "INSERT INTO cases VALUES ('one', '2026-04-22', [{'state': 'UZ'}]), ('two', NULL, []), ('three', NULL, NULL)"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(one) for one in arguments])


def database(path: Path, *statements: str) -> Path:
    with duckdb.connect(path) as made:
        for one in statements:
            made.execute(one)
    return path


def outcomes(path: Path) -> dict[str, Any]:
    return {row["case"]: row["outcome"] for row in pq.read_table(path).to_pylist()}


@examples(quick=3, full=15)
@given(law=random_laws(room=30), seed=st.integers(0, 10**6))
def test_random_laws_are_answered_from_a_database_as_by_decide(
    tmp_path_factory: pytest.TempPathFactory, law: RandomLaw, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - reproducible
    asked, rows = asked_and_rows(chance, law, lists=False)
    if not rows:
        return
    table = table_of(asked.rulebook, rows, rows[0], typed=seed % 2 == 0)
    path = stored(tmp_path_factory.mktemp("stored") / "cases.duckdb", {"cases": dict(table.arrays)})
    found, rejected, _ = answered(asked, source_of(path, asked.rulebook), rows=chance.choice([7, 1000]))
    memory, refused, _ = answered(asked, table)
    assert (found, rejected) == (memory, refused)
    for number, facts in enumerate(rows, 1):
        assert found.get(number) == by_decide(asked, facts), (number, facts)


def test_a_population_as_parquet_and_as_a_database(tmp_path: Path) -> None:
    served = {**SERVED, "to": "2026-03-31"}
    rows = [("cook", [SERVED]), ("left", [served]), ("never", []), ("unknown", None)]
    source = database(
        tmp_path / "cases.ddb",
        'CREATE TABLE "odd "" name; --" ("case" VARCHAR, service STRUCT('
        + ", ".join(f'"{name}" VARCHAR' for name in SERVED)
        + ')[], "decision.made" TIMESTAMP)',
    )
    with duckdb.connect(source) as made:
        made.executemany(
            'INSERT INTO "odd "" name; --" VALUES (?, ?, TIMESTAMP \'2026-04-22 23:59:59\')',
            [list(one) for one in rows],
        )
        made.execute(f'COPY "odd "" name; --" TO \'{tmp_path / "cases.parquet"}\'')
        made.execute("CREATE VIEW other AS SELECT 1 AS x")
    arguments = ("--presume", "--reading", READING)
    assert run("extradition", tmp_path / "cases.parquet", "--out", tmp_path / "a.parquet", *arguments).exit_code == 0
    result = run("extradition", source, "--table", 'odd " name; --', "--out", tmp_path / "b.parquet", *arguments)
    assert result.exit_code == 0, result.output
    first, second = pq.read_table(tmp_path / "a.parquet"), pq.read_table(tmp_path / "b.parquet")
    assert first.equals(second)
    assert first["case"].to_pylist() == ["cook", "left", "never", "unknown"]
    assert first["outcome"].to_pylist()[0] == "must_refuse"


def test_answers_as_a_database(tmp_path: Path) -> None:
    source = database(tmp_path / "cases.duckdb", MAKE, ROWS)
    for name in ("a.parquet", "a.duckdb"):
        result = run("extradition", source, "--out", tmp_path / name, "--presume", "--turns-on")
        assert result.exit_code == 0, result.output
    with duckdb.connect(tmp_path / "a.duckdb", read_only=True) as made:
        assert [name for (name,) in made.execute("SHOW TABLES").fetchall()] == ["answers", "lawmodel"]
        found = made.execute("FROM answers").to_arrow_table()
        ((said,),) = made.execute("FROM lawmodel").fetchall()
    parquet = pq.read_table(tmp_path / "a.parquet")
    assert found.to_pylist() == parquet.to_pylist()
    assert found.column_names == parquet.column_names
    assert json.loads(said) == json.loads(pq.read_metadata(tmp_path / "a.parquet").metadata[b"lawmodel"])
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.duckdb", "a.parquet", "cases.duckdb"]


def test_answers_without_rows(tmp_path: Path) -> None:
    source = database(tmp_path / "cases.duckdb", MAKE)
    assert run("extradition", source, "--out", tmp_path / "a.duckdb").exit_code == 1
    with duckdb.connect(tmp_path / "a.duckdb", read_only=True) as made:
        assert made.execute("FROM answers").fetchall() == []
        assert [one[0] for one in made.description][:2] == ["row", "outcome"]


def tabulated(*arguments: str | Path) -> Any:
    result = CliRunner().invoke(tabulate_command, [*map(str, arguments), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_databases_are_counted_as_other_tables_are(tmp_path: Path) -> None:
    source = database(
        tmp_path / "cases.duckdb",
        MAKE,
        ROWS,
        f"CREATE OR REPLACE TABLE cases AS SELECT *, [{SERVED}] AS service FROM cases",  # noqa: S608
        f"COPY cases TO '{tmp_path / 'cases.parquet'}'",
        "CREATE TABLE other (x INTERVAL)",
    )
    cases = f"{source}#cases"
    for out, *reading in (("a.duckdb",), ("a.parquet",), ("b.duckdb", "--reading", "combat=everyone")):
        assert run("extradition", cases, "--out", tmp_path / out, "--presume", *reading).exit_code == 0
    by = ("--by", "person.citizenships.state,decision.made")
    found = tabulated(tmp_path / "a.duckdb", "--cases", cases, *by)
    assert found == tabulated(tmp_path / "a.parquet", "--cases", tmp_path / "cases.parquet", *by)
    assert [one["labels"] for one in found["groups"]] == [["UZ", "2026"], ["none", "unknown"], ["unknown", "unknown"]]
    moved = tabulated(tmp_path / "a.parquet", "--against", tmp_path / "b.duckdb")
    assert moved["moved"]
    assert moved["moved"] == tabulated(tmp_path / "a.duckdb", "--against", f"{tmp_path / 'b.duckdb'}#answers")["moved"]
    for wrong, says in ((source, "does not say which question it answers"), ("gone.duckdb", "cannot be opened")):
        result = CliRunner().invoke(tabulate_command, [str(wrong)])
        assert (result.exit_code, says in result.output) == (2, True), result.output
    result = CliRunner().invoke(tabulate_command, [str(tmp_path / "a.duckdb"), "--cases", str(source), *by])
    assert "it has several tables: cases, other. Name one" in result.output


@pytest.mark.parametrize(
    ("kind", "value", "known"),
    [
        ("DECIMAL(18, 9)", "3.000000000", True),
        ("HUGEINT", "3", True),
        ("UTINYINT", "3", True),
        ("DOUBLE", "3", True),
        ("ENUM ('3', 'other')", "3", True),
        ("DECIMAL(18, 9)", "3.5", False),
        ("DECIMAL(38, 28)", "999999999.0000000000000000000000000001", False),
        ("HUGEINT", "-3", False),
        ("HUGEINT", "99999999999999999999999999999999999999", False),
        ("ENUM ('3', 'other')", "other", False),
    ],
)
@pytest.mark.parametrize("listed", [False, True])
def test_numbers(tmp_path: Path, kind: str, value: str, known: bool, listed: bool) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(RULES, encoding="utf-8")
    column = f"visits STRUCT(hours {kind})[]" if listed else f"times {kind}"
    cell = f"[{{'hours': '{value}'}}, {{'hours': NULL}}]" if listed else f"'{value}'"
    cell = f"CAST({cell} AS {column.split(' ', 1)[1]})"
    source = database(tmp_path / "cases.duckdb", f"CREATE TABLE cases ({column})", f"INSERT INTO cases SELECT {cell}")
    result = run("often", source, "--rules", rules, "--out", tmp_path / "a.parquet", "--json")
    assert result.exit_code == (0 if known else 1), result.output
    counted = json.loads(result.stdout)
    assert (counted["rows"], counted["rejected"]) == ((1, 0) if known else (0, 1)), counted
    if known:
        assert pq.read_table(tmp_path / "a.parquet")["outcome"].to_pylist() == ["yes"]
    else:
        assert "is not a whole number" in counted["first_rejected"][0]


def test_the_day_of_a_moment_does_not_hang_on_the_clock_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = database(
        tmp_path / "cases.duckdb",
        'CREATE TABLE cases ("case" VARCHAR, "decision.made" TIMESTAMPTZ, "request.received" DATE)',
        "INSERT INTO cases VALUES ('a', '2026-04-22 23:30:00+00', '2026-04-23'), "
        "('b', '2026-04-22 23:30:00+00', '2026-04-22')",
    )
    monkeypatch.setenv("TZ", "Asia/Vladivostok")
    result = run("extradition", source, "--out", tmp_path / "a.parquet", "--presume")
    assert result.exit_code == 0, result.output
    assert list(outcomes(tmp_path / "a.parquet")) == ["b"]  # the other was decided before it was received


def test_records_written_as_json(tmp_path: Path) -> None:
    good = json.dumps([SERVED])
    source = database(
        tmp_path / "cases.duckdb",
        'CREATE TABLE cases ("case" HUGEINT, service JSON, "decision.made" VARCHAR, "person.citizenships" VARCHAR)',
        f"INSERT INTO cases SELECT *, '[{{\"state\": \"UZ\"}}]' FROM (VALUES (1, '{good}', '2026-04-22'), "  # noqa: S608
        "(2, '{}', '2026-04-22'), (3, NULL, ''), (4, '[]', ''))",
        f"COPY (SELECT * REPLACE (service::VARCHAR AS service) FROM cases) TO '{tmp_path / 'cases.parquet'}'",  # noqa: S608
    )
    for table in (source, tmp_path / "cases.parquet"):
        result = run("extradition", table, "--out", tmp_path / "a.jsonl", "--presume", "--reading", READING)
        assert result.exit_code == 0, result.output
        assert "row 2: `service` is a list of records" in result.output
        found = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
        assert [int(one["case"]) for one in found] == [1, 3, 4]
        assert found[0]["grounds"] == ["cpc-464-1-7"]


@pytest.mark.parametrize(
    ("statements", "arguments", "says"),
    [
        ([MAKE, "CREATE VIEW persons AS FROM cases"], [], "it has several tables: cases, persons. Name one: "),
        ([MAKE], ["--table", "casses"], "there is no table `casses`. Did you mean cases?"),
        ([], [], "there is no table in this database"),
        (["CREATE TABLE c (decision BOOLEAN)"], [], "there is no fact `decision`. Did you mean decision.made"),
        (['CREATE TABLE c ("decision.made" TIME)'], [], "holds time64[us]. It should hold days"),
        (['CREATE TABLE c ("decision.made" DECIMAL(9, 2))'], [], "It should hold days"),
        (["CREATE TABLE c (service INTEGER[])"], [], "It should hold records"),
        (["CREATE TABLE c (service MAP(VARCHAR, INTEGER))"], [], "It should hold records"),
        (["CREATE TABLE c (service STRUCT(form VARCHAR)[])"], [], "`service` has no `form`. Did you mean"),
        (
            ["CREATE TABLE c (x INTEGER)", "CREATE VIEW v AS FROM c", "DROP TABLE c"],
            [],
            'the table "main"."v" cannot be read: Catalog Error: Table with name c does not exist!',
        ),
        (
            ["CREATE VIEW v AS SELECT content AS \"case\" FROM read_text('{here}')"],
            [],
            "cannot be read: Permission Error",
        ),
        (
            ["CREATE VIEW v AS SELECT CAST(x AS DATE) AS \"decision.made\" FROM (VALUES ('2026-02-30')) AS t(x)"],
            [],
            "cannot be read",
        ),
    ],
)
def test_what_cannot_be_read_is_said(
    tmp_path: Path, statements: Sequence[str], arguments: Sequence[str], says: str
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("decision.made\n2026-02-02\n", encoding="utf-8")
    source = database(tmp_path / "cases.duckdb", *(one.replace("{here}", str(secret)) for one in statements))
    before = sorted(tmp_path.iterdir())
    result = run("extradition", source, "--out", tmp_path / "a.duckdb", *arguments)
    assert result.exit_code == 2, result.output
    assert says in result.output.replace("\n", " "), result.output
    assert "Traceback" not in result.output
    assert sorted(tmp_path.iterdir()) == before


def test_other_files(tmp_path: Path) -> None:
    source = database(tmp_path / "cases.duckdb", MAKE, ROWS)
    (tmp_path / "junk.duckdb").write_text("no database" * 1000)
    out = tmp_path / "a.csv"
    for wrong, says in (
        ((tmp_path / "junk.duckdb", "--out", out), "cannot be opened as a DuckDB database"),
        ((tmp_path / "none.duckdb", "--out", out), "there is no such file"),
        ((f"{source}#cases", "--table", "cases", "--out", out), "it has a table named behind it already"),
        (
            (source, "--out", database(tmp_path / "mine.duckdb", "CREATE TABLE mine (x INT)")),
            "holds other tables (mine)",
        ),
    ):
        result = run("extradition", *wrong)
        assert (result.exit_code, says in result.output) == (2, True), result.output
    for table in (source, f"{source}#cases"):
        assert "--out would replace what is read" in str(run("extradition", table, "--out", source).exception)
    (tmp_path / "cases.csv").write_text("case\na\n")
    assert "has no tables with names" in run("extradition", tmp_path / "cases.csv", "--table", "x", "--out", out).output
    assert not out.exists()
    with duckdb.connect(source):  # somebody is writing in it
        (tmp_path / "a.duckdb.wal").write_text("")
        assert "is in use" in run("extradition", tmp_path / "cases.csv", "--out", tmp_path / "a.duckdb").output


def _broken(self: AnswersDatabase, block: Any, write: Callable[..., None] = AnswersDatabase.write) -> None:
    write(self, block)
    raise KeyboardInterrupt


def test_nothing_is_left_of_a_database_that_is_broken_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = database(tmp_path / "cases.duckdb", MAKE, ROWS)
    out = tmp_path / "a.duckdb"
    assert run("extradition", source, "--out", out).exit_code == 0
    before = out.read_bytes()
    bad = database(tmp_path / "bad.duckdb", MAKE, ROWS, "INSERT INTO cases VALUES ('x', NULL, [{'state': 'UZZ'}])")
    assert run("extradition", bad, "--out", out, "--strict").exit_code == 2
    monkeypatch.setattr(AnswersDatabase, "write", _broken)
    assert run("extradition", source, "--out", out).exit_code == 1
    assert out.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.duckdb", "bad.duckdb", "cases.duckdb"]
