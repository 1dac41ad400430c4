"""Rulebooks in the cache: the same as if they had been read, and never anything else."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings

from lawmodel.law_files import rules_folder
from lawmodel.problems import Collector
from lawmodel.rulebook import cache, read
from lawmodel.rulebook.load import digest_of, load_rulebook, rulebook_files
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.read import read_rulebook
from tests.random_rulebooks import RandomLaw, random_laws

TOY = Path(__file__).parent.parent / "toy" / "rules"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one file that is in the cache once the toy rulebook has been loaded."""
    monkeypatch.setenv("LAWMODEL_CACHE", str(tmp_path / "cache"))
    load_rulebook(TOY)
    (file,) = (tmp_path / "cache").iterdir()
    return file


def read_anew(folder: Path) -> Rulebook:
    files = rulebook_files([folder], Collector())
    problems = Collector()
    rulebook = read_rulebook(files, digest_of(files) or "", problems)
    problems.raise_if_any()
    assert rulebook is not None
    return rulebook


def nothing_is_read(*_: Any) -> None:
    raise AssertionError("the files were read again")


def test_what_is_kept_is_the_rulebook(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read_anew(TOY)
    monkeypatch.setattr(read, "read_rulebook", nothing_is_read)
    assert load_rulebook(TOY) == expected


def test_the_law_that_comes_with_the_program_is_kept_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAWMODEL_CACHE", str(tmp_path))
    folder = rules_folder()
    expected = load_rulebook(folder)
    monkeypatch.setattr(read, "read_rulebook", nothing_is_read)
    assert load_rulebook(folder) == expected


@given(random_laws())
@settings(max_examples=30)
def test_random_rulebooks_are_kept_whole(law: RandomLaw) -> None:
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAWMODEL_CACHE", f"{place}/cache")
        folder = law.write(Path(place) / "rules")
        expected = load_rulebook(folder)
        patch.setattr(read, "read_rulebook", nothing_is_read)
        assert load_rulebook(folder) == expected


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def scribbled(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 3 : len(data) // 2] = b"?" * (len(data) // 2 - len(data) // 3)
    file.write_bytes(data)


def of_another_rulebook(file: Path) -> None:
    other = RandomLaw({"rulebook": {"title": "x", "law_date": "a.b", "stages": [{"id": "s", "says": "s"}]}}, {}, False)
    day = {"id": "a.b", "type": "date", "title": "t", "ask": "?", "phrase": "{}"}
    file.write_bytes(pickle.dumps(other.with_sections(facts=[day]).rulebook()))


def of_something_else(file: Path) -> None:
    file.write_bytes(pickle.dumps({"digest": "none"}))


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("spoil", [cut_off, emptied, scribbled, of_another_rulebook, of_something_else, a_folder])
def test_a_spoiled_cache_is_passed_over(kept: Path, spoil: Callable[[Path], None]) -> None:
    expected = read_anew(TOY)
    spoil(kept)
    assert load_rulebook(TOY) == expected


class Command:
    """Unpickled by the standard library this would write a file."""

    def __init__(self, witness: Path) -> None:
        self.witness = witness

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.witness),)


def test_nothing_in_a_cache_is_executed(kept: Path, tmp_path: Path) -> None:
    expected = read_anew(TOY)
    witness = tmp_path / "executed"
    kept.write_bytes(pickle.dumps(Command(witness)))
    assert load_rulebook(TOY) == expected
    assert not witness.exists()


def test_another_text_is_another_rulebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAWMODEL_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "rules"
    folder.mkdir()
    for file in TOY.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    before = load_rulebook(folder)
    text = (folder / "rulebook.yaml").read_text(encoding="utf-8")
    (folder / "rulebook.yaml").write_text(text.replace("town library", "city library"), encoding="utf-8")
    after = load_rulebook(folder)
    assert (before.title, after.title) == ("Lending in the town library", "Lending in the city library")


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("LAWMODEL_CACHE", str(tmp_path / "file"))
    assert load_rulebook(TOY) == read_anew(TOY)


def test_no_more_is_kept_than_has_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAWMODEL_CACHE", str(tmp_path))
    monkeypatch.setattr(cache, "MOST_KEPT", 3)
    rulebook = read_anew(TOY)
    for number in range(5):
        cache.keep(replace(rulebook, digest=f"{number}" * 64))
    assert len(list(tmp_path.iterdir())) == 3
