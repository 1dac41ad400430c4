from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from lawmodel.case.schema import case_file_schema
from lawmodel.case.stub import stub
from lawmodel.commands.main import program
from lawmodel.law_files import case_files, rules_folder, scenarios_folder
from lawmodel.problems import Collector
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.rule_files import rulebook_files
from lawmodel.rulebook.schema import rulebook_file_schema
from tests.case.library import TEXT, loans
from tests.commands.yaml_1_2 import read_as_editors_do
from tests.sizes import one_in

__all__ = ["loans"]  # a fixture

RULES = Draft202012Validator(rulebook_file_schema())


def schema_of(validator: Draft202012Validator) -> Mapping[str, Any]:
    assert isinstance(validator.schema, Mapping)
    return validator.schema


@pytest.fixture(scope="module")
def supplied() -> Draft202012Validator:
    return Draft202012Validator(case_file_schema(load_rulebook(rules_folder())))


@pytest.fixture(scope="module")
def cases(loans: Rulebook) -> Draft202012Validator:
    return Draft202012Validator(case_file_schema(loans))


def problems(validator: Draft202012Validator, content: Any) -> list[str]:
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in validator.iter_errors(content)]


@pytest.mark.parametrize("file", one_in(6, case_files([scenarios_folder()])), ids=str)
def test_supplied_cases_are_valid(supplied: Draft202012Validator, file: Path) -> None:
    text = file.read_text("utf-8")
    assert problems(supplied, read_as_editors_do(text)) == []
    assert problems(supplied, read_as_editors_do(text, truth_values=True)) == []


@pytest.mark.parametrize("file", one_in(4, rulebook_files([rules_folder()], Collector())), ids=str)
def test_supplied_rules_are_valid(file: Path) -> None:
    text = file.read_text("utf-8")
    assert problems(RULES, read_as_editors_do(text)) == []


def test_schemas_are_schemas(supplied: Draft202012Validator, cases: Draft202012Validator) -> None:
    for validator in (supplied, cases, RULES):
        schema = schema_of(validator)
        Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert _lost_references(schema) == set()


def test_an_invented_rulebook_and_a_case_are_valid(cases: Draft202012Validator) -> None:
    assert problems(RULES, read_as_editors_do(TEXT)) == []
    assert problems(cases, read_as_editors_do(CASE)) == []


CASE = """
title: 2026
hypothetical: 4
questions: fine
presume: [loan.days]
facts:
  closed: no
  loan: {made: 2026-01-01, returned: never, days: 7}
  title: {import: true, bool: NO}
  reader: [{from: unknown, from_: 3, class: child}]
  json: {case: []}
expect:
  - question: fine
    outcome: due
    possible: [due, none]
    turns_on: [closed, "reader[1].class", [closed, loan.days]]
    rests_on: [loan.days]
    status: depends
    stage: in_force
    on: 2026-01-01
variants:
  - {id: other, facts: {reader: unknown, json: {case: unknown}}, expect: [{question: fine, grounds: []}]}
"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("closed: no", "closed: perhaps"),
        ("closed: no", "shut: no"),
        ("closed: no", "closed: [no]"),
        ("closed: no", "closed: 0"),
        ("days: 7", "days: -7"),
        ("days: 7", "days: seven"),
        ("days: 7", "day: 7"),
        ("made: 2026-01-01", "made: 1 January 2026"),
        ("returned: never", "returned: nevr"),
        ("bool: NO", "bool: XX"),
        ("class: child", "class: baby"),
        ("[{from: unknown, from_: 3, class: child}]", "{from: unknown}"),
        ("json: {case: []}", "json: {case: none}"),
        ("questions: fine", "questions: fines"),
        ("presume: [loan.days]", "presume: all"),
        ("presume: [loan.days]", "presume: [loan.made]"),
        ("outcome: due", "outcome: owed"),
        ("outcome: due", "result: due"),
        ("question: fine\n", "question: fines\n"),
        ("[due, none]", "[due, nothing]"),
        ("reader[1].class", "reader[0].class"),
        ("reader[1].class", "reader[1].age"),
        ("rests_on: [loan.days]", "rests_on: [loan]"),
        ("stage: in_force", "stage: passed"),
        ("status: depends", "status: depending"),
        ("grounds: []", "grounds: [some-provision]"),
        ("id: other, ", ""),
        ("title: 2026", "titel: 2026"),
    ],
)
def test_wrong_cases_are_not_valid(cases: Draft202012Validator, right: str, wrong: str) -> None:
    assert CASE.count(right) == 1
    assert problems(cases, read_as_editors_do(CASE.replace(right, wrong))) != []


RULE = """
provisions:
  - id: late-fee
    question: fine
    title: Late fee
    citation: House rules 3
    text: Whoever is late pays.
    certainty: text
    sources: [{id: rules, at: 3}]
    at: critical-day
    when:
      all:
        - late
        - {concept: late, at: 2026-01-01}
        - not: {some: reader, such_that: {class: child}}
        - {reading: who, everyone: always, otherwise: {any: [closed, {loan.days: {at_most: 12}}]}}
        - {law: {instrument: rules, version: new}}
        - {loan.made: {on_or_after: {became_law: rules}}, title.bool: [A1, NO], closed: no}
        - law-date: {after: 2025-12-31}
    concludes:
      - {when: always, then: {reading: who, everyone: due, otherwise: nothing}}
      - {otherwise: due}
dates:
  - {id: critical-day, title: the day, reading: which, made: loan.made, certainty: text, sources: [{id: rules}]}
"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("provisions:", "provision:"),
        ("certainty: text\n", "certainty: sure\n"),
        ("    citation: House rules 3\n", ""),
        ("title: Late fee", "titel: Late fee"),
        ("{id: rules, at: 3}", "{at: 3}"),
        ("{id: rules, at: 3}", "{id: rules, place: 3}"),
        ("at_most", "atmost"),
        ("at_most: 12", "at_most: [12]"),
        ("{at_most: 12}", "{at_most: 12, at_least: 3}"),
        ("not: {some", "none: {some"),
        ("any: [closed", "any: [[closed]"),
        ("such_that: {class: child}", "with: {class: child}"),
        ("version: new", "wording: new"),
        ("{otherwise: due}", "{else: due}"),
        ("{when: always, then:", "{if: always, then:"),
        ("reading: which, made: loan.made, ", ""),
        ("{became_law: rules}", "{law: rules}"),
    ],
)
def test_wrong_rules_are_not_valid(right: str, wrong: str) -> None:
    assert problems(RULES, read_as_editors_do(RULE)) == []
    assert RULE.count(right) == 1
    assert problems(RULES, read_as_editors_do(RULE.replace(right, wrong))) != []


def test_editors_are_told_what_a_fact_means(cases: Draft202012Validator) -> None:
    loan = schema_of(cases)["$defs"]["Loan"]["properties"]
    assert loan["days"]["description"] == 'How "long"?\nLeft out: unknown.\nOrdinarily: 30.'
    assert "never: never returned" in loan["returned"]["description"]
    shelf, names = schema_of(cases)["$defs"]["Title"]["properties"]["bool"]["anyOf"]
    assert dict(zip(shelf["enum"], shelf["enumDescriptions"], strict=True))["A1"] == "the first"
    assert "the first" in names["enum"]


def test_the_command_shows_or_writes(loans: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "library.yaml").write_text(TEXT, encoding="utf-8")
    own = ["--rules", str(tmp_path / "rules")]
    for what, wanted in (("rules", rulebook_file_schema()), ("case", case_file_schema(loans))):
        file = tmp_path / f"{what}.json"
        assert _run("schema", what, *own, "--out", str(file)) == ""
        assert json.loads(file.read_text("utf-8")) == wanted
        assert json.loads(_run("schema", what, *own)) == wanted
    assert _run("schema", "stub", *own) == stub(loans)


def test_the_command_refuses_what_it_cannot_do() -> None:
    done = CliRunner().invoke(program, ["schema", "cases"])
    assert done.exit_code == 2
    assert "'rules', 'case', 'decision', 'mapping', 'stub'" in done.output


def _run(*arguments: str) -> str:
    done = CliRunner().invoke(program, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def _lost_references(schema: Mapping[str, Any]) -> set[str]:
    found: set[str] = set()

    def collect(part: Any) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("$ref"), str):
                found.add(part["$ref"])
            for inner in part.values():
                collect(inner)
        elif isinstance(part, list):
            for inner in part:
                collect(inner)

    collect(schema)
    return found - {f"#/$defs/{name}" for name in schema["$defs"]}
