"""The same question has the same answer: in any order, from any thread, again, and in another process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.public_questions import Answers


def asked(folder: Path, *, order: int, threads: int = 0, calls: int = 0, hash_seed: str = "0") -> Answers:
    """Every answer that a process of its own gives to each question."""
    program = [sys.executable, "-X", "faulthandler", "-m", "tests.public_questions", str(folder)]
    done = subprocess.run(
        [*program, str(order), str(threads), str(calls)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: Answers = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ferry")


@pytest.fixture(scope="module")
def alone(folder: Path) -> Answers:
    """Each question asked once, from one thread."""
    return asked(folder, order=1)


def differing(one: Answers, other: Answers) -> list[str]:
    """The questions to which there was more than one answer, with all of them."""
    assert one.keys() == other.keys()
    together = {name: {**one[name], **other[name]} for name in one}
    return [f"{name}: {found}" for name, found in together.items() if len(found) != 1]


@pytest.mark.long
def test_asked_again_in_other_orders_and_under_another_hash_seed(folder: Path, alone: Answers) -> None:
    again = asked(folder, order=2, threads=1, calls=len(alone), hash_seed="17")
    assert differing(alone, again) == []


@pytest.mark.long
def test_asked_by_several_threads_at_once(folder: Path, alone: Answers) -> None:
    """In another order each, under another hash seed; and they all begin before anything is loaded."""
    assert differing(alone, asked(folder, order=3, threads=4, calls=len(alone) // 8, hash_seed="23")) == []


@pytest.mark.long
def test_asked_two_hundred_times_by_each_of_sixteen_threads(folder: Path, alone: Answers) -> None:
    assert differing(alone, asked(folder, order=4, threads=16, calls=200)) == []
