"""Grounding: every condition on the records of an unknown list written out for each of the records that can matter.

A ground residual has no quantifier (`SomeRecord`) left, and single inputs only: for each place in a list
(`OpenInputs` says how many there must be) whether a record is there, and its fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.formula import (
    Domain,
    Field,
    Formula,
    Input,
    OneOf,
    Ordered,
    Same,
    SomeRecord,
    Spaced,
    Term,
    atoms_of,
    children,
    field_key,
)
from lawmodel.reasoning.open_cases.assumption import Deciding, trimmed
from lawmodel.reasoning.open_cases.open_inputs import OpenInputs, presence_key
from lawmodel.reasoning.open_cases.pool import Pool
from lawmodel.reasoning.open_cases.residual import Residual, Side
from lawmodel.reasoning.open_cases.variable_blocks import inputs_of
from lawmodel.reasoning.rewrite import with_terms


@dataclass(frozen=True, slots=True)
class GroundResidual:
    """A residual without unknown lists: propositional, its quantifiers grounded."""

    pool: Pool
    deciding: Deciding
    """Each outcome that is not excluded, strongest first, with the condition of it; true for the last."""
    domains: Mapping[str, Domain]
    orderings: tuple[tuple[Side, Side], ...]
    contradictory: bool
    inputs: Mapping[str, tuple[str, ...]]
    """The open inputs of the residual, each with the single inputs it is made of: itself, or all those of a list."""


def ground_residual(residual: Residual, deciding: Sequence[tuple[str, Formula]] | None = None) -> GroundResidual:
    """Write the conditions on unknown lists out: those that decide the outcome, or others of the residual."""
    written = residual.deciding if deciding is None else deciding
    found = OpenInputs(residual, [formula for _, formula in written])
    orderings: list[tuple[Side, Side]] = list(residual.orderings)
    for records, pairs in residual.record_orderings.items():
        for slot in range(1, found.slots.get(records, 0) + 1):
            orderings += [(field_key(records, slot, one), field_key(records, slot, other)) for one, other in pairs]
    writer = _Writer(residual.pool, found.slots)
    return GroundResidual(
        residual.pool,
        trimmed((outcome, writer.out(formula)) for outcome, formula in written),
        {**residual.domains, **found.variables},
        tuple(orderings),
        residual.contradictory,
        {key: tuple(parts) for key, parts in found.inputs.items()},
    )


def without_days_unread(grounded: GroundResidual) -> GroundResidual:
    """The same without the days that no condition reads, whose orders are passed on to the days on either side.

    What is reached stays the same: between two days in order there is always room for a third. In how many situations
    it is, and what can move alone, does not.
    """
    read = {key for atom in atoms_of(condition for _, condition in grounded.deciding) for key in inputs_of(atom)}
    before: dict[Side, dict[Side, None]] = {}
    after: dict[Side, dict[Side, None]] = {}

    def order(first: Side, then: Side) -> None:
        if first != then:
            after.setdefault(first, {})[then] = None
            before.setdefault(then, {})[first] = None

    for first, then in grounded.orderings:
        order(first, then)
    unread = [side for side in {**before, **after} if isinstance(side, str) and side not in read]
    for side in unread:
        earlier, later = before.pop(side, {}), after.pop(side, {})
        for one in earlier:
            after[one].pop(side, None)
        for one in later:
            before[one].pop(side, None)
        if not grounded.domains[side].special:  # a special day stands in no order
            for first, then in product(earlier, later):
                order(first, then)
    left = [(first, then) for first, all_after in after.items() for then in all_after]
    wrong = any(isinstance(one, int) and isinstance(other, int) and one > other for one, other in left)
    return replace(
        grounded,
        orderings=tuple(pair for pair in left if not all(isinstance(side, int) for side in pair)),
        contradictory=grounded.contradictory or wrong,
    )


class _Writer:
    def __init__(self, pool: Pool, slots: Mapping[str, int]) -> None:
        self._pool = pool
        self._slots = slots
        self._known: dict[tuple[int, str | None, int], Formula] = {}

    def out(self, formula: Formula, records: str | None = None, slot: int = 0) -> Formula:
        """The formula without `SomeRecord`, for one place of the list at hand."""
        place = (id(formula), records, slot)
        if place not in self._known:
            self._known[place] = self._written(formula, records, slot)
        return self._known[place]

    def _written(self, formula: Formula, records: str | None, slot: int) -> Formula:
        pool = self._pool
        match formula:
            case SomeRecord(inner, such_that, at_least):
                found = (
                    pool.conjunction((self._present(inner, number), self.out(such_that, inner, number)))
                    for number in range(1, self._slots[inner] + 1)
                )
                return pool.at_least(at_least, found)
            case OneOf() | Same() | Ordered() | Spaced():
                return pool.atom(with_terms(formula, lambda term: self._term(term, records, slot)))
            case _:
                return pool.rebuild(formula, [self.out(part, records, slot) for part in children(formula)])

    def _present(self, records: str, slot: int) -> Formula:
        return self._pool.atom(OneOf(Input(presence_key(records, slot)), frozenset({True})))

    def _term(self, term: Term, records: str | None, slot: int) -> Term:
        return Input(field_key(str(records), slot, term.name)) if isinstance(term, Field) else term
