"""A first look: what is matched, not understood and unknown, before anything is decided."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lawmodel.verbs.look.command import command
from tests.batch.cafes import written
from tests.batch.mapping.people import HEADINGS, MAPPING, MESSY, laid_out


def look(table: Path, *more: object) -> Result:
    arguments = [table, "--rules", table.with_name("rules.yaml"), *more]
    result = CliRunner().invoke(command, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def looked(table: Path, *more: object) -> dict[str, Any]:
    """The plain data, with columns by heading."""
    found: dict[str, Any] = json.loads(look(table, *more, "--json").stdout)
    return {**found, "columns": {one["heading"]: one for one in found["columns"]}}


def test_a_table_that_is_understood(tmp_path: Path) -> None:
    people, mapping = laid_out(tmp_path)
    result = look(people, "--mapping", mapping, "--strict")
    assert result.exit_code == 0, result.output
    found = looked(people, "--mapping", mapping)
    assert (found["rows"], found["blank"], found["skipped"], found["unreadable"]) == (5, 1, 1, 0)
    columns = found["columns"]
    assert columns["No."]["role"] == "case"
    assert columns["Notes"]["role"] == "ignored"
    paid, came, site = columns["Paid?"], columns["Came"], columns["1st site"]
    assert (paid["fact"], paid["filled"], paid["unknown"], paid["bad_cells"]) == ("paid", 4, 1, 0)
    assert (came["filled"], came["first"], came["last"]) == (4, "2026-01-03", "2026-03-05")
    assert (site["fact"], site["filled"], site["unknown"]) == ("visits[1].site", 3, 2)
    law = found["law_days"]
    assert (law["fact"], law["first"], law["last"], law["without"]) == ("day", "2026-01-03", "2026-03-05", 1)


def test_cells_that_are_not_understood(tmp_path: Path) -> None:
    people, mapping = laid_out(tmp_path, MESSY, MAPPING.replace(", values: {house: home}", "", 1))
    found = looked(people, "--mapping", mapping)
    where = found["columns"]["Where"]
    assert (where["filled"], where["bad_cells"], where["unknown"]) == (3, 2, 0)
    first, second = where["not_understood"]
    assert (first["value"], first["count"], first["place"]) == ("House", 1, "line 4")
    assert second["place"] == "line 5"
    assert "`House` is no value of `place`" in first["reason"]
    assert "values" in first["mend"]
    assert look(people, "--mapping", mapping).exit_code == 0
    result = look(people, "--mapping", mapping, "--strict")
    assert result.exit_code == 1
    assert "Where, line 4" in result.stdout
    assert "House (1 cell)" in result.stdout


def test_a_table_in_the_names_of_facts(tmp_path: Path) -> None:
    laid_out(tmp_path)
    first = '1,2026-03-01,many,café,"[{""hours"": ""some""}]",x'
    text = f"case,day,times,place,visits,note\n{first}\n2,,3,barn,,\n3,,4,barn,[],\n"
    found = looked(written(tmp_path, text))
    columns = found["columns"]
    assert columns["note"]["role"] == "not matched"
    assert "--ignore 'note'" in columns["note"]["mend"]
    assert [one["value"] for one in columns["times"]["not_understood"]] == ["many"]
    (barn,) = columns["place"]["not_understood"]
    assert (barn["count"], barn["place"]) == (2, "line 3")
    assert (columns["visits"]["filled"], columns["visits"]["unknown"], columns["visits"]["bad_cells"]) == (2, 1, 1)
    assert found["law_days"]["without"] == 2
    assert look(written(tmp_path, text), "--ignore", "note", "--strict").exit_code == 1
    clear = "case,day,place\n1,2026-03-01,café\n"
    assert look(written(tmp_path, clear), "--strict").exit_code == 0


def test_columns_of_other_names_may_be_facts(tmp_path: Path) -> None:
    people, _ = laid_out(tmp_path)
    found = looked(people)
    assert found["columns"]["Paid?"]["mend"] == "Perhaps paid."
    result = look(people, "--strict")
    assert result.exit_code == 1
    assert "lawmodel batch --suggest-mapping" in " ".join(result.stdout.split())


def test_days_of_which_no_law_is_known_yet(tmp_path: Path) -> None:
    laid_out(tmp_path)
    rules = tmp_path / "rules.yaml"
    text = rules.read_text(encoding="utf-8").replace("law_date: day,", "law_date: day, as_of: 2026-02-01,")
    rules.write_text(text, encoding="utf-8")
    table = written(tmp_path, "day\n2026-01-31\n2026-02-01\n2026-02-02\n2026-02-02\n")
    assert looked(table)["law_days"]["later"] == 2
    assert "The rulebook knows the law up to 1 February 2026: 2 rows are later." in " ".join(look(table).stdout.split())


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_as_a_document(tmp_path: Path, form: str) -> None:
    people, mapping = laid_out(tmp_path)
    shown = look(people, "--mapping", mapping, "--format", form).stdout
    assert "visits[1].site" in shown
    assert "3 January 2026" in shown


def test_what_is_wrong_with_the_command(tmp_path: Path) -> None:
    people, mapping = laid_out(tmp_path)
    assert "the mapping says how days" in look(people, "--mapping", mapping, "--dates", "d.m.y").output
    assert look(tmp_path / "none.csv").exit_code == 2
    people, mapping = laid_out(tmp_path, f"{HEADINGS};More\n")
    assert "says nothing of the column `More`" in " ".join(look(people, "--mapping", mapping).output.split())
