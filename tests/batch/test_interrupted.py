"""Ctrl-C at any moment, in any kind of run over a table: it ends soon, with 130, and leaves nothing."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

import lawmodel

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
SOON = 30.0
"""Seconds that a loaded machine may take; on a quiet one it is less than one."""
START = "import sys; from lawmodel.commands.main import main; print('started', flush=True); main(sys.argv[1:])"
ENDLESS = "SELECT cases.* FROM cases, range(100000000) one(i), range(100000000) other(j) WHERE i * j % 7 = 9"
"""A query that finds nothing, for days."""


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of which nearly every row is a pattern of its own, so that it takes minutes, in all formats."""
    folder = tmp_path_factory.mktemp("tables")
    chance = random.Random(5)  # noqa: S311 - reproducible
    names = [path for path, fact in lawmodel.load_rulebook().facts.items() if fact.type == "yes/no"]
    rows = 40_000
    columns = {name: pa.array([chance.choice([True, False, None]) for _ in range(rows)]) for name in names}
    table = pa.table({"case": [f"c{row}" for row in range(rows)], **columns})
    pq.write_table(table, folder / "cases.parquet", row_group_size=5000)
    pa_csv.write_csv(table, folder / "cases.csv")
    with (folder / "cases.jsonl").open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in table.to_pylist())
    pq.write_table(
        pa.table({"case": table["case"], "state": ["UZ"] * rows}), folder / "citizenships.parquet", row_group_size=5000
    )
    with duckdb.connect(folder / "cases.duckdb") as database:
        database.execute(f"CREATE TABLE cases AS FROM '{folder / 'cases.parquet'}'")
        database.execute(f"CREATE VIEW endless AS {ENDLESS}")
    return folder


def command_of(kind: str, tables: Path, out: Path) -> list[str]:
    records = ("--records", f"person.citizenships={tables / 'citizenships.parquet'}")
    given: dict[str, Sequence[object]] = {
        "parquet": ("cases.parquet", "--out", out / "a.parquet", "--rejects", out / "bad.csv"),
        "csv": ("cases.csv", "--out", out / "a.csv"),
        "jsonl": ("cases.jsonl", "--out", out / "a.jsonl"),
        "duckdb": ("cases.duckdb#cases", "--out", out / "a.duckdb"),
        "query": ("cases.duckdb#endless", "--out", out / "a.parquet"),
        "records": ("cases.parquet", *records, "--out", out / "a.parquet"),
        "folder": ("cases.parquet", "--out", out / "answers"),
    }
    if kind == "population":
        described = "examples/population/foreign-fighters.yaml"
        return ["population", described, "--rows", "5000000", "--out", str(out / "drawn.csv")]
    table, *others = given[kind]
    return ["batch", "extradition", str(tables / str(table)), *map(str, others)]


def interrupted(
    kind: str, tables: Path, folder: Path, after: float, number: signal.Signals = signal.SIGINT, times: int = 1
) -> None:
    """Run a command, and send it a signal so many seconds after it has started."""
    out, temporary = folder / "out", folder / "temporary"
    for one in (out, temporary):
        one.mkdir()
    command = [sys.executable, "-c", START, *command_of(kind, tables, out)]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as started:
        try:
            assert started.stdout is not None
            assert started.stdout.readline() == "started\n"
            time.sleep(after)
            assert started.poll() is None, started.communicate()
            for _ in range(times):
                started.send_signal(number)
                time.sleep(0.02)
            said, errors = started.communicate(timeout=SOON)
        finally:
            started.kill()
    assert started.returncode == 128 + number, (after, errors)
    assert said == ""
    assert "Traceback" not in errors
    assert "ignored" not in errors
    assert [*out.iterdir(), *temporary.iterdir()] == [], after


@pytest.mark.parametrize(("kind", "after"), [("query", 1.2), ("records", 0.8), ("duckdb", 2.0)])
@pytest.mark.long
def test_an_interrupt_ends_it(tables: Path, tmp_path: Path, kind: str, after: float) -> None:
    interrupted(kind, tables, tmp_path, after, times=2)


@pytest.mark.long
@pytest.mark.parametrize("number", range(24))
def test_an_interrupt_ends_it_at_any_moment(tables: Path, tmp_path: Path, number: int) -> None:
    kinds = ("parquet", "csv", "jsonl", "duckdb", "query", "records", "folder", "population")
    after = random.Random(number).uniform(0.0, 3.0)  # noqa: S311 - reproducible
    interrupted(kinds[number % len(kinds)], tables, tmp_path, after, times=1 + number % 2)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["parquet", "query", "records", "population"])
def test_a_program_that_is_told_to_end_leaves_nothing(tables: Path, tmp_path: Path, kind: str) -> None:
    interrupted(kind, tables, tmp_path, 1.5, signal.SIGTERM)
