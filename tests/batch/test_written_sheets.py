"""Answers and counts as sheets of Excel, read back by another program and by `tabulate`."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from lawmodel.batch.writing import written_sheet
from lawmodel.verbs.batch import command as batch
from lawmodel.verbs.tabulate import command as tabulate
from tests.batch.cafes import RULES, written
from tests.batch.test_standard_streams import run

TEXT = 'case,times,paid\n=1+1,3,no\n"b\x07é",1,no\nhttps://example.org,,no\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    written(tmp_path, TEXT)


def cells(path: str, sheet: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


def test_answers_are_texts_whatever_they_begin_with() -> None:
    for _ in range(2):  # an older one is known, and replaced
        result = run(batch, "often", "cases.csv", "--out", "answers.xlsx")
        assert result.exit_code == 0, result.output
    heading, *rows = cells("answers.xlsx", "answers")
    assert heading[:4] == ("case", "outcome", "status", "possible")
    assert [row[:4] for row in rows] == [
        ("=1+1", "often", "determined", "often"),
        ("b_x0007_é", None, "depends", "often;seldom"),
        ("https://example.org", None, "depends", "often;seldom"),
    ]
    about = {str(name): json.loads(str(value)) for name, value in cells("answers.xlsx", "lawmodel")[1:]}
    assert (about["question"], about["rows"]) == ("often", 3)
    assert not Path("answers.xlsx.json").exists()


def test_answers_of_a_sheet_are_counted() -> None:
    run(batch, "often", "cases.csv", "--out", "answers.xlsx")
    counted = run(tabulate, "answers.xlsx", "--cases", "cases.csv", "--by", "times", "--out", "-")
    assert counted.stdout.splitlines()[0] == "times,often,depends,all", counted.output
    run(batch, "often", "cases.csv", "--out", "same.parquet")
    compared = run(tabulate, "answers.xlsx", "--against", "same.parquet", "--json")
    assert json.loads(compared.stdout)["moved"] == []
    Path("numbered.csv").write_text("times,paid\n3,no\n1,no\n")
    run(batch, "often", "numbered.csv", "--out", "answers.xlsx")
    assert cells("answers.xlsx", "answers")[1][0] == 1
    counted = run(tabulate, "answers.xlsx", "--cases", "numbered.csv", "--by", "times", "--out", "counts.xlsx")
    assert counted.exit_code == 0, counted.output
    assert cells("counts.xlsx", "counts") == [
        ("times", "is", "it depends", "all"),
        ("1", 0, 1, 1),
        ("3", 1, 0, 1),
    ]


def test_no_file_of_somebody_elses_is_replaced() -> None:
    openpyxl.Workbook().save("mine.xlsx")
    before = Path("mine.xlsx").read_bytes()
    for result in (
        run(batch, "often", "cases.csv", "--out", "mine.xlsx"),
        run(tabulate, "mine.xlsx", "--out", "counts.csv"),
    ):
        assert result.exit_code == 2
    said = run(batch, "often", "cases.csv", "--out", "mine.xlsx").stderr
    assert "is nothing that --out writes: it is not replaced" in " ".join(said.split())
    assert Path("mine.xlsx").read_bytes() == before


def test_what_no_sheet_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written_sheet, "MOST_ROWS", 2)
    result = run(batch, "often", "cases.csv", "--out", "answers.xlsx")
    assert result.exit_code == 2
    assert "a sheet of Excel has 3 rows at most. Write .parquet or .csv" in " ".join(result.stderr.split())
    assert not Path("answers.xlsx").exists()
    assert {one.name for one in Path().iterdir()} == {"rules.yaml", "cases.csv"}


CASES = "sep=;\ncase;times;visits[1].hours;visits[1].site\nan;3;1;Home\nbe;17.0;2;CAFÉ\nce;;;\n"


def test_cases_are_counted_by_what_their_values_mean(tmp_path: Path) -> None:
    cases = written(tmp_path, CASES, encoding="utf-16").name
    run(batch, "often", cases, "--out", "answers.parquet")
    counted = run(tabulate, "answers.parquet", "--cases", cases, "--by", "visits.site", "--by", "times", "--out", "-")
    assert sorted(counted.stdout.splitlines()[1:]) == ["café,17,1,0,1", "home,3,1,0,1", "unknown,unknown,0,1,1"]
    lines = '{"case": "an", "visits": [{"site": "HOME"}]}\n'.encode("utf-16")
    Path("cases.jsonl").write_bytes(lines)
    run(batch, "often", "cases.jsonl", "--out", "answers.parquet")
    counted = run(tabulate, "answers.parquet", "--cases", "cases.jsonl", "--by", "visits.site", "--out", "-")
    assert counted.stdout.splitlines()[1:] == ["home,1,1"]


def test_cases_that_are_copied_are_not_replaced_either() -> None:
    for name in ("answers.xlsx", "same.xlsx"):
        run(batch, "often", "cases.csv", "--out", name)
    before = Path("answers.xlsx").read_bytes()
    for given in ("answers.xlsx", "same.xlsx"):
        cases = ["--cases", f"{given}#answers", "--rules", "rules.yaml"]
        result = CliRunner().invoke(tabulate.command, ["answers.xlsx", *cases, "--out", given])
        assert "would replace what is read" in str(result.exception)
    assert Path("answers.xlsx").read_bytes() == before
