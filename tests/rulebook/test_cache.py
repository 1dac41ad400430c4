"""Rulebooks in the cache: the same as if they had been read, and never anything else."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given

from lawmodel import kept_objects
from lawmodel.law_files import rules_folder
from lawmodel.problems import Collector
from lawmodel.rulebook import cache, read
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.read import read_rulebook
from lawmodel.rulebook.rule_files import read_rule_files, rulebook_files
from tests.random_rulebooks import RandomLaw, random_laws
from tests.sizes import examples

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
    rulebook = read_rulebook(read_rule_files(files, problems), problems)
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


def test_sections_that_are_kept_apart_are_read_when_they_are_looked_at(kept: Path) -> None:
    rulebook, whole = load_rulebook(TOY), read_anew(TOY)
    assert not set(cache.APART) & set(vars(rulebook))
    changed = rulebook.with_instruments({})
    assert not set(cache.APART) & set(vars(changed)), "for another instrument none is read"
    assert changed == replace(whole, instruments={})
    for again in (pickle.loads(pickle.dumps(load_rulebook(TOY))), copy.deepcopy(load_rulebook(TOY))):  # noqa: S301
        assert again == whole
        assert set(vars(again)) == set(vars(whole))
    assert rulebook.tellings == whole.tellings
    assert "tellings" in vars(rulebook)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        rulebook.nothing  # type: ignore[attr-defined] # noqa: B018


@given(random_laws())
@examples(quick=4, full=30)
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
    write_sealed(file, other.with_sections(facts=[day]).rulebook())


def of_something_else(file: Path) -> None:
    write_sealed(file, {"digest": "none"})


def write_sealed(file: Path, what: object) -> None:
    """Keep something as whoever may write the cache could: with the digest that belongs to it."""
    data = pickle.dumps(what)
    file.write_bytes(kept_objects.sealed(file.name, data) + data)


def under_another_name(file: Path) -> None:
    """As if another version of the program had kept it."""
    data = file.read_bytes()[kept_objects._DIGEST :]
    file.write_bytes(kept_objects.sealed("another", data) + data)


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def a_device(file: Path) -> None:
    file.unlink()
    file.symlink_to("/dev/zero")


def writable_for_others(file: Path) -> None:
    file.chmod(0o666)


def in_a_folder_writable_for_others(file: Path) -> None:
    file.parent.chmod(0o775)


SPOILED = (
    cut_off,
    emptied,
    scribbled,
    of_another_rulebook,
    of_something_else,
    under_another_name,
    a_folder,
    a_pipe,
    a_device,
    writable_for_others,
    in_a_folder_writable_for_others,
)


@pytest.mark.parametrize("spoil", SPOILED)
def test_a_spoiled_cache_is_passed_over(kept: Path, spoil: Callable[[Path], None]) -> None:
    expected = read_anew(TOY)
    spoil(kept)
    assert cache.recall(expected.digest, [TOY]) is None
    assert load_rulebook(TOY) == expected


def test_no_flipped_bit_gets_through(kept: Path) -> None:
    digest, whole = read_anew(TOY).digest, kept.read_bytes()
    for position in {*range(64), *range(64, len(whole), len(whole) // 100), len(whole) - 1}:
        for bit in (1, 128):
            flipped = bytearray(whole)
            flipped[position] ^= bit
            kept.write_bytes(flipped)
            assert cache.recall(digest, [TOY]) is None
    kept.write_bytes(whole)
    assert cache.recall(digest, [TOY]) is not None


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_another_user_owns_is_passed_over(what: str, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = read_anew(TOY).digest
    place = kept if what == "file" else kept.parent
    if os.geteuid() == 0:
        os.chown(place, 12_345, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 12_345)
    assert cache.recall(digest, [TOY]) is None
    if what == "folder":
        kept.unlink()
        load_rulebook(TOY)
        assert not kept.exists()


def test_a_file_saved_while_the_program_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept under the digest of a text was read from that text."""
    monkeypatch.setenv("LAWMODEL_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "rules"
    folder.mkdir()
    for file in TOY.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    head = folder / "rulebook.yaml"
    town = head.read_text(encoding="utf-8")
    city = town.replace("town library", "city library")
    recalled = cache.recall

    def saved_meanwhile(digest: str, named: Sequence[Path]) -> Rulebook | None:
        head.write_text(city, encoding="utf-8")
        return recalled(digest, named)

    with monkeypatch.context() as patch:
        patch.setattr(cache, "recall", saved_meanwhile)
        load_rulebook(folder)
    for text, title in ((city, "city"), (town, "town"), (city, "city")):
        head.write_text(text, encoding="utf-8")
        os.utime(head, (0, 0))  # its time says nothing
        assert load_rulebook(folder).title == f"Lending in the {title} library"


@pytest.mark.parametrize("maker", ["rulebook.read", "reasoning.kept_questions", "reasoning.chaining.writing"])
def test_all_of_the_program_that_makes_what_is_kept_names_it(maker: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of any module that takes part makes what was kept before useless."""
    script = f"import sys, lawmodel.{maker}; print(*(m for m in sys.modules if m.startswith('lawmodel.')))"
    modules = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert f"lawmodel.{maker}" in modules
    root = Path(read.__file__).parents[1]
    opened: set[str] = set()
    original: Any = open

    def note(path: str, *rest: str, **more: int) -> Any:
        parts = Path(path).relative_to(root).with_suffix("").parts
        opened.add(".".join(("lawmodel", *parts)).removesuffix(".__init__"))
        return original(path, *rest, **more)

    monkeypatch.setattr("builtins.open", note)
    kept_objects.digest_of_sources()
    assert set(modules) - {"lawmodel.case"} <= opened  # the page of the room of cases says nothing


def test_a_program_changed_under_its_own_feet_keeps_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.unlink()
    monkeypatch.setattr(kept_objects, "digest_of_sources", lambda: "another")
    load_rulebook(TOY)
    assert not kept.exists()


class Command:
    """Unpickled by the standard library this would write a file."""

    def __init__(self, witness: Path) -> None:
        self.witness = witness

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.witness),)


def test_nothing_in_a_cache_is_executed(kept: Path, tmp_path: Path) -> None:
    expected = read_anew(TOY)
    witness = tmp_path / "executed"
    write_sealed(kept, Command(witness))
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
    monkeypatch.setattr(cache.KEPT, "_most", 3)
    rulebook = read_anew(TOY)
    for number in range(5):
        cache.keep(replace(rulebook, digest=f"{number}" * 64), [TOY])
    assert len(list(tmp_path.iterdir())) == 3


def test_its_hashes_are_those_of_the_names_by_which_it_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same files, once as a folder and once each by itself, have other names in the rulebook."""
    monkeypatch.setenv("LAWMODEL_CACHE", str(tmp_path / "cache"))
    inside = tmp_path / "rules" / "inside"
    inside.mkdir(parents=True)
    for file in TOY.iterdir():
        (inside / file.name).write_bytes(file.read_bytes())
    named = (tmp_path / "rules", inside)
    hashes = [load_rulebook(place).file_hashes for place in (*named, *named)]  # the second time from the cache
    assert hashes[:2] == hashes[2:]
    assert {f"inside/{name}": digest for name, digest in hashes[1].items()} == hashes[0]
