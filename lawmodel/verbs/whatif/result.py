"""What if: two answers to one question, before and after something is otherwise, and what differs between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Generic, TypeVar

from lawmodel.answer.answer import Answer, Brought, Ground, UncertainDate
from lawmodel.case.supposed import InputValue, Origin, SupposedChange
from lawmodel.case.values import UNKNOWN, encode_given, in_words
from lawmodel.dataclass import dataclass
from lawmodel.inputs import DayBounds, GivenRecord, GivenScalar
from lawmodel.inquiry.distinguishing.differing_provisions import DifferingProvision as DifferingProvision
from lawmodel.inquiry.distinguishing.differing_provisions import Effect as Effect
from lawmodel.results.encoder import encode as encode_result
from lawmodel.results.result import Result
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.value_object import ValueObject, summary
from lawmodel.verbs.whatif.record_numbers import RecordNumbers
from lawmodel.words.counts import count

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Moved(ValueObject, Generic[Entry]):
    """What is in the answer after and was not before, and the reverse."""

    gained: tuple[Entry, ...]
    lost: tuple[Entry, ...]

    def __bool__(self) -> bool:
        return bool(self.gained or self.lost)


@dataclass(frozen=True, slots=True)
class MovedNames(ValueObject):
    """What only the answer after has, and what only the one before had, by name."""

    gained: tuple[str | tuple[str, ...], ...]
    lost: tuple[str | tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class MovedConsequences(ValueObject):
    """The consequences that only one of the answers has."""

    gained: tuple[Brought, ...]
    lost: tuple[Brought, ...]


@dataclass(frozen=True, slots=True)
class MovedDates(ValueObject):
    """The uncertain dates behind only one of the answers."""

    gained: tuple[UncertainDate, ...]
    lost: tuple[UncertainDate, ...]


@dataclass(frozen=True, slots=True)
class HeldValue(ValueObject):
    """What a case has for an input."""

    value: Any
    """As in a case file; None where there is no such record."""
    origin: Origin
    says: str


@dataclass(frozen=True, slots=True)
class InputChange(ValueObject):
    """An input before and after."""

    input: str
    """As users name it; records by the numbers that they have in the case."""
    title: str
    before: HeldValue
    after: HeldValue
    already_so: bool
    """Whether the value is what it was, wherever it came from."""


@dataclass(frozen=True, slots=True)
class WhatIf(Result):
    """Two answers to one question, and what differs. What names a record goes by the numbers of the case before."""

    before: Answer
    after: Answer
    inputs: tuple[SupposedChange, ...]
    """What was assigned, and the facts that follow it."""
    provisions: tuple[DifferingProvision, ...]
    """Those whose traces, or what they come to, differ."""
    numbers: RecordNumbers
    """The numbers that records had before others were taken out."""

    json_is_brief: ClassVar[bool] = True

    def __repr__(self) -> str:
        before, after = (one.outcome or "depends" for one in (self.before, self.after))
        changed = ", ".join(one.key for one in self.inputs)
        return summary(self, f"{before} to {after} of {self.question}, by {changed or 'another law'}")

    @property
    def rulebook(self) -> Rulebook:
        """The law."""
        return self.before.rulebook

    @property
    def question(self) -> str:
        """The id of the question."""
        return self.before.question

    @property
    def same_outcome(self) -> bool:
        """Whether the same outcomes are possible."""
        return self.before.possible == self.after.possible

    @property
    def grounds(self) -> Moved[Ground]:
        """The grounds that differ: another provision, or one that supports the outcome in every case no longer."""
        return _moved(self.before.grounds, self.after.grounds, lambda one: (one.id, one.in_every_case))

    @property
    def consequences(self) -> Moved[Brought]:
        """The consequences that differ: in what they are, in their figures, or in whether they are certain."""

        def without_grounds(one: Brought) -> str:
            return repr(encode_result(replace(one, outcomes=(), grounds=())))

        return _moved(self.before.consequences, self.after.consequences, without_grounds)

    @property
    def turns_on(self) -> Moved[tuple[str, ...]]:
        """The open points that can still change one answer and not the other."""
        return _moved(self.before.turns_on, self.numbers.groups(self.after.turns_on), frozenset)

    @property
    def rests_on(self) -> Moved[str]:
        """The defaults and presumptions on which one answer rests and not the other."""
        return _moved(self.before.rests_on, self.after.rests_on, str)

    @property
    def uncertain_dates(self) -> Moved[UncertainDate]:
        """The uncertain dates that decide one answer and not the other, or otherwise."""
        return _moved(self.before.uncertain_dates, self.after.uncertain_dates, lambda one: repr(encode_result(one)))

    @property
    def changed(self) -> bool:
        """Whether anything differs in what is answered, how firmly, and why."""
        moved = (self.grounds, self.consequences, self.turns_on, self.rests_on, self.uncertain_dates)
        same_cases = self.before.distinction == self.after.distinction
        return not self.same_outcome or any(moved) or bool(self.provisions) or not same_cases

    json_keys: ClassVar[Mapping[str, str]] = {
        "case": "case",
        "question": "question",
        "inputs": "changes",
        "renumbered": "renumbered",
        "before": "before",
        "after": "after",
        "changed": "changed",
        "same_outcome": "same_outcome",
        "grounds": "grounds_moved",
        "consequences": "consequences_moved",
        "turns_on": "open_points_moved",
        "rests_on": "assumptions_moved",
        "uncertain_dates": "dates_moved",
        "provisions": "provisions",
    }

    @property
    def case(self) -> str:
        """The file of the case, and after `#` its variant."""
        return self.before.case

    @property
    def renumbered(self) -> Mapping[str, str]:
        """Where records were taken out: the name of a record after, with the one that it has in the case."""
        return dict(self.numbers.before)

    @property
    def changes(self) -> tuple[InputChange, ...]:
        """What is otherwise, in words; a field of a list that is told as a whole is not told again."""
        return tuple(_change(self.rulebook, one) for one in self.inputs)

    @property
    def grounds_moved(self) -> MovedNames:
        """The grounds that differ, by id."""
        return MovedNames(*(tuple(one.id for one in ones) for ones in (self.grounds.gained, self.grounds.lost)))

    @property
    def consequences_moved(self) -> MovedConsequences:
        """The consequences that differ."""
        return MovedConsequences(self.consequences.gained, self.consequences.lost)

    @property
    def open_points_moved(self) -> MovedNames:
        """The open points that can change one answer and not the other; several that can only together as a list."""
        sides = (self.turns_on.gained, self.turns_on.lost)
        return MovedNames(*(tuple(one[0] if len(one) == 1 else one for one in ones) for ones in sides))

    @property
    def assumptions_moved(self) -> MovedNames:
        """The defaults and presumptions on which one answer rests and not the other."""
        return MovedNames(self.rests_on.gained, self.rests_on.lost)

    @property
    def dates_moved(self) -> MovedDates:
        """The uncertain dates behind only one of the answers."""
        return MovedDates(self.uncertain_dates.gained, self.uncertain_dates.lost)


def _moved(before: Iterable[Entry], after: Iterable[Entry], key: Callable[[Entry], object]) -> Moved[Entry]:
    was, now = {key(one): one for one in before}, {key(one): one for one in after}
    return Moved(
        tuple(one for name, one in now.items() if name not in was),
        tuple(one for name, one in was.items() if name not in now),
    )


# --- inputs in words ----------------------------------------------------------------------------------


def declared_as(rulebook: Rulebook, key: str) -> Fact | None:
    """What declares an input by the name of a change: a fact, a field, or the list of a record; None: a reading."""
    records, bracket, rest = key.partition("[")
    if not bracket:
        return rulebook.facts.get(key)
    field = rest.partition("].")[2]
    return rulebook.fact(f"{records}.{field}" if field else records)


def _change(rulebook: Rulebook, change: SupposedChange) -> InputChange:
    fact = declared_as(rulebook, change.key)
    before, after = (_held(rulebook, fact, change, held) for held in (change.before, change.after))
    return InputChange(change.key, _title(rulebook, fact, change.key), before, after, change.already_so)


def _title(rulebook: Rulebook, fact: Fact | None, key: str) -> str:
    """What an input is, in few words."""
    if fact is None:
        return rulebook.readings[key].title
    records, bracket, rest = key.partition("[")
    if not bracket:
        return fact.title
    record = f"{rulebook.facts[records].each} {rest.partition(']')[0]}"
    return f"{record}, {fact.title}" if "]." in rest else record


def _held(rulebook: Rulebook, fact: Fact | None, change: SupposedChange, held: InputValue) -> HeldValue:
    value = None if held.origin == "absent" else _plain(fact, held.value)
    return HeldValue(value, held.origin, _says(rulebook, fact, change, held))


def _says(rulebook: Rulebook, fact: Fact | None, change: SupposedChange, held: InputValue) -> str:
    """What a case has for an input, in words."""
    value = held.value
    if fact is None:
        entry = rulebook.readings[change.key]
        return f"open: {entry.title}" if value is None else entry.option(str(value)).says
    if held.origin == "absent":
        each = rulebook.facts[change.key.partition("[")[0]].each
        return f"no such {each}" if held is change.before else "taken out"
    if isinstance(value, Mapping):
        return _record(rulebook, fact, value)
    if isinstance(value, tuple):
        records = "; ".join(_record(rulebook, fact, record) for record in value)
        return f"{count(len(value), str(fact.each))}: {records}" if value else str(fact.none)
    return in_words(rulebook, fact, value)


def _record(rulebook: Rulebook, fact: Fact, record: GivenRecord) -> str:
    """A record by what is given of it."""
    said = [in_words(rulebook, field, record[field.id]) for field in fact.of if field.id in record]
    return ", ".join(said) or f"a {fact.each} of which nothing is known"


def _plain(fact: Fact | None, value: object) -> Any:
    """A value as a case file has it."""
    if isinstance(value, tuple):
        return [_plain(fact, record) for record in value]
    if isinstance(value, Mapping):
        assert fact is not None
        fields = {field.id: field for field in fact.of}
        return {name: _plain(fields[name], one) for name, one in value.items()}
    assert value is None or isinstance(value, bool | int | str | DayBounds)
    scalar: GivenScalar | None = value
    return UNKNOWN if scalar is None else scalar if fact is None else encode_given(fact, scalar)
