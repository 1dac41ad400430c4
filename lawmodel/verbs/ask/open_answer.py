"""What a case still holds in store: the outcomes that are possible, and which open inputs have most influence on them.

The most decisive input is the one with the greatest chance that the outcome would be another if it alone were drawn
anew, where all situations that the question can tell apart are alike, but for one thing: a fact is taken to be
`ORDINARY` times likelier to be as it ordinarily is than otherwise. So what sets a case apart comes before what hardly
ever happens. On what the answer turns at all, and on what is possible, no likelihood has any bearing.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from lawmodel.cached_property import cached_property
from lawmodel.case.values import decode_text
from lawmodel.inputs import Scalar, Valuation, is_calendar_day
from lawmodel.inquiry.decider import Decider
from lawmodel.reasoning.formula import Domain, inputs_in
from lawmodel.reasoning.open_cases.decision_diagram import DecisionDiagram
from lawmodel.reasoning.open_cases.grounding import GroundResidual, ground_residual
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.open_cases.variable_blocks import TooManySituations
from lawmodel.reasoning.relevant_values import places
from lawmodel.reasoning.rewrite import subformulas

MANY_CHOICES: Final = 24
ORDINARY: Final = 99
"""How many times likelier its ordinary value is than all others of a fact together, for the order of questions."""


class OpenAnswer:
    """What is still possible on a valuation, and what it turns on."""

    def __init__(self, made: Decider, valuation: Valuation) -> None:
        """Take the values of a case; nothing is worked out before it is asked for."""
        self._decider = made
        self._valuation = valuation
        self._settled = made.evaluation.outcome(valuation.values)

    @cached_property
    def possible(self) -> tuple[str, ...]:
        """Every outcome that some completion reaches, strongest first."""
        if self._settled is not None:
            return (self._settled,)
        if self.diagram is None:
            return self._decider.exact(self._valuation).possible()
        reached = self.diagram.reached()
        return tuple(outcome for outcome in self._decider.question.outcomes if outcome in reached)

    @cached_property
    def turning(self) -> list[str]:
        """The inputs that can still change the outcome, the most decisive first."""
        if len(self.possible) < 2:
            return []
        if self.diagram is None:
            groups = self._decider.exact(self._valuation).turns_on()
            return list(dict.fromkeys(key for group in groups for key in group))
        weights = self._weights(self.diagram)
        order = {key: number for number, key in enumerate(self._decider.question.domains)}
        chances = self.diagram.influence_chances(self.grounded.inputs, weights)
        turning = [key for key, chance in chances.items() if chance]
        if not turning:  # days that can only move together
            groups = self._decider.exact(self._valuation).turns_on()
            turning = list(dict.fromkeys(key for group in groups for key in group))
        return sorted(
            turning, key=lambda key: (-round(chances.get(key, 0), 9), order.get(key.partition("[")[0], 0), key)
        )

    @cached_property
    def residual(self) -> Residual:
        """What is left of the question."""
        return Residual(self._decider.question, self._valuation)

    @cached_property
    def grounded(self) -> GroundResidual:
        """The same without unknown lists."""
        return ground_residual(self.residual)

    @cached_property
    def diagram(self) -> DecisionDiagram | None:
        """The outcome in every situation; None where there are too many to be gone through."""
        try:
            return DecisionDiagram(self.grounded)
        except TooManySituations:
            return None

    def _weights(self, diagram: DecisionDiagram) -> dict[int, list[int]]:
        """How likely the situations of each group are, by what its members ordinarily are."""
        found: dict[int, list[int]] = {}
        for level, group in enumerate(diagram.groups):
            for member in group.members:
                usual = self._usual(member)
                having = frozenset[int]() if usual is None else group.having(member, usual)
                others = len(group.situations) - len(having)
                if having and others:
                    weights = found.setdefault(level, [1] * len(group.situations))
                    found[level] = [
                        weight * (ORDINARY * others if number in having else len(having))
                        for number, weight in enumerate(weights)
                    ]
        return found

    def _usual(self, key: str) -> Scalar | None:
        """The value that a fact ordinarily has; of a field, what leaving it out means."""
        rulebook = self._decider.rulebook
        path = re.sub(r"\[.*\]", "", key)
        try:
            fact = rulebook.fact(path)
        except KeyError:  # a reading, the day of the law, or whether there is a record
            return None
        text = fact.ordinary if fact.ordinary is not None else fact.left_out
        return decode_text(rulebook, fact, text) if isinstance(text, str) and fact.sort != "records" else None

    def bound_with(self, keys: Collection[str]) -> list[str]:
        """The open days that the order of days binds to some of these, directly or through others, but not these."""
        bound = set(keys)
        pairs = [[side for side in pair if isinstance(side, str)] for pair in self.residual.orderings]
        before = 0
        while len(bound) > before:
            before = len(bound)
            bound |= {key for pair in pairs if bound & set(pair) for key in pair}
        return [key for key in self._decider.question.domains if key in bound and key not in keys]

    def days(self, bound: Collection[str]) -> list[int]:
        """Days at and beside all that the question can tell apart of some days that are bound together."""
        groups = self.diagram.groups if self.diagram is not None else ()
        examples = (
            values[place]
            for group in groups
            for place, member in enumerate(group.members)
            if member in bound
            for values in group.examples
        )
        return places(Domain("date"), {int(day) for day in examples if is_calendar_day(day)})

    def kinds(self, key: str) -> list[Scalar]:
        """Values of an open fact, one at least of each kind that the question can tell apart.

        Days and numbers are left out: of them it is stretches that count.
        """
        domain = self.grounded.domains[key]
        if domain.kind == "yes/no":
            return [True, False]
        if domain.kind != "choice":
            return []
        if len(domain.choices) <= MANY_CHOICES:
            return list(domain.choices)
        for group in self.diagram.groups if self.diagram is not None else ():
            if group.members == (key,):
                return [value for (value,) in group.examples if isinstance(value, str)]
        return []

    def reading(self, key: str) -> list[str]:
        """The provisions that may still apply and read an input."""
        own = {rule: condition for rules in self.residual.speaks.values() for rule, condition in rules.items()}
        rules = (rule.id for rule in self._decider.question.rules)
        return [rule for rule in rules if rule in own and any(key in inputs_in(one) for one in subformulas(own[rule]))]
