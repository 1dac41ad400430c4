"""Text files with a delimiter, in whatever dialect and encoding, go through `batch` as the plain one does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.batch.cafes import RULES, Ran, written

TEXT = "case,times,place,paid\nan,3,home,no\nbé,1,café,yes\nли,2,home,no\n"


@pytest.fixture(autouse=True)
def rules(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")


@pytest.fixture
def plain(tmp_path: Path) -> list[dict[str, object]]:
    return Ran(written(tmp_path, TEXT, "plain.csv")).answers


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("first", ["", "sep={}\r\n"])
def test_what_is_certain_needs_no_option(
    tmp_path: Path, plain: list[dict[str, object]], encoding: str, delimiter: str, first: str
) -> None:
    text = first.format(delimiter) + TEXT.replace(",", delimiter).replace("\n", "\r\n")
    assert Ran(written(tmp_path, text, encoding=encoding)).answers == plain


def test_another_encoding_is_named_and_then_read(tmp_path: Path, plain: list[dict[str, object]]) -> None:
    table = written(tmp_path, "case;times;place\nЮлия;3;home\nФилипп;x;home\n", encoding="cp1251")
    ran = Ran(table)
    assert ran.code == 2
    assert "line 2 cannot be read: the file is not UTF-8" in ran.said
    assert "--encoding cp1251" in ran.said
    ran = Ran(table, "--encoding", "cp1251")
    assert [one["case"] for one in ran.answers] == ["Юлия"]
    assert [(one["line"], one["value"]) for one in ran.rejects] == [(3, "x")]
    western = written(tmp_path, TEXT.replace("ли", "ce"), "western.csv", "latin-1")
    assert "--encoding cp1252" in Ran(western).said
    assert Ran(western, "--encoding", "cp1252").answers[1] == plain[1]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    table = written(tmp_path, 'sep=;\ncase;times\n"a\nb";3\n\nc;x\nd;1;2\n', encoding="utf-16")
    assert [(one["line"], one["row"]) for one in Ran(table).rejects] == [(6, 2), (7, 3)]


def test_a_delimiter_is_not_guessed_where_two_are_possible(tmp_path: Path) -> None:
    table = written(tmp_path, "case;times,5\na;3,5\n")
    ran = Ran(table)
    assert ran.code == 2
    assert "commas (,) or semicolons (;)" in ran.said
    assert "--delimiter" in ran.said
    table = written(tmp_path, "case,times\na;b,3\nc;d,4\n")
    assert [one["case"] for one in Ran(table).answers] == ["a;b", "c;d"]
    assert [one["case"] for one in Ran(table, "--delimiter", "comma").answers] == ["a;b", "c;d"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--encoding", "cp12521"), "--encoding: there is no encoding `cp12521`"),
        (("--encoding", "rot13"), "there is no encoding `rot13`"),
        (("--encoding", "unicode_escape"), "is an encoding of programs"),
        (("--encoding", "utf-16"), "it does not begin as utf-16 does"),
        (("--delimiter", ";;"), "--delimiter: `;;` is not one sign"),
        (("--delimiter", ""), "is not one sign"),
    ],
)
def test_options_that_cannot_be(tmp_path: Path, options: tuple[str, str], says: str) -> None:
    ran = Ran(written(tmp_path, TEXT[:-1]), *options)
    assert ran.code == 2
    assert says in ran.said


def test_a_title_above_and_columns_without_a_heading(tmp_path: Path) -> None:
    table = written(tmp_path, "Register of 2026;;;;\n;;;;\ncase;times;;place;\nan;3;;home;\n\nbe;x;;café;\n")
    ran = Ran(table)
    assert [one["case"] for one in ran.answers] == ["an"]
    assert [(one["line"], one["row"]) for one in ran.rejects] == [(6, 2)]
    assert "line 3 names the columns; the line above it is passed over" in ran.result.stderr
    assert ran.counts == (3, 1, 1, 1)
    table = written(tmp_path, "case;times;;place;\nan;3;1;home;\n")
    assert "there is no fact `column 3`" in Ran(table).said


def test_blanks_round_headings_and_cells_mean_nothing(tmp_path: Path) -> None:
    ran = Ran(written(tmp_path, 'case , times,"place"\nan, 3 , Home\n, ,\n'))
    assert [(one["case"], one["outcome"]) for one in ran.answers] == [("an", "often")]
    assert ran.counts == (2, 1, 0, 1)


def test_json_lines_in_utf_16(tmp_path: Path) -> None:
    table = written(tmp_path, '{"case": "é", "times": 3}\n{"case": "b", "times": "x"}\n', "cases.jsonl", "utf-16")
    ran = Ran(table)
    assert [one["case"] for one in ran.answers] == ["é"]
    assert [one["line"] for one in ran.rejects] == [2]


def test_copies_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(copies))
    assert Ran(written(tmp_path, TEXT, encoding="utf-16")).code == 0
    assert Ran(written(tmp_path, TEXT + "\0", encoding="utf-16")).code in (0, 1)
    assert list(copies.iterdir()) == []


def test_a_mark_is_more_certain_than_an_option(tmp_path: Path, plain: list[dict[str, object]]) -> None:
    for encoding, option in [("utf-8-sig", "cp1251"), ("utf-16", "utf-16-le"), ("utf-16", "UTF16")]:
        assert Ran(written(tmp_path, TEXT, encoding=encoding), "--encoding", option).answers == plain
