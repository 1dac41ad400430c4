"""The simplest case of which something is true on two sides, each with a rulebook of its own if it likes.

There may be further sides, whose outcomes the case keeps without showing them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lawmodel.case.case import Case
from lawmodel.case.valuation import value_case
from lawmodel.inputs import Value, reading_key
from lawmodel.inquiry.searching.find import View, seen_from
from lawmodel.inquiry.searching.found import Found
from lawmodel.inquiry.searching.found_case import chosen_in, facts_of, given_with, known_to, preferences, trimmed, usual
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.evaluation import Evaluation, Values
from lawmodel.reasoning.formula import ResolvedQuestion
from lawmodel.reasoning.solving.self_composition import Product
from lawmodel.rulebook.model import Rulebook

BEFORE, AFTER = 0, 1
"""The numbers of the sides."""


class TwoSidedCase:
    """Finds cases in a space with two sides."""

    def __init__(
        self,
        laws: Sequence[Rulebook],
        views: Sequence[View],
        questions: Sequence[ResolvedQuestion],
        space: Product,
        given: Case,
        chosen: Mapping[str, str],
    ) -> None:
        """Take the sides, what is given of all cases, and the readings that are chosen for all."""
        self._laws, self._views, self._question, self._space = laws, views, questions[AFTER].id, space
        self._evaluations = list(map(Evaluation, questions))
        self._given, self._chosen = given, chosen

    def where(self, conditions: Sequence[str]) -> Found | None:
        """The simplest case that meets some conditions, with nothing in it that both outcomes do not need."""
        law = self._laws[AFTER]
        wishes = list(preferences(law, self._space.encoding.variables))
        values = self._space.simplest(conditions, wishes)
        if values is None:
            return None
        readings = {**self._chosen, **self._open_readings(values)}
        facts = {**self._facts(values), **given_with(self._given, values)}
        case = Case(facts=facts, presume=True, questions=(self._question,))
        wanted = self._outcomes(case, readings)

        def serves(candidate: Case, chosen: Mapping[str, str]) -> bool:
            try:
                return self._outcomes(candidate, chosen) == wanted
            except ProblemsFound:
                return False

        for name in [name for name in readings if name not in self._chosen]:
            fewer = {other: option for other, option in readings.items() if other != name}
            readings = fewer if serves(case, fewer) else readings
        keep = {*self._given.facts, law.law_date, *self._ordinarily_different()}
        case = trimmed(case, keep, lambda one: serves(one, readings))
        seen = tuple(
            seen_from(self._views[side], self._laws[side], self._question, case, readings) for side in (BEFORE, AFTER)
        )
        return Found(law, self._question, case, readings, seen)

    def _ordinarily_different(self) -> Iterator[str]:
        """The facts that are not the same on both sides when they are left out; so they are not."""
        before, after = self._laws[BEFORE], self._laws[AFTER]
        for path in before.facts.keys() & after.facts.keys():
            usually = [[usual(law, one) for one in (law.facts[path], *law.facts[path].of)] for law in (before, after)]
            if usually[BEFORE] != usually[AFTER]:
                yield path

    def _facts(self, values: Values) -> dict[str, Value]:
        return {**facts_of(self._laws[BEFORE], values), **facts_of(self._laws[AFTER], values)}

    def _open_readings(self, values: Values) -> dict[str, str]:
        names = {reading_key(name): name for law in self._laws for name in law.readings}
        return {names[key]: str(value) for key, value in values.items() if key in names}

    def _outcomes(self, case: Case, readings: Mapping[str, str]) -> list[str | None]:
        return [self._outcome(side, case, readings) for side in range(len(self._views))]

    def _outcome(self, side: int, case: Case, readings: Mapping[str, str]) -> str | None:
        law, view = self._laws[side], self._views[side]
        chosen = chosen_in(law, {**readings, **view.readings})
        values = value_case(law, known_to(law, case), chosen, view.on).valuation.values
        return self._evaluations[side].outcome(values)
