"""A case with another value of a single input, everything else as it is: only provisions that read it are looked at."""

from __future__ import annotations

from collections.abc import Collection

from lawmodel.cached_property import cached_property
from lawmodel.inputs import Scalar, Valuation
from lawmodel.inquiry.decider import Decider
from lawmodel.reasoning.evaluation import Supports, Truth, Values


class VariedCase:
    """What evaluation finds on a case of which one input at a time is otherwise."""

    def __init__(
        self,
        decider: Decider,
        valuation: Valuation,
        supports: Supports | None = None,
        known: Collection[Values] = (),
    ) -> None:
        """``supports`` is what evaluation has found of the case as it is, if it was asked already.

        ``known`` are completions of the case that were found, if any: others are looked for beside them.
        """
        self.decider = decider
        self.valuation = valuation
        self._supports = supports
        self.known = known
        self._reading: dict[str, list[int]] = {}
        """By number the provisions that read an input or a list, or what is the same as it."""

    def outcome(self, key: str, value: Scalar | None) -> str | None:
        """The outcome where the input, and whatever is the same as it, has this value (None: is open); None: open.

        Takes time in proportion to the provisions that read the input; the first time, to all.
        """
        certain, maybe = self._counts
        reading = self._provisions_reading(key.partition("[")[0])
        if reading:
            certain, maybe = [*certain], [*maybe]
            values = with_value(self.valuation, key, value).values
            for number in reading:
                anew = self.decider.evaluation.speaks(number, values)
                if anew != self._speaks[number]:
                    self._count(certain, maybe, number, self._speaks[number], -1)
                    self._count(certain, maybe, number, anew, 1)
        outcomes = self.decider.question.outcomes
        for outcome, speak, may_speak in zip(outcomes[:-1], certain, maybe, strict=False):
            if speak or may_speak:
                return outcome if speak else None
        return outcomes[-1]

    @cached_property
    def _speaks(self) -> list[tuple[Truth, ...]]:
        """What is found of each provision where nothing is otherwise."""
        supports = self._supports or self.decider.evaluation.supports(self.valuation.values)
        return [
            tuple([supports.get(outcome, {}).get(rule.id, False) for outcome, _ in rule.concludes])
            for rule in self.decider.question.rules
        ]

    @cached_property
    def _counts(self) -> tuple[list[int], list[int]]:
        """By outcome, how many provisions speak for it, and how many may."""
        certain, maybe = ([0] * len(self.decider.question.outcomes) for _ in range(2))
        for number, speaks in enumerate(self._speaks):
            self._count(certain, maybe, number, speaks, 1)
        return certain, maybe

    def _count(self, certain: list[int], maybe: list[int], number: int, speaks: tuple[Truth, ...], by: int) -> None:
        for outcome, truth in zip(self.decider.concluded[number], speaks, strict=True):
            if truth:
                certain[outcome] += by
            elif truth is None:
                maybe[outcome] += by

    def _provisions_reading(self, name: str) -> list[int]:
        found = self._reading.get(name)
        if found is None:
            family = _family(self.valuation, name)
            by_rule = enumerate(self.decider.inputs_by_rule)
            found = self._reading[name] = [number for number, read in by_rule if not read.isdisjoint(family)]
        return found

    def possible(self, key: str, value: Scalar | None) -> tuple[str, ...]:
        """Every outcome that some completion of the case reaches, with this value."""
        outcome = self.outcome(key, value)
        return self.decider.possible(with_value(self.valuation, key, value)) if outcome is None else (outcome,)


def with_value(valuation: Valuation, key: str, value: Scalar | None) -> Valuation:
    """The case with another value of one input, or None to leave it open, and of whatever is the same as it."""
    records, bracket, rest = key.partition("[")
    if bracket:
        listed = valuation.values[records]
        assert isinstance(listed, tuple)
        number, _, field = rest.partition("].")
        place = int(number) - 1
        changed = (*listed[:place], {**listed[place], field: value}, *listed[place + 1 :])
        values = {**valuation.values, records: changed}
    else:
        values = {**valuation.values, **dict.fromkeys(_family(valuation, key), value)}
    return Valuation(values, valuation.same_as, valuation.bounds)


def _family(valuation: Valuation, key: str) -> tuple[str, ...]:
    """An input, and those that are the same as it."""
    return (key, *(alias for alias, other in valuation.same_as.items() if other == key))
