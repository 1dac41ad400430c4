"""Shapes of tables: records in columns side by side, and objects that nest as case files do."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from tests.batch.cafes import RULES, Ran, written

FLAT = """case,times,paid,visits[1].hours,visits[1].site,visits[2].hours,visits[2].site
first,1,no,3,café,,
second,1,no,,,3,café
neither,1,no,1,café,3,home
unknown,1,no, ,,,
known,1,no,unknown,home,,
wrong,1,no,x,,,
"""


@pytest.fixture(autouse=True)
def rules(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")


def parquet(text: str, path: Path) -> Path:
    options = pa.csv.ConvertOptions(strings_can_be_null=True)
    table = pa.csv.read_csv(pa.BufferReader(text.encode()), convert_options=options)
    pq.write_table(table, path)
    return path


def spreadsheet(text: str, path: Path) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for line in text.splitlines():
        book.active.append([int(cell) if cell.isdigit() else cell or None for cell in line.split(",")])
    book.save(path)
    return path


@pytest.mark.parametrize("name", ["cases.csv", "cases.parquet", "cases.xlsx"])
def test_columns_of_records_are_a_list(tmp_path: Path, name: str) -> None:
    text = FLAT
    if name == "cases.parquet":  # whose columns of numbers hold nothing else
        text = text.replace("wrong,1,no,x,,,\n", "").replace("unknown,home", ",home").replace(" ", "")
    make = {"cases.csv": lambda text, path: written(path.parent, text), "cases.parquet": parquet}.get(name, spreadsheet)
    ran = Ran(make(text, tmp_path / name))
    assert [(one["case"], one["outcome"]) for one in ran.answers] == [
        ("first", "often"),
        ("second", "often"),
        ("neither", "seldom"),
        ("unknown", None),
        ("known", "seldom"),
    ]
    assert [(one["column"], one["value"]) for one in ran.rejects] == (
        [] if name == "cases.parquet" else [("visits[1].hours", "x")]
    )
    assert "One whose cells are all empty is none; without any, the list is unknown." in ran.said


def test_a_bad_value_is_named_by_its_column(tmp_path: Path) -> None:
    text = "case,visits[1].hours,visits[2].site,visits[7].site\nan,1,here,\nbe,,,there\nce,1,,here\n"
    ran = Ran(written(tmp_path, text))
    assert [(one["row"], one["column"], one["value"]) for one in ran.rejects] == [
        (1, "visits[2].site", "here"),
        (2, "visits[7].site", "there"),
        (3, "visits[7].site", "here"),
    ]
    assert ran.rejects[0]["reason"] == "`here` is no value of `visits[2].site`"


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        ("visits,visits[1].hours", "there is a column `visits`, and columns of its records"),
        ("times,visits[1].hour", "`visits` has no `hour`. Did you mean hours?"),
        ("times,visit[1].hours", "there is no fact `visit[1].hours`"),
        ("times,visits[0].hours", "there is no fact `visits[0].hours`"),
        ("times,visits[9999].hours", "`visits[9999].hours`: a list has"),
    ],
)
def test_columns_of_records_that_cannot_be(tmp_path: Path, heading: str, says: str) -> None:
    ran = Ran(written(tmp_path, f"{heading}\n,\n"))
    assert ran.code == 2
    assert says in ran.said


def test_fields_of_one_name_have_one_type(tmp_path: Path) -> None:
    path = tmp_path / "cases.parquet"
    pq.write_table(pa.table({"visits[1].hours": [3], "visits[2].hours": ["3"]}), path)
    assert "`visits[2].hours` holds string, and the same field of another record int64" in Ran(path).said
    pq.write_table(pa.table({"visits[1].hours": [3], "visits[2].hours": pa.nulls(1)}), path)
    assert Ran(path).code == 0


NESTED = RULES.replace("times", "stay.times").replace("{id: paid", "{id: stay.paid").replace("{paid:", "{stay.paid:")


def test_objects_nest_as_in_a_case_file(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(NESTED, encoding="utf-8")
    cases = [
        {"case": "an", "stay": {"times": 3, "paid": True}},
        {"case": "be", "stay.times": 1, "stay": {"paid": "x"}},
        {"case": "ce", "stay.times": 1, "stay": {"times": 3}},
        {"case": "de", "stay": {"times": {"least": 3}}},
    ]
    lines = "".join(json.dumps(one) + "\n" for one in cases)
    ran = Ran(written(tmp_path, lines, "cases.jsonl"))
    assert [one["case"] for one in ran.answers] == ["an"]
    assert [(one["row"], one["column"], one["reason"]) for one in ran.rejects] == [
        (2, "stay.paid", "`x` is neither yes nor no"),
        (3, "stay.times", "`stay.times` stands twice in one object"),
        (4, "stay.times", "`stay.times` has one value"),
    ]
    ran = Ran(written(tmp_path, '{"stay": {"tims": 3}}\n', "cases.jsonl"))
    assert "there is no fact `stay.tims`. Did you mean stay.times" in ran.said
