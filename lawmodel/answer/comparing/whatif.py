"""What if: two answers to one question, before and after something is otherwise, and what differs between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from lawmodel.answer.answer import Answer, Brought, Ground, UncertainDate
from lawmodel.answer.comparing.trace_difference import StepDifference
from lawmodel.answer.record_numbers import RecordNumbers
from lawmodel.case.supposed import Change, Held
from lawmodel.case.values import UNKNOWN, encode
from lawmodel.inputs import Scalar
from lawmodel.reasoning.trace import TRUTH_WORDS
from lawmodel.results.encoder import encode as encode_result
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.value_object import ValueObject, summary

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Moved(ValueObject, Generic[Entry]):
    """What is in the answer after and was not before, and the reverse."""

    gained: tuple[Entry, ...]
    lost: tuple[Entry, ...]

    def __bool__(self) -> bool:
        return bool(self.gained or self.lost)

    def to_json(self, plain: Callable[[Entry], Any]) -> dict[str, Any]:
        """Plain data, each entry as ``plain`` has it."""
        return {"gained": [plain(one) for one in self.gained], "lost": [plain(one) for one in self.lost]}


@dataclass(frozen=True, slots=True)
class Effect(ValueObject):
    """What a provision comes to, in all completions of what is left open."""

    applies: bool | None
    """None: in some completions it does, in others it does not."""
    speaks_for: Mapping[str, bool]
    """The outcomes for which it speaks in some completion, each with whether it does in all."""
    brings: Mapping[str, bool]
    """The consequences that it brings beside an outcome, likewise."""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        plain: dict[str, Any] = {"applies": TRUTH_WORDS[self.applies]}
        for key, names in (("speaks_for", self.speaks_for), ("brings", self.brings)):
            plain[key] = {name: TRUTH_WORDS[True if certain else None] for name, certain in names.items()}
        return plain


@dataclass(frozen=True, slots=True)
class DifferingProvision(ValueObject):
    """A provision that comes to something else, or to the same for other reasons."""

    id: str
    before: Effect
    after: Effect
    difference: StepDifference | None
    """Where its traces differ; None where only what follows from all of them together does."""

    @property
    def same_effect(self) -> bool:
        """Whether it comes to what it came to before, and only its reasons differ."""
        return self.before == self.after

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        difference = None if self.difference is None else self.difference.to_json()
        return {
            "id": self.id,
            "same_effect": self.same_effect,
            "before": self.before.to_json(),
            "after": self.after.to_json(),
            "difference": difference,
        }


@dataclass(frozen=True, slots=True)
class WhatIf(ValueObject):
    """Two answers to one question, and what differs. What names a record goes by the numbers of the case before."""

    before: Answer
    after: Answer
    inputs: tuple[Change, ...]
    """What was assigned, and the facts that follow it."""
    provisions: tuple[DifferingProvision, ...]
    """Those whose traces, or what they come to, differ."""
    numbers: RecordNumbers
    """The numbers that records had before others were taken out."""

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
        return _moved(self.before.consequences, self.after.consequences, lambda one: repr(encode_result(one)))

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

    def to_json(self) -> dict[str, Any]:
        """Plain data under the documented keys."""
        return {
            "case": self.before.case,
            "question": self.question,
            "inputs": [_input_to_json(self.rulebook, one) for one in self.inputs],
            "renumbered": dict(self.numbers.before),
            "before": self.before.to_json(trace=False),
            "after": self.after.to_json(trace=False),
            "changed": self.changed,
            "same_outcome": self.same_outcome,
            "grounds": self.grounds.to_json(lambda one: one.id),
            "consequences": self.consequences.to_json(encode_result),
            "turns_on": self.turns_on.to_json(lambda group: group[0] if len(group) == 1 else list(group)),
            "rests_on": self.rests_on.to_json(str),
            "uncertain_dates": self.uncertain_dates.to_json(encode_result),
            "provisions": [one.to_json() for one in self.provisions],
        }


def _moved(before: Iterable[Entry], after: Iterable[Entry], key: Callable[[Entry], object]) -> Moved[Entry]:
    was, now = {key(one): one for one in before}, {key(one): one for one in after}
    return Moved(
        tuple(one for name, one in now.items() if name not in was),
        tuple(one for name, one in was.items() if name not in now),
    )


# --- inputs as plain data -----------------------------------------------------------------------------


def declared_as(rulebook: Rulebook, key: str) -> Fact | None:
    """What declares an input by the name of a change: a fact, a field, or the list of a record; None: a reading."""
    records, bracket, rest = key.partition("[")
    if not bracket:
        return rulebook.facts.get(key)
    field = rest.partition("].")[2]
    return rulebook.fact(f"{records}.{field}" if field else records)


def _input_to_json(rulebook: Rulebook, change: Change) -> dict[str, Any]:
    fact = declared_as(rulebook, change.key)
    return {
        "input": change.key,
        "before": _held_to_json(fact, change.before),
        "after": _held_to_json(fact, change.after),
        "already_so": change.already_so,
    }


def _held_to_json(fact: Fact | None, held: Held) -> dict[str, Any]:
    return {"value": None if held.origin == "absent" else _plain(fact, held.value), "origin": held.origin}


def _plain(fact: Fact | None, value: object) -> Any:
    """A value as a case file has it."""
    if isinstance(value, tuple):
        return [_plain(fact, record) for record in value]
    if isinstance(value, Mapping):
        assert fact is not None
        fields = {field.id: field for field in fact.of}
        return {name: _plain(fields[name], one) for name, one in value.items()}
    assert value is None or isinstance(value, bool | int | str)
    scalar: Scalar | None = value
    return UNKNOWN if scalar is None else scalar if fact is None else encode(fact, scalar)
