"""JSON of somebody's, read strictly: what the standard library reads, and less."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.json_text import MOST_NUMBER, Bounds, JsonText, Path, read_json
from lawmodel.problems import Place, Problem, ProblemsFound
from tests.results.test_canonical_json import PLAIN, in_nfc
from tests.sizes import examples

BOUNDS = Bounds(2_000_000, 20_000, 12)


def read(text: str) -> JsonText:
    return read_json(text, "x.json", "a receipt", BOUNDS)


def refused(text: str) -> Problem:
    with pytest.raises(ProblemsFound) as found:
        read(text)
    (problem,) = found.value.problems
    return problem


def at(plain: Any, path: Path) -> Any:
    for step in path:
        plain = plain[step]
    return plain


@given(PLAIN, st.sampled_from([None, 0, 2, "\t"]), st.booleans())
@examples(quick=60, full=1_000)
def test_it_reads_what_was_written_and_knows_where(plain: Any, indent: int | str | None, ascii_alone: bool) -> None:
    try:
        in_nfc(plain)
    except ValueError:
        return
    text = json.dumps(plain, indent=indent, ensure_ascii=ascii_alone)
    found = read(text)
    assert found.plain == plain
    for path in found.starts:
        place = found.place(path)
        rest = "\n".join([text.split("\n")[place.line - 1][place.column - 1 :], *text.split("\n")[place.line :]])
        value, _ = json.JSONDecoder(strict=True).raw_decode(rest)
        assert value == at(plain, path)


@given(st.text(st.sampled_from('{}[]",:\\ue18dtrueflsn0.-+ \n\x00é'), max_size=14))
@examples(quick=200, full=20_000)
def test_whatever_it_reads_the_standard_library_reads_too(text: str) -> None:
    try:
        found = read(text).plain
    except ProblemsFound:
        problem = refused(text)
        assert problem.file == "x.json"
        assert min(problem.line, problem.column) >= 1
        return
    assert json.loads(text) == found


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("", "the text ends here", (1, 1)),
        ('{"a": 1', "the text ends here", (1, 8)),
        ('{"a" 1}', "a colon is missing", (1, 6)),
        ("[1 2]", "a comma is missing", (1, 4)),
        ("[1,]", "a value is missing", (1, 4)),
        ('{"a": 1,}', "a key in quotation marks is missing", (1, 9)),
        ("{} {}", "something stands after the end", (1, 4)),
        ('{"a": 1,\n "a": 2}', "the key `a` stands twice", (2, 2)),
        ('{"\u00e9": 1, "e\u0301": 2}', "stands twice", (1, 10)),
        ("[1.0]", "`1.0` is no whole number", (1, 2)),
        ("[1e3]", "`1e3` is no whole number", (1, 2)),
        ("[007]", "`007` is no whole number", (1, 2)),
        (f"[{MOST_NUMBER + 1}]", "too large", (1, 2)),
        (f"[{'9' * 5_000}]", "too large", (1, 2)),
        ("[NaN]", "`NaN` is no value of JSON", (1, 2)),
        ("[True]", "`True` is no value of JSON", (1, 2)),
        ('["\\ud800"]', "half of a character", (1, 2)),
        ('["\\x"]', "this text is not as JSON has it", (1, 2)),
        ('["a\nb"]', "this text is not as JSON has it", (1, 2)),
        ("[" * 13 + "]" * 13, "nested at most 12 deep", (1, 13)),
        ("[" * 100_000, "nested at most 12 deep", (1, 13)),
        (f"[{','.join('1' * 20_001)}]", "at most 20,000 values", (1, 40_000)),
        (" " * 2_000_001, "at most 2,000,000 characters", (0, 0)),
    ],
)
def test_what_is_refused_and_where(text: str, message: str, place: tuple[int, int]) -> None:
    problem = refused(text)
    assert message in problem.message
    assert (problem.line, problem.column) == place
    assert problem.mend


def test_two_megabytes_take_a_moment() -> None:
    start = time.process_time()
    assert len(read(f'["{"x" * 1_900_000}"]').plain[0]) == 1_900_000
    assert "values" in refused("[" + "0," * 900_000 + "0]").message
    assert "JSON has it" in refused('["' + "x\\" * 900_000 + '"]').message
    assert time.process_time() - start < 1


def test_a_place_that_is_not_there_is_the_place_it_is_missing_from() -> None:
    found = read('{"a":\n {"b": 1}}')
    assert found.place(("a", "c", 3)) == found.place(("a",)) == Place("x.json", 2, 2)
