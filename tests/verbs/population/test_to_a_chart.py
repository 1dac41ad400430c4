"""From a described population to a chart: `lawmodel population`, `batch`, `tabulate`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.running import Run

EXAMPLE = "examples/population/foreign-fighters.yaml"


@pytest.mark.parametrize("suffix", ["parquet", "csv", "jsonl"])
def test_the_chart_says_whom_a_reading_excludes(run: Run, tmp_path: Path, suffix: str) -> None:
    cases, first, second = (str(tmp_path / f"{name}.{suffix}") for name in ("cases", "first", "second"))
    drawn = run("population", EXAMPLE, "--rows", "400", "--out", cases)
    assert drawn.code == 0
    assert "Assumed: Up to 20,000 foreigners signed" in drawn.out
    assert "400 cases, seed 1" in drawn.out
    assert run("batch", "extradition", cases, "--presume", "--out", first).code == 0
    assert run("batch", "extradition", cases, "--presume", "--reading", "combat=everyone", "--out", second).code == 0
    page = tmp_path / "combat.html"
    told = run("tabulate", first, "--against", second, "--cases", cases, "--by", "service.fought", "--out", str(page))
    assert told.code == 0
    assert "must be refused → may be granted" in told.out
    assert "no longer CPC Art." in told.out
    assert "combat: former-only → everyone" in page.read_text(encoding="utf-8")
    found = json.loads(run("tabulate", first, "--against", second, "--json").out)
    moved = {(one["before"], one["after"]): one["count"] for one in found["moved"]}
    assert moved["must_refuse", "may_grant"] > 20
    assert found["total"] == 400


def test_every_file_holds_the_same_cases(run: Run, tmp_path: Path) -> None:
    found = []
    for suffix in ("parquet", "csv", "jsonl", "xlsx"):
        cases, answers = (str(tmp_path / f"{name}.{suffix}") for name in ("cases", "answers"))
        run("population", EXAMPLE, "--rows", "200", "--seed", "5", "--out", cases)
        run("batch", "extradition", cases, "--presume", "--out", answers)
        found.append(json.loads(run("tabulate", answers, "--json").out)["groups"])
    assert found[0] == found[1] == found[2] == found[3]


def test_without_a_file_the_shares_are_shown(run: Run) -> None:
    ran = run("population", EXAMPLE, "--rows", "1000", "--json")
    drawn = json.loads(ran.out)["drawn"]
    assert sum(drawn["request.state"].values()) == 1000
    assert "--out FILE writes the cases" in run("population", EXAMPLE, "--rows", "10").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["population", EXAMPLE, "--out", "cases.xls"], "the name ends in one of .parquet"),
        (["population", EXAMPLE, "--rows", "0"], "0 is not in the range"),
        (["population", "gone.yaml"], "gone.yaml"),
        (["tabulate", "gone.parquet"], "no table of answers"),
        (["tabulate", "gone.parquet", "--out", "table.rtf"], "the name ends in .csv, .xlsx, .html, .md, .docx or .pdf"),
    ],
)
def test_wrong_input(run: Run, arguments: list[str], message: str) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert message in ran.err + ran.out
