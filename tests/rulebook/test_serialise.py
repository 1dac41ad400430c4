"""What is written from a rulebook reads as the same rulebook again, so that nothing of it is lost."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from jsonschema import Draft202012Validator

from lawmodel.law_files import rules_folder
from lawmodel.problems import Collector
from lawmodel.rulebook.condition import Conclusion, StatedPart
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import FactType, Rulebook
from lawmodel.rulebook.parts import parts
from lawmodel.rulebook.schema import rulebook_file_schema
from lawmodel.rulebook.serialise import as_written
from lawmodel.rulebook.statement_parser import DATE_COMPARISONS, NUMBER_COMPARISONS, StatementParser
from lawmodel.yaml_nodes import Mappings, parse_yaml

TOY = Path(__file__).parents[1] / "toy" / "rules"
SECTIONS = (
    "sources",
    "instruments",
    "choices",
    "facts",
    "numbers",
    "dates",
    "readings",
    "concepts",
    "conclusions",
    "consequences",
    "tellings",
    "questions",
    "provisions",
)


@cache
def of_the_schema(form: str) -> Draft202012Validator:
    """Whether something written is as editors expect a condition, or a conclusion, to be."""
    return Draft202012Validator({"$ref": f"#/$defs/{form}", "$defs": rulebook_file_schema()["$defs"]})


def everything(rulebook: Rulebook) -> dict[str, Any]:
    sections = {name: [as_written(entry) for entry in getattr(rulebook, name).values()] for name in SECTIONS}
    head = {"title": rulebook.title, "law_date": rulebook.law_date, "stages": as_written(rulebook.stages)}
    return {"rulebook": head, "consistency": as_written(rulebook.consistency), **sections}


@pytest.mark.parametrize("folder", [TOY, rules_folder()], ids=["toy", "supplied"])
def test_a_written_rulebook_reads_as_the_same(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAWMODEL_CACHE", str(tmp_path / "cache"))
    before = everything(load_rulebook(folder))
    copy = tmp_path / "copy.yaml"
    copy.write_text(yaml.safe_dump(before, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert everything(load_rulebook(copy)) == before


def test_a_fact_keeps_what_leaving_it_out_means() -> None:
    rulebook = load_rulebook(TOY)
    assert as_written(rulebook.facts["loan.needed_on"])["left_out"] == {"same_as": "loan.asked_on"}


def test_a_figure_keeps_its_lower_bound() -> None:
    figures = as_written(load_rulebook(TOY).consequences["fee-per-year"])["figures"]
    assert figures[0] == {"kind": "fee", "unit": "coins", "from": "2", "to": "reader.age"}


def test_every_kind_of_statement_and_every_type_of_fact_is_written_somewhere() -> None:
    """So that what is tested of these rulebooks is tested of a kind that is added."""
    rulebooks = [load_rulebook(folder) for folder in (TOY, rules_folder())]
    assert {type(part.stated) for one in rulebooks for part in parts(one)} == set(get_args(StatedPart))
    facts = [fact for one in rulebooks for fact in one.facts.values()]
    assert {fact.type for fact in facts} == set(get_args(FactType))


@pytest.mark.parametrize(
    "written",
    [
        *({bound: 1, "of": [{"reader.pays": "no"}, "local"]} for bound in ("at_least", "at_most", "exactly")),
        *({"some": "loans", "such_that": {"damaged": "yes"}, bound: 2} for bound in ("at_least", "at_most", "exactly")),
        *({quantifier: "loans", "such_that": {"damaged": "yes"}} for quantifier in ("some", "every", "none")),
        {"at_most": 1, "of": [{"none": "loans", "such_that": "always"}, "always"]},
        *({"returned": {word: "10 days after lent"}} for word in DATE_COMPARISONS),
        {"reader.born": {"after": "18 years before law-date"}},
        *({"loan.sum": {word: bound}} for word in NUMBER_COMPARISONS for bound in (12, "reader.age", "age", "few")),
        *({"loan.term": {"at_least": bound}} for bound in ("12 months", "1 year 6 months", "2 weeks", "few years")),
        {"at_most": "few", "of": [{"reader.pays": "no"}, "local", "always"]},
        {"some": "loans", "such_that": {"damaged": "yes"}, "exactly": "few"},
        {"returned": {"before": "few months after lent"}},
        {"returned": {"on": {"day": "few months after lent", "end_of_month": "next_day", "first_day": "counted"}}},
        {"reader.born": {"after": {"day": "18 years before law-date", "leap_day": "march_1"}}},
        {"loan.sum": {"same_as": "reader.age"}},
    ],
    ids=str,
)
def test_every_way_to_count_and_to_compare_is_read_back_as_it_was_written(written: dict[str, Any]) -> None:
    problems = Collector()
    node = parse_yaml(yaml.safe_dump(written), "a.yaml", problems)
    assert node is not None
    parser = StatementParser(problems, Mappings())
    parser.numbers = {"few": 2}
    stated = parser.condition(node)
    assert not problems.problems
    assert as_written(stated) == written
    of_the_schema("condition").validate(written)


def test_every_statement_is_as_the_schema_of_editors_says() -> None:
    check = {form: of_the_schema(form) for form in ("condition", "conclusion")}
    kinds = set(get_args(Conclusion))
    for folder in (TOY, rules_folder()):
        for part in parts(load_rulebook(folder)):
            check["conclusion" if type(part.stated) in kinds else "condition"].validate(as_written(part.stated))
