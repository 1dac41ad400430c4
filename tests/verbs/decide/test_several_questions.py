"""`lawmodel decide`: the law as a source tells it, several questions on one sheet, and answers that feed others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lawmodel.verbs.decide.command import command
from tests.inquiry.ferry import FERRY, TELLINGS

SCENARIOS = Path(__file__).parents[3] / "scenarios"
FEEDS = "If the pass is issued"
COOK = SCENARIOS / "extradition" / "04-serving-cook.yaml"
NATURALISATION = SCENARIOS / "feeding" / "naturalisation.yaml"


@pytest.fixture(autouse=True)
def _width_of_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    for name, text in {"ferry.yaml": FERRY, "tellings.yaml": TELLINGS}.items():
        (tmp_path / "rules" / name).write_text(text, encoding="utf-8")
    return tmp_path


def decided(*arguments: str | Path, exit_code: int = 0) -> Result:
    result = CliRunner().invoke(command, [str(one) for one in arguments])
    assert result.exit_code == exit_code, result.output
    return result


def plain(*arguments: str | Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in decided(*arguments, "--json").stdout.splitlines()]


def on_the_ferry(folder: Path, facts: str, *arguments: str) -> str:
    """What is printed on a case, blanks run together."""
    case = folder / "case.yaml"
    case.write_text(f"facts: {{crossing: {{made: 2022-05-01}}, {facts}}}\n", encoding="utf-8")
    return " ".join(decided(case, "--rules", folder / "rules", *arguments).stdout.split())


# --- as a source tells it ----------------------------------------------------------------------------


def test_as_told_by_an_article() -> None:
    (answer,) = plain(COOK, "--variant", "base", "--as-told-by", "press-duma")
    assert (answer["told_by"], answer["outcome"], answer["law"]["stage"]) == ("press-duma", "may_grant", "passed_duma")
    assert answer["readings"]["combat"] == {"option": "everyone", "default": False, "by": "telling"}
    assert answer["readings"]["theatre"] == {
        "option": "any",
        "default": True,
        "by": "default",
    }  # of that it does not speak
    said = " ".join(decided(COOK, "--variant", "base", "--as-told-by", "press-duma", "--all").stdout.split())
    assert "As told by press-duma: " in said
    assert "Reading combat (told by press-duma L13): fighting is required of everyone" in said  # where it says so


def test_where_a_source_is_silent_the_default_is_said_to_be_one() -> None:
    enlists_later = SCENARIOS / "extradition" / "08-enlists-after-arrest.yaml"
    said = " ".join(decided(enlists_later, "--variant", "base", "--as-told-by", "press-package").stdout.split())
    assert "Reading critical-date (default; press-package is silent): " in said


def test_without_it_nobody_tells() -> None:
    assert [answer["told_by"] for answer in plain(COOK, "--variant", "base")] == [None]


def test_what_the_user_chooses_goes_before_what_is_told() -> None:
    told = ("--variant", "base", "--as-told-by", "press-duma")
    (answer,) = plain(COOK, *told, "--reading", "combat=former-only", "--stage", "in_force")
    assert (answer["outcome"], answer["law"]["stage"]) == ("must_refuse", "in_force")
    assert answer["readings"]["requester"]["option"] == "home-state"
    (answer,) = plain(COOK, *told, "--reading", "combat=unknown")
    assert (answer["status"], answer["turns_on"]) == ("depends", ["combat"])


def test_the_law_of_a_day_before_all_law_is_told_as_well() -> None:
    (answer,) = plain(COOK, "--variant", "base", "--as-told-by", "press-package", "--on", "1990-01-01")
    assert (answer["outcome"], answer["law"]["date"]) == ("may_grant", "1990-01-01")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--as-told-by", "press-dumma"], "Did you mean press-duma"),
        (["--question", "extraditon"], "Did you mean extradition?"),
        (["--question", "extradition", "--question", "expulsio"], "Did you mean expulsion?"),
        (["--variant", "discharge"], "Did you mean discharged"),
        (["--reading", "combt=everyone"], "Did you mean combat?"),
        (["--reading", "combat=everbody"], "Did you mean everyone?"),
        (["--stage", "in-force"], "Did you mean in_force?"),
    ],
)
def test_wrong_names_are_usage_errors_that_help(arguments: list[str], message: str) -> None:
    result = decided(COOK, *arguments, exit_code=2)
    assert message in result.stderr
    assert result.stdout == ""


def test_a_rulebook_without_tellings_tells_nothing(folder: Path) -> None:
    (folder / "rules" / "tellings.yaml").unlink()
    case = folder / "case.yaml"
    case.write_text("facts: {traveller: {armed: yes}}\n", encoding="utf-8")
    result = decided(case, "--rules", folder / "rules", "--as-told-by", "gazette", exit_code=2)
    assert "--as-told-by: there is no `gazette`" in result.stderr


# --- several questions on one sheet ------------------------------------------------------------------


def test_one_sheet_in_the_order_of_the_case() -> None:
    asked = ["extradition", "deployment", "expulsion", "enlistment", "citizenship"]
    answers = plain(NATURALISATION, "--variant", "before")
    assert [answer["question"] for answer in answers] == asked
    assert [answer["outcome"] for answer in answers] == [
        "must_refuse",
        "not_authorised",
        "substitute_penalty",
        "eligible",
        "simplified",
    ]
    said = decided(NATURALISATION, "--variant", "before", "--brief").stdout
    lines = [line for line in said.splitlines() if line.startswith("· ")]
    assert len(lines) == len(asked)
    assert lines[0].split("  ")[:2] == ["· Extradition must be refused", "CPC Art. 464(1)(7)"]
    assert "becomes a citizen of Russia with it" not in said


def test_the_questions_that_are_named_and_no_others() -> None:
    answers = plain(NATURALISATION, "--variant", "before", "--question", "citizenship", "--question", "surrender")
    assert [answer["question"] for answer in answers] == ["citizenship", "surrender"]


def test_the_keys_of_an_answer() -> None:
    keys = {
        "schema",
        "version",
        "case",
        "question",
        "status",
        "outcome",
        "possible",
        "grounds",
        "consequences",
        "turns_on",
        "rests_on",
        "presumed",
        "law",
        "readings",
        "told_by",
        "uncertain_dates",
        "engines",
        "header",
        "says",
        "remarks",
        "gaps",
        "against",
    }
    in_full = {
        "assumes",
        "depends_on",
        "facts",
        "not_met",
        "overridden",
        "pending_law",
        "settled_by",
        "trace",
        "unknown_without_effect",
    }
    optional = {"without", "distinction"}
    for answer in plain(NATURALISATION, "--brief"):
        assert keys <= set(answer) <= keys | optional
    for answer in plain(NATURALISATION, "--variant", "before"):
        assert keys | in_full <= set(answer) <= keys | in_full | optional
    (expulsion,) = plain(NATURALISATION, "--variant", "before", "--question", "expulsion")
    (consequence,) = expulsion["consequences"]
    assert consequence["id"] == "penalty-as-passed"
    assert consequence["figures"][0] == {"kind": "fine", "from": None, "to": 4000, "unit": "rubles"}


# --- where answers feed each other -------------------------------------------------------------------


def test_an_answer_that_feeds_the_others(folder: Path) -> None:
    facts = "passes: [], cargo: {value: 5000}, traveller: {armed: no, drunk: no}"
    said = on_the_ferry(folder, facts)
    assert f"{FEEDS} Crossing is free Pass a pass is held, under" in said
    assert said.count(FEEDS) == 1


def test_where_nothing_changes_it_says_so(folder: Path) -> None:
    ferry = folder / "rules" / "ferry.yaml"
    ferry.write_text(FERRY.replace("record: {from: law-date}", "record: {from: 2030-01-01}"), encoding="utf-8")
    facts = "passes: [], cargo: {value: 5000}, traveller: {armed: no, drunk: no}"
    said = on_the_ferry(folder, facts)
    assert "If the pass is issued Pass: a pass is earned. Every answer would stay as it is." in said
    assert "still" not in said


@pytest.mark.parametrize(
    ("facts", "arguments"),
    [
        ("passes: unknown, cargo: {value: 5000}", ()),
        ("passes: [], cargo: {value: 5}", ()),
        ("passes: [], cargo: {value: 5000}", ("--question", "pass")),  # one answer is no sheet
        ("passes: [], cargo: {value: 5000}", ("--brief",)),
    ],
)
def test_where_there_is_nothing_to_feed_it_is_silent(folder: Path, facts: str, arguments: tuple[str, ...]) -> None:
    assert FEEDS not in on_the_ferry(folder, facts, *arguments)


def test_what_is_chosen_is_chosen_for_what_is_fed_as_well(folder: Path) -> None:
    facts = "passes: [], cargo: {value: 5000}, traveller: {armed: yes, drunk: yes}"
    said = on_the_ferry(folder, facts, "--as-told-by", "gazette")
    assert FEEDS in said
    assert "is free" not in said.partition(FEEDS)[2]


def test_naturalisation_on_the_terminal() -> None:
    said = " ".join(decided(NATURALISATION, "--variant", "before").stdout.split())
    _, _, after = said.partition("becomes a citizen of Russia with it")
    assert "Extradition still must be refused, on other grounds" in after
    assert "Deployment abroad under Russian law is authorised, under On Defense Art. 10(3)" in after
