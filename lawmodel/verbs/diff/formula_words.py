"""Resolved conditions in the law's words, whatever any case says of them; concepts are named, not spelled out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from lawmodel.case.values import amount, in_words
from lawmodel.dataclass import dataclass
from lawmodel.inputs import LAW_DATE, READING_PREFIX, Scalar, reading_key
from lawmodel.reasoning.formula import (
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
    Same,
    SomeRecord,
    Spaced,
    Term,
    any_of,
)
from lawmodel.reasoning.phrases import day_says, declared
from lawmodel.reasoning.resolve import law_day, wording_in_force
from lawmodel.rulebook.model import Instrument, Rulebook
from lawmodel.time_spans import compared_with, spans_of
from lawmodel.words.outline import OutlineLine, bounded

DAYS = {(False, False): "on or before", (True, False): "before", (False, True): "on or after", (True, True): "after"}
NUMBERS = {(False, False): "at most", (True, False): "less than", (False, True): "at least", (True, True): "more than"}
"""By whether the comparison is strict, and whether it is about its right side."""


@dataclass(frozen=True, slots=True)
class FormulaWords:
    """Puts formulas into words, with some readings (by key) settled."""

    rulebook: Rulebook
    settled: Mapping[str, Scalar]

    def line(self, formula: Formula, so: bool = True) -> OutlineLine:
        """A formula (or, if not ``so``, its contrary) in one line, with what belongs to it below."""
        match formula:
            case Constant(value):
                return OutlineLine("always" if value is so else "never")
            case Named(kind, name, body):
                return self._named(kind, name, body, so)
            case Not(part):
                return self.line(part, not so)
            case All(parts):
                return OutlineLine("all of this" if so else "not all of this", below=self._each(parts))
            case Any(parts):
                return OutlineLine("any of this" if so else "none of this", below=tuple(map(self.line, parts)))
            case AtLeast(count, parts):
                return OutlineLine(f"{bounded('at_least', count, so)} of this", below=tuple(map(self.line, parts)))
            case SomeRecord():
                return self._some(formula, so)
            case Choose(reading, branches):
                return self._choice(reading, dict(branches), so)
            case OneOf(term, values):
                return self._one_of(term, values, so)
            case Same(left, right):
                titles = [declared(self.rulebook, term).title for term in (left, right)]
                return OutlineLine(f"{titles[0]}: {'' if so else 'not '}the same as {titles[1]}")
            case Ordered():
                return self._ordered(formula, so)
            case Spaced(left, right, spans, moves_left, strict):
                subject, other = (right, left) if moves_left else (left, right)
                word = f"{'' if so else 'not '}{DAYS[strict, moves_left]}"
                counted = compared_with(word, spans_of(spans, self._title(other)))
                return OutlineLine(f"{self._title(subject)}: {counted}", self._name(subject))
            case _:
                assert_never(formula)

    def _each(self, parts: Iterable[Formula]) -> tuple[OutlineLine, ...]:
        """One line for each of the conditions that must hold together; without what is always so."""
        found: list[OutlineLine] = []
        for part in parts:
            inner = self._reduced(part)
            if isinstance(inner, All):
                found += self._each(inner.parts)
            elif inner != Constant(True):
                found.append(self.line(inner))
        return tuple(found)

    def _reduced(self, formula: Formula) -> Formula:
        """The branch of a reading that is settled, or the formula itself."""
        if isinstance(formula, Choose):
            option = self.settled.get(reading_key(formula.reading))
            if option is not None:
                return self._reduced(dict(formula.branches)[str(option)])
        return formula

    def _named(self, kind: str, name: str, body: Formula, so: bool) -> OutlineLine:
        if kind == "concept" and name in self.rulebook.concepts:
            concept = self.rulebook.concepts[name]
            return OutlineLine(concept.yes if so else concept.no, f"concept {name}")
        if kind == "law":
            instrument = self.rulebook.instruments.get(name)
            called = name if instrument is None else instrument.title
            wording = None if instrument is None else _wording(self.rulebook, instrument, body)
            said = called if wording is None else f"{called}, in the wording {wording},"
            return OutlineLine(f"{said} {'is' if so else 'is not'} law", f"instrument {name}")
        return self.line(body, so)

    def _some(self, formula: SomeRecord, so: bool) -> OutlineLine:
        records, least = formula.records, formula.at_least
        each = self.rulebook.facts[records].each
        subject = f"{'some' if so else 'no'} {each}"
        if least > 1:
            subject = f"{each}: {bounded('at_least', least, so)}"
        reduced = self._reduced(formula.such_that)
        below = self._each(reduced.parts if isinstance(reduced, All) else [reduced])
        if not below:
            return OutlineLine(subject, records)
        if len(below) == 1 and not below[0].below:
            return OutlineLine(f"{subject}{':' if least == 1 else ' of which'} {below[0].says}", records)
        return OutlineLine(f"{subject} of which all of this is true", records, below)

    def _choice(self, reading: str, branches: Mapping[str, Formula], so: bool) -> OutlineLine:
        option = self.settled.get(reading_key(reading))
        if option is not None:
            return self.line(branches[str(option)], so)
        entry = self.rulebook.readings.get(reading)
        below = tuple(
            OutlineLine(line.says, line.name, line.below, option=name)
            for name, branch in branches.items()
            for line in [self.line(branch)]
        )
        title = entry.title if entry is not None else reading
        return OutlineLine(title if so else f"not: {title}", f"reading {reading}", below)

    def _one_of(self, term: Input | Field, values: frozenset[Scalar], so: bool) -> OutlineLine:
        if isinstance(term, Input) and term.key.startswith(READING_PREFIX):
            name = term.key.removeprefix(READING_PREFIX)
            reading = self.rulebook.readings[name]
            said = " or ".join(reading.option(str(value)).says for value in sorted(values, key=str))
            if not so and len(reading.options) == len(values) + 1:
                said, so = next(one.says for one in reading.options if one.id not in values), True
            return OutlineLine(f"read so that {said}" if so else f"not read so that {said}", f"reading {name}")
        fact = declared(self.rulebook, term)
        name = f"{term.records}.{term.name}" if isinstance(term, Field) else term.key
        if fact.sort == "yes/no":
            listed = [value is so for value in values]
            return OutlineLine(" or ".join(in_words(self.rulebook, fact, value) for value in listed), name)
        order = list(self.rulebook.choices_of(fact))
        listed_choices = sorted(values, key=lambda value: order.index(str(value)) if value in order else len(order))
        said = " or ".join(in_words(self.rulebook, fact, value) for value in listed_choices)
        return OutlineLine(said if so else f"not: {said}", name)

    def _ordered(self, formula: Ordered, so: bool) -> OutlineLine:
        subject, other = (formula.left, formula.right)
        about_right = formula.about_right or isinstance(subject, Fixed)
        if about_right:
            subject, other = other, subject
        word = (DAYS if formula.of_days else NUMBERS)[formula.strict, about_right]
        word = word if so else f"not {word}"
        if not formula.of_days and isinstance(other, Fixed) and not isinstance(subject, Fixed):
            fact = declared(self.rulebook, subject)
            return OutlineLine(
                (fact.phrase or "{}").replace("{}", f"{word} {amount(fact, other.value)}"), self._name(subject)
            )
        return OutlineLine(f"{self._title(subject)}: {word} {self._title(other)}", self._name(subject))

    def _title(self, term: Term) -> str:
        if isinstance(term, Fixed):
            return day_says(self.rulebook, term, term.value)
        if term == Input(LAW_DATE):
            return "the day of the law"
        return declared(self.rulebook, term).title

    @staticmethod
    def _name(term: Term) -> str:
        if isinstance(term, Field):
            return f"{term.records}.{term.name}"
        return term.key if isinstance(term, Input) else ""


def _wording(rulebook: Rulebook, instrument: Instrument, body: Formula) -> str | None:
    """The wording in which an instrument has to count as law; `None` if any will do."""
    parts = body.parts if isinstance(body, All) else ()
    for step in instrument.steps:
        for day in (Input(LAW_DATE), law_day(rulebook)):
            if step.version is not None and any_of(*wording_in_force(instrument, step.version, day)) in parts:
                return step.version
    return None
