"""Completions: the consistent ways to fill in what a case leaves open.

The solver finds completions and proves that there are none; Python evaluates found ones again with an input
changed, which is cheaper than to ask the solver.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import z3

from lawmodel.reasoning.evaluation import NO_RECORD, Truth, Values, meaning
from lawmodel.reasoning.formula import Domain, Scalar, Value
from lawmodel.reasoning.open_inputs import simplest
from lawmodel.reasoning.residual import FIRST_DAY, LAST_DAY, Residual, is_calendar_day
from lawmodel.reasoning.z3_encoding import Encoding, joined

_SEED: Final = 0
_TRIED: Final = 8
"""Choices that are tried in Python before the solver is asked."""


class Solver:
    """The solver, with assertions in SMT-LIB text; the same text and questions give the same answers."""

    def __init__(self, text: str) -> None:
        self._solver = z3.SimpleSolver()
        self._solver.set("random_seed", _SEED)
        self.add(text)

    def add(self, text: str) -> None:
        """Assert more; what was declared before stays declared."""
        self._solver.from_string(text)

    def model(self, *literals: str) -> z3.ModelRef | None:
        """A model in which the named Boolean constants hold (``-`` before a name: does not); None if there is none.

        Raises:
            RuntimeError: the solver gave up, which these decidable questions give no reason for.
        """
        terms = [z3.Not(z3.Bool(one[1:])) if one.startswith("-") else z3.Bool(one) for one in literals]
        verdict = self._solver.check(*terms)
        if verdict == z3.unknown:
            raise RuntimeError(f"the solver gave up: {self._solver.reason_unknown()}")
        return self._solver.model() if verdict == z3.sat else None

    def refuted_by(self) -> set[str]:
        """Enough of the literals of the last question, which had no model, to rule every model out."""
        return {str(one) for one in self._solver.unsat_core()}


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
            return _around(domain, self.encoding.open.mentioned.get(key, set()), 1)
        return self.representatives(key)[:_TRIED]

    def representatives(self, key: str) -> Sequence[Scalar]:
        """Values of a single input, such that each other value of it allows the same outcomes as one of these.

        Choices that no condition mentions are alike, unless it compares the input with another. What a whole
        number or a day allows is settled by its place among the constants and by how many of the other such
        inputs fit between it and the constants on either side. So the constants and the numbers near them do,
        as far as one more than there are other inputs.
        """
        domain = self.residual.domains[key]
        if domain.kind == "yes/no":
            return [False, True]
        mentioned = self.encoding.open.mentioned
        if domain.kind != "choice":
            whole = [key for key, one in self.encoding.variables.items() if one.kind in {"number", "date"}]
            constants: set[Scalar] = {value for values in mentioned.values() for value in values}
            constants.update(day for key in whole for day in self.encoding.variables[key].special)
            constants.update(self.residual.pinned[key] for key in whole if key in self.residual.pinned)
            return _around(domain, constants, len(whole))
        if key not in mentioned or key in self.encoding.open.compared:
            return domain.choices
        unmentioned = [choice for choice in domain.choices if choice not in mentioned[key]]
        return [choice for choice in domain.choices if choice in mentioned[key]] + unmentioned[:1]

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
    def witnesses(self) -> dict[str, Values]:
        """Each outcome that some completion reaches, with such a completion; the strongest outcome first."""
        found: dict[str, Values] = {}
        if self.consistent(self.simplest):
            self._search_from(self.simplest, found)
        while len(found) < len(self.outcomes):
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


def _around(domain: Domain, constants: set[Scalar], reach: int) -> list[int]:
    """The constants, the ends of the domain and the special days, and the whole numbers near them, in the domain."""
    ends = {0} if domain.kind == "number" else {FIRST_DAY, LAST_DAY}
    centres = ends | domain.special | {value for value in constants if isinstance(value, int)}
    near = {centre + step for centre in centres for step in range(-reach, reach + 1)}
    if domain.kind == "number":
        return sorted(value for value in near if value >= 0)
    return sorted(value for value in near if is_calendar_day(value) or value in domain.special)
