"""A case with another value of a single input, everything else as it is: only provisions that read it are looked at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from lawmodel.cached_property import cached_property
from lawmodel.inputs import Scalar, Valuation
from lawmodel.inquiry.decider import Decider
from lawmodel.reasoning.evaluation import Supports, Truth, Values
from lawmodel.reasoning.formula import Domain

if TYPE_CHECKING:
    from lawmodel.reasoning.open_cases.joint_diagram import JointDiagram

MOST_CHOICES: Final = 8
"""So many choices of an open input are tried to see whether another outcome is possible."""


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
        self.together: Collection[str] = ()
        """Inputs of which all other values will be asked for: then one diagram shows them of all."""

    @cached_property
    def joint(self) -> JointDiagram | None:
        """Of the inputs that are asked for together; None where there are none."""
        if not self.together:
            return None
        from lawmodel.reasoning.open_cases.joint_diagram import JointDiagram  # brings the engines of open cases

        return JointDiagram(self.decider.question, self.valuation, self.together)

    def outcome(self, key: str, value: Scalar | None) -> str | None:
        """The outcome where the input, and whatever is the same as it, has this value (None: is open); None: open.

        Takes time in proportion to the provisions that read the input; the first time, to all.
        """
        return self._outcome(self._provisions_reading(key.partition("[")[0]), lambda: self._with(key, value))

    def _with(self, key: str, value: Scalar | None) -> Values:
        if "[" in key:
            return with_value(self.valuation, key, value).values
        return {**self.valuation.values, **dict.fromkeys(self._family(key), value)}

    def _family(self, key: str) -> tuple[str, ...]:
        return self._families.get(key) or (key,)

    @cached_property
    def _families(self) -> dict[str, tuple[str, ...]]:
        """By input all that are the same as it, itself among them, where there are others."""
        found: dict[str, tuple[str, ...]] = {}
        for alias, other in self.valuation.same_as.items():
            found[other] = (*found.get(other, (other,)), alias)
        return found

    def _outcome(self, reading: Sequence[int], values: Callable[[], Values]) -> str | None:
        """The outcome of other values, where only some provisions, by their numbers, read what is otherwise.

        They are looked at as they conclude: the strongest outcome first, and only as far as it takes to know it.
        """
        certain, maybe = self._counts
        changed: Values | None = None
        anew: dict[int, dict[int, Truth]] = {}
        outcomes, concluded = self.decider.question.outcomes, self.decider.concluded
        for place, outcome in enumerate(outcomes[:-1]):
            speak, may_speak = certain[place], maybe[place]
            for number in reading:
                if place not in concluded[number]:
                    continue
                if number not in anew:
                    changed = values() if changed is None else changed
                    found = self.decider.evaluation.speaks(number, changed)
                    anew[number] = dict(zip(concluded[number], found, strict=True))
                before, now = self._by_outcome[number][place], anew[number][place]
                if before is not now:
                    speak += (now is True) - (before is True)
                    may_speak += (now is None) - (before is None)
            if speak or may_speak:
                return outcome if speak else None
        return outcomes[-1]

    @cached_property
    def _by_outcome(self) -> list[dict[int, Truth]]:
        """By provision, what is found of it for each outcome, by its number, where nothing is otherwise."""
        return [
            dict(zip(concluded, speaks, strict=True))
            for concluded, speaks in zip(self.decider.concluded, self._speaks, strict=True)
        ]

    def reaches_another(self, key: str, value: Scalar, outcome: str) -> bool:
        """Whether an outcome is not certain where an input has this value: most often seen without looking further.

        Where evaluation leaves it open, it is enough that another one is found once one of the other inputs that are
        open has some value too. Days are not tried, because orders bind them. The engines of open cases know the rest.
        """
        found = self.outcome(key, value)
        if found is not None:
            return found != outcome
        return self._settled_by_one(key, value, outcome) or self.possible(key, value) != (outcome,)

    def _settled_by_one(self, key: str, value: Scalar, outcome: str) -> bool:
        """Whether some value of one open input leads to another outcome, where ``key`` has a value as well."""
        reading = self._provisions_reading(key.partition("[")[0])
        changed = with_value(self.valuation, key, value)
        unsettled = [number for number in reading if None in self.decider.evaluation.speaks(number, changed.values)]
        unsettled += [n for n, speaks in enumerate(self._speaks) if None in speaks and n not in reading]
        for other in dict.fromkeys(key for n in unsettled for key in sorted(self.decider.inputs_by_rule[n])):
            domain = self.decider.question.domains[other]
            if changed.values[other] is not None or other in changed.same_as:
                continue
            tried: Sequence[Scalar] = (False, True) if domain.kind == "yes/no" else domain.choices[:MOST_CHOICES]
            both = list(dict.fromkeys([*reading, *self._provisions_reading(other)]))
            for one in tried:  # none of a day, a number or a list
                if self._outcome(both, partial(_values_with, changed, other, one)) not in (None, outcome):
                    return True
        return False

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
        for concluded, speaks in zip(self.decider.concluded, self._speaks, strict=True):
            for outcome, truth in zip(concluded, speaks, strict=True):
                certain[outcome] += truth is True
                maybe[outcome] += truth is None
        return certain, maybe

    def _provisions_reading(self, name: str) -> Sequence[int]:
        """By number the provisions that read an input or a list, or what is the same as it."""
        reading = self.decider.rules_reading
        family = self._family(name)
        if len(family) == 1:
            return reading.get(name, ())
        return sorted({number for one in family for number in reading.get(one, ())})

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
        values = {**valuation.values, **dict.fromkeys(family_of(valuation, key), value)}
    return Valuation(values, valuation.same_as, valuation.bounds)


def family_of(valuation: Valuation, key: str) -> tuple[str, ...]:
    """An input, and those that are the same as it."""
    return (key, *(alias for alias, other in valuation.same_as.items() if other == key))


def domain_of(decider: Decider, key: str) -> Domain:
    """What an input may be, or a field of a record."""
    records, bracket, rest = key.partition("[")
    domain = decider.question.domains[records]
    return dict(domain.fields)[rest.partition("].")[2]] if bracket else domain


def _values_with(valuation: Valuation, key: str, value: Scalar) -> Values:
    return with_value(valuation, key, value).values
