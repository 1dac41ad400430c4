"""A run: every row of a table decided, a block at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lawmodel.batch.answers import Answers
from lawmodel.batch.columns import WORD, Reader
from lawmodel.batch.contradicted import Contradicted
from lawmodel.batch.evaluated import Block, Evaluated
from lawmodel.batch.held import Held, Listed
from lawmodel.batch.matched import KEY, Matched
from lawmodel.batch.patterns import Patterns
from lawmodel.batch.plan import Asked, Plan
from lawmodel.batch.rejected import Rejected
from lawmodel.batch.sources import Slice, Source
from lawmodel.batch.threads import ahead
from lawmodel.batch.truths import Rows
from lawmodel.batch.verdicts import Settling, verdicts
from lawmodel.inputs import reading_key

ROWS: Final = 262_144
"""In one block."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A block that has been decided."""

    rows: Rows
    """The numbers of the rows that could be decided."""
    keys: pa.Array | None
    """What the table calls these cases."""
    answers: npt.NDArray[np.int32]
    """The number of the answer of each."""
    rejected: tuple[Rejected, ...]


class Run:
    """A question asked of every row of a table."""

    def __init__(self, asked: Asked, source: Source, table: Matched, *, turns_on: bool = False) -> None:
        self.asked = asked
        self.source = source
        self.table = table
        self.plan = Plan(asked, table.columns, table.fields)
        self.answers = Answers()
        self.patterns = Patterns(self.plan, self.answers, turns_on=turns_on)
        self._settling = Settling(self.plan, self.answers)
        self._contradicted = Contradicted(self.plan)
        self._reader = Reader(asked.rulebook)

    def decided(self, rows: int = ROWS) -> Iterator[Decided]:
        """Every block, decided."""
        for one in ahead(self.source.slices(self._wanted(), rows)):
            yield self.decide(one)

    def _wanted(self) -> Mapping[str, Collection[str] | None]:
        wanted: dict[str, Collection[str] | None] = {KEY: None} if self.table.key else {}
        for path in self.plan.singles:
            wanted[path] = None
            if path in self.table.words:
                wanted[path + WORD] = None
        for path, fields in self.plan.lists.items():
            # A list of which no field is read is still read for how many records it has.
            every = fields or sorted(self.table.fields[path])[:1]
            wanted[path] = {name for field in every for name in (field, field + WORD)}
        return wanted

    def decide(self, one: Slice) -> Decided:
        """Decide a block."""
        count = len(one.rows)
        if count == 0:
            return Decided(one.rows, None, np.empty(0, dtype=np.int32), one.rejected)
        reader, facts = self._reader, self.asked.rulebook.facts
        reader.wrong = []
        singles: dict[str, Held] = {
            path: reader.held(facts[path], path, one.arrays[path], one.arrays.get(path + WORD))
            for path in self.plan.singles
        }
        lists: dict[str, Listed] = {
            path: reader.listed(facts[path], path, one.arrays[path], fields) for path, fields in self.plan.lists.items()
        }
        block = Block(count, singles, lists)
        left = np.ones(count, dtype=np.bool_)
        rejected = list(one.rejected)
        if rejected:
            left &= ~np.isin(one.rows, [each.row for each in rejected])
        for wrong in reader.wrong:
            for row in wrong.rows.tolist():
                if left[row]:
                    left[row] = False
                    number = int(one.rows[row])
                    rejected.append(Rejected(number, wrong.column, wrong.value, wrong.message, wrong.mend))
        for row, found in self._contradicted.rows(block):
            if left[row]:
                left[row] = False
                mend = f"Correct {found.first} or {found.then}."
                rejected.append(Rejected(int(one.rows[row]), found.then, "", found.says, mend))
        evaluated = Evaluated(block)
        verdict = verdicts(self._settling, evaluated)
        self.patterns.decide(evaluated, verdict, left)
        keys = one.arrays.get(KEY)
        numbered = tuple(sorted((self._with_line(each) for each in rejected), key=lambda each: each.row))
        if left.all():
            return Decided(one.rows, keys, verdict.answers, numbered)
        kept = np.flatnonzero(left)
        return Decided(
            one.rows[kept], None if keys is None else keys.take(pa.array(kept)), verdict.answers[kept], numbered
        )

    def _with_line(self, one: Rejected) -> Rejected:
        first = self.source.line_of_first
        if first is None:
            return one
        return Rejected(one.row, one.column, one.value, one.reason, one.mend, one.row + first - 1)

    def described(self) -> dict[str, Any]:
        """The law and the readings that were applied, as plain data."""
        plan, rulebook = self.plan, self.asked.rulebook
        valuation = plan.template.valuation
        return {
            "question": self.asked.question,
            "rulebook": rulebook.title,
            "rulebook_digest": rulebook.digest,
            "law_date": None if plan.template.law_date is None else plan.template.law_date.isoformat(),
            "stage": plan.decider.stage,
            "readings": {name: valuation.values[reading_key(name)] for name in rulebook.readings},
            "defaults": list(plan.template.defaults),
            "presumed": dict(plan.template.presumed),
            "columns": [*plan.singles, *plan.lists],
        }
