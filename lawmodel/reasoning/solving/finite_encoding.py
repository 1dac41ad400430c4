"""The residual of a question for the solver z3 with finitely many values: days and numbers by their places in a row.

Comparisons see of a day or number only where it stands among the constants and the others. So the row is made of the
constants and, between any two of them, of as many places as there are whole numbers there, or else as many as there
are inputs that could stand there. Every order in which days or numbers can stand is an order of places, and the other
way round. Without arithmetic z3 answers in a third of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from lawmodel.cached_property import cached_property
from lawmodel.dataclass import dataclass
from lawmodel.inputs import FIRST_DAY, LAST_DAY, NEVER_REACHED
from lawmodel.reasoning.formula import (
    AFTER_EVERY_DAY,
    BEFORE_EVERY_DAY,
    NO_DAY,
    Domain,
    Fixed,
    Formula,
    Scalar,
    Sort,
    Spaced,
    Term,
    distinct,
)
from lawmodel.reasoning.open_cases.open_inputs import presence_key
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.solving.z3_encoding import Encoding, joined


@dataclass(frozen=True, slots=True)
class Row:
    """The places of days, or of numbers."""

    first: int
    """The place of the first day of the calendar, or of the number nought."""
    last: int
    places: Mapping[int, int]
    """Of the constants, in their order; the first is what comes before the domain, the last what comes after."""
    bits: int

    def value(self, place: int) -> int:
        """A value that stands in a place; greater for a later place."""
        constant = max(value for value, at in self.places.items() if at <= place)
        return constant + place - self.places[constant]


def row_of(constants: Iterable[int], inputs: int, *, of_days: bool) -> Row:
    """The places for so many inputs that are compared with each other and with some constants."""
    first, last = (FIRST_DAY, LAST_DAY) if of_days else (0, NEVER_REACHED)
    after = AFTER_EVERY_DAY if of_days else last + 1
    places = {NO_DAY: 0, BEFORE_EVERY_DAY: 1} if of_days else {-1: -1}
    at = start = len(places) - 1 if of_days else -1
    inside = sorted({value for value in constants if first <= value <= last})
    for before, value in pairwise((first - 1, *inside, last + 1)):
        at += min(value - before, inputs + 1)
        places[after if value > last else value] = at
    return Row(start + 1, at - 1, places, at.bit_length())


class FiniteEncoding(Encoding):
    """Some formulas of one residual as SMT-LIB text over finitely many values, to be read in one copy only.

    An unknown list then needs as many slots as its conditions ask for (see `OpenInputs`), and no second ones.
    """

    finite = True

    def __init__(self, residual: Residual, formulas: Sequence[Formula]) -> None:
        """Take formulas of a residual that measure no time between open days."""
        super().__init__(residual, formulas)
        enough = self.open.slots_of_one
        spare = {
            part
            for records, slots in self.slots.items()
            for slot in range(enough[records] + 1, slots + 1)
            for part in self.inputs[records]
            if part.startswith(presence_key(records, slot))
        }
        self.slots = dict(enough)
        for key in self.slots:
            self.inputs[key] = [part for part in self.inputs[key] if part not in spare]
        self.variables = {key: domain for key, domain in self.variables.items() if key not in spare}
        self._declarations = [self._declaration(key, domain) for key, domain in self.variables.items()]
        self._orders = [*self._order_texts()]

    @cached_property
    def rows(self) -> dict[str, Row]:
        """The places of days and those of numbers, by the kind of the input."""
        constants: dict[Sort, set[int]] = {"date": set(), "number": set()}
        for key, values in self.open.mentioned.items():
            kind = self._kind(key)
            if kind in constants:
                constants[kind].update(value for value in values if isinstance(value, int))
        for key, value in self.residual.pinned.items():
            kind = self.residual.domains[key].kind
            if kind in constants and isinstance(value, int):
                constants[kind].add(value)
        constants["date"].update(day for one in self.residual.lifted.values() for day in (one.first, one.last))
        kinds = [domain.kind for domain in self.open.variables.values()]
        return {kind: row_of(found, kinds.count(kind), of_days=kind == "date") for kind, found in constants.items()}

    def _kind(self, key: str) -> Sort:
        """Of a single input, or of a field of an unknown list as `OpenInputs` calls it."""
        domains = self.residual.domains
        if key in domains:
            return domains[key].kind
        records, _, field = key.rpartition(".")
        return dict(domains[records].fields)[field].kind

    def _bits_of(self, place: int, kind: str) -> str:
        return f"(_ bv{place} {self.rows[kind].bits})"

    def _between(self, name: str, kind: str) -> str:
        row = self.rows[kind]
        return f"(and (bvule {self._bits_of(row.first, kind)} {name}) (bvule {name} {self._bits_of(row.last, kind)}))"

    def _declaration(self, key: str, domain: Domain) -> str:
        if domain.kind not in self.rows:
            return super()._declaration(key, domain)
        name = self.variable(key)
        special = [f"(= {name} {self._place_text(day, domain.kind)})" for day in sorted(domain.special)]
        allowed = joined("or", [self._between(name, domain.kind), *special])
        return f"(declare-const {name} (_ BitVec {self.rows[domain.kind].bits}))(assert {allowed})"

    def _place_text(self, value: int, kind: str) -> str:
        return self._bits_of(self.rows[kind].places[value], kind)

    def _in_order(self, names: Sequence[str], sides: Sequence[str | int]) -> str:
        texts, special = [], []
        for name, side in zip(names, sides, strict=True):
            texts.append(name if isinstance(side, str) else self._place_text(side, "date"))
            if isinstance(side, str) and self.variables[side].special:
                special.append(f"(not {self._between(name, 'date')})")
        return joined("or", [*special, f"(bvule {texts[0]} {texts[1]})"])

    def _equals(self, key: str, name: str, value: Scalar) -> str:
        kind = self.variables[key].kind
        if kind not in self.rows:
            return super()._equals(key, name, value)
        return f"(= {name} {self._place_text(int(value), kind)})"

    def _ordered(self, terms: Sequence[Term], strict: bool, records: str | None, slot: int) -> str:
        keys = [None if isinstance(term, Fixed) else self._key(term, records, slot) for term in terms]
        kind = next(self.variables[key].kind for key in keys if key is not None)
        names, happened = [], []
        for term, key in zip(terms, keys, strict=True):
            if key is None:
                assert isinstance(term, Fixed)
                names.append(self._place_text(term.value, kind))
                continue
            names.append(self.variable(key))
            if NO_DAY in self.variables[key].special:
                happened.append(f"(not (= {names[-1]} {self._place_text(NO_DAY, kind)}))")
        return joined("and", [*happened, f"({'bvult' if strict else 'bvule'} {names[0]} {names[1]})"])

    def _kind_of(self, domain: Domain) -> int:
        return self.rows[domain.kind].bits if domain.kind in self.rows else super()._kind_of(domain)

    def _value(self, key: str, found: int | None) -> Scalar:
        row = self.rows.get(self.variables[key].kind)
        return super()._value(key, found) if row is None or found is None else row.value(found)


def cheapest_encoding(residual: Residual, formulas: Sequence[Formula]) -> Encoding:
    """A finite encoding of some formulas, to be read in one copy only; one in whole numbers where that is not enough.

    It is not where time is measured between open days: how far they are from each other is no matter of their order.
    """
    measures = any(isinstance(one, Spaced) for one in distinct(formulas))
    return (Encoding if measures else FiniteEncoding)(residual, formulas)
