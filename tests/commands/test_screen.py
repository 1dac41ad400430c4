"""Nothing that a file or an argument holds can steer the terminal, whichever verb shows it.

Files with such characters are refused where they are read. Here the refusal is taken away, so that it is seen that
what shows a text does not rely on it.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from lawmodel import load_cases, load_rulebook, yaml_nodes
from lawmodel.commands.main import main
from lawmodel.document import Column, Paragraph, Span, Table
from lawmodel.exercises.exercise import with_id
from lawmodel.exercises.exercise_file import exercises_text
from lawmodel.exercises.marking import NotKnown, mark
from lawmodel.exercises.predictions import AskedCase
from lawmodel.exercises.progress import StudentProgress, logged
from lawmodel.exercises.progress_file import progress_text
from lawmodel.render.terminal import Screen, show_blocks
from lawmodel.results.header import RulebookUsed
from lawmodel.safe_text import SIGN, STEERING, Guarded, json_text, safe, safe_line
from tests.commands.every_verb import ANSWERING
from tests.commands.running import Ran
from tests.exercises.sets_of_cases import set_of_cases
from tests.exercises.written_exercises import EVERY_FORM

RULES: Final = Path(__file__).parents[1] / "bad" / "rulebook.yaml"
HOSTILE: Final = "\x1b[2J\u202eso\u2066\x9b31m\x85\u2028\x7f\r\x00"
SHOWN: Final = frozenset(
    ("title", "says", "ask", "asks", "yes", "no", "why", "means", "text", "citation", "each", "because", "assumes")
)
WITHOUT_COLOURS: Final = ("batch", "check", "cite", "export", "population", "schema", "tabulate")
PROGRAMS_OWN: Final = re.compile(r"\x1b\[(?:[0-9;]*m|K|\?25[lh])|\r(?=\x1b\[K)")
"""Colours, and a line of progress that is written anew."""
WITHOUT_JSON: Final = ("schema", "export")
ON_LINES: Final = ("decide", "why", "why-not", "whatif", "compare", "report", "tellings", "change", "turns-on")
WITHOUT_TEXTS: Final = ("check", "schema", "tabulate", "export", "exercises", "worksheet")
MORE: Final = """tellings:
  - {id: told, title: told, source: gazette, stage: in_force, readings: [{reading: swarm, option: ten, at: x}]}
properties:
  - {id: stated, says: always barred, question: honey, claims: {always: [barred]}, holds: no, because: it is not so}
"""
DECISION: Final = """title: a decision
authority: the Bee Court
day: 2026-01-01
sources: [{title: The Hive Gazette, seen: {how: report}}]
question: honey
outcome: free
report: it was free
facts: {site: {kind: roof, hives: 7}}
"""
CASE: Final = """title: a case
facts:
  site: {kind: roof, hives: 7}
  decision: {made: 2026-01-01}
expect:
  - {question: honey, outcome: free}
"""
CALLS: Final[dict[str, tuple[str, ...]]] = {
    "decide": ("case.yaml", "--all"),
    "ask": ("honey", "--case", "case.yaml"),
    "why": ("case.yaml",),
    "why-not": ("case.yaml", "free"),
    "whatif": ("case.yaml", "site.kind=garden"),
    "change": ("case.yaml", "--to", "free"),
    "turns-on": ("case.yaml", "--question", "bees"),
    "compare": ("case.yaml",),
    "report": ("case.yaml",),
    "tellings": ("case.yaml",),
    "law": ("bee-act-2",),
    "annotate": ("bee-act-2",),
    "find": ("--question", "honey", "--outcome", "barred"),
    "prove": (),
    "diff": ("date", "2025-05-31", "2025-06-01"),
    "lint": ("rules",),
    "cover": ("case.yaml",),
    "mutate": ("case.yaml", "--provision", "bee-act-3"),
    "decisions": ("decision.yaml",),
    "verify": ("receipt.json",),
    "cite": ("case.yaml", "--question", "honey"),
    "batch": ("honey", "table.csv", "--out", "answers.csv"),
    "look": ("table.csv",),
    "population": ("population.yaml", "--rows", "3", "--out", "drawn.csv"),
    "dataset": ("--question", "honey", "--count", "2"),
    "drill": ("case.yaml", "--question", "honey"),
    "exercises": ("set.json", "--to", "anki", "--out", "set.apkg"),
    "worksheet": ("set.json", "--key"),
    "quiz": ("--due", "--progress", "me.json"),
    "tabulate": ("answers.csv", "--by", "site.kind", "--cases", "table.csv"),
    "diagnose": ("exercises.json", "sheets.csv"),
    "check": ("rules", "case.yaml"),
    "schema": ("case",),
    "export": ("case.yaml", "--to", "asp", "--question", "honey"),
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs the program in a folder whose every text is hostile, and is let through."""
    monkeypatch.chdir(tmp_path)
    put = yaml_nodes._put

    def put_hostile(parent: Any, node: yaml_nodes.Node) -> None:
        shown = parent.key is not None and parent.key.value in SHOWN
        if shown and isinstance(node, yaml_nodes.TextNode) and not node.value.startswith("after_every_day"):
            node = yaml_nodes.TextNode(node.value + HOSTILE, node.place)
        put(parent, node)

    monkeypatch.setattr(yaml_nodes, "_put", put_hostile)
    Path("rules").mkdir()
    Path("rules/rulebook.yaml").write_text(RULES.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    Path("case.yaml").write_text(CASE, encoding="utf-8")
    Path("decision.yaml").write_text(DECISION, encoding="utf-8")
    Path("set.json").write_text(exercises_text(EVERY_FORM), encoding="utf-8")
    one = replace(EVERY_FORM.exercises[0], limbs=("provision:bee-act-2",))
    missed = logged(one, NotKnown(), mark(one, NotKnown()), 0, datetime.datetime(2026, 11, 29, tzinfo=datetime.UTC))
    Path("me.json").write_text(progress_text(StudentProgress((missed,))), encoding="utf-8")
    spec = "title: x\nassumes: y\nfacts: {site.kind: {is: roof}}\n"
    Path("population.yaml").write_text(spec, encoding="utf-8")
    with Path("table.csv").open("w", encoding="utf-8", newline="") as stream:
        cells = csv.writer(stream)
        cells.writerow(("case", "site.kind"))
        hostile = HOSTILE.replace("\0", "")  # with which it would be no text
        cells.writerows((("a", "roof"), (f"b{hostile}", f"ro{hostile}\nof"), ("c", "garden")))

    def ran(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        out, err = capsys.readouterr()
        return Ran(int(ended.value.code or 0), out, err)

    return ran


def call(verb: str) -> tuple[str, ...]:
    law = () if verb in ("lint", "check", "exercises", "worksheet") else ("--rules", "rules")
    return (verb, *CALLS[verb], *law)


def before(verb: str, run: Callable[..., Ran]) -> None:
    """Make what a verb reads."""
    if verb == "tabulate":
        run(*call("batch"))
    if verb == "verify":
        run("decide", "case.yaml", "--question", "honey", "--receipt", "receipt.json", "--rules", "rules")
    if verb == "diagnose":
        rulebook = load_rulebook(Path("rules"))
        asked = AskedCase("roof", load_cases(rulebook, Path("case.yaml"))[0], "honey")
        made = set_of_cases(rulebook, [asked])
        named = RulebookUsed("Bees", None, None)  # a file of exercises with what steers is refused
        (exercise,) = (with_id(replace(one, rulebook=named)) for one in made.exercises)
        text = exercises_text(replace(made, rulebook=named, exercises=(exercise,)))
        Path("exercises.json").write_text(text, encoding="utf-8")
        hostile = HOSTILE.replace("\0", "")
        with Path("sheets.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows((("student", exercise.id), (f"Anna{hostile}", "a"), (f"Boris{hostile}", "b")))


@pytest.mark.parametrize("verb", ANSWERING)
def test_every_verb(verb: str, run: Callable[..., Ran]) -> None:
    before(verb, run)
    ran = run(*call(verb))
    assert ran.code in (0, 1, 2)
    assert "Usage:" not in ran.err
    assert len(ran.out) > 20
    assert SIGN in ran.out + ran.err or verb in WITHOUT_TEXTS
    assert not STEERING.search(ran.out + ran.err)


@pytest.mark.parametrize("verb", ANSWERING)
def test_every_verb_on_a_terminal(verb: str, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    """There the program's own colours are let through, and nothing else."""
    before(verb, run)
    for name, value in (("TERM", "xterm-256color"), ("COLUMNS", "100")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    for stream in (sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    ran = run(*call(verb))
    assert not STEERING.search(PROGRAMS_OWN.sub("", ran.out + ran.err))
    assert f"{SIGN}[1m" not in ran.out + ran.err
    assert f"{SIGN}[K" not in ran.out + ran.err
    assert "\x1b[" in ran.out or verb in WITHOUT_COLOURS


@pytest.mark.parametrize("verb", [verb for verb in ANSWERING if verb not in WITHOUT_JSON])
def test_every_verb_in_json(verb: str, run: Callable[..., Ran]) -> None:
    """Nothing is lost in it: what steers is escaped, and read back as it was."""
    before(verb, run)
    ran = run(*call(verb), *(("--format", "json") if verb == "lint" else ("--json",)))
    assert ran.code in (0, 1, 2)
    assert not STEERING.search(ran.out)
    assert SIGN not in ran.out
    plain = [json.loads(line) for line in ran.out.splitlines()] if verb in ON_LINES else [json.loads(ran.out)]
    if verb in ("decide", "law"):
        assert r"\u001b[2J\u202eso\u2066\u009b31m" in json.dumps(plain)


@pytest.mark.parametrize("verb", ANSWERING)
def test_every_argument(verb: str, run: Callable[..., Ran]) -> None:
    """A file of a hostile name may have been written for `*` in the shell to find."""
    for argument in (f"x{HOSTILE}.yaml", f"--rules=x{HOSTILE}", "a\nError: nothing", "a\u200bb", "x\udcff.yaml"):
        ran = run(verb, argument)
        assert ran.code == 2
        assert "argument 1 holds a character that cannot be seen" in " ".join(ran.err.split()).replace(
            "argument 2", "argument 1"
        )
        assert not STEERING.search(ran.out + ran.err)
        assert "\nError: nothing" not in ran.err


def test_a_verb_that_there_is_not(run: Callable[..., Ran]) -> None:
    ran = run(f"decide{HOSTILE}")
    assert ran.code == 2
    assert not STEERING.search(ran.err)


def test_what_goes_through_the_guard(capsys: pytest.CaptureFixture[str]) -> None:
    guard = Guarded(sys.stdout)
    guard.writelines([f"a{HOSTILE}b\n", "Straße, حكم، \u200fא, नि\u200dयम, 法\n\ttab\n"])
    assert not STEERING.search(shown := capsys.readouterr().out)
    assert shown.endswith("b\nStraße, حكم، \u200fא, नि\u200dयम, 法\n\ttab\n")


@pytest.mark.parametrize("width", [60, 20], ids=["as laid out", "as rich lays it out"])
def test_colours_are_the_programs_own(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("TERM", "xterm"), ("COLUMNS", str(width))):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = io.StringIO()
    stream.isatty = lambda: True  # type: ignore[method-assign]
    cell = (Span("[bold]" + HOSTILE, "reading"), Span(" with more words"))
    table = Table((Column("head" + HOSTILE), Column("second")), ((cell, (Span("[/bold]", "reading"),)),) * 2)
    show_blocks([table, Paragraph((Span(f"a file{HOSTILE}", "strong"),))], Screen(stream))
    shown = stream.getvalue()
    assert "\x1b[31m[bold]" in shown
    assert "\x1b[31m[/bold]" in shown
    assert not STEERING.search(re.sub(r"\x1b\[[0-9;]*m", "", shown))


def test_each_character_has_one_sign() -> None:
    """So that a caret below a line stands where it should."""
    assert len(safe(HOSTILE)) == len(HOSTILE) == len(safe_line(HOSTILE))
    assert safe_line("a\nb\tc\u200bd\ufeff") == "a�b�c�d�"


@pytest.mark.parametrize("indent", [None, 2])
def test_json_is_read_back_as_it_was(indent: int | None) -> None:
    plain = {"text" + HOSTILE: [HOSTILE, "x\udcff.yaml", "Straße", "a\nb", "\U0001f41d"]}
    text = json_text(plain, indent)
    assert not STEERING.search(text)
    assert "Straße" in text
    assert json.loads(text) == plain
