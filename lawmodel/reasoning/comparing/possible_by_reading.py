"""The possible outcomes as a function of readings.

Which outcomes are possible under some options of the readings is a question for each choice of them. Where little else
is open, a decision diagram goes through the readings, and another one through what is then left of the conditions.
Where much is open, the solver is asked instead, and never about one choice of options at a time
(`lawmodel.reasoning.comparing.covered_by_facts`).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Final

from lawmodel.reasoning.comparing.choice_functions import ChoiceFunction, ChoiceSpace
from lawmodel.reasoning.formula import ResolvedQuestion, Valuation
from lawmodel.reasoning.open_cases.assumption import Deciding
from lawmodel.reasoning.open_cases.decision_diagram import DecisionDiagram
from lawmodel.reasoning.open_cases.grounding import ground_residual
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.open_cases.variable_blocks import TooManySituations

MOST_OPEN: Final = 8
"""With more single inputs open besides the readings (those of unknown lists count), the solver is asked."""
MOST_REMAINDERS: Final = 200
"""So many different remainders of the conditions are gone through; beyond that the solver is asked."""


class PossibleByReading:
    """A question on a case in which some readings are let go."""

    def __init__(self, question: ResolvedQuestion, valuation: Valuation, space: ChoiceSpace) -> None:
        """Take the values of a case, and the space of the readings that are let go, by their keys."""
        self.space = space
        self.residual = Residual(question, valuation, space.names)
        self.grounded = ground_residual(self.residual)
        besides = sum(len(parts) for key, parts in self.grounded.inputs.items() if key not in self.space.options)
        self.little_open = besides <= MOST_OPEN
        self.function = self._function()
        """For each choice of options the possible outcomes, the strongest first."""

    def _function(self) -> ChoiceFunction:
        if len(self.grounded.deciding) == 1:
            return self.space.always((self.grounded.deciding[0][0],))
        if self.little_open:
            try:
                return self._gone_through()
            except TooManySituations:
                self.little_open = False
        from lawmodel.reasoning.comparing.covered_by_facts import covered

        space, function = self.space, self.space.always(())
        for outcome, reaching in covered(self.residual, self.grounded, space).items():
            function = space.combined(function, reaching, lambda found, holds, o=outcome: _with(found, holds, o))  # type: ignore[misc]
        order = self.residual.question.outcomes
        return space.mapped(function, lambda found: tuple(sorted(found, key=order.index)))  # type: ignore[call-overload]

    def _gone_through(self) -> ChoiceFunction:
        remainders = 0

        def settle(state: Deciding) -> Hashable:
            nonlocal remainders
            if len(state) == 1:
                return (state[0][0],)
            remainders += 1
            if remainders > MOST_REMAINDERS:
                raise TooManySituations(self.space.names)
            reached = DecisionDiagram(replace(self.grounded, deciding=state)).reached()
            return tuple(outcome for outcome in self.residual.question.outcomes if outcome in reached)

        return self.space.reached(DecisionDiagram(self.grounded, only=self.space.options, settle=settle))


def _with(found: Hashable, holds: Hashable, outcome: str) -> tuple[str, ...]:
    assert isinstance(found, tuple)
    return (*found, outcome) if holds is True else found
