"""Cases near a case: each with one value, or one record, otherwise, at the borders that the comparisons draw.

Most of what can be told apart at all is told apart by one of them, without a solver.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from typing import assert_never

from lawmodel.dataclass import dataclass
from lawmodel.inputs import is_calendar_day
from lawmodel.reasoning.evaluation import Values
from lawmodel.reasoning.formula import (
    READING_PREFIX,
    Choose,
    Domain,
    Fixed,
    Formula,
    OneOf,
    Ordered,
    Ordering,
    Record,
    ResolvedQuestion,
    Same,
    Scalar,
    SomeRecord,
    Spaced,
    Value,
    path_of,
)
from lawmodel.reasoning.relevant_values import RelevantChoices, places
from lawmodel.reasoning.rewrite import subformulas
from lawmodel.reasoning.spaced_days import days_apart
from lawmodel.time_spans import Spans

MOST_CHOICES = 4
"""So many choices that no comparison names are tried."""


@dataclass(slots=True)
class Borders:
    """What the inputs in some formulas are compared with, fields by ``list.field``."""

    values: dict[str, set[Scalar]] = field(default_factory=dict)
    compared: dict[str, set[str]] = field(default_factory=dict)
    """Inputs with whose day or number an input is compared."""
    spans: dict[Spans, None] = field(default_factory=dict)
    """The spans of time that are measured between days."""

    def note(self, formula: Formula) -> None:
        """Take in everything in a formula."""
        for one in subformulas(formula):
            match one:
                case OneOf(term, accepted):
                    self.values.setdefault(path_of(term), set()).update(accepted)
                case Choose(reading, branches):
                    options = (option for option, _ in branches)
                    self.values.setdefault(READING_PREFIX + reading, set()).update(options)
                case SomeRecord(records, _):
                    self.values.setdefault(records, set())
                case Ordered(left, right) | Same(left, right) | Spaced(left, right):
                    self.spans.update(dict.fromkeys([one.spans] if isinstance(one, Spaced) else []))
                    for this, other in ((left, right), (right, left)):
                        if not isinstance(this, Fixed):
                            found = self.values.setdefault(path_of(this), set())
                            if isinstance(other, Fixed):
                                found.add(other.value)
                            else:
                                self.compared.setdefault(path_of(this), set()).add(path_of(other))


def near(question: ResolvedQuestion, borders: Borders, values: Values) -> Iterator[Values]:
    """The consistent cases that differ from a consistent one in one input, field or record that the borders know."""
    for key in borders.values:
        domain = question.domains.get(key)
        if domain is None:
            continue
        if domain.kind != "records":
            for value in _candidates(borders, key, domain, values, {}):
                changed: Values = {**values, key: value}
                if consistent(question.orderings, changed):
                    yield changed
            continue
        listed = values.get(key)
        if isinstance(listed, tuple):
            for records in _lists(borders, key, domain, values, listed):
                changed = {**values, key: records}
                if consistent(question.orderings, changed):
                    yield changed


def _lists(
    borders: Borders, key: str, domain: Domain, values: Values, listed: tuple[Record, ...]
) -> Iterator[tuple[Record, ...]]:
    for number, record in enumerate(listed):
        yield (*listed[:number], *listed[number + 1 :])
        for name, one in domain.fields:
            if f"{key}.{name}" in borders.values:
                for value in _candidates(borders, f"{key}.{name}", one, values, record):
                    yield (*listed[:number], {**record, name: value}, *listed[number + 1 :])


def _candidates(borders: Borders, key: str, domain: Domain, values: Values, record: Record) -> Iterator[Scalar]:
    named = borders.values[key]
    match domain.kind:
        case "yes/no":
            yield from (True, False)
        case "choice":
            yield from RelevantChoices(domain, [{one} for one in named], of_each_kind=MOST_CHOICES).values
        case "number" | "date":
            bounds = {value for value in named if isinstance(value, int)}
            for other in borders.compared.get(key, ()):
                value = values.get(other, record.get(other.rpartition(".")[2]))
                if isinstance(value, int) and not isinstance(value, bool):
                    bounds |= {value, *(days_apart(value, borders.spans) if domain.kind == "date" else ())}
            yield from places(domain, bounds)
        case "records":
            raise TypeError("a list is varied record by record")
        case _:
            assert_never(domain.kind)


def consistent(orderings: Sequence[Ordering], values: Values) -> bool:
    """Whether no days of a case contradict an order in which they stand."""
    return all(_in_order(values, one.first, one.then, one.records) for one in orderings)


def _in_order(values: Values, first: str, then: str, records: str | None) -> bool:
    held: Collection[Mapping[str, Value | Scalar | None]]
    if records is None:
        held = [values]
    else:
        listed = values.get(records)
        held = listed if isinstance(listed, tuple) else ()
    for one in held:
        earlier, later = one.get(first), one.get(then)
        if is_calendar_day(earlier) and is_calendar_day(later) and earlier > later:  # type: ignore[operator]
            return False
    return True
