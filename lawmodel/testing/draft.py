"""A case while it is drawn: which facts are settled, and between which days an unsettled one can lie."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple, TypeAlias

from lawmodel.inputs import Scalar, Value, is_calendar_day
from lawmodel.reasoning.spaced_days import days_apart
from lawmodel.rulebook.model import Fact, Rulebook, SameAs
from lawmodel.testing.day_orders import DayOrders
from lawmodel.testing.usual_values import UsualValues

DraftRecord: TypeAlias = dict[str, Scalar | None]


class Spot(NamedTuple):
    """A place for a value: a single fact, or a field of a record (numbered from 0)."""

    path: str
    number: int = -1
    field: str = ""

    @property
    def key(self) -> str:
        """The path, or `list.field`."""
        return f"{self.path}.{self.field}" if self.field else self.path


class Draft:
    """Facts that are settled one by one, each consistent with those before it."""

    def __init__(self, usual: UsualValues, orders: DayOrders) -> None:
        self.rulebook: Rulebook = usual.rulebook
        self.usual = usual
        self.orders = orders
        self.singles: dict[str, Scalar | None] = {}
        """None: it is not known."""
        self.follows: dict[str, str] = {}
        """Facts that are left out, and so the same as another."""
        self.lists: dict[str, list[DraftRecord] | None] = {}

    def copy(self) -> Draft:
        """Another draft, settled alike."""
        other = Draft(self.usual, self.orders)
        other.singles, other.follows = dict(self.singles), dict(self.follows)
        other.lists = {
            path: None if records is None else [dict(record) for record in records]
            for path, records in self.lists.items()
        }
        return other

    def fact(self, spot: Spot) -> Fact:
        """What the rulebook says of the place."""
        fact = self.rulebook.facts[spot.path]
        return next(one for one in fact.of if one.id == spot.field) if spot.field else fact

    def value(self, spot: Spot) -> Scalar | None:
        """What stands there; None where it is unknown or not settled."""
        if not spot.field:
            return self._single(spot.path)
        records = self.lists[spot.path]
        return None if records is None else records[spot.number].get(spot.field)

    def is_settled(self, spot: Spot) -> bool:
        """Whether something stands there, be it that it is unknown."""
        if not spot.field:
            return spot.path in self.singles
        records = self.lists[spot.path]
        return records is None or spot.field in records[spot.number]

    def settle(self, spot: Spot, value: Scalar | None) -> None:
        """Put a value there."""
        if not spot.field:
            self.singles[spot.path] = value
            self.follows.pop(spot.path, None)
        else:
            records = self.lists[spot.path]
            assert records is not None
            records[spot.number][spot.field] = value

    def _single(self, path: str) -> Scalar | None:
        seen = {path}
        while path in self.follows and self.follows[path] not in seen:
            path = self.follows[path]
            seen.add(path)
        return self.singles.get(path)

    # --- days ---------------------------------------------------------------------------------------

    def bounds(self, spot: Spot) -> tuple[int, int]:
        """The first and the last day that fits, given what is settled elsewhere."""
        if not spot.field:
            group = {spot.path, *(path for path, other in self.follows.items() if other == spot.path)}
            return self.orders.bounds(None, group, lambda path: None if path in group else self._single(path))
        records = self.lists[spot.path]
        record: DraftRecord = {} if records is None else records[spot.number]
        return self.orders.bounds(spot.path, [spot.field], record.get)

    def fits(self, spot: Spot, value: Value) -> bool:
        """Whether a day is within its bounds; all else fits everywhere."""
        if self.fact(spot).sort != "date" or not is_calendar_day(value):
            return True
        first, last = self.bounds(spot)
        assert isinstance(value, int)
        return first <= value <= last

    def can_follow(self, spot: Spot, other: str) -> bool:
        """Whether a fact that is left out can be the same as another, whatever that will turn out to be."""
        value = self._single(other)
        if value is not None:
            return self.fits(spot, value)
        if self.fact(spot).sort != "date":
            return True
        first, last = self.bounds(Spot(other))
        fits_from, fits_to = self.orders.bounds(
            None, [spot.path], lambda path: None if path == other else self._single(path)
        )
        return fits_from <= first and last <= fits_to

    def settled_days(self) -> Iterator[int]:
        """The days of the calendar that stand somewhere."""
        for path, value in self.singles.items():
            if self.rulebook.facts[path].sort == "date" and is_calendar_day(value):
                assert isinstance(value, int)
                yield value
        for path, records in self.lists.items():
            for record in records or ():
                for name in self.usual.dates_of(path):
                    day = record.get(name)
                    if is_calendar_day(day):
                        assert isinstance(day, int)
                        yield day

    def candidates(self, spot: Spot) -> list[Scalar]:
        """The values that may stand there, the simplest first; all of them are consistent with what is settled."""
        fact = self.fact(spot)
        if fact.sort != "date":
            return self.usual.every(fact, spot.key)
        settled, spans = dict.fromkeys(self.settled_days()), self.usual.reads.spans
        apart = [other for day in settled for other in days_apart(day, spans)]
        return self.usual.every(fact, spot.key, *self.bounds(spot), [*settled, *apart])

    def drop_repetitions(self, but_of: Container[str]) -> None:
        """Take out records of which all is known and that are in the list already; no condition counts records."""
        for path, records in self.lists.items():
            if records and path not in but_of:
                records[:] = [
                    one for number, one in enumerate(records) if None in one.values() or one not in records[:number]
                ]

    # --- the case -----------------------------------------------------------------------------------

    def given(self, *, presume: bool) -> dict[str, Value]:
        """The facts as a case file gives them: without those of which leaving them out says the same."""
        found: dict[str, Value] = {}
        for path, fact in self.rulebook.facts.items():
            if path in self.lists:
                records = self.lists[path]
                if records is not None:
                    found[path] = tuple(self._record(fact, record) for record in records)
            elif path in self.singles and not self._goes_without_saying(path, presume):
                found[path] = self.singles[path]
        return found

    def _goes_without_saying(self, path: str, presume: bool) -> bool:
        if path == self.rulebook.law_date:  # left out, it would be today
            return False
        left_out = self.usual.left_out(self.rulebook.facts[path], presume=presume)
        value = self.singles[path]
        if isinstance(left_out, SameAs):
            return value is not None and value == self._single(left_out.path)
        return value == left_out

    def _record(self, records: Fact, record: DraftRecord) -> DraftRecord:
        kept: DraftRecord = {}
        for field in records.of:
            if field.id in record:
                left_out = self.usual.left_out(field, presume=False)
                value = record[field.id]
                if value != (None if isinstance(left_out, SameAs) else left_out):
                    kept[field.id] = value
        return kept
