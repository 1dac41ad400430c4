"""For each outcome the readings under which it is possible, where very many facts are open.

The solver looks for facts, readings and the outcome that they lead to. Those facts are then kept, and a decision
diagram says to which outcome they lead under *every* choice of readings; all that is excluded from what the solver is
asked next. Once it finds nothing more, every pair of a choice of readings and an outcome that is possible under it
has been met.

Import this module only when it is needed: it loads z3.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace

from lawmodel.reasoning.comparing.choice_functions import Block, ChoiceFunction, ChoiceSpace
from lawmodel.reasoning.evaluation import NO_RECORD, Values, meaning
from lawmodel.reasoning.formula import Formula, atoms_of
from lawmodel.reasoning.open_cases.assumption import trimmed, under
from lawmodel.reasoning.open_cases.completions import Completions
from lawmodel.reasoning.open_cases.decision_diagram import DecisionDiagram
from lawmodel.reasoning.open_cases.grounding import GroundResidual
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.solving.z3_encoding import joined


def covered(residual: Residual, grounded: GroundResidual, space: ChoiceSpace) -> dict[str, ChoiceFunction]:
    """Each outcome that is possible at all, with the function of the readings that says whether it is."""
    completions = Completions(_single_inputs(residual, grounded))
    found = dict.fromkeys(completions.outcomes, space.always(value=False))
    leading = _Leading(grounded, space)
    while (model := completions.solver.model()) is not None:
        function = leading.to(completions.encoding.completion(model, ""))
        for block, outcome in space.blocks(function):
            assert isinstance(outcome, str)
            found[outcome] = space.combined(
                found[outcome], space.within(block), lambda one, other: one is True or other is True
            )
            completions.solver.add(_excluded(completions, outcome, block))
    return found


def _single_inputs(residual: Residual, grounded: GroundResidual) -> Residual:
    """The residual with its lists spelled out, so that each input that is open is a single one."""
    left = copy(residual)
    left.deciding = list(grounded.deciding)
    left.domains = dict(grounded.domains)
    left.orderings = list(grounded.orderings)
    left.record_orderings = {}
    return left


def _excluded(completions: Completions, outcome: str, block: Block) -> str:
    parts = [completions.literal(outcome)]
    for key, options in block.items():
        parts.append(joined("or", [completions.encoding.has_value(key, option, "") for option in options]))
    return f"(assert (not {joined('and', parts)}))"


class _Leading:
    """To which outcome facts lead, by reading."""

    def __init__(self, grounded: GroundResidual, space: ChoiceSpace) -> None:
        self._spelled, self._space = grounded, space
        self._meanings = {id(atom): meaning(atom) for atom in atoms_of(one for _, one in grounded.deciding)}

    def to(self, values: Values) -> ChoiceFunction:
        assumed = {key: bool(holds(values, NO_RECORD)) for key, holds in self._meanings.items()}
        memory: dict[int, Formula] = {}
        left = ((name, under(self._spelled.pool, one, assumed, memory)) for name, one in self._spelled.deciding)
        settled = replace(self._spelled, deciding=trimmed(left), orderings=())
        return self._space.reached(DecisionDiagram(settled, only=self._space.options))
