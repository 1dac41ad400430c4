"""`lawmodel batch`: formats, bad rows, and what is left behind."""

from __future__ import annotations

import csv
import datetime
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

import lawmodel
from lawmodel.batch.writing import written
from lawmodel.case.case import Case
from lawmodel.case.values import decode_text
from lawmodel.inquiry.decide import decide
from lawmodel.verbs.batch.command import command

READING = "treaty-conflict=treaty-prevails"
SERVED = {"formation": "armed_forces", "basis": "contract", "from": "2025-02-05", "to": "still", "fought": "no"}
CASES: list[dict[str, Any]] = [
    {"case": "cook", "service": [SERVED], "decision.made": "2026-04-22"},
    {"case": "left", "service": [{**SERVED, "to": "2026-03-31"}], "decision.made": "2026-04-22"},
    {"case": "before", "service": [SERVED], "decision.made": "2026-02-22"},
    {"case": "perhaps", "service": [{**SERVED, "to": "unknown"}], "decision.made": "2026-04-22"},
    {"case": "unknown", "service": None, "decision.made": "unknown"},
    {"case": "never", "service": [], "decision.made": None},
    {"case": "obliged", "service": [SERVED], "decision.made": "2026-04-22", "request.treaty_obliges": "yes"},
]
CITIZEN = [{"state": "UZ"}]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(one) for one in arguments])


def as_csv(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        to = csv.DictWriter(stream, list(rows[0]))
        to.writeheader()
        for row in rows:
            to.writerow({key: json.dumps(one) if isinstance(one, list) else one for key, one in row.items()})
    return path


def as_json(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def as_parquet(path: Path, rows: list[dict[str, Any]], group: int | None = None) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=group)
    return path


def read(path: Path) -> dict[str, dict[str, Any]]:
    match path.suffix:
        case ".parquet":
            rows = pq.read_table(path).to_pylist()
        case ".csv":
            with path.open(newline="", encoding="utf-8") as stream:
                rows = [
                    {
                        key: [one for one in text.split(";") if one]
                        if key in ("possible", "grounds", "grounds_between")
                        else text or None
                        for key, text in row.items()
                    }
                    for row in csv.DictReader(stream)
                ]
        case _:
            rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {row["case"]: row for row in rows}


def rows() -> list[dict[str, Any]]:
    """Under the reading asked for, whoever serves is extradited only where a treaty obliges."""
    return [{"request.treaty_obliges": "no", **one, "person.citizenships": CITIZEN} for one in CASES]


@pytest.mark.parametrize("out", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("table", [as_csv, as_json, as_parquet])
def test_every_format_is_answered_as_decide_answers(tmp_path: Path, table: Any, out: str) -> None:
    suffix = {as_csv: "csv", as_json: "jsonl", as_parquet: "parquet"}[table]
    to = tmp_path / f"answers.{out}"
    result = run(
        "extradition", table(tmp_path / f"cases.{suffix}", rows()), "--out", to, "--presume", "--reading", READING
    )
    assert result.exit_code == 0, result.output
    found = read(to)
    rulebook = lawmodel.load_rulebook()
    assert list(found) == [one["case"] for one in CASES]
    for one in rows():
        facts: dict[str, Any] = {}
        for path in ("service", "person.citizenships"):
            fields = {field.id: field for field in rulebook.facts[path].of}
            facts[path] = one[path] and tuple(
                {name: decode_text(rulebook, fields[name], text) for name, text in record.items()}
                for record in one[path]
            )
            facts[path] = () if one[path] == [] else facts[path]
        for path in ("decision.made", "request.treaty_obliges"):
            facts[path] = decode_text(rulebook, rulebook.facts[path], one[path] or "unknown")
        answer = decide(
            rulebook, Case(facts=facts, presume=True), "extradition", readings={"treaty-conflict": "treaty-prevails"}
        )
        row = found[one["case"]]
        assert (row["outcome"], row["status"], row["possible"]) == (
            answer.outcome,
            answer.status,
            list(answer.possible),
        )
        assert row["grounds"] == [each.id for each in answer.grounds if each.in_every_case]
    assert found["cook"]["grounds"] == ["cpc-464-1-7"]
    assert found["obliged"]["grounds"] == []
    assert found["perhaps"]["status"] == "depends"


def test_what_is_said_of_the_law(tmp_path: Path) -> None:
    table = as_csv(tmp_path / "cases.csv", rows())
    readings = ("--reading", "combat=everyone", "--reading", "treaty-conflict=unknown")
    arguments = ("--on", "2026-04-22", "--stage", "signed", *readings, "--presume")
    assert run("extradition", table, "--out", tmp_path / "a.parquet", *arguments).exit_code == 0
    assert run("extradition", table, "--out", tmp_path / "a.csv", *arguments).exit_code == 0
    said = json.loads(pq.read_metadata(tmp_path / "a.parquet").metadata[b"lawmodel"])
    assert said == json.loads((tmp_path / "a.csv.json").read_text())["lawmodel"]
    assert (said["law_date"], said["stage"], said["readings"]["combat"]) == ("2026-04-22", "signed", "everyone")
    assert said["readings"]["treaty-conflict"] is None
    assert not {"combat", "treaty-conflict"} & {*said["defaults"]}
    assert said["rows"] == len(CASES)


def test_a_reading_without_default_that_nobody_chose_is_said_to_be_open(tmp_path: Path) -> None:
    readings = lawmodel.load_rulebook().readings
    result = run("deployment", as_csv(tmp_path / "cases.csv", rows()), "--out", tmp_path / "a.csv", "--presume")
    assert result.exit_code == 0, result.output
    said = json.loads((tmp_path / "a.csv.json").read_text())["lawmodel"]
    assert said["readings"] == {name: readings[name].default for name in said["readings"]}
    assert None in said["readings"].values()
    assert sorted(said["defaults"]) == sorted(name for name, option in said["readings"].items() if option is not None)


def test_bad_rows_are_set_aside(tmp_path: Path) -> None:
    bad = [
        {**rows()[0], "case": "state", "person.citizenships": [{"state": "UZZ"}]},
        {**rows()[0], "case": "backwards", "service": [{**SERVED, "to": "2024-01-01"}]},
        {**rows()[0], "case": "day", "decision.made": "2026-02-30"},
        {**rows()[0], "case": "field", "service": [{"formations": "armed_forces"}]},
    ]
    table = as_csv(tmp_path / "cases.csv", [rows()[0], *bad, rows()[1]])
    with table.open("a") as stream:
        stream.write("short\n")
    result = run("extradition", table, "--out", tmp_path / "a.jsonl", "--rejects", tmp_path / "bad.jsonl", "--presume")
    assert result.exit_code == 2, "a field that no record has stops the run"
    assert "`service` has no `formations`. Did you mean formation?" in result.output
    table = as_csv(tmp_path / "cases.csv", [rows()[0], *bad[:3], rows()[1]])
    with table.open("a") as stream:
        stream.write("short\n")
    result = run("extradition", table, "--out", tmp_path / "a.jsonl", "--rejects", tmp_path / "bad.jsonl", "--presume")
    assert result.exit_code == 0, result.output
    assert list(read(tmp_path / "a.jsonl")) == ["cook", "left"]
    rejected = [json.loads(line) for line in (tmp_path / "bad.jsonl").read_text().splitlines()]
    assert [(one["row"], one["line"], one["column"]) for one in rejected] == [
        (2, 3, "person.citizenships.state"),
        (3, 4, "service[1].to"),
        (4, 5, "decision.made"),
        (6, 7, ""),
    ]
    assert rejected[0]["mend"] == "Did you mean UZ?"
    assert "cannot end before it begins" in rejected[1]["reason"]
    before = sorted(tmp_path.iterdir())
    result = run("extradition", table, "--out", tmp_path / "b.jsonl", "--strict", "--presume")
    assert result.exit_code == 2
    assert "line 3" in result.output
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("column", "values", "says"),
    [
        ("person.present_in_rusia", ["yes"], "there is no fact `person.present_in_rusia`. Did you mean person.present"),
        ("person.present_in_russia", [datetime.date(2026, 3, 1)], "holds date32[day]. It should hold yes/no"),
        ("decision.made", [1.5], "holds double. It should hold days"),
        ("service", [[{"form": "x"}]], "`service` has no `form`. Did you mean"),
        ("service", [3], "It should hold records"),
        ("decision.made.word", ["x"], "needs a column `decision.made` beside it"),
    ],
)
def test_wrong_columns_are_named(tmp_path: Path, column: str, values: list[Any], says: str) -> None:
    table = as_parquet(tmp_path / "cases.parquet", [{column: one} for one in values])
    result = run("extradition", table, "--out", tmp_path / "a.parquet")
    assert result.exit_code == 2
    assert says in result.output
    assert not (tmp_path / "a.parquet").exists()


def test_other_mistakes(tmp_path: Path) -> None:
    table = as_parquet(tmp_path / "cases.parquet", [{"case": "a", "extra": 1}])
    assert "--ignore" in run("extradition", table, "--out", tmp_path / "a.csv").output
    assert run("extradition", table, "--out", tmp_path / "a.csv", "--ignore", "extra").exit_code == 0
    for wrong, says in (
        (("extraditon", table, "--out", tmp_path / "b.csv"), "Did you mean extradition?"),
        (("extradition", table, "--out", tmp_path / "b.xls"), "should end in"),
        (("extradition", table, "--out", tmp_path / "no" / "b.csv"), "there is no folder"),
        (("extradition", tmp_path / "none.csv", "--out", tmp_path / "b.csv"), "there is no such file"),
        (("extradition", tmp_path / "cases.txt", "--out", tmp_path / "b.csv"), "there is no such file"),
    ):
        result = run(*wrong)
        assert result.exit_code == 2
        assert says in result.output
    (tmp_path / "torn.parquet").write_bytes(b"PAR1 and no more")
    assert "cannot be read" in run("extradition", tmp_path / "torn.parquet", "--out", tmp_path / "b.csv").output


def test_a_run_that_is_broken_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = as_json(tmp_path / "cases.jsonl", rows())
    (tmp_path / "a.csv").write_text("what was here before")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(written._Csv, "write", interrupted)
    result = run("extradition", table, "--out", tmp_path / "a.csv", "--rejects", tmp_path / "bad.csv")
    assert result.exit_code == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.csv", "cases.jsonl"]
    assert (tmp_path / "a.csv").read_text() == "what was here before"


def test_a_folder_and_many_blocks(tmp_path: Path) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    for number in range(3):
        many = [{**one, "case": f"{number}-{place}-{one['case']}"} for place in range(7) for one in rows()[:4]]
        as_parquet(folder / f"{number}.parquet", many, group=5)
    result = run("extradition", folder, "--out", tmp_path / "a.parquet", "--presume", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["rows"] == 84
    found = read(tmp_path / "a.parquet")
    assert list(found)[:2] == ["0-0-cook", "0-0-left"]
    for key, row in found.items():
        assert row["outcome"] == found[f"0-0-{key.split('-')[2]}"]["outcome"]


def test_a_file_that_breaks_off(tmp_path: Path) -> None:
    table = as_csv(tmp_path / "cases.csv", rows())
    with table.open("ab") as stream:
        stream.write(b"\xff\xfe,[],[],2026-04-22\n")
    whole = as_parquet(tmp_path / "cases.parquet", rows() * 200).read_bytes()
    (tmp_path / "cases.parquet").write_bytes(whole[:40] + b"\xff" * 400 + whole[440:])
    for name in ("cases.csv", "cases.parquet"):
        result = run("extradition", tmp_path / name, "--out", tmp_path / "a.csv")
        assert result.exit_code == 2
        assert "cannot be read" in result.output
    assert sorted(one.name for one in tmp_path.iterdir()) == ["cases.csv", "cases.parquet"]


@pytest.mark.parametrize("numbered", [True, False])
def test_a_text_that_is_none(numbered: bool, tmp_path: Path) -> None:
    """Arrow reads it without a word, and fails when it is asked for."""
    table = tmp_path / "cases.parquet"
    pq.write_table(pa.Table.from_pylist(CASES), table, use_dictionary=numbered, compression="none")
    table.write_bytes(table.read_bytes().replace(b"contract", b"contra\xc8t"))
    ran = run("extradition", table, "--out", tmp_path / "answers.parquet")
    assert ran.exit_code == 2
    assert "cases.parquet: it cannot be read: " in ran.stderr
    assert "Invalid UTF8" in ran.stderr


def test_an_empty_table(tmp_path: Path) -> None:
    table = tmp_path / "cases.csv"
    table.write_text("case,decision.made\n")
    for suffix in ("csv", "jsonl", "parquet"):
        result = run("extradition", table, "--out", tmp_path / f"a.{suffix}")
        assert result.exit_code == 1, result.output
        assert "no case was decided: the table has no rows" in result.output
    assert pq.read_table(tmp_path / "a.parquet").num_rows == 0
