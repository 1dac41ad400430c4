"""Citations of the program, of answers and of provisions; their BibTeX is read by another program."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from lawmodel.problems import Place
from lawmodel.rulebook.model import Seen, Source
from lawmodel.version import VERSION, YEAR
from lawmodel.words.citations import CitedAnswer, cited_answer, cited_program, cited_sources, escaped
from tests.commands.every_verb import prepare
from tests.commands.running import Run
from tests.sizes import examples

COOK = "scenarios/extradition/04-serving-cook.yaml"
HERE = Place("x", 1, 1)
ODD = st.text(st.sampled_from("ab {}\\$&#_%~^\"'@,=é“”<>|`-"), min_size=1, max_size=12).filter(lambda one: one.strip())


def read(bibtex: str) -> dict[str, dict[str, str]]:
    """The entries that another program finds in BibTeX."""
    found = parse_string(bibtex, "bibtex")
    return {key: dict(entry.fields) for key, entry in found.entries.items()}


COMMANDS = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}


def in_words(field: str) -> str:
    """A field as LaTeX typesets it, of which no more is known here than what may stand in it."""
    inside = field.removeprefix("{").removesuffix("}") if field.startswith("{") else field
    assert not re.search(r"[{}]|(?<!\\)[$&#_%~^]", re.sub(r"\\(text[a-z]+\{\}|[$&#_%])", "", inside))
    return re.sub(r"\\(?:(text[a-z]+)\{\}|([$&#_%]))", lambda one: COMMANDS[one[1]] if one[1] else one[2], inside)


def cited(run: Run, *arguments: str) -> str:
    ran = run("cite", *arguments)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


# --- BibTeX --------------------------------------------------------------------------------------------


@given(ODD, st.none() | ODD)
@examples(quick=60, full=500)
def test_whatever_a_title_holds_another_program_reads_it(title: str, at: str | None) -> None:
    one = Source(id="s1", title=title, kind="press", address="https://example.org/{a}\\b", place=HERE)
    (fields,) = read(cited_sources({}, [(one, at)], "bibtex")).values()  # type: ignore[arg-type]
    assert in_words(fields["title"]) == " ".join(title.split())
    assert fields["url"] == "https://example.org/%7Ba%7D%5Cb"
    if at is not None:
        assert in_words(fields["note"]) == " ".join(at.split())


@given(ODD)
@examples(quick=60, full=500)
def test_no_brace_of_the_words_is_left(words: str) -> None:
    left = escaped(words).replace("{}", "")
    assert "{" not in left
    assert "}" not in left


def test_a_title_with_a_brace(run: Run, tmp_path: Path) -> None:
    prepare(tmp_path)
    law = tmp_path / "law" / "bridge.yaml"
    text = law.read_text(encoding="utf-8").replace("title: Bridge Law", 'title: "Bridge { Law"')
    law.write_text(text, encoding="utf-8")
    found = read(cited(run, "law", "arms-1", "--rules", str(tmp_path / "law"), "--to", "bibtex"))
    assert in_words(found["bridge-law"]["title"]) == "Bridge { Law"


def test_an_answer_in_bibtex(run: Run) -> None:
    found = read(cited(run, COOK, "--to", "bibtex"))
    ((key, fields),) = found.items()
    assert key.startswith("lawmodel-")
    assert (fields["title"], fields["version"], fields["year"]) == ("lawmodel", VERSION, str(YEAR))
    note = in_words(fields["note"])
    assert "question extradition; law in force on 22 April 2026; all readings by default; outcome must_refuse" in note
    assert note.endswith(f"answer sha256:{key.removeprefix('lawmodel-')}")


# --- what is cited -------------------------------------------------------------------------------------


def test_the_program_alone(run: Run) -> None:
    assert cited(run) == f"The lawmodel authors, lawmodel {VERSION}, {YEAR}.\n"
    (entry,) = json.loads(cited(run, "--to", "csl-json"))
    assert (entry["type"], entry["version"], entry["author"]) == (
        "software",
        VERSION,
        [{"literal": "The lawmodel authors"}],
    )
    assert read(cited_program("bibtex")).keys() == {f"lawmodel-{VERSION}"}


def test_an_answer_is_cited_by_what_its_receipt_says(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "receipt.json"
    options = (
        "--variant",
        "discharged",
        "--as-told-by",
        "press-duma",
        "--reading",
        "combat=everyone",
        "--on",
        "2026-05-01",
    )
    said = cited(run, COOK, *options)
    assert run("decide", COOK, *options, "--brief", "--receipt", str(place)).code == 0
    receipt = json.loads(place.read_text(encoding="utf-8"))
    for digest in (receipt["rulebook"]["sha256"], receipt["case"]["sha256"], receipt["answer"]["sha256"]):
        assert f"sha256:{digest[:8]}" in said
    assert "“The cook left the army before the request”" in said
    assert "readings combat=everyone; as told by press-duma" in said
    assert "rulebook “Extradition and deployment, Russia 2026” 0.2.0 (sha256:" in said
    assert cited(run, f"{COOK}#discharged", *options[2:]) == said
    assert receipt["asked"]["told_by"] == "press-duma"


def test_every_choice_of_a_case_is_in_its_citation(run: Run) -> None:
    plain = cited(run, COOK)
    for option in (
        ("--variant", "discharged"),
        ("--reading", "combat=everyone"),
        ("--on", "2026-05-01"),
        ("--stage", "introduced"),
        ("--as-told-by", "press-duma"),
    ):
        assert cited(run, COOK, *option) != plain, option


def test_a_provision_is_cited_by_its_sources(run: Run) -> None:
    entries = {one["id"]: one for one in json.loads(cited(run, "law", "cpc-464-1-7", "--to", "csl-json"))}
    assert list(entries) == ["law-50-fz", "cis-50-fz", "interfax-50-fz"]
    assert entries["law-50-fz"]["type"] == "legislation"
    assert entries["law-50-fz"]["section"] == "item 7"
    assert entries["law-50-fz"]["URL"].startswith("https://")
    assert cited(run, "law", "CPC Art. 464(1)(7)") == cited(run, "law", "cpc-464-1-7")
    for name in ("cpc-464-1-7@2026-03-19", "lawmodel:ru/cpc-464-1-7@2026-03-19", "464(1)(7)"):
        assert cited(run, "law", name) == cited(run, "law", "cpc-464-1-7"), name
    assert len(cited(run, "law", "Art. 464").splitlines()) > len(entries)
    together = json.loads(cited(run, "law", "cpc-464-1-7", "cpc-464-1-7", "const-63-2", "--to", "csl-json"))
    assert len(together) > len(entries)
    assert [one["id"] for one in together].count("law-50-fz") == 1


@pytest.mark.parametrize(
    ("how", "accessed", "note"),
    [
        ("text", True, "the text was seen on 2 March 2026"),
        ("translation", True, "a translation was seen on 2 March 2026"),
        ("report", False, "reports of it were seen on 2 March 2026"),
        ("memory", False, "from memory, not looked up on 2 March 2026"),
        ("none", False, "not seen for the rulebook"),
    ],
)
def test_only_what_was_read_has_a_day_of_access(how: Any, accessed: bool, note: str) -> None:
    seen = Seen(how=how, on=datetime.date(2026, 3, 2), place=HERE)
    one = Source(id="s", title="T", kind="press", seen=seen, place=HERE)
    sources: Any = [(one, "p. 1")]
    (entry,) = json.loads(cited_sources({}, sources, "csl-json"))  # type: ignore[arg-type]
    assert ("accessed" in entry, entry["note"]) == (accessed, note)
    fields = read(cited_sources({}, sources, "bibtex"))["s"]  # type: ignore[arg-type]
    assert ("urldate" in fields, fields["note"]) == (accessed, f"p. 1; {note}")
    assert cited_sources({}, sources, "text") == f"T, p. 1 ({note})."  # type: ignore[arg-type]


def test_an_open_answer_says_what_it_may_be() -> None:
    one = CitedAnswer(
        "“R”", "1" * 64, "C", "2" * 64, "q", "law of today", "", "a or b", "is a or b", (), "3" * 64, False, ()
    )
    said = cited_answer(one, "text")
    assert said.endswith("question q, law of today, all readings by default: is a or b; open. Answer sha256:33333333.")


def test_the_documentation_shows_what_is_said(run: Run) -> None:
    case = "scenarios/extradition/17-charge-of-mercenarism.yaml"
    said = re.sub(r"sha256:[0-9a-f]{8}", "sha256:…", cited(run, case, "--question", "extradition")).strip()
    assert said in " ".join(Path("docs/citing.md").read_text(encoding="utf-8").split())


# --- what is refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "option",
    [
        ("--question", "extradition"),
        ("--variant", "base"),
        ("--reading", "combat=everyone"),
        ("--on", "2026-05-01"),
        ("--stage", "introduced"),
        ("--as-told-by", "press-duma"),
        ("--rules", "rules"),
    ],
)
def test_no_option_is_passed_over(run: Run, option: tuple[str, str]) -> None:
    ran = run("cite", *option)
    assert (ran.code, ran.out) == (2, "")
    assert f"{option[0]} has nothing to do here" in ran.err
    if option[0] != "--rules":
        ran = run("cite", "law", "cpc-464-1-7", *option)
        assert (ran.code, ran.out) == (2, "")
        assert f"{option[0]} has nothing to do here" in ran.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("law",), "no provision is named"),
        (("law", "cpc-464-1-77"), "there is no `cpc-464-1-77`. Did you mean"),
        (("law", "cpc-464-1-7@2026-03-20"), "there is no `cpc-464-1-7@2026-03-20`"),
        (("law", "combat"), "there is no `combat`"),
        (("nowhere.yaml",), "there is no such file"),
        ((COOK, COOK), "a citation is of one answer"),
        ((COOK, "--variant", "nobody"), "there is no `nobody`"),
        ((COOK, "--question", "swimming"), "there is no `swimming`"),
        ((COOK, "--as-told-by", "nobody"), "there is no `nobody`"),
        ((COOK, "--stage", "dreamt"), "there is no"),
        ((COOK, "--reading", "combat=nobody"), "--reading combat: there is no `nobody`"),
        ((COOK, "--on", "2026-02-30"), "--on"),
        (("--to", "endnote"), "is not one of"),
    ],
)
def test_what_is_refused(run: Run, arguments: tuple[str, ...], says: str) -> None:
    ran = run("cite", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in " ".join(ran.err.split())
