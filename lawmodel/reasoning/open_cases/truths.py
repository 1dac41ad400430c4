"""Whether conditions can hold, and whether they can fail, under some of the options of readings that are let go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from lawmodel.cached_property import cached_property
from lawmodel.reasoning.comparing.choice_functions import Block
from lawmodel.reasoning.evaluation import NO_RECORD, meaning
from lawmodel.reasoning.formula import TRUE, Constant, Domain, Formula, Value
from lawmodel.reasoning.open_cases.decision_diagram import DecisionDiagram
from lawmodel.reasoning.open_cases.grounding import GroundResidual, ground_residual
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.open_cases.variable_blocks import TooManySituations

if TYPE_CHECKING:
    from lawmodel.reasoning.open_cases.completions import Solver
    from lawmodel.reasoning.solving.z3_encoding import Encoding

BOTH = frozenset({True, False})


class Truths:
    """The truths that conditions of a residual can have. The solver is asked only where much is open."""

    def __init__(self, residual: Residual, conditions: Sequence[Formula], *, little_open: bool) -> None:
        """Take the conditions that will be asked about."""
        self._residual = residual
        self._open = list({id(one): one for one in conditions if not isinstance(one, Constant)}.values())
        self._numbers = {id(one): number for number, one in enumerate(self._open)}
        self._meanings = [meaning(one) for one in self._open]
        self._little_open = little_open
        self._spelled: dict[int, GroundResidual] = {}
        self._asked = 0

    def of(self, condition: Formula, block: Block) -> frozenset[bool]:
        """Which of true and false it is in some completion whose readings have one of the options of a block."""
        if isinstance(condition, Constant):
            return frozenset({condition.value})
        number = self._numbers[id(condition)]
        known: dict[str, Value] = {key: options[0] for key, options in block.items() if len(options) == 1}
        truth = self._meanings[number](defaultdict(lambda: None, known), NO_RECORD)
        if truth is not None:
            return frozenset({truth})
        if self._little_open:
            try:
                return self._gone_through(number, block)
            except TooManySituations:
                self._little_open = False
        return self._proved(number, block)

    # --- by going through what is open -------------------------------------------------------------

    def _gone_through(self, number: int, block: Block) -> frozenset[bool]:
        if number not in self._spelled:
            alone = copy(self._residual)
            alone.deciding = [("holds", self._open[number]), ("fails", TRUE)]
            self._spelled[number] = ground_residual(alone)
        grounded = self._spelled[number]
        restricted = {key: Domain("choice", options) for key, options in block.items()}
        asked = replace(grounded, domains={**grounded.domains, **restricted})
        return frozenset(reached == "holds" for reached in DecisionDiagram(asked).reached())

    # --- by the solver -----------------------------------------------------------------------------

    @cached_property
    def _prover(self) -> tuple[Encoding, Solver]:
        from lawmodel.reasoning.open_cases.completions import Solver
        from lawmodel.reasoning.solving.z3_encoding import Encoding

        encoding = Encoding(self._residual, self._open)
        return encoding, Solver(encoding.text("", {f"c{number}": one for number, one in enumerate(self._open)}))

    def _proved(self, number: int, block: Block) -> frozenset[bool]:
        from lawmodel.reasoning.solving.z3_encoding import joined

        encoding, solver = self._prover
        inside = f"b{self._asked}"
        self._asked += 1
        chosen = [
            joined("or", [encoding.has_value(key, option, "") for option in options])
            for key, options in block.items()
            if key in encoding.variables
        ]
        solver.add(f"(declare-const {inside} Bool)(assert (=> {inside} {joined('and', chosen)}))")
        return frozenset(
            truth for truth in (True, False) if solver.model(inside, f"{'' if truth else '-'}c{number}") is not None
        )
