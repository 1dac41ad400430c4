"""`lawmodel cover`: what is missing is named with its place, in the law's words; and it can be written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from lawmodel.exercises.exercise import with_id
from lawmodel.exercises.exercise_file import exercises_text
from lawmodel.exercises.predictions import telling_cases
from lawmodel.law_files import rules_folder
from lawmodel.rulebook.load import load_rulebook
from tests.commands.running import Run
from tests.exercises.sets_of_cases import set_of_cases
from tests.inquiry.ferry import FERRY

CASES = """
questions: [crossing]
facts: {crossing: {made: 2021-05-04}, traveller: {armed: yes, drunk: no}, passes: [{from: 2021-02-01}]}
expect:
  - {question: crossing, outcome: delayed, grounds: [arms-1]}
variants:
  - id: unarmed
    title: Without arms
    facts: {traveller: {armed: no}}
    expect: [{question: crossing, outcome: free, grounds: []}]
"""


@pytest.fixture
def asked(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Of two crossings with a pass: whether they show what the provision on arms asks for."""
    monkeypatch.chdir(tmp_path)
    Path("law").mkdir()
    Path("law", "ferry.yaml").write_text(FERRY, encoding="utf-8")
    Path("crossings.yaml").write_text(CASES, encoding="utf-8")
    return ("crossings.yaml", "--rules", "law", "--provision", "arms-1")


def test_what_no_case_shows_is_named_with_its_place(run: Run, asked: tuple[str, ...]) -> None:
    ran = run("cover", *asked, "--at-least", "10")
    assert ran.code == 0
    said = " ".join(ran.out.split())
    line = 1 + next(n for n, one in enumerate(FERRY.splitlines()) if "{reading: arms, carried" in one)
    assert "· drunk" in said
    assert f"law/ferry.yaml:{line}" in said
    assert "no case in which this is not so and that decides another outcome: crossing" in said
    assert "shown: 100 %" not in ran.out
    assert not any(line.endswith(" ") for line in ran.out.splitlines())


def test_all_limbs_are_shown_with_the_cases_that_cover_them(run: Run, asked: tuple[str, ...]) -> None:
    said = " ".join(run("cover", *asked, "--all").out.split())
    assert "so and decides: " in said
    assert "crossings.yaml:5" in said
    assert "so and decides" not in run("cover", *asked).out.replace("not so", "")


def test_every_form_says_the_same(run: Run, asked: tuple[str, ...], tmp_path: Path) -> None:
    page = tmp_path / "coverage.html"
    assert run("cover", *asked, "--out", str(page)).code == 0
    markdown = run("cover", *asked, "--format", "markdown").out
    plain = json.loads(run("cover", *asked, "--json").out)
    assert 0 < plain["shown"] < plain["to_be_shown"]
    figures = f"{plain['shown']} of {plain['to_be_shown']} shown: {plain['percent']:.3g} %"
    for written in (page.read_text(encoding="utf-8"), markdown):
        assert figures in written
        assert "crossings.yaml" in written  # what a terminal folds


def test_too_little_is_exit_code_one(run: Run, asked: tuple[str, ...]) -> None:
    assert run("cover", *asked, "--at-least", "100").code == 1


def test_plain_data(run: Run, asked: tuple[str, ...]) -> None:
    plain = json.loads(run("cover", *asked, "--json").out)
    assert (plain["cases"], plain["unmet"]) == (2, 0)
    assert plain["shown"] < plain["to_be_shown"]
    states = [half["state"] for limb in plain["limbs"] for half in limb["halves"]]
    assert states.count("covered") == plain["shown"]
    assert states.count("missing") == plain["to_be_shown"] - plain["shown"]
    (one,) = [limb for limb in plain["limbs"] if limb["entry"] == "arms-1" and limb["key"] == "enacted_by"]
    assert (one["ways"], one["says"]) == ("one way", "ferry-law is law")


def test_what_is_missing_is_written_and_then_nothing_is(run: Run, asked: tuple[str, ...]) -> None:
    folder = Path("new")
    ran = run("cover", *asked, "--complete", str(folder), "--json")
    assert [Path(file).parent for file in json.loads(ran.out)["written"]] == [folder] * len(list(folder.iterdir()))
    assert "all met" in run("check", str(folder), "--rules", "law").out
    assert run("cover", str(folder), *asked, "--at-least", "100").code == 0


def test_wrong_input(run: Run) -> None:
    ran = run("cover", "scenarios/nowhere")
    assert (ran.code, "there is no file or folder `scenarios/nowhere`" in ran.err) == (2, True)
    ran = run("cover", "--provision", "dep-ber")
    assert (ran.code, "dep-bar" in ran.err) == (2, True)
    ran = run("cover", "--rules", "tests/toy/rules")
    assert (ran.code, "name the cases" in ran.err) == (2, True)
    ran = run("cover", "--at-least", "101")
    assert ran.code == 2


def test_a_set_of_exercises_stands_in_the_place_of_cases(run: Run, tmp_path: Path) -> None:
    """Its keys are expectations: what it tests is what the same cases test as files."""
    law = load_rulebook(rules_folder())
    asked = [one for one in telling_cases(law) if one.question == "deployment"]
    made = set_of_cases(law, asked)
    answered = tuple(replace(one, answered=one.right[0].answered) for one in made.exercises)
    file = tmp_path / "exercises.json"
    file.write_text(exercises_text(replace(made, exercises=tuple(map(with_id, answered)))), encoding="utf-8")
    ran = run("cover", str(file), "--provision", "def-10-3-foreign-courts", "--json")
    assert ran.code == 0, ran.out + ran.err
    found = json.loads(ran.out)
    assert (found["cases"], found["expectations"], found["unmet"]) == (len(asked), len(asked), 0)
    shown = [half["case"] for limb in found["limbs"] for half in limb["halves"] if half["case"]]
    assert shown
    assert all(one.startswith(f"{file}#outcome-") for one in shown)
    (tmp_path / "none.json").write_text("{}", encoding="utf-8")
    refused = run("cover", str(tmp_path / "none.json"))
    assert refused.code == 2
    assert "none.json" in refused.err
