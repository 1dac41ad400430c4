"""Searching for facts under which a condition holds, whatever else is true.

The condition is followed from the top to the first thing that is open and bears on it; a value is tried there, first
those that help; where the condition can no longer hold, the next value. Where there are several ways, draws choose,
once for each place; so what is found is diverse, and shrinks to the first way and the simplest values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias, TypeVar, assert_never

from lawmodel.dataclass import dataclass
from lawmodel.inputs import FIRST_DAY, LAST_DAY, LAW_DATE, NO_DAY, READING_PREFIX, Scalar, Value, is_calendar_day
from lawmodel.reasoning.evaluation import NO_RECORD, Meaning, Truth, compare, compare_spaced, meaning
from lawmodel.reasoning.formula import (
    All,
    Any,
    AtLeast,
    Atom,
    Choose,
    Constant,
    Field,
    Fixed,
    Formula,
    Input,
    Named,
    Not,
    OneOf,
    Ordered,
    Same,
    SomeRecord,
    Spaced,
    Term,
    terms,
)
from lawmodel.reasoning.spaced_days import with_left_known, with_right_known
from lawmodel.testing.draft import Draft, Spot

Choice: TypeAlias = Callable[[int], int]
"""Which of so many; 0 is the simplest."""
Way = TypeVar("Way")
MOST_STEPS: Final = 300
"""After so many tries a search along drawn ways is given up."""
MOST_STEPS_IN_ORDER: Final = 20_000
MOST_RECORDS: Final = 3


class GaveUp(Exception):
    """Too many steps were taken."""


@dataclass(frozen=True, slots=True)
class _Open:
    """Something open on which the condition turns, and what to try there."""

    spot: Spot | None
    """None: a list has to be begun."""
    records: str
    values: Sequence[Scalar | int]


class Search:
    """One search; the draft is settled as far as the condition needs it."""

    def __init__(
        self,
        draft: Draft,
        readings: Mapping[str, str | None],
        choose: Choice,
        most_steps: int,
        most_records: int | None = None,
        meanings: dict[int, Meaning] | None = None,
    ) -> None:
        """Take what is settled, and how to choose; ``most_records``: by default more than a condition asks for.

        ``meanings`` holds functions of formulas by identity (`meaning`), for several searches for the same conditions;
        whoever gives it keeps these formulas.
        """
        self.draft = draft
        self.readings = readings
        self.choose = choose
        self.steps = most_steps
        self.most_records = most_records
        self._chosen: dict[tuple[int, str, int, str], int] = {}
        self._meanings: dict[int, Meaning] = {} if meanings is None else meanings
        self._values: DraftValues | None = None

    def make(self, condition: Formula) -> bool:
        """Settle facts so that the condition holds; False if there is no way."""
        truth = self._truth(condition, NO_RECORD)
        if truth is not None:
            return truth
        found = self._open(condition, True, None)
        if found is None:
            return False
        for value in found.values:
            self.steps -= 1
            if self.steps < 0:
                raise GaveUp
            self._values = None
            if found.spot is None:
                assert isinstance(value, int)
                self.draft.lists[found.records] = [{} for _ in range(value)]
            else:
                self.draft.settle(found.spot, value)
            if self.make(condition):
                return True
            self._unsettle(found)
        return False

    def _unsettle(self, found: _Open) -> None:
        self._values = None
        if found.spot is None:
            del self.draft.lists[found.records]
        elif found.spot.field:
            records = self.draft.lists[found.records]
            assert records is not None
            del records[found.spot.number][found.spot.field]
        else:
            del self.draft.singles[found.spot.path]

    # --- truth --------------------------------------------------------------------------------------

    def _truth(self, formula: Formula, record: Mapping[str, Scalar | None]) -> Truth:
        if self._values is None:
            self._values = DraftValues(self.draft, self.readings)
        return meaning(formula, self._meanings)(self._values, _Record(record))

    # --- what is open -------------------------------------------------------------------------------

    def _open(self, formula: Formula, wanted: bool, at: tuple[str, int] | None) -> _Open | None:
        """The first thing that is open and bears on whether a formula is as wanted."""
        match formula:
            case Named(_, _, body):
                return self._open(body, wanted, at)
            case Not(part):
                return self._open(part, not wanted, at)
            case All(parts) | Any(parts):
                return self._of_parts(formula, parts, isinstance(formula, All) == wanted, wanted, at)
            case AtLeast(_, parts):
                return self._of_parts(formula, parts, False, wanted, at)
            case Choose(reading, branches):
                option = self.readings.get(reading)
                parts = tuple(branch for name, branch in branches if option in (None, name))
                return self._of_parts(formula, parts, True, wanted, at)
            case SomeRecord():
                return self._of_list(formula, wanted)
            case OneOf() | Same() | Ordered() | Spaced():
                return self._of_atom(formula, wanted, at)
            case Constant():
                return None
            case _:
                assert_never(formula)

    def _of_parts(
        self, formula: Formula, parts: Sequence[Formula], every: bool, wanted: bool, at: tuple[str, int] | None
    ) -> _Open | None:
        record = self._record(at)
        open_parts: Iterable[Formula] = (part for part in parts if self._truth(part, record) is None)
        if not every:
            open_parts = self._turned(formula, at, "", list(open_parts))
        return next((one for part in open_parts if (one := self._open(part, wanted, at)) is not None), None)

    def _of_list(self, formula: SomeRecord, wanted: bool) -> _Open | None:
        records, such_that, least = formula.records, formula.such_that, formula.at_least
        listed = self.draft.lists.get(records)
        if listed is None and records in self.draft.lists:  # it is never known
            return None
        if listed is None:
            most = least + MOST_RECORDS - 1 if self.most_records is None else self.most_records
            lengths = [*range(least, most + 1), *range(least)] if wanted else list(range(most + 1))
            turned = self._turned(formula, None, "length", lengths[:2]) + lengths[2:]
            return _Open(None, records, turned)
        numbers = [number for number, record in enumerate(listed) if self._truth(such_that, record) is None]
        if wanted:
            numbers = self._turned(formula, None, "record", numbers)
        found = (self._open(such_that, wanted, (records, number)) for number in numbers)
        return next((one for one in found if one is not None), None)

    def _record(self, at: tuple[str, int] | None) -> Mapping[str, Scalar | None]:
        if at is None:
            return NO_RECORD
        records = self.draft.lists[at[0]]
        assert records is not None
        return records[at[1]]

    def _turned(self, formula: Formula, at: tuple[str, int] | None, what: str, ways: list[Way]) -> list[Way]:
        """The ways in their order, begun at one that is drawn once for each place."""
        if len(ways) < 2:
            return ways
        records, number = at or ("", -1)
        place = (id(formula), records, number, what)
        if place not in self._chosen:
            self._chosen[place] = self.choose(len(ways))
        start = self._chosen[place] % len(ways)
        return ways[start:] + ways[:start]

    # --- values -------------------------------------------------------------------------------------

    def _of_atom(self, atom: Atom, wanted: bool, at: tuple[str, int] | None) -> _Open | None:
        record = self._record(at)
        spots = [
            spot
            for term in terms(atom)
            if (spot := self._spot(term, at)) is not None and not self.draft.is_settled(spot)
        ]
        if not spots:
            return None
        spot = self._turned(atom, at, "side", spots)[0]
        values = self._candidates(spot, atom, record)
        helping: list[Scalar] = []
        others: list[Scalar] = []
        for value in values:
            truth = self._with(atom, spot, value, at)
            (helping if truth in (None, wanted) else others).append(value)
        return _Open(spot, spot.path, self._turned(atom, at, spot.key, helping) + others)

    def _candidates(self, spot: Spot, atom: Atom, record: Mapping[str, Scalar | None]) -> list[Scalar]:
        """The values to try; of days and numbers also those beside what this comparison compares with."""
        found = self.draft.candidates(spot)
        match atom:
            case OneOf(_, accepted):
                found += [value for value in accepted if value not in found]
            case Same():
                values = [self._read(term, record) for term in terms(atom)]
                found += [value for value in values if value is not None and value not in found]
            case Ordered():
                self._add_compared(found, spot, atom, record)
            case Spaced():
                self._add_compared(found, spot, self._settled(atom, record), record)
            case _:
                assert_never(atom)
        return found

    def _add_compared(
        self, found: list[Scalar], spot: Spot, atom: Ordered, record: Mapping[str, Scalar | None]
    ) -> None:
        for term in terms(atom):
            value = self._read(term, record)
            if isinstance(value, int) and (not atom.of_days or is_calendar_day(value)):
                first, last = self.draft.bounds(spot) if atom.of_days else (0, value + 1)
                first, last = (max(first, FIRST_DAY), min(last, LAST_DAY)) if atom.of_days else (first, last)
                near = (value, value - 1, value + 1)
                found += [one for one in near if first <= one <= last and one not in found]

    def _settled(self, atom: Spaced, record: Mapping[str, Scalar | None]) -> Ordered:
        """The comparison as an order: where one day is known, with the day beside which to try the other."""
        left, right = self._read(atom.left, record), self._read(atom.right, record)
        if isinstance(left, int) and left != NO_DAY:
            return with_left_known(atom, left)
        if isinstance(right, int) and right != NO_DAY:
            return with_right_known(atom, right)
        return Ordered(atom.left, atom.right, atom.strict)

    def _with(self, atom: Atom, spot: Spot, value: Scalar, at: tuple[str, int] | None) -> Truth:
        """The truth of an atom were this value to stand there."""
        record = self._record(at)

        def look(term: Term) -> Value:
            return value if self._spot(term, at) == spot else self._read(term, record)

        match atom:
            case OneOf(term, values):
                return look(term) in values
            case Same(left, right):
                one, other = look(left), look(right)
                return None if one is None or other is None else one == other
            case Ordered(left, right, strict):
                return compare(look(left), look(right), strict)
            case Spaced(left, right):
                return compare_spaced(atom, look(left), look(right))
            case _:
                assert_never(atom)

    def _spot(self, term: Term, at: tuple[str, int] | None) -> Spot | None:
        match term:
            case Input(key):
                return Spot(self.draft.rulebook.law_date if key == LAW_DATE else key)
            case Field(_, name):
                assert at is not None
                return Spot(at[0], at[1], name)
            case Fixed():
                return None
            case _:
                assert_never(term)

    def _read(self, term: Term, record: Mapping[str, Scalar | None]) -> Scalar | None:
        match term:
            case Fixed(value):
                return value
            case Field(_, name):
                return record.get(name)
            case Input(key):
                return self.draft.value(Spot(self.draft.rulebook.law_date if key == LAW_DATE else key))
            case _:
                assert_never(term)


class _Record(dict[str, "Scalar | None"]):
    """A record of which the fields that are not settled are open."""

    def __missing__(self, name: str) -> None:
        return None


class DraftValues(dict[str, Value]):
    """The values of a draft as evaluation reads them; each is looked up once, while the draft stays as it is."""

    def __init__(self, draft: Draft, readings: Mapping[str, str | None]) -> None:
        super().__init__()
        self.draft = draft
        self.readings = readings

    def __missing__(self, key: str) -> Value:
        value = self[key] = self._looked_up(key)
        return value

    def _looked_up(self, key: str) -> Value:
        draft = self.draft
        if key == LAW_DATE:
            key = draft.rulebook.law_date
        if key in draft.lists:
            records = draft.lists[key]
            return None if records is None else tuple(_Record(record) for record in records)
        if key in draft.rulebook.facts:
            return draft.value(Spot(key))
        return self.readings.get(key.removeprefix(READING_PREFIX))


def in_order(count: int) -> int:
    """The choice of what is simplest."""
    return 0
