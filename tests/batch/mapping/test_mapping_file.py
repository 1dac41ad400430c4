"""The file of a mapping: each mistake is told with its line, and its schema says what the reader reads."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from lawmodel.batch.mapping.mapping_file import load_mapping
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.schema.command import command as schema
from tests.batch.cafes import RULES
from tests.batch.mapping.people import MAPPING


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    path = tmp_path_factory.mktemp("law") / "rules.yaml"
    path.write_text(RULES, encoding="utf-8")
    return load_rulebook(path)


@pytest.mark.parametrize(
    ("text", "line", "says", "mend"),
    [
        ("- columns", 1, "a mapping has keys", "Begin with `columns:`"),
        ("table: {sheet: A}", 1, "no column is named", "a line for each column"),
        ("columns: {}", 1, "no column is named", "a line for each column"),
        ("columns: {A: paid}\ncolums: {}", 2, "there is no key `colums` here", "Did you mean columns?"),
        ("columns:\n  A: {fact: paid, value: {}}", 2, "there is no key `value` here", "Did you mean values?"),
        ("columns:\n  A: {values: {x: yes}}", 2, "`fact` is missing", "Write `fact: …`."),
        ("columns:\n  A: pad", 2, "there is no fact `pad`", "Did you mean paid?"),
        ("columns:\n  A: visits", 2, "`visits` is a list", "visits[1].hours"),
        ("columns:\n  A: visits[1].hour", 2, "there is no fact `visits[1].hour`", "Did you mean visits[1].hours"),
        ("columns:\n  A: visits[0].hours", 2, "there is no fact", "Did you mean visits[1].hours"),
        ("columns:\n  A: paid\n  B: paid", 3, "the columns `A` and `B` are both `paid`", "Ignore one of them"),
        ("columns:\n  A:\n    fact: place\n    values:\n      x: hom", 5, "`hom` is no value of `place`", "home"),
        ("columns:\n  A: {fact: place, empty: no record}", 2, "`no record` is no value of `place`", "café"),
        ("columns:\n  A: {fact: place, times: 12}", 2, "`place` is no number", "Take `times` out."),
        ("columns:\n  A: {fact: times, times: many}", 2, "`times` is a whole number", "Write digits"),
        (
            "columns:\n  A: {fact: times, times: 0}",
            2,
            "`times` is a whole number: greater than or equal to 1",
            "digits",
        ),
        ("columns:\n  A: {fact: day, dates: sometime}", 2, "`sometime` is no form of days", "day.month.year"),
        ("columns:\n  A: {fact: times, dates: d.m.yyyy}", 2, "`times` is no day", "Take it out."),
        ("columns: {A: paid}\ntable:\n  skip: {B: x}", 3, "there is no column `B` in this mapping", "`ignore`"),
        ("columns: {A: paid}\ntable: {yes: [y, x], no: X}", 2, "`x` is both yes and no", "Take it out of one"),
        ("columns: {A: paid}\ndefaults:\n  paid: no", 3, "the table has a column of `paid`", "`empty`"),
        ("columns: {A: paid}\ndefaults:\n  place: hom", 3, "`hom` is no value of `place`", "home"),
        ("columns: {A: paid}\ndefaults:\n  plac: home", 3, "there is no fact `plac`", "Did you mean place?"),
        (
            "columns: {A: paid}\ndefaults:\n  visits.site: home",
            3,
            "no column is in a record of `visits`",
            "Take it out",
        ),
        ("columns: {A: paid}\ndefaults:\n  visits: home", 3, "`visits` is a list", "only be `no record`"),
        ("columns:\n  A: [paid]", 2, "has keys of its own", "{key: …}"),
        ("columns:\n  A: {fact: {}}", 2, "`fact` is one text", "behind the colon"),
        ("columns: {A: paid}\ntable: {unknown: {}}", 2, "`unknown` is a list of texts", "or one text"),
    ],
)
def test_mistakes_have_a_place(tmp_path: Path, rulebook: Rulebook, text: str, line: int, says: str, mend: str) -> None:
    path = tmp_path / "people.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsFound) as caught:
        load_mapping(rulebook, path)
    (problem,) = caught.value.problems
    assert problem.line == line
    assert says in problem.message
    assert mend in problem.mend


def test_every_mistake_at_once(tmp_path: Path, rulebook: Rulebook) -> None:
    path = tmp_path / "people.yaml"
    path.write_text(
        "columns:\n  A: pad\n  B: {fact: place, values: {x: y, z: home}}\ndefaults: {q: 1}\n", encoding="utf-8"
    )
    with pytest.raises(ProblemsFound) as caught:
        load_mapping(rulebook, path)
    assert [one.line for one in caught.value.problems] == [2, 3, 4]


def test_the_schema_says_what_is_read(tmp_path: Path, rulebook: Rulebook) -> None:
    result = CliRunner().invoke(schema, ["mapping"])
    assert result.exit_code == 0, result.output
    validator = jsonschema.Draft202012Validator(json.loads(result.stdout))
    validator.check_schema(validator.schema)
    path = tmp_path / "people.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    assert load_mapping(rulebook, path).columns["Paid?"].fact == "paid"
    as_editors_read = (
        MAPPING.replace("2026-01-01", "'2026-01-01'").replace(" yes:", " 'yes':").replace(" no:", " 'no':")
    )
    assert list(validator.iter_errors(yaml.safe_load(as_editors_read))) == []
    for wrong in ("table: {}", "columns: {A: {values: {}}}", "columns: {A: {fact: x, value: {}}}", "columns: {A: [x]}"):
        assert list(validator.iter_errors(yaml.safe_load(wrong)))
