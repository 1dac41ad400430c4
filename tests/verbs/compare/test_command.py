"""`lawmodel compare`: what is said under every reading, day, stage and telling; what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import Run
from tests.inquiry.ferry import FERRY

COOK = "scenarios/extradition/04-serving-cook.yaml"
SIGNED = "scenarios/extradition/09-signed-never-enrolled.yaml"
DECEIVED = "scenarios/extradition/12-deceived-and-homesick.yaml"
MARCH = "scenarios/extradition/29-three-days-in-march.yaml"
COURTS = "scenarios/deployment/25-international-courts.yaml"
EXPULSION = "scenarios/expulsion/31-bill-and-law.yaml"


def compared(run: Run, *arguments: str) -> list[dict[str, Any]]:
    code, out, err = run("compare", *arguments, "--json")
    assert (code, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


def sentence(run: Run, *arguments: str) -> str:
    (found,) = compared(run, *arguments)
    said: str = found["sentence"]
    return said


# --- by reading ------------------------------------------------------------------------------------------


def test_the_cook(run: Run) -> None:
    assert sentence(run, COOK) == (
        "It must be refused, unless (1) those who serve and those who served must all have fought, or (2) the alleged "
        "act must be the fighting itself, or something done while fighting: then it may be granted because nothing "
        "stands in its way. Failing that, if extradition may be refused: it may be refused but need not be."
    )


def test_whoever_signed_and_was_never_enrolled(run: Run) -> None:
    """What is read by default is no condition of a departure; what takes it back stands beside it."""
    assert sentence(run, SIGNED) == (
        "It may be granted because nothing stands in its way, unless having signed the contract is enough, and "
        "extradition may be refused (but not if those who serve and those who served must all have fought, or if the "
        "alleged act must be the fighting itself, or something done while fighting): then it may be refused but need "
        "not be. Failing that, if having signed the contract is enough (with the same exception): it must be refused."
    )


def test_the_deceived(run: Run) -> None:
    assert sentence(run, DECEIVED).startswith(
        "It must be refused, unless (1) service under a flawed contract does not count, (2) the alleged act must be "
        "the fighting itself, or something done while fighting, or (3) a person who consents can be extradited: then "
        "it may be granted"
    )


def test_what_has_no_default(run: Run) -> None:
    assert sentence(run, COURTS, "--variant", "b-special-tribunal", "--question", "deployment") == (
        "The answer depends on a point on which there is no default (Who must authorise action on the ground of "
        "2026?): if either the President decides alone, or the President decides, because the Federation Council "
        "consented once for all by approving the law: a ground exists and every decision it requires has been taken; "
        "if the Federation Council must have passed a resolution as well: a ground exists but a decision it requires "
        "has not been taken. However that is read, if the measures of the security law include sending troops: a "
        "ground exists and every decision it requires has been taken."
    )


def test_nothing_changes_the_answer(run: Run) -> None:
    assert sentence(run, DECEIVED, "--variant", "naturalised") == (
        "No reading changes the answer: it must be refused, however the 20 contested points that bear on the question "
        "may be read; nobody need take a side to give it."
    )
    assert sentence(run, COURTS, "--question", "deployment-international", "--variant", "base") == (
        "No contested point bears on the question: the prohibition of the use of force stands against it."
    )


def test_what_was_chosen_is_said(run: Run) -> None:
    assert sentence(run, COOK, "--reading", "force=discretionary").startswith(
        "Taking it that extradition may be refused, it may be refused but need not be, unless (1) those who serve"
    )


def test_what_follows_tells_answers_apart(run: Run) -> None:
    assert sentence(run, EXPULSION) == (
        "Another penalty takes the place of expulsion (besides: a fine within the sanction of the article applied, or "
        "compulsory works of 100 to 200 hours), unless the fine runs from 1,000 to 50,000 rubles, and works last up to "
        "200 hours: then another penalty takes the place of expulsion (besides: a fine of 1,000 to 50,000 rubles, or "
        "compulsory works of up to 200 hours)."
    )


def test_what_would_be_too_long_for_a_sentence_names_the_questions(run: Run) -> None:
    said = sentence(run, "scenarios/exactness/decision-day-unknown.yaml", "--variant", "discharged-in-between")
    assert said == (
        "Either it must be refused or it may be granted because nothing stands in its way, depending on what is left "
        "open; but other answers to these questions lead to another: Who must have taken part in fighting? Must "
        "extradition be refused, or may it be? Must the alleged act be connected with the fighting? At which moment "
        "are citizenship and service tested?"
    )


def test_the_rows_as_text(run: Run) -> None:
    code, out, err = run("compare", COOK, "--variant", "base")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "Would extradition be refused?"
    assert lines[2] == "law in force on 22 April 2026 · 20 readings bear on the question, 3 can change the answer"
    assert "The answer  under every reading: the fewest rows that tell it all" in lines
    table = "\n".join(lines[lines.index("The answer  under every reading: the fewest rows that tell it all") :])
    assert table.startswith(
        """\
The answer  under every reading: the fewest rows that tell it all
  it must be refused                       combat         any but: those who serve and those who served must
  must_refuse · the defaults                              all have fought  everyone
                                           force          extradition must be refused  mandatory
                                           offence-nexus  the alleged act may be of any kind  none
                                           on CPC Art. 464(1)(7) cpc-464-1-7

  it may be refused but need not be        combat         any but: those who serve and those who served must
  may_refuse                                              all have fought  everyone
                                           force          extradition may be refused  discretionary
                                           offence-nexus  the alleged act may be of any kind  none
                                           on CPC Art. 464(1)(7) cpc-464-1-7

  it may be granted because nothing        otherwise
  stands in its way
  may_grant

The readings that matter
"""
    )
    assert "      former-only (default)   cis-50-fz item 7, interfax-50-fz" in lines
    assert "Without effect here, however they are read: criminality-date, citizenship-fraud, interim-measures," in out
    assert all(line == line.rstrip() for line in lines)


def test_grounds_that_differ_inside_a_row(run: Run) -> None:
    _, out, _ = run("compare", COURTS, "--variant", "b-with-resolution", "--question", "deployment")
    words = " ".join(out.split())
    assert "on On Defense Art. 10(3) def-10-3-foreign-courts" in words
    assert "in some of these cases also on Law on Security Art. 8 security-law-8" in words
    _, out, _ = run("compare", COURTS, "--variant", "b-special-tribunal", "--question", "deployment")
    words = " ".join(out.split())
    assert "throughout on no one ground; between them on" in words


def test_the_keys_of_the_comparison_by_reading(run: Run) -> None:
    (found,) = compared(run, COOK, "--on", "2026-04-01", "--reading", "waiver=waivable", "--reading", "combat=unknown")
    assert list(found) == [
        *(
            "schema",
            "version",
            "case",
            "question",
            "by",
            "law",
            "chosen",
            "bearing",
            "matter",
            "defaults",
            "rows",
            "fewest",
        ),
        *("at_defaults", "departures", "sentence"),
    ]
    assert (found["by"], found["law"]) == ("reading", {"date": "2026-04-01", "stage": "in_force"})
    assert (found["chosen"], found["fewest"]) == ({"waiver": "waivable"}, True)
    assert found["defaults"] == {"combat": None, "force": "mandatory", "offence-nexus": "none"}
    assert found["rows"][0] == {
        "possible": ["must_refuse"],
        "grounds": ["cpc-464-1-7"],
        "further_grounds": [],
        "consequences": [],
        "readings": {"combat": ["former-only", "no-one"], "force": ["mandatory"], "offence-nexus": ["none"]},
        "otherwise": False,
        "at_defaults": "partly",
    }
    assert [clause["if"] for clause in found["at_defaults"]] == [
        [{"combat": ["former-only", "no-one"]}],
        [{"combat": ["everyone"]}],
    ]


def test_several_questions_one_after_the_other(run: Run) -> None:
    found = compared(run, COURTS, "--variant", "base")
    assert [one["question"] for one in found] == ["deployment", "deployment-international"]
    _, out, _ = run("compare", COURTS, "--variant", "base")
    assert "\n\nWould the use of force abroad be compatible with the UN Charter?\n" in out


# --- by date, stage and telling ------------------------------------------------------------------------------


def test_by_date(run: Run) -> None:
    assert sentence(run, MARCH, "--by", "date") == (
        "Until 18 March 2026: it may be granted because nothing stands in its way; from 19 March 2026, when law-50-fz "
        "is in force (derived): it must be refused."
    )
    _, out, _ = run("compare", MARCH, "--by", "date")
    assert out.endswith(
        """\
  Until 18 March 2026                      it may be granted because nothing stands in its way
  the day of the case                      may_grant

  From 19 March 2026                       it must be refused
                                           must_refuse
                                           on CPC Art. 464(1)(7) cpc-464-1-7
                                           because law-50-fz is in force (derived): ten full days after
                                           publication; no clause on entry into force was seen  Federal Law
                                           No. 50-FZ of 8 March 2026
"""
    )
    (found,) = compared(run, MARCH, "--by", "date", "--to", "2026-12-31")
    assert list(found)[2:] == ["case", "question", "by", "law", "chosen", "rows", "sentence"]
    assert [(row["first"], row["last"], row["of_case"]) for row in found["rows"]] == [
        (None, "2026-03-18", True),
        ("2026-03-19", "2026-12-31", False),
    ]
    assert found["rows"][1]["because"][0][0]["id"] == "law-50-fz"


def test_by_date_for_a_period_of_the_case(run: Run) -> None:
    papers = "scenarios/citizenship/papers-in-place-of-service.yaml"
    assert sentence(run, papers, "--by", "date", "--variant", "no-papers") == (
        "Until 17 May 2023: no rule opens the simplified route; from 18 May 2023 until 30 November 2024, because of "
        "the case (service 1: on strength from 18 May 2023): no language test, no five years of residence; from "
        "1 December 2024, because of the case (service 1: on strength until 30 November 2024): no rule opens the "
        "simplified route."
    )


def test_by_stage(run: Run) -> None:
    assert sentence(run, MARCH, "--by", "stage") == (
        "With the law in force on 18 March 2026: it may be granted because nothing stands in its way; if bills counted "
        "as law once they were drafted, or at any later stage until they were signed: it must be refused. What makes "
        "the difference is law-50-fz."
    )
    _, out, _ = run("compare", MARCH, "--by", "stage")
    assert "because law-50-fz had only been signed (8 March 2026)" in out
    assert sentence(run, COOK, "--by", "stage") == (
        "No bill changes the answer, at whatever stage bills are counted as law: it must be refused."
    )


def test_by_telling(run: Run) -> None:
    assert sentence(run, COOK, "--by", "telling") == (
        "A reader of the text or press-package would conclude: it must be refused; a reader of press-adopted, "
        "press-duma, or press-signed would conclude: it may be granted because nothing stands in its way."
    )
    _, out, _ = run("compare", COOK, "--by", "telling")
    assert out.endswith(
        """\
Silent on this question: press-deployment.

Over what they part
  combat         former-only (text); no-one (press-package) against everyone (press-duma, press-adopted)
  offence-nexus  none (text, press-package) against combat-related (press-signed)
"""
    )


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ferry.yaml").write_text(FERRY, encoding="utf-8")
    (tmp_path / "case.yaml").write_text("facts: {traveller: {armed: yes, drunk: yes}, passes: []}\n", encoding="utf-8")
    return tmp_path


def test_another_law(run: Run, ferry: Path) -> None:
    asked = (str(ferry / "case.yaml"), "--rules", str(ferry / "rules"), "--question", "crossing")
    low = ("--reading", "toll=low")
    assert sentence(run, *asked, "--on", "2022-01-01", *low) == (
        "Taking it that the toll is low, it is delayed, unless an armed traveller is refused: then it is refused."
    )
    assert sentence(run, *asked, "--on", "2022-01-01") == (
        "The answer depends on a point on which there is no default (Which toll is due?): if the toll is high: it is "
        "delayed (besides: a high toll); if the toll is low: it is delayed (besides: a low toll). However that is "
        "read, if an armed traveller is refused: it is refused."
    )
    assert sentence(run, *asked, "--by", "date", *low) == (
        "Taking it that the toll is low, until 31 December 2020: it is delayed; from 1 January 2021, when ferry-law is "
        "valid: it is delayed (besides: an escort comes along)."
    )
    assert sentence(run, *asked, "--by", "stage", "--on", "2020-05-01", *low) == (
        "Taking it that the toll is low, with the law in force on 1 May 2020: it is delayed; if bills counted as law "
        "once they were drafted: it is delayed (besides: an escort comes along). What makes the difference is "
        "ferry-law."
    )


# --- what is refused -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--by", "day"], "'day' is not one of"),
        (["--question", "extraditon"], "Did you mean extradition?"),
        (["--variant", "discharge"], "Did you mean discharged"),
        (["--reading", "combt=everyone"], "Did you mean combat?"),
        (["--reading", "combat=all"], "--reading combat: there is no `all`"),
        (["--stage", "sign"], "Did you mean signed"),
        (["--on", "19 March"], "is not a day"),
        (["--by", "stage", "--stage", "signed"], "--by stage goes through all stages. Leave --stage out."),
        (["--from", "2026-01-01"], "--from cuts the days of --by date. Add --by date, or leave --from out."),
        (["--by", "stage", "--to", "2026-01-01"], "--to cuts the days of --by date"),
        (["--by", "date", "--from", "2026-02-30"], "--from: `2026-02-30` is not a day of the calendar"),
        (["--by", "date", "--from", "2026-02-03", "--to", "2026-02-02"], "comes after --to 2026-02-02. Exchange them."),
    ],
)
def test_mistakes_are_usage_errors_that_help(run: Run, arguments: list[str], message: str) -> None:
    code, out, err = run("compare", COOK, *arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_a_rulebook_without_tellings_says_how_to_add_some(run: Run, ferry: Path) -> None:
    code, _, err = run("compare", str(ferry / "case.yaml"), "--rules", str(ferry / "rules"), "--by", "telling")
    assert code == 2
    assert "this rulebook has no tellings. Add a section `tellings`" in err


def test_a_case_that_is_wrong_is_refused_with_its_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("facts: {person: {consnts: yes}}\n", encoding="utf-8")
    code, _, err = run("compare", str(tmp_path / "case.yaml"))
    assert code == 2
    assert "case.yaml:1:" in err
    assert "Did you mean consents" in err
