"""Resolving law: a question of a rulebook, at a stage, becomes formulas over the inputs of a case.

Readings stay inputs, and so does the day of the law: whether an instrument counts as law is a comparison of its
dates with that day. One resolved question therefore serves every reading and every date.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar, assert_never

from lawmodel.case.values import SPECIAL_DAYS, day_in_words, decode_text
from lawmodel.dataclass import dataclass
from lawmodel.inputs import MOST_RECORDS
from lawmodel.reasoning.combinations import Combination, as_orders
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
    Spaced,
    Term,
    all_of,
    any_of,
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
from lawmodel.rulebook.model import DateSwitch, Fact, Instrument, Provision, Rulebook
from lawmodel.time_spans import Spans, TimeSpan, moved

Branch = TypeVar("Branch")


@dataclass(frozen=True, slots=True)
class DayChoice:
    """A day for each option of a reading."""

    reading: str
    branches: tuple[tuple[str, Day], ...]


@dataclass(frozen=True, slots=True)
class MovedDay:
    """A day so long after, or before, one that only a case settles."""

    day: Input | Field
    spans: Spans


Day: TypeAlias = Term | MovedDay | DayChoice


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a statement stands: inside which records, and what `at` means."""

    records: str | None = None
    at: Day | None = None


def resolve(rulebook: Rulebook, question: str, stage: str | None = None) -> ResolvedQuestion:
    """A question of the rulebook for bills that reached ``stage`` (by default the last); KeyError if there is none."""
    return _Resolver(rulebook, stage or rulebook.ordinary_stage).question(question)


def resolve_condition(
    rulebook: Rulebook, stated: Condition, stage: str | None = None, records: str | None = None
) -> Formula:
    """A condition, as a rulebook states it, for bills that reached ``stage``; perhaps about a record of a list."""
    return _Resolver(rulebook, stage or rulebook.ordinary_stage).condition(stated, Scope(records=records))


def combinations(rulebook: Rulebook, question: str | None, stage: str) -> tuple[Combination, ...]:
    """What no case is, and what is odd, where a question is asked (None: whatever is asked), in the order of the text.

    Bills count as law that reached ``stage``.
    """
    return tuple(_Resolver(rulebook, stage).combinations(question))


class _Resolver:
    def __init__(self, rulebook: Rulebook, stage: str) -> None:
        self.rulebook = rulebook
        self.stage = stage
        self._applies: dict[str, Formula] = {}
        self._concepts: dict[tuple[str, str | None, Day | None], Formula] = {}

    def question(self, name: str) -> ResolvedQuestion:
        rulebook = self.rulebook
        asked = rulebook.questions[name]
        rules = []
        for provision in sorted(rulebook.provisions.values(), key=lambda provision: by_citation(provision.citation)):
            if provision.question == name:
                scope = self.scope(provision)
                concludes = {} if provision.concludes is None else self.outcomes(provision.concludes, scope)
                brings = {} if provision.brings is None else self.outcomes(provision.brings, scope)
                rules.append(
                    Rule(provision.id, self.applies(provision), tuple(concludes.items()), tuple(brings.items()))
                )
        errors = [one for one in self.combinations(name) if one.is_error]
        return ResolvedQuestion(
            id=name,
            outcomes=tuple(outcome.id for outcome in asked.outcomes),
            rules=tuple(rules),
            domains=domains(rulebook),
            orderings=(*orderings(rulebook), *(order for one in errors for order in one.orders)),
            excluded=tuple(one.formula for one in errors if not one.orders),
        )

    def combinations(self, question: str | None) -> Iterator[Combination]:
        stated = [one for one in self.rulebook.consistency if one.when is not None and one.counts_for(question)]
        known = domains(self.rulebook) if stated else {}
        for entry in stated:
            assert entry.when is not None
            formula = self.condition(entry.when, Scope())
            yield Combination(entry, formula, () if entry.level == "warning" else as_orders(formula, known))

    def scope(self, provision: Provision) -> Scope:
        return Scope(at=None if provision.at is None else self.day(provision.at, Scope()))

    def applies(self, provision: Provision) -> Formula:
        """In force, its conditions hold, no exception does, and nothing that applies disapplies it."""
        if provision.id not in self._applies:
            scope = self.scope(provision)
            parts: list[Formula] = []
            in_force = self.in_force(provision)
            if in_force != TRUE:
                parts.append(Named("in-force", provision.id, in_force))
            parts.append(self.condition(provision.when, scope))
            if provision.unless is not None:
                parts.append(Not(Named("exception", provision.id, self.condition(provision.unless, scope))))
            for other in self.rulebook.provisions.values():
                if provision.id in other.disapplies:
                    parts.append(Not(Named("provision", other.id, self.applies(other))))
            self._applies[provision.id] = All(tuple(parts))
        return self._applies[provision.id]

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
                    self._concepts[place] = Named("concept", name, self.condition(concept.when, inner))
                return self._concepts[place]
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
                return self.days_ordered(self.term(path, scope), comparison, self.day(date, scope))
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
        """The instrument (in this wording) counts as law on the day of the law."""
        entry = self.rulebook.instruments[instrument]
        since = became_law(self.rulebook, entry, self.stage)
        if since is None:
            return Named("law", instrument, FALSE)
        parts: list[Formula] = [Ordered(Fixed(since.date.toordinal()), Input(LAW_DATE))]
        if entry.ceases is not None:
            parts.append(Not(Ordered(Fixed(entry.ceases.date.toordinal()), Input(LAW_DATE))))
        if version is not None:
            parts.append(any_of(*wording_in_force(entry, version)))
        return Named("law", instrument, all_of(*parts))

    def day(self, date: DateName | DateSwitch, scope: Scope) -> Day:
        if isinstance(date, DateName) and date.span is not None:
            return moved_day(date.span, self.day(replace(date, span=None), scope))
        if isinstance(date, DateSwitch):
            branches = date.branches
            return DayChoice(
                date.reading,
                tuple(
                    (option, self.day(branches[option] if option in branches else branches["otherwise"], Scope()))
                    for option in self.options(date.reading)
                ),
            )
        if date.became_law:
            since = became_law(self.rulebook, self.rulebook.instruments[date.name], self.stage)
            label = f"the day on which {date.name} became law"
            return Fixed(NO_DAY if since is None else since.date.toordinal(), label)
        if date.name == AT:
            assert scope.at is not None
            return scope.at
        if date.name == LAW_DATE:
            return Input(LAW_DATE)
        if date.name in self.rulebook.dates:
            return self.day(self.rulebook.dates[date.name].value, Scope())
        if date.name[:1].isdigit():
            return Fixed(datetime.date.fromisoformat(date.name).toordinal())
        return self.term(date.name, scope)

    def days_ordered(self, term: Input | Field, comparison: str, day: Day) -> Formula:
        if isinstance(day, DayChoice):
            branches = tuple((option, self.days_ordered(term, comparison, one)) for option, one in day.branches)
            return Choose(day.reading, branches, of_date=True)
        match comparison:
            case "before":
                return day_before(term, day, strict=True)
            case "on_or_before":
                return day_before(term, day)
            case "after":
                return day_after(term, day, strict=True)
            case "on_or_after":
                return day_after(term, day)
            case _:
                return All((day_before(term, day), day_after(term, day)))

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


def day_before(term: Input | Field, day: Term | MovedDay, *, strict: bool = False) -> Formula:
    """That a day is on or before another; before it, if strict."""
    if isinstance(day, MovedDay):
        return Spaced(term, day.day, day.spans, moves_left=False, strict=strict)
    return Ordered(term, day, strict)


def day_after(term: Input | Field, day: Term | MovedDay, *, strict: bool = False) -> Formula:
    """That a day is on or after another; after it, if strict."""
    if isinstance(day, MovedDay):
        return Spaced(day.day, term, day.spans, moves_left=True, strict=strict)
    return Ordered(day, term, strict, about_right=True)


def moved_day(span: TimeSpan, day: Day) -> Day:
    """The day so long after, or before, another: worked out, where the law settles it."""
    match day:
        case DayChoice(reading, branches):
            return DayChoice(reading, tuple((option, moved_day(span, one)) for option, one in branches))
        case Fixed(value, label):
            named = day_in_words(value) if label is None else label
            return Fixed(moved(value, span.days, span.months), span.of(named))
        case MovedDay(first, spans):
            return MovedDay(first, (*spans, span))
        case Input() | Field():
            return MovedDay(day, (span,))
        case _:
            assert_never(day)


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


def is_special(term: Input | Field, day: int) -> Formula:
    """A date is this special day."""
    return OneOf(term, frozenset((day,)))


def wording_in_force(instrument: Instrument, version: str) -> list[Formula]:
    """One condition for each stretch of time in which this wording is the latest."""
    worded = [step for step in instrument.steps if step.version is not None]
    found: list[Formula] = []
    for number, step in enumerate(worded):
        if step.version == version:
            since = Ordered(Fixed(step.date.toordinal()), Input(LAW_DATE))
            later = [
                Not(Ordered(Fixed(after.date.toordinal()), Input(LAW_DATE)))
                for after in worded[number + 1 : number + 2]
            ]
            found.append(all_of(since, *later))
    return found
