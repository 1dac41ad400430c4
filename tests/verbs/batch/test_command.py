"""`lawmodel batch`: what a user is told of a run, in every form."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lawmodel.commands.main import program

CHECKOUT = Path(__file__).parents[3]
FIGHTERS = str(CHECKOUT / "examples/batch/fighters.csv")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, ["batch", "extradition", *map(str, arguments)])


def test_the_sheet_says_outcomes_in_words_and_what_became_of_every_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(FIGHTERS, "--presume", "--out", "answers.csv", "--rejects", "rejects.csv")
    assert ran.exit_code == 0
    title, *lines = ran.stdout.splitlines()
    assert re.fullmatch(r"6 of 7 rows decided in [\d.]+ s +answers\.csv", title)
    assert "Would extradition be refused? Law in force on the day of each case." in lines
    assert re.search(r"^may be granted +3 +50\.0% +may_grant$", ran.stdout, re.MULTILINE)
    said = " ".join(ran.stdout.split())
    assert "3 cases leave something open. Each was worked out for every possibility. 1 row set aside" in said
    assert "· line 8: a request is received before it is decided" in said
    assert "All, with column, value and reason: rejects.csv" in said
    assert ran.stderr == ""


def test_each_way_of_asking_has_a_part_of_its_own(tmp_path: Path) -> None:
    ran = run(FIGHTERS, "--each-reading", "combat", "--stage", "signed", "--out", tmp_path / "a.csv")
    assert {"combat=former-only", "combat=everyone", "combat=no-one"} <= set(ran.stdout.splitlines())
    assert "As if every bill signed by the day of each case were law." in " ".join(ran.stdout.split())
    assert "Left out. --rejects FILE keeps them" in ran.stdout


def test_every_form_tells_the_same(tmp_path: Path) -> None:
    page = run(FIGHTERS, "--presume", "--format", "html", "--out", tmp_path / "a.csv").stdout
    notes = run(FIGHTERS, "--presume", "--format", "markdown", "--out", tmp_path / "a.csv").stdout
    assert page.startswith("<!doctype html>")
    assert notes.startswith("# 6 of 7 rows decided")
    for shown in (page, notes):
        assert "request.received" in shown
        assert "must be refused" in shown


def test_json_says_under_which_law_and_in_which_words(tmp_path: Path) -> None:
    arguments = (
        "--presume",
        "--as-told-by",
        "press-duma",
        "--reading",
        "combat=no-one",
        "--json",
        "--out",
        tmp_path / "a.csv",
    )
    plain = json.loads(run(FIGHTERS, *arguments).stdout)
    assert plain["says"]["may_grant"] == "may be granted"
    assert set(plain["says"]) == set(plain["outcomes"])
    assert plain["rulebook"]["sha256"]
    assert (plain["question"], plain["told_by"]) == ("extradition", "press-duma")
    assert plain["law"] == {"date": None, "stage": plain["law"]["stage"]}
    assert {one["by"] for one in plain["readings"].values()} <= {"asked", "telling"}
    assert plain["readings"]["combat"] == {"option": "no-one", "default": False, "by": "asked"}


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_a_table_without_a_case_to_decide_is_told_and_ends_with_1(tmp_path: Path, form: str) -> None:
    table = tmp_path / "cases.csv"
    table.write_text("case,decision.made\nfirst,nonsense\n")
    ran = run(table, "--out", tmp_path / "a.csv", "--format", form)
    assert ran.exit_code == 1
    assert ran.stderr == "no case was decided: every row is bad or blank.\n"
    assert "nonsense" in ran.stdout, "what is wrong with the row is told in every form"
