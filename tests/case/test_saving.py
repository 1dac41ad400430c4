from __future__ import annotations

import os
from pathlib import Path

import pytest

from lawmodel.case.saving import save_text
from lawmodel.problems import ProblemsFound


def test_replaces_what_stands_there_and_leaves_nothing_beside(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    save_text(file, "one: ä\n")
    save_text(str(file), "two: ä\n")
    assert file.read_bytes() == "two: ä\n".encode()
    assert list(tmp_path.iterdir()) == [file]


def test_follows_a_link(tmp_path: Path) -> None:
    file, link = tmp_path / "case.yaml", tmp_path / "link.yaml"
    file.write_text("old")
    link.symlink_to(file)
    save_text(link, "new")
    assert link.is_symlink()
    assert file.read_text() == "new"


def test_the_old_file_stays_whole_if_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("old")

    def full(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ProblemsFound, match="No space left"):
        save_text(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="no ordinary file"):
        save_text(tmp_path, "text")
    with pytest.raises(ProblemsFound, match="cannot be written"):
        save_text(tmp_path / "no" / "such" / "folder.yaml", "text")
    with pytest.raises(ProblemsFound, match="no ordinary file"):
        save_text(os.devnull, "text")
