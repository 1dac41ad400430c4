"""Finitely many values for what a case leaves open, that are enough for everything that its law can tell apart.

- Of yes and no, and of the options of a reading: both, all.
- Of **choices**: those that some comparison names, and one more; where inputs are compared with each other, as many
  more as there are such inputs.
- Of **days and numbers**: the constants that they are compared with, and so many values between two of them as a chain
  of open inputs can be long of which each is compared with the next. In any completion those that lie between the same
  two constants can be moved, each to the place that the longest chain below it has, and no comparison changes.
- Of **days between which time is measured**: the days of which `lawmodel.reasoning.spaced_days` says it.
- Of an **unknown list**: for each condition on its records one, or as many as the law asks for at most. Of any
  completion all records but so many witnesses for each condition that holds may be left out: these conditions still
  hold, of as many as before or as are asked for, and the others still do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, TypeAlias, assert_never

from lawmodel.dataclass import dataclass
from lawmodel.inputs import (
    AFTER_EVERY_DAY,
    BEFORE_EVERY_DAY,
    FIRST_DAY,
    LAST_DAY,
    NEVER_REACHED,
    NO_DAY,
    DayBounds,
    is_calendar_day,
)
from lawmodel.reasoning.answer_sets.syntax import RECORD, Subject
from lawmodel.reasoning.formula import (
    READING_PREFIX,
    Atom,
    Choose,
    Domain,
    Field,
    Fixed,
    Formula,
    Input,
    OneOf,
    Ordered,
    ResolvedQuestion,
    Same,
    Scalar,
    SomeRecord,
    Spaced,
    Term,
    Valuation,
    constants,
    field_key,
    reading_key,
    terms,
)
from lawmodel.reasoning.open_cases.variable_blocks import connected_components
from lawmodel.reasoning.rewrite import formulas
from lawmodel.reasoning.spaced_days import BoundDays, TooManyDays, later, steps, with_left_known, with_right_known

ANY_RECORD: Final = 0
"""Stands for the number of each record of an unknown list."""
_SOME_DAY: Final = 730_120
"""1 January 2000, where no constant says which days are meant."""

Pair: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class InputPlace:
    """An input of the case: a single one, a field of a listed record, or a field of any record of an unknown list."""

    key: str
    subject: Subject
    domain: Domain
    known: Scalar | None


class SufficientValues:
    """The inputs that the law of a question reads in a case, and values for those that are open."""

    def __init__(self, question: ResolvedQuestion, valuation: Valuation) -> None:
        self.question = question
        self.valuation = valuation
        self.places: dict[str, InputPlace] = {}
        """Every input that has a value of its own."""
        self.needed: set[str] = set()
        """The keys of those that the law reads, or that bear on the order of days that it reads."""
        self.read: dict[str, None] = {}
        """The single inputs that the law names, those among them that are the same as another."""
        self.slots: dict[str, int] = {}
        """For each unknown list that the law reads: how many records."""
        self.listed: dict[str, int] = {}
        """For each known list that the law reads: how many records it has."""
        self.orders: list[tuple[InputPlace, InputPlace]] = []
        """The orders of days that are not settled by what is known; of any record of an unknown list too."""
        self.bounds: dict[str, DayBounds] = {}
        """What is known of days that are not, by the keys of their places."""
        self._named: dict[str, set[Scalar]] = {}
        self._compared: dict[Pair, None] = {}
        self._ordered: dict[Pair, dict[Ordered | Spaced, None]] = {}
        """By which comparisons two days, or numbers, are ordered."""
        self._declare()
        self._bound()
        self._read()
        self._order()
        self.rows: list[tuple[int, ...]] = []
        """For each group of open days or numbers that are compared with each other: the values that they may have."""
        self.row_of: dict[str, int] = {}
        """The number of the row (from 1) that an open day or number takes its values from."""
        for kind in ("date", "number"):
            self._fill_rows(kind)
        self._same = self._open_choices()

    def key(self, key: str) -> str:
        """The key of the input that this one is the same as, if it is; else its own."""
        return self.valuation.same_as.get(key, key)

    def open(self) -> list[InputPlace]:
        """The inputs that have no value yet, and need one."""
        return [place for key, place in self.places.items() if place.known is None and key in self.needed]

    def known(self) -> list[InputPlace]:
        """The inputs whose values are known and read; not those that are known to be the same as another."""
        return [place for key, place in self.places.items() if place.known is not None and key in self.needed]

    def choices(self, place: InputPlace) -> Sequence[Scalar]:
        """Values of an open yes/no or choice."""
        if place.domain.kind == "yes/no":
            return (True, False)
        if place.key.startswith(READING_PREFIX):
            return place.domain.choices
        if place.key not in self._same:
            named = self._named.get(place.key, set())
            others = [choice for choice in place.domain.choices if choice not in named]
            return [choice for choice in place.domain.choices if choice in named or choice in others[:1]]
        named = set().union(*(self._named.get(key, set()) for key in self._same))
        most = sum(self.slots.get(self.places[key].subject.key, 1) for key in self._same)
        kept: dict[frozenset[str], int] = {}
        chosen: list[Scalar] = []
        for choice in place.domain.choices:
            shared = frozenset(key for key in self._same if choice in self.places[key].domain.choices)
            kept[shared] = kept.get(shared, 0) + (choice not in named)
            if choice in named or kept[shared] <= most:
                chosen.append(choice)
        return chosen

    # --- what there is, and what is read ------------------------------------------------------------

    def _declare(self) -> None:
        for key, domain in self.question.domains.items():
            value = self.valuation.values[key]
            if domain.kind != "records":
                if self.key(key) == key:
                    self.places[key] = InputPlace(key, Subject(key), domain, value)  # type: ignore[arg-type]
                continue
            records = value if isinstance(value, tuple) else ()
            for number, record in enumerate(records, start=1):
                for name, one in domain.fields:
                    self._place_field(key, number, name, one, record[name])
            if value is None:
                for name, one in domain.fields:
                    self._place_field(key, ANY_RECORD, name, one, None)

    def _bound(self) -> None:
        """A day of which only bounds are known is a day of the calendar."""
        for key, bounds in self.valuation.bounds.items():
            place = self.places.get(key)
            if place is not None and place.known is None:
                self.bounds[key] = bounds
                self.places[key] = replace(place, domain=replace(place.domain, special=frozenset()))

    def _place_field(self, records: str, number: int, name: str, domain: Domain, known: Scalar | None) -> None:
        key = field_key(records, number, name)
        self.places[key] = InputPlace(key, Subject(records, number or RECORD, name), domain, known)

    def _read(self) -> None:
        conditions: dict[str, dict[Formula, int]] = {}
        for formula in dict.fromkeys(formulas(self.question)):
            match formula:
                case SomeRecord(records, such_that, at_least):
                    asked = conditions.setdefault(records, {})
                    asked[such_that] = max(at_least, asked.get(such_that, 0))
                case Choose(reading, _):
                    self._note_read(reading_key(reading))
                case OneOf() | Same() | Ordered() | Spaced():
                    self._read_atom(formula)
        for records, found in conditions.items():
            value = self.valuation.values[records]
            if isinstance(value, tuple):
                self.listed[records] = len(value)
            else:
                self.slots[records] = sum(found.values())

    def _note_read(self, key: str) -> None:
        self.read[key] = None
        self.needed.add(self.key(key))

    def _read_atom(self, atom: Atom) -> None:
        for term in terms(atom):
            if isinstance(term, Input):
                self._note_read(term.key)
        for number in self._numbers(terms(atom)):
            sides = [self._side(term, number) for term in terms(atom)]
            keys = [side.key for side in sides if isinstance(side, InputPlace)]
            self.needed.update(keys)
            named = self._bounds(atom, sides)
            for key in keys:
                self._named.setdefault(key, set()).update(named)
            if len(keys) == 2 and (keys[0] != keys[1] or isinstance(atom, Spaced)):
                self._compared[keys[0], keys[1]] = None
                if isinstance(atom, Ordered | Spaced):
                    self._ordered.setdefault((keys[0], keys[1]), {})[atom] = None

    @staticmethod
    def _bounds(atom: Atom, sides: Sequence[InputPlace | int]) -> set[Scalar]:
        """What the open sides of a comparison are compared with, as far as it is known."""
        known = [side.known if isinstance(side, InputPlace) else side for side in sides]
        named = {value for value in known if value is not None}
        match atom:
            case OneOf(_, values):
                return named | values
            case Same() | Ordered():
                return named
            case Spaced():
                left, right = known
                if left is None and right is not None and right != NO_DAY:
                    return set(constants(with_right_known(atom, int(right))))
                if right is None and left is not None and left != NO_DAY:
                    return set(constants(with_left_known(atom, int(left))))
                return set()
            case _:
                assert_never(atom)

    def days(self) -> set[int]:
        """Every day, special ones included, that an input that is read has or may take."""
        found = {AFTER_EVERY_DAY, BEFORE_EVERY_DAY}
        for place in (*self.known(), *self.open()):
            if place.domain.kind == "date":
                row = self.rows[self.row_of[place.key] - 1] if place.known is None else (int(place.known),)
                found |= {*row, *place.domain.special}
        return found

    def _numbers(self, terms: Sequence[Term]) -> Iterable[int]:
        """The records that an atom is about; one number if it is about none."""
        records = next((term.records for term in terms if isinstance(term, Field)), None)
        value = () if records is None else self.valuation.values[records]
        if records is None or not isinstance(value, tuple):
            return (ANY_RECORD,)
        return range(1, len(value) + 1)

    def _side(self, term: Term, number: int) -> InputPlace | int:
        match term:
            case Fixed(value):
                return value
            case Field(records, name):
                return self.places[field_key(records, number, name)]
            case Input(key):
                return self.places[self.key(key)]
            case _:
                assert_never(term)

    # --- the order of days --------------------------------------------------------------------------

    def _order(self) -> None:
        pairs = list(dict.fromkeys(self._unsettled()))
        open_keys = [place.key for pair in pairs for place in pair if place.known is None]
        binding = [(one.key, other.key) for one, other in pairs if one.known is None and other.known is None]
        kept: set[str] = set()
        for group in connected_components(list(dict.fromkeys(open_keys)), binding):
            held = [place for pair in pairs if any(one.key in group for one in pair) for place in pair]
            limits = len({place.key for place in held if place.known is not None}) + len(self.bounds.keys() & {*group})
            if self.needed.intersection(group) or limits > 1:  # else they can all stand in order, whatever else
                kept.update(group)
        for one, other in pairs:
            settled = one.known is not None and other.known is not None
            if settled or one.key in kept or other.key in kept:
                self.orders.append((one, other))
                self.needed |= {one.key, other.key}

    def _unsettled(self) -> Iterable[tuple[InputPlace, InputPlace]]:
        """The days that consistency orders, two by two, without those that are in order or are no days."""
        for ordering in self.question.orderings:
            names = (ordering.first, ordering.then)
            keys: list[list[str]] = [[self.key(name) for name in names]]
            if ordering.records is not None:
                value = self.valuation.values[ordering.records]
                numbers = range(1, len(value) + 1) if isinstance(value, tuple) else (ANY_RECORD,)
                keys = [[field_key(ordering.records, number, name) for name in names] for number in numbers]
            for first, then in keys:
                one, other = self.places[first], self.places[then]
                known = [place.known for place in (one, other) if place.known is not None]
                if first == then or not all(map(is_calendar_day, known)):
                    continue
                if len(known) < 2 or known[0] > known[1]:  # type: ignore[operator]
                    yield one, other

    # --- values -------------------------------------------------------------------------------------

    def _fill_rows(self, kind: str) -> None:
        keys = [place.key for place in self.open() if place.domain.kind == kind]
        pairs = dict(self._compared)
        constants: dict[str, set[Scalar]] = {key: set(self._named.get(key, ())) for key in keys}
        for one, other in self.orders:
            pairs[one.key, other.key] = None
            for place, known in ((one, other.known), (other, one.known)):
                if place.key in constants and known is not None:
                    constants[place.key].add(known)
        for key in constants.keys() & self.bounds.keys():
            constants[key] |= {self.bounds[key].first, self.bounds[key].last}
        among = [pair for pair in pairs if pair[0] in constants and pair[1] in constants]
        for group in connected_components(keys, among):
            named = {value for key in group for value in constants[key] if isinstance(value, int)}
            atoms = [one for pair in among if pair[0] in group for one in self._ordered.get(pair, ())]
            if any(isinstance(one, Spaced) for one in atoms):
                self.rows.append(self._measured_row(group, constants))
            else:
                self.rows.append(_row(named, self._longest_chain(group, among), of_days=kind == "date"))
            self.row_of.update(dict.fromkeys(group, len(self.rows)))

    def _measured_row(self, group: Sequence[str], constants: Mapping[str, set[Scalar]]) -> tuple[int, ...]:
        """Days enough for open days between which time is measured, each record of an unknown list for itself."""
        names = {key: [self._numbered(key, one) for one in self._record_numbers(key)] for key in group}
        found = []
        pairs = [(pair, atom) for pair, atoms in self._ordered.items() for atom in atoms]
        for (one, other), atom in pairs:
            if one in names and other in names:
                found += [step for pair in self._named_pairs(one, other) for step in steps(*pair, atom)]
        for first, then in self.orders:
            if first.key in names and then.key in names:
                found += [later(*pair) for pair in self._named_pairs(first.key, then.key)]
        known = {
            name: {int(value) for value in constants[key] if isinstance(value, int)}
            for key in group
            for name in names[key]
        }
        special = {name: self.places[key].domain.special for key in group for name in names[key]}
        enough = BoundDays(found, known, special).enough
        if enough is None:
            raise TooManyDays(group[0])
        return tuple(sorted(enough))

    def _record_numbers(self, key: str) -> Sequence[int]:
        subject = self.places[key].subject
        return range(1, self.slots[subject.key] + 1) if subject.record == RECORD else (ANY_RECORD,)

    def _numbered(self, key: str, number: int) -> str:
        subject = self.places[key].subject
        return field_key(subject.key, number, subject.field) if subject.record == RECORD else key

    def _named_pairs(self, one: str, other: str) -> Iterable[Pair]:
        """Two days that are compared, in each record of an unknown list if they are of one."""
        numbers = max(self._record_numbers(one), self._record_numbers(other), key=len)
        return [(self._numbered(one, number), self._numbered(other, number)) for number in numbers]

    def _longest_chain(self, group: Sequence[str], pairs: Sequence[Pair]) -> int:
        """At least how many inputs a chain can have of which each is compared with the next.

        Records of an unknown list are compared with each other by way of other inputs only.
        """
        within = [key for key in group if self.places[key].subject.record == RECORD]
        inside = [pair for pair in pairs if pair[0] in within and pair[1] in within]
        of_record = max(map(len, connected_components(within, inside)), default=0)
        others = len(group) - len(within)
        return others + (others + 1) * of_record

    def _open_choices(self) -> tuple[str, ...]:
        """The open choices that are compared with another."""
        keys = dict.fromkeys(key for pair in self._compared for key in pair if all(self._is_open(one) for one in pair))
        return tuple(key for key in keys if self.places[key].domain.kind == "choice")

    def _is_open(self, key: str) -> bool:
        return self.places[key].known is None


def _row(constants: set[int], chain: int, *, of_days: bool) -> tuple[int, ...]:
    """The constants, and so many values between any two, before and after them; fewer where there is no room."""
    first, last = (FIRST_DAY, LAST_DAY) if of_days else (0, NEVER_REACHED)
    inside = sorted(value for value in constants if first <= value <= last)
    if not inside:
        start = _SOME_DAY if of_days else 0
        return tuple(range(start, start + chain))
    found = [*range(max(first, inside[0] - chain), inside[0])]
    for below, above in pairwise((*inside, last + 1)):
        found += range(below, min(below + chain + 1, above))
    return tuple(found)
