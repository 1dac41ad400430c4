"""`lawmodel whatif`: what a user reads, what a program reads, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import Run
from tests.inquiry.ferry import FERRY

COOK = "scenarios/extradition/04-serving-cook.yaml"
COURTS = "scenarios/deployment/25-international-courts.yaml"
TRAVELLER = """
title: A traveller with a [bold] name
facts:
  crossing: {made: 2022-05-01}
  traveller: {armed: yes, drunk: no}
  passes: [{from: 2020-01-01}]
  cargo: {value: 9}
questions: [crossing, pass]
variants: [{id: unarmed, facts: {traveller: {armed: no}}}]
"""


@pytest.fixture
def of_ferry(tmp_path: Path) -> tuple[str, ...]:
    """A case of the ferry, and the rulebook that it is under."""
    (tmp_path / "ferry.yaml").write_text(FERRY, encoding="utf-8")
    (tmp_path / "traveller.yaml").write_text(TRAVELLER, encoding="utf-8")
    return str(tmp_path / "traveller.yaml"), "--rules", str(tmp_path / "ferry.yaml")


def words(text: str) -> str:
    return " ".join(text.split())


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


# --- what is read -------------------------------------------------------------------------------------


def test_both_answers_and_only_what_changed(run: Run) -> None:
    ran = run("whatif", COOK, "combat=everyone")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[:2] == [
        "What if it were otherwise?",
        "A serving cook who never fought  scenarios/extradition/04-serving-cook.yaml",
    ]
    table = [line.split("  ") for line in lines if line.startswith(("Extradition ", "under "))]
    assert [[cell.strip() for cell in row if cell.strip()] for row in table] == [
        ["Extradition", "must be refused", "may be granted"],
        ["under", "CPC Art. 464(1)(7)", "no provision"],
    ]
    text = words(ran.out)
    assert "Reading combat fighting is required only of fighting is required of" in text
    assert "applies: Extradition must be refused does not apply" in text
    assert "✓ service 1: still serving -" in text
    assert "- ✗ service 1: did not take part in fighting" in text
    assert "the answer now assumes 19 presumed facts" in text
    assert "in a formation that is covered" not in text, "a step is shown that did not change"
    assert "in the armed forces" not in text, "a step is shown that did not change"


def test_all_lists_what_is_otherwise_counted(run: Run) -> None:
    short, long = (run("whatif", COOK, "combat=everyone", *more).out for more in ((), ("--all",)))
    assert "risk.torture" not in short
    assert "(presumed)" in long
    assert "risk.torture" in long


def test_an_answer_that_stays(run: Run) -> None:
    row = "| service 1, part in fighting | did not take part in fighting | took part in fighting |"
    assert row in run("whatif", COOK, "service.fought=yes", "--format", "markdown").out
    text = words(run("whatif", COOK, "service.fought=yes").out)
    assert "The answer stays, on the same grounds. To the same effect, for other reasons" in text
    assert "The answer no longer assumes · Reading combat (default): fighting is required only of those who" in text
    assert "What changed" not in text


def test_an_answer_that_stays_on_another_ground(run: Run) -> None:
    text = words(run("whatif", COOK, "person.citizenships[2].state=RU", "--format", "markdown").out)
    assert "| citizenship 2, state of citizenship | no such citizenship | citizen of Russia |" in text
    assert "The answer stays, on other grounds: no longer CPC Art. 464(1)(7), now CPC Art. 464(1)(1);" in text
    assert "| | ✓ citizenship 2: citizen of Russia |" in text


def test_nothing_changes(run: Run) -> None:
    text = words(run("whatif", COOK, "request.state=TJ", "request.by=state", "--format", "markdown").out)
    assert "| a state makes the request (presumed) | already so, now given | `request.by` |" in text
    same = words(run("whatif", COOK, "decision.made=2026-04-22").out)
    assert "decided on 22 April 2026 already so" in same
    assert same.endswith("Nothing changes: the answer, its grounds and how firm it is stay as they are.")


def test_another_law_for_the_second_answer(run: Run) -> None:
    text = words(run("whatif", COOK, "--then-on", "2026-03-18", "--format", "markdown").out)
    assert "| the law | law in force on 22 April 2026 | law in force on 18 March 2026 |" in text
    assert "| ✓ in force | ✗ not in force |" in text
    same = words(run("whatif", COOK, "--then-on", "2026-04-22").out)
    assert "the law law in force on 22 April 2026 already so" in same
    assert "Nothing changes: the answer" in same
    ran = run("whatif", COOK, "--on", "2026-03-18", "--then-stage", "signed", "--json")
    (found,) = objects(ran.out)
    assert [found[side]["outcome"] for side in ("before", "after")] == ["may_grant", "must_refuse"]


def test_whoever_holds_a_reading_has_chosen_it(run: Run) -> None:
    text = words(run("whatif", COOK, "--then-held-by", "fighting-of-all").out)
    assert "Reading combat (default): fighting is required only of those who have left" in text
    assert text.count("Reading combat (chosen)") == 1
    assert "The answer no longer assumes · Reading combat (default)" in text


def test_a_question_of_which_nothing_changes_is_only_named(run: Run) -> None:
    ran = run("whatif", COURTS, "--variant", "b-special-tribunal", "authoriser=president-alone")
    assert "Nothing changes in the answers on these: The use of force abroad." in words(ran.out)
    assert ran.out.count("What if") == 1
    alone = run("whatif", COURTS, "authoriser=president-alone", "--question", "deployment-international")
    assert "Nothing changes: the answer" in words(alone.out)


def test_each_question_that_changes_has_a_part(of_ferry: tuple[str, ...], run: Run) -> None:
    ran = run("whatif", *of_ferry, "passes=[]", "cargo.value=2000", "--format", "markdown")
    assert "A traveller with a \\[bold\\] name" in ran.out, "words of a case are read as markup"
    assert [line for line in ran.out.splitlines() if line.startswith("## ")] == ["## Crossing", "## Pass"]
    assert "| passes | 1 pass: from 1 January 2020 | no pass | `passes` |" in ran.out
    assert "The answer stays, on a further ground: Ferry Law s. 2." in ran.out


def test_consequences_that_come_and_go(of_ferry: tuple[str, ...], run: Run) -> None:
    text = words(run("whatif", *of_ferry, "traveller.armed=no", "traveller.drunk=yes").out)
    assert "No longer follows · an escort comes along" in text
    assert "Now follows · the pilot is told" in text
    assert "does not apply applies: the pilot is told" in text


def test_a_record_is_taken_out_and_the_others_keep_their_numbers(of_ferry: tuple[str, ...], run: Run) -> None:
    changes = ("passes[1]=none", "passes[2].from=2023-01-01", "--question", "pass", "--format", "markdown")
    text = words(run("whatif", *of_ferry, *changes).out)
    assert "| pass 1 | from 1 January 2020 | taken out | `passes\\[1\\]` |" in text or "| `passes[1]` |" in text
    assert "Records keep the numbers that they have in the case." in text
    assert "✓ pass 1: " in text
    assert "✗ pass 2: " in text


def test_the_variant_that_is_named_is_the_case_before(of_ferry: tuple[str, ...], run: Run) -> None:
    text = words(run("whatif", *of_ferry, "--variant", "unarmed", "traveller.armed=yes").out)
    assert "unarmed armed traveller.armed" in text


def test_no_line_ends_in_blanks_and_none_is_too_long(run: Run) -> None:
    texts = [
        run("whatif", COOK, "service=[]", "--all").out,
        run("whatif", COURTS, "measure.kind=arrest", "body.russia_participates=unknown").out,
        run("whatif", "scenarios/exactness/nothing-known.yaml", "person.citizenships=[]", "--all").out,
    ]
    for line in (line for text in texts for line in text.splitlines()):
        assert line == line.rstrip()
        assert len(line) <= 80


# --- what a program reads -----------------------------------------------------------------------------


def without_words(plain: Any) -> Any:
    """Plain data without what is said of it."""
    if isinstance(plain, list):
        return [without_words(one) for one in plain]
    if isinstance(plain, dict):
        return {name: without_words(one) for name, one in plain.items() if name not in ("says", "title")}
    return plain


def test_as_data(run: Run) -> None:
    ran = run("whatif", COOK, "combat=everyone", "service[1].fought=unknown", "--json")
    (found,) = objects(ran.out)
    assert list(found) == [
        "schema",
        "version",
        "case",
        "question",
        "inputs",
        "renumbered",
        "before",
        "after",
        "changed",
        "same_outcome",
        "grounds",
        "consequences",
        "turns_on",
        "rests_on",
        "uncertain_dates",
        "provisions",
    ]
    assert without_words(found["inputs"]) == [
        {
            "input": "combat",
            "before": {"value": "former-only", "origin": "default"},
            "after": {"value": "everyone", "origin": "chosen"},
            "already_so": False,
        },
        {
            "input": "service[1].fought",
            "before": {"value": False, "origin": "given"},
            "after": {"value": "unknown", "origin": "given"},
            "already_so": False,
        },
    ]
    assert (found["changed"], found["same_outcome"]) == (True, False)
    assert found["before"]["outcome"] == "must_refuse"
    assert found["after"]["possible"] == ["must_refuse", "may_grant"]
    assert found["turns_on"] == {"gained": ["service[1].fought"], "lost": []}
    assert found["grounds"] == {"gained": [], "lost": ["cpc-464-1-7"]}
    (provision,) = found["provisions"]
    assert provision["before"] == {"applies": "yes", "speaks_for": {"must_refuse": "yes"}, "brings": {}}
    assert provision["after"] == {"applies": "open", "speaks_for": {"must_refuse": "open"}, "brings": {}}
    assert "because" not in provision["difference"]["after"]
    assert provision["difference"]["below"]


def test_lists_and_records_as_a_file_has_them(of_ferry: tuple[str, ...], run: Run) -> None:
    ran = run("whatif", *of_ferry, "passes[1]=none", "passes[2].to=still", "--question", "pass", "--json")
    (found,) = objects(ran.out)
    assert [(one["input"], one["before"], one["after"]) for one in without_words(found["inputs"])] == [
        ("passes[1]", {"value": {"from": "2020-01-01"}, "origin": "given"}, {"value": None, "origin": "absent"}),
        ("passes[2].to", {"value": None, "origin": "absent"}, {"value": "still", "origin": "given"}),
    ]
    assert found["renumbered"] == {"passes[1]": "passes[2]"}
    (emptied,) = objects(run("whatif", *of_ferry, "passes=[]", "--question", "pass", "--json").out)
    assert emptied["inputs"][0]["before"]["value"] == [{"from": "2020-01-01"}]
    assert emptied["inputs"][0]["after"]["value"] == []


def test_an_object_for_each_question(run: Run) -> None:
    found = objects(run("whatif", COURTS, "measure.kind=arrest", "--json").out)
    assert [(one["question"], one["changed"]) for one in found] == [
        ("deployment", True),
        ("deployment-international", False),
    ]


# --- what is refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "nothing is otherwise. Write a change, such as NAME=VALUE, or --then-on DATE."),
        (["combat"], "combat: nothing is assigned. Write combat=VALUE"),
        (["combat=evryone"], "Did you mean everyone?"),
        (["purpose=sentence"], "The fact of a like name is request.purpose."),
        (["reqest.purpose=sentence"], "Did you mean request.purpose"),
        (["service[3].fought=yes"], "`service` has 1 record. The next new one is service[2]."),
        (["combat=everyone", "combat=no-one"], "`combat` is assigned twice. Keep one of the two."),
        (["combat=everyone", "--then-on", "18 March"], "--then-on: `18 March` is not a day"),
        (["--then-stage", "signd"], "--then-stage: there is no `signd`. Did you mean signed?"),
        (["combat=everyone", "--question", "extraditon"], "--question: there is no `extraditon`."),
        (["combat=everyone", "--variant", "discharge"], "--variant: there is no `discharge`."),
    ],
)
def test_wrong_input_is_a_usage_error_that_helps(run: Run, arguments: list[str], message: str) -> None:
    ran = run("whatif", COOK, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_days_that_cannot_be_are_refused_by_what_was_assigned(run: Run) -> None:
    ran = run("whatif", COOK, "service.to=2024-01-01")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("what if service.to=2024-01-01: a period of service cannot end before it begins")
    assert "Correct service[1].from or service[1].to." in ran.err


def test_the_help_says_how_to_write_a_change(run: Run) -> None:
    text = words(run("whatif", "--help").out)
    for example in ("CASE [NAME=VALUE]...", "FACT=VALUE", "READING=OPTION", "'LIST[2].FIELD=VALUE'", "'LIST[1]=none'"):
        assert example in text
