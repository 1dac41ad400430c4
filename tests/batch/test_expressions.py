"""The conditions as Ibis expressions settle the same rows in the same way as blocks in memory do."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import lawmodel
from lawmodel.batch.rows.answers import Answers
from lawmodel.batch.rows.expressions import GROUNDS, OUTCOME, rules_of, settled
from lawmodel.batch.rows.plan import Asked
from lawmodel.batch.running.run import Run
from lawmodel.batch.tables.matched import matched
from tests.batch.tables import Memory, table_of
from tests.batch.test_batch_is_decide import collected, random_row
from tests.random_rulebooks import QUESTION, READINGS, RandomLaw, random_laws
from tests.sizes import examples, one_in, sizes

BACKENDS = ("duckdb", "polars")


def by_blocks(run: Run) -> list[tuple[str, tuple[str, ...]] | None]:
    """Outcome and grounds of the rows that need no exact engine."""
    run.ways[0].patterns.decide = lambda *_: None  # type: ignore[method-assign]
    [block] = run.decided(100_000)
    every = run.ways[0].answers.every
    return [
        None if number < 0 else (str(every[number].outcome), every[number].grounds)
        for number in block.answers[0].tolist()
    ]


def by_expressions(run: Run, table: Memory, backend: str) -> list[tuple[str, tuple[str, ...]] | None]:
    connection: Any = getattr(ibis, backend).connect()
    if backend == "duckdb":  # `create_table` of ibis 12 writes SQL that no DuckDB reads, with sqlglot 30
        connection.con.register("cases", pa.table(dict(table.arrays)))
        rows = connection.table("cases")
    else:
        rows = connection.create_table("cases", pa.table(dict(table.arrays)))
    found = connection.to_pyarrow(settled(run.ways[0].plan, rows)).to_pylist()
    return [
        None if one[OUTCOME] is None else (one[OUTCOME], rules_of(run.ways[0].plan, one[OUTCOME], one[GROUNDS]))
        for one in found
    ]


def same(asked: Asked, table: Memory, backend: str) -> None:
    run = Run([asked], table, matched(asked.rulebook, table.types))
    if backend == "polars" and run.ways[0].plan.lists:
        pytest.skip("Polars maps no arrays of structs")
    assert by_expressions(run, table, backend) == by_blocks(run)


CONTRACTS = """
rulebook: {title: Contracts, law_date: contract.signed, stages: [{id: valid, says: valid}]}
sources: [{id: act, title: The Act, kind: instrument}]
facts:
  - {id: contract.signed, type: date, title: signature, phrase: "signed on {}", ask: When?}
  - {id: contract.term, type: span, unit: months, title: the term, phrase: "a contract of {}", ask: How long?,
     words: {open: {means: above_every_number, says: a contract without end}}}
questions:
  - {id: long, title: Length, asks: Is it long?, outcomes: [{id: long, says: "yes", means: long},
     {id: short, says: "no", means: short}]}
provisions:
  - {id: act-1, question: long, title: One, citation: Act s. 1, text: Text., certainty: text, sources: [{id: act}],
     when: {contract.term: {at_least: 1 year}}, concludes: long}
"""


@pytest.mark.parametrize("backend", BACKENDS)
@examples(quick=3, full=12)
@given(law=random_laws(room=40), seed=st.integers(0, 10**6))
def test_random_laws(backend: str, law: RandomLaw, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - reproducible
    rulebook = law.rulebook()
    cases = [random_row(chance, rulebook, law, chance.choice([0.0, 0.1, 0.3])) for _ in range(60)]
    paths = [path for path in rulebook.facts if path != "visits" or backend == "duckdb"]
    readings = {name: chance.choice([*options, "unknown"]) for name, options in READINGS.items()}
    table = table_of(rulebook, cases, paths, typed=True)
    _, rejected = _kept(Asked(rulebook, QUESTION, readings), table)
    good = [case for number, case in enumerate(cases, 1) if number not in rejected]
    if good:
        same(Asked(rulebook, QUESTION, readings), table_of(rulebook, good, paths, typed=True), backend)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_span_is_read_as_a_case_reads_it(backend: str, tmp_path: Path) -> None:
    """In a table it may be written in either unit, and with a word that stands for one."""
    (tmp_path / "rulebook.yaml").write_text(CONTRACTS)
    rulebook = lawmodel.load_rulebook(tmp_path)
    terms = ["12 months", "1 year", "11 months", "1 year 6 months", "0 months", "1 month", "open", "unknown", None]
    table = Memory({"contract.term": pa.array(terms), "contract.signed": pa.array(["2026-01-01"] * len(terms))})
    run = Run([Asked(rulebook, "long", {})], table, matched(rulebook, table.types))
    found = by_expressions(run, table, backend)
    assert found == by_blocks(run)
    assert [one and one[0] for one in found] == ["long", "long", "short", "long", "short", "short", "long", None, None]


def _kept(asked: Asked, table: Memory) -> tuple[Answers, set[int]]:
    run = Run([asked], table, matched(asked.rulebook, table.types))
    [block] = run.decided(100_000)
    return run.ways[0].answers, {one.row for one in block.rejected}


@pytest.mark.parametrize("count", sizes(12, 40))
@pytest.mark.parametrize("question", one_in(3, ["extradition", "deployment", "citizenship"]))
@pytest.mark.parametrize("unknowns", [False, 0.1])
def test_the_rulebook_supplied(question: str, unknowns: bool | float, count: int) -> None:
    rulebook = lawmodel.load_rulebook()
    rows = collected(rulebook, question, unknowns, count)
    same(Asked(rulebook, question, {}), table_of(rulebook, rows, rulebook.facts, typed=True), "duckdb")
