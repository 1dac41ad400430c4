"""`lawmodel batch --engine`: what a run in one process gives, as a folder; and nothing else left behind."""

from __future__ import annotations

import csv
import datetime
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

import lawmodel
from lawmodel.batch.spark.same_program import AnotherProgram, check_program, program_digest
from lawmodel.batch.tables.in_parts import PartOfParquet, parts_of
from lawmodel.batch.tables.slices import NotATable
from lawmodel.batch.tables.sources import Parquet
from lawmodel.commands.exit_codes import ExitCode
from lawmodel.verbs.batch.command import command
from lawmodel.verbs.tabulate.command import command as tabulate
from tests.batch.tables import table_of
from tests.batch.test_batch_is_decide import collected
from tests.spark.conftest import ENGINE

CHECKOUT = Path(__file__).resolve().parents[2]
LAWMODEL = (sys.executable, "-P", "-c", "from lawmodel.commands.main import main; main()")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of cases in small row groups; days in an impossible order are among them."""
    rulebook = lawmodel.load_rulebook()
    rows = [*collected(rulebook, "extradition", 0.1, 40), *collected(rulebook, "extradition", False, 40)]
    folder = tmp_path_factory.mktemp("cases of today")
    table = pa.table(dict(table_of(rulebook, rows, rulebook.facts, typed=True).arrays))
    received = table.column("request.received").to_pylist()
    made = table.column("decision.made").to_pylist()
    for number in (3, 50):
        received[number], made[number] = datetime.date(2026, 5, 1), datetime.date(2026, 4, 1)
    for name, days in (("request.received", received), ("decision.made", made)):
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, pa.array(days, type=pa.date32()))
    for number, start in enumerate((0, 33, 34)):
        length = (33, 1, len(table))[number]
        pq.write_table(table.slice(start, length), folder / f"{number}.parquet", row_group_size=7)
    return folder


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lawmodel.batch.spark.on_cluster.ROWS", 10)


@pytest.mark.usefixtures("spark", "small_parts")
def test_it_is_the_run_in_one_process(cases: Path, tmp_path: Path) -> None:
    options = ("--turns-on", "--reading", "combat=unknown", "--on", "2026-04-22", "--json")
    one = run("extradition", cases, "--out", tmp_path / "one.parquet", "--rejects", tmp_path / "one.csv", *options)
    many = run(
        "extradition",
        cases,
        "--out",
        tmp_path / "many",
        "--rejects",
        tmp_path / "many.csv",
        *options,
        "--engine",
        ENGINE,
    )
    assert (one.exit_code, many.exit_code) == (0, 0), many.output
    parts = sorted((tmp_path / "many").glob("*.parquet"))
    assert len(parts) > 5
    assert pa.concat_tables(map(pq.read_table, parts)).equals(pq.read_table(tmp_path / "one.parquet"))
    assert (tmp_path / "many.csv").read_text() == (tmp_path / "one.csv").read_text()
    with (tmp_path / "one.csv").open(newline="") as bad_rows:
        assert len({one["row"] for one in csv.DictReader(bad_rows)}) == 2
    said = json.loads(pq.read_metadata(tmp_path / "one.parquet").metadata[b"lawmodel"])
    assert json.loads((tmp_path / "many" / "_lawmodel.json").read_text())["lawmodel"] == said
    assert json.loads(pq.read_metadata(parts[0]).metadata[b"lawmodel"])["rulebook_digest"] == said["rulebook_digest"]
    first, second = json.loads(one.output), json.loads(many.output)
    for name in ("rows", "rejected", "outcomes", "decided_exactly", "first_rejected"):
        assert first[name] == second[name]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["many", "many.csv", "one.csv", "one.parquet"]
    arguments = [str(tmp_path / "many"), "--against", str(tmp_path / "one.parquet"), "--by", "request.purpose"]
    counted = CliRunner().invoke(tabulate, [*arguments, "--cases", str(cases), "--json"])
    assert counted.exit_code == 0, counted.output
    found = json.loads(counted.output)
    assert (found["total"], found["moved"]) == (first["rows"], [])


@pytest.mark.usefixtures("spark", "small_parts")
def test_strict(cases: Path, tmp_path: Path) -> None:
    result = run("extradition", cases, "--out", tmp_path / "out", "--strict", "--engine", ENGINE)
    assert result.exit_code == 2
    assert "--strict allows none" in result.output
    assert "comes after" in result.output
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("spark")
def test_answers_are_replaced_and_nothing_else_is(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    arguments = ("extradition", cases / "1.parquet", "--out", out, "--engine", ENGINE)
    result = run(*arguments)
    assert result.exit_code == 2
    assert "is no folder of answers" in result.output
    (out / "mine.txt").unlink()
    for _ in range(2):
        result = run(*arguments)
        assert result.exit_code == 0, result.output
    assert sorted(one.name for one in out.iterdir()) == ["_lawmodel.json", "part-000000.parquet"]
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


@pytest.mark.usefixtures("spark")
def test_an_empty_table(tmp_path: Path) -> None:
    pq.write_table(pa.table({"person.present_in_russia": pa.array([], type=pa.bool_())}), tmp_path / "none.parquet")
    result = run("extradition", tmp_path / "none.parquet", "--out", tmp_path / "out", "--engine", ENGINE)
    assert result.exit_code == ExitCode.DOES_NOT_HOLD, result.output
    assert "no case was decided: the table has no rows" in result.output
    assert pq.read_table(tmp_path / "out" / "part-000000.parquet").num_rows == 0
    (tmp_path / "folder").mkdir()
    result = run("extradition", tmp_path / "folder", "--out", tmp_path / "other", "--engine", ENGINE)
    assert result.exit_code == 2
    assert "no Parquet file" in result.output
    assert not (tmp_path / "other").exists()


@pytest.mark.usefixtures("spark")
def test_a_torn_file(cases: Path, tmp_path: Path) -> None:
    whole = (cases / "0.parquet").read_bytes()
    (tmp_path / "torn.parquet").write_bytes(whole[:40] + b"\xff" * 3000 + whole[3040:])
    result = run("extradition", tmp_path / "torn.parquet", "--out", tmp_path / "out", "--engine", ENGINE)
    assert result.exit_code == 2
    assert "torn.parquet: it cannot be read" in result.output
    assert [one.name for one in tmp_path.iterdir()] == ["torn.parquet"]


def test_a_file_that_another_machine_sees_otherwise(cases: Path, tmp_path: Path) -> None:
    place = tmp_path / "cases.parquet"
    place.write_bytes((cases / "0.parquet").read_bytes())
    table = Parquet([place])
    [part] = parts_of(table, 100)
    assert PartOfParquet(part, table.types).total == 33
    place.write_bytes((cases / "1.parquet").read_bytes())
    with pytest.raises(NotATable, match="sees another file of this name"):
        PartOfParquet(part, table.types)
    place.unlink()
    with pytest.raises(NotATable, match="does not see this file"):
        PartOfParquet(part, table.types)


@pytest.mark.parametrize(
    ("engine", "says"),
    [
        ("locall[2]", "is no engine. Write local[2]"),
        ("local[0]", "is no engine"),
        ("spark://nobody", "is no engine"),
        ("spark://127.0.0.1:1", "nobody answers there"),
        ("spark://127.0.0.1:99999", "nobody answers there"),
    ],
)
def test_bad_addresses(spark: Any, cases: Path, tmp_path: Path, engine: str, says: str) -> None:
    result = run("extradition", cases, "--out", tmp_path / "out", "--engine", engine)
    assert result.exit_code == 2
    assert says in result.output
    assert not list(tmp_path.iterdir())


def test_what_is_missing_is_named(cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ("extradition", cases, "--out", tmp_path / "out", "--engine", ENGINE)
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "pyspark", None)
        result = run(*arguments)
        assert result.exit_code == 2
        assert "pyspark is not installed. --engine needs it: pip install" in result.output
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "pyspark", sys)  # whatever it is: nothing is started
        patch.setattr(shutil, "which", lambda *_, **__: None)
        result = run(*arguments)
        assert result.exit_code == 2
        assert "Spark needs Java 17" in result.output
    for table, out, says in (
        (cases, "out.parquet", "the answers are a folder"),
        (cases, "no/out", "there is no folder"),
        (tmp_path / "cases.csv", "out", "Spark hands out Parquet files"),
    ):
        (tmp_path / "cases.csv").write_text("case\n1\n")
        result = run("extradition", table, "--out", tmp_path / out, "--engine", ENGINE)
        assert result.exit_code == 2
        assert says in result.output


@pytest.fixture
def cluster(spark: Any) -> Iterator[str]:
    """A cluster of its own: a master and one worker, as programs of this machine."""
    import pyspark

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = Path(pyspark.__file__).parent
    start = [str(home / "bin" / "spark-class")]
    address = f"spark://127.0.0.1:{port}"
    names = ("org.apache.spark.deploy.master.Master", "org.apache.spark.deploy.worker.Worker")
    master = [*start, names[0], "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"]
    worker = [*start, names[1], "--host", "127.0.0.1", "--webui-port", "0", "--cores", "2", "--memory", "1g", address]
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = [subprocess.Popen(each, **quiet) for each in (master, worker)]  # type: ignore[call-overload]
    try:
        for _ in range(600):
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield address
    finally:
        for each in started:
            each.terminate()
            each.wait(30)


def test_a_cluster(cluster: str, cases: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    arguments = [*LAWMODEL, "batch", "extradition", str(cases), "--out", "out", "--json", "--engine", cluster]
    done = subprocess.run(
        arguments, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
    assert run("extradition", cases, "--out", tmp_path / "one.parquet").exit_code == 0
    parts = sorted((tmp_path / "out").glob("*.parquet"))
    assert pa.concat_tables(map(pq.read_table, parts)).equals(pq.read_table(tmp_path / "one.parquet"))
    assert json.loads(done.stdout)["rejected"] == 2


def test_what_is_broken_off_leaves_nothing(spark: Any, cases: Path, tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / "many").mkdir(exist_ok=True)
        (tmp_path / "many" / f"{number}.parquet").symlink_to(cases / "2.parquet")
    arguments = [*LAWMODEL, "batch", "extradition", "many", "--out", "out", "--rejects", "bad.csv", "--turns-on"]
    program = subprocess.Popen(
        [*arguments, "--engine", ENGINE], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    for _ in range(1200):
        if list(tmp_path.glob(".lawmodel-*/answers/.lawmodel-*")) or program.poll() is not None:
            break
        time.sleep(0.1)
    assert program.poll() is None, "it works on a part"
    program.send_signal(signal.SIGINT)
    said, _ = program.communicate(timeout=60)
    assert program.returncode == 130
    assert "Traceback" not in said
    assert "Interrupted." in said
    assert [one.name for one in tmp_path.iterdir()] == ["many"]


def test_another_version_is_refused() -> None:
    check_program(program_digest())
    with pytest.raises(AnotherProgram, match="another version of lawmodel"):
        check_program("0" * 64)
