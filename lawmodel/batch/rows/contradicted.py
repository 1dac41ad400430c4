"""Rows whose days contradict each other.

A row is looked at one by one (`lawmodel.case.consistency`) only where two of its days are in the wrong order at all,
perhaps with others between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from lawmodel.batch.rows.evaluated import Block
from lawmodel.batch.rows.input_column import Whole
from lawmodel.batch.rows.plan import Plan
from lawmodel.batch.rows.truths import Flags
from lawmodel.case.consistency import Contradiction, contradictions
from lawmodel.inputs import AFTER_EVERY_DAY, BEFORE_EVERY_DAY


class Contradicted:
    """Finds the rows that contradict themselves."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._singles = _closure(plan.orders)
        self._fields = {
            path: _closure((one.first, one.then) for one in plan.decider.question.orderings if one.records == path)
            for path in plan.lists
        }

    def rows(self, block: Block) -> Iterator[tuple[int, Contradiction]]:
        """Each row that contradicts itself, with each of its contradictions."""
        further = self.plan.decider.combinations.orders
        for row in np.flatnonzero(self._suspected(block)).tolist():
            singles = {path: block.singles[path].at(row) for path in self.plan.singles}
            lists = {path: block.lists[path].at(row) for path in self.plan.lists}
            values = self.plan.valued(singles, lists).valuation.values
            for found in contradictions(self.plan.asked.rulebook, values, further):
                yield row, found

    def _suspected(self, block: Block) -> Flags:
        found = np.zeros(block.rows, dtype=np.bool_)
        for first, then in self._singles:
            found |= _wrong(self._day(block, first), self._day(block, then), block.rows)
        for path, pairs in self._fields.items():
            listed = block.lists[path]
            default = self.plan.defaults[path]
            for first, then in pairs:
                earlier, later = (_side(listed.fields.get(day, default.get(day))) for day in (first, then))
                wrong = _wrong(earlier, later, len(listed.parents))
                found[listed.parents[wrong]] = True
        return found

    def _day(self, block: Block, path: str) -> Whole | int | None:
        key = self.plan.residual.key(path)
        return _side(block.singles[key] if key in block.singles else self.plan.template.valuation.values[key])


def _side(value: object) -> Whole | int | None:
    return value if isinstance(value, Whole) or (isinstance(value, int) and not isinstance(value, bool)) else None


def _wrong(first: Whole | int | None, then: Whole | int | None, rows: int) -> Flags:
    """Where the first is a day of the calendar that comes after the second."""
    if first is None or then is None:
        return np.zeros(rows, dtype=np.bool_)
    one, other = (side if isinstance(side, int) else side.values for side in (first, then))
    found = np.array(np.broadcast_to(np.greater(one, other), (rows,)))
    if not found.any():
        return found
    for side, values in ((first, one), (then, other)):
        found &= np.greater(values, BEFORE_EVERY_DAY) & np.less(values, AFTER_EVERY_DAY)
        if isinstance(side, Whole) and side.known is not None:
            found &= side.known
    return found


def _closure(orders: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those days that may not come after others, directly or through days between; the direct ones first."""
    found = dict.fromkeys(orders)
    following: dict[str, list[str]] = {}
    for first, then in found:
        following.setdefault(first, []).append(then)
    for first in following:
        waiting, seen = list(following[first]), set(following[first])
        for then in waiting:
            found[first, then] = None
            further = [one for one in following.get(then, ()) if one not in seen]
            seen.update(further)
            waiting += further
    return list(found)
