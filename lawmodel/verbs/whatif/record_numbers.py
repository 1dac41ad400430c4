"""Records under the numbers that they had before others were taken out, so that traces can be laid side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lawmodel.reasoning.trace import Trace
from lawmodel.value_object import ValueObject

_RECORD = re.compile(r".+?\[[0-9]+\]")


@dataclass(frozen=True, slots=True)
class RecordNumbers(ValueObject):
    """The names of records before, by their names now: ``list[2]`` for ``list[1]``. Others have the same."""

    before: Mapping[str, str]

    def name(self, key: str) -> str:
        """The name of an input, under the number of before."""
        record = _RECORD.match(key)
        return key if record is None else self.before.get(record[0], record[0]) + key[record.end() :]

    def groups(self, groups: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
        """Groups of inputs, under the numbers of before."""
        return tuple(tuple(map(self.name, group)) for group in groups)

    def trace(self, step: Trace) -> Trace:
        """A step and all below it, under the numbers of before."""
        if not self.before:
            return step
        children = tuple(self.trace(child) for child in step.children)
        if step.id is None:
            return replace(step, children=children)
        name, says = self.name(step.id), step.says
        if step.kind == "record" and name != step.id:
            says = says.removesuffix(_number(step.id)) + _number(name)
        return replace(step, id=name, says=says, children=children)


def _number(record: str) -> str:
    """The number in the name of a record."""
    return record.rpartition("[")[2].removesuffix("]")
