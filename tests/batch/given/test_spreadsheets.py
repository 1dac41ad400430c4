"""Sheets of Excel go through `batch`; what Excel hides is said, and what is broken too."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from lawmodel.batch.given import spreadsheet
from lawmodel.batch.given.given_table import AS_IS, TableLayout
from lawmodel.batch.given.opened import opened_table
from tests.batch.cafes import RULES, Ran

HEADINGS = ["case", "times", "place", "paid", "day"]
ROWS: list[list[Any]] = [
    ["an", 3, "home", False, datetime.date(2026, 3, 1)],
    [7, 1.0, "café", True, datetime.datetime.fromisoformat("2026-03-01 23:30")],
    ["unknown", None, "home", None, None],
]


@pytest.fixture(autouse=True)
def rules(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")


def saved(folder: Path, change: Callable[[Worksheet], object] = lambda sheet: None, name: str = "cases.xlsx") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "People"
    for row in (HEADINGS, *ROWS):
        sheet.append(row)
    book.create_sheet("Empty")
    change(sheet)
    book.save(folder / name)
    return folder / name


def test_values_are_as_excel_holds_them(tmp_path: Path) -> None:
    ran = Ran(saved(tmp_path))
    assert [(one["case"], one["outcome"]) for one in ran.answers] == [("an", "often"), ("7", None), ("unknown", None)]
    with opened_table(saved(tmp_path), AS_IS) as table:
        assert (table.headings, table.sheet, table.unit) == (tuple(HEADINGS), "People", "row")
        assert [(row.number, list(row.cells)) for row in table.rows()] == [
            (2, ROWS[0]),
            (3, ROWS[1]),
            (4, ROWS[2]),
        ]


def test_bad_rows_are_named_by_sheet_and_row(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(1, 2)
        sheet["A1"] = "Register"
        sheet["B8"] = "=1/0"
        sheet["B9"] = "#N/A"
        sheet["B9"].data_type = "e"
        sheet["B10"] = datetime.date(2026, 3, 1)
        sheet["B11"] = "_xD800_"

    ran = Ran(saved(tmp_path, change))
    assert [(one["row"], one["line"], one["column"], one["value"]) for one in ran.rejects] == [
        (4, 8, "times", "=1/0"),
        (5, 9, "times", "#N/A"),
        (6, 10, "times", "2026-03-01"),
        (7, 11, "times", "?"),
    ]
    assert "sheet `People`, row 9: `#N/A` is not a whole number" in ran.counted["first_rejected"][1]
    assert ran.counts == (8, 3, 4, 1)
    assert "row 3 names the columns; the row above it is passed over" in ran.said
    assert "formulas have no value: B8. Open the file in Excel or LibreOffice and save it" in ran.said


def test_what_is_hidden_or_merged_is_said(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.column_dimensions["D"].hidden = True
        sheet.row_dimensions[3].hidden = True
        sheet.merge_cells("C2:C3")

    said = Ran(saved(tmp_path, change)).said
    assert "People: the column D (`paid`) is hidden, and read all the same." in said
    assert "the row 3 is hidden, and read all the same." in said
    assert "cells are merged: C2:C3. Only the first cell of each holds the value; the others are read as empty." in said


def test_several_sheets(tmp_path: Path) -> None:
    path = saved(tmp_path, lambda sheet: sheet.parent["Empty"].append(["note"]))
    ran = Ran(path)
    assert ran.code == 2
    assert f"it has several sheets: People, Empty. Name one: '{path}#People'" in " ".join(ran.result.stderr.split())
    assert len(Ran(path, "--table", "People").answers) == 3
    assert "there is no sheet `people`. Did you mean People?" in Ran(path, "--table", "people").said


def test_records_in_another_sheet(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for row in (["case", "hours", "site"], ["an", 1, "home"], [7, 3, "Café"]):
            sheet.parent["Empty"].append(row)

    path = saved(tmp_path, change)
    ran = Ran(f"{path}#People", "--records", f"visits={path}#Empty")
    assert [(one["case"], one["outcome"]) for one in ran.answers] == [
        ("an", "often"),
        ("7", "often"),
        ("unknown", None),
    ]


def test_large_sheets_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path)
    with opened_table(path, TableLayout(sheet="People")) as table:
        kept = list(table.rows())
    monkeypatch.setattr(spreadsheet, "MOST_KEPT", 3)
    with opened_table(path, TableLayout(sheet="People")) as table:
        assert list(table.rows()) == kept == list(table.rows())


def changed(path: Path, member: str, change: Callable[[bytes], bytes]) -> Path:
    to = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, change(old.read(one)) if one == member else old.read(one))
    return to


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in b"bcdefghij"
)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b'<row r="2">', b'<row r="99999999999">'),
        lambda data: data.replace(b'r="B2"', b'r="ZZZZ2"'),
        lambda data: data.replace(b'<row r="3">', b'<row r="1">'),
        lambda data: data.replace(b"<v>3</v>", b"<v>" + b"9" * 5000 + b"</v>"),
        lambda data: ENTITIES + b"]>" + data.replace(b"<v>3</v>", b"<v>&j;</v>"),
        lambda data: b"<no/>",
        lambda data: b"",
    ],
    ids=range(8),
)
def test_a_broken_file_gets_a_message(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    ran = Ran(changed(saved(tmp_path), SHEET, change))
    assert ran.code == 2
    assert "changed.xlsx: " in ran.result.stderr


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it has a password, or is an old Excel file (.xls). Save it as .xlsx"),
        (b"case,times\nan,3\n", "it cannot be read as an Excel file (File is not a zip file)"),
        (b"", "it cannot be read as an Excel file"),
    ],
)
def test_what_is_no_excel_file(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "cases.xlsx"
    path.write_bytes(data)
    ran = Ran(path)
    assert (ran.code, says in ran.said) == (2, True), ran.said


def test_what_would_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_UNPACKED", 20_000_000)
    blanks = b" " * 30_000_000
    path = changed(saved(tmp_path), SHEET, lambda data: data.replace(b"<sheetData>", blanks + b"<sheetData>"))
    assert path.stat().st_size < 100_000
    ran = Ran(path)
    assert ran.code == 2
    assert "MB, unpacked; 20 MB are read. Export the sheet as CSV." in ran.said


def test_a_row_that_would_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_IN_ROW", 1_000_000)
    path = changed(saved(tmp_path), SHEET, lambda data: data.replace(b"<v>3</v>", b"<x/>" * 500_000))
    assert "there are 1 MB without the end of a row" in Ran(path).said


def test_other_spreadsheets_are_named(tmp_path: Path) -> None:
    path = tmp_path / "cases.ods"
    path.write_bytes(b"PK")
    assert "of spreadsheets only .xlsx is read" in Ran(path).said
