"""Explaining: the same meaning as `lawmodel.reasoning.evaluation`, with every step kept, as data."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final, assert_never

from lawmodel.case.values import SPECIAL_DAYS, encode, encode_bounds
from lawmodel.inputs import ChosenBy, DayBounds, Valuation
from lawmodel.reasoning.evaluation import (
    NO_RECORD,
    Truth,
    agreement,
    compare,
    compare_bounded,
    compare_spaced,
    compare_spaced_bounded,
    conjunction,
    disjunction,
    negation,
    one_of_bounded,
    threshold,
)
from lawmodel.reasoning.formula import (
    LAW_DATE,
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
    Record,
    Rule,
    Same,
    SomeRecord,
    Spaced,
    Term,
    Value,
    field_key,
    reading_key,
)
from lawmodel.reasoning.trace import FactComparison, HoldingCount, Kind, Operator, Trace, Written
from lawmodel.rulebook.dateline import became_law, latest_step
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.time_spans import moved_by, spans_of

CLAUSES: Final[Mapping[str, str]] = {"in-force": "in-force", "exception": "unless"}
"""What of a provision is cited under its own name, not by its number."""


class Explainer:
    """Explains rules on the values of one case. The steps have no words yet: `lawmodel.words.traces` gives them."""

    def __init__(
        self,
        rulebook: Rulebook,
        stage: str,
        valuation: Valuation,
        defaults: Sequence[str] = (),
        told: Mapping[str, str] = MappingProxyType({}),
        assumed: Mapping[tuple[Formula, int], bool] = MappingProxyType({}),
        chosen_by: Mapping[str, ChosenBy] = MappingProxyType({}),
    ) -> None:
        """Take the values of a case.

        ``told`` names who reads a reading as it was chosen, ``chosen_by`` who chose it; ``assumed`` supposes
        comparisons (with the number of the record, or 0) that the values leave open.
        """
        self.rulebook = rulebook
        self.stage = stage
        self.values = valuation.values
        self._bounded = bool(valuation.bounds)
        self._bounds_of = valuation.bounds_of
        self.defaults = frozenset(defaults)
        self.told = told
        self.assumed = assumed
        self.chosen_by = chosen_by
        self._record: Record = NO_RECORD
        self._number = 0

    def rule(self, rule: Rule) -> Trace:
        """Whether a provision applies, and why."""
        provision = self.rulebook.provisions[rule.id]
        steps = self._clauses(rule)
        truth = conjunction(step.truth for step in steps)
        conclusions = [self._further(rule, "conclusion", outcome, condition) for outcome, condition in rule.concludes]
        conclusions += [self._further(rule, "consequence", name, condition) for name, condition in rule.brings]
        notes = {"citation": provision.citation, "title": provision.title, "certainty": provision.certainty}
        if provision.words is not None:
            notes |= {"words": provision.words.original, "translation": provision.words.translation}
        return Trace("provision", truth, "", rule.id, (*steps, *filter(None, conclusions)), notes, rule.id)

    def _clauses(self, rule: Rule) -> tuple[Trace, ...]:
        """What a provision rests on; a condition that is none of a list of conditions is a clause itself."""
        applies = rule.applies
        parts = applies.parts if isinstance(applies, All) else (applies,)
        return self._flat("all", ((f"{rule.id}.{_clause(part)}", part) for part in parts), negated=False)

    def _further(self, rule: Rule, kind: Kind, name: str, condition: Formula) -> Trace | None:
        """On what it depends whether a provision that applies comes to this; None where on nothing."""
        place = f"{rule.id}.{'concludes' if kind == 'conclusion' else 'brings'}.{name}"
        step = self._body(condition, place)
        return None if step.kind == "always" else Trace(kind, step.truth, "", name, _parts(step), step=place)

    def step(self, formula: Formula, negated: bool = False, place: str = "") -> Trace:
        """A formula (or its negation) explained; ``place``: by what the step is cited."""
        step = self._explained(formula, negated, place)
        return self._suppose(step, formula, negated) if self.assumed else step

    def _explained(self, formula: Formula, negated: bool, place: str) -> Trace:
        match formula:  # the most frequent first
            case OneOf():
                return self._one_of(formula, negated, place)
            case Ordered():
                return self._ordered(formula, negated, place)
            case All() | Any():
                return self._joined(formula, negated, place)
            case Named():
                return self._named(formula, negated, place)
            case Not():
                return self._not(formula, negated, place)
            case Constant():
                return self._constant(formula, negated, place)
            case Choose():
                return self._choice(formula, negated, place)
            case AtLeast():
                return self._at_least(formula, negated, place)
            case SomeRecord():
                return self._some(formula, negated, place)
            case Same():
                return self._same(formula, negated, place)
            case Spaced():
                return self._spaced(formula, negated, place)
            case _:
                assert_never(formula)

    def _suppose(self, step: Trace, formula: Formula, negated: bool) -> Trace:
        supposed = self.assumed.get((formula, self._number)) if step.truth is None else None
        return step if supposed is None else replace(step, truth=supposed is not negated)

    def _body(self, formula: Formula, place: str, negated: bool = False) -> Trace:
        """What stands below a step of its own: its place is below that of the step."""
        inner, turned = formula, negated
        while isinstance(inner, Not):
            inner, turned = inner.part, not turned
        if not isinstance(inner, Any if turned else All):
            return self.step(formula, negated, f"{place}.1")
        step = self.step(formula, negated, place)
        step.step = f"{place}.all"
        return step

    def _constant(self, formula: Constant, negated: bool, place: str) -> Trace:
        return Trace("always", formula.value is not negated, step=place)

    def _not(self, formula: Not, negated: bool, place: str) -> Trace:
        return self.step(formula.part, not negated, place)

    def _joined(self, formula: All | Any, negated: bool, place: str) -> Trace:
        kind: Kind = "all" if isinstance(formula, All) is not negated else "any"
        numbered = ((f"{place}.{number}", part) for number, part in enumerate(formula.parts, 1))
        children = self._flat(kind, numbered, negated)
        truths = [child.truth for child in children]
        return Trace(kind, conjunction(truths) if kind == "all" else disjunction(truths), children=children, step=place)

    def _flat(self, kind: Kind, parts: Iterable[tuple[str, Formula]], negated: bool) -> tuple[Trace, ...]:
        """Conjunctions in a conjunction are one; what always holds is not worth a word."""
        found: list[Trace] = []
        for place, part in parts:
            step = self.step(part, negated, place)
            if step.kind == kind:
                found += step.children
            elif step.kind != "always" or step.truth is not (kind == "all"):
                found.append(step)
        return tuple(found)

    @staticmethod
    def _turn(truth: Truth, negated: bool) -> Truth:
        return negation(truth) if negated else truth

    def _named(self, formula: Named, negated: bool, place: str) -> Trace:
        kind, name = formula.kind, formula.id
        step = self._body(formula.body, place, negated)
        children = tuple(child for child in _parts(step) if child.kind != "always")
        notes: dict[str, object] = {"negated": True} if negated else {}
        match kind:
            case "concept":
                citation = self.rulebook.concepts[name].citation
                notes |= {} if citation is None else {"citation": citation}
                return Trace("concept", step.truth, "", name, children, notes, place)
            case "law" | "repeal":
                notes |= {"supersedes": True} if kind == "repeal" else {}
                return Trace("law", step.truth, "", name, notes={**self._standing(name), **notes}, step=place)
            case "in-force" | "exception":
                return Trace(kind, step.truth, "", name, children, notes, place)
            case _:
                return Trace("exception", step.truth, "", name, children, {**notes, "displaces": True}, place)

    def _standing(self, name: str) -> dict[str, object]:
        """Since when a law or decree is law, or until when it was; how far it had got where it is none."""
        instrument = self.rulebook.instruments[name]
        since, ceases = became_law(self.rulebook, instrument, self.stage), instrument.ceases
        ordinal = self.values[LAW_DATE]
        day = datetime.date.fromordinal(ordinal) if isinstance(ordinal, int) else None
        found: dict[str, object] = {"instrument": name} if day is None else {"instrument": name, "day": day.isoformat()}
        if since is None:
            reached = latest_step(instrument, day or datetime.date.max)
            stage = {} if reached is None else {"reached": reached.stage, "reached_on": reached.date.isoformat()}
            return {**found, "standing": "no law", **stage}
        ceased = day is not None and ceases is not None and day >= ceases.date
        dated = ceases if ceased and ceases is not None else since
        return {
            **found,
            "standing": "ceased" if ceased else "became law",
            "stage": since.stage,
            "date": dated.date.isoformat(),
            "date_certainty": dated.certainty,
        }

    def _choice(self, formula: Choose, negated: bool, place: str) -> Trace:
        reading, branches, of_date = formula.reading, dict(formula.branches), formula.of_date
        option = self.values[reading_key(reading)]
        if option is None:
            children = tuple(self._option(reading, name, branch, negated, place) for name, branch in branches.items())
            truth = agreement(child.truth for child in children)
            by = self.chosen_by.get(reading, "nobody")
            return Trace("reading", truth, "", reading, children, {"open": True, "chosen_by": by}, place)
        assert isinstance(option, str)
        if of_date:
            return self.step(branches[option], negated, place)
        step = self._body(branches[option], f"{place}.{option}", negated)
        default = reading in self.defaults
        by = "default" if default else self.chosen_by.get(reading, "asked")
        notes: dict[str, object] = {"option": option, "default": default, "chosen_by": by}
        if step.kind == "always":
            notes["asks_nothing"] = not negated
        if reading in self.told:
            notes["told_by"] = self.told[reading]
        children = tuple(child for child in _parts(step) if child.kind != "always")
        return Trace("reading", step.truth, "", reading, children, notes, place)

    def _option(self, reading: str, option: str, branch: Formula, negated: bool, place: str) -> Trace:
        """One of the options of a reading that is open, and what would then be so."""
        step = self._body(branch, f"{place}.{option}", negated)
        below = () if step.kind == "always" else (step,)
        return Trace("option", step.truth, "", option, below, {"reading": reading}, f"{place}.{option}")

    def _some(self, formula: SomeRecord, negated: bool, place: str) -> Trace:
        records, such_that = formula.records, formula.such_that
        listed = self.values[records]
        kind: Kind = "count" if formula.at_least > 1 else "none" if negated else "some"
        if listed is None:
            return Trace(kind, None, "", records, step=place)
        assert isinstance(listed, tuple)
        if not listed:
            count = self._count(formula.at_least, [], negated) if kind == "count" else None
            return Trace(kind, negated, "", records, notes={"records": 0}, step=place, count=count)
        outside = self._record, self._number
        children = []
        for number, record in enumerate(listed, 1):
            self._record, self._number = record, number
            one = f"{place}.record-{number}"
            step = self._body(such_that, one, negated)
            children.append(Trace("record", step.truth, "", f"{records}[{number}]", _parts(step), step=one))
        self._record, self._number = outside
        truths = [child.truth for child in children]
        notes = {"records": len(listed)}
        if kind == "count":
            return self._counted(formula.at_least, children, negated, Trace(kind, None, "", records, (), notes, place))
        truth = conjunction(truths) if negated else disjunction(truths)
        return Trace(kind, truth, "", records, tuple(children), notes, place)

    def _at_least(self, formula: AtLeast, negated: bool, place: str) -> Trace:
        children = [self.step(part, negated, f"{place}.{number}") for number, part in enumerate(formula.parts, 1)]
        return self._counted(formula.count, children, negated, Trace("count", None, step=place))

    def _counted(self, least: int, children: Sequence[Trace], negated: bool, step: Trace) -> Trace:
        """The step of a count, with the steps of what is counted; what always holds or never does is only counted."""
        truths = [child.truth for child in children]
        needed = len(truths) - least + 1 if negated else least
        shown = tuple(child for child in children if child.kind != "always")
        count = self._count(least, truths, negated)
        return replace(step, truth=threshold(needed, truths), children=shown, count=count)

    @staticmethod
    def _count(least: int, truths: Sequence[Truth], negated: bool) -> HoldingCount:
        hold, unknown = truths.count(not negated), truths.count(None)
        if negated:
            return HoldingCount("at most", least - 1, hold, unknown, len(truths))
        return HoldingCount("at least", least, hold, unknown, len(truths))

    # -- facts

    def _look(self, term: Term) -> Value:
        if isinstance(term, Input):
            return self.values[term.key]
        return self._record[term.name] if isinstance(term, Field) else term.value

    def _known(self, term: Term, value: Value) -> Value | DayBounds:
        """The value of a term, or between which days it is."""
        return self._bounds_of(self._key(term)) if value is None and not isinstance(term, Fixed) else value

    def _one_of(self, formula: OneOf, negated: bool, place: str) -> Trace:
        term, fact = formula.term, self._declared(formula.term)
        value = self._look(term)
        held: Truth = None if value is None else value in formula.values
        if value is None and self._bounded and (bounds := self._bounds_of(self._key(term))) is not None:
            held = one_of_bounded(bounds, formula.values)
        values = sorted(formula.values, key=str) if len(formula.values) > 1 else formula.values
        accepted = tuple([_written(fact, one) for one in values] if fact.sort == "date" else values)
        return self._fact(self._turn(held, negated), term, "is one of", negated, value, accepted, None, place)

    def _same(self, formula: Same, negated: bool, place: str) -> Trace:
        left, right = formula.left, formula.right
        one, other = self._look(left), self._look(right)
        equal: Truth = None if one is None or other is None else one == other
        bound = self._value(right, other)
        key = self._key(right)
        return self._fact(self._turn(equal, negated), left, "is the same as", negated, one, bound, key, place)

    def _ordered(self, formula: Ordered, negated: bool, place: str) -> Trace:
        left, right = self._look(formula.left), self._look(formula.right)
        truth = compare(left, right, formula.strict)
        if truth is None and self._bounded:
            truth = compare_bounded(self._known(formula.left, left), self._known(formula.right, right), formula.strict)
        truth = self._turn(truth, negated)
        about_right = formula.about_right or isinstance(formula.left, Fixed)
        operator = OPERATORS[formula.of_days, about_right, formula.strict]
        about, value, other, bound = (
            (formula.right, right, formula.left, left) if about_right else (formula.left, left, formula.right, right)
        )
        bound_is = other.label if isinstance(other, Fixed) else self._key(other)
        as_fact = about if isinstance(other, Fixed) and not formula.of_days else other
        written = self._value(as_fact, bound)  # a number is written as that of the fact is
        return self._fact(truth, about, operator, negated, value, written, bound_is, place)

    def _spaced(self, formula: Spaced, negated: bool, place: str) -> Trace:
        left, right = self._look(formula.left), self._look(formula.right)
        truth = compare_spaced(formula, left, right)
        if truth is None and self._bounded:
            known = self._known(formula.left, left), self._known(formula.right, right)
            truth = compare_spaced_bounded(formula, *known)
        truth = self._turn(truth, negated)
        about, value, other, day = (
            (formula.right, right, formula.left, left)
            if formula.moves_left
            else (formula.left, left, formula.right, right)
        )
        operator = OPERATORS[True, formula.moves_left, formula.strict]
        bound = _day(moved_by(day, formula.spans)) if isinstance(day, int) else None
        step = self._fact(truth, about, operator, negated, value, bound, self._key(other), place)
        assert step.comparison is not None
        span, since = spans_of(formula.spans, "").rstrip(), self._value(other, day)
        return replace(step, comparison=replace(step.comparison, span=span, counted_from=since))

    def _fact(
        self,
        truth: Truth,
        term: Term,
        operator: Operator,
        negated: bool,
        value: Value,
        bound: Written | tuple[Written, ...] | None,
        bound_is: str | None,
        place: str,
    ) -> Trace:
        key = LAW_DATE if isinstance(term, Fixed) else self._key(term)
        fact, field, record = (term.records, term.name, self._number) if isinstance(term, Field) else (key, None, None)
        held: Written | dict[str, str] | None = self._value(term, value)
        if value is None and self._bounded and (between := self._bounds_of(key)) is not None:
            held = encode_bounds(between)
        compared = FactComparison(fact, field, record, operator, negated, held, bound, bound_is)
        return Trace("fact", truth, "", key, step=place, comparison=compared)

    def _key(self, term: Input | Field) -> str:
        return field_key(term.records, self._number, term.name) if isinstance(term, Field) else term.key

    def _declared(self, term: Input | Field) -> Fact:
        if isinstance(term, Field):
            return self.rulebook.fact(f"{term.records}.{term.name}")
        return self.rulebook.facts[term.key]

    def _value(self, term: Term, value: Value) -> Written | None:
        """A value as a case file has it."""
        if value is None:
            return None
        if isinstance(term, Fixed) or term == Input(LAW_DATE):
            return _day(value)
        return _written(self._declared(term), value)


OPERATORS: Final[Mapping[tuple[bool, bool, bool], Operator]] = {
    (True, False, True): "before",
    (True, False, False): "on or before",
    (True, True, True): "after",
    (True, True, False): "on or after",
    (False, False, True): "less than",
    (False, False, False): "at most",
    (False, True, True): "more than",
    (False, True, False): "at least",
}
"""How an order of two values is said: by whether they are days, whether the right one is spoken of, and whether it is
strict."""


def _clause(part: Formula) -> str:
    """The name of a part of a provision: what another one displaces does not move the others."""
    inner = part.part if isinstance(part, Not) else part
    if isinstance(inner, Named):
        if inner.kind in CLAUSES:
            return CLAUSES[inner.kind]
        if inner.kind == "provision":
            return f"displaced-by.{inner.id}"
    return "when"


def _parts(step: Trace) -> tuple[Trace, ...]:
    """The steps of a conjunction, or the one step of anything else."""
    return step.children if step.kind == "all" else (step,)


def _written(fact: Fact, value: Value) -> Written:
    assert value is not None
    assert not isinstance(value, tuple)
    if fact.sort != "date":
        return encode(fact, value)
    without_word = value in _NAMES and all(SPECIAL_DAYS[word.means] != value for word in fact.words.values())
    return _day(value) if without_word else encode(fact, value)


def _day(value: Value) -> str:
    """A day of the calendar as ISO has it; a special one, for which there is no word, by its name."""
    assert isinstance(value, int)
    return _NAMES[value] if value in _NAMES else datetime.date.fromordinal(value).isoformat()


_NAMES: Final[Mapping[Value, str]] = {day: name for name, day in SPECIAL_DAYS.items()}
