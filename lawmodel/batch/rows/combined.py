"""Rows that are what no case is, and rows that are odd: the rulebook's conditions of consistency, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from lawmodel.batch.rows.evaluated import Block, Evaluated
from lawmodel.batch.rows.overlapping import overlapping
from lawmodel.batch.rows.truths import Flags, unpacked
from lawmodel.case.case import Case
from lawmodel.case.valuation import as_written
from lawmodel.inputs import LAW_DATE, Scalar, Valuation
from lawmodel.inquiry.decider import Decider
from lawmodel.reasoning.combinations import Combination
from lawmodel.reasoning.formula import FALSE, TRUE, Formula, ResolvedQuestion, Rule
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.rulebook.model import Consistency

_SO = "so"


class Combined:
    """The conditions of consistency that count for a question, as they read the columns of a table.

    An error reads what a row comes to, a warning what its columns say and nothing else.
    """

    def __init__(self, made: Decider, valuation: Valuation) -> None:
        """Take the question, and what is the same for all rows."""
        written = as_written(made.rulebook, Case(), valuation.values)
        of_columns = {key: other for key, other in valuation.same_as.items() if key == LAW_DATE}
        combinations = made.combinations
        self._errors = _grounded(made.question, combinations.excluded, valuation)
        self._warnings = _grounded(made.question, combinations.odd, Valuation(written, of_columns))

    @property
    def conditions(self) -> list[Formula]:
        """What has to be read of a row."""
        return [condition for _, condition in (*self._errors, *self._warnings)]

    def impossible(self, block: Block) -> Iterator[tuple[int, Consistency]]:
        """Each row that is what no case is, with what says so."""
        evaluated = Evaluated(block)
        for rule, condition in self._errors:
            rows = unpacked(evaluated.truths(condition).true, block.rows)
            yield from ((row, rule) for row in np.flatnonzero(rows).tolist())

    def odd(self, block: Block, left: Flags, defaults: Mapping[str, Mapping[str, Scalar | None]]) -> dict[str, int]:
        """How many of the rows that are left are odd, by the id of what says so.

        A record that a row gives is whole: ``defaults`` are what it has, by list, in the fields that the table lacks.
        Two records of a row are compared only where the table gives that list.
        """
        if not self._warnings:
            return {}
        lists = {path: listed.with_defaults(defaults[path]) for path, listed in block.lists.items()}
        block = Block(block.rows, block.singles, lists)
        evaluated = Evaluated(block)
        found = {}
        for rule, condition in self._warnings:
            rows = unpacked(evaluated.truths(condition).true, block.rows) & left
            if rule.overlap:
                listed = block.lists.get(rule.overlap[0].rpartition(".")[0])
                rows = np.zeros_like(rows) if listed is None else rows & overlapping(rule, listed)
            if count := int(np.count_nonzero(rows)):
                found[str(rule.id)] = count
        return found


def _grounded(
    question: ResolvedQuestion, combinations: Sequence[Combination], valuation: Valuation
) -> list[tuple[Consistency, Formula]]:
    """The conditions with what is the same for all rows put in; those that never hold are left out."""
    rules = tuple(Rule(str(place), one.formula, ((_SO, TRUE),)) for place, one in enumerate(combinations))
    residual = Residual(replace(question, outcomes=(_SO, f"not {_SO}"), rules=rules), valuation)
    found = ((one.written, residual.speaks[_SO].get(str(place), FALSE)) for place, one in enumerate(combinations))
    return [(rule, condition) for rule, condition in found if condition is not FALSE]
