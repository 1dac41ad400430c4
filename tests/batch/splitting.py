"""Tables in memory, written as databases and as several tables; and random rows to write."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from lawmodel.batch.rows.plan import Asked
from lawmodel.inputs import Value
from lawmodel.rulebook.model import Rulebook
from tests.batch.tables import Facts, Memory, by_decide, table_of
from tests.batch.test_batch_is_decide import random_row
from tests.random_rulebooks import DAYS, QUESTION, READINGS, STAGES, RandomLaw

SERVED = {"formation": "armed_forces", "basis": "contract", "from": "2025-02-05", "to": "still", "fought": "no"}
ROWS = 20


def asked_and_rows(chance: random.Random, law: RandomLaw, *, lists: bool) -> tuple[Asked, list[dict[str, Value]]]:
    """A question of a random law, and cases; ``lists`` are all known, as those of second tables are."""
    rulebook = law.rulebook()
    share = chance.choice([0.0, 0.1, 0.25])
    rows = [random_row(chance, rulebook, law, share) for _ in range(ROWS)]
    left_out = {path for path in rulebook.facts if chance.random() < 0.2 and path != "visits"}
    for row in rows:
        if lists and row["visits"] is None:
            row["visits"] = ()
    kept = [{path: value for path, value in row.items() if path not in left_out} for row in rows]
    asked = Asked(
        rulebook,
        QUESTION,
        {name: chance.choice([*options, "unknown"]) for name, options in READINGS.items() if chance.random() < 0.6},
        on=datetime.date.fromisoformat(chance.choice(DAYS)) if chance.random() < 0.3 else None,
        stage=chance.choice([None, *STAGES]),
        presume=chance.random() < 0.5,
    )
    if by_decide(asked, dict.fromkeys(kept[0])) is None:
        return asked, []  # what is left out contradicts the day of the law: no row can be decided
    return asked, kept


def stored(path: Path, tables: dict[str, dict[str, pa.Array]]) -> Path:
    """A new database with these tables."""
    with duckdb.connect(path) as database:
        for name, arrays in tables.items():
            database.register("block", pa.table(arrays))
            database.execute(f'CREATE TABLE "{name}" AS FROM block')
            database.unregister("block")
    return path


def split(
    chance: random.Random, rulebook: Rulebook, cases: Sequence[Facts], *, typed: bool
) -> tuple[Memory, dict[str, Memory]]:
    """The cases without their lists; and of each list a table with a row for each record, in any order of cases."""
    lists = [path for path in cases[0] if rulebook.facts[path].type == "records"]
    singles = table_of(rulebook, cases, [path for path in cases[0] if path not in lists], typed=typed)
    names = [f"c{number}" for number in range(len(cases))]
    first = Memory({"case": pa.array(names), **{name: one for name, one in singles.arrays.items() if name != "case"}})
    seconds: dict[str, Memory] = {}
    for path in lists:
        arrays = table_of(rulebook, cases, [path], typed=typed).arrays[path]
        owners = [name for name, case in zip(names, cases, strict=True) for _ in _records(case[path])]
        order = list(range(len(owners)))
        chance.shuffle(order)
        order.sort(key=_place_within(owners).__getitem__)  # of each case in their order
        flat = arrays.flatten()
        columns = dict(zip((one.name for one in flat.type), flat.flatten(), strict=True))
        table = {"case": pa.array(owners, type=pa.string()), **columns}
        seconds[path] = Memory({name: one.take(pa.array(order, type=pa.int64())) for name, one in table.items()})
    return first, seconds


def _records(value: Value) -> tuple[object, ...]:
    assert isinstance(value, tuple)
    return value


def _place_within(owners: Sequence[str]) -> list[int]:
    return [owners[:place].count(owner) for place, owner in enumerate(owners)]
