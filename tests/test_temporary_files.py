"""What is being written, and what is left of a run that was killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lawmodel.locked_folder import locked
from lawmodel.temporary_files import folder_beside, sweep, whole_file

WRITES = """
import sys, time
from pathlib import Path
from lawmodel.temporary_files import whole_file
with whole_file(Path(sys.argv[1])) as made:
    made.write_text("half")
    print("writing", flush=True)
    time.sleep(60)
"""
HOLDS = """
import sys, time
from pathlib import Path
from lawmodel.locked_folder import locked
with locked(Path(sys.argv[1])):
    print("writing", flush=True)
    time.sleep(60)
"""


@contextmanager
def another(code: str, path: Path) -> Iterator[None]:
    """Another process that is in the midst of it; it is killed at the end."""
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True) as started:
        try:
            assert started.stdout is not None
            assert started.stdout.readline() == "writing\n"
            yield
        finally:
            started.kill()


def save(path: Path) -> None:
    """As a run does that has just started."""
    sweep.cache_clear()
    with whole_file(path) as made:
        made.write_text("whole")


def test_what_a_killed_run_left_goes_with_the_next_run(tmp_path: Path) -> None:
    with another(WRITES, tmp_path / "answers.csv"):
        pass
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".lawmodel-")
    save(tmp_path / "other.csv")
    assert [one.name for one in tmp_path.iterdir()] == ["other.csv"]


def test_a_run_that_is_writing_loses_nothing(tmp_path: Path) -> None:
    with another(WRITES, tmp_path / "answers.csv"):
        (theirs,) = tmp_path.iterdir()
        with whole_file(tmp_path / "mine.csv") as mine:
            save(tmp_path / "third.csv")
            assert {one.name for one in tmp_path.iterdir()} == {theirs.name, mine.parent.name, "third.csv"}
            mine.write_text("whole too")
        assert (tmp_path / "mine.csv").read_text() == "whole too"
        assert any(one.read_text() == "half" for one in theirs.iterdir())


def test_what_is_like_it_and_not_ours_stays(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    for folder in (elsewhere, tmp_path / ".lawmodel-0123456789ab.part", tmp_path / ".lawmodel-mine.part"):
        folder.mkdir()
        (folder / "made").write_text("of the user's")
    (elsewhere / "lock").touch()
    (tmp_path / ".lawmodel-ba9876543210.part").symlink_to(elsewhere)
    (tmp_path / ".lawmodel-aaaaaaaaaaaa.part").write_text("of the user's")
    before = {str(one): one.is_file() and one.read_text() for one in tmp_path.glob("**/*")}
    save(tmp_path / "new.csv")
    (tmp_path / "new.csv").unlink()
    assert {str(one): one.is_file() and one.read_text() for one in tmp_path.glob("**/*")} == before


def test_a_folder_is_removed_with_all_that_is_in_it(tmp_path: Path) -> None:
    with folder_beside(tmp_path / "answers") as made:
        (made / "deep" / "deeper").mkdir(parents=True)
        (made / "deep" / "file").write_text("half")
    assert list(tmp_path.iterdir()) == []


def test_a_lock_dies_with_its_process(tmp_path: Path) -> None:
    folder = tmp_path / "answers.unfinished"
    with another(HOLDS, folder), pytest.raises(BlockingIOError, match="another run is writing"), locked(folder):
        pass
    with locked(folder):
        assert folder.is_dir()
    assert not folder.exists()
