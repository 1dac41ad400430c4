"""What every verb shows, in every format, of one small law; and word for word on the screen.

After a change that is meant, write the golden files anew with ``pytest tests/commands --renew-golden``, and read the
difference before you commit it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lawmodel.render.formats import format_named, format_names, is_binary
from lawmodel.version import VERSION
from tests.commands.every_verb import ANSWERING, ARGUMENTS, WITHOUT_JSON, law, prepare
from tests.commands.running import Run
from tests.render.opened import words_in

GOLDEN = Path(__file__).parent / "golden"
SHOWING = [verb for verb in ANSWERING if verb not in WITHOUT_JSON]
ON = ("--on", "2026-06-15")
"""The day of the law where it would be today."""
HASHES = re.compile("[0-9a-f]{64}")
"""That of a receipt changes with the version of the program."""
TIMES = re.compile(r"in \d+\.\d s  ")
WORDS_OF_ANSWER = {
    "decide": "is refused",
    "ask": "is refused",
    "why": "in force",
    "why-not": "is refused",
    "whatif": "is free",
    "change": "unarmed",
    "turns-on": "50 %",
    "compare": "drunk",
    "report": "Crossing is refused",
    "tellings": "The gazette",
    "law": "Armed travellers are refused.",
    "annotate": "Armed travellers are refused.",
    "find": "Bridge Law s. 1",
    "prove": "1 proved",
    "diff": "becomes law",
    "lint": "nothing found",
    "cover": "33.3 %",
    "mutate": "are noticed",
    "decisions": "In re the armed traveller",
    "verify": "Crossing is refused",
    "batch": "is refused",
    "look": "crossing.made",
    "population": "Half of them are armed.",
    "dataset": "is refused",
    "tabulate": "is free",
    "diagnose": "Anna",
    "drill": "On the other side",
    "exercises": "an order of steps",
    "worksheet": "She carries a sabre",
    "quiz": "misconception:all-free",
    "check": "No mistake",
}
"""What each of them says, in whatever format."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of `every_verb`."""
    made = tmp_path_factory.mktemp("bridge")
    prepare(made)
    return made


@pytest.fixture
def bridge(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in that folder, with answers to be tabulated and nobody who types."""
    monkeypatch.chdir(folder)
    if not Path("kept.csv").exists():
        run("batch", *law("crossing", "table.csv", "--out", "kept.csv"))
    return run


def asked(verb: str) -> tuple[str, ...]:
    """How a verb is asked."""
    return (verb, *ARGUMENTS[verb], *(ON if verb in ("law", "annotate") else ()))


def takes_a_file(bridge: Run, verb: str) -> bool:
    """Whether ``--out`` of a verb names a file for what it shows, in a format."""
    return "its ending says the format" in " ".join(bridge(verb, "--help").out.split())


class Seen(HTMLParser):
    """The texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.feed(page.partition("<body>")[2])

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def said(name: str, written: str) -> str:
    """The words of what is written in a format, on one line."""
    told = "".join(Seen(written).texts) if name == "html" else re.sub(r"\\(.)|\*\*", r"\1", written)
    return " ".join(told.split())


def test_no_verb_is_forgotten() -> None:
    assert set(SHOWING) == set(WORDS_OF_ANSWER)


@pytest.mark.parametrize("verb", SHOWING)
def test_on_the_screen_it_reads_as_it_did(bridge: Run, verb: str, renew_golden: bool) -> None:
    ran = bridge(*asked(verb))
    golden = GOLDEN / f"{verb}.txt"
    found = HASHES.sub("HASH", TIMES.sub("in 0.0 s  ", ran.out).replace(f"lawmodel {VERSION}\n", "lawmodel VERSION\n"))
    assert ran.code == 0
    if renew_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found.splitlines() == golden.read_text(encoding="utf-8").splitlines(), "pytest --renew-golden renews it"


@pytest.mark.parametrize("name", [name for name in format_names() if is_binary(name)])
@pytest.mark.parametrize("verb", SHOWING)
def test_each_verb_says_it_in_each_format_of_files(bridge: Run, tmp_path: Path, verb: str, name: str) -> None:
    if not takes_a_file(bridge, verb):
        return
    path = tmp_path / f"sheet{format_named(name).EXTENSIONS[0]}"
    ran = bridge(*asked(verb), "--out", str(path))
    assert (ran.code, ran.out) == (0, "")
    told = " ".join(words_in(name, path.read_bytes()).split())
    assert WORDS_OF_ANSWER[verb].lower() in told.lower()


@pytest.mark.parametrize("name", [name for name in format_names() if not is_binary(name)])
@pytest.mark.parametrize("verb", SHOWING)
def test_each_verb_says_it_in_each_format(bridge: Run, tmp_path: Path, verb: str, name: str) -> None:
    ran = bridge(*asked(verb), "--format", name)
    assert ran.code == 0
    assert WORDS_OF_ANSWER[verb].lower() in said(name, ran.out).lower()
    mark, ending = format_named(name).MARK, format_named(name).EXTENSIONS[0]
    assert mark is None or mark in ran.out
    if not takes_a_file(bridge, verb):
        return
    path = tmp_path / f"sheet{ending}"
    written = bridge(*asked(verb), "--out", str(path))
    assert (written.code, written.out) == (0, "")
    found = path.read_text(encoding="utf-8")
    assert found == ran.out or (verb in ("ask", "quiz", "drill") and ran.out.endswith(found))  # it has talked before


@pytest.mark.parametrize("verb", SHOWING)
def test_each_verb_says_it_as_plain_data(bridge: Run, tmp_path: Path, verb: str) -> None:
    ran = bridge(*asked(verb), "--format", "json")
    assert ran.code == 0
    assert [one["schema"].partition("/")[0] for one in objects(ran.out)] == ["lawmodel"]
    assert bridge(*asked(verb), "--json").out == ran.out or verb == "batch"  # it says how long it took
    if takes_a_file(bridge, verb):
        path = tmp_path / "sheet.json"
        assert bridge(*asked(verb), "--out", str(path)).code == 0
        assert path.read_text(encoding="utf-8") == ran.out


def objects(text: str) -> Iterator[dict[str, str]]:
    """The objects that are written, on a line each or indented."""
    decoder, rest = json.JSONDecoder(), text.strip()
    while rest:
        found, end = decoder.raw_decode(rest)
        rest = rest[end:].lstrip()
        yield found
