"""Which values of an input a question can tell apart.

Choices that stand in the same comparisons, and numbers and days on the same side of every constant, are of one class,
unless the input is compared with another input, or its days are bound by an order: then each value is its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Final

import numpy as np
import numpy.typing as npt

from lawmodel.batch.rows.input_column import Coded, Held, Unknown, Whole, YesNo
from lawmodel.batch.rows.plan import Plan, atoms_in
from lawmodel.dataclass import dataclass
from lawmodel.inputs import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, NO_DAY, Scalar
from lawmodel.reasoning.formula import Atom, Fixed, Input, SomeRecord, constants, terms

OPEN: Final = -1
"""The class of what is not known."""
Numbers = npt.NDArray[np.int32]
_GREATEST: Final = 2**31 - 2
_FIRST_GREAT: Final = -1_000
_SPECIAL: Final = (NO_DAY, BEFORE_EVERY_DAY, AFTER_EVERY_DAY)


@dataclass(slots=True)
class Classes:
    """The classes of one input, or of one field of a list."""

    apart: bool = False
    """Each value is of a class of its own."""
    named: list[frozenset[Scalar]] = field(default_factory=list)
    """The values of each comparison of it."""
    _choices: dict[object, int] = field(default_factory=dict)
    _bounds: npt.NDArray[np.int64] | None = None
    _great: dict[int, int] = field(default_factory=dict)
    """The classes of numbers that are too great to be their own."""

    def number(self, value: int) -> int:
        """The class of a known day or number."""
        return int(self.of(Whole(np.array([value], dtype=np.int64)))[0])

    def choice(self, value: Scalar | None) -> int:
        """The class of a choice, or of yes and no."""
        if value is None:
            return OPEN
        key: object = value if self.apart else tuple(value in values for values in self.named)
        return self._choices.setdefault(key, len(self._choices))

    def of(self, held: Held) -> Numbers:
        """The class of each value."""
        if isinstance(held, Unknown):
            return np.full(len(held), OPEN, dtype=np.int32)
        if isinstance(held, YesNo):
            held = held.coded
        if isinstance(held, Coded):
            table = np.array([self.choice(value) for value in held.values], dtype=np.int32)
            numbers: Numbers = table[held.numbers]
            return numbers
        if self.apart:
            found = self._apart(held.values)
        else:
            if self._bounds is None:
                self._bounds = np.array(sorted({*_SPECIAL, *(int(v) for vs in self.named for v in vs)}), dtype=np.int64)
            below = np.searchsorted(self._bounds, held.values, side="left")
            up_to = np.searchsorted(self._bounds, held.values, side="right")
            found = (below + up_to).astype(np.int32)
        return found if held.known is None else np.where(held.known, found, np.int32(OPEN))

    def _apart(self, values: npt.NDArray[np.integer]) -> Numbers:
        """A class for each value: itself and one more, since the special day that never was is -1, which is taken.

        Numbers too great for that are numbered from below, beyond every class that means something else.
        """
        great = values > _GREATEST
        found: Numbers = np.where(great, 0, values).astype(np.int32) + 1
        if great.any():
            met = self._great
            found[great] = [met.setdefault(one, _FIRST_GREAT - len(met)) for one in values[great].tolist()]
        return found


def classes_of(plan: Plan) -> Mapping[str, Classes]:
    """The classes of every single input by its key, and of every field as ``list.field``."""
    found: defaultdict[str, Classes] = defaultdict(Classes)
    for atom, records in atoms_in(one.condition for one in plan.speaks):
        if isinstance(atom, SomeRecord):
            continue
        keys = _keys(atom, records)
        for key in keys:
            found[key].apart |= len(keys) > 1
            found[key].named.append(constants(atom))
    residual = plan.residual
    for ordering in plan.decider.question.orderings:
        for day in (ordering.first, ordering.then):
            key = residual.key(day) if ordering.records is None else f"{ordering.records}.{day}"
            found[key].apart = True
    return found


def _keys(atom: Atom, records: str | None) -> Sequence[str]:
    return [
        term.key if isinstance(term, Input) else f"{records}.{term.name}"
        for term in terms(atom)
        if not isinstance(term, Fixed)
    ]
