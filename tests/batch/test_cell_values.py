"""What cells mean: as a case file means it, and what programs write where a case file would be clearer."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lawmodel.batch.tables.cell_values import DayForms, NotAForm, decode_cell
from lawmodel.case.values import NotAValue
from lawmodel.law_files import rules_folder
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from tests.batch.cafes import RULES, Ran

MARCH = datetime.date(2026, 3, 1)


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    path = tmp_path_factory.mktemp("rules") / "rules.yaml"
    path.write_text(RULES, encoding="utf-8")
    return load_rulebook(path)


def day(rulebook: Rulebook, text: str, *forms: str) -> datetime.date:
    found = decode_cell(rulebook, rulebook.facts["day"], text, DayForms.of(forms))
    assert isinstance(found, int)
    return datetime.date.fromordinal(found)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("2026-03-01", ()),
        (" 2026-03-01 ", ()),
        ("2026-03-01 00:00:00", ()),
        ("2026-03-01T23:59", ()),
        ("2026-03-01T23:30:00.123456", ()),
        ("2026-03-01T23:30:00Z", ()),
        ("2026-03-01 23:30:00 UTC", ()),
        ("2026-03-01 23:30:00+00", ()),
        ("2026-03-01T01:30:00+03:00", ()),
        ("2026-03-01T22:30:00-0300", ()),
        ("01.03.2026", ("dd.mm.yyyy",)),
        ("1.3.2026", ("day.month.year",)),
        ("01.03.2026 14:05", ("dd.mm.yyyy",)),
        ("3/1/2026", ("m/d/yyyy",)),
        ("3/1/2026", ("dd.mm.yyyy", "m/d/yyyy")),
        ("2026/3/1", ("year/month/day",)),
        ("01.03.26", ("dd.mm.yy",)),
        ("1/3/26", ("day/month/year", "d/m/yy")),
        ("1/3/2026", ("day/month/year", "d/m/yy")),
        ("2026-03-01", ("day-month-year",)),
        ("46082", ("excel",)),
        ("46082.0", ("excel",)),
        ("46082.75", ("Excel",)),
    ],
)
def test_days(rulebook: Rulebook, text: str, forms: tuple[str, ...]) -> None:
    assert day(rulebook, text, *forms) == MARCH


def test_years_of_two_digits_as_excel_reads_them(rulebook: Rulebook) -> None:
    years = {"00": 2000, "29": 2029, "30": 1930, "99": 1999}
    assert {two: day(rulebook, f"1.3.{two}", "d.m.yy") for two in years} == {
        two: datetime.date(year, 3, 1) for two, year in years.items()
    }
    with pytest.raises(NotAForm):
        DayForms.of(["d/m/yy", "m/d/yyyy"])


def test_days_as_excel_counts_them(rulebook: Rulebook) -> None:
    counted = {"1": (1900, 1, 1), "59": (1900, 2, 28), "61": (1900, 3, 1), "2958465": (9999, 12, 31)}
    assert {text: day(rulebook, text, "excel") for text in counted} == {
        text: datetime.date(*parts) for text, parts in counted.items()
    }


@pytest.mark.parametrize(
    ("text", "forms", "says"),
    [
        ("01.03.2026", (), "--dates 'day.month.year' or --dates 'month.day.year'"),
        ("13/03/2026", (), "Say how days are written: --dates 'day/month/year'."),
        ("03/13/2026", (), "Say how days are written: --dates 'month/day/year'."),
        ("01.03.26", ("dd.mm.yyyy",), "--dates 'day.month.yy' or --dates 'month.day.yy'"),
        ("13/03/26", (), "Say how days are written: --dates 'day/month/yy'."),
        ("01.03.2026", ("dd.mm.yy",), "--dates 'day.month.year'"),
        ("31.02.2026", ("dd.mm.yyyy",), "is not a day of the calendar"),
        ("46082", (), r"numbers of Excel \(46082 is 2026-03-01\), give --dates excel"),
        ("60", ("excel",), "is not a day"),
        ("2958466", ("excel",), "is not a day"),
        ("2026-02-30T00:00:00", (), "no moment of the calendar"),
        ("2024", (), "is not a day"),
        ("01.03.2026x", ("dd.mm.yyyy",), "is not a day"),
        ("\u0661.03.2026", ("dd.mm.yyyy",), "is not a day"),
    ],
)
def test_days_that_are_not_guessed(rulebook: Rulebook, text: str, forms: tuple[str, ...], says: str) -> None:
    with pytest.raises(NotAValue, match=says):
        day(rulebook, text, *forms)


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (("day.month",), "`day.month` is no form of days"),
        (("day.month/year",), "is no form"),
        (("d.d.y",), "is no form"),
        (("day/month/year", "m/d/yyyy"), "`m/d/yyyy` contradicts another form with the same sign"),
    ],
)
def test_forms_that_are_none(names: tuple[str, ...], says: str) -> None:
    with pytest.raises(NotAForm, match=says):
        DayForms.of(names)


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("paid", "1", True),
        ("paid", "0.0", False),
        ("paid", "TRUE", True),
        ("paid", "No ", False),
        ("paid", "Unknown", None),
        ("paid", " ", None),
        ("times", "17.0", 17),
        ("times", " 17 ", 17),
        ("place", "A Café", "café"),
        ("place", " HOME", "home"),
    ],
)
def test_other_values(rulebook: Rulebook, fact: str, text: str, value: object) -> None:
    assert decode_cell(rulebook, rulebook.facts[fact], text) == value


COLUMNS: dict[str, pa.Array] = {
    "case": pa.array(["an", "be", "ce", "de"]),
    "times": pa.array([Decimal("1.00"), Decimal("17.00"), None, Decimal("2.50")]),
    "paid": pa.array([1, 0, None, 2], pa.int8()),
    "place": pa.array(["café", "home", None, "café"]).dictionary_encode(),
    "day": pa.array([datetime.datetime(2025, 12, 31, 22, 30, tzinfo=datetime.UTC)] * 4).cast(
        pa.timestamp("us", "Europe/Moscow")
    ),
    "left": pa.array([0, 10_000, None, 0], pa.int32()).cast(pa.date32()).dictionary_encode(),
}


def columns() -> pa.Table:
    return pa.table({**COLUMNS, "visits": pa.array([[{"hours": Decimal("3.0"), "site": "home"}], [], [], []])})


def parquet(path: Path) -> Path:
    pq.write_table(columns(), path)
    return path


def database(path: Path) -> Path:
    with duckdb.connect(path) as to:
        to.register("given", columns())
        to.execute("CREATE TABLE cases AS FROM given")
    return path


def csv(path: Path) -> Path:
    path.write_text(
        "case,times,paid,place,day,left,visits\nan,1.00,1,café,2025-12-31 22:30:00Z,1970-01-01,[]\n"
        "be,17.00,0,home,2025-12-31 22:30:00+00,1997-05-19,[]\nce,,,,2026-01-01 01:30:00+03:00,,[]\n"
        "de,2.50,2,café,2026-01-01T01:30:00+03:00,1970-01-01,[]\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize(("make", "name"), [(parquet, "cases.parquet"), (database, "cases.duckdb"), (csv, "cases.csv")])
def test_the_same_values_in_every_format(tmp_path: Path, make: Any, name: str) -> None:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    ran = Ran(make(tmp_path / name))
    assert [(one["case"], one["outcome"]) for one in ran.answers] == [("an", "seldom"), ("be", "often"), ("ce", None)]
    assert {(one["column"], one["reason"].split(" ", 1)[1]) for one in ran.rejects} == {
        ("times", "is not a whole number"),
        ("paid", "is neither yes nor no"),
    }


def test_a_moment_is_the_day_that_it_names_in_its_own_zone(tmp_path: Path) -> None:
    """Only a database forgets the zone: its moments are those of Greenwich."""
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    moment = COLUMNS["day"].slice(0, 1)  # in Moscow the next day already
    table = pa.table({"case": ["an"], "day": moment, "left": [datetime.date(2026, 1, 1)]})
    pq.write_table(table, tmp_path / "cases.parquet")
    (tmp_path / "cases.csv").write_text("case,day,left\nan,2026-01-01T01:30:00+03:00,2026-01-01\n")
    assert Ran(tmp_path / "cases.parquet").rejects == Ran(tmp_path / "cases.csv").rejects == []
    with duckdb.connect(tmp_path / "cases.duckdb") as to:
        to.register("given", table)
        to.execute("CREATE TABLE cases AS FROM given")
    assert "1 January 2026 comes after 31 December 2025" in Ran(tmp_path / "cases.duckdb").said


def test_whoever_writes_days_his_own_way_says_so_once(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    path = tmp_path / "cases.csv"
    path.write_text("case;place;paid;left;day\nan;café;1;01.02.2026;01.03.2026\n", encoding="utf-8")
    ran = Ran(path)
    assert len(ran.rejects) == 2
    assert "Say how days are written: --dates 'day.month.year'" in ran.said
    assert [one["outcome"] for one in Ran(path, "--dates", "day.month.year").answers] == ["often"]
    ran = Ran(path, "--dates", "Tag.Monat.Jahr")
    assert ran.code == 2
    assert "`Tag.Monat.Jahr` is no form of days. Write one such as day.month.year" in ran.said


def test_choices_in_words() -> None:
    law = load_rulebook(rules_folder())
    formation = next(field for field in law.facts["service"].of if field.id == "formation")
    for text in ("armed forces", "Armed Forces", "ARMED_FORCES", "in the armed forces"):
        assert decode_cell(law, formation, text) == "armed_forces"
    assert decode_cell(law, law.facts["request.state"], "Nepal") == "NP"
    with pytest.raises(NotAValue, match="Did you mean"):
        decode_cell(law, formation, "armed force")
