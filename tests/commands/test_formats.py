"""Formats: each is one file, found by its name, and known to every verb."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given

from lawmodel.commands.result_output import DATA
from lawmodel.document import Document, Fold, Paragraph, text
from lawmodel.render.formats import as_bytes, format_named, format_names, is_binary
from tests.commands.every_verb import ANSWERING, WITHOUT_JSON
from tests.commands.running import Run
from tests.render.documents import DOCUMENTS
from tests.render.opened import words_in
from tests.sizes import examples

CHECKOUT = Path(__file__).parents[2]
CASE = "scenarios/extradition/04-serving-cook.yaml"
FOLDED = Document(text("A title"), (Fold(text("A summary"), (Paragraph(text("what is folded")),)),))


@pytest.mark.parametrize("name", format_names())
def test_a_format_is_as_all_of_them_are(name: str) -> None:
    one = format_named(name)
    assert re.fullmatch(r"[A-Z].*\.", (one.__doc__ or "").partition("\n")[0])
    assert [ending for ending in one.EXTENSIONS if not re.fullmatch(r"\.[a-z]+", ending)] == []
    gives = "bytes" if is_binary(name) else "str"
    assert str(inspect.signature(one.render)) == f"(document: 'Document', *, everything: 'bool' = False) -> '{gives}'"
    written = one.render(FOLDED)
    assert isinstance(written, bytes) is is_binary(name)
    assert isinstance(written, bytes) or written.endswith("\n")
    assert one.MARK is None or one.MARK.encode() in as_bytes(written)
    assert "what is folded" in words_in(name, one.render(FOLDED, everything=True))


@pytest.mark.parametrize("name", format_names())
@given(told=DOCUMENTS)
@examples(quick=15, full=100)
def test_a_format_writes_every_kind_of_block(name: str, told: Document) -> None:
    render = format_named(name).render
    written = render(told)
    assert written == render(told)
    assert isinstance(written, bytes) or written.endswith("\n")


def test_no_two_formats_share_a_name_or_an_ending() -> None:
    endings = [ending for name in format_names() for ending in format_named(name).EXTENSIONS]
    endings += [ending for one in DATA.values() for ending in one.extensions]
    assert len(set(endings)) == len(endings)
    assert not set(format_names()) & set(DATA)


@pytest.mark.parametrize("name", ["html", "markdown"])
def test_what_is_folded_opens_by_itself_where_all_is_asked_for(name: str) -> None:
    render = format_named(name).render
    assert "<details>" in render(FOLDED)
    assert "<details>" not in (opened := render(FOLDED, everything=True))
    assert "<details open>" in opened


@pytest.mark.parametrize("verb", [verb for verb in ANSWERING if verb not in WITHOUT_JSON])
def test_each_verb_tells_of_every_format(run: Run, verb: str) -> None:
    told = " ".join(run(verb, "--help").out.split())
    for name in (*format_names(), "json"):
        says = DATA[name].says if name in DATA else (format_named(name).__doc__ or "").partition("\n")[0]
        assert re.search(rf"\b{name}( \(default\))?: {re.escape(says)}", told)


def test_the_start_imports_no_format() -> None:
    asked = (
        "import sys, lawmodel.verbs.decide.command; print([one for one in sys.modules if '.render.formats.' in one])"
    )
    done = subprocess.run([sys.executable, "-c", asked], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def recipe() -> str:
    """The format of docs/developing.md, word by word."""
    docs = (CHECKOUT / "docs" / "developing.md").read_text(encoding="utf-8")
    found = re.search(r"render/formats/plain\.py.*?```python[^\n]*\n(.*?)```", docs, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.long
def test_a_new_format_is_one_file(tmp_path: Path) -> None:
    """The file of the guide, put into a copy, is a format of every verb; nothing else is touched."""
    shutil.copytree(CHECKOUT / "lawmodel", tmp_path / "lawmodel", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(CHECKOUT / "rules", tmp_path / "rules")
    shutil.copytree(CHECKOUT / "scenarios", tmp_path / "scenarios")
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    (tmp_path / "lawmodel" / "render" / "formats" / "plain.py").write_text(recipe(), encoding="utf-8")

    def ran(*command: str, **environment: str) -> str:
        env = {**os.environ, "PYTHONPATH": str(tmp_path), **environment}
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    program = (sys.executable, "-c", "from lawmodel.commands.main import main; main()")
    for arguments, told in (
        (("decide", CASE, "--variant", "base"), "Extradition must be refused"),
        (("law", "cpc-464-1-7"), "Art. 464"),
        (("compare", CASE), "reading"),
    ):
        written = ran(*program, *arguments, "--format", "plain")
        assert told in written
        assert not set("✓✗│<>`") & set(written)
    ran(*program, "decide", CASE, "--out", "cook.plain")
    assert "must be refused" in (tmp_path / "cook.plain").read_text(encoding="utf-8")
    assert "plain: Words alone." in " ".join(ran(*program, "compare", "--help").split())
    words = {"COMP_WORDS": "lawmodel law --format pl", "COMP_CWORD": "3"}
    assert ran(*program, _LAWMODEL_COMPLETE="bash_complete", **words).split() == ["plain,plain"]
    ran(sys.executable, "-m", "mypy", "--cache-dir", "cache", "lawmodel")
    ran(shutil.which("lint-imports") or str(Path(sys.executable).with_name("lint-imports")), "--no-cache")
