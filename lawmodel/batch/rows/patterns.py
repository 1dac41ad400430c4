"""The rows that Kleene logic leaves open, each different pattern once.

What is left of the question in a row are its open conditions, the parts of these that are open, and so on down to open
comparisons; in conditions on lists the same for each record. Two rows are of one pattern if the same parts are left,
and if the inputs that open comparisons read (or that an order binds to these) are of the same classes. Their exact
answers are then the same.

Each is decided by its completions, all new ones together (`lawmodel.batch.rows.completed`). The exact engine takes what
is too wide for that, one pattern at a time; of those, days that differ in unimportant distances are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from lawmodel.batch.rows.answers import Answers, RowAnswer
from lawmodel.batch.rows.classes import OPEN as UNKNOWN
from lawmodel.batch.rows.classes import Classes, Numbers, classes_of
from lawmodel.batch.rows.completed import CompletedRows, Open, Reached
from lawmodel.batch.rows.days import Days
from lawmodel.batch.rows.evaluated import Evaluated
from lawmodel.batch.rows.listed_patterns import APART, ListedPatterns
from lawmodel.batch.rows.one_row import answer_on
from lawmodel.batch.rows.parts import NOT_MET, OPEN, TRUE, Codes, codes_of, parts_of
from lawmodel.batch.rows.plan import Plan
from lawmodel.batch.rows.told_apart import RowInput
from lawmodel.batch.rows.truths import Flags, Rows, unpacked
from lawmodel.batch.rows.verdicts import SettledRows, distinct_rows
from lawmodel.inputs import Scalar
from lawmodel.reasoning.formula import Choose, SomeRecord, reading_key
from lawmodel.reasoning.open_cases.variable_blocks import connected_components

MOST_KNOWN: Final = 200_000
"""Different rows that are remembered from block to block; what was decided of their patterns always is."""


class Patterns:
    """Decides open rows exactly, and remembers the patterns it has decided."""

    def __init__(self, plan: Plan, answers: Answers, *, turns_on: bool) -> None:
        self.plan = plan
        self.answers = answers
        self.turns_on = turns_on
        self.rows = 0
        """How many rows were decided so."""
        self._known: dict[bytes, int] = {}
        self._decided: dict[object, int] = {}
        self._bare_answers: list[RowAnswer] = []
        self._assembled: dict[bytes, int] = {}
        self._parts = parts_of((one.condition, one.outcome) for one in plan.speaks)
        places = {id(part.formula): number for number, part in enumerate(self._parts)}
        self._places = [places[id(one.condition)] for one in plan.speaks]
        classes = classes_of(plan)
        self._classes = classes
        self._days = Days(plan, classes)
        paths = dict.fromkeys(one.formula.records for one in self._parts if isinstance(one.formula, SomeRecord))
        self._lists = {path: ListedPatterns(plan, path, self._parts, classes) for path in paths}
        self._groups = self._groups_of()
        self._names = [key for group, _ in self._groups for key in group if key in plan.singles]
        values = plan.template.valuation.values
        self._never_told = {key for key, value in values.items() if value is None and key not in plan.singles}
        self._elsewhere = self._read_elsewhere()
        self._completed = CompletedRows(plan, classes)
        self._by_bits: dict[bytes, int] = {}

    @property
    def patterns(self) -> int:
        """How many different patterns the exact engine was asked about, one at a time."""
        return len(self._decided)

    def decide(self, evaluated: Evaluated, found: SettledRows, left: Flags, numbers: Numbers) -> None:
        """Fill in the numbers of the answers of open rows (of those that are left)."""
        block = evaluated.block
        rows = np.flatnonzero(unpacked(found.open, block.rows) & left).astype(np.int64)
        if len(rows):
            numbers[rows] = self._decided_rows(evaluated, found, rows)

    def _decided_rows(self, evaluated: Evaluated, found: SettledRows, rows: Rows) -> Numbers:
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
            for listed in self._lists.values():
                listed.forget()
        codes, columns = self._left(evaluated, found, rows)
        bare, certain = self._bare(codes)
        keys, places = distinct_rows(joined(bare, [certain, *columns]))
        first = np.empty(len(keys), dtype=np.int64)
        first[places[::-1]] = np.arange(len(rows))[::-1]
        self._learn(evaluated, rows, codes, keys, first)
        table = np.array([self._known[key] for key in keys], dtype=np.int32)
        self.rows += len(rows)
        return self._with_grounds(table[places], codes)

    def _learn(self, evaluated: Evaluated, rows: Rows, codes: Codes, keys: Sequence[bytes], first: Rows) -> None:
        """Decide what is not known yet of some keys, each by the first of its rows: together where that can be."""
        new = np.array([place for place, key in enumerate(keys) if key not in self._known], dtype=np.int64)
        if not len(new):
            return
        of_new = codes[:, first[new]]
        matrix = np.frombuffer(b"".join(keys[place] for place in new.tolist()), dtype=np.uint8).reshape(len(new), -1)
        columns = np.ascontiguousarray(matrix[:, len(self._parts) :]).view(np.int32)[:, 1:]
        reached = self._completed.decide(evaluated, rows[first[new]], self._what_is_open(of_new, columns))
        numbers = self._together(reached, of_new)
        for place, number in zip(new.tolist(), numbers.tolist(), strict=True):
            one, key = int(first[place]), keys[place]
            self._known[key] = (
                number if number >= 0 else self._exact(evaluated, int(rows[one]), key, codes[:, one].tobytes())
            )

    def _what_is_open(self, codes: Codes, columns: Numbers) -> list[Open | None]:
        """What is to be filled in each row; None where a list is unknown."""
        singles = self._open_singles(codes, columns)
        names = [RowInput(name) for name in singles]
        flags = np.stack([*singles.values()], axis=1) if singles else np.zeros((len(columns), 0), dtype=np.bool_)
        lists = dict(zip(self._lists, columns[:, len(self._names) :].T.tolist(), strict=True))
        found: list[Open | None] = []
        for row, here in enumerate(flags.tolist()):
            inputs = [name for name, is_open in zip(names, here, strict=True) if is_open]
            lengths: list[tuple[str, int]] = []
            for path, numbers in lists.items():
                if numbers[row] != APART:
                    records = self._lists[path].open_fields(numbers[row])
                    if records is None:
                        found.append(None)
                        break
                    lengths.append((path, len(records)))
                    inputs += [RowInput(name, path, n) for n, fields in enumerate(records) for name in fields]
            else:
                found.append(Open(tuple(inputs), tuple(lengths)))
        return found

    def _open_singles(self, codes: Codes, columns: Numbers) -> dict[str, Flags]:
        """Of each single input (and reading) the rows in which it is open, and an open comparison reads it."""
        places = {name: number for number, name in enumerate(self._names)}
        found = {name: columns[:, place] == UNKNOWN for name, place in places.items()}
        for together, readers in self._groups:
            relevant = (codes[readers] == OPEN).any(axis=0)
            for key in together:
                if key in places:
                    relevant |= columns[:, places[key]] != APART
            found |= {key: relevant for key in together if key not in places and key in self._never_told}
        for key, readers in self._elsewhere.items():
            found[key] = (codes[readers] == OPEN).any(axis=0)
        return {key: where for key, where in found.items() if where.any()}

    def _together(self, reached: Reached, codes: Codes) -> Numbers:
        """The numbers of what completions come to, without the grounds that Kleene logic settles; -1 where not found.

        Where the outcome is certain and no provision is, the cases are distinguished by the exact engine.
        """
        bare = reached.grounds & ~self._settled_grounds(codes)
        some = reached.grounds.any(axis=1, keepdims=True)
        keys, places = distinct_rows(np.concatenate([reached.outcomes, some.view(np.uint8), bare], axis=1))
        table = np.array([self._bare_number(key, reached.outcomes.shape[1]) for key in keys], dtype=np.int32)
        numbers: Numbers = np.where(reached.together, table[places], np.int32(-1))
        return numbers

    def _settled_grounds(self, codes: Codes) -> Codes:
        """The provisions that speak for certain, a bit for each, by row."""
        found = np.zeros((codes.shape[1], (len(self.plan.speaks) + 7) // 8), dtype=np.uint8)
        for bit, number in enumerate(self._places):
            found[:, bit // 8] |= (codes[number] == TRUE).view(np.uint8) << np.uint8(bit % 8)
        return found

    def _bare_number(self, key: bytes, width: int) -> int:
        """The number of an answer, by its outcomes, whether there is a ground, and the grounds to be named."""
        if key in self._by_bits:
            return self._by_bits[key]
        bits, grounds = int.from_bytes(key[:width], "little"), int.from_bytes(key[width + 1 :], "little")
        possible = tuple(name for number, name in enumerate(self.plan.outcomes) if bits >> number & 1)
        if len(possible) == 1 and (key[width] or possible[0] == self.plan.outcomes[-1]):
            named = {one.rule for bit, one in enumerate(self.plan.speaks) if grounds >> bit & 1}
            in_order = tuple(rule.id for rule in self.plan.decider.question.rules if rule.id in named)
            answer = RowAnswer("determined", possible[0], possible, in_order)
        elif len(possible) > 1 and not self.turns_on:
            answer = RowAnswer("depends", None, possible, ())
        else:
            self._by_bits[key] = -1
            return -1
        self._by_bits[key] = len(self._bare_answers)
        self._bare_answers.append(answer)
        return self._by_bits[key]

    def _exact(self, evaluated: Evaluated, row: int, key: bytes, codes: bytes) -> int:
        """The number of what is decided of a row, without the grounds that Kleene logic settles."""
        block = evaluated.block
        bare, names = key[: len(self._parts)], (*self._names, *self._lists)
        certain, *columns = np.frombuffer(key, np.int32, 1 + len(names), len(self._parts)).tolist()
        named = dict(zip(names, columns, strict=True))
        relevant = [name for name in self._names if named[name] != APART]
        records = {path: one.records(named[path]) for path, one in self._lists.items() if named[path] != APART}
        relevant_lists = {path: block.lists[path].at(row) for path in records if path in block.lists}
        days = self._days.pattern(
            bare, {name: block.singles[name].at(row) for name in relevant}, relevant_lists, records
        )
        pattern = (days, certain)
        if pattern not in self._decided:
            singles: dict[str, Scalar | None] = {path: block.singles[path].at(row) for path in self.plan.singles}
            lists = {path: block.lists[path].at(row) for path in self.plan.lists}
            answer = answer_on(self.plan.decider, self.plan.valued(singles, lists), turns_on=self.turns_on)
            settled = {
                one.rule
                for one, number in zip(self.plan.speaks, self._places, strict=True)
                if self.plan.outcomes[one.outcome] == answer.outcome and codes[number] == TRUE
            }
            self._decided[pattern] = len(self._bare_answers)
            self._bare_answers.append(
                replace(answer, grounds=tuple(rule for rule in answer.grounds if rule not in settled))
            )
        return self._decided[pattern]

    def _bare(self, codes: Codes) -> tuple[Codes, Numbers]:
        """The codes without what is settled of provisions, and the strongest outcome that is certain.

        A provision that does not speak changes nothing. Those that do make their outcome certain, and are grounds;
        which they are does not bear on the others.
        """
        bare = codes.copy()
        certain = np.full(codes.shape[1], len(self.plan.outcomes), dtype=np.int32)
        for number, part in enumerate(self._parts):
            if part.roots:
                certain[codes[number] == TRUE] = np.minimum(certain[codes[number] == TRUE], min(part.roots))
                if not part.within:
                    bare[number][codes[number] != OPEN] = NOT_MET
        return bare, certain

    def _with_grounds(self, decided: Numbers, codes: Codes) -> Numbers:
        """The numbers of the answers, with the grounds that Kleene logic settles in each row."""
        outcomes = {outcome: number for number, outcome in enumerate(self.plan.outcomes)}
        reached = np.array([outcomes.get(str(one.outcome), -1) for one in self._bare_answers], dtype=np.int32)[decided]
        lanes = np.zeros(((len(self.plan.speaks) + 7) // 8, len(decided)), dtype=np.uint8)
        for bit, (one, number) in enumerate(zip(self.plan.speaks, self._places, strict=True)):
            lanes[bit // 8] |= ((codes[number] == TRUE) & (reached == one.outcome)).view(np.uint8) << np.uint8(bit % 8)
        keys, numbers = distinct_rows(joined(lanes, [decided]))
        table = np.empty(len(keys), dtype=np.int32)
        for place, key in enumerate(keys):
            if key not in self._assembled:
                self._assembled[key] = self._assemble(key, len(lanes))
            table[place] = self._assembled[key]
        every: Numbers = table[numbers]
        return every

    def _assemble(self, key: bytes, lanes: int) -> int:
        answer = self._bare_answers[int(np.frombuffer(key, np.int32, 1, lanes)[0])]
        speaking = {one.rule for bit, one in enumerate(self.plan.speaks) if key[bit // 8] >> bit % 8 & 1}
        every = speaking | {*answer.grounds}
        grounds = tuple(rule.id for rule in self.plan.decider.question.rules if rule.id in every)
        return self.answers.number(replace(answer, grounds=grounds))

    def _groups_of(self) -> list[tuple[list[str], list[int]]]:
        """The single inputs, those together that orders bind, with the comparisons that read one of them."""
        orders = [(self.plan.residual.key(a), self.plan.residual.key(b)) for a, b in self.plan.orders]
        keys = dict.fromkeys([*self.plan.singles, *(day for pair in orders for day in pair)])
        found = []
        for together in connected_components(list(keys), [(a, b) for a, b in orders if a != b]):
            readers = [
                number
                for number, part in enumerate(self._parts)
                if part.reads is not None
                and not isinstance(part.formula, SomeRecord)
                and part.reads.singles & set(together)
            ]
            found.append((together, readers))
        return found

    def _read_elsewhere(self) -> dict[str, list[int]]:
        """Inputs and readings that no column tells and no order binds, with the parts that read each."""
        bound = {key for together, _ in self._groups for key in together}
        found: dict[str, list[int]] = {}
        for number, part in enumerate(self._parts):
            keys = set() if part.reads is None or isinstance(part.formula, SomeRecord) else {*part.reads.singles}
            if isinstance(part.formula, Choose):
                keys = {reading_key(part.formula.reading)}
            for key in sorted(keys - bound):
                found.setdefault(key, []).append(number)
        return found

    def _left(self, evaluated: Evaluated, found: SettledRows, rows: Rows) -> tuple[Codes, list[Numbers]]:
        """What each part is in each row; and the classes of what open comparisons read."""
        block = evaluated.block

        def flags(bits: npt.NDArray[np.uint8]) -> Flags:
            return unpacked(bits, block.rows)[rows]

        truths = (evaluated.truths(part.formula) for part in self._parts)
        codes = codes_of(
            self._parts,
            ((flags(truth.true), flags(truth.false)) for truth in truths),
            [flags(one) for one in found.reached],
            len(rows),
        )
        lists: list[Numbers] = []
        read: dict[str, Flags] = {}
        for one in self._lists.values():
            column, singles = one.column(evaluated, rows, codes)
            lists.append(column)
            for key, where in singles.items():
                read[key] = read[key] | where if key in read else where
        columns: list[Numbers] = []
        none = np.zeros(len(rows), dtype=np.bool_)
        for together, readers in self._groups:
            relevant = (codes[readers] == OPEN).any(axis=0)
            for key in together:
                relevant |= read.get(key, none)
            some = np.flatnonzero(relevant)
            for key in together:
                if key in self.plan.singles:
                    column = np.full(len(rows), APART, dtype=np.int32)
                    column[some] = self._of(key).of(block.singles[key].taken(rows[some]))
                    columns.append(column)
        return codes, [*columns, *lists]

    def _of(self, name: str) -> Classes:
        return self._classes.get(name, Classes())


def joined(codes: npt.NDArray[np.uint8], columns: Sequence[Numbers]) -> npt.NDArray[np.uint8]:
    """Codes of parts, and numbers, side by side as the bytes of each row."""
    wide = np.stack(columns, axis=1) if columns else np.empty((codes.shape[1], 0), dtype=np.int32)
    return np.concatenate([codes.T, np.ascontiguousarray(wide).view(np.uint8)], axis=1)
