"""`lawmodel cover`: what is missing is named with its place, in the law's words; and it can be written."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands.running import Run


def test_what_no_case_shows_is_named_with_its_place(run: Run) -> None:
    ran = run("cover", "scenarios/removal", "--provision", "dep-bar", "--at-least", "10")
    assert ran.code == 0
    said = " ".join(ran.out.split())
    assert "a foreigner or stateless person whom the bill protects rules/removal/deportation_bill.yaml:76" in said
    assert "no case in which this is not so and that decides another outcome: removal" in said
    assert "shown: 100 %" not in ran.out
    assert not any(line.endswith(" ") for line in ran.out.splitlines())


def test_all_limbs_are_shown_with_the_cases_that_cover_them(run: Run) -> None:
    ran = run("cover", "scenarios/removal", "--provision", "dep-bar", "--all")
    said = " ".join(ran.out.split())
    assert "so and decides: scenarios/removal/32-three-days-in-february.yaml#no-decision-yet:" in said
    assert "so and decides" not in run("cover", "scenarios/removal", "--provision", "dep-bar").out.replace("not so", "")


def test_every_form_says_the_same(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "coverage.html"
    assert run("cover", "scenarios/removal", "--provision", "dep-bar", "--out", str(page)).code == 0
    markdown = run("cover", "scenarios/removal", "--provision", "dep-bar", "--format", "markdown").out
    plain = json.loads(run("cover", "scenarios/removal", "--provision", "dep-bar", "--json").out)
    assert 0 < plain["shown"] < plain["to_be_shown"]
    figures = f"{plain['shown']} of {plain['to_be_shown']} shown: {plain['percent']:.1f} %"
    for written in (page.read_text(encoding="utf-8"), markdown):
        assert figures in written
        assert "32-three-days-in-february.yaml" in written  # what a terminal folds


def test_too_little_is_exit_code_one(run: Run) -> None:
    assert run("cover", "scenarios/removal", "--provision", "dep-bar", "--at-least", "100").code == 1


def test_plain_data(run: Run) -> None:
    plain = json.loads(run("cover", "scenarios/removal", "--provision", "dep-bar", "--json").out)
    assert (plain["cases"], plain["unmet"]) == (7, 0)
    assert plain["shown"] < plain["to_be_shown"]
    states = [half["state"] for limb in plain["limbs"] for half in limb["halves"]]
    assert states.count("covered") == plain["shown"]
    assert states.count("missing") == plain["to_be_shown"] - plain["shown"]
    (one,) = [limb for limb in plain["limbs"] if limb["entry"] == "dep-bar" and limb["key"] == "enacted_by"]
    assert (one["ways"], one["says"]) == ("both ways", "deportation-bill is law")


def test_what_is_missing_is_written_and_then_nothing_is(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    asked = ("scenarios/removal", "--provision", "dep-bar")
    ran = run("cover", *asked, "--complete", str(folder), "--json")
    assert [Path(file).parent for file in json.loads(ran.out)["written"]] == [folder] * len(list(folder.iterdir()))
    assert "all met" in run("check", str(folder)).out
    assert run("cover", *asked, str(folder), "--at-least", "100").code == 0


def test_wrong_input(run: Run) -> None:
    ran = run("cover", "scenarios/nowhere")
    assert (ran.code, "there is no file or folder `scenarios/nowhere`" in ran.err) == (2, True)
    ran = run("cover", "--provision", "dep-ber")
    assert (ran.code, "dep-bar" in ran.err) == (2, True)
    ran = run("cover", "--rules", "tests/toy/rules")
    assert (ran.code, "name the cases" in ran.err) == (2, True)
    ran = run("cover", "--at-least", "101")
    assert ran.code == 2
