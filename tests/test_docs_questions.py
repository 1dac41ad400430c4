"""docs/questions.md names every outcome, provision, reading and consequence; what the pages show is what is printed."""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from lawmodel.commands.main import program
from lawmodel.inputs import reading_key
from lawmodel.inquiry.decider import decider
from lawmodel.rulebook.load import load_rulebook

CHECKOUT = Path(__file__).resolve().parents[1]
PAGE = (CHECKOUT / "docs" / "questions.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## ([a-z-]+)$\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S))
ROW = re.compile(r"^\| ([a-z][^|]*?) \| (.*) \|$", re.M)
SHOWN = re.compile(r"^```sh\n(?P<commands>[^`]*)```\n```text\n(?P<text>[^`]*)```$", re.M)


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    monkeypatch.delenv("COLUMNS", raising=False)


def printed(arguments: list[str]) -> str:
    result = CliRunner().invoke(program, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def rows(question: str) -> dict[str, list[str]]:
    """The ids in each row of the table of a question."""
    return {name: re.findall(r"`([^` ]+)`", ids) for name, ids in ROW.findall(SECTIONS[question])}


def test_every_question_has_its_section() -> None:
    questions = json.loads(printed(["law", "--json"]))["questions"]
    assert list(SECTIONS) == [question["id"] for question in questions]
    for question in questions:
        assert SECTIONS[question["id"]].strip().startswith(f"*{question['asks']}*")


@pytest.mark.parametrize("question", SECTIONS)
def test_the_table_names_what_the_law_has(question: str) -> None:
    entry = next(one for one in json.loads(printed(["law", question, "--json"]))["entries"] if "outcomes" in one)
    rulebook = load_rulebook(CHECKOUT / "rules")
    resolved = decider(rulebook, question)
    readings = {name for name in rulebook.readings if reading_key(name) in resolved.comparisons.occurring}
    consequences = {name for rule in resolved.question.rules for name, _ in rule.brings}
    consequences |= {one.id for one in rulebook.questions[question].consequences}
    leading = {one.id for one in rulebook.questions[question].outcomes if one.leads_to is not None}
    named = rows(question)
    assert named.pop("outcomes") == [outcome["id"] for outcome in entry["outcomes"]]
    assert set(named.pop("consequences", [])) == consequences
    assert set(named.pop("leads to", [])) == leading
    # A provision and the reading that decides on it may have one name: it stands in the rows of both.
    assert Counter(name for ids in named.values() for name in ids) == Counter(
        [*(one["id"] for one in entry["provisions"]), *readings]
    )


@pytest.mark.parametrize("page", ["questions.md", "tellings.md"])
def test_what_the_page_shows_is_what_is_printed(page: str) -> None:
    text = (CHECKOUT / "docs" / page).read_text(encoding="utf-8")
    shown = list(SHOWN.finditer(text))
    assert shown
    for block in shown:
        last = block["commands"].splitlines()[-1]
        said = iter(printed(shlex.split(last)[2:]).splitlines())
        for line in block["text"].splitlines():
            assert line in said, f"{last} does not print, or not here: {line}"


def test_the_article_of_ones_own_is_the_one_of_the_example() -> None:
    page = (CHECKOUT / "docs" / "tellings.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```yaml\n(.*?)^```$", page, re.M | re.S)
    example = (CHECKOUT / "examples" / "own-article" / "an-invented-article.yaml").read_text(encoding="utf-8")
    assert example.endswith(block)
