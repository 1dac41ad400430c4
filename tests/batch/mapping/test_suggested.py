"""A first mapping: what is certain is said, what is like is marked, and what two things fit is left to the owner."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given
from hypothesis import strategies as st

from lawmodel.batch.mapping.mapping import TableMapping
from lawmodel.batch.mapping.mapping_file import load_mapping
from lawmodel.batch.mapping.suggested import suggested
from lawmodel.batch.mapping.written_mapping import mapping_text
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.batch.command import command
from tests.batch.cafes import RULES, Ran
from tests.batch.mapping.people import MAPPING, MESSY, laid_out
from tests.batch.tables import Memory
from tests.sizes import examples

EXAMPLES = Path(__file__).parents[3] / "examples" / "tables"


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    path = tmp_path_factory.mktemp("law") / "rules.yaml"
    path.write_text(RULES, encoding="utf-8")
    return load_rulebook(path)


def suggest(*arguments: object) -> Result:
    return CliRunner().invoke(command, ["--suggest-mapping", *map(str, arguments)])


def proposed(folder: Path, table: str) -> str:
    """What is proposed for a table of cafés."""
    people, _ = laid_out(folder, table)
    result = suggest(people, "--rules", folder / "rules.yaml")
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_example_differs_from_what_is_proposed_in_three_lines_at_most() -> None:
    result = suggest(EXAMPLES / "people.csv")
    assert result.exit_code == 0, result.output
    kept = (EXAMPLES / "people.yaml").read_text(encoding="utf-8").splitlines()
    by_hand = [line for line in difflib.ndiff(result.stdout.splitlines(), kept) if line.startswith("+ ")]
    assert 0 < len(by_hand) <= 3, by_hand


def test_what_is_proposed_goes_through(tmp_path: Path) -> None:
    text = proposed(tmp_path, MESSY)
    people, mapping = laid_out(tmp_path)
    for wrong, right in (
        ("# dates: .*", ""),  # the other days say that the day comes first
        ("day.month.year", "[day.month.year, day/month/yy]"),
        ("Came: ignore", "Came: day"),
        ("(.in dozens.): ignore", r"\1: {fact: times, times: 12, unit: dozen}"),
        ("# [Hh]ouse: .*", "house: home"),
    ):
        text, number = re.subn(wrong, right, text)
        assert number, text
    expected = Ran(people, "--mapping", mapping).answers
    mapping.write_text(text + "defaults: {left: 2026-01-01}\n", encoding="utf-8")
    ran = Ran(people, "--mapping", mapping)
    assert ran.rejects == [], text
    assert ran.answers == expected


def test_headings_and_cells_say_what_a_column_is(tmp_path: Path) -> None:
    text = proposed(tmp_path, "No.;Paid?;day;2nd hours;hours;Notes\n1;да;13.02.2026;4;5;x\n2;нет;14.02.2026;;6;\n")
    for line in ("No.: case", "Paid?: paid", "day: day", 'hours: "visits[1].hours"', "Notes: ignore  # like no fact"):
        assert f"  {line}\n" in text
    assert '"2nd hours": "visits[2].hours"' in text
    assert "dates: day.month.year" in text
    assert "yes: да" in text
    assert "no: нет" in text


def test_where_two_fit_nothing_is_proposed(tmp_path: Path) -> None:
    rules = RULES.replace("{café: a café, home: at home}", "{north_café: in the north, south_café: in the south}")
    rules = rules.replace("place: café", "place: north_café").replace("site: café", "site: north_café")
    people, _ = laid_out(tmp_path, "place\ncafé\nnorth\n")
    (tmp_path / "rules.yaml").write_text(rules, encoding="utf-8")
    result = suggest(people, "--rules", tmp_path / "rules.yaml")
    assert "north: north_café  # like “in the north”" in result.stdout
    assert "# café: …  # 1 cell, like north_café and south_café" in result.stdout


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("03.02.2026", "13.02.2026"), "dates: day.month.year"),
        (("2/3/2026", "2/13/2026"), "dates: month/day/year"),
        (("13/02/26",), "dates: day/month/yy"),
        (("03.02.2026",), "# dates: …  # 03.02.2026 may be day first, or month first"),
        (("13.02.2026", "02.13.2026"), "# dates: …  # 13.02.2026 may be day first, or month first"),
    ],
)
def test_days_are_never_guessed(tmp_path: Path, days: tuple[str, ...], said: str) -> None:
    assert f"  {said}\n" in proposed(tmp_path, "day\n" + "\n".join(days) + "\n")


def test_spelling_and_cyrillic_letters(tmp_path: Path) -> None:
    rules = RULES.replace("{café: a café, home: at home}", "{UZ: Uzbekistan, TJ: Tajikistan, NP: Nepal}")
    rules = (
        rules.replace("place: café", "place: UZ").replace("site: café", "site: UZ").replace("Where?", "Which place?")
    )
    people, _ = laid_out(tmp_path, "place\nУзбекистан\nTadjikistan\nНепал\nАтлантида\n")  # noqa: RUF001 - Cyrillic
    (tmp_path / "rules.yaml").write_text(rules, encoding="utf-8")
    text = suggest(people, "--rules", tmp_path / "rules.yaml").stdout
    for line in ("Узбекистан: UZ  # like “Uzbekistan”", "Tadjikistan: TJ  # like “Tajikistan”", "Непал: NP"):
        assert line in text
    assert "# Атлантида: …  # 1 cell" in text


def test_a_mapping_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    people, mapping = laid_out(tmp_path)
    more = ("--rules", tmp_path / "rules.yaml")
    result = suggest(people, "--out", mapping, *more)
    assert result.exit_code != 0
    assert mapping.read_text(encoding="utf-8") == MAPPING
    assert suggest(people, "--out", tmp_path / "new.yaml", *more).exit_code == 0
    assert suggest(people, "--out", tmp_path / "new.yaml", *more).exit_code != 0
    assert "should end in .yaml" in suggest(people, "--out", tmp_path / "new.csv", *more).output


@given(
    headings=st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4, unique=True),
    cells=st.lists(st.text(max_size=12), min_size=1, max_size=6),
)
@example(headings=['said "no"', "C:\\new", "#1", "yes"], cells=['"', "\\", 'a "b"', "[a]", "a: b", "off"])
@examples(quick=15, full=400)
def test_whatever_a_table_holds_the_proposal_can_be_read(
    rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory, headings: list[str], cells: list[str]
) -> None:
    import pyarrow as pa

    from lawmodel.safe_text import UNSHOWN

    safe = [UNSHOWN.sub("x", one) + str(number) for number, one in enumerate(headings)]
    shown = [UNSHOWN.sub("x", one) for one in cells]
    table = Memory({one: pa.array(shown) for one in (*safe, "place")})
    path = tmp_path_factory.getbasetemp() / "fuzzed.yaml"
    path.write_text(mapping_text(suggested(rulebook, table), "t.csv", safe[0]), encoding="utf-8")
    found: TableMapping = load_mapping(rulebook, path)
    assert set(found.columns) == {*safe, "place"}
    assert found.table.sheet == safe[0]


def test_a_column_of_many_different_cells(tmp_path: Path) -> None:
    cells = [f"place {number}" for number in range(3_000)]
    text = proposed(tmp_path, "\n".join(["place", *["café"] * 2, *cells]) + "\n")
    assert "and 979 more that are not understood" in text
    assert "2,001 rarer cells were not looked at" in text
    people, mapping = laid_out(tmp_path, "\n".join(["place", *cells]) + "\n", "columns: {place: place}\n")
    ran = Ran(people, "--mapping", mapping)
    assert [one["value"] for one in ran.rejects] == cells
