"""On every row a table is answered as `decide` answers the case: random rulebooks, and the rulebook supplied."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lawmodel
from lawmodel.batch.rows import completed, patterns
from lawmodel.batch.rows.answers import RowAnswer
from lawmodel.batch.rows.plan import Asked
from lawmodel.case.valuation import value_case
from lawmodel.case.values import decode_text
from lawmodel.inputs import Value
from lawmodel.rulebook.model import Rulebook
from lawmodel.testing import cases
from tests.batch.tables import answered, by_decide, table_of
from tests.random_rulebooks import DAYS, QUESTION, READINGS, STAGES, RandomLaw, random_laws, values_of
from tests.sizes import examples, one_in, sizes

ROWS = 30


def random_row(chance: random.Random, rulebook: Rulebook, law: RandomLaw, share: float) -> dict[str, Value]:
    declared = {one["id"]: one for one in law.sections["facts"]}

    def some(fact: dict[str, Any], path: str) -> Any:
        written = "unknown" if chance.random() < share else chance.choice(values_of(fact))
        return decode_text(rulebook, rulebook.fact(path), written)

    found: dict[str, Value] = {}
    for path, fact in declared.items():
        if path != "visits":
            found[path] = some(fact, path)
        elif chance.random() < share:
            found[path] = None
        else:
            found[path] = tuple(
                {field["id"]: some(field, f"visits.{field['id']}") for field in fact["of"]}
                for _ in range(chance.randrange(3))
            )
    return found


@examples(quick=6, full=60)
@given(law=random_laws(room=40), seed=st.integers(0, 10**6))
def test_random_laws(law: RandomLaw, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - reproducible
    rulebook = law.rulebook()
    share = chance.choice([0.0, 0.1, 0.1, 0.25])
    rows = [random_row(chance, rulebook, law, share) for _ in range(ROWS)]
    left_out = {path for path in rulebook.facts if chance.random() < 0.2}
    fields = {one.id for one in rulebook.facts["visits"].of if chance.random() < 0.8} or {"made"}
    cases = [
        {
            path: tuple({name: record[name] for name in fields} for record in value)
            if isinstance(value, tuple)
            else value
            for path, value in row.items()
            if path not in left_out
        }
        for row in rows
    ]
    asked = Asked(
        rulebook,
        QUESTION,
        {name: chance.choice([*options, "unknown"]) for name, options in READINGS.items() if chance.random() < 0.6},
        on=datetime.date.fromisoformat(chance.choice(DAYS)) if chance.random() < 0.3 else None,
        stage=chance.choice([None, *STAGES]),
        presume=chance.random() < 0.5,
    )
    if by_decide(asked, {path: None for path in rulebook.facts if path not in left_out}) is None:
        return  # what is left out contradicts the day of the law: no row can be decided
    table = table_of(rulebook, cases, [path for path in rulebook.facts if path not in left_out], typed=seed % 2 == 0)
    turns_on = chance.random() < 0.3
    with (
        mock.patch.object(patterns, "MOST_KNOWN", chance.choice([0, patterns.MOST_KNOWN])),
        mock.patch.object(completed, "MOST_COMPLETIONS", chance.choice([0, 10, completed.MOST_COMPLETIONS])),
        mock.patch.object(completed, "MOST_AT_ONCE", chance.choice([20, completed.MOST_AT_ONCE])),
    ):
        found, rejected, _ = answered(asked, table, rows=chance.choice([7, 1000]), turns_on=turns_on)
    refused = {one.row for one in rejected}
    for number, facts in enumerate(cases, 1):
        assert found.get(number) == expected(asked, facts, turns_on=turns_on), (number, facts)
        assert (number in refused) == (number not in found)


def expected(asked: Asked, facts: Mapping[str, Value], *, turns_on: bool) -> RowAnswer | None:
    answer = by_decide(asked, facts)
    return answer if turns_on or answer is None else replace(answer, turns_on=())


def collected(rulebook: Rulebook, question: str, unknowns: bool | float, count: int) -> list[dict[str, Value]]:
    found: list[dict[str, Value]] = []

    @settings(max_examples=count)
    @given(cases(rulebook, question, unknowns=unknowns, presume=False))
    def draw(case: lawmodel.Case) -> None:
        values = value_case(rulebook, case).valuation.values
        found.append({path: values[path] for path in rulebook.facts})

    draw()
    return found


@pytest.mark.parametrize("count", sizes(15, 60))
@pytest.mark.parametrize("question", one_in(3, list(lawmodel.load_rulebook().questions)))
@pytest.mark.parametrize("unknowns", [False, 0.1])
def test_the_rulebook_supplied(question: str, unknowns: bool | float, count: int) -> None:
    rulebook = lawmodel.load_rulebook()
    rows = collected(rulebook, question, unknowns, count)
    asked = Asked(rulebook, question, {})
    table = table_of(rulebook, rows, rulebook.facts, typed=bool(unknowns))
    for turns_on in (True, False):
        found, rejected, run = answered(asked, table, turns_on=turns_on)
        assert not rejected
        for number, facts in enumerate(rows, 1):
            assert found[number] == expected(asked, facts, turns_on=turns_on), facts
    if not unknowns:
        assert run.ways[0].patterns.rows < len(rows) / 2  # what is complete is mostly settled without the exact engine


def test_open_rows_are_decided_together() -> None:
    rulebook = lawmodel.load_rulebook()
    lists = [path for path, fact in rulebook.facts.items() if fact.type == "records"]
    none: dict[str, Value] = dict.fromkeys(lists, ())
    rows = [{**row, **none} for row in collected(rulebook, "extradition", 0.1, 60)]
    asked = Asked(rulebook, "extradition", {})
    found, _, run = answered(asked, table_of(rulebook, rows, rulebook.facts, typed=True), turns_on=False)
    assert run.ways[0].patterns.rows > 20
    assert run.ways[0].patterns.patterns <= 3, "hardly any pattern is decided by itself"
    for number, facts in enumerate(rows, 1):
        assert found[number] == expected(asked, facts, turns_on=False), facts
