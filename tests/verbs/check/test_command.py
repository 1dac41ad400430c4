"""`lawmodel check`: problems in every form, and in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lawmodel.commands.main import program
from tests.inquiry.ferry import ferry

UNMET = "title: x\nfacts: {}\nexpect:\n  - {question: extradition, outcome: may_grant}\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["check", *arguments])


@pytest.fixture
def wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two cases: one with a mistake whose name would be markup, one with an expectation that is not met."""
    monkeypatch.chdir(tmp_path)
    Path("bad.yaml").write_text("facts:\n  person: {'<b>_x_': yes}\n")
    Path("unmet.yaml").write_text(UNMET)
    return tmp_path


def test_the_sheet_begins_with_what_came_of_it_and_ends_with_what_was_checked(wrong: Path) -> None:
    ran = run("bad.yaml", "unmet.yaml")
    assert ran.exit_code == 2
    assert ran.stdout.startswith("1 mistake, 1 expectation not met\n\nbad.yaml:2:12: ")
    assert "\n  2 |   person: {'<b>_x_': yes}\n    |            ^\n" in ran.stdout
    assert ran.stdout.endswith(
        "Cases     1 case, 1 expectation: 1 not met\n  Left out  bad.yaml, because of mistakes\n\n"
    )
    assert run("unmet.yaml").exit_code == 1
    assert run("unmet.yaml", "--no-expect").stdout.startswith("No mistake\n")


def test_every_form_names_the_place_and_shows_the_line(wrong: Path) -> None:
    page = run("bad.yaml", "unmet.yaml", "--format", "html").stdout
    assert "<code>bad.yaml:2:12</code>" in page
    assert "&lt;b&gt;_x_" in page
    assert "<b>" not in page
    notes = run("bad.yaml", "unmet.yaml", "--format", "markdown").stdout
    assert "- `bad.yaml:2:12`: " in notes
    assert "  2 |   person: {'<b>_x_': yes}" in notes
    plain = json.loads(run("bad.yaml", "unmet.yaml", "--json").stdout)
    assert (plain["mistakes"], plain["unmet"], plain["cases"], plain["expectations"]) == (1, 1, 1, 1)


def test_a_report_goes_to_a_file_and_over_nothing_that_is_read(wrong: Path) -> None:
    ran = run("bad.yaml", "unmet.yaml", "--out", "report.html")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "bad.yaml:2:12" in Path("report.html").read_text()
    run("unmet.yaml", "--out", "unmet.yaml", "--format", "text")
    assert Path("unmet.yaml").read_text() == UNMET


ODD = """
facts:
  traveller: {armed: yes, drunk: no}
questions: [crossing]
variants:
  - {id: drunk, facts: {traveller: {armed: yes, drunk: yes}}}
  - {id: both, facts: {cargo: {value: 1000, limit: 10}}}
"""
RULES = """
consistency:
  - {id: sober, level: warning, says: the sober carry no arms, when: {traveller.armed: yes, traveller.drunk: no}}
  - {id: worth, says: cargo is within its limit, when: {cargo.value: {more_than: 900}, cargo.limit: {less_than: 50}}}
"""


def test_what_is_odd_is_told_and_what_no_case_is_is_a_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ferry").mkdir()
    ferry(tmp_path / "ferry", RULES)
    Path("odd.yaml").write_text(ODD)
    ran = run("odd.yaml", "--rules", "ferry", "--json")
    found = json.loads(ran.stdout)
    assert ran.exit_code == 2
    assert [(one["message"], one["line"]) for one in found["problems"]] == [("cargo is within its limit", 7)]
    assert [(one["message"], one["line"]) for one in found["remarks"]] == [("the case: the sober carry no arms", 3)]
    Path("odd.yaml").write_text(ODD.partition("  - {id: both")[0])
    ran = run("odd.yaml", "--rules", "ferry")
    assert ran.exit_code == 0
    assert "1 remark on cases" in ran.stdout
    assert "the case: the sober carry no arms" in ran.stdout
