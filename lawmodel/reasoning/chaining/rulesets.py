"""Splitting production rules into rulesets that the engine can hold.

The rulesets are run one after the other; what one derives is asserted in those after it that use it.
"""

from __future__ import annotations

from collections.abc import Sequence

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.chaining.production_rules import Production
from lawmodel.reasoning.chaining.written_program import Expression


@dataclass(frozen=True, slots=True)
class Limits:
    """What one ruleset may hold: well below what durable-rules 2.0.28 can take."""

    literals: int = 160
    """Different conditions; the engine has 511 places for them, and searches them one by one."""
    alone: int = 200
    """Clauses that are one and the same condition; the engine has 255 places."""
    among: int = 50
    """Clauses with other alternatives in which one condition stands; the engine follows at most 64."""
    rules: int = 400
    """Rules; a session costs time and memory for each, used or not."""


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Rules that run together."""

    inputs: tuple[Expression, ...]
    """What some rule uses: these, where they are there, are asserted before the run."""
    productions: tuple[Production, ...]
    chained: frozenset[Expression]
    """What some rule derives and some rule uses: asserted during the run."""


class _Filling:
    """A ruleset to which rules are added until it is full."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._literals: set[Expression] = set()
        self._alone: dict[Expression, int] = {}
        self._among: dict[Expression, int] = {}
        self.productions: list[Production] = []

    def takes(self, production: Production) -> bool:
        """Add the rule, if the ruleset stays within the limits."""
        alone, among = dict(self._alone), dict(self._among)
        literals = set(self._literals)
        for clause in production.clauses:
            counted, most = (alone, self._limits.alone) if len(clause) == 1 else (among, self._limits.among)
            literals.update(clause)
            for literal in clause:
                counted[literal] = counted.get(literal, 0) + 1
                if counted[literal] > most:
                    return False
        if len(self.productions) >= self._limits.rules or len(literals) > self._limits.literals:
            return False
        self.productions.append(production)
        self._literals, self._alone, self._among = literals, alone, among
        return True

    def finished(self) -> Ruleset:
        derived = {production.derives for production in self.productions}
        return Ruleset(tuple(sorted(self._literals)), tuple(self.productions), frozenset(self._literals & derived))


def split(productions: Sequence[Production], limits: Limits) -> list[Ruleset]:
    """The rules in rulesets within the limits, in an order in which each uses what it or one before it derives.

    The productions must stand in such an order. Raises ValueError if one alone is beyond the limits.
    """
    filled: list[_Filling] = []
    for production in productions:
        if filled and filled[-1].takes(production):
            continue
        filled.append(_Filling(limits))
        if not filled[-1].takes(production):
            raise ValueError(f"a rule of {len(production.clauses)} clauses is beyond what the engine can hold")
    return [filling.finished() for filling in filled]
