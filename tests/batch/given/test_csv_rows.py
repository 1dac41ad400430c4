"""Text files as people have them, read row by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawmodel.batch.given.given_table import GivenRow, TableLayout
from lawmodel.batch.given.opened import opened_table
from lawmodel.batch.tables.slices import NotATable

ROWS = (
    GivenRow(2, ("1", "Кыргызстан", None)),
    GivenRow(3, ()),
    GivenRow(4, ("2", "Nepal; India", "a\nb")),
    GivenRow(6, ("3", None, None)),
)
TEXT = 'No.;State;Remarks\r\n1;Кыргызстан;\r\n\r\n2;"Nepal; India";"a\nb"\r\n3;;\r\n'


def read(path: Path, layout: TableLayout = TableLayout()) -> tuple[tuple[str, ...], tuple[GivenRow, ...]]:  # noqa: B008 - frozen
    with opened_table(path, layout) as table:
        assert tuple(table.rows()) == tuple(table.rows())
        return table.headings, tuple(table.rows())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_is_certain_is_recognised(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(TEXT.encode(encoding))
    assert read(path) == (("No.", "State", "Remarks"), ROWS)


def test_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(TEXT.encode("cp1251"))
    with pytest.raises(NotATable, match="--encoding"):
        read(path)
    assert read(path, TableLayout(encoding="cp1251"))[1] == ROWS


def test_the_line_that_names_the_separator_is_no_heading(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("sep=;\na;b\n1;2\n", encoding="utf-8")
    assert read(path) == (("a", "b"), (GivenRow(3, ("1", "2")),))


def test_a_title_above_the_headings(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Register,,\n,,\na,,c\n1,2,3\n", encoding="utf-8")
    assert read(path, TableLayout(headings=3)) == (("a", "column 2", "c"), (GivenRow(4, ("1", "2", "3")),))
