"""What a run asks: a question under one law and one choice of readings, made ready for the columns of a table.

A fact whose column the table does not have is left out, and means what it means when a case leaves it out (it may be
presumed). A column that is there gives its fact in every row; an empty cell gives it as unknown.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace

from lawmodel.batch.rows.combined import Combined
from lawmodel.cached_property import cached_property
from lawmodel.case.arguments import law_problems, question_problems, raise_problems
from lawmodel.case.case import Case
from lawmodel.case.valuation import Valued, day_of_law, value_case
from lawmodel.dataclass import dataclass
from lawmodel.inputs import LAW_DATE, Scalar, Valuation, Value
from lawmodel.inquiry.decider import Decider, decider
from lawmodel.reasoning.formula import (
    Atom,
    Field,
    Formula,
    Input,
    SomeRecord,
    children,
    terms,
)
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.rulebook.model import Rulebook, raise_unless_rulebook
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class Speaks:
    """A provision speaks for an outcome if this holds."""

    outcome: int
    """Its number among the outcomes of the question, the strongest first."""
    rule: str
    condition: Formula


@dataclass(frozen=True, slots=True)
class Asked(ValueObject):
    """A question, and how every case is looked at."""

    rulebook: Rulebook
    question: str
    readings: Mapping[str, str]
    """As for one case: `unknown` leaves a reading open; one that is not named has its default, or is open."""
    on: datetime.date | None = None
    stage: str | None = None
    presume: bool = False
    apart: Mapping[str, str] = field(default_factory=dict)
    """What tells these answers apart from others in one table: ``telling`` and ``reading``, each with the one it is."""

    def __post_init__(self) -> None:
        """Raises `ProblemsFound` for whatever is asked that the rulebook does not know."""
        raise_unless_rulebook(self.rulebook)
        raise_problems(
            *question_problems(self.rulebook, self.question),
            *law_problems(self.rulebook, self.readings, self.on, self.stage),
        )

    @property
    def label(self) -> str:
        """What its columns are called by; empty where it is the only one."""
        return ", ".join(self.apart.values())


class Plan:
    """A question as its conditions read the columns that a table has."""

    def __init__(self, asked: Asked, columns: Collection[str], fields: Mapping[str, Collection[str]]) -> None:
        """Take the facts that have a column, and of those that are lists the fields that their records have.

        Raises `ProblemsFound` where what is left out contradicts the day of the law.
        """
        self.asked = asked
        self.decider: Decider = decider(asked.rulebook, asked.question, asked.stage, on_a_day=asked.on is not None)
        given = {path: None for path in asked.rulebook.facts if path in columns}
        self.template: Valued = self.decider.value(Case(facts=given, presume=asked.presume), asked.readings, asked.on)
        """The inputs of a case of which nothing is known but what no column says."""
        self.residual = Residual(self.decider.question, self.template.valuation)
        self.outcomes = self.decider.question.outcomes
        self.speaks = [
            Speaks(number, rule, condition)
            for number, outcome in enumerate(self.outcomes)
            for rule, condition in self.residual.speaks[outcome].items()
        ]
        self.combined = Combined(self.decider, self.template.valuation)
        conditions = [*(one.condition for one in self.speaks), *self.combined.conditions]
        self.reads = [InputsRead.of(one) for one in conditions]
        lists = [path for path in given if asked.rulebook.facts[path].sort == "records"]
        self._blank = value_case(
            asked.rulebook, Case(facts={path: ({},) for path in lists}), asked.readings, asked.on
        ).valuation.values
        singles = {key for one in self.reads for key in one.singles}
        singles |= {key for pair in self.orders for day in pair for key in (day, self.residual.key(day))}
        self.singles = tuple(path for path in given if path in singles and path not in lists)
        """The columns to be read."""
        wanted = {path: {field for one in self.reads for field in one.fields.get(path, ())} for path in lists}
        for ordering in self.decider.question.orderings:
            if ordering.records in wanted:
                wanted[ordering.records] |= {ordering.first, ordering.then}
        self.lists = {
            path: tuple(one.id for one in asked.rulebook.facts[path].of if one.id in wanted[path] & set(fields[path]))
            for path in lists
            if wanted[path] or any(path in one.fields for one in self.reads)
        }
        """The columns of records to be read, with the fields to be read of them."""
        self.defaults = {path: _only(self._blank[path]) for path in self.lists}
        """What a record has in the fields that the table lacks; open where it has them and they are not read."""
        for path, record in self.defaults.items():
            record.update({field: None for field in fields[path] if field in record})

    @cached_property
    def orders(self) -> list[tuple[str, str]]:
        """The pairs of single days in an order that consistency asks for, by path."""
        return [(one.first, one.then) for one in self.decider.question.orderings if one.records is None]

    def valued(
        self, singles: Mapping[str, Scalar | None], lists: Mapping[str, tuple[Mapping[str, Scalar | None], ...] | None]
    ) -> Valued:
        """The inputs of the case of a row, from what was read of it."""
        template = self.template
        values: dict[str, Value] = {**template.valuation.values, **singles}
        for path, records in lists.items():
            values[path] = None if records is None else tuple({**self.defaults[path], **one} for one in records)
        same_as = dict(template.valuation.same_as)
        for path, other in same_as.items():
            values[path] = values[other]
        if self.asked.on is None:
            values[LAW_DATE] = day_of_law(self.asked.rulebook, values)
        law_day = values[LAW_DATE]
        if law_day is not None:
            same_as.pop(LAW_DATE, None)
        day = datetime.date.fromordinal(law_day) if isinstance(law_day, int) else None
        return replace(template, valuation=Valuation(values, same_as, template.valuation.bounds), law_date=day)


@dataclass(frozen=True, slots=True)
class InputsRead:
    """What a condition reads."""

    singles: frozenset[str]
    fields: Mapping[str, frozenset[str]]
    """Of each list."""

    @classmethod
    def of(cls, formula: Formula, about: str | None = None) -> InputsRead:
        """The inputs of a formula, or of one about the records of a list."""
        singles: set[str] = set()
        fields: dict[str, set[str]] = {}
        for atom, records in atoms_in([formula], about):
            if isinstance(atom, SomeRecord):
                fields.setdefault(atom.records, set())
                continue
            for term in terms(atom):
                if isinstance(term, Input):
                    singles.add(term.key)
                elif isinstance(term, Field):
                    fields.setdefault(str(records), set()).add(term.name)
        return cls(frozenset(singles), {path: frozenset(names) for path, names in fields.items()})


def atoms_in(conditions: Iterable[Formula], about: str | None = None) -> list[tuple[Atom | SomeRecord, str | None]]:
    """Every comparison, with the list about whose records it is; and every condition on a list. Each once."""
    found: dict[tuple[int, str | None], tuple[Atom | SomeRecord, str | None]] = {}
    seen: set[tuple[int, str | None]] = set()
    waiting: list[tuple[Formula, str | None]] = [(one, about) for one in conditions]
    while waiting:
        formula, records = waiting.pop()
        place = (id(formula), records)
        if place in seen:
            continue
        seen.add(place)
        if isinstance(formula, Atom | SomeRecord):
            found[place] = (formula, records)
        about_parts = formula.records if isinstance(formula, SomeRecord) else records
        waiting += [(part, about_parts) for part in children(formula)]
    return list(found.values())


def direct_parts(formula: Formula) -> Sequence[Formula]:
    """The parts of a formula; none of a comparison, and of a condition on a list."""
    return () if isinstance(formula, SomeRecord) else children(formula)


def _only(value: Value) -> dict[str, Scalar | None]:
    assert isinstance(value, tuple)
    return dict(value[0])
