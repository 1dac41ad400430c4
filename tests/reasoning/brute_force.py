"""The answers to a question in a small case, by going through all of its completions."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TypeAlias

from lawmodel.inputs import is_calendar_day
from lawmodel.reasoning.evaluation import Evaluation, meaning
from lawmodel.reasoning.formula import (
    All,
    Any,
    AtLeast,
    Choose,
    Domain,
    Field,
    Formula,
    Input,
    Named,
    Not,
    OneOf,
    Ordered,
    Record,
    ResolvedQuestion,
    Same,
    Scalar,
    SomeRecord,
    Spaced,
    Term,
    Valuation,
    Value,
    field_key,
    reading_key,
)
from tests.reasoning.random_questions import listed_records, window

Completing: TypeAlias = Callable[[dict[str, Scalar]], dict[str, Value]]


class TooManyCompletions(Exception):
    pass


@dataclass(frozen=True)
class Completion:
    """The values of the open inputs, by key, the same inputs in every completion; all values; and the outcome."""

    open_values: tuple[Value, ...]
    values: dict[str, Value]
    outcome: str


class BruteForce:
    def __init__(
        self,
        question: ResolvedQuestion,
        valuation: Valuation,
        most: int = 6000,
        window: Callable[[Domain], list[Scalar]] = window,
    ) -> None:
        """Take a case, and the values of a single input that are gone through."""
        self.question = question
        self.valuation = valuation
        self.keys: list[str] = []
        self.most = most
        self.window = window
        self.completions = list(self._completions())

    def possible(self) -> tuple[str, ...]:
        found = {one.outcome for one in self.completions}
        return tuple(outcome for outcome in self.question.outcomes if outcome in found)

    def turns_on(self) -> tuple[tuple[str, ...], ...]:
        found: list[tuple[str, ...]] = []
        for size in range(1, len(self.keys) + 1):
            for group in itertools.combinations(sorted(self.keys), size):
                if not any(set(smaller) <= set(group) for smaller in found) and self._differs(group):
                    found.append(group)
        return tuple(found)

    def _differs(self, group: Iterable[str]) -> bool:
        places = [place for place, key in enumerate(self.keys) if key not in group]
        rest = itemgetter(*places) if places else len
        seen: dict[object, str] = {}
        return any(seen.setdefault(rest(values), outcome) != outcome for values, outcome in self._numbered)

    @cached_property
    def _numbered(self) -> list[tuple[tuple[int, ...], str]]:
        """The open values of each completion as numbers, which are soon compared, and its outcome."""
        numbers: list[dict[object, int]] = [{} for _ in self.keys]
        return [
            (
                tuple(
                    known.setdefault(_frozen(value), len(known))
                    for known, value in zip(numbers, one.open_values, strict=True)
                ),
                one.outcome,
            )
            for one in self.completions
        ]

    def _completions(self) -> Iterator[Completion]:
        evaluation = Evaluation(self.question)
        lists = [key for key, domain in self.question.domains.items() if domain.kind == "records"]
        unknown = [key for key in lists if self.valuation.values[key] is None]
        singles = self._open_singles(lists)
        complete = self._completing(singles, lists)
        others: list[dict[str, Value]] = []
        for choice in itertools.product(*(self._values_of(key, domain) for key, domain in singles.items())):
            if self._consistent(values := complete(dict(zip(singles, choice, strict=True)))):
                if len(others) == self.most:  # before millions are kept; of a list there is one value at least
                    raise TooManyCompletions
                others.append(values)
        options = [self._lists(key, others) for key in unknown]
        count = len(others)
        for option in options:
            count *= len(option)
        if count > self.most:
            raise TooManyCompletions
        self.keys = [*singles, *unknown]
        for values in others:
            for chosen in itertools.product(*options):
                full = {**values, **dict(zip(unknown, chosen, strict=True))}
                outcome = evaluation.outcome(full)
                assert outcome is not None
                yield Completion((*(self._flat(full, key) for key in singles), *chosen), full, outcome)

    def _values_of(self, key: str, domain: Domain) -> list[Scalar]:
        """The values of an open input that are gone through; of a day between which others it is known to be, those."""
        bounds = self.valuation.bounds.get(key)
        if bounds is None:
            return self.window(domain)
        return [day for day in self.window(domain) if bounds.first <= day <= bounds.last]  # type: ignore[operator]

    def _open_singles(self, lists: list[str]) -> dict[str, Domain]:
        found: dict[str, Domain] = {}
        for key, domain in self.question.domains.items():
            value = self.valuation.values[key]
            if key not in lists:
                if value is None and key not in self.valuation.same_as:
                    found[key] = domain
                continue
            for number, record in enumerate(listed_records(value), start=1):
                fields = dict(domain.fields)
                found |= {field_key(key, number, f): fields[f] for f, v in record.items() if v is None}
        return found

    def _completing(self, singles: Mapping[str, Domain], lists: list[str]) -> Completing:
        """What fills chosen values in; which values they are is the same for every choice, so it is found out once."""
        known = self.valuation.values
        moving = [(key, self.valuation.same_as.get(key, key)) for key in known if key not in lists]
        moving = [(key, source) for key, source in moving if source in singles]
        listed: dict[str, list[tuple[Record, list[tuple[str, str]]]]] = {}
        for key in {key.partition("[")[0] for key in singles}.intersection(lists):
            listed[key] = [
                (record, [(name, field_key(key, number, name)) for name, value in record.items() if value is None])
                for number, record in enumerate(listed_records(known[key]), start=1)
            ]

        def complete(chosen: dict[str, Scalar]) -> dict[str, Value]:
            values = dict(known)
            for key, source in moving:
                values[key] = chosen[source]
            for key, records in listed.items():
                values[key] = tuple(
                    [{**record, **{name: chosen[own] for name, own in opened}} for record, opened in records]
                )
            return values

        return complete

    def _flat(self, values: dict[str, Value], key: str) -> Value:
        if "[" not in key:
            return values[key]
        records, rest = key.split("[")
        number, field = rest.split("].")
        return listed_records(values[records])[int(number) - 1][field]

    def _consistent(self, values: dict[str, Value]) -> bool:
        for ordering in self.question.orderings:
            if ordering.records is None:
                pairs = [(values[ordering.first], values[ordering.then])]
            else:
                listed = listed_records(values[ordering.records])
                pairs = [(record[ordering.first], record[ordering.then]) for record in listed]
            if any(is_calendar_day(one) and is_calendar_day(other) and one > other for one, other in pairs):  # type: ignore[operator]
                return False
        return True

    def _lists(self, key: str, others: list[dict[str, Value]]) -> list[tuple[Record, ...]]:
        """All bags of records of an unknown list, of records that some condition can tell apart.

        More records of a kind than any condition asks for are as good as so many.
        """
        if not others:
            return [()]
        asked = list(self._some(key))
        conditions = [one.such_that for one in asked]
        most = max((one.at_least for one in asked), default=1)
        if len(conditions) * len(others) > self.most // 10:
            raise TooManyCompletions
        # What no condition reads tells no records apart: those who look at all of it look at the same again.
        read = {part for condition in conditions for part in _read(condition)}
        seen = {tuple([_frozen(values[name]) for name in others[0] if name in read]): values for values in others}
        ordered = {name for one in self.question.orderings if one.records == key for name in (one.first, one.then)}
        fields = {
            name: self.window(domain)[: None if field_key(key, 0, name) in read or name in ordered else 1]
            for name, domain in self.question.domains[key].fields
        }
        wanted = [meaning(condition) for condition in conditions]
        kinds: dict[tuple[bool | None, ...], Record] = {}
        for choice in itertools.product(*fields.values()):
            record: Record = dict(zip(fields, choice, strict=True))
            if self._consistent({**others[0], key: (record,)}):
                behaviour = tuple([holds(values, record) for values in seen.values() for holds in wanted])
                if None in behaviour:  # the condition also reads another list that is unknown
                    raise TooManyCompletions
                kinds.setdefault(behaviour, record)
                if (most + 1) ** len(kinds) > 2**6:
                    raise TooManyCompletions
        bags = itertools.product(range(most + 1), repeat=len(kinds))
        return [
            tuple(record for record, times in zip(kinds.values(), bag, strict=True) for _ in range(times))
            for bag in bags
        ]

    def _some(self, key: str) -> Iterator[SomeRecord]:
        for rule in self.question.rules:
            for formula in (rule.applies, *(condition for _, condition in rule.concludes)):
                for part in _parts(formula):
                    if isinstance(part, SomeRecord) and part.records == key:
                        yield part


def _parts(formula: Formula) -> Iterator[Formula]:
    """A formula, and all that it consists of."""
    yield formula
    match formula:
        case All(parts) | Any(parts) | AtLeast(_, parts):
            inner = parts
        case Not(part) | Named(_, _, part) | SomeRecord(_, part):
            inner = (part,)
        case Choose(_, branches):
            inner = tuple(part for _, part in branches)
        case _:
            inner = ()
    for part in inner:
        yield from _parts(part)


def _read(formula: Formula) -> Iterator[str]:
    """The keys of the inputs and lists that a formula reads, and those of fields, as of a record with the number 0."""
    for part in _parts(formula):
        terms: tuple[Term, ...] = ()
        match part:
            case SomeRecord(records, _):
                yield records
            case Choose(reading, _):
                yield reading_key(reading)
            case OneOf(only, _):
                terms = (only,)
            case Same(left, right) | Ordered(left, right) | Spaced(left, right):
                terms = (left, right)
        for term in terms:
            if isinstance(term, Input):
                yield term.key
            elif isinstance(term, Field):
                yield field_key(term.records, 0, term.name)


def _frozen(value: Value) -> Value:
    return repr(value) if isinstance(value, tuple) else value
