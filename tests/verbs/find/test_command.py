"""`lawmodel find`: the answers and the case in words, or as a case file; what there is not is said to be proved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.running import Run


def test_what_is_printed_can_be_saved_and_checked(run: Run, tmp_path: Path) -> None:
    ran = run("find", "--differ", "reading", "combat", "--yaml")
    assert ran.code == 0
    assert "# Would extradition be refused?" in ran.out
    assert "combat: everyone     Extradition may be granted" in ran.out
    file = tmp_path / "found.yaml"
    file.write_text(ran.out, encoding="utf-8")
    checked = run("check", str(file))
    assert (checked.code, "3 expectations: all met" in checked.out) == (0, True)


def test_the_answers_and_the_case_are_told_in_words(run: Run) -> None:
    ran = run("find", "--differ", "reading", "combat")
    said = " ".join(ran.out.split())
    assert "Would extradition be refused?" in said
    assert "must be refused CPC Art. 464(1)(7)" in said
    assert "service 1: did not take part in fighting" in said
    assert "expect:" not in ran.out
    assert "expect:" in run("find", "--differ", "reading", "combat", "--all").out


def test_every_form_says_the_same(run: Run) -> None:
    for form in ("markdown", "html"):
        ran = run("find", "--differ", "date", "2026-03-18", "2026-03-19", "--more", "1", "--format", form)
        assert "by the law of 18 March 2026" in ran.out
        assert "transit through Russia is asked for" in ran.out
        assert ran.out.count("expect:") == 2  # the case files are folded


def test_yaml_and_another_form_contradict_each_other(run: Run) -> None:
    ran = run("find", "--differ", "reading", "combat", "--yaml", "--json")
    assert (ran.code, "contradict each other" in ran.err) == (2, True)


def test_several_are_saved_each_in_a_file(run: Run, tmp_path: Path) -> None:
    ran = run("find", "--differ", "date", "2026-03-18", "2026-03-19", "--more", "2", "--out", str(tmp_path / "new"))
    assert ran.code == 0
    assert [file.name for file in sorted((tmp_path / "new").iterdir())] == [
        "found-1.yaml",
        "found-2.yaml",
        "found-3.yaml",
    ]
    assert "all met" in run("check", str(tmp_path / "new")).out


def test_none_is_a_proof(run: Run) -> None:
    ran = run("find", "--outcome", "must_refuse", "--ground", "cpc-464-2-3")
    assert ran.code == 0
    said = " ".join(ran.out.split())
    assert "There is no case in which" in said
    assert "This is proved for all facts" in said
    plain = json.loads(run("find", "--outcome", "must_refuse", "--ground", "cpc-464-2-3", "--json").out)
    assert (plain["cases"], plain["exhausted"]) == ([], True)
    empty = run("find", "--outcome", "must_refuse", "--ground", "cpc-464-2-3", "--yaml").out
    assert all(line.startswith("#") for line in empty.splitlines())


def test_a_case_that_brings_something_expects_it(run: Run, tmp_path: Path) -> None:
    ran = run("find", "--brings", "sports-ban", "--out", str(tmp_path), "--yaml")
    assert "consequences:\n      - penalty-as-passed\n      - sports-ban" in ran.out
    assert "all met" in run("check", str(tmp_path)).out
    none = run("find", "--brings", "sports-ban", "--where", "sanction.sports_event=no")
    assert "There is no case in which sports-ban follows" in none.out


def test_only_so_many_kinds(run: Run) -> None:
    ran = run("find", "--outcome", "postponed", "--more", "5")
    assert "There is no other that is essentially different: 1 in all." in ran.out


def test_two_articles_lead_to_opposite_answers(run: Run) -> None:
    ran = run("find", "--differ", "telling", "press-signed", "press-adopted", "--question", "extradition", "--json")
    (found,) = json.loads(ran.out)["cases"]
    assert {one["outcome"] for one in found["seen"]} == {"must_refuse", "may_grant"}
    assert {one["as"] for one in found["seen"]} == {"press-signed", "press-adopted"}


def test_what_is_given_is_kept(run: Run) -> None:
    ran = run("find", "--differ", "reading", "combat", "--where", "person.protection=asylum", "--json")
    assert json.loads(ran.out)["cases"][0]["facts"]["person"]["protection"] == "asylum"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "say what the case is to show"),
        (["--differ", "reading"], "Name the reading"),
        (["--differ", "reading", "combt"], "Did you mean combat"),
        (["--differ", "reading", "combat", "everyone"], "Name at least two options"),
        (["--differ", "date", "2026-03-18"], "Name two of them"),
        (["--differ", "date", "2026-03-18", "soon"], "is not a day"),
        (["--differ", "telling", "press-signed", "press-singed"], "Did you mean press-signed"),
        (["--outcome", "may_refuze"], "Did you mean may_refuse"),
        (["--ground", "cpc-464-1-8"], "Did you mean"),
        (["--ground", "cpc-464-1-7", "--ground", "def-10-2.1-1"], "answer different questions"),
        (["--outcome", "may_refuse", "combat"], "names nothing here"),
        (["--brings", "sport-ban"], "Did you mean sports-ban"),
        (["--outcome", "may_refuse", "--where", "person.protecton=asylum"], "Did you mean person.protection"),
    ],
)
def test_wrong_input(run: Run, arguments: list[str], message: str) -> None:
    ran = run("find", *arguments)
    assert ran.code == 2
    assert message in ran.err
