"""What a contract soldier whom Uzbekistan asks for is told of the treaty, and of what turns on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.running import Run

SOLDIER = """
questions: [extradition]
presume: ordinary
facts:
  person: {citizenships: [{state: UZ}]}
  service: [{formation: armed_forces, basis: contract, signed: 2025-01-20, from: 2025-02-03, fought: no}]
  request: {state: UZ, received: 2026-04-01%s}
  decision: {made: 2026-04-22}
"""
MINSK = "the Minsk Convention, Art. 19, 56 and 57: on the duty to extradite and on refusal"
CHISINAU = "the Chisinau Convention: on the duty to extradite and on refusal"


@pytest.mark.parametrize("named", [", treaty: minsk_convention", ""])
def test_the_treaty_and_what_turns_on_it_stand_in_the_answer(run: Run, tmp_path: Path, named: str) -> None:
    path = tmp_path / "soldier.yaml"
    path.write_text(SOLDIER % named, encoding="utf-8")
    sheet = " ".join(run("decide", str(path)).out.split())
    assert f"Not read, and it could touch this answer: {MINSK}" in sheet
    assert CHISINAU not in sheet
    assert "Reading treaty-conflict (default): the Code prevails over the treaty" in sheet
    answer = json.loads(run("decide", str(path), "--json").out)
    assert answer["outcome"] == "must_refuse"
    assert "treaty-conflict" in answer["rests_on"]
    other = json.loads(run("decide", str(path), "--json", "--reading", "treaty-conflict=treaty-prevails").out)
    assert other["outcome"] == "may_grant"


def test_a_treaty_that_does_not_apply_is_remarked_on(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "soldier.yaml"
    path.write_text(SOLDIER % ", treaty: chisinau_convention", encoding="utf-8")
    sheet = " ".join(run("decide", str(path)).out.split())
    assert "with them the Minsk Convention applies" in sheet


def test_the_law_says_which_treaty_applies_with_which_state(run: Run) -> None:
    said = " ".join(run("law", "extradition").out.split())
    assert "the Minsk Convention with Uzbekistan and Turkmenistan" in said
    assert "none with Nepal" in said
