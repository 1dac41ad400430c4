"""Drawing a population: synthetic cases as a table, the same for the same specification and seed.

Cases are drawn in blocks, each from a seed of its own, so that a longer table begins with a shorter one. Days that
contradict the rulebook's order (`consistency`) are moved: a later day is never before an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lawmodel.batch.drawing.population_spec import (
    Apart,
    Between,
    Cases,
    Mixed,
    Population,
    Records,
    SameAsFact,
    Sometimes,
    Way,
    Weighted,
    When,
)
from lawmodel.batch.tables.columns import EPOCH, WORD
from lawmodel.case.values import encode
from lawmodel.dataclass import dataclass
from lawmodel.inputs import FIRST_DAY, LAST_DAY, Scalar
from lawmodel.reasoning.domains import orderings
from lawmodel.rulebook.model import Fact, Rulebook

BLOCK: Final = 65_536
"""Cases in a block."""
Flags: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """One value for each case or record: the number of a value, or a number or day itself."""

    numbers: npt.NDArray[np.int64]
    known: Flags
    values: tuple[Scalar, ...] | None
    """What the numbers stand for; None: for themselves."""

    def taken(self, rows: npt.NDArray[np.int64]) -> Drawn:
        """Rows repeated."""
        return Drawn(self.numbers[rows], self.known[rows], self.values)


def blocks(rulebook: Rulebook, population: Population, rows: int, seed: int) -> Iterator[pa.Table]:
    """The cases, block by block; the column ``case`` numbers them from 1."""
    for number, start in enumerate(range(0, rows, BLOCK)):
        # A whole block is drawn even where fewer cases are wanted, so that these are the same whatever their number.
        table = _Block(rulebook, population, np.random.default_rng([seed, number])).table(start)
        yield table.slice(0, min(BLOCK, rows - start))


class _Block:
    def __init__(self, rulebook: Rulebook, population: Population, random: np.random.Generator) -> None:
        self.rulebook, self.population, self.random = rulebook, population, random
        self.orders = [(one.records, one.first, one.then) for one in orderings(rulebook)]

    def table(self, start: int) -> pa.Table:
        columns: dict[str, pa.Array] = {"case": pa.array(np.arange(start + 1, start + BLOCK + 1))}
        drawn: dict[str, Drawn] = {}
        for path, way in self.population.facts.items():
            fact = self.rulebook.facts[path]
            if isinstance(way, Records):
                columns[path] = self._records(fact, way, drawn)
                continue
            drawn[path] = self._in_order(None, path, self._drawn(fact, way, drawn, BLOCK), drawn)
            columns |= _columns(fact, path, drawn[path])
        return pa.table(columns)

    def _records(self, fact: Fact, way: Records, outside: Mapping[str, Drawn]) -> pa.Array:
        counts = self._drawn(
            Fact(id="", type="number", title="", ask="", place=fact.place), way.count, {}, BLOCK
        ).numbers
        parents = np.repeat(np.arange(BLOCK), counts)
        drawn = {path: one.taken(parents) for path, one in outside.items()}
        fields: dict[str, pa.Array] = {}
        for one in fact.of:
            if one.id in way.each:
                made = self._drawn(one, way.each[one.id], drawn, len(parents))
                drawn[one.id] = self._in_order(fact.id, one.id, made, drawn)
                fields |= _columns(one, one.id, drawn[one.id])
        starts = pa.array(np.concatenate([[0], np.cumsum(counts)]).astype(np.int32))
        named = [pa.field(name, array.type) for name, array in fields.items()]
        records = pa.StructArray.from_arrays(list(fields.values()), fields=named) if named else None
        return pa.ListArray.from_arrays(starts, pa.nulls(len(parents), pa.struct([])) if records is None else records)

    # --- one fact ------------------------------------------------------------------------------------

    def _drawn(self, fact: Fact, way: Way, before: Mapping[str, Drawn], rows: int) -> Drawn:
        match way:
            case Weighted(values, weights):
                return self._weighted(fact, values, weights, rows)
            case Between(first, last):
                return _whole(self.random.integers(first, last + 1, rows))
            case Apart(path, least, most):
                other = before[path]
                numbers = other.numbers + self.random.integers(least, most + 1, rows)
                calendar = (other.numbers >= FIRST_DAY) & (other.numbers <= LAST_DAY)
                # What never happened, or has not ended, has no day after it.
                return Drawn(np.clip(numbers, FIRST_DAY, LAST_DAY), other.known & calendar, None)
            case SameAsFact(path):
                return before[path]
            case Sometimes(unknown, otherwise):
                found = self._drawn(fact, otherwise, before, rows)
                return Drawn(found.numbers, found.known & (self.random.random(rows) >= unknown), found.values)
            case Mixed(ways, weights):
                chosen = self.random.choice(len(ways), rows, p=np.array(weights) / sum(weights))
                made = [self._drawn(fact, one, before, rows) for one in ways]
                return _selected([chosen == number for number in range(len(ways))], made)
            case Cases(branches):
                made = [self._drawn(fact, one, before, rows) for _, one in branches]
                holds = [
                    np.ones(rows, dtype=np.bool_) if when is None else _holds(when, before) for when, _ in branches
                ]
                return _selected(holds, made)

    def _weighted(self, fact: Fact, values: tuple[Scalar | None, ...], weights: tuple[float, ...], rows: int) -> Drawn:
        places = np.array(weights) / sum(weights)
        chosen = self.random.choice(len(values), rows, p=places) if len(values) > 1 else np.zeros(rows, dtype=np.int64)
        known = np.array([value is not None for value in values])[chosen]
        if fact.sort in ("number", "date"):
            return Drawn(np.array([0 if value is None else int(value) for value in values])[chosen], known, None)
        listed = self._values_of(fact)
        numbers = np.array([0 if value is None else listed.index(value) for value in values])
        return Drawn(numbers[chosen], known, listed)

    def _values_of(self, fact: Fact) -> tuple[Scalar, ...]:
        return (False, True) if fact.sort == "yes/no" else tuple(self.rulebook.choices_of(fact))

    def _in_order(self, records: str | None, name: str, made: Drawn, before: Mapping[str, Drawn]) -> Drawn:
        """The day moved to where the order of days allows it."""
        numbers = made.numbers
        for of, first, then in self.orders:
            other = before.get(first if then == name else then)
            if of != records or name not in (first, then) or other is None:
                continue
            both = made.known & other.known & _calendar(numbers) & _calendar(other.numbers)
            bounded = np.maximum(numbers, other.numbers) if then == name else np.minimum(numbers, other.numbers)
            numbers = np.where(both, bounded, numbers)
        return Drawn(numbers, made.known, made.values)


def _selected(conditions: list[Flags], made: list[Drawn]) -> Drawn:
    """In each row what the first condition that holds there selects."""
    numbers = np.select(conditions, [one.numbers for one in made])
    known = np.select(conditions, [one.known for one in made], default=False)
    return Drawn(numbers, known, made[0].values)


def _whole(numbers: npt.NDArray[np.int64]) -> Drawn:
    return Drawn(numbers, np.ones(len(numbers), dtype=np.bool_), None)


def _calendar(numbers: npt.NDArray[np.int64]) -> Flags:
    found: Flags = (numbers >= FIRST_DAY) & (numbers <= LAST_DAY)
    return found


def _holds(when: When, before: Mapping[str, Drawn]) -> Flags:
    """Where facts that were drawn have one of the values that are wanted."""
    found: Flags | None = None
    for path, wanted in when.facts.items():
        drawn = before[path]
        named = [one for one in wanted if one is not None]
        accepted = [drawn.values.index(one) if drawn.values is not None else int(one) for one in named]
        here = drawn.known & np.isin(drawn.numbers, accepted)
        if None in wanted:
            here |= ~drawn.known
        found = here if found is None else found & here
    assert found is not None
    return found


def _columns(fact: Fact, name: str, drawn: Drawn) -> dict[str, pa.Array]:
    """The column of a fact; of days, with a second one for the words that may stand in their place."""
    missing = ~drawn.known
    if drawn.values is not None and fact.sort == "yes/no":
        return {name: pa.array(drawn.numbers.astype(np.bool_), mask=missing)}
    if drawn.values is not None:
        numbers = pa.array(drawn.numbers.astype(np.int32), mask=missing)
        return {name: pa.DictionaryArray.from_arrays(numbers, pa.array(list(map(str, drawn.values))))}
    if fact.type == "number":
        return {name: pa.array(drawn.numbers, mask=missing)}
    if fact.sort == "number":
        texts = [str(encode(fact, value)) for value in drawn.numbers.tolist()]
        return {name: pa.array(texts, type=pa.string(), mask=missing)}
    days = drawn.known & _calendar(drawn.numbers)
    column = pa.array((drawn.numbers - EPOCH).astype(np.int32), mask=~days).cast(pa.date32())
    said = drawn.known & ~days
    if not said.any() and not fact.words:
        return {name: column}
    special = {int(value): str(encode(fact, value)) for value in np.unique(drawn.numbers[said]).tolist()}
    numbers = np.searchsorted(np.array([*special], dtype=np.int64), drawn.numbers).clip(0, max(0, len(special) - 1))
    texts = pa.array([*special.values()], type=pa.string())
    words = pa.DictionaryArray.from_arrays(pa.array(numbers.astype(np.int32), mask=~said), texts)
    return {name: column, name + WORD: words}
