"""Records under the numbers that they had before others were taken out, so that traces can be laid side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.trace import FactComparison, Trace
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
        return self._trace(step, step.step)

    def _trace(self, step: Trace, cited: str) -> Trace:
        """A step, which is cited so under the numbers of before."""
        if step.id is None:
            return replace(step, children=self._below(step, cited), step=cited)
        name, says = self.name(step.id), step.says
        if step.kind == "record" and name != step.id:
            says = says.removesuffix(_number(step.id)) + _number(name)
            cited = cited.removesuffix(_number(step.id)) + _number(name)
        compared = None if step.comparison is None else self._comparison(step.comparison)
        return replace(step, id=name, says=says, children=self._below(step, cited), step=cited, comparison=compared)

    def _below(self, step: Trace, cited: str) -> tuple[Trace, ...]:
        return tuple(self._trace(child, cited + child.step.removeprefix(step.step)) for child in step.children)

    def _comparison(self, comparison: FactComparison) -> FactComparison:
        record = comparison.record
        if record is not None:
            record = int(_number(self.name(f"{comparison.fact}[{record}]")))
        bound_is = None if comparison.bound_is is None else self.name(comparison.bound_is)
        return replace(comparison, record=record, bound_is=bound_is)


def _number(record: str) -> str:
    """The number in the name of a record."""
    return record.rpartition("[")[2].removesuffix("]")
