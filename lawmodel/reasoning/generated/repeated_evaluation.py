"""Evaluation of a question that may be asked often: then by generated functions.

To make a function takes as long as some hundreds of evaluations, so one is made for a question that is asked so often.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lawmodel.cached_property import cached_property
from lawmodel.reasoning.evaluation import Evaluation, Supports, Values
from lawmodel.reasoning.formula import ResolvedQuestion

if TYPE_CHECKING:
    from lawmodel.reasoning.generated.generated_evaluation import GeneratedEvaluation

ASKED_BEFORE: Final = 1_000
"""So often is a question evaluated as it stands before functions are made for it; a few cases never get there."""
MOST_GATES: Final = 50_000
"""A question of more gates than this is always evaluated as it stands: Python's compiler would take seconds."""


class RepeatedEvaluation(Evaluation):
    """Evaluation as it stands at first, and by generated functions after `ASKED_BEFORE` times.

    May be asked from several threads: at worst a function is made twice.
    """

    def __init__(self, question: ResolvedQuestion, like: Evaluation | None = None) -> None:
        super().__init__(question, like)
        self._asked = 0

    def supports(self, values: Values) -> Supports:
        """For each outcome but the last: the provisions that speak for it, or may; those that don't are left out."""
        generated = self._generated_if_asked()
        return super().supports(values) if generated is None else generated.supports(values)

    def outcome(self, values: Values) -> str | None:
        """The strongest outcome for which a provision speaks; None where it is open."""
        generated = self._generated_if_asked()
        return super().outcome(values) if generated is None else self.strongest(generated.supports(values))

    def _generated_if_asked(self) -> GeneratedEvaluation | None:
        """The functions, where the question has been asked often enough and is not too big for them."""
        if self._asked < ASKED_BEFORE:
            self._asked += 1
            return None
        return self._generated

    @cached_property
    def _generated(self) -> GeneratedEvaluation | None:
        from lawmodel.reasoning.generated.generated_evaluation import GeneratedEvaluation

        generated = GeneratedEvaluation(self.question)
        return generated if generated.gates <= MOST_GATES else None
