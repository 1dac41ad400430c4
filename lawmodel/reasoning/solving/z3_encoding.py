"""The residual of a question in the language of the solver z3.

The encoding is SMT-LIB text: z3 reads it ten times faster than its Python interface builds the same terms.
Yes/no is ``Bool``, a choice a bit vector, a number or a day ``Int``. A text may hold several copies of all
inputs, each with a suffix of its own, to speak of completions that differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Final, assert_never

from lawmodel.inputs import FIRST_DAY, LAST_DAY, DayBounds
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
    Record,
    Same,
    Scalar,
    SomeRecord,
    Spaced,
    Term,
    Value,
    field_key,
    reading_key,
)
from lawmodel.reasoning.open_cases.open_inputs import OpenInputs, presence_key, simplest
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.solving.moved_days import moved_day
from lawmodel.reasoning.solving.solver import TRUTH, WHOLE, Model
from lawmodel.time_spans import TimeSpan

SUFFIX: Final = "~"
"""Stands for the suffix of a copy."""


def whole(number: int) -> str:
    """A whole number in SMT-LIB, which writes negative ones as a subtraction."""
    return str(number) if number >= 0 else f"(- {-number})"


def joined(kind: str, parts: Sequence[str]) -> str:
    """A conjunction (``and``) or disjunction (``or``) of any number of terms."""
    if len(parts) > 1:
        return f"({kind} {' '.join(parts)})"
    return parts[0] if parts else str(kind == "and").lower()


def at_least(count: int, parts: Sequence[str]) -> str:
    """That at least so many of some terms hold."""
    if count > len(parts) or count < 1:
        return str(count < 1).lower()
    return joined("or", parts) if count == 1 else f"((_ at-least {count}) {' '.join(parts)})"


class Encoding:
    """Some formulas of one residual, with all open inputs that bear on them, as SMT-LIB text."""

    finite: ClassVar[bool] = False
    """Whether the text is for a finite solver."""

    def __init__(self, residual: Residual, formulas: Sequence[Formula]) -> None:
        self.residual = residual
        self.open = open_inputs = OpenInputs(residual, formulas)
        self.inputs, self.variables, self.slots = open_inputs.inputs, open_inputs.variables, open_inputs.slots
        self._names: dict[tuple[int, str | None, int], str] = {}
        self._lines: list[str] = []
        self._moved_days: dict[tuple[str, TimeSpan], str] = {}
        choices = sorted({choice for domain in self.variables.values() for choice in domain.choices})
        self._codes = {choice: code for code, choice in enumerate(choices)}
        self._choices = choices
        self._bits = max(1, (len(choices) - 1).bit_length())
        self._index = {key: number for number, key in enumerate(self.variables)}
        self._declarations = [self._declaration(key, domain) for key, domain in self.variables.items()]
        self._orders = [*self._order_texts()]

    # --- text --------------------------------------------------------------------------------------

    def variable(self, key: str) -> str:
        """The name of a variable, with a place for the suffix."""
        return f"v{self._index[key]}{SUFFIX}"

    def _declaration(self, key: str, domain: Domain) -> str:
        name = self.variable(key)
        match domain.kind:
            case "yes/no":
                return f"(declare-const {name} Bool)"
            case "choice":
                codes = [self._codes[choice] for choice in domain.choices]
                if max(codes) - min(codes) < len(codes):
                    allowed = f"(and (bvule {self._code(min(codes))} {name}) (bvule {name} {self._code(max(codes))}))"
                else:
                    allowed = joined("or", [f"(= {name} {self._code(code)})" for code in codes])
                return f"(declare-const {name} (_ BitVec {self._bits}))(assert {allowed})"
            case "number":
                return f"(declare-const {name} Int)(assert (<= 0 {name}))"
            case "date":
                special = [f"(= {name} {whole(day)})" for day in sorted(domain.special)]
                allowed = joined("or", [f"(<= {FIRST_DAY} {name} {LAST_DAY})", *special])
                return f"(declare-const {name} Int)(assert {allowed})"
            case "records":
                raise TypeError("a list is not one variable")
            case _:
                assert_never(domain.kind)

    def _code(self, code: int) -> str:
        return f"(_ bv{code} {self._bits})"

    def _order_texts(self) -> Iterator[str]:
        for sides in self.residual.orderings:
            names = [self.variable(side) if isinstance(side, str) else str(side) for side in sides]
            yield f"(assert {self._in_order(names, sides)})"
        for records, pairs in self.residual.record_orderings.items():
            for slot in range(1, self.slots.get(records, 0) + 1):
                for pair in pairs:
                    keys = [field_key(records, slot, field) for field in pair]
                    yield f"(assert {self._in_order([self.variable(key) for key in keys], keys)})"

    def _in_order(self, names: Sequence[str], sides: Sequence[str | int]) -> str:
        special = [
            f"(not (<= {FIRST_DAY} {name} {LAST_DAY}))"
            for name, side in zip(names, sides, strict=True)
            if isinstance(side, str) and self.variables[side].special
        ]
        return joined("or", [*special, f"(<= {names[0]} {names[1]})"])

    def text(self, suffix: str, named: Mapping[str, Formula]) -> str:
        """Declare one copy of all inputs, and a Boolean constant for each named formula.

        What is named is equal to its formula over the copy's inputs; the copy's inputs are consistent.
        """
        self._lines, self._names, self._moved_days = [], {}, {}
        heads = [
            f"(declare-const {name}{SUFFIX} Bool)(assert (= {name}{SUFFIX} {self._term(formula, None, 0)}))"
            for name, formula in named.items()
        ]
        contradiction = ["(assert false)"] if self.residual.contradictory else []
        parts = [*self._declarations, *self._orders, *contradiction]
        # The definitions that the named formulas use stand before them.
        return "\n".join([*parts, *self._lines, *heads]).replace(SUFFIX, suffix)

    def equal(self, key: str, one: str, other: str) -> str:
        """That an input has the same value in two copies."""
        names = [self.variable(part) for part in self.inputs[key]]
        return joined("and", [f"(= {n.replace(SUFFIX, one)} {n.replace(SUFFIX, other)})" for n in names])

    def has_value(self, key: str, value: Scalar, suffix: str) -> str:
        """That a single input has a value."""
        return self._equals(key, self.variable(key), value).replace(SUFFIX, suffix)

    def is_within(self, key: str, bounds: DayBounds) -> str:
        """That a single day is between others, in the copy without a suffix."""
        sides = ((Fixed(bounds.first), Input(key)), (Input(key), Fixed(bounds.last)))
        return joined("and", [self._ordered(pair, False, None, 0) for pair in sides]).replace(SUFFIX, "")

    def _equals(self, key: str, name: str, value: Scalar) -> str:
        match self.variables[key].kind:
            case "yes/no":
                return name if value else f"(not {name})"
            case "choice":
                return f"(= {name} {self._code(self._codes[value])})" if value in self._codes else "false"
            case "number" | "date":
                return f"(= {name} {whole(int(value))})"
            case "records":
                raise TypeError("a list is not one variable")
            case kind:
                assert_never(kind)

    def _term(self, formula: Formula, records: str | None, slot: int) -> str:
        if isinstance(formula, Constant):
            return str(formula.value).lower()
        place = (id(formula), records, slot)
        if (name := self._names.get(place)) is None:
            text = self._written(formula, records, slot)
            if isinstance(formula, OneOf | Same | Ordered | Spaced | Not):
                name = text
            else:
                name = f"n{len(self._names)}{SUFFIX}"
                self._lines.append(f"(define-fun {name} () Bool {text})")
            self._names[place] = name
        return name

    def _written(self, formula: Formula, records: str | None, slot: int) -> str:
        match formula:
            case Not(part):
                return f"(not {self._term(part, records, slot)})"
            case All(parts):
                return joined("and", [self._term(part, records, slot) for part in parts])
            case Any(parts):
                return joined("or", [self._term(part, records, slot) for part in parts])
            case AtLeast(count, parts):
                return at_least(count, [self._term(part, records, slot) for part in parts])
            case SomeRecord(inner, such_that, count):
                slots = range(1, self.slots[inner] + 1)
                present = [self.variable(presence_key(inner, number)) for number in slots]
                holds = [self._term(such_that, inner, number) for number in slots]
                return at_least(count, [f"(and {p} {h})" for p, h in zip(present, holds, strict=True)])
            case Choose(reading, branches):
                key = reading_key(reading)
                chosen = [self._equals(key, self.variable(key), option) for option, _ in branches]
                holds = [self._term(branch, records, slot) for _, branch in branches]
                return joined("or", [f"(and {c} {h})" for c, h in zip(chosen, holds, strict=True)])
            case OneOf(term, values):
                key = self._key(term, records, slot)
                if self.variables[key].kind == "yes/no" and values >= {True, False}:
                    return "true"
                listed = sorted(v for v in values if isinstance(v, bool) == (self.variables[key].kind == "yes/no"))
                return joined("or", [self._equals(key, self.variable(key), value) for value in listed])
            case Same(left, right):
                keys = [self._key(side, records, slot) for side in (left, right)]
                sorts = [{"yes/no": 0, "choice": 1}.get(self.variables[key].kind, 2) for key in keys]
                return f"(= {self.variable(keys[0])} {self.variable(keys[1])})" if sorts[0] == sorts[1] else "false"
            case Ordered(left, right, strict):
                return self._ordered([left, right], strict, records, slot)
            case Spaced():
                return self._spaced(formula, records, slot)
            case Named(_, _, body):
                return self._term(body, records, slot)
            case Constant():
                return self._term(formula, records, slot)
            case _:
                assert_never(formula)

    def _ordered(self, terms: Sequence[Term], strict: bool, records: str | None, slot: int) -> str:
        names, happened = [], []
        for term in terms:
            if isinstance(term, Fixed):
                names.append(whole(term.value))
                continue
            key = self._key(term, records, slot)
            names.append(self.variable(key))
            if NO_DAY in self.variables[key].special:
                happened.append(f"(not (= {names[-1]} {whole(NO_DAY)}))")
        return joined("and", [*happened, f"({'<' if strict else '<='} {names[0]} {names[1]})"])

    def _spaced(self, atom: Spaced, records: str | None, slot: int) -> str:
        keys = [self._key(term, records, slot) for term in (atom.left, atom.right)]
        names = [self.variable(key) for key in keys]
        never = whole(NO_DAY)
        happened = [
            f"(not (= {name} {never}))"
            for name, key in zip(names, keys, strict=True)
            if NO_DAY in self.variables[key].special
        ]
        moving = 0 if atom.moves_left else 1
        for span in atom.spans:
            names[moving] = self._moved(names[moving], span)
        return joined("and", [*happened, f"({'<' if atom.strict else '<='} {names[0]} {names[1]})"])

    def _moved(self, day: str, span: TimeSpan) -> str:
        """The name of the day so long after, or before, a day; that of one day and span is written once."""
        if (day, span) not in self._moved_days:
            number = len(self._moved_days)
            name = self._moved_days[day, span] = f"d{number}{SUFFIX}"
            self._lines += moved_day(name, day, span)
        return self._moved_days[day, span]

    def _key(self, term: Input | Field, records: str | None, slot: int) -> str:
        return term.key if isinstance(term, Input) else field_key(str(records), slot, term.name)

    # --- reading models ----------------------------------------------------------------------------

    def completion(self, model: Model, suffix: str, inputs: Sequence[str] | None = None) -> dict[str, Value]:
        """The values of all inputs, or of some, in a model; what it leaves out does not matter."""
        keys = list(self.inputs if inputs is None else inputs)
        parts = [part for key in keys for part in self.inputs[key]]
        names = {part: self.variable(part).replace(SUFFIX, suffix) for part in parts}
        found = model.values({name: self._kind_of(self.variables[part]) for part, name in names.items()})
        held = {part: self._value(part, found[name]) for part, name in names.items()}
        return {key: self._records(key, held) if key in self.slots else held[key] for key in keys}

    def _records(self, records: str, held: Mapping[str, Scalar]) -> tuple[Record, ...]:
        fields = [field for field, _ in self.residual.domains[records].fields]
        return tuple(
            {field: held.get(field_key(records, slot, field)) for field in fields}
            for slot in range(1, self.slots[records] + 1)
            if held[presence_key(records, slot)]
        )

    def _kind_of(self, domain: Domain) -> int:
        """The kind of the constants that stand for inputs of a domain."""
        return {"yes/no": TRUTH, "choice": self._bits}.get(domain.kind, WHOLE)

    def _value(self, key: str, found: int | None) -> Scalar:
        """What a constant of a model stands for; None where the model leaves it open."""
        domain = self.variables[key]
        if found is None:
            return simplest(domain)
        if domain.kind == "yes/no":
            return bool(found)
        return self._choices[found] if domain.kind == "choice" else found
