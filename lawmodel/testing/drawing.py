"""Drawing what a draft leaves open: the usual first, so that what shrinks becomes ordinary and short."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final, TypeVar

from hypothesis import strategies as st

from lawmodel.dataclass import dataclass
from lawmodel.inputs import Scalar
from lawmodel.rulebook.model import SameAs
from lawmodel.testing.day_orders import DayOrders
from lawmodel.testing.draft import Draft, DraftRecord, Spot
from lawmodel.testing.reads import with_what_they_follow
from lawmodel.testing.usual_values import UsualValues

Item = TypeVar("Item")
SHARES: Final = (0.0, 0.1, 0.3, 0.6)
"""Of the facts, so many are unknown in a case with unknowns; which share is drawn."""


@lru_cache(maxsize=512)
def below(count: int) -> st.SearchStrategy[int]:
    """A whole number from 0, less than ``count``; shrinks to 0."""
    return st.integers(0, count - 1)


def one_of(draw: st.DrawFn, items: Sequence[Item]) -> Item:
    """One of some things; shrinks to the first."""
    return items[draw(below(len(items)))] if len(items) > 1 else items[0]


def turned(draw: st.DrawFn, items: Sequence[Item]) -> list[Item]:
    """The things in their order, begun at one that is drawn."""
    start = draw(below(len(items))) if len(items) > 1 else 0
    return [*items[start:], *items[:start]]


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What of a case is unknown."""

    names: frozenset[str] = frozenset()
    """Facts, lists, and fields as `list.field`: always unknown."""
    share: float = 0.0
    """Of all others, so many."""

    def __bool__(self) -> bool:
        return bool(self.names) or self.share > 0

    def takes(self, draw: st.DrawFn, name: str) -> bool:
        """Whether a fact is to be unknown."""
        return name in self.names or (self.share > 0 and draw(below(100)) >= 100 - 100 * self.share)


class Drawing:
    """How the cases of some questions are drawn."""

    def __init__(self, usual: UsualValues, orders: DayOrders, *, most_records: int) -> None:
        rulebook, reads = usual.rulebook, usual.reads
        self.usual = usual
        self.orders = orders
        self.most_records = most_records
        self.law_date = rulebook.law_date
        ordered = [path for path in rulebook.facts if path in orders.ordered(None) and self._is_dated(path)]
        wanted = with_what_they_follow(rulebook, [*reads.facts, *ordered])
        self.facts = tuple(sorted(wanted, key=lambda path: path != self.law_date))
        self.usually = {path: usual.usual(rulebook.facts[path]) for path in self.facts}
        may_depart = [path for path in self.facts if self.usually[path] is not None]
        self._departing = (
            st.lists(st.sampled_from(may_depart), unique=True, max_size=len(may_depart)) if may_depart else st.just([])
        )
        self.fields = {path: self._fields(path, names) for path, names in reads.lists.items()}

    def _is_dated(self, path: str) -> bool:
        return self.usual.usual(self.usual.rulebook.facts[path]) is not None

    def _fields(self, path: str, read: Collection[str]) -> tuple[str, ...]:
        """The fields that are read; and those that leaving out gives a day that has to be in order with the rest."""
        fields = self.usual.rulebook.facts[path].of
        dated = self.orders.ordered(path)
        return tuple(
            one.id
            for one in fields
            if one.id in read or (one.id in dated and self.usual.usual(one, in_record=True) is not None)
        )

    # --- a case -------------------------------------------------------------------------------------

    def complete(self, draw: st.DrawFn, draft: Draft, unknowns: Unknowns) -> None:
        """Settle everything that is not settled."""
        departing = set(draw(self._departing))
        followers = []
        for path in self.facts:
            if path in draft.singles:
                continue
            usually = self.usually[path]
            if unknowns.takes(draw, path):
                draft.settle(Spot(path), None)
            elif isinstance(usually, SameAs) and path not in departing:
                followers.append((path, usually.path))
            elif usually is None or path in departing or not draft.fits(Spot(path), usually):  # type: ignore[arg-type]
                draft.settle(Spot(path), one_of(draw, draft.candidates(Spot(path))))
            else:
                assert not isinstance(usually, SameAs)
                draft.settle(Spot(path), usually)
        for path, other in followers:
            if draft.can_follow(Spot(path), other):
                draft.follows[path] = other
            else:
                draft.settle(Spot(path), one_of(draw, draft.candidates(Spot(path))))
        for path in self.fields:
            if path not in draft.lists:
                self._list(draw, draft, path, unknowns)
            else:
                for number in range(len(draft.lists[path] or ())):
                    self._record(draw, draft, path, number, unknowns)

    def _list(self, draw: st.DrawFn, draft: Draft, path: str, unknowns: Unknowns) -> None:
        if unknowns.takes(draw, path):
            draft.lists[path] = None
            return
        records: list[DraftRecord] = []
        draft.lists[path] = records
        for number in range(draw(below(self.most_records + 1))):
            records.append({})
            self._record(draw, draft, path, number, unknowns)

    def _record(self, draw: st.DrawFn, draft: Draft, path: str, number: int, unknowns: Unknowns) -> None:
        records = draft.lists[path]
        assert records is not None
        for field in self.fields[path]:
            if field in records[number]:
                continue
            spot = Spot(path, number, field)
            value: Scalar | None = None
            if not unknowns.takes(draw, spot.key):
                usually = self.usual.usual(draft.fact(spot), in_record=True)
                assert not isinstance(usually, SameAs)
                departs = usually is None or not draft.fits(spot, usually) or draw(below(2)) == 1
                value = one_of(draw, draft.candidates(spot)) if departs else usually
            records[number][field] = value
