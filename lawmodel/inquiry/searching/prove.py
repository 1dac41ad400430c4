"""Proving: a property of the law, for every case there can be, or the simplest case that refutes it.

What contradicts the property is looked for among all completions, at any day and under every option of every reading
that the property does not settle. That nothing is found is the proof.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from lawmodel.cached_property import cached_property
from lawmodel.case.arguments import raise_problems
from lawmodel.case.case import Case
from lawmodel.case.valuation import value_case
from lawmodel.dataclass import dataclass
from lawmodel.inputs import GivenScalar, GivenValue, Scalar, Value, reading_key
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import Decider, decider
from lawmodel.inquiry.gaps import gaps_of_question, texts_of_question
from lawmodel.inquiry.searching.found import SideAnswer
from lawmodel.inquiry.searching.found_case import ORDINARY, PLAUSIBLE, facts_of, preferences, trimmed, usual
from lawmodel.inquiry.searching.lifelike import lifelike
from lawmodel.inquiry.searching.property_space import GIVEN, LawSeen, PropertySpace
from lawmodel.inquiry.searching.proved import PropertyVerdict, Refutation
from lawmodel.problems import Problem, ProblemsFound, kind_of, no_such
from lawmodel.reasoning.evaluation import Meaning, Truth, Values, meaning
from lawmodel.reasoning.solving.self_composition import Preference
from lawmodel.reasoning.whole_law.second_copy import further_field, second_key
from lawmodel.rulebook.model import Fact, Property, Rulebook, raise_unless_rulebook

SUCH_THAT = "such that"


def prove(rulebook: Rulebook, stated: Property, *, seed: int | None = None) -> PropertyVerdict:
    """Whether a property holds for every case; if it does not, the simplest case for which it does not.

    With a ``seed`` that case has likely persons, values and days besides: for each seed the same.
    Raises `ProblemsFound` where this is no property of a rulebook, and RuntimeError where the solver gives up, for
    which these decidable questions give no reason.
    """
    raise_unless_rulebook(rulebook)
    raise_problems(*_property_problems(rulebook, stated))
    refutation, empty = None, True
    for stage in stated.stages or (rulebook.ordinary_stage,):
        about = PropertySpace(rulebook, stated, stage)
        if about.space.any([*about.contradicting()]) is not None:
            refutation = _Refuting(about).refutation(seed)
            break
        empty = empty and about.space.any([*about.speaking_of()]) is None
    of_nothing = refutation is None and empty
    made = decider(rulebook, stated.question, stated.stages[0] if stated.stages else None)
    return PropertyVerdict(
        stated,
        refutation,
        about.records(),
        about.readings(),
        about.facts(),
        against=texts_of_question(made),
        gaps=gaps_of_question(made),
        of_nothing=of_nothing,
    )


def _property_problems(rulebook: Rulebook, stated: object) -> Iterator[Problem]:
    """Whether this is a property; what one states was checked when it was read."""
    if isinstance(stated, Property):
        return
    if isinstance(stated, str) and stated in rulebook.properties:
        mend = f'Give the property itself: rulebook.properties["{stated}"].'
        yield Problem("a property is needed, and this is its name", mend, "stated")
    elif isinstance(stated, str):
        yield no_such(stated, rulebook.properties, "stated")
    else:
        yield Problem(f"a property is needed, and this is {kind_of(stated)}", "See rulebook.properties.", "stated")


@dataclass(frozen=True, slots=True)
class _Look:
    """What one side comes to on a case, as far as evaluation settles it."""

    outcome: str | None
    supports: Mapping[str, Mapping[str, Truth]]
    stated: Mapping[str, Truth]

    def ground(self, rule: str) -> Truth:
        """Whether a provision is a ground."""
        return None if self.outcome is None else self.supports[self.outcome].get(rule, False)

    def answer(self) -> tuple[str, frozenset[str]] | None:
        """The outcome and its grounds; None where they are open."""
        if self.outcome is None or None in self.supports[self.outcome].values():
            return None
        return self.outcome, frozenset(rule for rule, truth in self.supports[self.outcome].items() if truth)


@dataclass(frozen=True, slots=True)
class _Overlay:
    """What a second case has in place of what the first has."""

    facts: Mapping[str, Value] = field(default_factory=dict)
    fields: Mapping[str, Sequence[Mapping[str, Scalar | None]]] = field(default_factory=dict)
    """By list: for each record the fields that differ."""
    further: Mapping[str, Mapping[str, Scalar | None]] = field(default_factory=dict)
    """By list: the one more record."""

    def over(self, case: Case) -> dict[str, GivenValue]:
        """The facts of the second case that are its own."""
        found: dict[str, GivenValue] = dict(self.facts)
        for path in (*self.fields, *self.further):
            first = case.facts.get(path)
            listed = first if isinstance(first, tuple) else ()
            records: list[dict[str, GivenScalar | None]] = [dict(record) for record in listed]
            for record, own in zip(records, self.fields.get(path, ()), strict=False):
                record.update(own)
            if path in self.further:
                records.append(dict(self.further[path]))
            found[path] = tuple({name: value for name, value in one.items() if value is not None} for one in records)
        return found


class _Refuting:
    """From a completion that contradicts a property to the simplest case that does."""

    def __init__(self, about: PropertySpace) -> None:
        self._about, self._space, self._laws = about, about.space, about.laws
        self._rulebook, self._property = about.rulebook, about.property

    def refutation(self, seed: int | None) -> Refutation:
        """The case, or the two, with nothing in them that is not needed, or that a ``seed`` did not add."""
        values = self._space.simplest([*self._about.contradicting()], [*self._preferred()])
        assert values is not None
        overlay = self._overlay(values)
        facts = facts_of(self._rulebook, values, keep=overlay.facts)
        case = Case(facts=facts, presume=True, questions=(self._property.question,))
        readings = {
            name: str(values[reading_key(name)]) for name in self._rulebook.readings if reading_key(name) in values
        }
        for name in list(readings):
            fewer = {other: option for other, option in readings.items() if other != name}
            if self._refutes(case, overlay, fewer):
                readings = fewer
        overlay = self._with_less_further(case, overlay, readings)
        kept = {self._rulebook.law_date, *overlay.facts, *overlay.fields, *overlay.further}
        case = trimmed(case, kept, lambda candidate: self._refutes(candidate, overlay, readings))
        if seed is not None:
            case = self._as_in_life(case, overlay, readings, seed)
        differs = overlay.facts or overlay.fields or overlay.further
        second = overlay.over(case) if differs else None
        return Refutation(self._rulebook, self._property, case, second, tuple(self._seen(case, second, readings)))

    def _as_in_life(self, case: Case, overlay: _Overlay, readings: Mapping[str, str], seed: int) -> Case:
        """The case with what is likely, as far as it contradicts the property with it and becomes no odder."""
        odd = self._odd(case, overlay)

        def serves(changed: Case) -> bool:
            return self._refutes(changed, overlay, readings) and self._odd(changed, overlay) <= odd

        return lifelike(self._rulebook, case, random.Random(f"{seed} {case.facts}"), serves)  # noqa: S311 - no secret

    def _odd(self, case: Case, overlay: _Overlay) -> set[str]:
        """What is odd about a case, or about the second one."""
        made = self._decider(self._laws[0])
        return {
            odd.says
            for one in (case, _second(case, overlay))
            for odd in made.oddities(one, made.value(one, None, None).valuation.values)
        }

    @cached_property
    def _meanings(self) -> list[dict[str, Meaning]]:
        return [{name: meaning(one) for name, one in stated.items()} for stated in self._about.conditions]

    def _preferred(self) -> Iterator[Preference]:
        variables = self._space.encoding.variables
        yield from preferences(self._rulebook, variables)
        for name, reading in self._rulebook.readings.items():
            key = reading_key(name)
            if key not in variables:
                continue
            if reading.default is not None:
                yield Preference(key, ORDINARY, value=reading.default)
            for rank, option in enumerate(reversed(reading.options)):  # otherwise the first that the rulebook names
                yield Preference(key, rank, value=option.id)
        for key, fact in self._second_inputs():
            ordinary = usual(self._rulebook, fact)
            if ordinary is not None and key in variables:
                yield Preference(key, PLAUSIBLE, value=ordinary)

    def _second_inputs(self) -> Iterator[tuple[str, Fact]]:
        """The single inputs of the second case that are its own, each with the fact or field that it is."""
        facts, change = self._rulebook.facts, self._property.changed
        for path, key in self._about.another.keys.items():
            if facts[path].sort != "records":
                yield key, facts[path]
        if change is not None and change.one_more is not None:
            for one in facts[change.one_more].of:
                yield further_field(change.one_more, one.id), one

    def _overlay(self, values: Values) -> _Overlay:
        lists = self._rulebook.facts
        another, change = self._about.another, self._property.changed
        facts = {path: values[key] for path, key in another.keys.items() if key in values}
        fields = {
            records: [{name: one.get(second_key(name)) for name in names} for one in _listed(values.get(records))]
            for records, names in another.fields.items()
        }
        if change is None or change.one_more is None:
            return _Overlay(facts, fields)
        more = change.one_more
        record = {one.id: _scalar(values.get(further_field(more, one.id))) for one in lists[more].of}
        return _Overlay(facts, fields, {more: record})

    def _with_less_further(self, case: Case, overlay: _Overlay, readings: Mapping[str, str]) -> _Overlay:
        """The second case with nothing in its one more record that is not needed."""
        for path, record in overlay.further.items():
            for name in record:
                less = {other: value for other, value in overlay.further[path].items() if other != name}
                fewer = replace(overlay, further={path: less})
                overlay = fewer if self._refutes(case, fewer, readings) else overlay
        return overlay

    def _refutes(self, case: Case, overlay: _Overlay, readings: Mapping[str, str]) -> bool:
        """Whether evaluation alone settles that a case contradicts the property."""
        try:
            first = self._look(0, case, readings)
            second = self._look(1, _second(case, overlay), readings) if len(self._laws) > 1 else None
        except ProblemsFound:
            return False
        if first.stated[GIVEN] is not True or (second is not None and second.stated.get(SUCH_THAT, True) is not True):
            return False
        claims = self._property.claims
        broken = [first.outcome is not None and bool(claims.always) and first.outcome not in claims.always]
        broken.append(first.outcome in claims.never)
        broken += [first.ground(name) is False for name in claims.ground]
        broken += [first.ground(name) is True for name in claims.no_ground]
        broken += [first.stated[name] is False for name in claims.brings]
        broken += [first.stated[name] is True for name in claims.never_brings]
        if second is not None:
            broken.append(self._come_apart(first, second))
        return any(broken)

    def _come_apart(self, first: _Look, second: _Look) -> bool:
        compared = self._property.claims.compared
        if compared == "same_answer":
            pair = first.answer(), second.answer()
            return None not in pair and pair[0] != pair[1]
        if first.outcome is None or second.outcome is None or compared is None:
            return False
        order = self._space.sides[0].question.outcomes
        step = order.index(second.outcome) - order.index(first.outcome)
        return {"same_outcome": step != 0, "no_weaker": step > 0, "no_stronger": step < 0}[compared]

    def _decider(self, law: LawSeen) -> Decider:
        return decider(self._rulebook, self._property.question, law.stage, on_a_day=law.on is not None)

    def _look(self, number: int, case: Case, readings: Mapping[str, str]) -> _Look:
        law, change = self._laws[number], self._property.changed
        values = value_case(self._rulebook, case, {**readings, **law.readings}, law.on).valuation.values
        evaluation = self._decider(law).evaluation
        stated = {name: holds(values, {}) for name, holds in self._meanings[number].items()}
        if number and change is not None and change.one_more is not None and self._about.such_that is not None:
            stated[SUCH_THAT] = meaning(self._about.such_that)(values, _listed(values[change.one_more])[-1])
        supports = evaluation.supports(values)
        return _Look(evaluation.strongest(supports), supports, stated)

    def _seen(
        self, case: Case, second: Mapping[str, GivenValue] | None, readings: Mapping[str, str]
    ) -> Iterator[SideAnswer]:
        for number, law in enumerate(self._laws):
            asked = case if number == 0 or second is None else replace(case, facts={**case.facts, **second})
            bearing = self._decider(law).comparisons.occurring
            taken = {**readings, **law.readings}
            chosen = {name: option for name, option in taken.items() if reading_key(name) in bearing}
            answer = decide(
                self._rulebook,
                asked,
                self._property.question,
                readings=chosen,
                on=law.on,
                stage=law.stage,
                forward_chaining=False,
            )
            stage = law.stage if law.stage != self._rulebook.ordinary_stage else None
            defaults = self._rulebook.readings
            shown = {name: option for name, option in chosen.items() if option != defaults[name].default}
            name = ("first", "second")[number] if len(self._laws) > 1 else ""
            yield SideAnswer(name, shown, law.on, stage, answer)


def _second(case: Case, overlay: _Overlay) -> Case:
    return replace(case, facts={**case.facts, **overlay.over(case)})


def _listed(value: Value | None) -> Sequence[Mapping[str, Scalar | None]]:
    return value if isinstance(value, tuple) else ()


def _scalar(value: Value | None) -> Scalar | None:
    return None if isinstance(value, tuple) else value
