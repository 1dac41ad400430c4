"""Names that are words of the language: refused where they are given, with the place."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from lawmodel.batch.rows.answers import DEPENDS
from lawmodel.batch.tables.matched import KEY
from lawmodel.batch.writing.answer_columns import ROW, TEXTS
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook import reserved_words
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.reserved_words import WORDS
from lawmodel.words.columns import GROUND

RULES: Final = (Path(__file__).parents[1] / "bad" / "rulebook.yaml").read_text(encoding="utf-8")
CONSEQUENCE: Final = """
consequences:
  - {id: fine, says: a fine, sources: [{id: bee-act}], certainty: text}
"""
NAMED: Final = {
    "fact": ["- id: site.kind"],
    "field": ["- id: place\n"],
    "choice": ["garden: the hives stand in a garden", "town: the town"],
    "word for a day": ["running: {means"],
    "date": ["- id: test-day"],
    "reading": ["- id: swarm"],
    "option": ["{id: five, says"],
    "concept": ["- id: many"],
    "conclusion": ["- id: by-size"],
    "consequence": ["{id: fine, says"],
    "outcome": ["{id: forbidden, says"],
}
"""Where the rulebook gives a name of each kind: it stands behind `id: `, or at the beginning."""


def problems_of(text: str, folder: Path) -> list[str]:
    """What is said of a rulebook, a line for each problem."""
    (folder / "rulebook.yaml").write_text(text, encoding="utf-8")
    try:
        load_rulebook(folder)
    except ProblemsFound as found:
        return [f"{one.line}:{one.column} {one.message}" for one in found.problems]
    return []


def renamed(kind: str, number: int, word: str) -> tuple[str, str]:
    """The rulebook with another name in one place, and the place."""
    text = RULES + CONSEQUENCE
    old = NAMED[kind][number]
    name = old.partition("id: ")[2].split()[0].rstrip(",") if "id: " in old else old.partition(":")[0]
    assert text.count(old) == 1
    at = text.index(old) + old.index(name)
    place = f"{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}"
    return text[:at] + word + text[at + len(name) :], place


@pytest.mark.parametrize(
    ("kind", "number", "word"),
    [(kind, number, word) for kind in WORDS for number in range(len(NAMED[kind])) for word in WORDS[kind]],
)
def test_each_word_is_refused(kind: str, number: int, word: str, tmp_path: Path) -> None:
    text, place = renamed(kind, number, word)
    article = "an" if kind == "option" or kind == "outcome" else "a"
    assert f"{place} `{word}` cannot be the name of {article} {kind}: it is {WORDS[kind][word]}" in problems_of(
        text, tmp_path
    )


@pytest.mark.parametrize("kind", ["word for a day", "date"])
def test_a_name_that_is_read_as_a_day(kind: str, tmp_path: Path) -> None:
    text, place = renamed(kind, 0, "2026-01-01")
    expected = f"{place} `2026-01-01` cannot be the name of a {kind}: it is the beginning of a day of the calendar"
    assert expected in problems_of(text, tmp_path)


@pytest.mark.parametrize("choice", ["''", "' garden'", "'garden '"])
def test_a_choice_that_no_case_can_name(choice: str, tmp_path: Path) -> None:
    text, place = renamed("choice", 0, choice)
    assert f"{place} `{choice[1:-1]}` is no name of a choice" in problems_of(text, tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- id: swarm", "- id: lease", "`lease` is the name of a fact too"),
        ("- id: test-day", "- id: from", "`from` is the name of a fact too"),
        ("- id: test-day", "- id: decision.made", "`decision.made` is the name of a fact too"),
        ("- id: by-size", "- id: conditional", "`conditional` is the name of an outcome too"),
        ("- id: place\n", "- id: lease\n", "`lease` is the name of a fact too"),
        ("{id: drafted,", "{id: 'in draft',", "`in draft` is no id of a stage"),
    ],
)
def test_one_name_for_two_things(old: str, new: str, told: str, tmp_path: Path) -> None:
    assert any(one.endswith(told) for one in problems_of(RULES.replace(old, new), tmp_path))


def test_words_that_only_look_like_some_are_free(tmp_path: Path) -> None:
    """What a file says is text: `no` is a choice like any other, and so is `null`."""
    for word in ("no", "yes", "null", "'true'", "'1'", "'2024-01-01'", "none", "'~'"):
        assert problems_of(renamed("choice", 0, word)[0], tmp_path) == []


def test_words_of_tables_are_those_that_tables_use() -> None:
    assert {*reserved_words.TABLE_WORDS} == {KEY, ROW, GROUND, *TEXTS}
    assert reserved_words.DEPENDS == DEPENDS
