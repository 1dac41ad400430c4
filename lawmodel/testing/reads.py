"""What questions read of a case: which facts, fields of lists and readings, and with what they are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from lawmodel.dataclass import dataclass
from lawmodel.inputs import LAW_DATE, Scalar, is_calendar_day
from lawmodel.inquiry.decider import decider
from lawmodel.reasoning.formula import (
    Choose,
    Field,
    Fixed,
    Formula,
    Input,
    Named,
    OneOf,
    Ordered,
    Same,
    SomeRecord,
    Spaced,
)
from lawmodel.reasoning.rewrite import formulas, subformulas
from lawmodel.rulebook.model import Rulebook, SameAs
from lawmodel.time_spans import Spans


@dataclass(frozen=True, slots=True)
class Reads:
    """What is read; facts, lists and readings in the order of the rulebook."""

    facts: tuple[str, ...]
    """Single facts, by path."""
    lists: Mapping[str, tuple[str, ...]]
    """The lists, each with those of its fields that are read."""
    readings: tuple[str, ...]
    numbers: Mapping[str, frozenset[int]]
    """For a fact, or `list.field`: the numbers with which it is compared."""
    values: Mapping[str, frozenset[Scalar]]
    """For a fact, or `list.field`: the values for which it is tested."""
    most_counted: int
    """The most records of a list that some condition counts: one where none counts."""
    spans: tuple[Spans, ...]
    """The spans of time that are measured between days of a case."""
    days: tuple[int, ...]
    """The days that the law names, in their order: in comparisons, and on the date lines of the instruments."""


@dataclass(slots=True)
class _Noted:
    facts: set[str] = field(default_factory=set)
    fields: dict[str, set[str]] = field(default_factory=dict)
    readings: set[str] = field(default_factory=set)
    numbers: dict[str, set[int]] = field(default_factory=dict)
    values: dict[str, set[Scalar]] = field(default_factory=dict)
    spans: dict[Spans, None] = field(default_factory=dict)
    days: set[int] = field(default_factory=set)
    laws: set[str] = field(default_factory=set)
    most_counted: int = 1

    def note(self, one: Formula) -> None:
        match one:
            case Named("law", instrument, _):
                self.laws.add(instrument)
            case SomeRecord(records, _, at_least):
                self.fields.setdefault(records, set())
                self.most_counted = max(self.most_counted, at_least)
            case Choose(reading, _):
                self.readings.add(reading)
            case OneOf(term, values):
                self.values.setdefault(self.term(term), set()).update(values)
            case Same(left, right):
                self.term(left)
                self.term(right)
            case Spaced(left, right, spans):
                self.term(left)
                self.term(right)
                self.spans[spans] = None
            case Ordered(left, right, _, of_days):
                keys = [self.term(side) for side in (left, right) if not isinstance(side, Fixed)]
                bounds = {side.value for side in (left, right) if isinstance(side, Fixed)}
                if of_days:
                    self.days |= {day for day in bounds if is_calendar_day(day)}
                else:
                    for key in keys:
                        self.numbers.setdefault(key, set()).update(bounds)

    def term(self, term: Input | Field) -> str:
        if isinstance(term, Field):
            self.fields.setdefault(term.records, set()).add(term.name)
            return f"{term.records}.{term.name}"
        self.facts.add(term.key)
        return term.key


def reads_of_questions(rulebook: Rulebook, questions: Sequence[str], stage: str | None = None) -> Reads:
    """What questions read, whether or not some provision of theirs is law at a stage."""
    noted = _Noted()
    for question in questions:
        for one in formulas(decider(rulebook, question, stage).question):
            noted.note(one)
    return _settled(rulebook, noted)


def reads_of_formula(rulebook: Rulebook, formula: Formula) -> Reads:
    """What a formula reads."""
    noted = _Noted()
    for one in subformulas(formula):
        noted.note(one)
    return _settled(rulebook, noted)


def _settled(rulebook: Rulebook, noted: _Noted) -> Reads:
    for instrument in noted.laws:
        noted.days |= set(_date_line(rulebook, instrument))
    facts = {rulebook.law_date if key == LAW_DATE else key for key in noted.facts}
    return Reads(
        facts=tuple(path for path, fact in rulebook.facts.items() if path in facts and fact.sort != "records"),
        lists={
            path: tuple(one.id for one in fact.of if one.id in noted.fields[path])
            for path, fact in rulebook.facts.items()
            if path in noted.fields
        },
        readings=tuple(name for name in rulebook.readings if name in noted.readings),
        numbers={key: frozenset(found) for key, found in noted.numbers.items()},
        values={key: frozenset(found) for key, found in noted.values.items()},
        most_counted=noted.most_counted,
        spans=tuple(noted.spans),
        days=tuple(sorted(noted.days)),
    )


def _date_line(rulebook: Rulebook, instrument: str) -> Iterator[int]:
    entry = rulebook.instruments[instrument]
    for step in entry.steps:
        yield step.date.toordinal()
    if entry.ceases is not None:
        yield entry.ceases.date.toordinal()


def with_what_they_follow(rulebook: Rulebook, facts: Iterable[str]) -> tuple[str, ...]:
    """Facts with those that they are the same as where they are left out, and with the day that dates the law."""
    wanted, waiting = {rulebook.law_date}, list(facts)
    while waiting:
        path = waiting.pop()
        wanted.add(path)
        left_out = rulebook.facts[path].left_out
        if isinstance(left_out, SameAs) and left_out.path not in wanted:
            waiting.append(left_out.path)
    return tuple(path for path in rulebook.facts if path in wanted)
