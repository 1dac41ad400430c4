"""Processes that are forked from one whose threads are at work answer as it does, and none waits for ever."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def forked(folder: Path, times: int, *ways: str) -> dict[str, int]:
    program = [sys.executable, "-W", "ignore::DeprecationWarning", "-X", "faulthandler", "-m", "tests.forking_program"]
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [*program, str(folder), str(times), *ways], capture_output=True, text=True, cwd=root, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, int] = json.loads(done.stdout)
    return found


@needs_fork
@pytest.mark.long
def test_children_of_a_process_whose_threads_are_at_work(tmp_path: Path) -> None:
    assert forked(tmp_path, 2) == {"same": 2, "otherwise": 0, "hung": 0}


@needs_fork
@pytest.mark.long
def test_many_children(tmp_path: Path) -> None:
    assert forked(tmp_path, 60, "fork", "spawn") == {"same": 62, "otherwise": 0, "hung": 0}
