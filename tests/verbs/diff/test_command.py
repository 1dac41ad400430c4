"""`lawmodel diff`: which entries differ, exactly which cases, and examples that can be saved and checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.running import Run

BILL = "rules+examples/deserter-bill/deserter-bill.yaml"
DAYS = ["date", "2026-03-18", "2026-03-19"]
TWO_WAYS = ["--reading", "treaty-conflict=treaty-prevails"]
"""Item 7 then protects in two ways: where no treaty is invoked, and where one does not oblige."""


def words(out: str) -> str:
    return " ".join(out.split())


def test_two_days(run: Run) -> None:
    ran = run("diff", *DAYS, "--question", "extradition", "--question", "deployment")
    assert ran.code == 0
    assert ran.out.startswith("The law of 18 March 2026 → the law of 19 March 2026\n")
    assert "CPC Art. 464(1)(7) comes into force" in ran.out
    assert "may_refuse may_grant → must_refuse" in ran.out
    assert (
        "Of all cases to which, by the law of 18 March 2026, this is the answer: “Extradition may be granted”, exactly "
        "those in which only transit through Russia is asked for"
    ) in words(ran.out)
    assert "        contract service that counts and had begun by then\n" in ran.out
    assert "Equivalent: Deployment abroad under Russian law\n" in ran.out
    assert "This is proved." in ran.out
    assert "Not shown  4 examples, as case files" in ran.out
    assert not any(line.endswith(" ") or len(line) > 80 for line in ran.out.splitlines())


def test_all_shows_the_examples(run: Run) -> None:
    ran = run("diff", *DAYS, "--question", "extradition", "--all")
    assert "  Extradition may be granted → must be refused\n    presume: ordinary\n    facts:\n" in ran.out


def test_two_days_between_which_nothing_happened(run: Run) -> None:
    ran = run("diff", "date", "2026-04-01", "2026-04-02", "--question", "extradition")
    assert "No entry of the rulebook differs." in ran.out
    assert "Equivalent: Extradition\n" in ran.out


def test_a_bill_on_top_of_the_law(run: Run) -> None:
    ran = run("diff", "rules", "rules", BILL, "--stage", "introduced")
    assert "Invented bill on deserters, Art. 1 is added" in ran.out
    assert (
        "    In each of them, besides\n      An invented bill on deserters is law\n      some service: deserted\n"
    ) in ran.out
    assert "Equivalent: Surrender, if extradition were granted; Deployment abroad" in words(ran.out)


def test_every_form(run: Run) -> None:
    asked = ("diff", *DAYS, "--question", "extradition", "--format")
    assert run(*asked, "markdown").out.startswith("# The law of 18 March 2026 → the law of 19 March 2026")
    assert "<h1>The law of 18 March 2026" in run(*asked, "html").out
    assert json.loads(run(*asked, "json").out)["schema"] == "lawmodel/diff"


def test_a_bill_that_is_not_law_yet_changes_no_answer_of_the_law_before_it(run: Run) -> None:
    ran = run("diff", "rules", "rules", BILL, "--on", "2026-12-31", "--question", "extradition")
    assert "Equivalent: Extradition\n" in ran.out
    assert "exactly those" not in ran.out


def test_examples_are_saved_and_pass_check(run: Run, tmp_path: Path) -> None:
    run("diff", "reading", "combat", "former-only", "no-one", "--out", str(tmp_path / "more"))
    assert len(list((tmp_path / "more").iterdir())) >= 3
    assert "all met" in run("check", str(tmp_path / "more")).out


@pytest.mark.long
def test_examples_of_stages_and_bills_are_saved_and_pass_check(run: Run, tmp_path: Path) -> None:
    ran = run("diff", "stage", "passed_duma", "in_force", "--question", "removal", "--out", str(tmp_path / "new"))
    assert ran.code == 0
    saved = [file.name for file in (tmp_path / "new").iterdir()]
    assert "removal-decision_lapses-decision_possible.yaml" in saved or saved == []
    ran = run("diff", "rules", "rules", BILL, "--stage", "introduced", "--out", str(tmp_path / "bill"))
    assert ran.code == 0
    rules = ["--rules", "rules", "--rules", "examples/deserter-bill/deserter-bill.yaml"]
    assert "all met" in run("check", *rules, str(tmp_path / "bill")).out


def test_json(run: Run) -> None:
    plain = json.loads(run("diff", *DAYS, "--question", "extradition", *TWO_WAYS, "--json").out)
    assert [change["id"] for change in plain["changes"]] == ["law-50-fz", "cpc-464-1-7"]
    (one,) = plain["questions"]
    assert one["equivalent"] is False
    turn = next(turn for turn in one["turns"] if (turn["before"], turn["after"]) == ("may_grant", "must_refuse"))
    assert (turn["says_before"], turn["says_after"]) == ("may be granted", "must be refused")
    assert [header["law"]["date"] for header in plain["headers"]] == ["2026-03-18", "2026-03-19"]
    assert (turn["among"], turn["every"], len(turn["any_of"])) == ("before", True, 2)
    assert all({"says", "holds", "by"} <= said.keys() for clause in turn["any_of"] for said in clause)
    assert {seen["outcome"] for seen in turn["example"]["seen"]} == {"may_grant", "must_refuse"}


def test_what_is_given_narrows_the_cases(run: Run) -> None:
    ran = run("diff", *DAYS, "--question", "extradition", "--where", "request.kind=transit")
    assert "may_grant → may_refuse" in ran.out
    assert "→ must_refuse" not in ran.out
    assert "only transit" not in ran.out  # it is given


def test_the_wording_is_said_in_which_something_has_to_be_law(run: Run) -> None:
    toy = words(run("diff", "reading", "novelty", "new", "old", "--rules", "tests/toy/rules").out)
    assert "in the wording as-adopted, is not law" in toy
    plain = json.loads(run("diff", "stage", "passed_duma", "in_force", "--question", "expulsion", "--json").out)
    for turn in plain["questions"][0]["turns"]:
        besides = [said["says"] for said in turn["in_each"]]
        assert len(besides) == len(set(besides))
        assert any("in the wording bill, is not law" in said for said in besides)


def test_few_clauses_are_said_to_be_few(run: Run) -> None:
    asked = ("diff", *DAYS, "--question", "extradition", *TWO_WAYS)
    assert "not: the request rests on a treaty" in words(run(*asked).out).partition("and one of these")[2]
    ran = run(*asked, "--most", "1")
    assert "among them those in which" in words(ran.out)
    assert "There are further such cases (--most shows more)." in ran.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing argument"),
        (["days"], "is not one of"),
        (["date", "2026-03-18"], "name two"),
        (["date", "2026-03-18", "2026-03-18"], "named twice"),
        (["date", "2026-03-18", "soon"], "is not a day"),
        ([*DAYS, "--on", "2026-03-18"], "names the two days itself"),
        (["stage", "passed", "in_force"], "Did you mean passed_duma"),
        (["stage", "passed_duma", "in_force", "--stage", "signed"], "names the two stages itself"),
        (["reading"], "name the reading"),
        (["reading", "combt", "a", "b"], "Did you mean combat"),
        (["reading", "combat", "everyone"], "name two"),
        (["reading", "combat", "everyone", "noone"], "Did you mean no-one"),
        (["telling", "press-signed", "press-adoptd"], "Did you mean press-adopted"),
        (["rules", "rules", "nowhere"], "nowhere"),
        (["rules", "rules", BILL, "--rules", "rules"], "--rules goes with the other kinds"),
        (["rules", "rules", "tests/toy/rules"], "the law is dated by decision.made in one and by loan.asked_on"),
        ([*DAYS, "--question", "extraditio"], "Did you mean extradition"),
        ([*DAYS, "--where", "person.protecton=asylum"], "Did you mean person.protection"),
        ([*DAYS, "--most", "0"], "is not in the range"),
    ],
)
def test_wrong_input(run: Run, arguments: list[str], message: str) -> None:
    ran = run("diff", *arguments)
    assert (ran.code, message in ran.err) == (2, True), ran.err


def test_answers_only_counts_what_changed(run: Run) -> None:
    rules = ("rules", "examples/editions/first", "rules", "--question", "surrender")
    whole, only = run("diff", *rules).out, run("diff", *rules, "--answers-only").out
    assert "what changed in" in whole
    assert "what changed in" not in only
    assert "21 added" in only
    assert "example" in whole
    assert "as case files" not in only
    answers = only[only.index("Surrender, if") : only.index("Extradition and deployment, Russia")]
    assert answers.strip() in whole
