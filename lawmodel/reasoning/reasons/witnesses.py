"""Witnesses: values with which an outcome is reached, once some inputs of a case are let go (counterfactuals).

A witness gives values to the inputs let go, and says which of the open inputs have to come out in a certain way
besides: these *findings* are enough, whatever all other open inputs are, and none of them can be spared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from lawmodel.reasoning.evaluation import Values
from lawmodel.reasoning.formula import Scalar, Valuation
from lawmodel.reasoning.reasons.minimal_sets import Subset
from lawmodel.reasoning.reasons.selectors import SelectorEncoding, negated
from lawmodel.reasoning.reasons.witness_builder import Preference, Witness, WitnessBuilder, WitnessTask


class Witnesses:
    """Makes witnesses of one outcome of one case."""

    def __init__(
        self,
        selectors: SelectorEncoding,
        valuation: Valuation,
        outcome: str,
        preference: Preference,
        left_out: Mapping[str, Scalar] = MappingProxyType({}),
    ) -> None:
        """Take a case as selectors; and what fields (as ``list.field``) are where a record leaves them out."""
        self.selectors = selectors
        self.outcome = outcome
        self._question = selectors.residual.question
        self.wanted = WitnessTask(self._question, valuation, outcome, preference, left_out)

    def of_each_provision(self, let_go: Subset) -> Iterator[tuple[str | None, Witness]]:
        """An instance for each provision that can speak for the outcome; None: for the last, for which none has to."""
        rules: Sequence[str | None] = list(self.selectors.residual.speaks[self.outcome])
        if self.outcome == self._question.outcomes[-1]:
            rules = [None]
        for rule in rules:
            values = self._completion(let_go, rule)
            if values is not None:
                yield rule, WitnessBuilder(self.wanted, self.selectors.keys(let_go), values).instance()

    def _completion(self, let_go: Subset, rule: str | None) -> Values | None:
        """A completion that reaches the outcome, by one provision alone if it can be, and with few records.

        It has values for what bears on the question. Whatever else the case knows, or leaves open, is not touched: what
        is freed for the solver, and bears on nothing, could have any value there.
        """
        selectors = self.selectors
        literals = [selectors.reached(self.outcome)]
        if rule is not None:
            literals.append(selectors.speaks(rule, self.outcome))
            others = [one for one in selectors.residual.speaks[self.outcome] if one != rule]
            literals += self._if_possible(
                let_go, literals, [negated(selectors.speaks(one, self.outcome)) for one in others]
            )
        for key in selectors.encoding.slots:
            held = key in selectors.values and not let_go & selectors.subset([key])
            for count in () if held else (0, 1):
                if few := self._if_possible(let_go, literals, [selectors.at_most(key, count)]):
                    literals += few
                    break
        model = selectors.model(selectors.all & ~let_go, literals)
        return None if model is None else selectors.encoding.completion(model, "", selectors.bearing())

    def _if_possible(self, let_go: Subset, literals: Sequence[str], more: Sequence[str]) -> Sequence[str]:
        """More literals, if they can hold beside the others."""
        return more if self.selectors.can_hold(self.selectors.all & ~let_go, [*literals, *more]) else ()

    def best(self, let_go: Subset) -> Witness:
        """Of those for each provision the one with the fewest findings."""
        found: Witness | None = None
        for _, instance in self.of_each_provision(let_go):
            if found is None or instance.findings < found.findings:
                found = instance
            if not found.findings:
                return found
        assert found is not None, "letting go of these inputs makes room for the outcome"
        return found
