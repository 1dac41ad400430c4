"""`lawmodel cover`: what is missing is named with its place, in the law's words; and it can be written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.running import Run

TOY = ("cover", "{loan}", "--rules", "tests/toy/rules", "--provision", "late-readers")
"""With a folder for `loan`."""
REMOVAL = ("cover", "scenarios/removal", "--provision", "dep-bar")
LOAN = """
presume: ordinary
facts: {reader: {home: ash}, loan: {asked_on: 2024-05-01, branch: ash}, loans: []}
expect: [{question: loan, outcome: lend, status: determined}]
"""


@pytest.fixture(scope="module")
def loan(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with a case of the toy rulebook, which covers little."""
    folder = tmp_path_factory.mktemp("loan")
    (folder / "loan.yaml").write_text(LOAN, encoding="utf-8")
    return str(folder)


def test_what_no_case_shows_is_named_with_its_place(run_once: Run) -> None:
    ran = run_once(*REMOVAL, "--at-least", "10", "--all")
    assert ran.code == 0
    said = " ".join(ran.out.split())
    assert "a foreigner or stateless person whom the bill protects rules/removal/deportation_bill.yaml:76" in said
    assert "no case in which this is not so and that decides another outcome: removal" in said
    assert "shown: 100 %" not in ran.out
    assert not any(line.endswith(" ") for line in ran.out.splitlines())


def test_all_limbs_are_shown_with_the_cases_that_cover_them(run: Run, run_once: Run, loan: str) -> None:
    said = " ".join(run_once(*REMOVAL, "--at-least", "10", "--all").out.split())
    assert "so and decides: scenarios/removal/32-three-days-in-february.yaml#no-decision-yet:" in said
    asked = [one.format(loan=loan) for one in TOY]
    assert f"so and decides: {loan}/loan.yaml:" in " ".join(run(*asked, "--all").out.split())
    assert "so and decides:" not in run(*asked).out


@pytest.mark.parametrize("asked", [TOY, pytest.param(REMOVAL, marks=pytest.mark.long)])
def test_every_form_says_the_same(run: Run, loan: str, tmp_path: Path, asked: tuple[str, ...]) -> None:
    arguments = [one.format(loan=loan) for one in asked]
    page = tmp_path / "coverage.html"
    assert run(*arguments, "--out", str(page)).code == 0
    markdown = run(*arguments, "--format", "markdown").out
    plain = json.loads(run(*arguments, "--json").out)
    assert 0 < plain["shown"] < plain["to_be_shown"]
    rounded_down = int(10 * plain["percent"]) / 10
    figures = f"{plain['shown']} of {plain['to_be_shown']} shown: {rounded_down} %"
    covered = [half["case"] for limb in plain["limbs"] for half in limb["halves"] if half["state"] == "covered"]
    cases = {Path(case.partition("#")[0]).name for case in covered}
    assert cases
    for written in (page.read_text(encoding="utf-8"), markdown):
        assert figures in written
        assert all(case in written for case in cases)  # what a terminal folds


def test_too_little_is_exit_code_one(run: Run, loan: str) -> None:
    arguments = [one.format(loan=loan) for one in TOY]
    assert run(*arguments, "--at-least", "100").code == 1
    assert run(*arguments, "--at-least", "1").code == 0


def test_plain_data(run_once: Run) -> None:
    plain = json.loads(run_once(*REMOVAL, "--json").out)
    assert (plain["cases"], plain["unmet"]) == (7, 0)
    assert plain["shown"] < plain["to_be_shown"]
    states = [half["state"] for limb in plain["limbs"] for half in limb["halves"]]
    assert states.count("covered") == plain["shown"]
    assert states.count("missing") == plain["to_be_shown"] - plain["shown"]
    (one,) = [limb for limb in plain["limbs"] if limb["entry"] == "dep-bar" and limb["key"] == "enacted_by"]
    assert (one["ways"], one["says"]) == ("both ways", "deportation-bill is law")


@pytest.mark.parametrize("asked", [TOY, pytest.param(REMOVAL, marks=pytest.mark.long)])
def test_what_is_missing_is_written_and_then_nothing_is(
    run: Run, loan: str, tmp_path: Path, asked: tuple[str, ...]
) -> None:
    arguments = [one.format(loan=loan) for one in asked]
    folder = tmp_path / "new"
    ran = run(*arguments, "--complete", str(folder), "--json")
    assert [Path(file).parent for file in json.loads(ran.out)["written"]] == [folder] * len(list(folder.iterdir()))
    rules = arguments[arguments.index("--rules") :][:2] if "--rules" in arguments else []
    assert "all met" in run("check", str(folder), *rules).out
    assert run(*arguments, str(folder), "--at-least", "100").code == 0


def test_wrong_input(run: Run) -> None:
    ran = run("cover", "scenarios/nowhere")
    assert (ran.code, "there is no file or folder `scenarios/nowhere`" in ran.err) == (2, True)
    ran = run("cover", "--provision", "dep-ber")
    assert (ran.code, "dep-bar" in ran.err) == (2, True)
    ran = run("cover", "--rules", "tests/toy/rules")
    assert (ran.code, "name the cases" in ran.err) == (2, True)
    ran = run("cover", "--at-least", "101")
    assert ran.code == 2
