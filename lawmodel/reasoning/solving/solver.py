"""The solver z3, which finds a completion or proves that there is none; it is loaded when the first one is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lawmodel.reasoning.taking_part import TakingPart

if TYPE_CHECKING:
    import z3

_SEED: Final = 0


class Solver:
    """The solver, with assertions in SMT-LIB text; the same text and questions give the same answers."""

    def __init__(self, text: str) -> None:
        import z3  # takes longer to load than most questions take to answer without it

        TakingPart.solvers += 1
        self._z3 = z3
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
        z3 = self._z3
        terms = [z3.Not(z3.Bool(one[1:])) if one.startswith("-") else z3.Bool(one) for one in literals]
        verdict = self._solver.check(*terms)
        if verdict == z3.unknown:
            raise RuntimeError(f"the solver gave up: {self._solver.reason_unknown()}")
        return self._solver.model() if verdict == z3.sat else None

    def refuted_by(self) -> set[str]:
        """Enough of the literals of the last question, which had no model, to rule every model out."""
        return {str(one) for one in self._solver.unsat_core()}


def holds(model: z3.ModelRef, name: str) -> bool:
    """Whether a Boolean constant holds in a model."""
    import z3

    return bool(z3.is_true(model[z3.Bool(name)]))
