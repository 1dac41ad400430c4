"""Distinguishing cases: why an outcome is certain although Kleene logic leaves it open.

A person who is foreign or stateless may be covered by a rule for both: "foreign" is open and so is "stateless",
and yet one of them holds. The reason is given as a tree: it distinguishes the cases by one condition after the
other, until Kleene logic settles the outcome in each. Cases that consistency rules out are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.formula import TRUE, Choose, Formula, OneOf, Ordered, Same, SomeRecord, Spaced, children
from lawmodel.reasoning.open_cases.assumption import Assumed, Deciding, option_atom, trimmed, under
from lawmodel.reasoning.open_cases.residual import Origin, Residual
from lawmodel.reasoning.open_cases.sufficient_knowledge import SufficientKnowledge


@dataclass(frozen=True, slots=True)
class SettledCase:
    """A case in which the outcome is settled."""

    outcome: str
    rules: tuple[str, ...]
    """The ids of the provisions that then speak for it; none for an outcome that holds where no provision speaks."""


@dataclass(frozen=True, slots=True)
class Split:
    """A condition by which two cases are distinguished."""

    condition: Formula
    """As it stands in the law: a comparison, a `SomeRecord` over an unknown list, or the option of a reading
    (`OneOf` of the reading's key)."""
    record: int | None
    """The number of the record that the condition is about, if it is about one."""
    if_true: Distinction | None
    """None: consistency rules this case out."""
    if_false: Distinction | None
    """None: consistency rules this case out."""


Distinction: TypeAlias = SettledCase | Split


def distinguish(residual: Residual, outcome: str) -> Distinction:
    """The tree for a residual that has a consistent completion, and this outcome in all of them."""
    return _Search(residual, outcome).tree(trimmed(residual.deciding), {})


class _Search:
    def __init__(self, residual: Residual, outcome: str) -> None:
        self._residual = residual
        self._pool = residual.pool
        # No method of this object: in a circle, the solver and all its memory would wait for the garbage collector.
        option = partial(option_atom, residual.pool)
        self._knowledge = SufficientKnowledge(residual, outcome, self._open(residual.deciding), option)

    def tree(self, state: Deciding, assumed: Assumed) -> Distinction:
        """The cases that remain under what is assumed."""
        outcome, condition = state[0]
        if condition is TRUE:
            speaks = self._residual.speaks[outcome].items()
            memory: dict[int, Formula] = {}
            return SettledCase(
                outcome, tuple(rule for rule, one in speaks if self._under(one, assumed, memory) is TRUE)
            )
        atom, if_true, if_false = self._best(state, assumed)
        origin = self._residual.origins.get(id(atom), Origin(atom, None))
        return Split(
            origin.formula,
            origin.record,
            None if if_true is None else self.tree(if_true, {**assumed, id(atom): True}),
            None if if_false is None else self.tree(if_false, {**assumed, id(atom): False}),
        )

    def _best(self, state: Deciding, assumed: Assumed) -> tuple[Formula, Deciding | None, Deciding | None]:
        """Of the conditions to know: the one that leaves least to know in the worse of its cases; and these cases."""
        candidates = []
        enough = self._knowledge.enough(assumed, self._open(state))
        for place, atom in enumerate(enough):
            cases = [self._case(state, {**assumed, id(atom): truth}) for truth in (True, False)]
            sizes = [0 if case is None else len(self._open(case)) for case in cases]
            candidates.append((max(sizes), sum(sizes), place, atom, cases))
        *_, atom, (if_true, if_false) = min(candidates, key=lambda candidate: candidate[:3])
        return atom, if_true, if_false

    def _case(self, state: Deciding, assumed: Assumed) -> Deciding | None:
        """What is left to settle under what is assumed; None if consistency rules that out."""
        if not self._knowledge.consistent(assumed):
            return None
        memory: dict[int, Formula] = {}
        return trimmed((outcome, self._under(condition, assumed, memory)) for outcome, condition in state)

    def _option(self, reading: str, option: str) -> Formula:
        return option_atom(self._pool, reading, option)

    def _open(self, state: Iterable[tuple[str, Formula]]) -> list[Formula]:
        """The conditions that what is left to settle reads, in order; none if it is settled."""
        found: dict[int, Formula] = {}
        seen: set[int] = set()
        waiting = [condition for _, condition in state][::-1]
        while waiting:
            formula = waiting.pop()
            if id(formula) in seen:
                continue
            seen.add(id(formula))
            match formula:
                case OneOf() | Same() | Ordered() | Spaced() | SomeRecord():
                    found[id(formula)] = formula
                    continue
                case Choose(reading, branches):
                    options = [self._option(reading, option) for option, _ in reversed(branches)]
                case _:
                    options = []
            waiting += reversed(children(formula))
            waiting += options
        return list(found.values())

    def _under(self, formula: Formula, assumed: Assumed, memory: dict[int, Formula]) -> Formula:
        """What is left of a formula under what is assumed."""
        return under(self._pool, formula, assumed, memory)
