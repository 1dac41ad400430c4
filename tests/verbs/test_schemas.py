"""What every verb writes as JSON is as its schema says, on the scenarios of both rulebooks."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from lawmodel.commands.json_output import VERSION, Schema
from lawmodel.commands.main import program
from lawmodel.exercises.exercise_file import exercises_text
from lawmodel.exercises.marking import NotKnown, mark
from lawmodel.exercises.predictions import telling_cases
from lawmodel.exercises.progress import StudentProgress, logged
from lawmodel.exercises.progress_file import progress_text
from lawmodel.results.json_schema import schema_of
from lawmodel.rulebook.load import load_rulebook
from lawmodel.verbs.schemas import RESULTS, result_type
from tests.exercises.sets_of_cases import set_of_cases
from tests.exercises.written_exercises import EVERY_FORM, ONE

CHECKOUT = Path(__file__).parents[2]
NATIONALITY = ("--rules", "examples/british-nationality/rules")
COOK = "scenarios/extradition/04-serving-cook.yaml"
OPEN = "scenarios/deployment/25-international-courts.yaml#b-special-tribunal"
CERTAIN = "scenarios/extradition/28-foreign-or-stateless.yaml"
FIGHTERS = "examples/batch/fighters.csv"
PARENT = "examples/british-nationality/cases/03-mother-becomes-settled.yaml"
OWN_PROPERTY = ("--rules", "rules", "--rules", "examples/own-property")
COMMANDS: tuple[tuple[Schema, tuple[str, ...]], ...] = (
    (Schema.ANSWER, ("decide", COOK)),
    (Schema.ANSWER, ("decide", OPEN)),
    (Schema.ANSWER, ("decide", CERTAIN)),
    (Schema.ANSWER, ("decide", PARENT, *NATIONALITY)),
    (Schema.WHY, ("why", COOK)),
    (Schema.WHY, ("why", OPEN)),
    (Schema.WHY, ("why", PARENT, *NATIONALITY)),
    (Schema.WHY_NOT, ("why-not", COOK, "may_grant")),
    (Schema.WHY_NOT, ("why-not", OPEN, "authorised")),
    (Schema.WHY_NOT, ("why-not", OPEN, "not_authorised")),
    (Schema.REPORT, ("report", COOK)),
    (Schema.REPORT, ("report", OPEN)),
    (Schema.REPORT, ("report", "scenarios/exactness/discharge-day-unknown.yaml")),
    (Schema.REPORT, ("report", PARENT, *NATIONALITY)),
    (Schema.CHANGE, ("change", COOK, "--to", "may_grant", "--up-to", "1")),
    (Schema.CHANGE, ("change", OPEN, "--to", "authorised", "--up-to", "1")),
    (Schema.INTERVIEW, ("ask", "extradition", "--on", "2026-04-22")),
    (Schema.INTERVIEW, ("ask", "--case", COOK)),
    (Schema.INTERVIEW, ("ask", "deployment", "--case", OPEN)),
    (Schema.INTERVIEW, ("ask", "citizenship-by-birth", "--case", PARENT, *NATIONALITY)),
    (Schema.TELLINGS, ("tellings", COOK)),
    (Schema.TELLINGS, ("tellings", "examples/british-nationality/cases/07-foundling.yaml", *NATIONALITY)),
    (Schema.WHATIF, ("whatif", COOK, "combat=everyone", "service[1].fought=unknown")),
    (Schema.WHATIF, ("whatif", COOK, "service[1]=none", "service[2].fought=yes")),
    (Schema.WHATIF, ("whatif", OPEN, "authority.federation_council_resolution=yes")),
    (Schema.WHATIF, ("whatif", PARENT, "--then-on", "1990-01-01", *NATIONALITY)),
    (Schema.COMPARISON_BY_READING, ("compare", COOK)),
    (Schema.COMPARISON_BY_READING, ("compare", OPEN)),
    (Schema.COMPARISON_BY_READING, ("compare", PARENT, *NATIONALITY)),
    (Schema.COMPARISON_BY_DATE, ("compare", COOK, "--by", "date")),
    (Schema.COMPARISON_BY_DATE, ("compare", "scenarios/readings/interim-measures.yaml", "--by", "date")),
    (Schema.COMPARISON_BY_STAGE, ("compare", "scenarios/extradition/29-three-days-in-march.yaml", "--by", "stage")),
    (Schema.COMPARISON_BY_TELLING, ("compare", COOK, "--by", "telling")),
    (Schema.DIFF, ("diff", "date", "2026-03-18", "2026-03-19", "--question", "extradition")),
    (Schema.DIFF, ("diff", "reading", "combat", "former-only", "everyone", "--question", "extradition")),
    (Schema.DIFF, ("diff", "date", "1990-01-01", "2024-01-01", *NATIONALITY)),
    (Schema.ANNOTATED_LAW, ("annotate", "Art. 464")),
    (Schema.ANNOTATED_LAW, ("annotate", *NATIONALITY)),
    (Schema.LAW, ("law",)),
    (Schema.LAW, ("law", *NATIONALITY)),
    (Schema.LAW_CONTESTED, ("law", "--contested")),
    (Schema.LAW_CONTESTED, ("law", "--contested", *NATIONALITY)),
    (Schema.LAW_ENTRIES, ("law", "Art. 464", "law-50-fz", "service.fought", "critical-date")),
    (Schema.LAW_ENTRIES, ("law", "bna-1-2", *NATIONALITY)),
    (Schema.LAW_MISCONCEPTIONS, ("law", "--misconceptions")),
    (Schema.LAW_ENTRIES, ("law", "halves-added", "here-it-must", "law-on-signature")),
    (Schema.FOUND, ("find", "--differ", "misconception", "here-it-must", "--lifelike", "--seed", "3")),
    (Schema.WHATIF, ("whatif", COOK, "--then-held-by", "fighting-of-all")),
    (Schema.ANSWER, ("decide", COOK, "--held-by", "fighting-of-all")),
    (Schema.LAW_SEARCH, ("law", "--search", "fighting")),
    (Schema.COVERAGE, ("cover", "scenarios/removal", "--provision", "dep-bar")),
    (Schema.COVERAGE, ("cover", PARENT, "--provision", "bna-1-2", *NATIONALITY)),
    (Schema.COVERAGE, ("cover", "examples/british-nationality/cases", *NATIONALITY)),
    (Schema.MUTATION, ("mutate", "scenarios/removal", "--jobs", "1", "--provision", "dep-bar")),
    (Schema.MUTATION, ("mutate", PARENT, "--jobs", "1", "--sample", "6", *NATIONALITY)),
    (Schema.DECISIONS, ("decisions", "examples/decisions")),
    (Schema.FOUND, ("find", "--differ", "reading", "combat")),
    (Schema.FOUND, ("find", "--outcome", "must_refuse", "--ground", "cpc-464-2-3")),
    (Schema.FOUND, ("find", "--outcome", "citizen", "--more", "1", *NATIONALITY)),
    (Schema.LINT, ("lint", "tests/toy/rules")),
    (Schema.LINT, ("lint", NATIONALITY[1], "--only", "silent-default")),
    (Schema.LINT_CHECKS, ("lint", "--list")),
    (Schema.PROOFS, ("prove",)),
    (Schema.PROOFS, ("prove", *OWN_PROPERTY, "desertion-never-adds-anything")),
    (Schema.WEIGHTS, ("turns-on", OPEN)),
    (Schema.WEIGHTS, ("turns-on", COOK)),
    (Schema.RUN, ("batch", "extradition", FIGHTERS, "--out", "{folder}/one.csv")),
    (Schema.RUN, ("batch", "extradition", FIGHTERS, "--each-reading", "combat", "--out", "{folder}/three.csv")),
    (Schema.TABLE, ("tabulate", "{folder}/answers.csv", "--by", "ground")),
    (Schema.TABLE, ("tabulate", "{folder}/answers.csv", "--against", "{folder}/answers.csv")),
    (Schema.LOOK, ("look", FIGHTERS)),
    (Schema.POPULATION, ("population", "examples/population/foreign-fighters.yaml", "--rows", "20")),
    (Schema.DATASET, ("dataset", "--question", "deployment", "--count", "4")),
    (Schema.DATASET, ("dataset", "--count", "4", *NATIONALITY)),
    (Schema.EXPORTED_EXERCISES, ("exercises", "{folder}/set.json", "--to", "qti-1.2", "--out", "{folder}/set.zip")),
    (Schema.WORKSHEET, ("worksheet", "{folder}/set.json", "--key")),
    (Schema.DRILL, ("drill", COOK, "--question", "extradition")),
    (Schema.QUIZ, ("quiz", "{folder}/set.json", "--progress", "{folder}/me.json", "--at", "2026-11-30T21:00:00Z")),
    (Schema.VERIFICATION, ("verify", "{folder}/receipt.json")),
    (Schema.DIAGNOSIS, ("diagnose", "{folder}/exercises.json", "{folder}/sheets.csv")),
    (Schema.CHECK, ("check", COOK)),
    (Schema.CHECK, ("check", "--no-expect", "examples/british-nationality/rules")),
    (Schema.CHECK, ("check", "tests/bad/cases/unknown-fact.yaml")),
)
SLOW = (
    ("diff", "date", "1990-01-01", "2024-01-01", *NATIONALITY),
    ("cover", "scenarios/removal", "--provision", "dep-bar"),
    ("cover", "examples/british-nationality/cases", *NATIONALITY),
    ("prove",),
)
QUICK = {schema: arguments for schema, arguments in reversed(COMMANDS) if arguments not in SLOW}
"""Of each kind of result the first that is not slow. The others are long."""


@cache
def validator(schema: Schema) -> Draft202012Validator:
    return Draft202012Validator(schema_of(result_type(schema), schema, VERSION))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with answers to be counted."""
    made = tmp_path_factory.mktemp("tables")
    arguments = ["batch", "extradition", str(CHECKOUT / FIGHTERS), "--out", str(made / "answers.csv")]
    assert CliRunner().invoke(program, arguments).exit_code == 0
    receipt = ["decide", str(CHECKOUT / COOK), "--receipt", str(made / "receipt.json")]
    assert CliRunner().invoke(program, receipt).exit_code == 0
    rulebook = load_rulebook(CHECKOUT / "rules")
    exercises = set_of_cases(rulebook, telling_cases(rulebook)[:2])
    (made / "exercises.json").write_text(exercises_text(exercises), encoding="utf-8")
    rows = "".join(f"Anna,{one.id},law\nBoris,{one.id},b\n" for one in exercises.exercises)
    (made / "sheets.csv").write_text(f"student,exercise,answer\n{rows}", encoding="utf-8")
    (made / "set.json").write_text(exercises_text(EVERY_FORM), encoding="utf-8")
    missed = logged(ONE, NotKnown(), mark(ONE, NotKnown()), 0, datetime.datetime(2026, 11, 29, tzinfo=datetime.UTC))
    (made / "me.json").write_text(progress_text(StudentProgress((missed,))), encoding="utf-8")
    return made


def objects(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, object]]:
    """What a command writes: an object a line, or one object indented."""
    monkeypatch.chdir(CHECKOUT)
    ran = CliRunner().invoke(program, [*arguments, "--json"])
    assert ran.exit_code in (0, 1, 2), ran.output
    decoder, text = json.JSONDecoder(), ran.stdout.strip()
    while text:
        found, end = decoder.raw_decode(text)
        text = text[end:].lstrip()
        yield found


@pytest.mark.parametrize(
    ("schema", "arguments"),
    [
        pytest.param(
            *(schema, arguments),
            id=" ".join(arguments),
            marks=[] if QUICK[schema] == arguments else [pytest.mark.long],
        )
        for schema, arguments in COMMANDS
    ],
)
def test_what_is_written_is_as_its_schema_says(
    schema: Schema,
    arguments: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
) -> None:
    written = list(objects(tuple(one.format(folder=folder) for one in arguments), monkeypatch))
    assert written
    for one in written:
        assert (one["schema"], one["version"]) == (schema, VERSION)
        validator(schema).validate(one)


def test_a_schema_refuses_what_is_not_so() -> None:
    assert not validator(Schema.ANSWER).is_valid({"schema": Schema.ANSWER, "version": VERSION, "outcome": 7})


@pytest.mark.parametrize("schema", RESULTS)
def test_a_schema_is_given_by_the_name_that_the_json_carries(schema: Schema) -> None:
    ran = CliRunner().invoke(program, ["schema", schema.removeprefix("lawmodel/")])
    assert ran.exit_code == 0
    written = json.loads(ran.stdout)
    assert written["title"] == schema
    assert written["description"]
    Draft202012Validator.check_schema(written)
    assert written == validator(schema).schema


def test_every_schema_that_is_named_is_tried() -> None:
    assert {schema for schema, _ in COMMANDS} | {Schema.RECEIPT} == set(RESULTS)


def test_a_receipt_is_as_its_schema_says(folder: Path) -> None:
    validator(Schema.RECEIPT).validate(json.loads((folder / "receipt.json").read_text(encoding="utf-8")))


def test_the_docs_name_every_schema() -> None:
    docs = (CHECKOUT / "docs" / "exit-codes.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(lawmodel/[a-z-]+)`", docs)) == set(map(str, Schema))
