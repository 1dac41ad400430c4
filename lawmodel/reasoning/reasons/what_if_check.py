"""What if: some inputs of a case are let go, and given values again; does that reach an outcome, and certainly?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from itertools import pairwise
from typing import Final

from lawmodel.inputs import LAST_DAY
from lawmodel.reasoning.evaluation import Values
from lawmodel.reasoning.formula import ResolvedQuestion, Scalar, Valuation, Value
from lawmodel.reasoning.open_cases.completions import Completions
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.reasons.value_sets import Test, ValueSet, joined, passing, without

MOST_REMEMBERED: Final = 24
"""So many completions are tried again, with other values put in, before the solver is asked for a new one."""


class AskedTooOften(Exception):
    """The solver would have to be asked more often than is allowed."""


class WhatIfCheck:
    """A question on a case of which some single inputs have been let go; what was open before is open too."""

    def __init__(
        self,
        question: ResolvedQuestion,
        valuation: Valuation,
        freed: Collection[str],
        outcome: str,
        further_records: Collection[str] = (),
        most_asked: int | None = None,
    ) -> None:
        """Take the case; lists in ``further_records`` may have more records than it lists.

        Where the solver is asked more than ``most_asked`` times, what asks it raises `AskedTooOften`.
        """
        self.outcome = outcome
        self.asked, self.most_asked = 0, most_asked
        self.completions = Completions(Residual(question, valuation, freed, further_records=further_records))
        self._literals: dict[tuple[str, Scalar], str] = {}
        self._remembered: list[Values] = []
        inputs = self.completions.encoding.inputs
        self._open: dict[str, Value] = dict.fromkeys(inputs)

    def of_outcome(self, outcome: str, most_asked: int | None = None) -> WhatIfCheck:
        """The same of another outcome; what one has found serves the other."""
        made = copy(self)
        made.outcome, made.asked, made.most_asked = outcome, 0, most_asked
        return made

    def remember(self, completions: Collection[Values]) -> None:
        """Take what may be completions, but for some values, from which others can be made; each is looked at anew."""
        simplest = self.completions.simplest
        for values in completions:
            whole = {**simplest, **{key: value for key, value in values.items() if key in self._open}}
            if whole not in self._remembered:
                self._remembered.append(whole)
        del self._remembered[MOST_REMEMBERED:]

    @property
    def possible(self) -> bool:
        """Whether Kleene logic leaves room for the outcome at all."""
        return self.outcome in self.completions.outcomes

    def reaches(self, assigned: Mapping[str, Scalar]) -> bool:
        """Whether some completion in which inputs have these values reaches the outcome."""
        return self._some(assigned, otherwise=False)

    def avoids(self, assigned: Mapping[str, Scalar]) -> bool:
        """Whether some completion in which inputs have these values reaches another outcome."""
        return self._some(assigned, otherwise=True)

    def certain(self, assigned: Mapping[str, Scalar]) -> bool:
        """Whether there are completions in which inputs have these values, and all of them reach the outcome."""
        return self.reaches(assigned) and not self.avoids(assigned)

    def _some(self, assigned: Mapping[str, Scalar], *, otherwise: bool) -> bool:
        values: Values = {**self._open, **{key: value for key, value in assigned.items() if key in self._open}}
        allowed = self.completions.allowed(values)
        if not any((outcome == self.outcome) is not otherwise for outcome in allowed):
            return False
        if None not in values.values():
            return self.completions.consistent(values)
        if self._changed_is_enough(values, otherwise=otherwise):
            return True
        self.asked += 1
        if self.most_asked is not None and self.asked > self.most_asked:
            raise AskedTooOften
        named = [self._literal(key, value) for key, value in assigned.items() if key in self._open]
        if self.possible:
            reached = self.completions.literal(self.outcome)
            named.insert(0, f"-{reached}" if otherwise else reached)
        model = self.completions.solver.model(*named)
        if model is None:
            return False
        self._remembered.insert(0, self.completions.encoding.completion(model, ""))
        del self._remembered[MOST_REMEMBERED:]
        return True

    def _changed_is_enough(self, values: Values, *, otherwise: bool) -> bool:
        """Whether a completion found before is one that is wanted once these values are put in: no solver is needed."""
        assigned = {key: value for key, value in values.items() if value is not None}
        for number, known in enumerate(self._remembered):
            changed = {**known, **assigned}
            if self.completions.consistent(changed) and (
                (self.completions.outcome(changed) == self.outcome) is not otherwise
            ):
                self._remembered.insert(0, self._remembered.pop(number))
                return True
        return False

    def _literal(self, key: str, value: Scalar) -> str:
        if (key, value) not in self._literals:
            name = self._literals[key, value] = f"t{len(self._literals)}"
            text = self.completions.encoding.has_value(key, value, "")
            self.completions.solver.add(f"(declare-const {name} Bool)(assert (=> {name} {text}))")
        return self._literals[key, value]

    # --- all values --------------------------------------------------------------------------------

    def reaching(self, key: str) -> ValueSet:
        """All values of an input with which some completion reaches the outcome.

        Raises `AskedTooOften` also for a day from which time is measured to others that are open, where it would have
        to be asked about more days than `BoundDays` looks at.
        """
        return self._passing(key, otherwise=False)

    def working(self, key: str) -> ValueSet:
        """All values of an input with which the outcome is certain; none where that would take too many questions."""
        try:
            return without(self.reaching(key), self._passing(key, otherwise=True))
        except AskedTooOften:
            return ValueSet()

    def _passing(self, key: str, *, otherwise: bool) -> ValueSet:
        if (bound := self.completions.encoding.open.measured.get(key)) is not None:
            return self._passing_between(bound.borders(key), key, otherwise=otherwise)
        domain = self.completions.residual.domains[key]
        variables = self.completions.encoding.variables
        others = sum(one.kind == domain.kind for name, one in variables.items() if name != key)
        return self.passing(key, others, lambda value: self._some({key: value}, otherwise=otherwise))

    def _passing_between(self, borders: Sequence[int] | None, key: str, *, otherwise: bool) -> ValueSet:
        if borders is None:
            raise AskedTooOften
        special = sorted(self.completions.residual.domains[key].special)
        named = tuple(day for day in special if self._some({key: day}, otherwise=otherwise))
        found = [day for day in borders if self._some({key: day}, otherwise=otherwise)]
        after = dict(pairwise((*borders, LAST_DAY + 1)))
        return ValueSet(named, joined((day, after[day] - 1) for day in found))

    def passing(self, key: str, others: int, test: Test) -> ValueSet:
        """All values of an input that pass a test, where so many other inputs may stand among them."""
        domain = self.completions.residual.domains[key]
        named = domain.kind == "choice" and key in self.completions.encoding.variables
        choices = self.completions.choices(key) if named else None
        return passing(domain, self.constants(key), others, choices, test)

    def constants(self, key: str) -> set[int]:
        """The days or numbers with which inputs of the kind of this one are compared."""
        domains = self.completions.residual.domains
        kind = domains[key].kind
        mentioned = self.completions.encoding.open.mentioned
        return {
            value
            for name, values in mentioned.items()
            if name not in domains or domains[name].kind == kind
            for value in values
            if isinstance(value, int) and not isinstance(value, bool)
        }
