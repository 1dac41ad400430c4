"""Answers beside the columns that a table had, and in words beside ids."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from lawmodel.batch.running import run
from lawmodel.batch.writing import readable_answers as written_beside
from lawmodel.verbs.batch.command import command
from lawmodel.verbs.tabulate.command import command as tabulate
from tests.batch.cafes import written
from tests.batch.mapping.people import MAPPING, MESSY, laid_out
from tests.commands.every_verb import prepare


def beside(table: Path, out: Path, *more: object) -> Result:
    arguments = ["often", table, "--rules", table.with_name("rules.yaml"), "--out", out, "--beside", *more]
    result = CliRunner().invoke(command, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def rows_in(path: Path) -> list[dict[str, object]]:
    """The rows of a file of answers."""
    match path.suffix:
        case ".csv":
            with path.open(encoding="utf-8", newline="") as stream:
                return [dict(one) for one in csv.DictReader(stream)]
        case ".parquet":
            found: list[dict[str, object]] = pq.read_table(path).to_pylist()
            return found
        case ".duckdb":
            with duckdb.connect(str(path), read_only=True) as database:
                table: list[dict[str, object]] = database.execute("FROM answers").to_arrow_table().to_pylist()
                return table
        case _:
            heading, *rows = openpyxl.load_workbook(path)["answers"].iter_rows(values_only=True)
            return [dict(zip(map(str, heading), row, strict=True)) for row in rows]


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx", ".duckdb"])
def test_given_columns_and_words(tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.Run.decided, "__defaults__", (2,))
    monkeypatch.setattr(written_beside, "ROWS", 3)
    people, mapping = laid_out(tmp_path, MESSY.replace("2 dozen", "many"))  # so that one row is set aside
    out = tmp_path / f"answers{suffix}"
    result = beside(people, out, "--mapping", mapping)
    assert result.exit_code == 0, result.output
    rows = rows_in(out)
    assert [(one["case"], one["Name of guest"]) for one in rows] == [
        ("1", "Ann"),
        ("2", "Bo"),
        ("4", "Di"),
        ("5", "Ed"),
    ]
    assert rows[1]["Where"] == "House"
    assert rows[0]["outcome"] == "often"
    assert rows[0]["outcome_says"] == "is"
    assert rows[0]["grounds_says"] == "s. 1"
    assert rows[2]["outcome_says"] == "it depends"
    assert not rows[2]["outcome"]


def test_counted_by_a_given_column(tmp_path: Path) -> None:
    people, mapping = laid_out(tmp_path)
    out = tmp_path / "answers.csv"
    beside(people, out, "--mapping", mapping)
    more = ["--rules", str(tmp_path / "rules.yaml"), "--by", "Name of guest", "--json"]
    found = json.loads(CliRunner().invoke(tabulate, [str(out), *more]).stdout)
    assert {one["labels"][0] for one in found["groups"]} == {"Ann", "Bo", "Cy", "Di", "Ed"}


def test_a_sheet_of_counts(tmp_path: Path) -> None:
    people, mapping = laid_out(tmp_path)
    beside(people, tmp_path / "answers.xlsx", "--mapping", mapping)
    book = openpyxl.load_workbook(tmp_path / "answers.xlsx")
    assert book.sheetnames == ["answers", "counts", "lawmodel"]
    heading, *rows = book["counts"].iter_rows(values_only=True)
    assert heading == ("says", "cases", "share", "outcome")
    assert ("is", 3, 0.6, "often") in rows
    about = {str(name): value for name, value in list(book["lawmodel"].iter_rows(values_only=True))[1:]}
    assert about["question"] == '"often"'
    assert "readings" in about


def test_a_table_without_a_mapping(tmp_path: Path) -> None:
    laid_out(tmp_path)
    table = written(tmp_path, 'day,place,visits,note\n2026-03-01,café,"[{""hours"": 3}]",x\n2026-03-01,home,[],y\n')
    out = tmp_path / "answers.csv"
    assert beside(table, out, "--ignore", "note").exit_code == 0
    rows = rows_in(out)
    assert [(one["row"], one["note"], one["place"]) for one in rows] == [("1", "x", "café"), ("2", "y", "home")]


def test_what_cannot_stand_beside(tmp_path: Path) -> None:
    people, mapping = laid_out(tmp_path, MESSY.replace("Notes", "status"), MAPPING.replace("Notes", "status"))
    result = beside(people, tmp_path / "answers.csv", "--mapping", mapping)
    assert result.exit_code == 2
    assert "it has a column `status`, and so have the answers" in " ".join(result.output.split())
    result = beside(people, tmp_path / "answers.jsonl", "--mapping", mapping)
    assert result.exit_code == 2
    assert "--beside: OUT is one file for it" in " ".join(result.output.split())


def test_all_rows_set_aside(tmp_path: Path) -> None:
    laid_out(tmp_path)
    table = written(tmp_path, "day,place,note\n2026-03-01,barn,x\n")
    out = tmp_path / "answers.csv"
    beside(table, out, "--ignore", "note")
    assert out.read_text(encoding="utf-8").startswith("row,day,place,note,outcome,outcome_says,")


@pytest.mark.parametrize("name", ["counts.html", "counts.md"])
def test_the_chart_as_a_document(tmp_path: Path, name: str) -> None:
    """It says outcomes in words, and the readings; an older one gives way, but no other file."""
    cases = tmp_path / "cases.csv"
    cases.write_text("case,crossing.made,traveller.armed\n1,2022-01-01,yes\n", encoding="utf-8")
    prepare(tmp_path)
    law = ["--rules", str(tmp_path / "law")]
    answers, out = str(tmp_path / "answers.csv"), tmp_path / name
    assert CliRunner().invoke(command, ["crossing", str(cases), "--out", answers, *law]).exit_code == 0
    for _ in range(2):
        result = CliRunner().invoke(tabulate, [answers, "--out", str(out), *law])
        assert result.exit_code == 0, result.output
    shown = out.read_text(encoding="utf-8")
    for said in (
        "is refused",
        "1 reading of the law, 1 by default",
        "by default",
        "Law in force on the day of each case",
    ):
        assert said in shown
    out.write_text("mine", encoding="utf-8")
    result = CliRunner().invoke(tabulate, [answers, "--out", str(out), *law])
    assert out.read_text(encoding="utf-8") == "mine"
