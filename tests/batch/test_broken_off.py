"""A run that is broken off stops at once, and leaves nothing behind."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import lawmodel
from lawmodel.batch.threads import in_order

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
    assert started.returncode == 1
    assert "Aborted!" in said[1]
    assert "Traceback" not in said[1]
    assert list(folder.iterdir()) == [slow]


def test_work_that_is_under_way_is_told() -> None:
    broken_off, begun = Event(), Event()

    def work(number: int) -> int:
        if number:
            begun.set()
            assert broken_off.wait(PATIENCE)
        return number

    found = in_order(work, iter(range(10)), broken_off, at_once=2)
    assert next(found) == 0
    assert begun.wait(PATIENCE)
    assert isinstance(found, Iterator)
    found.close()  # type: ignore[attr-defined]
    assert broken_off.is_set()


def test_what_goes_wrong_is_raised_in_its_place() -> None:
    def work(number: int) -> int:
        if number == 3:
            raise ValueError("three")
        return number

    found = in_order(work, iter(range(10)), Event(), at_once=2)
    assert [next(found) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="three"):
        next(found)


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_the_order_is_kept(at_once: int) -> None:
    chance = random.Random(1)  # noqa: S311 - reproducible
    waits = [chance.random() / 100 for _ in range(40)]

    def work(number: int) -> int:
        time.sleep(waits[number])
        return number

    assert list(in_order(work, iter(range(40)), Event(), at_once)) == list(range(40))
