"""A case with everything it holds ready to be let go: what `why`, `why-not` and `change` start from."""

from __future__ import annotations

import datetime
from dataclasses import replace

from lawmodel.cached_property import cached_property
from lawmodel.case.values import day_in_words, encode_given, in_words
from lawmodel.inputs import LAW_DATE, READING_PREFIX, Valuation
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.sensitivity import plain_name
from lawmodel.reasoning.formula import Domain
from lawmodel.reasoning.reasons.correction_sets import CorrectionSets
from lawmodel.reasoning.reasons.minimal_sets import Subset
from lawmodel.reasoning.reasons.selectors import SelectorEncoding, known_inputs, negated
from lawmodel.results.given_input import GivenInput, Origin
from lawmodel.rulebook.model import Fact

SOFT = ("left out", "presumed")


class ExplainedCase:
    """One question on one case, with the inputs that it holds."""

    def __init__(self, ask: Ask, *, removable: bool = False, readings_too: bool = True) -> None:
        """Take what is asked; if ``removable``, that a listed record is there is an input too.

        Unless ``readings_too``, the readings that have an option are no inputs: they are taken as they are.

        The day of the law follows the fact that dates the law, unless ``on`` names one: so it changes with that fact.
        """
        self.rulebook, self.case, self.readings = ask.rulebook, ask.case, ask.readings
        self.made = ask.decider()
        self.asked = ask.rulebook.questions[ask.question]
        self.valued = ask.valued()
        self.valuation = self.valued.valuation if ask.on is not None else self._law_following()
        among = None
        if not readings_too:
            known = known_inputs(self.made.question, self.valuation, removable=removable)
            among = [key for key in known if not key.startswith(READING_PREFIX)]
        self.selectors = SelectorEncoding(self.made.question, self.valuation, removable=removable, among=among)

    def _law_following(self) -> Valuation:
        """The day of the law as the same input as the fact that dates it."""
        valuation = self.valued.valuation
        dating = valuation.same_as.get(self.rulebook.law_date, self.rulebook.law_date)
        if LAW_DATE in valuation.same_as or valuation.values[dating] != valuation.values[LAW_DATE]:
            return valuation
        return replace(valuation, same_as={**valuation.same_as, LAW_DATE: dating})

    @cached_property
    def possible(self) -> tuple[str, ...]:
        """Every outcome that some completion of the case reaches, the strongest first."""
        return tuple(outcome for outcome in self.selectors.outcomes if self.ways_to(outcome).differing(0) is not None)

    def ways_to(self, outcome: str, kept: Subset = 0, free: Subset = 0) -> CorrectionSets:
        """The ways to an outcome; some inputs stay as they are, and some may change in any case."""
        return CorrectionSets(self.selectors, [self.selectors.reached(outcome)], kept, free)

    def ways_out_of(self, outcome: str) -> CorrectionSets:
        """The ways to any other outcome."""
        return CorrectionSets(self.selectors, [negated(self.selectors.reached(outcome))])

    # --- the inputs --------------------------------------------------------------------------------

    @cached_property
    def weights(self) -> list[int]:
        """Of the held inputs: a set of fewer is lighter.

        Of as many inputs a set with fewer readings is, of these one with fewer presumptions, and of these one of what
        comes first in the rulebook.
        """
        number = len(self.selectors.held)
        soft, reading, one = 1 << number, 1 << number + 10, 1 << number + 20
        found = []
        for place, key in enumerate(self.selectors.held):
            weight = one + (1 << place)
            if key.startswith(READING_PREFIX):
                weight += reading
            elif self.origin(key) in SOFT:
                weight += soft
            found.append(weight)
        return found

    def inputs(self, subset: Subset) -> tuple[GivenInput, ...]:
        """Some held inputs in words, in the rulebook's order; readings last."""
        return tuple(self.input(key) for key in self.selectors.keys(subset))

    def input(self, key: str) -> GivenInput:
        """A held input in words."""
        origin = self.origin(key)
        if key.startswith(READING_PREFIX):
            reading = self.rulebook.readings[plain_name(key)]
            option = reading.option(str(self.selectors.values[key]))
            return GivenInput(reading.id, "reading", reading.title, option.says, option.id, origin)
        if key == LAW_DATE:
            day = self.selectors.values[key]
            assert isinstance(day, int)
            iso = datetime.date.fromordinal(day).isoformat()
            return GivenInput(key, "law", "the law", f"the law of {day_in_words(day)} is applied", iso, origin)
        records, bracket, rest = key.partition("[")
        if bracket and "]." not in key:
            return self._whole(records, rest.removesuffix("]"), origin)
        fact = self.declared(key)
        value = self.selectors.values[key]
        assert not isinstance(value, tuple)
        of = f"{self.rulebook.facts[records].each} {rest.partition(']')[0]}" if bracket else ""
        return GivenInput(
            key, "fact", fact.title, in_words(self.rulebook, fact, value), encode_given(fact, value), origin, of
        )

    def _whole(self, records: str, number: str, origin: Origin) -> GivenInput:
        """That a listed record is there, or that there are no further ones."""
        fact = self.rulebook.facts[records]
        each, name = str(fact.each), f"{records}[{number}]"
        if number != "+":
            return GivenInput(name, "record", f"{each} {number}", f"there is {each} {number}", None, origin)
        says = f"no further {each}" if self.valuation.values[records] else str(fact.none)
        return GivenInput(name, "further", f"further {fact.title}", says, None, origin)

    def declared(self, key: str) -> Fact:
        """The fact, or field, that an input is; of a list or one of its records that list."""
        records, _, rest = key.partition("[")
        field = rest.partition("].")[2]
        return self.rulebook.fact(f"{records}.{field}" if field else records)

    def domain(self, key: str) -> Domain:
        """What an input may be: a single one, a field of any record, or whether a record is there."""
        domains = self.made.question.domains
        records, bracket, rest = key.partition("[")
        if not bracket:
            return domains[key]
        field = rest.partition("].")[2]
        return dict(domains[records].fields)[field] if field else Domain("yes/no")

    def origin(self, key: str) -> Origin:
        """Where the value of a held input comes from."""
        if key.startswith(READING_PREFIX):
            return "default" if plain_name(key) in self.valued.defaults else "chosen"
        records, bracket, rest = key.partition("[")
        number, _, field = rest.partition("].")
        if field:
            listed = self.case.facts[records]
            assert isinstance(listed, tuple)
            return "given" if listed[int(number) - 1].get(field) is not None else "left out"
        if bracket or key == LAW_DATE or self.case.facts.get(key) is not None:
            return "given"
        return "presumed" if key in self.valued.presumed else "left out"
