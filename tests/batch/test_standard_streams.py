"""Tables that come from standard input and go to standard output, and CSV that Excel knows as UTF-8."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from lawmodel.verbs.batch import command as batch
from lawmodel.verbs.population import command as population
from lawmodel.verbs.tabulate import command as tabulate
from tests.batch.cafes import RULES, Ran, written

TEXT = "case,times,paid\nan,3,no\nbé,1,no\nce,x,no\n"
POPULATION = "title: Cafés\nassumes: nothing\nfacts:\n  times: {between: [1, 5]}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "population.yaml").write_text(POPULATION, encoding="utf-8")


def run(verb: object, *arguments: str, given: bytes = b"") -> Result:
    command = getattr(verb, "command")  # noqa: B009 - of modules of one shape
    result: Result = CliRunner().invoke(command, [*arguments, "--rules", "rules.yaml"], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_csv_in_and_out() -> None:
    result = run(batch, "often", "-", "--out", "-", given=TEXT.encode())
    assert result.stdout.splitlines()[0].startswith('"case","outcome","status"')
    assert [line.split(",")[0].strip('"') for line in result.stdout.splitlines()[1:]] == ["an", "bé"]
    assert "2 of 3 rows decided" in result.stderr
    assert "line 4: `x` is not a whole number" in result.stderr
    assert {one.name for one in Path().iterdir()} == {"rules.yaml", "population.yaml"}


def test_what_comes_is_told_by_how_it_begins(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for line in TEXT.splitlines():
        book.active.append(line.split(","))
    book.save("cases.xlsx")
    lines = "".join(json.dumps(dict(zip(["case", "times"], one, strict=True))) + "\n" for one in [("an", 3), ("bé", 1)])
    for given in (Path("cases.xlsx").read_bytes(), lines.encode(), TEXT.replace(",", ";").encode("utf-16")):
        result = run(batch, "often", "-", "--out", "-", given=given)
        assert result.exit_code == 0, result.output
        assert len(result.stdout.splitlines()) == 3


def test_what_is_wrong_names_standard_input(tmp_path: Path) -> None:
    assert "standard input: nothing comes from it" in run(batch, "often", "-", "--out", "-").stderr
    result = run(batch, "often", "-", "--out", "-", given="case\nдым\n".encode("cp1251"))
    assert (result.exit_code, "standard input: line 2 cannot be read" in " ".join(result.stderr.split())) == (2, True)
    assert str(tmp_path) not in result.output


def test_a_population_goes_on_to_batch() -> None:
    drawn = run(population, "population.yaml", "--rows", "50", "--out", "-")
    assert drawn.stdout.startswith("case,times")
    assert "Cafés" in drawn.stderr
    decided = run(batch, "often", "-", "--out", "answers.parquet", given=drawn.stdout_bytes)
    assert decided.exit_code == 0, decided.output
    counted = run(tabulate, "answers.parquet", "--cases", "-", "--by", "times", "--out", "-", given=drawn.stdout_bytes)
    assert counted.stdout.splitlines()[0] == "times,often,depends,all"
    assert sum(int(line.rsplit(",", 1)[1]) for line in counted.stdout.splitlines()[1:]) == 50


def test_records_and_answers_from_standard_input(tmp_path: Path) -> None:
    written(tmp_path, "case,times,paid\nan,1,no\nbe,1,no\n")
    records = "case;hours;site\nan;3;café\n".encode("utf-16")
    result = run(batch, "often", "cases.csv", "--records", "visits=-", "--out", "answers.parquet", given=records)
    assert result.exit_code == 0, result.output
    answers = Path("answers.parquet").read_bytes()
    counted = run(tabulate, "-", "--out", "-", given=answers)
    assert counted.stdout.splitlines() == ["often,seldom,all", "1,1,2"], counted.output
    counted = run(tabulate, "-", given=b"case,outcome\nan,often\n")
    assert (counted.exit_code, "standard input: it is no table of answers" in counted.stderr) == (2, True)


def test_what_a_killed_run_left_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = tmp_path / "copies" / ".lawmodel-0123456789ab.part"
    left.mkdir(parents=True)
    for name in ("lock", "1.parquet"):
        (left / name).touch()
    monkeypatch.setattr("tempfile.tempdir", str(left.parent))
    assert run(batch, "often", "-", "--out", "-", given=TEXT.encode()).exit_code == 0
    assert list(left.parent.iterdir()) == []


def test_csv_for_excel(tmp_path: Path) -> None:
    table = written(tmp_path, TEXT)
    ran = Ran(table)  # which leaves answers.jsonl
    for _ in range(2):  # an older one is known, and replaced
        result = run(batch, "often", "cases.csv", "--out", "answers.csv", "--rejects", "bad.csv", "--bom")
        assert result.exit_code == 0, result.output
        result = run(tabulate, "answers.csv", "--out", "counts.csv", "--bom")
        assert result.exit_code == 0, result.output
        result = run(population, "population.yaml", "--rows", "5", "--out", "drawn.csv", "--bom")
        assert result.exit_code == 0, result.output
    for name in ("answers.csv", "bad.csv", "counts.csv", "drawn.csv"):
        data = Path(name).read_bytes()
        assert data.count(codecs.BOM_UTF8) == 1
        assert data.startswith(codecs.BOM_UTF8)
    assert len(ran.answers) == 2
    result = run(batch, "often", "cases.csv", "--out", "answers.parquet", "--bom")
    assert "--bom: nothing that is written is CSV" in result.stderr
    assert run(batch, "often", "drawn.csv", "--out", "-").exit_code == 0
