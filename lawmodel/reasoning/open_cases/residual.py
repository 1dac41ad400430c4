"""The residual of a question: what is left of its formulas when the known values of a case are put in.

Residual formulas are formulas again, and mean the same on every completion of the case. In them a field of a
listed record is an `Input` under its own key, an input that is the same as another stands under the other's
key, `Named` is gone, and equal formulas are one object. Nothing is simplified beyond strong Kleene logic: the
residual is a constant exactly where `lawmodel.reasoning.evaluation` settles the formula, or where it does so by
what is known of days that are not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeAlias, assert_never

from lawmodel.dataclass import dataclass
from lawmodel.inputs import FIRST_DAY, LAST_DAY, DayBounds, is_calendar_day
from lawmodel.reasoning.evaluation import (
    compare,
    compare_bounded,
    compare_spaced,
    compare_spaced_bounded,
    one_of_bounded,
)
from lawmodel.reasoning.formula import (
    FALSE,
    TRUE,
    All,
    Any,
    AtLeast,
    Atom,
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
    Same,
    Scalar,
    SomeRecord,
    Spaced,
    Term,
    Valuation,
    field_key,
    reading_key,
    terms,
)
from lawmodel.reasoning.open_cases.pool import Pool
from lawmodel.reasoning.spaced_days import with_left_known, with_right_known

Side: TypeAlias = str | int
"""One side of an ordering: the key of an open input, or a known day."""


def further_key(records: str) -> str:
    """The key of the further records that a known list may have."""
    return f"{records}[+]"


def record_key(records: str, number: int) -> str:
    """The key of the input that says whether a listed record is there; freed, it may be taken out."""
    return f"{records}[{number}]"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an atom of the residual comes from: the atom in the law, and the number of the record it is about."""

    formula: Formula
    record: int | None


@dataclass(frozen=True, slots=True)
class _Place:
    """The record at hand; without a number: any record of a list that is unknown."""

    records: str
    number: int | None


@dataclass(frozen=True, slots=True)
class _Known:
    value: Scalar


_Side: TypeAlias = Input | Field | _Known


class Residual:
    """A question after the known values of a case have been put in."""

    def __init__(
        self,
        question: ResolvedQuestion,
        valuation: Valuation,
        freed: Collection[str] = (),
        *,
        further_records: bool | Collection[str] = False,
    ) -> None:
        """Put in all known values but those of the inputs in ``freed`` (by key, which are then open as well).

        A freed day of which only bounds are known may be any day; one that has a value too stays within them.

        Freed by its own key, which `record_key` gives, a listed record may be taken out. With ``further_records`` each
        known list (or each that is named there) may have more records than are listed: those are an unknown list of
        their own, under the key that `further_key` gives.

        Raises:
            ValueError: a list of records is to be freed.
        """
        self.question = question
        self.pool = Pool()
        self.domains: dict[str, Domain] = dict(question.domains)
        """Of every input; of the fields of listed records as well."""
        self.pinned: dict[str, Scalar] = {}
        """The values that freed inputs have in the case."""
        self.lifted: dict[str, DayBounds] = {}
        """What the case knows of freed inputs that have no value in it: here they may be any day."""
        self.origins: dict[int, Origin] = {}
        """By the identity of an atom of the residual."""
        self._same_as = valuation.same_as
        self._values: dict[str, Scalar | None] = {}
        self._listed: dict[str, int | None] = {}
        self._memory: dict[tuple[int, _Place | None], Formula] = {}
        for key, value in valuation.values.items():
            if question.domains[key].kind != "records":
                self._values[key] = value  # type: ignore[assignment]
                continue
            self._listed[key] = None if value is None else len(value)  # type: ignore[arg-type]
            for number, record in enumerate(value or (), start=1):  # type: ignore[arg-type]
                self.domains[record_key(key, number)] = Domain("yes/no")
                self._values[record_key(key, number)] = True
                for field, domain in question.domains[key].fields:
                    self.domains[field_key(key, number, field)] = domain
                    self._values[field_key(key, number, field)] = record[field]  # type: ignore[index]
        for key in map(self.key, freed):
            if key not in self._values:
                raise ValueError(f"{key}: not an input with a value")
            if (scalar := self._values[key]) is not None:
                self.pinned[key] = scalar
                self._values[key] = None
            elif key in valuation.bounds:
                self.lifted[key] = valuation.bounds[key]
        self._further: dict[str, str] = {}
        for key in self._listed:
            extended = further_records if isinstance(further_records, bool) else key in further_records
            if extended and self._listed[key] is not None:
                self._further[key] = further_key(key)
                self.domains[further_key(key)] = question.domains[key]
        self.orderings: list[tuple[Side, Side]] = []
        """Between days of the calendar, at least one of them open."""
        self.record_orderings: dict[str, list[tuple[str, str]]] = {}
        """Between fields of each record of an unknown list."""
        self.bounds: dict[str, DayBounds] = {}
        """Of open days that are known to be between others."""
        self.contradictory = False
        """Whether known days contradict an ordering."""
        self._bound(valuation.bounds)
        self._order()
        self.speaks: dict[str, dict[str, Formula]] = {outcome: {} for outcome in question.outcomes}
        """For each outcome the provisions that speak for it, or may, each with the condition."""
        for rule in question.rules:
            applies = self._ground(rule.applies, None)
            for outcome, condition in rule.concludes if applies is not FALSE else ():
                speaks = self.pool.conjunction((applies, self._ground(condition, None)))
                if speaks is not FALSE:
                    self.speaks[outcome][rule.id] = speaks
        self.deciding = self._deciding()
        """Each outcome that Kleene logic does not exclude, with the condition that some provision speaks for it;
        the strongest first. The last one's condition is true: it holds where no other does."""

    def key(self, key: str) -> str:
        """The key of the input that this one is the same as, if it is; else its own."""
        while key in self._same_as:
            key = self._same_as[key]
        return key

    def _deciding(self) -> list[tuple[str, Formula]]:
        found: list[tuple[str, Formula]] = []
        for outcome in self.question.outcomes[:-1]:
            condition = self.pool.disjunction(self.speaks[outcome].values())
            if condition is not FALSE:
                found.append((outcome, condition))
            if condition is TRUE:
                return found
        return [*found, (self.question.outcomes[-1], TRUE)]

    def _order(self) -> None:
        for ordering in self.question.orderings:
            if ordering.records is None:
                self._order_pair(ordering.first, ordering.then)
            elif (count := self._listed[ordering.records]) is None:
                self.record_orderings.setdefault(ordering.records, []).append((ordering.first, ordering.then))
            else:
                if ordering.records in self._further:
                    further = self.record_orderings.setdefault(self._further[ordering.records], [])
                    further.append((ordering.first, ordering.then))
                for number in range(1, count + 1):
                    self._order_pair(*(field_key(ordering.records, number, f) for f in (ordering.first, ordering.then)))

    def _order_pair(self, first: str, then: str) -> None:
        sides: list[Side] = []
        for key in map(self.key, (first, then)):
            value = self._values[key]
            if value is not None and not is_calendar_day(value):
                return
            sides.append(key if value is None else int(value))
        one, other = sides
        if isinstance(one, int) and isinstance(other, int):
            self.contradictory |= one > other
        elif one != other:
            self.orderings.append((one, other))

    def _bound(self, bounds: Mapping[str, DayBounds]) -> None:
        """A day of which only bounds are known is a day of the calendar, in order with the days that bound it."""
        for key, between in bounds.items():
            if self._values.get(key, key) is None and key not in self.lifted:
                self.bounds[key] = between
                self.domains[key] = replace(self.domains[key], special=frozenset())
                if between.first > FIRST_DAY:
                    self.orderings.append((between.first, key))
                if between.last < LAST_DAY:
                    self.orderings.append((key, between.last))

    def _ground(self, formula: Formula, place: _Place | None) -> Formula:
        memory = (id(formula), place)
        if (known := self._memory.get(memory)) is None:
            known = self._memory[memory] = self._grounded(formula, place)
        return known

    def _grounded(self, formula: Formula, place: _Place | None) -> Formula:
        match formula:
            case Constant(value):
                return TRUE if value else FALSE
            case Named(_, _, body):
                return self._ground(body, place)
            case Not(part):
                return self.pool.negation(self._ground(part, place))
            case All(parts):
                return self.pool.conjunction(self._ground(part, place) for part in parts)
            case Any(parts):
                return self.pool.disjunction(self._ground(part, place) for part in parts)
            case AtLeast(count, parts):
                return self.pool.at_least(count, [self._ground(part, place) for part in parts])
            case SomeRecord(records, such_that, at_least):
                if (listed := self._listed[records]) is None:
                    return self._unlisted(formula, records, at_least)
                known = [self._listed_record(records, number, such_that) for number in range(1, listed + 1)]
                further = []
                if (key := self._further.get(records)) is not None:  # of these thresholds as many hold as records do
                    further = [self._unlisted(formula, key, count) for count in range(1, at_least + 1)]
                return self.pool.at_least(at_least, [*known, *further])
            case Choose(reading, branches):
                option = self._values[reading_key(reading)]
                if option is not None:
                    return self._ground(dict(branches)[str(option)], place)
                return self.pool.choice(reading, tuple((name, self._ground(part, place)) for name, part in branches))
            case OneOf() | Same() | Ordered() | Spaced():
                found = self._atom(formula, place)
                if not isinstance(found, Constant):
                    self.origins.setdefault(id(found), Origin(formula, _number(formula, place)))
                return found
            case _:
                assert_never(formula)

    def _listed_record(self, records: str, number: int, such_that: Formula) -> Formula:
        """That a listed record, if it is there, has all of this."""
        there = self._atom(OneOf(Input(record_key(records, number)), frozenset({True})), None)
        return self.pool.conjunction((there, self._ground(such_that, _Place(records, number))))

    def _unlisted(self, some: SomeRecord, key: str, at_least: int) -> Formula:
        """That so many of the records of which nothing is known have all of this, under the key of their list."""
        found = self.pool.some(key, self._ground(some.such_that, _Place(some.records, None)), at_least)
        self.origins.setdefault(id(found), Origin(some, None))
        return found

    def _look(self, term: Term, place: _Place | None) -> _Side:
        match term:
            case Fixed(fixed):
                return _Known(fixed)
            case Field(_, name):
                if place is None or place.number is None:
                    return term
                key = self.key(field_key(place.records, place.number, name))
            case Input(own):
                key = self.key(own)
            case _:
                assert_never(term)
        value = self._values[key]
        return Input(key) if value is None else _Known(value)

    def _bounded(self, side: _Side) -> Scalar | DayBounds | None:
        """The value of a side, or between which days it is."""
        return self.bounds.get(side.key) if isinstance(side, Input) else _value(side)

    def _atom(self, atom: Atom, place: _Place | None) -> Formula:
        match atom:
            case OneOf(term, values):
                side = self._look(term, place)
                if isinstance(side, _Known):
                    return TRUE if side.value in values else FALSE
                bounds = self._bounded(side) if self.bounds else None
                if isinstance(bounds, DayBounds) and (within := one_of_bounded(bounds, values)) is not None:
                    return TRUE if within else FALSE
                return self.pool.atom(OneOf(side, values))
            case Same(left, right):
                return self._same(self._look(left, place), self._look(right, place))
            case Ordered(left, right, strict, of_days):
                first, then = self._look(left, place), self._look(right, place)
                truth = compare(_value(first), _value(then), strict)
                if truth is None and self.bounds:
                    truth = compare_bounded(self._bounded(first), self._bounded(then), strict)
                if truth is None:
                    return self.pool.atom(Ordered(_term(first), _term(then), strict, of_days))
                return TRUE if truth else FALSE
            case Spaced(left, right):
                return self._spaced(atom, self._look(left, place), self._look(right, place))
            case _:
                assert_never(atom)

    def _spaced(self, atom: Spaced, one: _Side, other: _Side) -> Formula:
        """Where one of the days is known, it is an order of the other and a day."""
        truth = compare_spaced(atom, _value(one), _value(other))
        if truth is None and self.bounds:
            truth = compare_spaced_bounded(atom, self._bounded(one), self._bounded(other))
        if truth is not None:
            return TRUE if truth else FALSE
        if isinstance(one, _Known):
            assert not isinstance(other, _Known)
            return self.pool.atom(with_left_known(replace(atom, right=other), int(one.value)))
        if isinstance(other, _Known):
            return self.pool.atom(with_right_known(replace(atom, left=one), int(other.value)))
        return self.pool.atom(replace(atom, left=one, right=other))

    def _same(self, one: _Side, other: _Side) -> Formula:
        if isinstance(one, _Known):
            if isinstance(other, _Known):
                return TRUE if one.value == other.value else FALSE
            return self.pool.atom(OneOf(other, frozenset({one.value})))
        if isinstance(other, _Known):
            return self.pool.atom(OneOf(one, frozenset({other.value})))
        return self.pool.atom(Same(one, other))


def _value(side: _Side) -> Scalar | None:
    return side.value if isinstance(side, _Known) else None


def _term(side: _Side) -> Term:
    return Fixed(int(side.value)) if isinstance(side, _Known) else side


def _number(atom: Atom, place: _Place | None) -> int | None:
    return place.number if place is not None and any(isinstance(side, Field) for side in terms(atom)) else None
