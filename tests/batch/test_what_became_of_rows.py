"""Every row of a table is answered, set aside with all that is wrong with it, or blank; and the run says so."""

from __future__ import annotations

import csv
import json
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from lawmodel.batch.running import run
from lawmodel.batch.tables import csv_lines
from lawmodel.batch.tables.blank_rows import without_blank_rows
from lawmodel.batch.tables.csv_lines import CsvLines
from lawmodel.batch.tables.slices import NotATable
from lawmodel.verbs.batch.command import command
from tests.batch.cafes import RULES, Ran, written


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.yaml"
    path.write_text(RULES, encoding="utf-8")
    return path


def every_format(folder: Path, rows: list[dict[str, Any]]) -> Iterator[Path]:
    """The same table in each format."""
    with (folder / "cases.csv").open("w", newline="", encoding="utf-8") as stream:
        to = csv.DictWriter(stream, list(rows[0]))
        to.writeheader()
        for row in rows:
            to.writerow({key: json.dumps(one) if isinstance(one, list) else one for key, one in row.items()})
    written(folder, "".join(json.dumps(row) + "\n" for row in rows), "cases.jsonl")
    pq.write_table(pa.Table.from_pylist(rows), folder / "cases.parquet")
    (folder / "cases.duckdb").unlink(missing_ok=True)
    with duckdb.connect(folder / "cases.duckdb") as database:
        database.execute(f"CREATE TABLE cases AS FROM '{folder / 'cases.parquet'}'")
    for suffix in ("csv", "jsonl", "parquet", "duckdb"):
        yield folder / f"cases.{suffix}"


def test_a_row_tells_all_its_faults_and_each_cell_as_it_was(rules: Path) -> None:
    text = (
        "case,times,place,paid,day,left,visits\n"
        'a,17.5,hom,perhaps,2026-02-30,2026-01-01,"[{""hours"": 1.5 , ""site"": ""hut""}]"\n'
        "b,3,home,yes,2026-01-01,2026-03-01,[x\n"
        'c,3,home,yes,2026-01-01,,"[null, {""hours"": [1], ""site"": [ 2 ]}]"\n'
    )
    ran = Ran(written(rules.parent, text))
    assert ran.counts == (3, 0, 3, 0)
    assert sorted((one["row"], one["line"], one["column"], one["value"]) for one in ran.rejects) == [
        (1, 2, "day", "2026-02-30"),
        (1, 2, "paid", "perhaps"),
        (1, 2, "place", "hom"),
        (1, 2, "times", "17.5"),
        (1, 2, "visits.hours", "1.5"),
        (1, 2, "visits.site", "hut"),
        (2, 3, "day", "2026-01-01"),
        (2, 3, "visits", "[x"),
        (3, 4, "visits", '[null, {"hours": [1], "site": [ 2 ]}]'),
        (3, 4, "visits", '[null, {"hours": [1], "site": [ 2 ]}]'),
        (3, 4, "visits", '[null, {"hours": [1], "site": [ 2 ]}]'),
    ]
    assert (ran.code, "no case was decided: every row is bad or blank" in ran.said) == (1, True)


def test_json_cells_are_repeated_as_they_were(rules: Path) -> None:
    rows = '{"times": true, "place": ["home"], "day": false, "paid": 2}\n{"times": 3, "times": 3}\nx\n[]\n'
    ran = Ran(written(rules.parent, rows + '{"visits": ' + "[" * 100_000 + "\n", "cases.jsonl"))
    assert [(one["row"], one["column"], one["value"]) for one in ran.rejects][:-1] == [
        (1, "place", '["home"]'),
        (1, "day", "false"),
        (1, "times", "true"),
        (1, "paid", "2"),
        (2, "times", '{"times": 3, "times": 3}'),
        (3, "", "x"),
        (4, "", "[]"),
    ]
    assert "`times` stands twice in one object" in ran.said
    assert ran.rejects[-1]["reason"] == "no case: it is nested too deep"
    assert ran.code == 1


def test_blank_rows_are_skipped_and_counted_in_every_format(rules: Path) -> None:
    nothing: dict[str, Any] = {"times": None, "place": None, "note": None}
    rows = [
        {"times": "3", "place": "home", "note": None},
        nothing,
        {**nothing, "note": "somebody"},
        nothing,
        {**nothing, "times": "x"},
    ]
    for table in every_format(rules.parent, rows):
        ran = Ran(table, "--ignore", "note")
        assert ran.counts == (5, 2, 1, 2), table
        assert [(one["row"], one["outcome"]) for one in ran.answers] == [(1, "often"), (3, None)], table
        assert [(one["row"], one["value"]) for one in ran.rejects] == [(5, "x")], table


def test_blank_lines_shift_lines_and_not_rows(rules: Path) -> None:
    text = '\n\ntimes,place\n\n\n"3","home"\r\n\r\n"x","no\nplace"\n  \n1,2,3\n,\ny,home'
    ran = Ran(written(rules.parent, text))
    assert ran.counts == (9, 1, 3, 5)
    assert [(one["row"], one["line"], one["column"]) for one in ran.rejects] == [
        (2, 8, "times"),
        (2, 8, "place"),
        (4, 11, ""),
        (6, 13, "times"),
    ]
    assert ran.rejects[2]["value"] == "1,2,3"
    lines = '\n{"times": 3}\n\n \n{"times": "x"}\n'
    ran = Ran(written(rules.parent, lines, "cases.jsonl"))
    assert ran.counts == (5, 1, 1, 3)
    assert [(one["row"], one["line"]) for one in ran.rejects] == [(2, 5)]


def test_numbers_that_are_whole_are_the_same_in_every_format(rules: Path) -> None:
    rows = [{"case": name, "times": value} for name, value in (("a", 3.0), ("b", None), ("c", 2.0))]
    texts = [{**row, "times": row["times"] and str(row["times"])} for row in rows]
    for given in (rows, texts):
        for table in every_format(rules.parent, given):
            ran = Ran(table)
            assert [one["outcome"] for one in ran.answers] == ["often", None, None], table
            assert ran.counts == (3, 3, 0, 0), table


def test_an_empty_record_is_refused_in_every_format(rules: Path) -> None:
    visit = {"hours": "3", "site": "café"}
    rows: list[dict[str, Any]] = [
        {"case": "a", "visits": [visit]},
        {"case": "b", "visits": [None]},
        {"case": "c", "visits": []},
    ]
    for table in every_format(rules.parent, rows):
        ran = Ran(table)
        assert [one["case"] for one in ran.answers] == ["a", "c"], table
        assert [(one["row"], one["column"], one["value"]) for one in ran.rejects] == [(2, "visits", "[null]")], table
        assert "a record of `visits` is empty (null)" in ran.rejects[0]["reason"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_are_the_same_however_they_are_composed(rules: Path, form: Any) -> None:
    """In a table, in a case file, in the names of cases; whichever form the rulebook has."""
    other: Any = "NFD" if form == "NFC" else "NFC"
    rules.write_text(unicodedata.normalize(form, RULES), encoding="utf-8")
    place, case, note = (unicodedata.normalize(other, one) for one in ("café", "José", "día"))
    rows = [{"case": case, "place": place, "paid": "yes", "day": "2026-01-01", "left": "2026-01-01", note: "x"}]
    for table in every_format(rules.parent, rows):
        ran = Ran(table, "--ignore", unicodedata.normalize(form, note))
        assert [one["outcome"] for one in ran.answers] == ["often"], ran.said
        assert ran.answers[0]["case"] == case, "as the table writes it"
    visits = f"case,hours,site\n{unicodedata.normalize(form, case)},3,{place}\n"
    first = written(rules.parent, f"case,paid\n{case},no\n")
    ran = Ran(first, "--records", f"visits={written(rules.parent, visits, 'visits.csv')}")
    assert [one["outcome"] for one in ran.answers] == ["often"], ran.said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('times,place\n"3,home\n1,home\n', "line 2: the quotation mark that opens here is not closed"),
        ('times,place\n3,home\n\n"a\nb",home\n4,"home\n5,home\n', "line 6: the quotation mark that opens here is not"),
        ('times,place\n3,"home\n4,"home"\n', "line 2: a quotation mark opens that is closed only in line 3"),
        ('times,place\n3,"home" or\n', "line 2: text stands behind a cell's closing quotation mark"),
        ('times,place\n3,5" high\n' + 'x"' * 70_000 + ",home\n", "line 3: a cell of more than 131,072 characters"),
    ],
)
def test_quotation_marks_that_are_not_closed(rules: Path, text: str, says: str) -> None:
    ran = Ran(written(rules.parent, text))
    assert (ran.code, says in ran.said) == (2, True), ran.said
    assert not (rules.parent / "answers.jsonl").exists()


@pytest.mark.parametrize("block", [1, 2, 3, 7, 1 << 20])
def test_lines_of_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    """Wherever a block of the file ends, each row has the line in which the standard library finds it."""
    monkeypatch.setattr(csv_lines, "_BLOCK", block)
    cells = ["", "3", '""', '"a\nb"', '"a""b"', '"\r\n\n"', "ab c", '"a,b"', '5" x', "é"]
    for number in range(120):
        chosen = [[cells[(number * 7 + row * 3 + place) % len(cells)] for place in range(3)] for row in range(9)]
        ends = ("\n", "\r\n", "\n\n", "\r", "\r\n\r\n", "\n\n\n")
        text = "".join(",".join(row) + ends[(number + place) % len(ends)] for place, row in enumerate(chosen))
        text += ("", "\r", "\n\r", "x\r")[number % 4]
        path = written(tmp_path, "\ufeff" * (number % 2) + text[: -(number % 3) or None])
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader, expected, before, blank = csv.reader(stream), [], 0, 0
            for row in reader:
                if row:
                    expected.append(before + 1)
                blank += not row and bool(expected)
                before = reader.line_num
        try:
            found = CsvLines(path)
        except NotATable:
            assert '"' in text
            continue
        assert found.rows == len(expected)
        assert [found.lines.of(row) for row in range(found.rows)] == expected
        assert found.blank == blank


@pytest.mark.parametrize(
    ("name", "text", "encoding", "says"),
    [
        ("cases.csv", "times,place\n3,home\n", "utf-16-le", "If it is UTF-16, say so: --encoding utf-16-le"),
        ("cases.csv", "times,place\n3,home\n4,дома\n", "cp1251", "line 3 cannot be read: the file is not UTF-8"),
        ("cases.csv", "times,place\n3,home\nдым\n4,home\n", "cp1251", "line 3 cannot be read: the file is not UTF-8"),
        ("cases.csv", "times,дом\n3,home\n", "cp1251", "line 1 cannot be read: the file is not UTF-8"),
        ("cases.jsonl", '{"times": 3}\n{"place": "é"}\n', "latin-1", "line 2 cannot be read: the file is not UTF-8"),
        ("cases.xlsx", "PK", "utf-8", "it cannot be read as an Excel file"),
        ("cases.csv", "", "utf-8", "it is empty. Its first line names the columns"),
        ("cases.csv", "\n\n", "utf-8", "it is empty"),
        ("cases.csv", "times,times\n3,3\n", "utf-8", "two columns are called `times`"),
        ("cases.parquet", "", "utf-8", "cases.parquet: it cannot be read"),
    ],
)
def test_tables_that_cannot_be_read(rules: Path, name: str, text: str, encoding: str, says: str) -> None:
    ran = Ran(written(rules.parent, text, name, encoding))
    assert (ran.code, says in ran.said) == (2, True), ran.said
    assert sorted(one.name for one in rules.parent.iterdir()) == sorted([name, "rules.yaml"])


def test_two_columns_or_fields_of_one_name_in_parquet(rules: Path) -> None:
    path, cell = rules.parent / "cases.parquet", pa.array(["3"])
    pq.write_table(pa.Table.from_arrays([cell, cell], names=["times", "times"]), path)
    assert "two columns are called `times`. Remove or rename one" in Ran(path).said
    records = pa.StructArray.from_arrays([cell, cell], names=["hours", "hours"])
    pq.write_table(pa.table({"visits": pa.ListArray.from_arrays(pa.array([0, 1], pa.int32()), records)}), path)
    ran = Ran(path)
    assert (ran.code, "`visits`: two columns are called `hours`" in ran.said) == (2, True), ran.said


def test_a_long_cell_is_kept_whole_and_told_in_short(rules: Path) -> None:
    cell = "x" * 50_000
    ran = Ran(written(rules.parent, f"times,place\n{cell},{cell}\n"))
    assert [one["value"] for one in ran.rejects] == [cell, cell]
    assert len(ran.said) < 1000
    assert len(Ran(written(rules.parent, f"times,{cell}\n")).said) < 1000


def test_a_moment_is_its_day(rules: Path) -> None:
    ran = Ran(written(rules.parent, "day,place\n2026-03-01T23:30:00Z,home\n2026-03-01 24:00:00,home\n"))
    assert [one["mend"] for one in ran.rejects] == ["Write the day alone, such as 2026-03-19."]


@pytest.mark.parametrize(
    ("name", "text"),
    [("cases.csv", "times,place\n"), ("cases.csv", "times,place"), ("cases.jsonl", ""), ("cases.jsonl", "\n")],
)
def test_a_table_without_rows(rules: Path, name: str, text: str) -> None:
    ran = Ran(written(rules.parent, text, name))
    assert (ran.code, "no case was decided: the table has no rows" in ran.said) == (1, True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
@pytest.mark.parametrize("name", ["cases.csv", "cases.jsonl", "cases.parquet", "cases.duckdb", "folder"])
def test_pipes_and_devices_are_no_tables(rules: Path, name: str) -> None:
    path = rules.parent / name
    if name == "folder":
        path.mkdir()
        os.mkfifo(path / "cases.parquet")
    else:
        os.mkfifo(path)
    assert "it is no ordinary file" in Ran(path).said
    if name != "folder":
        path.unlink()
        path.symlink_to("/dev/zero")
        assert "it is no ordinary file" in Ran(path).said


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_a_table_that_changes_while_it_is_read(rules: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    table = rules.parent / f"cases.{suffix}"
    list(every_format(rules.parent, [{"times": "3"}]))

    def changed(*given: Any) -> Any:
        os.utime(table, ns=(1, 1))
        return without_blank_rows(*given)

    monkeypatch.setattr(run, "without_blank_rows", changed)
    ran = Ran(table)
    assert (ran.code, "it was changed while it was read" in ran.said) == (2, True), ran.said
    assert not (rules.parent / "answers.jsonl").exists()


def test_files_that_other_programs_put_beside_are_no_part_of_a_table(rules: Path) -> None:
    folder = rules.parent / "cases"
    folder.mkdir()
    pq.write_table(pa.table({"times": ["3"]}), folder / "part.parquet")
    for name in ("._part.parquet", "_metadata.parquet"):
        (folder / name).write_bytes(b"no table")
    (rules.parent / "cases" / "rules.yaml").write_text(RULES, encoding="utf-8")
    ran = Ran(folder)
    assert ran.counts == (1, 1, 0, 0), ran.said
    (folder / "part.parquet").unlink()
    assert "there is no Parquet file in this folder" in Ran(folder).said


COMBINED = """consistency:
  - {order: [left, day], says: whoever comes has not left}
  - {id: home-paid, level: warning, says: nobody pays at home, when: {place: home, paid: yes}}
  - {id: long, says: no visit lasts for days, when: {some: visits, such_that: {hours: {more_than: 48}}}}
  - {id: never-paid, says: nobody pays who never comes, when: {times: {at_most: 0}, paid: yes}}
  - {id: tomorrow, says: it lies in the past, when: {day: {after: law-date}}, questions: [often]}
"""


def test_rows_that_no_case_is_are_set_aside_and_odd_ones_are_counted(tmp_path: Path, rules: Path) -> None:
    old = next(line for line in RULES.splitlines(keepends=True) if line.startswith("consistency"))
    rules.write_text(RULES.replace(old, COMBINED), encoding="utf-8")
    rows = [
        {"times": 3, "place": "home", "paid": True, "visits": []},
        {"times": 0, "place": "café", "paid": True, "visits": []},
        {"times": 1, "place": "home", "paid": True, "visits": [{"hours": 50, "site": "home"}]},
        {"times": 1, "place": "home", "paid": None, "visits": [{"hours": 5, "site": "home"}]},
        {"times": 1, "place": "home", "paid": True, "visits": None},
    ]
    table = tmp_path / "table.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    ran = Ran(table)
    assert [(one["row"], one["reason"]) for one in ran.rejects] == [
        (2, "nobody pays who never comes"),
        (3, "no visit lasts for days"),
    ]
    assert ran.counts == (5, 3, 2, 0)
    assert ran.counted["remarks"] == {"home-paid": 2}
    shown = CliRunner().invoke(command, ["often", str(table), "--rules", str(rules), "--out", str(tmp_path / "a.csv")])
    assert "nobody pays at home" in shown.output
    assert "home-paid" in shown.output


def test_a_day_after_the_day_of_the_law_sets_a_row_aside(tmp_path: Path, rules: Path) -> None:
    old = next(line for line in RULES.splitlines(keepends=True) if line.startswith("consistency"))
    rules.write_text(RULES.replace(old, COMBINED), encoding="utf-8")
    table = tmp_path / "table.csv"
    table.write_text("day,times\n2026-01-01,3\n2026-01-03,3\n", encoding="utf-8")
    ran = Ran(table, "--on", "2026-01-02")
    assert [(one["row"], one["reason"]) for one in ran.rejects] == [
        (2, "it lies in the past: 3 January 2026 comes after 2 January 2026")
    ]


def test_rows_whose_records_overlap_are_counted(tmp_path: Path, rules: Path) -> None:
    old = next(line for line in RULES.splitlines(keepends=True) if line.startswith("consistency"))
    fields = """
      - {id: came, type: date, title: came, phrase: "from {}", ask: When?}
      - id: went
        type: date
        title: went
        phrase: "to {}"
        ask: Until?
        left_out: still
        words: {still: {means: after_every_day, says: still there}}
"""
    odd = (
        "consistency: [{id: twice, level: warning, says: twice there,"
        " overlap: [visits.came, visits.went], same: [visits.site]}]\n"
    )
    rules.write_text(RULES.replace(old, fields.lstrip("\n") + odd), encoding="utf-8")
    home, away = {"site": "home"}, {"site": "café"}
    first = {"came": "2026-01-01", "went": "2026-01-03"}
    lists: list[list[dict[str, str]] | None] = [
        [first | home, {"came": "2026-01-02", "went": "2026-01-04"} | home],
        [first | home, {"came": "2026-01-02", "went": "2026-01-04"} | away],
        [first | home, {"came": "2026-01-03", "went": "2026-01-04"} | home],
        [first | home],
        None,
    ]
    table = tmp_path / "table.jsonl"
    table.write_text("".join(json.dumps({"times": 3, "visits": one}) + "\n" for one in lists), encoding="utf-8")
    assert Ran(table).counted["remarks"] == {"twice": 1}
    open_end = [[{"came": day} | home for day in days] for days in (("2026-01-01", "2026-01-02"), ("2026-01-01",))]
    table.write_text("".join(json.dumps({"times": 3, "visits": one}) + "\n" for one in open_end), encoding="utf-8")
    assert Ran(table).counted["remarks"] == {"twice": 1}
