"""A run: every row of a table decided, a block at a time."""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa

from lawmodel.batch.rows.deciding import Deciding
from lawmodel.batch.rows.evaluated import Block
from lawmodel.batch.rows.input_column import Held, Listed
from lawmodel.batch.rows.plan import Asked
from lawmodel.batch.rows.truths import Flags, Rows
from lawmodel.batch.rows.verdicts import Numbers
from lawmodel.batch.running.threads import ahead
from lawmodel.batch.tables.blank_rows import without_blank_rows
from lawmodel.batch.tables.cell_values import ISO, DayForms
from lawmodel.batch.tables.columns import WORD, Reader
from lawmodel.batch.tables.matched import KEY, Matched
from lawmodel.batch.tables.rejected import Rejected
from lawmodel.batch.tables.sources import Slice, TableSource
from lawmodel.dataclass import dataclass

ROWS: Final = 262_144
"""In one block."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A block that has been decided."""

    rows: Rows
    """The numbers of the rows that could be decided."""
    keys: pa.Array | None
    """What the table calls these cases."""
    answers: tuple[Numbers, ...]
    """For each way in which the question is asked, the number of the answer of each row."""
    rejected: tuple[Rejected, ...]
    """Everything that is wrong with the other rows."""
    blank: int = 0
    """So many rows that say nothing were passed over."""
    remarks: tuple[tuple[str, int], ...] = ()
    """By the id of a rule of consistency: so many of the rows are odd, as it says."""


class Run:
    """A question asked of every row of a table, in one way or in several."""

    def __init__(
        self,
        asked: Sequence[Asked],
        source: TableSource,
        table: Matched,
        *,
        turns_on: bool = False,
        days: DayForms = ISO,
    ) -> None:
        """Prepare each way of asking; all are of one rulebook and one question. ``days`` is how days are written."""
        self.source = source
        self.table = table
        self.ways = tuple(Deciding(one, table, turns_on=turns_on) for one in asked)
        self._facts = asked[0].rulebook.facts
        self.days = days
        self._reader = Reader(asked[0].rulebook, days)
        self._singles = tuple(dict.fromkeys(path for way in self.ways for path in way.plan.singles))
        fields: dict[str, dict[str, None]] = {}
        for way in self.ways:
            for path, wanted in way.plan.lists.items():
                fields.setdefault(path, {}).update(dict.fromkeys(wanted))
        self._lists = {path: tuple(wanted) for path, wanted in fields.items()}

    def decided(self, rows: int = ROWS) -> Generator[Decided, None, None]:
        """Every block, decided."""
        with closing(ahead(without_blank_rows(self.source, self.wanted(), rows))) as slices:
            for one in slices:
                yield self.decide(one)

    def wanted(self) -> Mapping[str, Collection[str] | None]:
        """The columns to be read; of lists the fields of their records."""
        wanted: dict[str, Collection[str] | None] = {KEY: None} if self.table.key else {}
        for path in self._singles:
            wanted[path] = None
            if path in self.table.words:
                wanted[path + WORD] = None
        for path, fields in self._lists.items():
            # A list of which no field is read is still read for how many records it has.
            every = fields or sorted(self.table.fields[path])[:1]
            wanted[path] = {name for field in every for name in (field, field + WORD)}
        return wanted

    def decide(self, one: Slice) -> Decided:
        """Decide a block. A row that cannot be decided in one way is set aside."""
        count = len(one.rows)
        left = np.ones(count, dtype=np.bool_)
        rejected = list(one.rejected)
        answers = tuple(np.empty(0, dtype=np.int32) for _ in self.ways)
        odd: dict[str, int] = {}
        if count:
            block = self.block(one)
            self._set_aside(one, block, left, rejected)
            answers = tuple(way.decide(block, left) for way in self.ways)
            for way in self.ways:  # of one question: what is odd differs by the readings at most
                odd |= way.plan.combined.odd(block, left, way.plan.defaults)
        keys = one.arrays.get(KEY)
        remarks = tuple(odd.items())
        numbered = tuple(sorted(map(self._with_line, dict.fromkeys(rejected)), key=lambda each: each.row))
        if left.all():
            return Decided(one.rows, keys, answers, numbered, one.blank, remarks)
        kept = np.flatnonzero(left)
        if keys is not None:
            keys = keys.take(pa.array(kept))
        decided = tuple(numbers[kept] for numbers in answers)
        return Decided(one.rows[kept], keys, decided, numbered, one.blank, remarks)

    def block(self, one: Slice) -> Block:
        """The values of a block."""
        reader, facts = self._reader, self._facts
        reader.wrong = []
        singles: dict[str, Held] = {
            path: reader.held(facts[path], path, one.arrays[path], one.arrays.get(path + WORD))
            for path in self._singles
        }
        lists: dict[str, Listed] = {
            path: reader.listed(facts[path], path, one.arrays[path], fields) for path, fields in self._lists.items()
        }
        return Block(len(one.rows), singles, lists)

    def _set_aside(self, one: Slice, block: Block, left: Flags, rejected: list[Rejected]) -> None:
        """Add all that is wrong with the rows of a block to ``rejected``; these rows are no longer ``left``."""
        if rejected:
            left &= ~np.isin(one.rows, [each.row for each in rejected])
        for wrong in self._reader.wrong:
            left[wrong.rows] = False
            for number in one.rows[wrong.rows].tolist():
                rejected.append(Rejected(number, wrong.column, wrong.value, wrong.message, wrong.mend))
        for way in self.ways:
            for row, found in way.contradictions(block):
                left[row] = False
                mend, day = f"Correct {found.first} or {found.then}.", date.fromordinal(found.day).isoformat()
                rejected.append(Rejected(int(one.rows[row]), found.then, day, found.says, mend))
            for row, rule in way.plan.combined.impossible(block):
                left[row] = False
                mend = f"Correct one of the facts of which `{rule.id}` speaks."
                rejected.append(Rejected(int(one.rows[row]), "", "", rule.says, mend))

    def _with_line(self, one: Rejected) -> Rejected:
        return replace(one, line=self.source.line_of(one.row), sheet=self.source.sheet)

    def described(self) -> dict[str, Any]:
        """The law and the readings that were applied, as plain data."""
        columns: dict[str, Any] = {"columns": [*self._singles, *self._lists]}
        if self.days.names:
            columns["dates"] = list(self.days.names)
        first = self.ways[0]
        if not first.asked.apart:
            return first.described() | first.applied() | columns
        sets = {way.asked.label: {**way.asked.apart, **way.applied()} for way in self.ways}
        return first.described() | {"sets": sets} | columns
