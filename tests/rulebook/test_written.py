"""What is written from a rulebook reads as the same rulebook again, so that nothing of it is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from lawmodel.law_files import rules_folder
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.written import as_written

TOY = Path(__file__).parents[1] / "toy" / "rules"
SECTIONS = (
    "sources",
    "instruments",
    "choices",
    "facts",
    "dates",
    "readings",
    "concepts",
    "conclusions",
    "consequences",
    "tellings",
    "questions",
    "provisions",
)


def everything(rulebook: Rulebook) -> dict[str, Any]:
    sections = {name: [as_written(entry) for entry in getattr(rulebook, name).values()] for name in SECTIONS}
    head = {"title": rulebook.title, "law_date": rulebook.law_date, "stages": as_written(rulebook.stages)}
    return {"rulebook": head, "consistency": as_written(rulebook.consistency), **sections}


@pytest.mark.parametrize("folder", [TOY, rules_folder()], ids=["toy", "supplied"])
def test_a_written_rulebook_reads_as_the_same(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAWMODEL_CACHE", str(tmp_path / "cache"))
    before = everything(load_rulebook(folder))
    copy = tmp_path / "copy.yaml"
    copy.write_text(yaml.safe_dump(before, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert everything(load_rulebook(copy)) == before


def test_a_fact_keeps_what_leaving_it_out_means() -> None:
    rulebook = load_rulebook(TOY)
    assert as_written(rulebook.facts["loan.needed_on"])["left_out"] == {"same_as": "loan.asked_on"}


def test_a_figure_keeps_its_lower_bound() -> None:
    figures = as_written(load_rulebook(TOY).consequences["fee-per-year"])["figures"]
    assert figures[0] == {"kind": "fee", "unit": "coins", "from": "2", "to": "reader.age"}
