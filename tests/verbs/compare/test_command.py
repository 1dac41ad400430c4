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
        "Extradition must be refused by default. If fighting is required of everyone, of those who serve as well, or "
        "if the alleged act must be the fighting itself, or something done while fighting, or if the treaty prevails "
        "over the Code: may be granted. Failing that, if the bar leaves a choice: may be refused."
    )


def test_of_several_options_of_a_reading_the_names_are_said(run: Run) -> None:
    """Two sentences side by side, joined by `or`, could be read as one."""
    said = sentence(run, SIGNED)
    assert "if having signed the contract is enough and if the bar leaves a choice" in said.lower()
    assert "if combat is read as former-only or no-one" in said


def test_what_has_no_default(run: Run) -> None:
    said = sentence(run, COURTS, "--variant", "b-special-tribunal", "--question", "deployment")
    assert said == (
        "Deployment abroad under Russian law: it depends on how the law is read. If authoriser is read as "
        "president-alone or standing-consent: is authorised. If the Federation Council must have passed a resolution "
        "as well: lacks a decision. However that is read, if the measures of the security law include sending troops: "
        "is authorised."
    )


def test_nothing_changes_the_answer(run: Run) -> None:
    (found,) = compared(run, DECEIVED, "--variant", "naturalised")
    bearing = len(found["bearing"])
    assert bearing > 1
    assert found["sentence"] == (
        f"Extradition must be refused, however the {bearing} contested readings that bear on it may be taken."
    )
    assert sentence(run, COURTS, "--question", "deployment-international", "--variant", "base") == (
        "The use of force abroad is not compatible with the UN Charter, and no contested reading bears on it."
    )


def test_what_was_chosen_is_said(run: Run) -> None:
    chosen = ("--reading", "force=discretionary")
    said = sentence(run, COOK, *chosen)
    assert said.startswith("Taking it that the bar leaves a choice: Extradition may be refused by default. If")
    _, out, _ = run("compare", COOK, *chosen)
    assert "Chosen: reading force: the bar leaves a choice" in out


def test_what_follows_tells_answers_apart(run: Run) -> None:
    said = sentence(run, EXPULSION)
    assert said.count("besides: ") == 2
    assert "besides: a fine of 1,000 to 50,000 rubles" in said


def test_what_would_be_too_long_for_a_sentence_is_counted(run: Run) -> None:
    said = sentence(run, "scenarios/exactness/decision-day-unknown.yaml", "--variant", "discharged-in-between")
    assert said == (
        "Extradition depends (must be refused or may be granted) by default. 9 combinations of readings lead to "
        "another answer."
    )


# --- the sheet by reading --------------------------------------------------------------------------------


COOKS_SHEET = """\
Extradition: the answer under every reading
A serving cook who never fought  scenarios/extradition/04-serving-cook.yaml

Law in force on 22 April 2026, as known on 28 November 2026 (rulebook 0.2.0). {bearing}
readings bear on the question; 4 can change the answer.

By default, EXTRADITION MUST BE REFUSED                              must_refuse

One reading at a time, the others by default
  combat  Who must have taken part in fighting?
    fighting is required only of those who      must be refused      former-only
    have left (default)
    fighting is required of everyone, of those  may be granted          everyone
    who serve as well
    present or past service is enough; whether  must be refused           no-one
    somebody fought makes no difference
  force  Must extradition be refused, or may it be?
    the bar is mandatory (default)              must be refused        mandatory
    the bar leaves a choice                     may be refused     discretionary
  offence-nexus  Must the alleged act be connected with the fighting?
    the alleged act may be of any kind          must be refused             none
    (default)
    the alleged act must be the fighting        may be granted    combat-related
    itself, or something done while fighting
  treaty-conflict  Does the item yield to a treaty under which Russia would have
  to extradite?
    the Code prevails over the treaty           must be refused    code-prevails
    (default)
    the treaty prevails over the Code           may be granted   treaty-prevails

All readings together: the first line that fits gives the answer
     If                               The answer
  1  combat=everyone                  may be granted
  2  offence-nexus=combat-related     may be granted
  3  treaty-conflict=treaty-prevails  may be granted
  4  force=discretionary              may be refused
  5  in all other cases               must be refused

Not shown  the fewest rows that tell all, with grounds · who holds which reading
           · {idle} readings that make no difference here (--all shows them)

"""


def test_the_sheet_of_the_cook(run: Run) -> None:
    (found,) = compared(run, COOK, "--variant", "base")
    bearing = len(found["bearing"])
    sheet = COOKS_SHEET.format(bearing=bearing, idle=bearing - 4)
    assert run("compare", COOK, "--variant", "base") == (0, sheet, "")


def test_all_unfolds_the_rows_and_the_holders(run: Run) -> None:
    (found,) = compared(run, COOK)
    _, out, _ = run("compare", COOK, "--all")
    words = " ".join(out.split())
    assert "The fewest rows that tell all, with grounds If The answer combat=former-only or no-one and" in words
    assert "(CPC Art. 464(1)(7))" in words
    assert "former-only (default) interfax-50-fz, cis-50-fz item 7" in words
    assert f"{len(found['bearing']) - 4} readings that make no difference here" in words
    assert "Not shown" not in out


def test_what_has_no_effect_alone_is_named(run: Run) -> None:
    _, out, _ = run("compare", "scenarios/extradition/14-private-company-and-volunteers.yaml")
    assert (
        "No effect alone, only together with others: force · offence-nexus · treaty-conflict All readings together"
        in " ".join(out.split())
    )


def test_grounds_that_differ_inside_a_row(run: Run) -> None:
    _, out, _ = run("compare", COURTS, "--variant", "b-with-resolution", "--question", "deployment", "--all")
    assert "On Defense Art. 10(3); in some of these cases also Law on Security Art. 8" in " ".join(out.split())
    _, out, _ = run("compare", COURTS, "--variant", "b-special-tribunal", "--question", "deployment", "--all")
    assert "(between them Law on Security Art. 8, On Defense Art. 10(3))" in " ".join(out.split())


def test_a_reading_without_a_default_stands_first(run: Run) -> None:
    _, out, _ = run("compare", COURTS, "--variant", "b-special-tribunal", "--question", "deployment")
    places = [out.index(said) for said in ("By default, DEPLOYMENT", "authoriser has no default", "One reading at a")]
    assert places == sorted(places)


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
            "one_at_a_time",
            "rows",
            "fewest",
        ),
        *("at_defaults", "departures", "sentence", "header"),
    ]
    assert (found["by"], found["law"]) == ("reading", {"date": "2026-04-01", "stage": "in_force"})
    assert (found["chosen"], found["fewest"]) == ({"waiver": "waivable"}, True)
    assert found["defaults"] == {
        "combat": None,
        "force": "mandatory",
        "offence-nexus": "none",
        "treaty-conflict": "code-prevails",
    }
    assert found["rows"][0] == {
        "says": "must be refused",
        "possible": ["must_refuse"],
        "grounds": ["cpc-464-1-7"],
        "further_grounds": [],
        "consequences": [],
        "readings": {
            "combat": ["former-only", "no-one"],
            "force": ["mandatory"],
            "offence-nexus": ["none"],
            "treaty-conflict": ["code-prevails"],
        },
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
    assert "\n\nThe use of force abroad: the answer under every reading\n" in out


# --- by date, stage and telling ------------------------------------------------------------------------------


def test_by_date(run: Run) -> None:
    assert sentence(run, MARCH, "--by", "date") == (
        "Extradition, until 18 March 2026: may be granted; from 19 March 2026, since Federal Law No. 50-FZ of 8 March "
        "2026 is in force (computed): must be refused."
    )
    _, out, _ = run("compare", MARCH, "--by", "date")
    assert out.endswith(
        """\
The case is of 18 March 2026.

On the day of the case, EXTRADITION MAY BE GRANTED                     may_grant

The law                    The answer                It changes because
until 18 March 2026 (the   may be granted
case)
from 19 March 2026         must be refused (CPC      Federal Law No. 50-FZ of 8
                           Art. 464(1)(7))           March 2026 is in force
                                                     (computed)

Federal Law No. 50-FZ of 8 March 2026, 19 March 2026: ten full days after
publication; no clause on entry into force was seen.

"""
    )
    (found,) = compared(run, MARCH, "--by", "date", "--to", "2026-12-31")
    assert list(found)[2:] == ["case", "question", "by", "law", "chosen", "rows", "sentence", "header"]
    assert [(row["first"], row["last"], row["of_case"]) for row in found["rows"]] == [
        (None, "2026-03-18", True),
        ("2026-03-19", "2026-12-31", False),
    ]
    assert found["rows"][1]["because"][0][0]["id"] == "law-50-fz"


def test_by_date_for_a_period_of_the_case(run: Run) -> None:
    route = "scenarios/readings/stateless-route.yaml"
    said = sentence(run, route, "--by", "date", "--variant", "discharged-in-october")
    assert "from 21 July 2025 until 15 October 2025, since service 1: on strength from 21 July 2025: is open by" in said


def test_by_stage(run: Run) -> None:
    assert sentence(run, MARCH, "--by", "stage") == (
        "Extradition, by the law in force on 18 March 2026: may be granted; if bills counted as law once drafted (or "
        "later, up to signed): must be refused. What makes the difference: Federal Law No. 50-FZ of 8 March 2026."
    )
    _, out, _ = run("compare", MARCH, "--by", "stage")
    assert "Federal Law No. 50-FZ of 8 March 2026 was only signed (8 March 2026)" in " ".join(
        line[54:].strip() for line in out.splitlines()
    )
    assert sentence(run, COOK, "--by", "stage") == "Extradition must be refused, at whatever stage bills count as law."


def test_by_telling(run: Run) -> None:
    assert sentence(run, COOK, "--by", "telling") == (
        "Extradition, as told by the text and press-package: must be refused; as told by press-adopted, press-duma and "
        "press-signed: may be granted."
    )
    _, out, _ = run("compare", COOK, "--by", "telling")
    assert out.endswith(
        """\
Silent on this question: press-deployment.

Why they differ
  · Reading combat
    the text: fighting is required only of those who have left → must be refused
    press-package: present or past service is enough; whether somebody fought
    makes no difference → must be refused
    press-duma and press-adopted: fighting is required of everyone, of those who
    serve as well → may be granted
  · Reading offence-nexus
    the text and press-package: the alleged act may be of any kind → must be
    refused
    press-signed: the alleged act must be the fighting itself, or something done
    while fighting → may be granted

"""
    )


def test_every_form_of_a_comparison(run: Run, tmp_path: Path) -> None:
    for by in ("reading", "date", "stage", "telling"):
        for form, mark in (("md", "# Extradition: the answer"), ("html", "<!doctype html>"), ("json", '"by"')):
            file = tmp_path / f"{by}.{form}"
            assert run("compare", COOK, "--by", by, "--out", str(file)).code == 0
            assert mark in file.read_text(encoding="utf-8")


def test_the_case_is_not_written_over(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("facts: {}\n", encoding="utf-8")
    code, _, err = run("compare", str(case), "--format", "html", "--out", str(case))
    assert (code, case.read_text(encoding="utf-8")) == (2, "facts: {}\n")
    assert "case.yaml" in err


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
        "Taking it that the toll is low: Crossing is delayed by default. If an armed traveller is refused: is refused."
    )
    assert sentence(run, *asked, "--on", "2022-01-01") == (
        "Crossing: it depends on how the law is read. If the toll is high: is delayed (besides: a high toll). If the "
        "toll is low: is delayed (besides: a low toll). However that is read, if an armed traveller is refused: is "
        "refused."
    )
    assert sentence(run, *asked, "--by", "date", *low) == (
        "Taking it that the toll is low: Crossing, until 31 December 2020: is delayed; from 1 January 2021, since "
        "Ferry Law is valid: is delayed (besides: an escort comes along)."
    )
    assert sentence(run, *asked, "--by", "stage", "--on", "2020-05-01", *low) == (
        "Taking it that the toll is low: Crossing, by the law in force on 1 May 2020: is delayed; if bills counted as "
        "law once drafted: is delayed (besides: an escort comes along). What makes the difference: Ferry Law."
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
