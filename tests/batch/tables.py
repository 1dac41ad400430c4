"""Tables of cases, in memory: typed columns or texts."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from lawmodel.batch.rows.answers import RowAnswer
from lawmodel.batch.rows.plan import Asked
from lawmodel.batch.running.run import Run
from lawmodel.batch.tables.columns import WORD
from lawmodel.batch.tables.matched import matched
from lawmodel.batch.tables.rejected import Rejected
from lawmodel.batch.tables.sources import Slice, TableSource
from lawmodel.case.case import Case
from lawmodel.case.values import encode
from lawmodel.inputs import Scalar, Value, is_calendar_day
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import decider
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Fact, Rulebook

Facts = Mapping[str, Value]


class Memory:
    """A table in memory."""

    sheet: str | None = None

    def __init__(self, arrays: Mapping[str, pa.Array]) -> None:
        self.arrays = arrays
        self.types: Mapping[str, pa.DataType] = {name: array.type for name, array in arrays.items()}
        self.total = len(next(iter(arrays.values())))

    def line_of(self, row: int) -> int | None:
        return None

    def slices(self, wanted: Mapping[str, Collection[str] | None], rows: int) -> Iterator[Slice]:
        for start in range(0, self.total, rows):
            arrays = {name: self.arrays[name].slice(start, rows) for name in wanted}
            yield Slice(np.arange(start + 1, min(start + rows, self.total) + 1), arrays)


def table_of(rulebook: Rulebook, cases: Sequence[Facts], paths: Collection[str], *, typed: bool) -> Memory:
    """Cases that give the same facts, as columns; what is unknown is null."""
    arrays: dict[str, pa.Array] = {}
    for path in paths:
        fact = rulebook.facts[path]
        values: list[Any] = [case[path] for case in cases]
        if fact.type == "records":
            arrays[path] = _lists(fact, values, typed=typed)
        else:
            arrays |= _columns(path, fact, values, typed=typed)
    if not arrays:
        arrays["case"] = pa.array([str(number) for number in range(len(cases))])
    return Memory(arrays)


def _lists(fact: Fact, values: Sequence[Any], *, typed: bool) -> pa.Array:
    given = next((set(record) for records in values for record in records or ()), {field.id for field in fact.of})
    inner: dict[str, pa.Array] = {}
    records = [record for one in values for record in one or ()]
    for field in fact.of:
        if field.id in given:
            inner |= _columns(field.id, field, [record[field.id] for record in records], typed=typed)
    struct = pa.StructArray.from_arrays(list(inner.values()), names=list(inner))
    offsets = np.cumsum([0, *(len(one or ()) for one in values)]).astype(np.int32)
    mask = pa.array([one is None for one in values])
    return pa.ListArray.from_arrays(pa.array(offsets), struct, mask=mask)


def _columns(name: str, fact: Fact, values: Sequence[Scalar | None], *, typed: bool) -> dict[str, pa.Array]:
    if not typed:
        return {name: pa.array([text(fact, value) for value in values], type=pa.string())}
    match fact.type:
        case "yes/no":
            return {name: pa.array(values, type=pa.bool_())}
        case "number":
            return {name: pa.array(values, type=pa.int16())}
        case "span":
            return {name: pa.array([text(fact, value) for value in values], type=pa.string())}
        case "date":
            days = [
                datetime.date.fromordinal(one) if isinstance(one, int) and is_calendar_day(one) else None
                for one in values
            ]
            found = {name: pa.array(days, type=pa.date32())}
            if fact.words:
                words = [None if one is None or is_calendar_day(one) else text(fact, one) for one in values]
                found[name + WORD] = pa.array(words, type=pa.string())
            return found
        case _:
            return {name: pa.array(values, type=pa.string()).dictionary_encode()}


def text(fact: Fact, value: Scalar | None) -> str | None:
    """A value as in a case file."""
    if value is None:
        return None
    written = encode(fact, value)
    return ("yes" if written else "no") if isinstance(written, bool) else str(written)


def answered(
    asked: Asked, table: TableSource, *, rows: int = 1000, turns_on: bool = True
) -> tuple[dict[int, RowAnswer], list[Rejected], Run]:
    """The answer on each row by its number, and the rows that were set aside."""
    run = Run([asked], table, matched(asked.rulebook, table.types), turns_on=turns_on)
    found: dict[int, RowAnswer] = {}
    rejected: list[Rejected] = []
    for block in run.decided(rows):
        every = run.ways[0].answers.every
        found |= {int(row): every[answer] for row, answer in zip(block.rows, block.answers[0], strict=True)}
        rejected += block.rejected
    return found, rejected, run


def by_decide(asked: Asked, facts: Facts) -> RowAnswer | None:
    """What `decide` says of the same case; None where it refuses it."""
    try:
        answer = decide(
            asked.rulebook,
            Case(facts=facts, presume=asked.presume),
            asked.question,
            readings=asked.readings,
            on=asked.on,
            stage=asked.stage,
            forward_chaining=False,
        )
    except ProblemsFound:
        return None
    between = {one.id for one in answer.grounds if not one.in_every_case}
    rules = decider(asked.rulebook, asked.question, asked.stage).question.rules
    return RowAnswer(
        answer.status,
        answer.outcome,
        answer.possible,
        tuple(one.id for one in answer.grounds if one.in_every_case),
        tuple(rule.id for rule in rules if rule.id in between),
        answer.turns_on,
    )
