"""The conditions of a question and their parts, and which of them are left in a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from lawmodel.batch.rows.plan import InputsRead, direct_parts
from lawmodel.batch.rows.truths import Flags
from lawmodel.dataclass import dataclass
from lawmodel.reasoning.formula import Formula

FALSE, TRUE, OPEN, NOT_MET = 0, 1, 2, 3
"""What a part is in a row; one that is part of nothing open is not met."""
Codes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class ConditionPart:
    """A condition, or a part of others."""

    formula: Formula
    within: tuple[int, ...]
    """The numbers of the conditions that it is a part of; they come before it."""
    roots: tuple[int, ...]
    """The numbers of what is asked about, if it is that itself."""
    reads: InputsRead | None
    """What it reads, if it has no parts: a comparison, or a condition on a list."""


def parts_of(asked: Iterable[tuple[Formula, int]], about: str | None = None) -> list[ConditionPart]:
    """The conditions asked about, each with a number, and their parts: each once, the whole before the part.

    ``about`` is the list whose records the conditions are about.
    """
    order: dict[int, Formula] = {}
    roots: dict[int, set[int]] = {}

    def visit(formula: Formula) -> None:
        if id(formula) not in order:
            for part in direct_parts(formula):
                visit(part)
            order[id(formula)] = formula

    for condition, number in asked:
        visit(condition)
        roots.setdefault(id(condition), set()).add(number)
    numbers = {key: number for number, key in enumerate(reversed(order))}
    within: dict[int, list[int]] = {key: [] for key in order}
    for key, formula in order.items():
        for part in direct_parts(formula):
            within[id(part)].append(numbers[key])
    return [
        ConditionPart(
            order[key],
            tuple(within[key]),
            tuple(roots.get(key, ())),
            None if direct_parts(order[key]) else InputsRead.of(order[key], about),
        )
        for key in numbers
    ]


def codes_of(
    parts: Sequence[ConditionPart], truths: Iterable[tuple[Flags, Flags]], met: Sequence[Flags], rows: int
) -> Codes:
    """What each part is in each row.

    ``truths`` says where each part is true and where it is false, ``met`` where what is asked about matters.
    """
    codes = np.empty((len(parts), rows), dtype=np.uint8)
    for number, (part, (true, false)) in enumerate(zip(parts, truths, strict=True)):
        here = np.zeros(rows, dtype=np.bool_)
        for one in part.within:
            here |= codes[one] == OPEN
        for one in part.roots:
            here |= met[one]
        codes[number] = np.where(here, np.where(true, TRUE, np.where(false, FALSE, OPEN)), NOT_MET)
    return codes
