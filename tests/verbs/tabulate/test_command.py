"""`lawmodel tabulate`: what a user reads of counted answers, in every form."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from lawmodel.commands.main import program
from lawmodel.verbs.tabulate import document

CHECKOUT = Path(__file__).parents[3]
FIGHTERS = str(CHECKOUT / "examples/batch/fighters.csv")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, list(map(str, arguments)))


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    out = tmp_path / "answers.csv"
    assert run("batch", "extradition", FIGHTERS, "--presume", "--each-reading", "combat", "--out", out).exit_code == 0
    return out


def test_the_sheet_has_a_chart_and_all_numbers_in_words(answers: Path) -> None:
    shown = run("tabulate", answers).stdout
    title, *_ = shown.splitlines()
    assert re.fullmatch(r"Would extradition be refused\? +6 cases", title)
    assert "█ must be refused\n░ may be granted\n▓ it depends\n" in shown
    assert re.search(r"^combat=no-one +█{35,}░{10,}  6$", shown, re.MULTILINE)
    assert re.search(r"^  combat=no-one +4 \(66\.7%\) +2 \(33\.3%\) +0 +6$", shown, re.MULTILINE)


def test_what_moved_is_told_in_words(answers: Path) -> None:
    compared = ("tabulate", answers, "--only", "combat=former-only", "--against", "combat=everyone")
    shown = " ".join(run(*compared).stdout.split())
    assert "They differ in combat: former-only → everyone." in shown
    assert "What moved 1 (16.7%) of 6 cases have another outcome" in shown
    assert "· 1 must be refused → may be granted" in shown
    assert "no longer CPC Art. 464(1)(7)" in shown


def test_labels_are_words_of_the_rulebook_in_every_form(answers: Path, tmp_path: Path) -> None:
    counted = ("tabulate", answers, "--only", "combat=everyone", "--cases", FIGHTERS, "--by", "service.fought")
    page = tmp_path / "page.html"
    assert run(*counted, "--out", page).exit_code == 0
    for shown in (run(*counted).stdout, run(*counted, "--format", "markdown").stdout, page.read_text()):
        assert "took part in" in shown
        assert "must_refuse" not in shown
    assert run(*counted, "--format", "html").stdout == page.read_text()


def test_long_tables_are_folded(answers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MOST_ROWS", 1)
    monkeypatch.setattr(document, "MOST_BARS", 2)
    shown = run("tabulate", answers).stdout
    assert "Not shown  2 more groups (--all shows them)" in shown
    assert "These are the 2 largest of 3 groups." in shown
    assert "Not shown" not in run("tabulate", answers, "--all").stdout
    assert "<details><summary>2 more groups</summary>" in run("tabulate", answers, "--format", "html").stdout


def test_where_there_is_little_room_the_numbers_stay_whole(answers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only = ("--only", "combat=everyone", "--cases", FIGHTERS, "--by", "service.formation,status")
    beside = r"^  in the armed +determined +1 \(25\.0%\) +3 \(75\.0%\) +0 +4$"
    below = r"^    may be granted  3 \(75\.0%\)$"
    for width, line in (("70", beside), ("44", below)):
        monkeypatch.setenv("COLUMNS", width)
        shown = run("tabulate", answers, *only).stdout
        numbers = shown[shown.index("All numbers") :]
        assert re.search(line, numbers, re.MULTILINE), numbers
        assert all(len(one) <= int(width) for one in numbers.splitlines())


def test_answers_without_a_row_are_no_chart(tmp_path: Path) -> None:
    table = tmp_path / "cases.parquet"
    pq.write_table(pa.table({"decision.made": pa.array([], pa.string())}), table)
    out = tmp_path / "answers.parquet"
    assert run("batch", "extradition", table, "--out", out).exit_code == 1
    shown = run("tabulate", out)
    assert shown.exit_code == 0, shown.output
    assert "There is no answer to count." in shown.stdout


def test_json_keeps_an_empty_comparison(answers: Path) -> None:
    alone = json.loads(run("tabulate", answers, "--only", "combat=everyone", "--json").stdout)
    assert "moved" not in alone
    assert alone["says"]["must_refuse"] == "must be refused"
    same = json.loads(run("tabulate", answers, "--against", answers, "--json").stdout)
    assert same["moved"] == [], "nothing moved, and that is said"
