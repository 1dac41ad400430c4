"""Sources that a reader can follow: their address, how they were seen, and the operative words of a provision."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from lawmodel.case.case import Case
from lawmodel.commands.main import program
from lawmodel.inquiry.decide import decide
from lawmodel.problems import ProblemsFound
from tests.inquiry.ferry import FERRY, ferry

SOURCE = "  - {id: ferry-law, title: Ferry Law, kind: instrument}"
SEEN = """  - id: ferry-law
    title: Ferry Law
    kind: instrument
    address: https://ferry.example/law?a=1&b=2
    seen: {how: text, on: 2026-11-28}"""
RULE = "    text: Armed travellers.\n"
WORDS = (
    "    words: {source: ferry-law, at: s. 1, original: Вооружённым отказывается, translation: the armed are refused}\n"
)
FOLLOWED = FERRY.replace(SOURCE, SEEN).replace(RULE, RULE + WORDS)
ARMED = Case(facts={"traveller.armed": True, "crossing.made": 738_000})


def told(folder: Path, law: str) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsFound) as found:
        ferry(folder, law=law)
    return [(one.message, one.mend) for one in found.value.problems]


def shown(folder: Path, *arguments: str) -> str:
    ran = CliRunner().invoke(program, [*arguments, "--rules", str(folder)])
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def test_a_ground_holds_the_words_and_leads_to_its_source(tmp_path: Path) -> None:
    law = ferry(tmp_path, law=FOLLOWED)
    answer = decide(law, ARMED, "crossing", readings={"severity": "strict"})
    ground = answer.to_json()["grounds"][0]
    assert ground["words"] == {
        "source": "ferry-law",
        "at": "s. 1",
        "original": "Вооружённым отказывается",
        "translation": "the armed are refused",
    }
    assert ground["addresses"] == {"ferry-law": "https://ferry.example/law?a=1&b=2"}
    assert ground["seen"] == {"ferry-law": {"how": "text", "on": "2026-11-28"}}
    step = next(one for one in answer.trace if one.id == "arms-1")
    assert step.notes["words"] == "Вооружённым отказывается"
    (tmp_path / "case.yaml").write_text("facts: {traveller: {armed: yes}, crossing: {made: 2021-06-01}}\n")
    case = [str(tmp_path / "case.yaml"), "--question", "crossing", "--reading", "severity=strict"]
    rules = str(tmp_path / "ferry-0.yaml")
    page = CliRunner().invoke(program, ["decide", *case, "--rules", rules, "--format", "html"]).stdout
    assert '<a href="https://ferry.example/law?a=1&amp;b=2" rel="noopener noreferrer">' in page
    assert "«Вооружённым отказывается» (the armed are refused)" in re.sub("<[^>]+>", "", page)


def test_the_law_shows_address_words_and_how_they_were_seen(tmp_path: Path) -> None:
    ferry(tmp_path, law=FOLLOWED)
    source = " ".join(shown(tmp_path, "law", "arms-1").split())
    assert "«Вооружённым отказывается» (the armed are refused)" in source
    assert "https://ferry.example/law?a=1&b=2" in source
    assert "the text was seen on 28 November 2026" in source
    plain = json.loads(shown(tmp_path, "law", "arms-1", "--json"))
    assert plain["entries"][0]["words"]["original"] == "Вооружённым отказывается"


@pytest.mark.parametrize(
    ("how", "best"), [("translation", "report"), ("report", "report"), ("memory", "memory"), ("none", "memory")]
)
def test_a_provision_is_no_surer_than_what_it_rests_on(tmp_path: Path, how: str, best: str) -> None:
    law = FOLLOWED.replace("how: text", f"how: {how}")
    message, mend = told(tmp_path, law)[0]
    assert message == f"`text` is surer than what `arms-1` rests on (ferry-law: {how})"
    assert f"certainty: {best}" in mend
    ferry(
        tmp_path,
        law=law.replace(
            "    certainty: text\n    sources: [{id: ferry-law}]",
            f"    certainty: {best}\n    sources: [{{id: ferry-law}}]",
        ),
    )


def test_a_language_is_a_code_and_why_a_provision_applies_is_short(tmp_path: Path) -> None:
    long = " ".join(["word"] * 13)
    wrong = FOLLOWED.replace("    address: ", "    language: Russian\n    address: ", 1)
    wrong = wrong.replace(RULE, f"{RULE}    short: {long}\n")
    messages = [message for message, _ in told(tmp_path, wrong)]
    assert messages == [
        "`Russian` is no code of a language",
        "13 words say in short why it applies, and 12 may",
    ]


def test_what_is_wrong_with_an_address_or_with_words_is_told(tmp_path: Path) -> None:
    long = " ".join(["слово"] * 16)
    law = FOLLOWED.replace("https://ferry.example/law?a=1&b=2", "javascript:alert(1)").replace(
        "source: ferry-law, at: s. 1, original: Вооружённым отказывается", f"source: nowhere, original: {long}"
    )
    messages = [message for message, _ in told(tmp_path, law)]
    assert messages == [
        "`javascript:alert(1)` is no address",
        "there is no source `nowhere`",
        "16 words are quoted, and 15 may be",
    ]
