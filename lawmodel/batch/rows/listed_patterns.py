"""Patterns of lists: of each record only what the open conditions on it read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from lawmodel.batch.rows.classes import OPEN as UNKNOWN
from lawmodel.batch.rows.classes import Classes, Numbers
from lawmodel.batch.rows.evaluated import Evaluated
from lawmodel.batch.rows.parts import OPEN, Codes, ConditionPart, codes_of, parts_of
from lawmodel.batch.rows.plan import Plan
from lawmodel.batch.rows.truths import Flags, Rows, unpacked
from lawmodel.batch.rows.verdicts import distinct_rows
from lawmodel.reasoning.formula import SomeRecord
from lawmodel.reasoning.open_cases.variable_blocks import connected_components

APART: Final = UNKNOWN - 1
"""Stands for a value that no open comparison reads."""
Left = tuple[bytes, tuple[str, ...]]
"""Of a record: what its conditions come to, and the fields that open ones read."""


class ListedPatterns:
    """Numbers for what is left of the records of one list."""

    def __init__(self, plan: Plan, path: str, parts: Sequence[ConditionPart], classes: Mapping[str, Classes]) -> None:
        self.path = path
        self._classes = classes
        self._asked = [
            n for n, one in enumerate(parts) if isinstance(one.formula, SomeRecord) and one.formula.records == path
        ]
        bodies = [parts[number].formula for number in self._asked]
        self._parts = parts_of(
            ((one.such_that, number) for number, one in enumerate(bodies) if isinstance(one, SomeRecord)), path
        )
        self._singles = {key for one in self._parts if one.reads is not None for key in one.reads.singles}
        self._fields = plan.lists.get(path, ())
        pairs = [(o.first, o.then) for o in plan.decider.question.orderings if o.records == path]
        self._groups = connected_components(
            list(self._fields), [(a, b) for a, b in pairs if a in self._fields and b in self._fields]
        )
        self._names = [field for group in self._groups for field in group]
        self.forget()

    def forget(self) -> None:
        """Begin the numbers anew."""
        self._records: dict[bytes, int] = {}
        self._left: list[Left] = []
        self._open: list[tuple[str, ...]] = []
        self._lists: dict[tuple[int, ...], int] = {(-1,): 0}
        self._every: list[tuple[int, ...]] = [(-1,)]

    def records(self, number: int) -> tuple[Left, ...] | None:
        """What is left of each record of a list, by the number of the list; None where the list is unknown."""
        key = self._every[number]
        return None if key == (-1,) else tuple(self._left[one] for one in key)

    def open_fields(self, number: int) -> tuple[tuple[str, ...], ...] | None:
        """For each record of a list the open fields that matter, by the number of the list; None as above."""
        key = self._every[number]
        return None if key == (-1,) else tuple(self._open[one] for one in key)

    def column(self, evaluated: Evaluated, rows: Rows, codes: Codes) -> tuple[Numbers, dict[str, Flags]]:
        """The number of the list of each row; and where conditions on its records read single inputs."""
        block = evaluated.block
        here = codes[self._asked] == OPEN
        relevant = here.any(axis=0)
        found = np.full(len(rows), APART, dtype=np.int32)
        listed = block.lists.get(self.path)
        known = np.zeros(len(rows), dtype=np.bool_) if listed is None else listed.known[rows]
        found[relevant & ~known] = 0
        read: dict[str, Flags] = {}
        for key in self._singles:
            read[key] = relevant & ~known  # of its own: more is added below
        some = np.flatnonzero(relevant & known)
        if listed is None or not len(some):
            return found, read
        lengths = (listed.starts[rows + 1] - listed.starts[rows])[some]
        ends = np.cumsum(lengths)
        places = np.repeat(some, lengths)
        records = np.arange(int(ends[-1])) - np.repeat(ends - lengths, lengths)
        records += np.repeat(listed.starts[rows[some]], lengths)
        count = len(listed.parents)
        truths = (evaluated.truths(part.formula, self.path) for part in self._parts)
        inner = codes_of(
            self._parts,
            ((unpacked(one.true, count)[records], unpacked(one.false, count)[records]) for one in truths),
            [one[places] for one in here],
            len(records),
        )
        for number, part in enumerate(self._parts):
            for key in part.reads.singles if part.reads is not None else ():
                read[key][places[inner[number] == OPEN]] = True
        columns: list[Numbers] = []
        for group in self._groups:
            readers = [
                number
                for number, part in enumerate(self._parts)
                if part.reads is not None and part.reads.fields.get(self.path, frozenset()) & set(group)
            ]
            wanted = np.flatnonzero((inner[readers] == OPEN).any(axis=0))
            for field in group:
                column = np.full(len(records), APART, dtype=np.int32)
                classes = self._classes.get(f"{self.path}.{field}", Classes())
                column[wanted] = classes.of(listed.fields[field].taken(records[wanted]))
                columns.append(column)
        wide = np.stack(columns, axis=1) if columns else np.empty((len(records), 0), dtype=np.int32)
        keys, numbers = distinct_rows(np.concatenate([inner.T, np.ascontiguousarray(wide).view(np.uint8)], axis=1))
        table = [self._record(key) for key in keys]
        numbered = [table[number] for number in numbers.tolist()]
        start = 0
        for place, end in zip(some.tolist(), ends.tolist(), strict=True):
            found[place] = self._list(tuple(numbered[start:end]))
            start = end
        return found, read

    def _record(self, key: bytes) -> int:
        if key not in self._records:
            self._records[key] = len(self._left)
            codes, names = key[: len(self._parts)], self._names
            columns = np.frombuffer(key, np.int32, len(names), len(self._parts)) if names else np.empty(0, np.int32)
            fields = tuple(name for name, one in zip(self._names, columns.tolist(), strict=True) if one != APART)
            self._left.append((codes, fields))
            self._open.append(tuple(name for name, one in zip(names, columns.tolist(), strict=True) if one == UNKNOWN))
        return self._records[key]

    def _list(self, key: tuple[int, ...]) -> int:
        if key not in self._lists:
            self._lists[key] = len(self._every)
            self._every.append(key)
        return self._lists[key]
