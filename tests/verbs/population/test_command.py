"""`lawmodel population`: what a user reads of a population, in every form."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from lawmodel.commands.main import program

CHECKOUT = Path(__file__).parents[3]
EXAMPLE = str(CHECKOUT / "examples/population/foreign-fighters.yaml")


def shown(*arguments: str | Path) -> str:
    ran = CliRunner().invoke(program, ["population", EXAMPLE, "--rows", "200", *map(str, arguments)])
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def test_the_sheet_says_what_is_assumed_and_what_was_drawn_in_words(tmp_path: Path) -> None:
    said = " ".join(shown().split())
    assert "200 cases, seed 1" in said
    assert "Assumed: Up to 20,000 foreigners signed" in said
    assert "took part in fighting" in said
    assert "service: how many 1 " in said
    assert "Nothing is written: --out FILE writes the cases." in said
    out = tmp_path / "cases.csv"
    assert "Written to" in shown("--out", out)
    assert out.exists()


def test_every_form_tells_the_same() -> None:
    page, notes, plain = shown("--format", "html"), shown("--format", "markdown"), json.loads(shown("--json"))
    for one in (page, notes):
        assert plain["population"] in one
        assert "Uzbekistan" in one
    assert sum(plain["drawn"]["request.state"].values()) == plain["rows"] == 200
