"""Which edition of a rulebook was used, and up to when its authors know the law: said wherever it was used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from tests.commands.running import Run

COOK: Final = "scenarios/extradition/04-serving-cook.yaml"


def test_every_list_of_what_was_used_says_the_edition(run: Run, tmp_path: Path) -> None:
    known = "as known on 28 November 2026 (rulebook 0.2.0)"
    page = tmp_path / "answer.html"
    assert known in run("law").out
    assert "version 0.2.0, as of 28 November 2026" in " ".join(run("check", "rules").out.split())
    assert run("decide", COOK, "--out", str(page)).code == 0
    assert known in page.read_text(encoding="utf-8")
    for verb in ("why", "turns-on", "compare", "tellings"):
        assert known in " ".join(run(verb, COOK, "--question", "extradition").out.split()), verb
    assert json.loads(run("law", "--json").out)["rulebook"]["as_of"] == "2026-11-28"
    assert json.loads(run("check", "rules", "--json").out)["rulebooks"][0]["as_of"] == "2026-11-28"
    rows = tmp_path / "rows.csv"
    rows.write_text("decision.made\n2026-04-22\n", encoding="utf-8")
    assert run("batch", "extradition", str(rows), "--presume", "--out", str(tmp_path / "out.csv")).code == 0
    about = json.loads((tmp_path / "out.csv.json").read_text(encoding="utf-8"))["lawmodel"]
    assert (about["rulebook_version"], about["rulebook_as_of"]) == ("0.2.0", "2026-11-28")
