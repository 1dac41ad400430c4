"""A case with another value of a single input, everything else as it is: only provisions that read it are looked at."""

from __future__ import annotations

from lawmodel.inputs import Scalar, Valuation
from lawmodel.inquiry.decider import Decider
from lawmodel.reasoning.evaluation import Truth


class VariedCase:
    """What evaluation finds on a case of which one input at a time is otherwise."""

    def __init__(self, decider: Decider, valuation: Valuation) -> None:
        self.decider = decider
        self.valuation = valuation
        self._speaks: dict[int, tuple[Truth, ...]] = {}
        """What is found of a provision, by its number, where nothing is otherwise."""
        self._reading: dict[str, frozenset[int]] = {}
        """The provisions that read an input or a list, or what is the same as it."""

    def outcome(self, key: str, value: Scalar | None) -> str | None:
        """The outcome where the input, and whatever is the same as it, has this value (None: is open); None: open.

        Only provisions that read the input are evaluated anew.
        """
        decider, reading = self.decider, self._provisions_reading(key.partition("[")[0])
        values = with_value(self.valuation, key, value).values if reading else self.valuation.values
        anew: dict[int, tuple[Truth, ...]] = {}
        for outcome, speaking in zip(decider.question.outcomes, decider.speaking, strict=False):
            may_be = False
            for number, place in speaking:
                known, of = (anew, values) if number in reading else (self._speaks, self.valuation.values)
                if number not in known:
                    known[number] = decider.evaluation.speaks(number, of)
                truth = known[number][place]
                if truth:
                    return outcome
                may_be |= truth is None
            if may_be:
                return None
        return decider.question.outcomes[-1]

    def _provisions_reading(self, name: str) -> frozenset[int]:
        if name not in self._reading:
            family = _family(self.valuation, name)
            by_rule = enumerate(self.decider.inputs_by_rule)
            self._reading[name] = frozenset(number for number, read in by_rule if not read.isdisjoint(family))
        return self._reading[name]

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
        return Valuation({**valuation.values, records: changed}, valuation.same_as)
    return Valuation({**valuation.values, **dict.fromkeys(_family(valuation, key), value)}, valuation.same_as)


def _family(valuation: Valuation, key: str) -> tuple[str, ...]:
    """An input, and those that are the same as it."""
    return (key, *(alias for alias, other in valuation.same_as.items() if other == key))
