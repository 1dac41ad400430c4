"""`lawmodel decide`: its options, its plain data, and what it says to wrong input."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import Run

CHECKOUT = Path(__file__).parents[3]
COOK = str(CHECKOUT / "scenarios" / "extradition" / "04-serving-cook.yaml")
DEPLOYMENT = str(CHECKOUT / "scenarios" / "deployment")
TOY = str(CHECKOUT / "tests" / "toy" / "rules")
KEYS = ("question", "status", "outcome", "possible", "grounds", "turns_on", "rests_on", "presumed", "law", "readings")
"""The keys that are promised of every answer, beside the trace; more may stand beside them."""


@pytest.fixture
def decided(run: Run) -> Callable[..., list[dict[str, Any]]]:
    """The plain data of a run that must succeed."""

    def plain(*arguments: str) -> list[dict[str, Any]]:
        ran = run("decide", *arguments, "--json")
        assert (ran.code, ran.err) == (0, "")
        return [json.loads(line) for line in ran.out.splitlines()]

    return plain


Decided = Callable[..., list[dict[str, Any]]]


# --- plain data --------------------------------------------------------------------------------------


def test_an_answer_has_the_promised_keys(decided: Decided) -> None:
    answer = decided(COOK, "--variant", "base")[0]
    assert set(KEYS) | {"trace"} <= answer.keys()
    assert answer["question"] == "extradition"
    assert (answer["status"], answer["outcome"], answer["possible"]) == ("determined", "must_refuse", ["must_refuse"])
    (ground,) = answer["grounds"]
    assert ground["id"] == "cpc-464-1-7"
    assert {"citation", "version", "certainty"} <= ground.keys()
    assert answer["turns_on"] == []
    assert "combat" in answer["rests_on"]
    assert answer["presumed"]["request.by"] == "state"
    assert answer["law"] == {"date": "2026-04-22", "stage": "in_force"}
    assert answer["readings"]["combat"] == {"option": "former-only", "default": True, "by": "default"}
    assert {step["kind"] for step in answer["trace"]} == {"provision"}
    assert {step["holds"] for step in answer["trace"]} <= {"yes", "no", "open"}


def test_brief_data_has_no_trace(decided: Decided) -> None:
    answer = decided(COOK, "--variant", "base", "--brief")[0]
    assert set(KEYS) <= answer.keys()
    assert "trace" not in answer


def test_an_open_answer_names_what_it_turns_on(decided: Decided) -> None:
    (answer,) = decided(COOK, "--variant", "base", "--reading", "combat=unknown")
    assert (answer["status"], answer["outcome"]) == ("depends", None)
    assert answer["possible"] == ["must_refuse", "may_grant"]
    assert answer["turns_on"] == ["combat"]
    assert answer["readings"]["combat"] == {"option": None, "default": False, "by": "asked"}


def test_a_folder_is_answered_line_by_line_in_order(decided: Decided) -> None:
    answers = decided(DEPLOYMENT, "--question", "deployment")
    names = [Path(answer["case"].partition("#")[0]).name for answer in answers]
    assert names == sorted(names)
    assert len(set(names)) == len(list(Path(DEPLOYMENT).glob("*.yaml")))
    of_first = [
        answer["case"].partition("#")[2] for answer, name in zip(answers, names, strict=True) if name == names[0]
    ]
    assert of_first[0] == ""
    assert len(set(of_first)) == len(of_first) > 1


def test_plain_data_is_the_same_in_every_run(run: Run) -> None:
    assert run("decide", COOK, "--json").out == run("decide", COOK, "--json").out


# --- options -----------------------------------------------------------------------------------------


def test_a_reading_is_taken(decided: Decided) -> None:
    answers = {
        option: decided(COOK, "--variant", "base", "--reading", f"combat={option}")[0]["outcome"]
        for option in ("former-only", "everyone", "no-one")
    }
    assert answers == {"former-only": "must_refuse", "everyone": "may_grant", "no-one": "must_refuse"}


def test_several_readings_are_taken_together(decided: Decided) -> None:
    (answer,) = decided(COOK, "--variant", "base", "--reading", "force=discretionary", "--reading", "combat=no-one")
    assert answer["outcome"] == "may_refuse"
    assert answer["readings"]["force"] == {"option": "discretionary", "default": False, "by": "asked"}


def test_the_law_of_another_day_and_of_another_stage(decided: Decided) -> None:
    (before,) = decided(COOK, "--variant", "base", "--on", "2026-03-01")
    assert (before["outcome"], before["law"]) == ("may_grant", {"date": "2026-03-01", "stage": "in_force"})
    (bill,) = decided(COOK, "--variant", "base", "--on", "2026-03-01", "--stage", "passed_duma")
    assert (bill["outcome"], bill["law"]) == ("must_refuse", {"date": "2026-03-01", "stage": "passed_duma"})


def test_questions_are_those_named(decided: Decided) -> None:
    answers = decided(COOK, "--variant", "base", "--question", "expulsion", "--question", "extradition")
    assert [answer["question"] for answer in answers] == ["expulsion", "extradition"]


def test_one_variant_alone(decided: Decided) -> None:
    every = {answer["case"].partition("#")[2] for answer in decided(COOK)}
    name = sorted(every)[-1]
    assert {answer["case"].partition("#")[2] for answer in decided(COOK, "--variant", name)} == {name}
    assert {answer["case"].partition("#")[2] for answer in decided(COOK, "--variant", "base")} == {""}


def test_a_rulebook_of_ones_own(decided: Decided, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("facts: {loan: {kind: map, asked_on: 2010-01-01, branch: ash}, loans: []}\n", encoding="utf-8")
    (answer,) = decided(str(case), "--rules", TOY, "--question", "loan")
    assert (answer["outcome"], answer["law"]["date"]) == ("lend", "2010-01-01")


def test_a_telling_takes_stage_and_readings(decided: Decided) -> None:
    (answer,) = decided(COOK, "--variant", "base", "--as-told-by", "press-duma")
    assert answer["told_by"] == "press-duma"
    assert answer["law"]["stage"] != "in_force"


# --- text --------------------------------------------------------------------------------------------


def test_one_case_is_answered_in_full_and_its_variants_in_a_line(run: Run) -> None:
    ran = run("decide", COOK)
    assert (ran.code, ran.err) == (0, "")
    headline = ran.out.split("\n\n")[1].splitlines()[0]
    assert headline.split() == ["EXTRADITION", "MUST", "BE", "REFUSED", "must_refuse"]
    assert "\nGround  CPC Art. 464(1)(7) " in ran.out
    assert "\nVariants\n" in ran.out
    assert "\x1b" not in ran.out
    assert all(line == line.rstrip() for line in ran.out.splitlines())


def test_brief_is_the_answer_and_how_firm_it_is(run: Run) -> None:
    ran = run("decide", "scenarios/extradition/04-serving-cook.yaml", "--variant", "base", "--brief")
    assert ran.out.split("\n\n")[1].splitlines()[1:] == [
        "Law in force on 22 April 2026, as known on 28 November 2026 (rulebook 0.2.0). No",
        "unknown fact could change this answer, but it assumes 4 contested readings, 3",
        "facts the file does not state and 1 date.",
    ]
    assert "EXTRADITION MUST BE REFUSED" in ran.out
    assert "Ground" not in ran.out


def test_all_spells_out_what_does_not_apply(run: Run) -> None:
    shorter, longer = (
        run("decide", COOK, "--variant", "base").out,
        run("decide", COOK, "--variant", "base", "--all").out.replace("cpc-462-1-presence", ""),
    )
    assert len(longer.splitlines()) > len(shorter.splitlines())
    count = re.search(r"[0-9]+ provisions not met, and why", shorter)
    assert count
    assert "CPC Art. 462(1)" not in shorter
    assert count[0] in longer
    assert "CPC Art. 462(1) The person is not in Russia: on Russian territory" in " ".join(longer.split())
    assert "(--all shows them)" not in longer


def test_several_cases_are_answered_in_a_line_each(run: Run) -> None:
    ran = run("decide", DEPLOYMENT, "--question", "deployment")
    assert ran.code == 0
    assert "Assumes" not in ran.out
    assert sum("24-national-court-abroad.yaml" in line for line in ran.out.splitlines()) == 1


# --- wrong input -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "helpful"),
    [
        (["--question", "extraditon"], "Did you mean extradition?"),
        (["--question", "x"], "There are: "),
        (["--variant", "discharge"], "--variant"),
        (["--reading", "combt=everyone"], "Did you mean combat?"),
        (["--reading", "combat=evryone"], "Did you mean everyone?"),
        (["--reading", "combat"], "--reading reading=option"),
        (["--reading", "combat="], "--reading combat"),
        (["--reading", "combat=everyone", "--reading", "combat=no-one"], "chosen twice"),
        (["--stage", "sined"], "Did you mean signed?"),
        (["--on", "2026-02-30"], "not a day of the calendar"),
        (["--on", "tomorrow"], "year-month-day"),
        (["--as-told-by", "press"], "--as-told-by"),
        (["--no-such-option"], "No such option"),
        (["--rules", "nowhere"], "nowhere"),
        (["no-such-file.yaml"], "no-such-file.yaml"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_wrong_input_is_met_with_help(run: Run, arguments: list[str], helpful: str) -> None:
    ran = run("decide", COOK, *arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert helpful in " ".join(ran.err.split())
    assert "Traceback" not in ran.err


def test_it_needs_a_case(run: Run, tmp_path: Path) -> None:
    assert run("decide").code == 2
    ran = run("decide", str(tmp_path))
    assert ran.code == 2
    assert "there is no case here" in ran.err


@pytest.mark.parametrize(
    ("text", "helpful"),
    [
        ("facts: {persn: {}}", "Did you mean person"),
        ("facts: {decision: {made: 2026-13-01}}", "not a day of the calendar"),
        ("facts: {request: {received: 2026-05-01}, decision: {made: 2026-04-01}}", "request.received or decision.made"),
        ("facts: {request: {received: 2026-05-01}, decision: {made: unknown, surrender: 2026-04-01}}", "comes after"),
        ("facts: [", "wrong.yaml:1"),
        ("", "wrong.yaml"),
    ],
)
def test_a_wrong_case_is_met_with_help(run: Run, tmp_path: Path, text: str, helpful: str) -> None:
    case = tmp_path / "wrong.yaml"
    case.write_text(text + "\n", encoding="utf-8")
    ran = run("decide", str(case), "--question", "extradition")
    assert ran.code == 2
    assert ran.out == ""
    assert helpful in ran.err
    assert "Traceback" not in ran.err


def test_days_that_contradict_the_day_of_the_law_are_met_with_help(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("facts: {request: {received: 2026-05-01}}\n", encoding="utf-8")
    ran = run("decide", str(case), "--question", "extradition", "--on", "2026-04-01")
    assert ran.code == 2
    assert "1 May 2026 comes after 1 April 2026" in ran.err
