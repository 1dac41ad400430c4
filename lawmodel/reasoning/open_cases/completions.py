"""Completions: the consistent ways to fill in what a case leaves open.

A decision diagram says which outcomes are reached, and Python finds completions that reach them by changing one input
at a time; where the diagram would grow too large, or none is found so, the solver finds completions and proves that
there are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, assert_never

from lawmodel.cached_property import cached_property
from lawmodel.inputs import FIRST_DAY, LAST_DAY, is_calendar_day
from lawmodel.reasoning.evaluation import NO_RECORD, Truth, Values, meaning
from lawmodel.reasoning.formula import Domain, Formula, Scalar, Value
from lawmodel.reasoning.open_cases.decision_diagram import DecisionDiagram
from lawmodel.reasoning.open_cases.grounding import ground_residual, without_days_unread
from lawmodel.reasoning.open_cases.open_inputs import simplest
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.open_cases.variable_blocks import TooManySituations
from lawmodel.reasoning.relevant_values import RelevantChoices, places
from lawmodel.reasoning.solving.solver import Solver as Solver
from lawmodel.reasoning.solving.z3_encoding import Encoding, joined
from lawmodel.reasoning.spaced_days import BoundDays, TooManyDays

_TRIED: Final = 8
"""Choices that are tried in Python before the solver is asked."""


class Completions:
    """The completions of a residual, as far as they bear on the outcome."""

    def __init__(self, residual: Residual) -> None:
        self.residual = residual
        self.outcomes = tuple(outcome for outcome, _ in residual.deciding)
        """Those that Kleene logic does not exclude; the strongest first."""
        self.encoding = Encoding(residual, [formula for _, formula in residual.deciding])
        self.ordered = {side for sides in residual.orderings for side in sides if isinstance(side, str)}
        """The inputs that an ordering binds."""
        self._deciding = [(outcome, meaning(formula)) for outcome, formula in residual.deciding]

    # --- in Python ---------------------------------------------------------------------------------

    def allowed(self, values: Values) -> list[str]:
        """The outcomes that Kleene logic does not exclude, where some values are open."""
        found = []
        for outcome, holds in self._deciding:
            truth: Truth = holds(values, NO_RECORD)
            if truth is not False:
                found.append(outcome)
            if truth:
                break
        return found

    def outcome(self, values: Values) -> str | None:
        """The outcome; None where it is open because some value is."""
        for outcome, holds in self._deciding:
            truth: Truth = holds(values, NO_RECORD)
            if truth is not False:
                return outcome if truth else None
        raise AssertionError("the last outcome holds where no other does")

    def consistent(self, values: Values) -> bool:
        """Whether the days of a completion are in order; each value is taken to be in its domain."""
        for sides in self.residual.orderings:
            one, other = (values[side] if isinstance(side, str) else side for side in sides)
            if is_calendar_day(one) and is_calendar_day(other) and one > other:  # type: ignore[operator]
                return False
        return not self.residual.contradictory

    def alternatives(self, key: str) -> Sequence[Value]:
        """A few values of an input that are likely to matter."""
        if key in self.encoding.slots:
            return [()]
        domain = self.residual.domains[key]
        if domain.kind in {"number", "date"}:
            return places(domain, {*self.encoding.open.mentioned.get(key, ()), *_ends(domain)})
        return self.representatives(key)[:_TRIED]

    def representatives(self, key: str) -> Sequence[Scalar]:
        """Values of a single input, such that each other value of it allows the same outcomes as one of these.

        Choices that no condition tells apart are alike. What a whole
        number or a day allows is settled by its place among the constants and by how many of the other such
        inputs fit between it and the constants on either side. So the constants and the numbers near them do,
        as far as one more than there are other inputs. Where time is measured from a day to others, `BoundDays` knows
        between which days all are alike.

        Raises `TooManyDays` where these are too many.
        """
        domain = self.residual.domains[key]
        match domain.kind:
            case "yes/no":
                return [False, True]
            case "choice":
                return self.choices(key).values
            case "number" | "date":
                bound = self.encoding.open.measured.get(key)
                return self._whole_numbers(domain) if bound is None else self._between_borders(bound, key, domain)
            case "records":
                raise TypeError("a list is no single input")
            case _:
                assert_never(domain.kind)

    @staticmethod
    def _between_borders(bound: BoundDays, key: str, domain: Domain) -> Sequence[Scalar]:
        borders = bound.borders(key)
        if borders is None:
            raise TooManyDays(key)
        return [*sorted(domain.special), *borders]

    def _whole_numbers(self, domain: Domain) -> Sequence[Scalar]:
        mentioned = self.encoding.open.mentioned
        whole = [key for key, one in self.encoding.variables.items() if one.kind in {"number", "date"}]
        constants: set[Scalar] = {value for values in mentioned.values() for value in values}
        constants.update(day for key in whole for day in self.encoding.variables[key].special)
        constants.update(self.residual.pinned[key] for key in whole if key in self.residual.pinned)
        return places(domain, {*constants, *_ends(domain)}, len(whole))

    def choices(self, key: str) -> RelevantChoices:
        """The choices of a single input, some of which stand for all."""
        domain, looked_at = self.residual.domains[key], self.encoding.open
        if key not in looked_at.compared:
            return RelevantChoices(domain, looked_at.named.get(key, ()))
        named = [*(values for tested in looked_at.named.values() for values in tested)]
        named += [frozenset({value}) for value in self.residual.pinned.values()]
        return RelevantChoices(domain, named, [one for one in self.encoding.variables.values() if one.kind == "choice"])

    # --- by the solver -----------------------------------------------------------------------------

    def text(self, suffix: str) -> str:
        """One copy of the inputs, and a Boolean constant for each outcome (`literal`) that says that it is reached."""
        deciding = self.residual.deciding
        lines = [self.encoding.text(suffix, {f"h{n}": formula for n, (_, formula) in enumerate(deciding)})]
        for number in range(len(deciding)):
            reached = [f"h{number}{suffix}", *(f"(not h{stronger}{suffix})" for stronger in range(number))]
            lines.append(
                f"(declare-const o{number}{suffix} Bool)(assert (= o{number}{suffix} {joined('and', reached)}))"
            )
        return "\n".join(lines)

    def literal(self, outcome: str, suffix: str = "") -> str:
        """The name of the constant that says that an outcome is reached."""
        return f"o{self.outcomes.index(outcome)}{suffix}"

    @cached_property
    def solver(self) -> Solver:
        """One copy of the inputs, without a suffix."""
        return Solver(self.text(""))

    @cached_property
    def diagram(self) -> DecisionDiagram | None:
        """The outcome in every situation; None where there are too many to be gone through."""
        return diagram_of(self.residual)

    @cached_property
    def possible(self) -> tuple[str, ...]:
        """The outcomes that some completion reaches, the strongest first."""
        diagram = self.diagram
        if diagram is None and (self.residual.orderings or self.residual.record_orderings):
            diagram = reached_diagram(self.residual)
        reached = self.witnesses if diagram is None else diagram.reached()
        return tuple(outcome for outcome in self.outcomes if outcome in reached)

    @cached_property
    def witnesses(self) -> dict[str, Values]:
        """Each outcome that some completion reaches, with such a completion; the strongest outcome first."""
        found: dict[str, Values] = {}
        reached = len(self.outcomes if self.diagram is None else self.possible)
        if self.consistent(self.simplest):
            self._search_from(self.simplest, found)
        while len(found) < reached:
            model = self.solver.model(*(f"-{self.literal(outcome)}" for outcome in found))
            if model is None:
                break
            self._search_from(self.encoding.completion(model, ""), found)
        return {outcome: found[outcome] for outcome in self.outcomes if outcome in found}

    @cached_property
    def simplest(self) -> Values:
        """For each input the simplest value, of days the earliest that orderings allow; perhaps inconsistent."""
        values: dict[str, Value] = {
            key: () if key in self.encoding.slots else simplest(self.residual.domains[key])
            for key in self.encoding.inputs
        }
        for _ in self.residual.orderings:
            for first, then in self.residual.orderings:
                if isinstance(then, str):
                    earliest = values[first] if isinstance(first, str) else first
                    values[then] = max(earliest, values[then])  # type: ignore[type-var]
        return values

    def _search_from(self, values: Values, found: dict[str, Values]) -> None:
        """Note the outcomes of a completion, and of those that differ from it in one input."""
        self._note(values, found)
        for key in self.encoding.inputs:
            if len(found) == len(self.outcomes):
                return
            for value in self.alternatives(key):
                changed = {**values, key: value}
                if self.consistent(changed):
                    self._note(changed, found)

    def _note(self, values: Values, found: dict[str, Values]) -> None:
        outcome = self.outcome(values)
        if outcome is None:
            raise AssertionError("a completion leaves nothing open")
        found.setdefault(outcome, values)


def diagram_of(residual: Residual) -> DecisionDiagram | None:
    """The decision diagram of a residual; None where it would grow too large."""
    try:
        return DecisionDiagram(ground_residual(residual))
    except TooManySituations:
        return None


def reached_diagram(
    residual: Residual, deciding: Sequence[tuple[str, Formula]] | None = None
) -> DecisionDiagram | None:
    """A smaller one, of a residual or of other conditions of it, that shows what is reached and no more."""
    try:
        return DecisionDiagram(without_days_unread(ground_residual(residual, deciding)))
    except TooManySituations:
        return None


def _ends(domain: Domain) -> set[int]:
    return {0} if domain.kind == "number" else {FIRST_DAY, LAST_DAY} | domain.special
