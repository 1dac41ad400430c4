"""How many cases a second `lawmodel batch` decides: from memory, Parquet to Parquet, and through Ibis.

Run it by hand: python benchmarks/batch.py [ROWS]. The cases are made at random; where a fact has a usual value, nine of
ten cases have it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest import mock

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import lawmodel
from lawmodel.batch.rows import completed
from lawmodel.batch.rows.expressions import settled
from lawmodel.batch.rows.plan import Asked, Plan
from lawmodel.batch.running.run import ROWS, Run
from lawmodel.batch.running.threads import Behind
from lawmodel.batch.tables.matched import matched
from lawmodel.batch.tables.sources import source_of
from lawmodel.batch.writing.written import columns_of, opened
from lawmodel.rulebook.model import Fact, Rulebook

QUESTION = "extradition"
READINGS = {"treaty-conflict": "treaty-prevails"}
FIRST = np.datetime64("2024-01-01")
LATER = {
    "from": 100,
    "to": 500,
    "request.received": 760,
    "decision.made": 860,
    "decision.notified": 960,
    "decision.surrender": 960,
    "decision.appeal_decided": 960,
}
"""So many days after the first is the earliest day of a fact: days stand in the orders that the law demands."""
ROUNDS = 3
"""Each measured so often: a machine that others use too is not always as quick."""
UNKNOWN = 0.02
OPEN_ROWS = 100_000
RECORDS = {"person.citizenships": 1, "service": 2}


def column(rulebook: Rulebook, fact: Fact, rows: int, chance: np.random.Generator, unknown: float) -> pa.Array:
    """Values of a fact at random."""
    mask = chance.random(rows) < unknown if unknown else None
    usual = fact.ordinary or fact.left_out
    match fact.type:
        case "yes/no":
            return pa.array(chance.random(rows) < {"yes": 0.9, "no": 0.1}.get(str(usual), 0.5), mask=mask)
        case "number":
            return pa.array(chance.integers(0, 180, rows), mask=mask)
        case "choice":
            choices = list(rulebook.choices_of(fact))
            numbers = chance.integers(0, min(12, len(choices)), rows)
            if usual in choices:
                numbers = np.where(chance.random(rows) < 0.9, choices.index(str(usual)), numbers)
            coded = pa.DictionaryArray.from_arrays(pa.array(numbers.astype(np.int32), mask=mask), pa.array(choices))
            return coded.cast(pa.string())
        case _:
            start = LATER.get(fact.id, 0)
            return pa.array(FIRST + chance.integers(start, start + 90, rows), mask=mask).cast(pa.date32())


def table(rulebook: Rulebook, rows: int, *, records: bool, unknown: float = 0.0) -> pa.Table:
    """Cases with every column that the question reads."""
    chance = np.random.default_rng(7)
    every = {path: [one.id for one in fact.of] for path, fact in rulebook.facts.items()}
    plan = Plan(Asked(rulebook, QUESTION, READINGS), rulebook.facts, every)
    found = {path: column(rulebook, rulebook.facts[path], rows, chance, unknown) for path in plan.singles}
    for path, most in RECORDS.items():
        count = most if records else 0
        fields = {
            one.id: column(rulebook, one, rows * count, chance, unknown)
            for one in rulebook.facts[path].of
            if one.id in plan.lists[path]
        }
        struct = pa.StructArray.from_arrays(list(fields.values()), names=list(fields))
        offsets = pa.array(np.arange(rows + 1, dtype=np.int32) * np.int32(count))
        found[path] = pa.ListArray.from_arrays(offsets, struct)
    return pa.table(found)


def shown(what: str, rows: int, began: float, more: str = "") -> None:
    """One line of the report."""
    seconds = time.perf_counter() - began
    print(f"{what:64} {rows:>10,} rows {seconds:7.2f} s {rows / seconds / 1e6:6.2f} M/s  {more}")


def run_of(rulebook: Rulebook, path: Path) -> Run:
    """A run over a file."""
    source = source_of(path, rulebook)
    return Run([Asked(rulebook, QUESTION, READINGS)], source, matched(rulebook, source.types))


def from_memory(rulebook: Rulebook, path: Path, what: str) -> None:
    """Columns that have been read: decided, with every ground."""
    run = run_of(rulebook, path)
    slices = list(run.source.slices(run.wanted(), ROWS))
    if not len(run.decide(slices[0]).rows):
        raise SystemExit("every case is set aside: the law has an order of days that LATER does not keep")
    for number in range(ROUNDS):
        began = time.perf_counter()
        rows = sum(len(run.decide(one).rows) for one in slices)
        shown(what if not number else "", rows, began)


def from_file_to_file(rulebook: Rulebook, path: Path, what: str) -> None:
    """Parquet to Parquet, with every ground."""
    for number in range(ROUNDS):
        written(rulebook, path, what if not number else "")


def written(rulebook: Rulebook, path: Path, what: str) -> None:
    """One round of it."""
    began = time.perf_counter()
    run = run_of(rulebook, path)
    to, columns = opened(path.with_suffix(".out"), ".parquet"), columns_of(run, ".parquet", turns_on=False)
    rows = 0
    with Behind[Any](to.write) as writing:
        for block in run.decided():
            writing.give(columns.table(block))
            rows += len(block.rows)
    to.finish(columns.schema(), {})
    shown(what, rows, began)


def without_some_lists(cases: pa.Table) -> pa.Table:
    """Some lists of records are unknown as a whole."""
    chance = np.random.default_rng(8)
    for path in RECORDS:
        lists = cases[path].combine_chunks()
        known = pa.array(chance.random(len(lists)) < UNKNOWN)
        cases = cases.set_column(
            cases.column_names.index(path), path, pc.if_else(known, pa.scalar(None, lists.type), lists)
        )
    return cases


def beside_one_by_one(rulebook: Rulebook, path: Path, what: str) -> None:
    """Open rows decided together; and by the exact engine, one pattern at a time, in the same run.

    In seconds of the processor, since one thread decides.
    """
    rates = []
    for most in (completed.MOST_COMPLETIONS, 0):
        with mock.patch.object(completed, "MOST_COMPLETIONS", most):
            best = min((_decided(rulebook, path) for _ in range(ROUNDS)), key=lambda one: one[1])
        rows, seconds, exactly, patterns = best
        rates.append(rows / seconds)
        how = "together" if most else "one at a time"
        says = f"{exactly:,} exactly, {patterns:,} patterns one at a time"
        print(f"{f'{what}, {how}':64} {rows:>10,} rows {seconds:7.2f} s {rows / seconds / 1e6:6.2f} M/s  {says}")
    print(f"{'':64} {rates[0] / rates[1]:.1f} times as fast")


def _decided(rulebook: Rulebook, path: Path) -> tuple[int, float, int, int]:
    """Rows, seconds of the processor, how many rows were open, and how many patterns were decided by themselves."""
    run = run_of(rulebook, path)
    slices = list(run.source.slices(run.wanted(), OPEN_ROWS))
    began = time.process_time()
    rows = sum(len(run.decide(one).rows) for one in slices)
    seconds = time.process_time() - began
    patterns = run.ways[0].patterns
    return rows, seconds, patterns.rows, patterns.patterns


def bounds(rulebook: Rulebook, path: Path) -> None:
    """What this machine would allow: memory read once, the file only read, the answers only written."""
    run = run_of(rulebook, path)
    began = time.perf_counter()
    slices = list(run.source.slices(run.wanted(), ROWS))
    rows = sum(len(one.rows) for one in slices)
    shown("only reading the file", rows, began)
    size = sum(array.nbytes for one in slices for array in one.arrays.values()) / rows
    memory = np.ones(1 << 25)
    began = time.perf_counter()
    memory.sum()
    seconds = time.perf_counter() - began
    print(f"{'':64} memory is read at {memory.nbytes / seconds / 1e9:.1f} GB/s; a row has {size:.0f} bytes")
    columns = columns_of(run, ".parquet", turns_on=False)
    tables = [columns.table(run.decide(one)) for one in slices]
    to = opened(path.with_suffix(".out"), ".parquet")
    began = time.perf_counter()
    for one in tables:
        to.write(one)
    to.finish(columns.schema(), {})
    shown("only writing the answers", rows, began)


def through_ibis(rulebook: Rulebook, path: Path, backend: str, what: str) -> None:
    """Outcome and grounds where Kleene logic settles them, by another engine."""
    import ibis

    run = run_of(rulebook, path)
    connection = getattr(ibis, backend).connect()
    began = time.perf_counter()
    found = settled(run.ways[0].plan, connection.read_parquet(path))[["outcome", "grounds_bits"]]
    rows = connection.to_pyarrow(found).num_rows
    shown(what, rows, began)


def main() -> None:
    """Everything, one line each."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rulebook = lawmodel.load_rulebook()
    with tempfile.TemporaryDirectory() as folder:
        for records in (False, True):
            says = "two records of service, one citizenship" if records else "no records"
            path = Path(folder, "cases.parquet")
            pq.write_table(table(rulebook, rows, records=records), path)
            from_memory(rulebook, path, f"from memory, {says}")
            bounds(rulebook, path)
            from_file_to_file(rulebook, path, f"Parquet to Parquet, {says}")
            through_ibis(rulebook, path, "duckdb", f"Ibis on DuckDB, from Parquet, {says}")
            if records:
                pq.write_table(table(rulebook, 2 * rows, records=True), path)
                from_file_to_file(rulebook, path, "Parquet to Parquet, twice the rows")
            else:
                flat = pq.read_table(path).drop_columns(list(RECORDS))
                pq.write_table(flat, path)
                through_ibis(rulebook, path, "polars", "Ibis on Polars, from Parquet, columns of records left out")
        for records, lists in ((False, False), (True, False), (True, True)):
            path = Path(folder, "unknown.parquet")
            open_table = table(rulebook, OPEN_ROWS, records=records, unknown=UNKNOWN)
            pq.write_table(without_some_lists(open_table) if lists else open_table, path)
            says = "2 % of lists unknown too" if lists else "records" if records else "no records"
            beside_one_by_one(rulebook, path, f"from memory, 2 % of all cells unknown, {says}")


if __name__ == "__main__":
    main()
