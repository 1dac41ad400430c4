"""A word that stands for a number greater than every other: a sentence for life has no months."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.case.model import case_model
from lawmodel.commands.main import program
from lawmodel.inquiry.decide import decide
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook

RULES = """
rulebook: {title: Terms, law_date: term.begun, stages: [{id: valid, says: valid}]}
sources: [{id: rules, title: Rules, kind: instrument}]
facts:
  - {id: term.begun, type: date, title: begin, phrase: "begun on {}", ask: When?}
  - id: term.months
    type: number
    title: months
    phrase: "{} months"
    ask: How long?
    words: {life: {means: above_every_number, says: for life}}
questions:
  - id: q
    title: Q
    asks: Is it long?
    outcomes: [{id: long, says: a, means: long}, {id: short, says: b, means: short}]
provisions:
  - id: p
    question: q
    title: P
    citation: P
    text: P
    certainty: text
    sources: [{id: rules}]
    when: {term.months: {at_least: 240}}
    concludes: long
"""


@pytest.fixture
def law(tmp_path: Path) -> Rulebook:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    return load_rulebook(tmp_path / "rules.yaml")


def case_of(law: Rulebook, months: object) -> Case:
    return parse_cases(law, f"facts: {{term: {{months: {months}, begun: 2026-01-01}}}}")[0]


def test_the_word_is_more_than_every_number(law: Rulebook) -> None:
    answer = decide(law, case_of(law, "life"), "q")
    assert answer.outcome == "long"
    assert decide(law, case_of(law, 12), "q").outcome == "short"
    (months,) = (one for one in answer.facts if one.name == "term.months")
    assert (months.value, months.in_words) == ("life", "for life")
    assert "for life" in json.dumps(answer.to_json()["grounds"])
    assert '"life"' in json.dumps(answer.to_json()["trace"])


def test_a_case_with_the_word_is_written_as_it_was_read(law: Rulebook) -> None:
    model = case_model(law)
    made = model.from_case(case_of(law, "life"))
    assert made.term.months == "life"  # type: ignore[attr-defined]
    assert parse_cases(law, made.to_yaml())[0].facts == case_of(law, "life").facts
    assert decide(law, model(term={"months": "life"}), "q").outcome == "long"  # type: ignore[call-arg]


def test_no_digits_are_as_much_as_the_word(law: Rulebook) -> None:
    with pytest.raises(ProblemsFound):
        case_of(law, 10**15)
    with pytest.raises(ProblemsFound) as found:
        case_of(law, "lives")
    assert found.value.problems[0].mend == "Did you mean life?"


def test_a_table_may_have_the_word(law: Rulebook, tmp_path: Path) -> None:
    table, out = tmp_path / "table.csv", tmp_path / "out.csv"
    table.write_text("term.months\nlife\n12\n300\n\n", encoding="utf-8")
    rules = str(tmp_path / "rules.yaml")
    ran = CliRunner().invoke(program, ["batch", "q", str(table), "--rules", rules, "--out", str(out), "--json"])
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.stdout)["outcomes"] == {"long": 2, "short": 1}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("above_every_number", "after_every_day", "`after_every_day` is no meaning of a word for a number"),
        ("{life:", "{'12':", "`12` is a number"),
        (
            'phrase: "begun on {}", ask: When?',
            'phrase: "begun on {}", ask: When?, words: {late: {means: above_every_number, says: late}}',
            "`above_every_number` is no meaning of a word for a date",
        ),
    ],
)
def test_words_of_another_kind_are_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    (tmp_path / "rules.yaml").write_text(RULES.replace(old, new), encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        load_rulebook(tmp_path / "rules.yaml")
    assert message in [one.message for one in found.value.problems]
