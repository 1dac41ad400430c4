"""A run that is broken off stops at once, and leaves nothing behind."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import lawmodel
from lawmodel.batch.running.threads import Behind, ahead
from lawmodel.batch.spark.on_cluster import _carried_out

PATIENCE = 60.0
"""Seconds that a loaded machine may take."""


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """A table that takes minutes: nearly every row is a pattern of its own."""
    chance = random.Random(5)  # noqa: S311 - reproducible
    facts = lawmodel.load_rulebook().facts
    names = [path for path, fact in facts.items() if fact.type == "yes/no"]
    rows = 60_000
    table = {name: pa.array([chance.choice([True, False, None]) for _ in range(rows)]) for name in names}
    path = tmp_path / "cases.parquet"
    pq.write_table(pa.table(table), path)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_ctrl_c_leaves_nothing(slow: Path) -> None:
    folder = slow.parent
    command = [sys.executable, "-c", "from lawmodel.commands.main import main; main()", "batch", "extradition"]
    command += [str(slow), "--out", str(folder / "answers.parquet"), "--rejects", str(folder / "bad.csv")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        deadline = time.monotonic() + PATIENCE
        while len(list(folder.iterdir())) < 3 and time.monotonic() < deadline and started.poll() is None:
            time.sleep(0.05)
        assert started.poll() is None, started.communicate()
        time.sleep(1.0)
        started.send_signal(signal.SIGINT)
        said = started.communicate(timeout=PATIENCE)
    assert started.returncode == 130
    assert said[1].endswith("Interrupted.\n")
    assert "Traceback" not in said[1]
    assert list(folder.iterdir()) == [slow]


def test_reading_ahead_keeps_order_and_failures() -> None:
    def items() -> Iterator[int]:
        yield from range(5)
        raise ValueError("five")

    found = ahead(items())
    assert [next(found) for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(ValueError, match="five"):
        next(found)


def test_spark_is_told_that_nobody_waits_any_longer() -> None:
    """Whatever ends the waiting: the signal to end, too, of which Spark knows nothing."""
    told = threading.Event()

    class Handed:
        def map(self, do: object) -> Handed:
            return self

        def collect(self) -> None:
            assert told.wait(PATIENCE)
            raise RuntimeError("job cancelled")

    def interrupted(rows: int) -> None:
        raise KeyboardInterrupt

    spark: Any = SimpleNamespace(
        accumulator=lambda number: SimpleNamespace(value=number),
        parallelize=lambda parts, slices: Handed(),
        cancelAllJobs=told.set,
    )
    shipped: Any = None
    with pytest.raises(KeyboardInterrupt):
        _carried_out(spark, shipped, [], interrupted)
    assert told.is_set()


def test_what_goes_wrong_in_writing_is_raised() -> None:
    written: list[int] = []

    def write(number: int) -> None:
        if number == 2:
            raise OSError("full")
        written.append(number)

    def give() -> None:
        with Behind(write) as behind:
            for number in range(5):
                behind.give(number)

    with pytest.raises(OSError, match="full"):
        give()
    assert written == [0, 1]
