"""The section `phrases` of a rulebook: its form, and what is said where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.phrase_template import (
    FactHole,
    NotATemplate,
    PersonHole,
    Segment,
    Text,
    parse_template,
)

LAW = """
rulebook:
  title: Ponds
  law_date: decision.made
  stages: [{id: in_force, says: in force}]
sources: [{id: act, title: The Act, kind: instrument}]
facts:
  - {id: decision.made, type: date, title: the decision, phrase: "decided on {}", ask: When?}
  - {id: pond.dry, type: yes/no, title: dryness, yes: dry, no: wet, ask: Dry?}
questions:
  - id: open
    title: Opening
    asks: Is it open?
    outcomes: [{id: open, says: open, means: open}, {id: shut, says: shut, means: shut}]
provisions:
  - id: p
    question: open
    title: Dry ponds
    citation: Act s. 1
    text: A dry pond is open.
    certainty: text
    sources: [{id: act}]
    when: {pond.dry: yes}
    concludes: open
phrases:
  - id: pond
    of: pond
    part: circumstances
"""


def problems_of(folder: Path, below: str) -> str:
    (folder / "law.yaml").write_text(LAW + below, encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        load_rulebook(folder)
    return str(found.value)


def test_a_phrase_has_holes_and_parts_that_may_be_left_out() -> None:
    assert parse_template("{He} waded[ in {dry}]{dry=no}") == (
        PersonHole("He"),
        Text(" waded"),
        Segment((Text(" in "), FactHole("dry"))),
        FactHole("dry", "no"),
    )


@pytest.mark.parametrize(
    "text", ["{He", "He}", "[in {dry}", "in {dry}]", "[in]", "[{dry}]", "{HE}", "{a b}", "[a {b}[c {d}]]"]
)
def test_what_is_no_phrase_is_refused(text: str) -> None:
    with pytest.raises(NotATemplate):
        parse_template(text)


@pytest.mark.parametrize(
    ("below", "says", "line"),
    [
        ('    sentences: ["The pond is {dri}"]', "there is no fact `pond.dri`", "law.yaml:29:17"),
        ('    sentences: ["The pond is dry{dry=yess}"]', "`yess` is no value of `dry`", "law.yaml:29:17"),
        ('    sentences: ["The pond is {any colour}"]', "there is no detail `colour`", "law.yaml:29:17"),
        ('    sentences: ["The pond is dry. It stays so{dry=yes}"]', "ends within itself", "law.yaml:29:17"),
        ('    sentences: ["The pond is {dry"]', "`{` stands alone", "law.yaml:29:17"),
        ("    clauses: {dry: {maybe: [The pond is so]}}", "`maybe` is no value of `dry`", "law.yaml:29:14"),
        ("    clauses: {dyr: {yes: [The pond is dry]}}", "there is no fact `pond.dyr`", "law.yaml:29:14"),
        ("    questions: [opne]", "there is no question `opne`", "law.yaml:29:17"),
        ("    named_by: dyr", "there is no fact `pond.dyr`", "law.yaml:29:15"),
        ("    register: formal", "`formal` is no `register`", "law.yaml:29:15"),
        ("    clauses: [The pond is dry]", "`clauses` needs keys of its own", "law.yaml:29:14"),
        ("    clause: {dry: {yes: [The pond is dry]}}", "`clause` is no key of this entry", "law.yaml:29:5"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, below: str, says: str, line: str) -> None:
    problems = problems_of(tmp_path, below)
    assert says in problems
    assert line in problems


def test_a_group_that_there_is_not(tmp_path: Path) -> None:
    (tmp_path / "law.yaml").write_text(LAW.replace("of: pond", "of: pound"), encoding="utf-8")
    with pytest.raises(ProblemsFound, match="there is no list or group of facts `pound`"):
        load_rulebook(tmp_path)


def test_phrases_are_kept_as_they_were_written(tmp_path: Path) -> None:
    (tmp_path / "law.yaml").write_text(LAW + "    clauses: {dry: {yes: [The pond is dry]}}\n", encoding="utf-8")
    for _ in range(2):  # read, and then from the cache
        assert load_rulebook(tmp_path).phrases["pond"].clauses == {"dry": {"yes": ("The pond is dry",)}}
