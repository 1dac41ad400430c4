"""`lawmodel tellings`: what is shown of the sources, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lawmodel.verbs.tellings.command import command
from tests.inquiry.ferry import FERRY, TELLINGS

SCENARIOS = Path(__file__).parents[3] / "scenarios"
COOK = SCENARIOS / "extradition" / "04-serving-cook.yaml"
ARMED = """
title: An armed traveller
facts: {crossing: {made: 2022-05-01}, traveller: {armed: yes, drunk: no}, passes: [{from: 2020-01-01}]}
questions: [crossing]
variants: [{id: unarmed, facts: {traveller: {armed: no}}}]
"""


@pytest.fixture(autouse=True)
def _width_of_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"ferry.yaml": FERRY, "tellings.yaml": TELLINGS}.items():
        (tmp_path / "rules").mkdir(exist_ok=True)
        (tmp_path / "rules" / name).write_text(text, encoding="utf-8")
    (tmp_path / "armed.yaml").write_text(ARMED, encoding="utf-8")
    return tmp_path


def tellings(*arguments: str | Path, exit_code: int = 0) -> Result:
    result = CliRunner().invoke(command, [str(one) for one in arguments])
    assert result.exit_code == exit_code, result.output
    return result


def of_the_ferry(folder: Path, *arguments: str) -> list[str]:
    return tellings(folder / "armed.yaml", "--rules", folder / "rules", *arguments).stdout.splitlines()


def test_each_source_with_its_stage_and_conclusion(folder: Path) -> None:
    lines = of_the_ferry(folder, "--format", "markdown")
    assert [line for line in lines if line.startswith("| ") and "---" not in line] == [
        "| As told by | Stage | Crossing |  |",
        "| the text | valid | **is delayed**; an escort comes along and a receipt |  |",
        "| The gazette | drafted | **is free**; a receipt | `gazette` |",
        "| The almanac | valid | **is delayed**; an escort comes along and a receipt | `almanac` |",
    ]
    text = " ".join(" ".join(lines).split())
    assert "- **The gazette** `gazette` - Reading **arms**: arms matter in the hands of a drunk" in text
    assert "`arms=drunk-only`; the text has carried gazette p. 2 “drunks alone”" in text
    assert "`severity=strict`; the text has mild gazette p. 3" in text
    assert "gazette and almanac differ on arms (drunk-only / carried)" in text


def test_the_stage_is_said_in_its_own_words(folder: Path) -> None:
    lines = of_the_ferry(folder, "--on", "2020-05-01", "--question", "crossing", "--variant", "base")
    assert "the text valid is free; a receipt" in [" ".join(line.split()) for line in lines]
    assert not any("in force" in line for line in lines if not line.startswith("Law in force on "))


def test_a_variant_and_the_case_itself(folder: Path) -> None:
    assert "All conclude alike." in of_the_ferry(folder, "--variant", "unarmed")
    assert "All conclude alike." not in of_the_ferry(folder, "--variant", "base")


def test_where_no_source_speaks_it_says_so(folder: Path) -> None:
    lines = of_the_ferry(folder, "--question", "weather")
    assert "Silent on this question: gazette, almanac." in lines
    assert "No source speaks of it." in lines
    assert "All conclude alike." not in lines


def test_a_question_after_the_other(folder: Path) -> None:
    lines = of_the_ferry(folder, "--question", "weather", "--question", "crossing")
    assert lines.index("Is the weather asked about?") < lines.index("Would the crossing be refused?")


def test_as_data(folder: Path) -> None:
    found: dict[str, Any] = json.loads("\n".join(of_the_ferry(folder, "--json")))
    assert list(found) == ["schema", "version", "question", "told", "silent", "partings", "header"]
    assert [(one["by"], one["speaks"], one["answer"]["outcome"]) for one in found["told"]] == [
        ("text", [], "delayed"),
        ("gazette", ["arms", "severity"], "free"),
        ("almanac", ["toll"], "delayed"),
    ]
    assert [one["answer"]["told_by"] for one in found["told"]] == [None, "gazette", "almanac"]
    assert found["partings"][0] == {"one": "gazette", "other": "text", "over": [["arms", "severity"]]}
    assert all("trace" not in one["answer"] for one in found["told"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--variant", "discharge"], "Did you mean discharged"),
        (["--question", "extraditon"], "Did you mean extradition?"),
        (["--on", "19 March"], "is not a day"),
    ],
)
def test_wrong_names_are_usage_errors_that_help(arguments: list[str], message: str) -> None:
    assert message in tellings(COOK, *arguments, exit_code=2).stderr


def test_a_rulebook_without_tellings_says_how_to_add_some(folder: Path) -> None:
    (folder / "rules" / "tellings.yaml").unlink()
    result = tellings(folder / "armed.yaml", "--rules", folder / "rules", exit_code=2)
    assert "this rulebook has no tellings" in result.stderr


def test_the_articles_on_the_cook() -> None:
    lines = tellings(COOK).stdout.splitlines()
    assert lines[0] == "Would extradition be refused?"
    names = [line.split()[-1] for line in lines if line.rstrip().endswith(("-adopted", "-duma", "-package", "-signed"))]
    assert names[:4] == ["press-adopted", "press-duma", "press-package", "press-signed"]
    assert "Silent on this question: press-deployment." in lines
    assert "press-package reads combat as no-one (L8), which makes no difference here." in lines
    everything = " ".join(tellings(COOK, "--all").stdout.split())
    assert "press-duma and press-package differ on combat (everyone / no-one)" in everything


def test_the_articles_agree_on_expulsion_and_part_over_its_figures() -> None:
    text = " ".join(tellings(SCENARIOS / "expulsion" / "31-bill-and-law.yaml").stdout.split())
    assert "substitute-penalty=bill-figures; the text has as-passed" in text
    assert "All conclude alike" not in text


def test_a_further_article_is_one_file(folder: Path) -> None:
    further = folder / "further.yaml"
    further.write_text(
        "sources: [{id: press-further, title: An invented article, kind: press}]\n"
        "tellings:\n"
        "  - {id: press-further, title: An invented article, source: press-further, stage: first_reading,\n"
        "     readings: [{reading: combat, option: everyone, at: L4}]}\n",
        encoding="utf-8",
    )
    rules = SCENARIOS.parent / "rules"
    text = tellings(COOK, "--rules", rules, "--rules", further, "--format", "markdown").stdout
    assert "| An invented article | adopted in first reading | **may be granted** | `press-further` |" in text
    assert "- **An invented article** `press-further`" in text
