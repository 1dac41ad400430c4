"""Where there is no room for what is written: a message, and nothing that is half written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

ROOM = 20_000
"""Bytes that a file may have: as on a disk that is full."""
ROWS = 30_000


def longer(*values: str) -> list[Any]:
    return [pytest.param(value, marks=pytest.mark.long) for value in values]


def run_with_little_room(*arguments: object) -> subprocess.CompletedProcess[str]:
    code = (
        "import resource, sys\n"
        "import lawmodel\n"
        "lawmodel.load_rulebook()\n"  # which is kept in the cache
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({ROOM}, {ROOM}))\n"
        "from lawmodel.commands.main import main\n"
        "main(sys.argv[1:])\n"
    )
    # Without byte code: Python 3.11 takes a file of it that found no room for whole, and the next start stops at it.
    command = [sys.executable, "-B", "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be kept from writing there")
@pytest.mark.parametrize("suffix", ["csv", *longer("parquet", "jsonl")])
def test_a_population(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"cases.{suffix}"
    ran = run_with_little_room("population", "examples/population/foreign-fighters.yaml", "--rows", 3000, "--out", out)
    assert ran.returncode == 2, ran.stderr
    assert f"{out}: it cannot be written" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be kept from writing there")
@pytest.mark.parametrize("out", ["a.duckdb", *longer("a.parquet", "a.csv", "a.jsonl", "a")])
def test_answers(tmp_path: Path, out: str) -> None:
    cases = tmp_path / "cases.parquet"
    pq.write_table(
        pa.table({"case": pa.array(range(ROWS)), "person.consents": pa.array([True, False] * (ROWS // 2))}), cases
    )
    ran = run_with_little_room("batch", "extradition", cases, "--out", tmp_path / out)
    assert ran.returncode == 2, ran.stderr
    assert f"{tmp_path / out}: it cannot be written" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert list(tmp_path.iterdir()) == [cases]
