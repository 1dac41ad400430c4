"""An interruption from the keyboard, at any moment, is KeyboardInterrupt soon after; and nothing is broken by it."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.sizes import sizes

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")

SECONDS_AT_MOST = 240


def interrupted(folder: Path, times: int, seed: int) -> list[str]:
    """The questions that a program answers otherwise once it has been interrupted so often."""
    chance = random.Random(seed)  # noqa: S311 - reproducible chance
    program = [sys.executable, "-X", "faulthandler", "-m", "tests.interrupted_program", str(folder), str(times)]
    with subprocess.Popen(
        program,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        ends = threading.Timer(SECONDS_AT_MOST, running.kill)  # where an interruption is lost
        ends.start()
        try:
            assert running.stdout.readline() == "ready\n", running.stderr.read()[-3000:]
            for _ in range(times):
                time.sleep(chance.uniform(0, 0.1))
                running.send_signal(signal.SIGINT)
                assert running.stdout.readline() == "interrupted\n", running.stderr.read()[-3000:]
            wrong: list[str] = json.loads(running.stdout.readline())
            assert running.wait(60) == 0
            assert running.stderr.read() == ""
        finally:
            ends.cancel()
            running.kill()
    return wrong


@pytest.mark.parametrize("times", sizes(2, 25))
def test_interrupted_at_any_moment(tmp_path: Path, times: int) -> None:
    assert interrupted(tmp_path, times, seed=1) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_interrupted_often(tmp_path: Path, seed: int) -> None:
    assert interrupted(tmp_path, 100, seed) == []
