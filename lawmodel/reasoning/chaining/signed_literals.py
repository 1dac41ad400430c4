"""Formulas as expressions over signed literals, which a rules engine without negation can derive.

Every formula has two expressions: one that derives that it is true and one that derives that it is false (its
dual, by De Morgan). What neither derives is open. An expression is only ever a conjunction or a disjunction of
*literals*: that a comparison holds, that it fails, that a reading has another option than this one.

That at least so many of several hold is derived by halves: so many of the one and so many of the other, with an
expression for each number (a totalizer; Bailleux and Boufkhad 2003). For k of n that takes no more than n * k * k
expressions, in a depth of log n.

Lists of records are unfolded for the numbers of records of a case; of a list that is itself unknown nothing is
derived either way. Expressions are numbered, and the same expression always has the same number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias, assert_never

from lawmodel.reasoning.chaining.written_program import ALWAYS as ALWAYS
from lawmodel.reasoning.chaining.written_program import NEVER as NEVER
from lawmodel.reasoning.chaining.written_program import Expression as Expression
from lawmodel.reasoning.formula import (
    All,
    Any,
    AtLeast,
    Atom,
    Choose,
    Constant,
    Field,
    Formula,
    Named,
    Not,
    OneOf,
    Ordered,
    Same,
    SomeRecord,
    Spaced,
    terms,
)


class RecordPlace(NamedTuple):
    """A record: its list, and which one it is (from 0)."""

    records: str
    number: int


class Compared(NamedTuple):
    """Literal: a comparison, of one record where it reads a field, is found true, or is found false."""

    atom: Atom
    place: RecordPlace | None
    truth: bool


class OtherOption(NamedTuple):
    """Literal: a reading is known and has another option than this one."""

    reading: str
    option: str


class Both(NamedTuple):
    """All of these; without parts, always."""

    parts: tuple[Expression, ...]


class Either(NamedTuple):
    """Some of these; without parts, never."""

    parts: tuple[Expression, ...]


Literal: TypeAlias = Compared | OtherOption
Shape: TypeAlias = Literal | Both | Either


class SignedLiterals:
    """The expressions of one question for given numbers of records (None for a list that is unknown)."""

    def __init__(self, counts: Mapping[str, int | None]) -> None:
        self._counts = counts
        self._shapes: list[Shape] = [Both(()), Either(())]
        self._numbers = {(type(shape), shape): number for number, shape in enumerate(self._shapes)}
        """By its kind as well: all parts and some of them would be equal, as tuples are."""
        self._translated: dict[tuple[int, bool, RecordPlace | None], Expression] = {}
        self._kept: list[Formula] = []
        self.names: dict[Expression, str] = {}
        """What an expression is called in the law, where it is a named part of it."""

    def shape(self, expression: Expression) -> Shape:
        """What an expression is made of."""
        return self._shapes[expression]

    def both(self, parts: Iterable[Expression]) -> Expression:
        """The conjunction."""
        kept = tuple(dict.fromkeys(part for part in parts if part != ALWAYS))
        if NEVER in kept:
            return NEVER
        return kept[0] if len(kept) == 1 else self._number(Both(kept))

    def either(self, parts: Iterable[Expression]) -> Expression:
        """The disjunction."""
        kept = tuple(dict.fromkeys(part for part in parts if part != NEVER))
        if ALWAYS in kept:
            return ALWAYS
        return kept[0] if len(kept) == 1 else self._number(Either(kept))

    def at_least(self, count: int, parts: Sequence[Expression]) -> Expression:
        """So many of the parts, each counted where it stands."""
        if count < 1:
            return ALWAYS
        return NEVER if count > len(parts) else self._totals(tuple(parts), count)[count - 1]

    def _totals(self, parts: tuple[Expression, ...], most: int) -> list[Expression]:
        """That at least one, at least two and so on up to ``most`` of the parts hold."""
        if len(parts) == 1:
            return [parts[0]]
        half = len(parts) // 2
        left, right = ([ALWAYS, *self._totals(some, most)] for some in (parts[:half], parts[half:]))
        return [
            self.either(
                self.both((left[of_left], right[total - of_left]))
                for of_left in range(max(0, total - len(right) + 1), min(total, len(left) - 1) + 1)
            )
            for total in range(1, min(most, len(parts)) + 1)
        ]

    def concluded(self, expression: Expression) -> Expression:
        """The expression as something for rules to derive, even where it is only a literal."""
        match self._shapes[expression]:
            case Both() | Either():
                return expression
            case _:
                return self._number(Both((expression,)))

    def derives(self, formula: Formula, truth: bool, place: RecordPlace | None = None) -> Expression:
        """The expression that derives that a formula is true, or that it is false."""
        key = (id(formula), truth, place)
        found = self._translated.get(key)
        if found is None:
            found = self._translated[key] = self._translate(formula, truth, place)
            self._kept.append(formula)  # its id stays its own as long as it lives
        return found

    def _translate(self, formula: Formula, truth: bool, place: RecordPlace | None) -> Expression:
        match formula:
            case Constant(value):
                return ALWAYS if value is truth else NEVER
            case Named(kind, name, body):
                expression = self.derives(body, truth, place)
                where = f" ({place.records} {place.number + 1})" if place else ""
                self.names.setdefault(expression, f"{kind} {name}{where}: {'yes' if truth else 'no'}")
                return expression
            case Not(part):
                return self.derives(part, not truth, place)
            case All(parts):
                return self._combine(truth)(self.derives(part, truth, place) for part in parts)
            case Any(parts):
                return self._combine(not truth)(self.derives(part, truth, place) for part in parts)
            case AtLeast(count, parts):
                derived = [self.derives(part, truth, place) for part in parts]
                return self.at_least(count if truth else len(parts) - count + 1, derived)
            case SomeRecord(records, such_that, at_least):
                listed = self._counts[records]
                if listed is None:
                    return NEVER
                derived = [self.derives(such_that, truth, RecordPlace(records, index)) for index in range(listed)]
                return self.at_least(at_least if truth else listed - at_least + 1, derived)
            case Choose(reading, branches):
                # A known option leaves its own branch to be derived; an open one leaves them all.
                return self.both(
                    self.either((self._number(OtherOption(reading, option)), self.derives(branch, truth, place)))
                    for option, branch in branches
                )
            case OneOf() | Same() | Ordered() | Spaced():
                of_record = Field in map(type, terms(formula))
                return self._number(Compared(formula, place if of_record else None, truth))
            case _:
                assert_never(formula)

    def _combine(self, conjunction: bool) -> Callable[[Iterable[Expression]], Expression]:
        return self.both if conjunction else self.either

    def _number(self, shape: Shape) -> Expression:
        number = self._numbers.setdefault((type(shape), shape), len(self._shapes))
        if number == len(self._shapes):
            self._shapes.append(shape)
        return number
