"""A table read by a mapping is decided as the same table in the names of facts; faults are told where they stand."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.batch.cafes import Ran, written
from tests.batch.mapping.people import HEADINGS, MAPPING, MESSY, PLAIN, laid_out


def test_mapped_as_in_the_names_of_facts(tmp_path: Path) -> None:
    people, mapping = laid_out(tmp_path)
    ran = Ran(people, "--mapping", mapping)
    assert ran.rejects == []
    assert [one["case"] for one in ran.answers] == list("12345")
    plain = Ran(written(tmp_path, PLAIN, "plain.csv"))
    assert ran.answers == plain.answers
    assert len({one["status"] for one in ran.answers}) == 2  # so that it means something
    assert ran.counts == (6, 5, 0, 1)
    assert "people.csv: 1 row skipped, as the mapping says" in ran.said


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_one_mapping_for_every_form_of_the_table(tmp_path: Path, encoding: str) -> None:
    people, mapping = laid_out(tmp_path)
    expected = Ran(people, "--mapping", mapping).answers
    text = MESSY.replace("é", "e") if encoding == "cp1251" else MESSY.replace(";", "\t")
    people.write_bytes(text.encode(encoding))
    more = ("--encoding", "cp1251") if encoding == "cp1251" else ()
    if encoding == "cp1251":
        said = MAPPING.replace("values: {house", "values: {cafe: café, house", 1)
        mapping.write_text(said.replace("values: {never", "values: {cafe: café, never"), encoding="utf-8")
    assert Ran(people, "--mapping", mapping, *more).answers == expected


def test_a_sheet_with_notes_beside_it(tmp_path: Path) -> None:
    people, mapping = laid_out(tmp_path)
    expected = Ran(people, "--mapping", mapping).answers
    book = openpyxl.Workbook()
    guests = book.active
    guests.title = "Guests"
    for line in MESSY.splitlines():
        guests.append([int(cell) if cell.isdecimal() else cell or None for cell in line.split(";")])
    book.create_sheet("Notes").append(["empty is unknown"])
    book.save(tmp_path / "people.xlsx")
    mapping.write_text(MAPPING.replace("table:", "table:\n  sheet: Guests"), encoding="utf-8")
    assert Ran(tmp_path / "people.xlsx", "--mapping", mapping).answers == expected
    assert Ran(people, "--mapping", mapping).answers == expected  # the sheet is nothing to a text file


def one_row(folder: Path, heading: str, cell: str, mapping: str = MAPPING) -> Ran:
    """A run over the first row with another cell."""
    names, cells = HEADINGS.split(";"), MESSY.splitlines()[2].split(";")
    cells[names.index(heading)] = cell
    people, said = laid_out(folder, f"{HEADINGS}\n{';'.join(cells)}\n", mapping)
    return Ran(people, "--mapping", said)


@pytest.mark.parametrize(
    ("heading", "cell", "reason", "mend"),
    [
        ("Where", "barn", "`barn` is no value of `place`", 'Where: {…, values: {"barn": …}}'),
        ("Paid?", "наверное", "`наверное` is neither yes nor no", 'Paid?: {…, values: {"наверное": …}}'),
        ("Came", "05-03-2026", "`05-03-2026` is not a day", "in the mapping `dates`: 'day-month-year'"),
        ("Came", "31.02.2026", "`31.02.2026` is not a day of the calendar", "Check the month"),
        ("Visits per year (in dozens)", "0,3", "`0,3` times 12 is not a whole number (3.6)", "under `values` of"),
        ("Visits per year (in dozens)", "1,500", "may have a comma before decimals or between thousands", "`values: {"),
        ("Visits per year (in dozens)", "many", "`many` is not a whole number", "Write digits only"),
        ("1st site", "never", "`1st site` says that there is no record, and `Hours` speaks of it", "Fill it, or empty"),
    ],
)
def test_faults_are_told_where_they_stand(tmp_path: Path, heading: str, cell: str, reason: str, mend: str) -> None:
    ran = one_row(tmp_path, heading, cell)
    (one,) = ran.rejects
    assert (one["line"], one["column"], one["value"]) == (2, heading, cell)
    assert reason in one["reason"]
    assert mend in one["mend"]
    assert ran.answers == []


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        (("café", "", "", ""), '[{"site": "café"}]'),
        (("", "", "", ""), ""),  # nobody says whether there was a visit
        (("never", "", "", ""), "[]"),
        (("н/д", "", "", ""), ""),  # there may have been one
        (("н/д", "3", "", ""), '[{"hours": 3}]'),
        (("never", "", "house", "4"), '[{"site": "home", "hours": 4}]'),
        (("café", "3", "н/д", ""), ""),  # there may have been a second one
    ],
)
def test_which_records_there_are(tmp_path: Path, sites: tuple[str, ...], expected: str) -> None:
    cells = ["1", "Ann", "03.01.2026", "0", "house", "нет", *sites, ""]
    people, mapping = laid_out(tmp_path, f"{HEADINGS}\n{';'.join(cells)}\n")
    ran = Ran(people, "--mapping", mapping, "--turns-on")
    quoted = expected.replace('"', '""')
    plain = f'case,day,times,place,paid,visits,left\n1,2026-01-03,0,home,no,"{quoted}",2026-01-01\n'
    assert ran.answers == Ran(written(tmp_path, plain, "plain.csv"), "--turns-on").answers
    assert ran.rejects == []


def test_what_an_empty_cell_means(tmp_path: Path) -> None:
    row = "1;;03.01.2026;0;café;{};{};;;;"
    said = MAPPING.replace("Paid?: paid", "Paid?: {fact: paid, empty: no}")
    said = said.replace("1st site: {", "1st site: {empty: no record, ")
    people, mapping = laid_out(tmp_path, f"{HEADINGS}\n{row.format('', '')}\n", said)
    empty = Ran(people, "--mapping", mapping, "--turns-on").answers
    people, mapping = laid_out(tmp_path, f"{HEADINGS}\n{row.format('нет', 'never')}\n")
    assert Ran(people, "--mapping", mapping, "--turns-on").answers == empty
    people, mapping = laid_out(tmp_path, f"{HEADINGS}\n{row.format('', '')}\n")
    (unknown,) = Ran(people, "--mapping", mapping, "--turns-on").answers
    assert empty[0]["status"] == "determined"
    assert unknown["status"] == "depends"


def test_a_default_of_a_list_and_of_a_field(tmp_path: Path) -> None:
    table = "No.;Came;Paid?\n1;2026-01-03;no\n"
    mapping = "columns: {No.: case, Came: day, Paid?: paid}\ndefaults: {visits: no record, times: 1}\n"
    people, said = laid_out(tmp_path, table, mapping)
    plain = written(tmp_path, "case,day,paid,visits,times\n1,2026-01-03,no,[],1\n", "plain.csv")
    assert Ran(people, "--mapping", said).answers == Ran(plain).answers
    mapping = "columns: {No.: case, Came: day, Paid?: 'visits[1].hours'}\ndefaults: {visits.site: café, times: 1}\n"
    people, said = laid_out(tmp_path, table.replace("no", "3"), mapping)
    visits = '"[{""hours"": 3, ""site"": ""café""}]"'
    plain = written(tmp_path, f"case,day,visits,times\n1,2026-01-03,{visits},1\n", "plain.csv")
    assert Ran(people, "--mapping", said).answers == Ran(plain).answers


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (HEADINGS + ";More\n", "the mapping says nothing of the column `More`. Write `More: ignore` there."),
        (HEADINGS.replace("Where", "Place"), "it has no column `Where`, of which the mapping speaks"),
        (HEADINGS.replace("Paid?", "Paid"), "column `Paid`. Did you mean Paid??"),
    ],
)
def test_columns_and_mapping_must_fit(tmp_path: Path, table: str, says: str) -> None:
    people, mapping = laid_out(tmp_path, f"{table}\n")
    ran = Ran(people, "--mapping", mapping)
    assert ran.code == 2
    assert says in ran.said


def test_days_are_the_matter_of_the_mapping(tmp_path: Path) -> None:
    people, mapping = laid_out(tmp_path)
    ran = Ran(people, "--mapping", mapping, "--dates", "day.month.year")
    assert ran.code == 2
    assert "the mapping says how days are written" in ran.said


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_tables_of_other_kinds(tmp_path: Path, kind: str) -> None:
    import polars as pl

    people, mapping = laid_out(tmp_path)
    expected = Ran(people, "--mapping", mapping).answers
    rows = [line.split(";") for line in MESSY.splitlines()[2:]]
    frame = pl.DataFrame(rows, schema=HEADINGS.split(";"), orient="row")
    path = tmp_path / f"people.{kind}"
    if kind == "parquet":
        frame.write_parquet(path)
    else:
        frame.write_ndjson(path)
    assert Ran(path, "--mapping", mapping).answers == expected
