"""The open inputs that bear on some residual formulas, and the variables that they are made of.

**Unknown lists.** Such a list is made of slots, each a record that may be present or not. There
are as many slots for each distinct body of a `SomeRecord` over it as the most records that one of them asks for, by
default one, and twice as many where the body also reads other open inputs. That is enough. A completion may leave out
all records but the witnesses, as many as are asked for, of the most that is true of each body: the true ones stay true,
the false ones false, and consistency binds no two records together. Two completions that differ elsewhere but share the
list need second witnesses, and only for the bodies that read what differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, assert_never

from lawmodel.cached_property import cached_property
from lawmodel.inputs import FIRST_DAY
from lawmodel.reasoning.formula import (
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
    children,
    field_key,
    reading_key,
    terms,
)
from lawmodel.reasoning.formula import constants as constants_in
from lawmodel.reasoning.open_cases.residual import Residual, Side
from lawmodel.reasoning.open_cases.variable_blocks import connected_components
from lawmodel.reasoning.spaced_days import BoundDays, DayStep, later, steps

_YES_NO: Final = Domain("yes/no")


def presence_key(records: str, slot: int) -> str:
    """The name of the variable that says whether a slot of an unknown list is taken."""
    return f"{records}[{slot}]"


def simplest(domain: Domain) -> Scalar:
    """Some value of a domain that is not a list."""
    match domain.kind:
        case "yes/no":
            return False
        case "choice":
            return domain.choices[0]
        case "number":
            return 0
        case "date":
            return FIRST_DAY
        case "records":
            raise TypeError("a list has no simplest value")
        case _:
            assert_never(domain.kind)


class OpenInputs:
    """The open inputs of some formulas of a residual, and those that orderings bind to them or to each other."""

    def __init__(self, residual: Residual, formulas: Sequence[Formula]) -> None:
        self.residual = residual
        self.inputs: dict[str, list[str]] = {}
        """The open inputs, each with the variables it is made of: a single one, or those of a list's slots."""
        self.variables: dict[str, Domain] = {}
        self.slots: dict[str, int] = {}
        """For each unknown list: how many."""
        self.slots_of_one: dict[str, int] = {}
        """For each unknown list: how many are enough where one completion is looked at alone."""
        self.mentioned: dict[str, set[Scalar]] = {}
        """For each input the values that it is compared with (fields of unknown lists: by ``list.field``)."""
        self.named: dict[str, dict[frozenset[Scalar], None]] = {}
        """For each input what it is tested for, comparison by comparison."""
        self.compared: set[str] = set()
        """The single inputs that are compared with another input for sameness."""
        self._orders: dict[tuple[int, str | None], Ordered | Spaced] = {}
        """The comparisons of days and numbers, by their identity and by the list at hand."""
        self._fields: dict[str, dict[str, None]] = {}
        self._some: dict[str, dict[int, tuple[int, bool]]] = {}
        """For each unknown list, by the identity of a condition on its records: of how many records it is asked, and
        whether it reads other inputs."""
        self._seen: dict[tuple[int, str | None], bool] = {}
        for formula in formulas:
            self._collect(formula, None)
        self._declare()

    def _collect(self, formula: Formula, records: str | None) -> bool:
        """Note the inputs of a formula; whether it reads any but the fields of the list at hand."""
        place = (id(formula), records)
        if place not in self._seen:
            self._seen[place] = self._collected(formula, records)
        return self._seen[place]

    def _collected(self, formula: Formula, records: str | None) -> bool:
        match formula:
            case SomeRecord(inner, such_that, at_least):
                self._fields.setdefault(inner, {})
                some = self._some.setdefault(inner, {})
                most, _ = some.get(id(such_that), (0, False))
                some[id(such_that)] = max(most, at_least), self._collect(such_that, inner)
                return True
            case Choose(reading, branches):
                self.inputs.setdefault(reading_key(reading), [])
                options = [option for option, _ in branches]
                self.mentioned.setdefault(reading_key(reading), set()).update(options)
                self.named.setdefault(reading_key(reading), {}).update(
                    dict.fromkeys(frozenset({option}) for option in options)
                )
                for _, branch in branches:
                    self._collect(branch, records)
                return True
            case OneOf(term, values):
                self.named.setdefault(_named(term, records), {})[values] = None
                return self._note(term, records, values)
            case Same(left, right) | Ordered(left, right) | Spaced(left, right):
                if isinstance(formula, Same):
                    self.compared.update(term.key for term in (left, right) if isinstance(term, Input))
                if not isinstance(formula, Same):
                    self._orders[id(formula), records] = formula
                values = constants_in(formula)
                others = [self._note(term, records, values) for term in (left, right)]
                return any(others)
            case Constant() | All() | Any() | AtLeast() | Not() | Named():
                others = [self._collect(part, records) for part in children(formula)]
                return any(others)
            case _:
                assert_never(formula)

    def _note(self, term: Term, records: str | None, values: frozenset[Scalar]) -> bool:
        match term:
            case Input(key):
                self.inputs.setdefault(key, [])
                self.mentioned.setdefault(key, set()).update(values)
                return True
            case Field(_, name):
                self._fields[str(records)][name] = None
                self.mentioned.setdefault(f"{records}.{name}", set()).update(values)
                return False
            case Fixed():
                return False
            case _:
                assert_never(term)

    @cached_property
    def measured(self) -> Mapping[str, BoundDays]:
        """The open days between which time is measured, and those that are bound to them; all that are bound together.

        They are bound by comparisons and orderings. Of them more counts than their order: how far they are apart.
        """
        if not any(isinstance(atom, Spaced) for atom in self._orders.values()):
            return {}
        found, spaced, constants = list[DayStep](), set[str](), dict[str, set[int]]()
        for (_, records), atom in self._orders.items():
            for slot in self._slots_of(records, atom):
                keys = [self._key(term, records, slot) for term in terms(atom) if not isinstance(term, Fixed)]
                for key in keys:
                    constants.setdefault(key, set()).update(int(value) for value in constants_in(atom))
                if len(keys) == 2:
                    found += steps(keys[0], keys[1], atom)
                    spaced.update(keys if isinstance(atom, Spaced) else ())
        for one, other in self._all_orderings():
            for side, value in ((one, other), (other, one)):
                if isinstance(side, str):
                    constants.setdefault(side, set()).update({value} if isinstance(value, int) else ())
            if isinstance(one, str) and isinstance(other, str):
                found.append(later(one, other))
        measured: dict[str, BoundDays] = {}
        for group in connected_components(list(constants), [(step.first, step.then) for step in found]):
            if spaced.intersection(group):
                pinned = {key: {int(self.residual.pinned[key])} for key in group if key in self.residual.pinned}
                known = {key: constants[key] | pinned.get(key, set()) for key in group}
                special = {key: self.variables[key].special for key in group}
                bound = BoundDays((step for step in found if step.first in known), known, special)
                measured |= dict.fromkeys(group, bound)
        return measured

    def _all_orderings(self) -> Iterator[tuple[Side, Side]]:
        yield from self.residual.orderings
        for records, pairs in self.residual.record_orderings.items():
            for slot in range(1, self.slots.get(records, 0) + 1):
                yield from ((field_key(records, slot, one), field_key(records, slot, other)) for one, other in pairs)

    def _slots_of(self, records: str | None, atom: Ordered | Spaced) -> range:
        """For which records of an unknown list a comparison is made; once where it speaks of none."""
        speaks = any(isinstance(term, Field) for term in terms(atom))
        return range(1, self.slots[str(records)] + 1) if speaks else range(1)

    @staticmethod
    def _key(term: Input | Field, records: str | None, slot: int) -> str:
        return term.key if isinstance(term, Input) else field_key(str(records), slot, term.name)

    def _declare(self) -> None:
        for sides in self.residual.orderings:
            for side in sides:
                if isinstance(side, str):
                    self.inputs.setdefault(side, [])
                    self.mentioned.setdefault(side, set()).update(s for s in sides if isinstance(s, int))
        domains = self.residual.domains
        for key, parts in self.inputs.items():
            self.variables[key] = domains[key]
            parts.append(key)
        for records, some in self._some.items():
            for pair in self.residual.record_orderings.get(records, ()):
                self._fields[records].update(dict.fromkeys(pair))
            fields = dict(domains[records].fields)
            self.slots[records] = sum(2 * most if reads_others else most for most, reads_others in some.values())
            self.slots_of_one[records] = sum(most for most, _ in some.values())
            parts = self.inputs[records] = []
            for slot in range(1, self.slots[records] + 1):
                self.variables[presence_key(records, slot)] = _YES_NO
                parts.append(presence_key(records, slot))
                for field in self._fields[records]:
                    self.variables[field_key(records, slot, field)] = fields[field]
                    parts.append(field_key(records, slot, field))


def _named(term: Input | Field, records: str | None) -> str:
    """The list at hand may be a stand-in for the field's own: its further records."""
    return term.key if isinstance(term, Input) else f"{records}.{term.name}"
