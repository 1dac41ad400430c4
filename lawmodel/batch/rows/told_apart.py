"""The values that are tried for the open inputs of a row: all that a question can tell apart.

Of choices that is one of each class. Of days and numbers it is the constants and what the row knows, and as many after
each as there are open ones that are bound together, and before the first: so every order in which they can stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from lawmodel.batch.rows.classes import Classes
from lawmodel.batch.rows.evaluated import Block
from lawmodel.batch.rows.input_column import Held, Whole
from lawmodel.batch.rows.plan import Plan, atoms_in
from lawmodel.batch.rows.truths import Rows
from lawmodel.dataclass import dataclass
from lawmodel.inputs import FIRST_DAY, LAST_DAY, NEVER_REACHED, Scalar, Value
from lawmodel.reasoning.formula import Domain, Fixed, Input, OneOf, SomeRecord, Spaced, terms
from lawmodel.reasoning.open_cases.variable_blocks import connected_components

Tried = npt.NDArray[np.int64]
"""Days and numbers; of choices (and yes, no) their numbers in the domain."""


@dataclass(frozen=True, slots=True)
class RowInput:
    """A single input of a row, or a field of one of its records."""

    name: str
    records: str | None = None
    number: int = 0
    """Of the record in its list, the first is 0."""

    @property
    def kind(self) -> str:
        """What is the same for all records: the name of a single input, or ``list.field``."""
        return self.name if self.records is None else f"{self.records}.{self.name}"


class ToldApart:
    """Finds the values to be tried for the inputs of a question."""

    def __init__(self, plan: Plan, classes: Mapping[str, Classes]) -> None:
        self._plan = plan
        self._classes = classes
        self._beside: dict[str, dict[RowInput, None]] = {}
        """By the kind of an input: with what it is compared, or an order binds it (of a record: of the same one)."""
        self._choices: dict[str, Tried] = {}
        self._measured: set[str] = set()
        """The kinds of days between which time is measured."""
        residual = plan.residual
        for one in plan.decider.question.orderings:
            if one.records is None:
                self._bind(RowInput(residual.key(one.first)), RowInput(residual.key(one.then)))
            else:
                self._bind(RowInput(one.first, one.records), RowInput(one.then, one.records))
        for atom, records in atoms_in(one.condition for one in plan.speaks):
            if isinstance(atom, SomeRecord | OneOf):
                continue
            sides = [
                RowInput(term.key) if isinstance(term, Input) else RowInput(term.name, records)
                for term in terms(atom)
                if not isinstance(term, Fixed)
            ]
            if len(sides) > 1:
                self._bind(*sides)
            if isinstance(atom, Spaced):
                self._measured |= {one.kind for one in sides}

    def _bind(self, one: RowInput, other: RowInput) -> None:
        self._beside.setdefault(one.kind, {})[other] = None
        self._beside.setdefault(other.kind, {})[one] = None

    def domain(self, one: RowInput) -> Domain:
        """What an input can be."""
        domains = self._plan.residual.domains
        return domains[one.name] if one.records is None else dict(domains[one.records].fields)[one.name]

    def knows(self, inputs: Sequence[RowInput]) -> bool:
        """Whether the values to be tried for these are found here: not for days from which time is measured."""
        return self._measured.isdisjoint(one.kind for one in inputs)

    def values(
        self, block: Block, rows: Rows, inputs: Sequence[RowInput], lengths: Mapping[str, int]
    ) -> dict[RowInput, Tried]:
        """For each open input of some rows what is tried: in each row, or (one row of them) the same in all.

        ``lengths`` says of the lists that matter how many records they have in these rows.
        """
        found: dict[RowInput, Tried] = {}
        whole = {str(number): one for number, one in enumerate(inputs) if is_whole(self.domain(one))}
        names = {one: name for name, one in whole.items()}
        pairs = [
            (name, names[other]) for name, one in whole.items() for other in self._near(one, lengths) if other in names
        ]
        for bound in connected_components(list(whole), pairs):
            together = [whole[name] for name in bound]
            points = self._points(block, rows, together, lengths)
            for one in together:
                special = np.array(sorted(self.domain(one).special), dtype=np.int64)
                found[one] = np.concatenate([points, np.broadcast_to(special, (len(points), len(special)))], axis=1)
        return {one: found[one] if one in found else self._of_each_class(one) for one in inputs}

    def _near(self, one: RowInput, lengths: Mapping[str, int]) -> Iterator[RowInput]:
        """With what an input of a row is compared, or an order binds it."""
        for other in self._beside.get(one.kind, ()):
            if other.records is None:
                yield other
            elif other.records == one.records:
                yield RowInput(other.name, other.records, one.number)
            else:
                for number in range(lengths.get(other.records, 0)):
                    yield RowInput(other.name, other.records, number)

    def _of_each_class(self, one: RowInput) -> Tried:
        """Of choices one of each class, in one row; all where they are compared with another input."""
        if one.kind not in self._choices:
            choices = choices_of(self.domain(one))
            named = self._classes.get(one.kind, Classes()).named
            found: dict[object, int] = {}
            for number, choice in enumerate(choices):
                apart = one.kind in self._beside or not named
                found.setdefault(number if apart else tuple(choice in values for values in named), number)
            self._choices[one.kind] = np.array([list(found.values())], dtype=np.int64)
        return self._choices[one.kind]

    def _points(self, block: Block, rows: Rows, together: Sequence[RowInput], lengths: Mapping[str, int]) -> Tried:
        """The days of the calendar (or the numbers) at which open ones that are bound together can stand, by row."""
        of_days = self.domain(together[0]).kind == "date"
        first, last = (FIRST_DAY, LAST_DAY) if of_days else (0, NEVER_REACHED)
        constants = {
            int(value)
            for one in together
            for values in self._classes.get(one.kind, Classes()).named
            for value in values
            if first <= int(value) <= last
        }
        columns: list[Tried] = [np.array([value], dtype=np.int64) for value in sorted(constants)]
        for other in dict.fromkeys(other for one in together for other in self._near(one, lengths)):
            if other in together:
                continue
            held = self._held(block, rows, other)
            if isinstance(held, Whole):
                columns.append(held.values.astype(np.int64))
            elif isinstance(held, int):
                columns.append(np.array([held], dtype=np.int64))
        at = np.stack(np.broadcast_arrays(*columns), axis=1) if columns else np.array([[first]], dtype=np.int64)
        # What stands for a special day, or for nothing known, is a day like any other: one more that is tried.
        at = np.where((at < first) | (at > last), first, at)
        steps = range(len(together) + 1)
        before = [at.min(axis=1, keepdims=True) - step for step in steps[1:]]
        found: Tried = np.clip(np.concatenate([*(at + step for step in steps), *before], axis=1), first, last)
        return found

    def _held(self, block: Block, rows: Rows, one: RowInput) -> Held | Value:
        """The values of an input in some rows; or the one that it has in all."""
        if one.records is None:
            held = block.singles.get(one.name)
            return self._plan.template.valuation.values[one.name] if held is None else held.taken(rows)
        listed = block.lists[one.records]
        if one.name not in listed.fields:
            return self._plan.defaults[one.records].get(one.name)
        return listed.fields[one.name].taken(listed.starts[rows] + one.number)


def is_whole(domain: Domain) -> bool:
    """Whether it is of days, or of numbers."""
    return domain.kind in ("date", "number")


def choices_of(domain: Domain) -> tuple[Scalar, ...]:
    """The values of a choice, or of yes and no."""
    return (True, False) if domain.kind == "yes/no" else domain.choices
