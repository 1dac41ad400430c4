"""`lawmodel prove`: what is proved, and for what; and the case that refutes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lawmodel.rulebook.load import load_rulebook
from tests.commands.running import Run

DESERTION = ("desertion-adds-nothing", "desertion-never-adds-anything")
OWN = ["--rules", "rules", "--rules", "examples/own-property"]


@pytest.mark.long
def test_all_properties_come_out_as_the_rulebook_says(run_once: Run) -> None:
    ran = run_once("prove")
    assert ran.code == 0
    assert "Proved: A further period of service never makes the answer weaker." in ran.out
    assert "Refuted: Nobody who is a citizen of Russia on the day of the decision is" in ran.out
    known = [one.holds for one in load_rulebook(Path("rules")).properties.values()]
    proved, refuted = known.count(True), known.count(False)
    assert proved
    assert refuted
    assert f"{len(known)} properties: {proved} proved, {refuted} refuted, each as the rulebook says" in ran.out


def test_a_proof_says_for_what_it_holds(run: Run) -> None:
    ran = run("prove", "item-7-needs-a-contract")
    assert ran.code == 0
    for said in (
        "PROVED for every case",
        "the law of every day, counting what is in force",
        "every option of all",
        "cpc-464-1-7 (CPC Art. 464(1)(7)) is never a ground",
        "no service of which this is true",
        "up to 3 of service (service)",
    ):
        assert said in " ".join(ran.out.split())


@pytest.mark.parametrize(
    "asked",
    [
        ("citizen-is-never-surrendered", *DESERTION),
        pytest.param(("--question", "extradition"), marks=pytest.mark.long),
    ],
)
def test_the_cases_that_refute_are_saved_and_check(run: Run, tmp_path: Path, asked: tuple[str, ...]) -> None:
    ran = run("prove", *OWN, "--out", str(tmp_path / "against"), *asked)
    assert ran.code == 0
    saved = sorted(file.name for file in (tmp_path / "against").iterdir())
    properties = load_rulebook(Path("rules"), Path("examples/own-property")).properties.values()
    false = [one for one in properties if one.question == "extradition" and not one.holds]
    false = [one for one in false if one.id in asked or "--question" in asked]
    assert {"citizen-is-never-surrendered", "desertion-never-adds-anything"} <= {one.id for one in false}
    assert saved == sorted(f"{one.id}.yaml" for one in false)
    sides = sum(1 if one.changed is None else 2 for one in false)
    assert f"{sides} expectations: all met" in run("check", str(tmp_path / "against")).out


@pytest.mark.long
def test_a_verdict_that_is_not_as_stated_is_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    text = Path("examples/own-property/deserters.yaml").read_text(encoding="utf-8")
    file.write_text(
        text.replace("holds: yes", "holds: no\n    because: so").replace("own-property", ""), encoding="utf-8"
    )
    ran = run("prove", "--rules", "rules", "--rules", str(file))
    assert ran.code == 1
    assert "Proved, and said not to hold" in ran.out
    assert "Not as the rulebook says: desertion-adds-nothing." in " ".join(ran.out.split())


def test_it_is_told_of_a_rulebook_of_few_lines_too(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(
        "properties:\n  - id: nobody-is-asked\n    says: Of books the librarian decides nothing.\n    question: loan\n"
        "    given: {loan.kind: book}\n    claims: {never: [ask_librarian]}\n    holds: no\n    because: so\n"
        "  - id: all-is-lent\n    says: Whoever asks for a map gets it.\n    question: loan\n"
        "    given: {loan.kind: map}\n    claims: {never: [refuse]}\n    holds: no\n    because: Maps may stay.\n",
        encoding="utf-8",
    )
    ran = run("prove", "--rules", "tests/toy/rules", "--rules", str(file))
    assert ran.code == 1
    assert "Proved, and said not to hold" in ran.out
    assert "Not as the rulebook says: nobody-is-asked." in " ".join(ran.out.split())


def test_what_is_proved_of_nothing_is_not_passed_off_as_proved(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(
        "properties:\n  - id: empty\n    says: Whoever is in Russia and is not stays.\n    question: extradition\n"
        "    given: {all: [{person.present_in_russia: yes}, {person.present_in_russia: no}]}\n"
        "    claims: {always: [must_refuse]}\n    holds: yes\n",
        encoding="utf-8",
    )
    ran = run("prove", "--rules", "rules", "--rules", str(file), "empty")
    assert ran.code == 1
    assert "PROVED OF NOTHING: NO CASE IS AS IT GIVES." in ran.out


def test_the_case_that_refutes_is_told_in_words(run: Run) -> None:
    ran = run("prove", *OWN, "desertion-never-adds-anything")
    assert "REFUTED" in ran.out
    said = " ".join(ran.out.split())
    assert "the first case may be granted" in said
    assert "the second case must be refused" in said
    assert "service 1: deserted" in said
    assert "variants:" not in ran.out
    assert "variants:" in run("prove", *OWN, "desertion-never-adds-anything", "--all").out


def test_every_form_says_the_same(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(
        "properties:\n  - id: all-is-lent\n    says: Whoever asks for a map gets it.\n    question: loan\n"
        "    given: {loan.kind: map}\n    claims: {never: [refuse]}\n    holds: no\n    because: Maps may stay.\n",
        encoding="utf-8",
    )
    for form in ([], ["--format", "markdown"], ["--format", "html"]):
        ran = run("prove", "--rules", "tests/toy/rules", "--rules", str(file), "all-is-lent", *form)
        assert ran.code == 0
        for said in ("Whoever asks for a map gets it.", "Maps may stay.", "maps=kept", "asked on 4 May 2022"):
            assert said in ran.out


def test_the_same_words_each_time(run_once: Run) -> None:
    """No time that it took, which would be another each time."""
    assert " s." not in run_once("prove").out


def test_json_holds_both_sides(run: Run) -> None:
    (found,) = json.loads(run("prove", *OWN, "desertion-never-adds-anything", "--json").out)["properties"]
    assert (found["verdict"], found["as_stated"], found["records"]["service"]) == ("refuted", True, 2)
    first, second = found["refutation"]["seen"]
    assert (first["outcome"], second["outcome"]) == ("may_grant", "must_refuse")
    assert second["grounds"] == ["cpc-464-1-7"]
    assert found["refutation"]["second"]["service"][0]["deserted"] is True


def test_law_shows_a_property(run: Run) -> None:
    ran = run("law", "more-service-never-weakens-the-bar")
    assert "there is one more record of service" in ran.out
    assert "lawmodel prove more-service-never-weakens-the-bar" in ran.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["item-7-needs-a-contrakt"], "Did you mean item-7-needs-a-contract"),
        (["--question", "extraditon"], "Did you mean extradition"),
        (["--rules", "tests/toy/rules"], "states no properties"),
    ],
)
def test_wrong_input(run: Run, arguments: list[str], message: str) -> None:
    ran = run("prove", *arguments)
    assert ran.code == 2
    assert message in ran.err
