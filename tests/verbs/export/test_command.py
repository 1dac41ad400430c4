"""`lawmodel export`, as a user sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.running import Run
from tests.reasoning.answer_sets import consequences

COOK = "scenarios/extradition/04-serving-cook.yaml"
TRIBUNAL = ("scenarios/deployment/25-international-courts.yaml", "--variant", "b-special-tribunal")


def outcomes(program: str) -> set[str]:
    brave = consequences(program).brave
    assert brave is not None
    return {outcome for (outcome,) in brave["outcome"]}


def test_clingo_gives_outcome_and_grounds(run: Run) -> None:
    ran = run("export", COOK, "--to", "asp")
    assert (ran.code, ran.err) == (0, "")
    cautious = consequences(ran.out).cautious
    assert cautious is not None
    assert cautious["outcome"] == {("must_refuse",)}
    assert cautious["ground"] == {("cpc-464-1-7",)}


def test_readings_variant_day_and_stage_are_those_that_are_chosen(run: Run) -> None:
    def possible(*arguments: str) -> set[str]:
        return outcomes(run("export", *arguments, "--to", "asp").out)

    assert possible(COOK, "--reading", "combat=everyone") == {"may_grant"}
    assert possible(COOK, "--reading", "combat=unknown") == {"must_refuse", "may_grant"}
    assert possible(COOK, "--variant", "discharged") == {"may_grant"}
    tribunal = (*TRIBUNAL, "--question", "deployment", "--on", "2026-05-20")
    assert possible(*tribunal) != possible(*tribunal, "--stage", "passed_duma")


def test_it_says_in_the_words_of_the_rulebook_what_it_says(run: Run) -> None:
    out = run("export", COOK, "--to", "asp").out
    assert "% Case: scenarios/extradition/04-serving-cook.yaml: A serving cook who never fought" in out
    assert "% CPC Art. 464(1)(7): Foreigners who serve, or served and fought, under contract\napplies(" in out
    assert 'field("service", 1, "fought", no).  % did not take part in fighting' in out
    assert 'day("request.received", 20260330).  % request received on 30 March 2026' in out
    assert 'fact("person.consents", no).  % the person does not want to be surrendered (presumed)' in out
    assert 'reading("combat", "former-only").  % fighting is required only of those who have left' in out
    assert 'reading("treaty-conflict", "code-prevails").  % the Code prevails over the treaty' in out
    assert all(line == line.rstrip() for line in out.splitlines())


def test_another_rulebook(run: Run) -> None:
    folder = "examples/british-nationality"
    case = f"{folder}/cases/11-nothing-known-of-the-parents.yaml"
    arguments = (case, "--rules", f"{folder}/rules", "--question", "citizenship-by-birth")
    out = run("export", *arguments, "--to", "asp").out
    assert outcomes(out) == {"citizen", "not_citizen"}


def test_a_file_is_written(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "cook.lp"
    shown = run("export", COOK, "--to", "asp").out
    ran = run("export", COOK, "--to", "asp", "--out", str(out))
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert out.read_text(encoding="utf-8") == shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([COOK], "--to"),
        ([COOK, "--to", "prolog"], "asp"),
        ([COOK, "--to", "asp", "--question", "extraditon"], "Did you mean extradition"),
        ([COOK, "--to", "asp", "--variant", "discharge"], "Did you mean discharged"),
        ([COOK, "--to", "asp", "--reading", "combat=nobody"], "--reading combat"),
        ([COOK, "--to", "asp", "--on", "2026-02-30"], "not a day"),
        ([COOK, "--to", "asp", "--out", "nowhere/at/all.lp"], "there is no folder"),
        (["nowhere.yaml", "--to", "asp"], "nowhere.yaml"),
        (["scenarios/extradition/34-every-question-at-once.yaml", "--to", "asp"], "Name one of them with --question"),
    ],
)
def test_wrong_input(run: Run, arguments: list[str], message: str) -> None:
    ran = run("export", *arguments)
    assert ran.code == 2
    assert message in ran.err
    assert ran.out == ""
