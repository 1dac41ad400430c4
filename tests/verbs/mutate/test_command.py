"""`lawmodel mutate`: what nobody would notice is shown with its place and a case that would notice it."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import Run
from tests.inquiry.ferry import FERRY

ASKED = ("mutate", "scenarios/enlistment", "--jobs", "1")

CASES = """
questions: [crossing]
facts: {crossing: {made: 2021-05-04}, traveller: {armed: yes, drunk: no}, passes: [{from: 2021-02-01}]}
expect:
  - {question: crossing, outcome: delayed, grounds: [arms-1]}
"""


@pytest.fixture
def arms(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Slips in the provision on arms, of which one crossing with a pass shows little."""
    monkeypatch.chdir(tmp_path)
    Path("law").mkdir()
    Path("law", "ferry.yaml").write_text(FERRY, encoding="utf-8")
    Path("crossing.yaml").write_text(CASES, encoding="utf-8")
    return ("mutate", "crossing.yaml", "--jobs", "1", "--rules", "law", "--provision", "arms-1")


def unnoticed(run: Run, arms: tuple[str, ...]) -> list[dict[str, Any]]:
    plain = json.loads(run(*arms, "--json").out)
    return [one for one in plain["fates"] if one["status"] == "unnoticed"]


def shown(fate: dict[str, Any]) -> str:
    """What is shown of the case that would notice it: all but what it is about."""
    facts = fate["case"][fate["case"].index("\nfacts:\n") + 1 :]
    assert "\nexpect:\n" in facts
    return str(facts)


def test_what_nobody_would_notice_is_shown_with_a_case(run: Run, arms: tuple[str, ...]) -> None:
    ran = run(*arms, "--out", "new")
    assert ran.code == 0
    one = next(one for one in unnoticed(run, arms) if (one["kind"], one["key"]) == ("always", "when"))
    told = ran.out[ran.out.index(f"{one['file']}:{one['line']}  always") :]
    assert f"{one['was']} → always so\n    another outcome: crossing; on this case:" in told
    assert textwrap.indent(shown(one), "    ") in told
    assert not any(line.endswith(" ") for line in ran.out.splitlines())
    assert "all met" in run("check", "new", "--rules", "law").out
    again = run(*arms, "new")
    assert "are noticed: 100 %" in again.out
    assert "Nobody would notice" not in again.out


@pytest.mark.long
def test_what_is_the_same_law_is_folded(run: Run) -> None:
    asked = (*ASKED, "--provision", "enl-blacklist")
    folded, unfolded = run(*asked).out, run(*asked, "--all").out
    assert "proved to be the same law (--all shows" in " ".join(folded.split())
    assert len(unfolded) > len(folded)
    assert "The same law" in run(*asked, "--same").out


def test_every_form_says_the_same(run: Run, arms: tuple[str, ...]) -> None:
    counted = json.loads(run(*arms, "--json").out)["counted"]
    noticed = counted["by_case"] + counted["by_property"]
    others = unnoticed(run, arms)
    assert noticed
    assert others
    for form in ("markdown", "html"):
        ran = run(*arms, "--format", form)
        assert all(shown(one) in ran.out for one in others)
        assert f"{noticed} of {noticed + len(others)} mutants that are another law are noticed" in ran.out


def test_plain_data(run: Run) -> None:
    plain = json.loads(run(*ASKED, "scenarios/readings/practice.yaml", "--provision", "enl-blacklist", "--json").out)
    assert plain["tried"] == len(plain["fates"]) == sum(plain["counted"].values())
    assert plain["mutants"] > 1000
    (dropped,) = [one for one in plain["fates"] if one["kind"] == "disapplies dropped"]
    assert (dropped["was"], dropped["would_be"]) == ("disapplies enl-foreign", "does not disapply enl-foreign")
    assert dropped["status"] == "by_case"
    assert dropped["by"].startswith("scenarios/readings/practice.yaml")


def test_a_part_drawn_by_chance_is_the_same_with_the_same_seed(run: Run, arms: tuple[str, ...]) -> None:
    drawn = (*arms, "--sample", "5", "--json")
    numbers = [
        [one["number"] for one in json.loads(run(*drawn, "--seed", seed).out)["fates"]] for seed in ("4", "4", "5")
    ]
    assert len(numbers[0]) == 5
    assert numbers[0] == numbers[1] != numbers[2]


def test_wrong_input(run: Run) -> None:
    ran = run("mutate", "--provision", "spared-remval")
    assert (ran.code, "spared-removal" in ran.err) == (2, True)
    ran = run("mutate", "scenarios/nowhere")
    assert (ran.code, "there is no file or folder" in ran.err) == (2, True)
    ran = run("mutate", "--rules", "tests/toy/rules")
    assert (ran.code, "name the cases" in ran.err) == (2, True)
    assert run("mutate", "--sample", "0").code == 2
