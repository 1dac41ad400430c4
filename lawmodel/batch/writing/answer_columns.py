"""Answers as the columns of a table: each different answer is put into words once.

Where a question is asked in several ways, there is one set of columns for each: ``outcome[LABEL]`` and so on.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa

from lawmodel.batch.rows.answers import Answers
from lawmodel.batch.rows.verdicts import Numbers
from lawmodel.batch.running.run import Decided, Run
from lawmodel.batch.tables.matched import KEY
from lawmodel.dataclass import dataclass
from lawmodel.results.encoder import encode

ROW: Final = "row"
"""The column of row numbers, where no column names the cases."""
TEXTS: Final = ("outcome", "status")
LISTS: Final = ("possible", "grounds", "grounds_between", "turns_on")


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """The answers of one way of asking."""

    label: str
    """Empty where it is the only one."""
    answers: Answers

    def column(self, name: str) -> str:
        """What one of its columns is called."""
        return f"{name}[{self.label}]" if self.label else name


class AnswerColumns(ABC):
    """Columns of a block of answers."""

    def __init__(self, sets: Sequence[AnswerSet], *, turns_on: bool) -> None:
        self.sets = sets
        self.turns_on = turns_on
        self._made = [0] * len(sets)
        self._arrays: list[dict[str, pa.Array]] = [{} for _ in sets]

    def table(self, decided: Decided) -> pa.Table:
        """The answers of a block, behind the names or numbers of its cases."""
        keys = decided.keys
        if keys is None:
            return pa.table({ROW: pa.array(decided.rows), **self.of(decided.answers)})
        if pa.types.is_dictionary(keys.type):
            keys = keys.cast(keys.type.value_type)
        return pa.table({KEY: keys, **self.of(decided.answers)})

    def schema(self) -> pa.Schema:
        """The columns of a table without rows."""
        return pa.schema([(ROW, pa.int64()), *self.types().items()])

    def types(self) -> Mapping[str, pa.DataType]:
        """The columns of answers, as texts and lists of texts."""
        kinds = dict.fromkeys(TEXTS, pa.string()) | dict.fromkeys(LISTS, pa.list_(pa.string()))
        return {
            one.column(name): kind
            for one in self.sets
            for name, kind in kinds.items()
            if name != "turns_on" or self.turns_on
        }

    def of(self, numbers: Sequence[Numbers]) -> dict[str, pa.Array]:
        """The columns of rows, from the numbers of their answers in each set."""
        found: dict[str, pa.Array] = {}
        for place, (one, rows) in enumerate(zip(self.sets, numbers, strict=True)):
            answers = one.answers.every[:]  # more may come in meanwhile
            if len(answers) != self._made[place]:
                self._arrays[place] = self.arrays(one, [encode(answer, brief=not self.turns_on) for answer in answers])
                self._made[place] = len(answers)
            taken = pa.array(rows)
            found |= {name: array.take(taken) for name, array in self._arrays[place].items()}
        return found

    def arrays(self, one: AnswerSet, answers: list[dict[str, Any]]) -> dict[str, pa.Array]:
        """The columns of the different answers of a set."""
        return {one.column(name): self.array(name, [each[name] for each in answers]) for name in answers[0]}

    @abstractmethod
    def array(self, name: str, values: list[Any]) -> pa.Array:
        """One column of the different answers."""


class NumberedColumns(AnswerColumns):
    """Texts by number, each text once."""

    def array(self, name: str, values: list[Any]) -> pa.Array:
        """Texts, or lists of texts."""
        words = [word for one in values for word in one] if name in LISTS else [one for one in values if one]
        texts = {word: number for number, word in enumerate(dict.fromkeys(words))}
        dictionary = pa.array(texts, type=pa.string())
        if name not in LISTS:
            numbers = pa.array([texts.get(one) for one in values], type=pa.int32())
            return pa.DictionaryArray.from_arrays(numbers, dictionary)
        offsets = np.cumsum([0, *map(len, values)]).astype(np.int32)
        numbers = pa.array([texts[word] for word in words], type=pa.int32())
        return pa.ListArray.from_arrays(pa.array(offsets), pa.DictionaryArray.from_arrays(numbers, dictionary))


class JoinedColumns(AnswerColumns):
    """Lists as one text."""

    def array(self, name: str, values: list[Any]) -> pa.Array:
        """Texts."""
        return pa.array([";".join(one) if isinstance(one, list) else one for one in values], type=pa.string())


class PlainColumns(AnswerColumns):
    """Texts, and lists of texts: not every reader takes lists of texts by number where there is no text at all."""

    def array(self, name: str, values: list[Any]) -> pa.Array:
        """Texts, or lists of texts."""
        return pa.array(values, type=pa.list_(pa.string()) if name in LISTS else pa.string())


class JsonAnswerColumns(PlainColumns):
    """One column for each set: the members of a JSON object, without its braces."""

    def arrays(self, one: AnswerSet, answers: list[dict[str, Any]]) -> dict[str, pa.Array]:
        """One column of texts."""
        named = ({one.column(name): value for name, value in each.items()} for each in answers)
        return {one.column("json"): pa.array(json.dumps(each, ensure_ascii=False)[1:-1] for each in named)}


def sets_of(run: Run) -> list[AnswerSet]:
    """The sets of answers that a run gives."""
    return [AnswerSet(way.asked.label, way.answers) for way in run.ways]
