"""Formulas as a Boolean circuit: each truth that a question needs once, whatever formulas share it.

In strong Kleene logic a formula has two Boolean truths: that it is certainly true, and that it is certainly false. Each
is a gate over the gates of its parts; negation only goes from one to the other. Where every value is known, one is the
negation of the other. Gates that are alike are one (hash-consing), and constants are worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, TypeAlias, assert_never

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.formula import (
    NO_DAY,
    All,
    Any,
    AtLeast,
    Choose,
    Constant,
    Domain,
    Field,
    Fixed,
    Formula,
    Input,
    Named,
    Not,
    OneOf,
    Ordered,
    Same,
    Scalar,
    SomeRecord,
    Spaced,
    Term,
    reading_key,
)
from lawmodel.reasoning.recursion import Calls, carried_out
from lawmodel.time_spans import Spans

Number: TypeAlias = int
"""A gate, by its place in `Circuit.gates`: the gates that it is made of come before it."""


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false whatever the case."""

    value: bool


@dataclass(frozen=True, slots=True)
class And:
    """All of these gates."""

    parts: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of these gates."""

    parts: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class CountGate:
    """At least so many of these gates; one that stands twice is counted twice."""

    at_least: int
    parts: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """Not this gate."""

    part: Number


@dataclass(frozen=True, slots=True)
class Exists:
    """The list is known, and at least so many of its records have this."""

    records: str
    such_that: Number
    at_least: int


@dataclass(frozen=True, slots=True)
class Select:
    """The gate of the option that an input has, or ``otherwise``."""

    key: str
    branches: tuple[tuple[str, Number], ...]
    otherwise: Number


@dataclass(frozen=True, slots=True)
class Known:
    """An input or a list is known."""

    term: Input | Field


@dataclass(frozen=True, slots=True)
class IsOneOf:
    """A value is one of these; None among them stands for one that is not known."""

    term: Input | Field
    values: frozenset[Scalar | None]


@dataclass(frozen=True, slots=True)
class Equal:
    """Two values are the same; one that is not known is the same as another."""

    left: Input | Field
    right: Input | Field


@dataclass(frozen=True, slots=True)
class Before:
    """``left <= right`` (``<`` if strict) of two values that are known, perhaps of days of which one is moved."""

    left: Term
    right: Term
    strict: bool
    spans: Spans = ()
    moves_left: bool = False


Gate: TypeAlias = Truth | And | Or | CountGate | Negation | Exists | Select | Known | IsOneOf | Equal | Before
Sign: TypeAlias = Literal["true", "false"]
NEGATED: Final[dict[Sign, Sign]] = {"true": "false", "false": "true"}
FALSE: Final = 0
TRUE: Final = 1


def parts_of(gate: Gate) -> tuple[Number, ...]:
    """The gates that a gate is made of."""
    match gate:
        case And(parts) | Or(parts) | CountGate(_, parts):
            return parts
        case Negation(part) | Exists(_, part, _):
            return (part,)
        case Select(_, branches, otherwise):
            return (*(part for _, part in branches), otherwise)
        case Truth() | Known() | IsOneOf() | Equal() | Before():
            return ()
        case _:
            assert_never(gate)


class Circuit:
    """The gates of the formulas of a question.

    With ``complete``, every value is taken to be known, so that a formula which is not certainly true is false.
    """

    def __init__(self, domains: Mapping[str, Domain], complete: bool) -> None:
        self.complete = complete
        self._domains = domains
        self._fields = {key: dict(domain.fields) for key, domain in domains.items() if domain.fields}
        self.gates: list[Gate] = [Truth(False), Truth(True)]
        self._numbers: dict[Gate, Number] = {gate: number for number, gate in enumerate(self.gates)}
        self._of_formula: dict[tuple[int, Sign], Number] = {}
        self._formulas: list[Formula] = []
        """Kept, because they are known by their `id`."""

    def certainly(self, formula: Formula, sign: Sign = "true") -> Number:
        """The gate for that a formula is certainly true, or certainly false."""
        return carried_out(self._certainly(formula, sign))

    def all_of(self, parts: Iterable[Number]) -> Number:
        """Conjunction; true without parts."""
        kept = tuple(part for part in dict.fromkeys(parts) if part != TRUE)
        if FALSE in kept:
            return FALSE
        return kept[0] if len(kept) == 1 else self._gate(And(kept)) if kept else TRUE

    def any_of(self, parts: Iterable[Number]) -> Number:
        """Disjunction; false without parts."""
        kept = tuple(part for part in dict.fromkeys(parts) if part != FALSE)
        if TRUE in kept:
            return TRUE
        return kept[0] if len(kept) == 1 else self._gate(Or(kept)) if kept else FALSE

    def at_least(self, count: int, parts: Iterable[Number]) -> Number:
        """At least so many; what is certain of a part is worked out."""
        kept = []
        for part in parts:
            if part == TRUE:
                count -= 1
            elif part != FALSE:
                kept.append(part)
        if count < 1 or count > len(kept):
            return TRUE if count < 1 else FALSE
        if count in (1, len(kept)):
            return self.any_of(kept) if count == 1 else self.all_of(kept)
        return self._gate(CountGate(count, tuple(sorted(kept))))

    def negation(self, part: Number) -> Number:
        """Negation, worked out where it can be."""
        match self.gates[part]:
            case Truth(value):
                return FALSE if value else TRUE
            case Negation(inner):
                return inner
            case _:
                return self._gate(Negation(part))

    def _gate(self, gate: Gate) -> Number:
        number = self._numbers.get(gate)
        if number is None:
            number = self._numbers[gate] = len(self.gates)
            self.gates.append(gate)
        return number

    def _certainly(self, formula: Formula, sign: Sign) -> Calls[Number]:
        known = self._of_formula.get((id(formula), sign))
        if known is None:
            known = yield self._made(formula, sign)
            self._formulas.append(formula)
            self._of_formula[id(formula), sign] = known
        return known

    def _made(self, formula: Formula, sign: Sign) -> Calls[Number]:
        if sign == "false" and self.complete:
            return self.negation((yield self._certainly(formula, "true")))
        match formula:
            case Constant(value):
                return TRUE if value is (sign == "true") else FALSE
            case Named(_, _, body):
                inner: Number = yield self._certainly(body, sign)
                return inner
            case Not(part):
                opposite: Number = yield self._certainly(part, NEGATED[sign])
                return opposite
            case All(parts) | Any(parts):
                found = yield self._each(parts, sign)
                return self.all_of(found) if isinstance(formula, All) is (sign == "true") else self.any_of(found)
            case AtLeast(count, parts):
                found = yield self._each(parts, sign)
                return self.at_least(count if sign == "true" else len(parts) - count + 1, found)
            case SomeRecord(records, such_that, at_least):
                return self._some_record(records, (yield self._certainly(such_that, sign)), at_least, sign)
            case Choose(reading, branches):
                found = yield self._each([branch for _, branch in branches], sign)
                return self._choose(reading_key(reading), [option for option, _ in branches], found)
            case OneOf(term, values):
                return self._one_of(term, values, sign)
            case Same(left, right):
                return self._same(left, right, sign)
            case Ordered(left, right, strict, of_days):
                return self._ordered(Before(left, right, strict), of_days, sign)
            case Spaced(left, right, spans, moves_left, strict):
                return self._ordered(Before(left, right, strict, spans, moves_left), True, sign)
            case _:
                assert_never(formula)

    def _each(self, formulas: Sequence[Formula], sign: Sign) -> Calls[list[Number]]:
        found = []
        for formula in formulas:
            found.append((yield self._certainly(formula, sign)))
        return found

    def _some_record(self, records: str, such_that: Number, at_least: int, sign: Sign) -> Number:
        if sign == "true":
            return FALSE if such_that == FALSE else self._gate(Exists(records, such_that, at_least))
        counterexample = self.negation(such_that)
        none = TRUE if counterexample == FALSE else self.negation(self._gate(Exists(records, counterexample, at_least)))
        return self.all_of((self._known(Input(records)), none))

    def _choose(self, key: str, options: list[str], found: list[Number]) -> Number:
        """Where the reading is open, what holds under every option."""
        if len(set(found)) == 1:
            return found[0]
        otherwise = found[-1] if self.complete else self.all_of(found)
        branches = [pair for pair in zip(options, found, strict=True) if pair[1] != otherwise]
        return self._gate(Select(key, tuple(branches), otherwise))

    def _known(self, term: Term) -> Number:
        return TRUE if self.complete or isinstance(term, Fixed) else self._gate(Known(term))

    def _one_of(self, term: Input | Field, values: frozenset[Scalar], sign: Sign) -> Number:
        if sign == "true":
            return self._gate(IsOneOf(term, values)) if values else FALSE
        if self._domain(term).kind == "yes/no":
            return self._one_of(term, frozenset((True, False)) - values, "true")
        return self.negation(self._gate(IsOneOf(term, frozenset((*values, None)))))

    def _same(self, left: Input | Field, right: Input | Field, sign: Sign) -> Number:
        equal = self._gate(Equal(left, right))
        compared = equal if sign == "true" else self.negation(equal)
        return self.all_of((self._known(left), self._known(right), compared))

    def _ordered(self, order: Before, of_days: bool, sign: Sign) -> Number:
        """What never happened is neither before nor after a day, known or not."""
        left, right = order.left, order.right
        never = [self._never(left), self._never(right)] if of_days else [FALSE, FALSE]
        if isinstance(left, Fixed) and isinstance(right, Fixed):
            before = TRUE if (left.value < right.value if order.strict else left.value <= right.value) else FALSE
        else:
            before = self._gate(order)
        both_known = [self._known(left), self._known(right)]
        if sign == "true":  # a day that came is not before one that never did, which is before all others as a number
            return FALSE if never[1] == TRUE else self.all_of((*both_known, self.negation(never[0]), before))
        return self.any_of((*never, self.all_of((*both_known, self.negation(before)))))

    def _never(self, term: Term) -> Number:
        if isinstance(term, Fixed):
            return TRUE if term.value == NO_DAY else FALSE
        # whatever its domain: left out, it may be the same as another day, which never came
        return self._gate(IsOneOf(term, frozenset((NO_DAY,))))

    def _domain(self, term: Input | Field) -> Domain:
        match term:
            case Input(key):
                return self._domains[key]
            case Field(records, name):
                return self._fields[records][name]
            case _:
                assert_never(term)
