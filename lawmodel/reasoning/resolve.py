"""Resolving law: a question of a rulebook, at a stage, becomes formulas over the inputs of a case.

Readings stay inputs, and so does the day of the law: whether an instrument counts as law is a comparison of its
dates with that day. One resolved question therefore serves every reading and every date.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Final, Literal, TypeAlias, TypeVar, assert_never

from lawmodel.case.values import SPECIAL_DAYS, decode_text
from lawmodel.dataclass import dataclass
from lawmodel.inputs import MOST_RECORDS
from lawmodel.reasoning.combinations import Combination, as_orders, may_overlap
from lawmodel.reasoning.day_comparisons import (
    Day,
    DayChoice,
    FirstOf,
    MovedDay,
    days_ordered,
    is_special,
    moved_day,
    on_each,
)
from lawmodel.reasoning.domains import domains, orderings
from lawmodel.reasoning.formula import (
    FALSE,
    LAW_DATE,
    NO_DAY,
    TRUE,
    All,
    Any,
    AtLeast,
    Choose,
    Constant,
    Domain,
    Field,
    Fixed,
    Formula,
    Input,
    Named,
    Not,
    OneOf,
    Ordered,
    ResolvedQuestion,
    Rule,
    Same,
    SomeRecord,
    Term,
    all_of,
    any_of,
    reading_key,
)
from lawmodel.rulebook.condition import (
    AT,
    AllOf,
    Always,
    AnyOf,
    Bound,
    ConceptHolds,
    Concludes,
    Conclusion,
    ConclusionCases,
    ConclusionSwitch,
    Condition,
    Count,
    CountsAsLaw,
    DateName,
    FactCompared,
    FactIs,
    FactSameAs,
    NotThis,
    Some,
    Switch,
)
from lawmodel.rulebook.dateline import became_law
from lawmodel.rulebook.model import Consistency, DateRule, DateSwitch, Fact, FirstDay, Instrument, Provision, Rulebook

Branch = TypeVar("Branch")
Dated: TypeAlias = Literal["by_facts", "by_choice", "either"]
"""How a question knows the day of the law, where a named date gives it: by the facts and readings of which that is
made; by being told the day; or by either, as the input `DATED` says."""
DATED: Final = "day of the law"
"""The name of that input; no reading can have it."""
DATED_KEY: Final = reading_key(DATED)
WAYS_OF_DATING: Final[tuple[Dated, Dated]] = ("by_facts", "by_choice")


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a statement stands: inside which records, and what `at` means."""

    records: str | None = None
    at: Day | None = None


def resolve(
    rulebook: Rulebook, question: str, stage: str | None = None, *, dated: Dated = "by_facts"
) -> ResolvedQuestion:
    """A question of the rulebook for bills that reached ``stage`` (by default the last); KeyError if there is none."""
    return _Resolver(rulebook, stage or rulebook.ordinary_stage, dated).question(question)


def resolve_otherwise(
    question: ResolvedQuestion, laws: Collection[str], rulebook: Rulebook, stage: str, dated: Dated
) -> ResolvedQuestion:
    """A question that was resolved, where some instruments have other steps and dates, or other ones count.

    The rulebook has these dates already, or they count at this stage. What does not depend on these instruments is not
    looked at, and is the same objects.
    """
    resolver = _Resolver(rulebook, stage, dated)
    if question.laws is None or not question.laws.isdisjoint(laws):
        return resolver.question(question.id)
    rules = tuple(
        rule if rule.laws is not None and rule.laws.isdisjoint(laws) else resolver.rule(rulebook.provisions[rule.id])
        for rule in question.rules
    )
    return replace(question, rules=rules)


def resolve_condition(
    rulebook: Rulebook,
    stated: Condition,
    stage: str | None = None,
    records: str | None = None,
    *,
    dated: Dated = "by_facts",
) -> Formula:
    """A condition, as a rulebook states it, for bills that reached ``stage``; perhaps about a record of a list."""
    return _Resolver(rulebook, stage or rulebook.ordinary_stage, dated).condition(stated, Scope(records=records))


def law_day(rulebook: Rulebook) -> Day:
    """The day of the law as the facts and readings of a case give it."""
    return _Resolver(rulebook, rulebook.ordinary_stage, "by_facts").law_day


def combinations(
    rulebook: Rulebook, question: str | None, stage: str, *, dated: Dated = "by_facts"
) -> tuple[Combination, ...]:
    """What no case is, and what is odd, where a question is asked (None: whatever is asked), in the order of the text.

    Bills count as law that reached ``stage``.
    """
    return tuple(_Resolver(rulebook, stage, dated).combinations(question))


class _Resolver:
    def __init__(self, rulebook: Rulebook, stage: str, dated: Dated) -> None:
        self.rulebook = rulebook
        self.stage = stage
        self.dated = "by_choice" if rulebook.law_day is None else dated
        self.consulted: set[str] = set()
        """The instruments of which steps and dates were looked at; what is made once adds its own wherever it is."""
        self.law_day = self._law_day(self.dated)
        self._of_law_day = frozenset(self.consulted)
        self._applies: dict[str, tuple[Formula, frozenset[str]]] = {}
        self._laws: dict[tuple[str, str | None], Formula] = {}
        self._concepts: dict[tuple[str, str | None, Day | None], tuple[Formula, frozenset[str]]] = {}

    @contextmanager
    def consulting(self) -> Iterator[set[str]]:
        """Note the instruments that are consulted meanwhile by themselves; afterwards they count as before."""
        before, self.consulted = self.consulted, set(self._of_law_day)
        yield self.consulted
        before |= self.consulted
        self.consulted = before

    def _law_day(self, dated: Dated) -> Day:
        if dated == "either":
            return DayChoice(DATED, tuple((way, self._law_day(way)) for way in WAYS_OF_DATING))
        named = self.rulebook.law_day
        if dated == "by_choice" or named is None:
            return Input(LAW_DATE)
        return self.day_rule(self.rulebook.dates[named].value)

    def question(self, name: str) -> ResolvedQuestion:
        rulebook = self.rulebook
        asked = rulebook.questions[name]
        asking = (one for one in rulebook.provisions.values() if one.question == name)
        rules = tuple(map(self.rule, sorted(asking, key=lambda provision: by_citation(provision.citation))))
        with self.consulting() as consulted:
            errors = [one for one in self.combinations(name) if one.is_error]
            excluded = tuple(one.formula for one in errors if not one.orders)
        either = {DATED_KEY: Domain("choice", WAYS_OF_DATING)} if self.dated == "either" else {}
        return ResolvedQuestion(
            id=name,
            outcomes=tuple(outcome.id for outcome in asked.outcomes),
            rules=rules,
            domains=domains(rulebook) | either,
            orderings=(*orderings(rulebook), *(order for one in errors for order in one.orders)),
            follows=tuple((one.id, one.certain) for one in asked.consequences if one.certain),
            excluded=excluded,
            laws=frozenset(consulted),
        )

    def rule(self, provision: Provision) -> Rule:
        with self.consulting() as consulted:
            scope = self.scope(provision)
            concludes = {} if provision.concludes is None else self.outcomes(provision.concludes, scope)
            brings = {} if provision.brings is None else self.outcomes(provision.brings, scope)
            applies = self.applies(provision)
        laws = frozenset(consulted)
        return Rule(provision.id, applies, tuple(concludes.items()), tuple(brings.items()), laws)

    def combinations(self, question: str | None) -> Iterator[Combination]:
        known: Mapping[str, Domain] = {}
        for entry in self.rulebook.consistency:
            if entry.order or not entry.counts_for(question):
                continue
            resolved = partial(self.combination, entry)
            if entry.level == "warning":
                yield Combination(entry, resolved)
            else:
                known = known or domains(self.rulebook)
                yield Combination(entry, resolved, as_orders(resolved(), known))

    def combination(self, entry: Consistency) -> Formula:
        return may_overlap(entry) if entry.when is None else self.condition(entry.when, Scope())

    def scope(self, provision: Provision) -> Scope:
        return Scope(at=None if provision.at is None else self.day(provision.at, Scope()))

    def applies(self, provision: Provision) -> Formula:
        """In force, its conditions hold, no exception does, and nothing that applies disapplies it."""
        if provision.id not in self._applies:
            with self.consulting() as consulted:
                made = All(tuple(self._conditions(provision)))
            self._applies[provision.id] = made, frozenset(consulted)
        applies, laws = self._applies[provision.id]
        self.consulted |= laws
        return applies

    def _conditions(self, provision: Provision) -> Iterator[Formula]:
        scope = self.scope(provision)
        in_force = self.in_force(provision)
        if in_force != TRUE:
            yield Named("in-force", provision.id, in_force)
        yield self.condition(provision.when, scope)
        if provision.unless is not None:
            yield Not(Named("exception", provision.id, self.condition(provision.unless, scope)))
        for other in self.rulebook.provisions.values():
            if provision.id in other.disapplies:
                yield Not(Named("provision", other.id, self.applies(other)))

    def in_force(self, provision: Provision) -> Formula:
        parts: list[Formula] = []
        if provision.in_force is not None:
            parts.append(self.condition(provision.in_force, Scope()))
        if provision.enacted_by is not None:
            parts.append(self.law(provision.enacted_by, None))
        if provision.repealed_by is not None:
            parts.append(Not(Named("repeal", provision.repealed_by, self.law(provision.repealed_by, None))))
        return all_of(*parts)

    def condition(self, stated: Condition, scope: Scope) -> Formula:
        match stated:
            case Always(value):
                return Constant(value)
            case AllOf(parts):
                return All(tuple(self.condition(part, scope) for part in parts))
            case AnyOf(parts):
                return Any(tuple(self.condition(part, scope) for part in parts))
            case Count(bound, number, parts):
                counted = tuple(self.condition(part, scope) for part in parts)
                return bounded(bound, number, lambda least: AtLeast(least, counted), len(parts))
            case NotThis(part):
                return Not(self.condition(part, scope))
            case Some():
                return self.records(stated, scope)
            case Switch(reading, branches, otherwise):
                return Choose(
                    reading,
                    tuple(
                        (option, self.condition(self.branch(branches, otherwise, option), scope))
                        for option in self.options(reading)
                    ),
                )
            case ConceptHolds(name, at, _):
                concept = self.rulebook.concepts[name]
                inner = scope if at is None else replace(scope, at=self.day(at, scope))
                inner = inner if concept.about is not None else replace(inner, records=None)
                place = (name, inner.records, inner.at)
                if place not in self._concepts:  # one object wherever it is used alike: engines need not look twice
                    with self.consulting() as consulted:
                        made = Named("concept", name, self.condition(concept.when, inner))
                    self._concepts[place] = made, frozenset(consulted)
                named, laws = self._concepts[place]
                self.consulted |= laws
                return named
            case CountsAsLaw(instrument, version, _):
                return self.law(instrument, version)
            case FactIs(path, values, _):
                return self.fact_is(path, values, scope)
            case FactSameAs(path, other, _):
                one, same = self.term(path, scope), self.term(other, scope)
                if self.fact(path, scope).sort == "number":
                    return All(tuple(numbers_ordered(one, word, same) for word in ("at_most", "at_least")))
                return Same(one, same)
            case FactCompared(path, comparison, number, None, _):
                assert number is not None
                other_number = self.term(number, scope) if isinstance(number, str) else Fixed(number)
                return numbers_ordered(self.term(path, scope), comparison, other_number)
            case FactCompared(path, comparison, _, date, _):
                assert date is not None
                left = self.law_day if path == LAW_DATE else self.term(path, scope)
                return on_each(left, lambda term: days_ordered(term, comparison, self.day(date, scope)))
            case _:
                assert_never(stated)

    def records(self, stated: Some, scope: Scope) -> Formula:
        name, number = stated.records, stated.number
        such_that = self.condition(stated.such_that, replace(scope, records=name))
        match stated.quantifier:
            case "some":
                return SomeRecord(name, such_that)
            case "none":
                return Not(SomeRecord(name, such_that))
            case "every":
                return Not(SomeRecord(name, Not(such_that)))
            case "at_least" | "at_most" | "exactly" as bound:
                return bounded(bound, number, lambda least: SomeRecord(name, such_that, least), MOST_RECORDS)
            case _:
                assert_never(stated.quantifier)

    def fact_is(self, path: str, values: tuple[str, ...], scope: Scope) -> Formula:
        fact = self.fact(path, scope)
        term = self.term(path, scope)
        if fact.sort == "date":
            return any_of(*(is_special(term, SPECIAL_DAYS[fact.words[value].means]) for value in values))
        decoded = (decode_text(self.rulebook, fact, value) for value in values)
        return OneOf(term, frozenset(value for value in decoded if value is not None))

    def fact(self, path: str, scope: Scope) -> Fact:
        if scope.records is not None:
            for field in self.rulebook.facts[scope.records].of:
                if field.id == path:
                    return field
        return self.rulebook.facts[path]

    def term(self, path: str, scope: Scope) -> Input | Field:
        if scope.records is not None and any(field.id == path for field in self.rulebook.facts[scope.records].of):
            return Field(scope.records, path)
        return Input(path)

    # -- law and days

    def law(self, instrument: str, version: str | None) -> Formula:
        """The instrument (in this wording) counts as law on the day of the law; one object wherever it is used."""
        self.consulted.add(instrument)
        if (instrument, version) not in self._laws:
            self._laws[instrument, version] = self._law(instrument, version)
        return self._laws[instrument, version]

    def _law(self, instrument: str, version: str | None) -> Formula:
        entry = self.rulebook.instruments[instrument]
        since = became_law(self.rulebook, entry, self.stage)
        if since is None:
            return Named("law", instrument, FALSE)
        parts = [days_ordered(Fixed(since.date.toordinal()), "on_or_before", self.law_day)]
        if entry.ceases is not None:
            parts.append(Not(days_ordered(Fixed(entry.ceases.date.toordinal()), "on_or_before", self.law_day)))
        if version is not None:
            parts.append(any_of(*wording_in_force(entry, version, self.law_day)))
        return Named("law", instrument, all_of(*parts))

    def day_rule(self, rule: DateRule) -> Day:
        """What a named date stands for."""
        match rule:
            case DateName():
                return self.day(rule, Scope())
            case FirstDay(days):
                *before, last = days
                found = self.day(last, Scope())
                for one in reversed(before):
                    found = self.first_of(self.day(one, Scope()), found)
                return found
            case DateSwitch(reading, branches):
                each = ((option, branches.get(option) or branches["otherwise"]) for option in self.options(reading))
                return DayChoice(reading, tuple((option, self.day_rule(branch)) for option, branch in each))
            case _:
                assert_never(rule)

    @staticmethod
    def first_of(day: Day, otherwise: Day) -> Day:
        """A day if there is one, otherwise another."""
        if isinstance(day, Fixed):
            return otherwise if day.value == NO_DAY else day
        assert isinstance(day, Input | MovedDay)
        counted_from = day.day if isinstance(day, MovedDay) else day
        return FirstOf(day, otherwise, is_special(counted_from, NO_DAY))

    def day(self, date: DateName, scope: Scope) -> Day:
        if date.span is not None:
            return moved_day(date.span, self.day(replace(date, span=None), scope))
        if date.became_law:
            self.consulted.add(date.name)
            since = became_law(self.rulebook, self.rulebook.instruments[date.name], self.stage)
            label = f"the day on which {date.name} became law"
            return Fixed(NO_DAY if since is None else since.date.toordinal(), label)
        if date.name == AT:
            assert scope.at is not None
            return scope.at
        if date.name == LAW_DATE:
            return self.law_day
        if date.name in self.rulebook.dates:
            return self.day_rule(self.rulebook.dates[date.name].value)
        if date.name[:1].isdigit():
            return Fixed(datetime.date.fromisoformat(date.name).toordinal())
        return self.term(date.name, scope)

    # -- conclusions

    def outcomes(self, stated: Conclusion, scope: Scope) -> dict[str, Formula]:
        """Each outcome that a conclusion can reach, and the condition under which it does."""
        match stated:
            case Concludes(name):
                if name is None:
                    return {}
                shared = self.rulebook.conclusions.get(name)
                return {name: TRUE} if shared is None else self.outcomes(shared.concludes, scope)
            case ConclusionCases(cases, otherwise):
                return self.cases(cases, otherwise, scope)
            case ConclusionSwitch(reading, branches, otherwise):
                found = {
                    option: self.outcomes(self.branch(branches, otherwise, option), scope)
                    for option in self.options(reading)
                }
                named = dict.fromkeys(outcome for reached in found.values() for outcome in reached)
                return {
                    outcome: Choose(
                        reading, tuple((option, reached.get(outcome, FALSE)) for option, reached in found.items())
                    )
                    for outcome in named
                }
            case _:
                assert_never(stated)

    def cases(
        self, cases: Sequence[tuple[Condition, Conclusion]], otherwise: Conclusion, scope: Scope
    ) -> dict[str, Formula]:
        reached: dict[str, list[Formula]] = {}
        earlier: list[Formula] = []
        for condition, conclusion in (*cases, (Always(True, otherwise.place), otherwise)):
            holds = self.condition(condition, scope)
            for outcome, further in self.outcomes(conclusion, scope).items():
                reached.setdefault(outcome, []).append(all_of(*earlier, holds, further))
            earlier.append(Not(holds))
        return {outcome: any_of(*parts) for outcome, parts in reached.items()}

    def options(self, reading: str) -> list[str]:
        return [option.id for option in self.rulebook.readings[reading].options]

    @staticmethod
    def branch(branches: Mapping[str, Branch], otherwise: Branch | None, option: str) -> Branch:
        found = branches.get(option, otherwise)
        assert found is not None
        return found


def by_citation(citation: str) -> list[tuple[int, str]]:
    """A key by which articles stand in the order of a statute: Art. 9 before Art. 10, (1)(2) before (2)(1)."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d{1,9})", citation)]


def numbers_ordered(term: Term, comparison: str, bound: Term) -> Formula:
    """A comparison of numbers."""
    match comparison:
        case "at_most":
            return Ordered(term, bound, of_days=False)
        case "less_than":
            return Ordered(term, bound, strict=True, of_days=False)
        case "at_least":
            return Ordered(bound, term, of_days=False, about_right=True)
        case _:
            return Ordered(bound, term, strict=True, of_days=False, about_right=True)


def bounded(bound: Bound, number: int, at_least: Callable[[int], Formula], most: int) -> Formula:
    """A bound of how many of several hold, made of thresholds; of so many there are at most."""
    match bound:
        case "at_least":
            return at_least(number)
        case "at_most":
            return Not(at_least(number + 1))
        case "exactly" if number == 0:
            return Not(at_least(1))
        case "exactly" if number == most:
            return at_least(number)
        case "exactly":
            return All((at_least(number), Not(at_least(number + 1))))
        case _:
            assert_never(bound)


def wording_in_force(instrument: Instrument, version: str, law_day: Day) -> list[Formula]:
    """One condition for each stretch of time in which this wording is the latest."""
    worded = [step for step in instrument.steps if step.version is not None]
    found: list[Formula] = []
    for number, step in enumerate(worded):
        if step.version == version:
            since = days_ordered(Fixed(step.date.toordinal()), "on_or_before", law_day)
            later = [
                Not(days_ordered(Fixed(after.date.toordinal()), "on_or_before", law_day))
                for after in worded[number + 1 : number + 2]
            ]
            found.append(all_of(since, *later))
    return found
