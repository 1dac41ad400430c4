"""Everything that a small case could have been: all values of all inputs, known or not, and further records."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lawmodel.inputs import is_calendar_day
from lawmodel.reasoning.evaluation import NO_RECORD, Evaluation, Meaning, meaning
from lawmodel.reasoning.formula import (
    Choose,
    Domain,
    Formula,
    Input,
    Ordering,
    Record,
    ResolvedQuestion,
    Scalar,
    SomeRecord,
    Valuation,
    Value,
    field_key,
)
from lawmodel.reasoning.open_cases.residual import further_key, record_key
from lawmodel.reasoning.rewrite import subformulas
from tests.reasoning.random_questions import listed_records, with_fields

MOST_FURTHER = 2
"""Further records that can be together: no more conditions on records than this bear on a small question."""


DAYS = range(96, 105)


class TooManyCompletions(Exception):
    pass


@dataclass(frozen=True)
class Alternative:
    """What a case could have been: in which of its known inputs it differs, all values, and the outcome."""

    differs: frozenset[str]
    values: dict[str, Value]
    outcome: str


def wide(domain: Domain) -> list[Scalar]:
    """Enough values of a single input to meet every kind, beside one other of its kind."""
    match domain.kind:
        case "yes/no":
            return [False, True]
        case "choice":
            return list(domain.choices)
        case "number":
            return list(range(6))
        case _:
            return [*sorted(domain.special), *DAYS]


class Everything:
    """All alternatives to a case, as far as some inputs bear on it."""

    def __init__(
        self,
        question: ResolvedQuestion,
        valuation: Valuation,
        bearing: set[str],
        *,
        removable: bool = False,
        most: int = 4000,
    ) -> None:
        self.question, self.valuation, self.bearing, self.most = question, valuation, bearing, most
        self.removable = removable
        self.lists = [key for key, domain in question.domains.items() if domain.kind == "records"]
        self._elsewhere = sorted(set(self._days_elsewhere()))
        self.alternatives = list(self._all())

    def _all(self) -> Iterator[Alternative]:
        evaluation = Evaluation(self.question)
        singles = self._singles()
        count = 1
        for values in singles.values():
            count *= len(values)
        if count > self.most:
            raise TooManyCompletions
        complete = [
            self._complete(dict(zip(singles, chosen, strict=True))) for chosen in itertools.product(*singles.values())
        ]
        further = {key: self._further(key, complete) for key in self.lists}
        for sets in further.values():
            count *= len(sets)
        if count > self.most:
            raise TooManyCompletions
        for differs, listed in complete:
            for chosen in itertools.product(*further.values()):
                more = dict(zip(further, chosen, strict=True))
                full = {**listed, **{key: (*listed_records(listed[key]), *more[key]) for key in self.lists}}
                if self._consistent(full):
                    added = {
                        further_key(key)
                        for key, records in more.items()
                        if records and self.valuation.values[key] is not None
                    }
                    outcome = evaluation.outcome(full)
                    assert outcome is not None
                    yield Alternative(differs | added, full, outcome)

    def _singles(self) -> dict[str, list[Scalar]]:
        """The values of every single input and field that bears on the question; others keep a value."""
        found: dict[str, list[Scalar]] = {}
        for key, value in self.valuation.values.items():
            domain = self.question.domains[key]
            if key not in self.lists:
                if key not in self.valuation.same_as:
                    found[key] = self._values(key, domain, value)  # type: ignore[arg-type]
                continue
            for number, record in enumerate(listed_records(value), start=1):
                if self.removable:
                    found[record_key(key, number)] = [True, False]
                for name, one in domain.fields:
                    field = field_key(key, number, name)
                    found[field] = self._values(field, one, record[name])
        return found

    def _values(self, key: str, domain: Domain, value: Scalar | None) -> list[Scalar]:
        if key in self.bearing:
            return self._wide(domain)
        if value is None and key in self.valuation.bounds:
            return [day for day in self._wide(domain) if self._agrees(key, day)]
        return [value if value is not None else wide(domain)[-1]]

    def _wide(self, domain: Domain) -> list[Scalar]:
        return [*wide(domain), *self._elsewhere] if domain.kind == "date" else wide(domain)

    def _days_elsewhere(self) -> Iterator[int]:
        """Days that the case has far from the others, and those beside them: each needs room around it."""
        for key, value in self.valuation.values.items():
            domain = self.question.domains[key]
            fields = domain.fields or ((key, domain),)
            for record in listed_records(value) if domain.fields else ({key: value},):
                for day in [record[name] for name, one in fields if one.kind == "date"]:
                    if isinstance(day, int) and is_calendar_day(day) and day not in DAYS:
                        yield from filter(is_calendar_day, (day - 1, day, day + 1))

    def _complete(self, chosen: Mapping[str, Value]) -> tuple[frozenset[str], dict[str, Value]]:
        values: dict[str, Value] = {}
        for key, value in self.valuation.values.items():
            if key not in self.lists:
                values[key] = chosen[self.valuation.same_as.get(key, key)]
                continue
            records = with_fields(key, listed_records(value), chosen)
            values[key] = tuple(
                record for number, record in enumerate(records, 1) if chosen.get(record_key(key, number), True)
            )
        return frozenset(key for key, value in chosen.items() if not self._agrees(key, value)), values

    def _agrees(self, key: str, value: Value) -> bool:
        """Whether a value is what the case has, or may be what it leaves open."""
        was = self._was(key)
        bounds = self.valuation.bounds.get(key)
        if was is None and bounds is not None:
            return isinstance(value, int) and bounds.first <= value <= bounds.last
        return was in (None, value)

    def _was(self, key: str) -> Value:
        if "[" not in key:
            return self.valuation.values[key]
        records, _, rest = key.partition("[")
        number, _, field = rest.partition("].")
        if not field:
            return True
        return listed_records(self.valuation.values[records])[int(number) - 1][field]

    def _further(self, key: str, complete: list[tuple[frozenset[str], dict[str, Value]]]) -> list[tuple[Record, ...]]:
        """Sets of further records, of those that some condition can tell apart."""
        conditions = [meaning(one) for one in self._conditions(key)]
        if not conditions:
            return [()]
        fields = self.question.domains[key].fields
        others = [{**values, **dict.fromkeys(self.lists, ())} for _, values in complete]
        if not any(reads_inputs(one) for one in self._conditions(key)):
            others = others[:1]
        named = fields_read(self.question, key)
        kinds: dict[tuple[bool | None, ...], Record] = {}
        for choice in itertools.product(
            *(self._wide(one) if name in named else wide(one)[-1:] for name, one in fields)
        ):
            record: Record = dict(zip((name for name, _ in fields), choice, strict=True))
            if len(others) * len(conditions) > 600:
                raise TooManyCompletions
            if self._in_order(key, record):
                kinds.setdefault(tuple(holds(values, record) for values in others for holds in conditions), record)
        if len(kinds) > 6:
            raise TooManyCompletions
        records = list(kinds.values())
        return [chosen for size in range(MOST_FURTHER + 1) for chosen in itertools.combinations(records, size)]

    def _conditions(self, key: str) -> list[Formula]:
        """What the question asks of the records of a list."""
        return [
            one.such_that
            for rule in self.question.rules
            for formula in (rule.applies, *(condition for _, condition in rule.concludes))
            for one in subformulas(formula)
            if isinstance(one, SomeRecord) and one.records == key
        ]

    def _consistent(self, values: Mapping[str, Value]) -> bool:
        for ordering in self.question.orderings:
            if ordering.records is None and not _before(values[ordering.first], values[ordering.then]):
                return False
        return all(self._in_order(key, record) for key in self.lists for record in listed_records(values[key]))

    def _in_order(self, key: str, record: Record) -> bool:
        orderings: list[Ordering] = [one for one in self.question.orderings if one.records == key]
        return all(_before(record[one.first], record[one.then]) for one in orderings)


def _before(one: Value, other: Value) -> bool:
    assert isinstance(one, int)
    assert isinstance(other, int)
    return not (is_calendar_day(one) and is_calendar_day(other) and one > other)


def reads_inputs(formula: Formula) -> bool:
    """Whether a condition on a record reads anything but the record."""
    return any(
        isinstance(getattr(one, name, None), Input)
        for one in subformulas(formula)
        for name in ("term", "left", "right")
    ) or any(isinstance(one, Choose) for one in subformulas(formula))


def fields_read(question: ResolvedQuestion, key: str) -> set[str]:
    """The fields of a list that some condition or ordering reads."""
    found = {name for one in question.orderings if one.records == key for name in (one.first, one.then)}
    for rule in question.rules:
        for formula in (rule.applies, *(condition for _, condition in rule.concludes)):
            for one in subformulas(formula):
                terms = (getattr(one, name, None) for name in ("term", "left", "right"))
                found |= {term.name for term in terms if getattr(term, "records", None) == key}  # type: ignore[union-attr]
    return found


def rules_that_speak(question: ResolvedQuestion, values: Mapping[str, Value], outcome: str) -> set[str]:
    meanings: list[tuple[str, Meaning, Meaning]] = [
        (rule.id, meaning(rule.applies), meaning(condition))
        for rule in question.rules
        for concluded, condition in rule.concludes
        if concluded == outcome
    ]
    return {name for name, applies, then in meanings if applies(values, NO_RECORD) and then(values, NO_RECORD)}


def smallest(family: set[frozenset[str]]) -> set[frozenset[str]]:
    """The sets that contain no other."""
    return {one for one in family if not any(other < one for other in family)}


def hitting(family: set[frozenset[str]]) -> set[frozenset[str]]:
    """The smallest sets that meet every one of a family, built up set by set."""
    found: set[frozenset[str]] = {frozenset()}
    for one in family:
        if not one:
            return set()
        met = {chosen for chosen in found if chosen & one}
        found = smallest(met | {chosen | {member} for chosen in found - met for member in one})
    return found
