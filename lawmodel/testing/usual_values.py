"""What a fact usually is, and what else it may be: the values that cases are drawn from, the simplest first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Final, assert_never

from lawmodel.case.values import SPECIAL_DAYS, UNKNOWN, decode_text
from lawmodel.inputs import FIRST_DAY, LAST_DAY, NO_DAY, Scalar
from lawmodel.rulebook.model import Fact, Rulebook, SameAs
from lawmodel.testing.reads import Reads

_SHORT_LIST: Final = 20
"""Lists with more choices are not drawn from in full: choices that no condition mentions are alike."""
_UNMENTIONED: Final = 3
_LONG_AGO: Final = (1, 5, 20)
"""So many years before the simplest day."""


class UsualValues:
    """The values of the facts of one rulebook, as far as some questions read them."""

    def __init__(self, rulebook: Rulebook, reads: Reads, *, only_named_days: bool = False) -> None:
        self.rulebook = rulebook
        self.reads = reads
        self._left_out: dict[tuple[int, bool], Scalar | SameAs | None] = {}
        """By the identity of a fact, which the rulebook keeps, and by whether ordinary facts are presumed."""
        self._every: dict[str, list[Scalar]] = {}
        """By the path of a fact that is no date."""
        self._dates: dict[str, tuple[str, ...]] = {}
        self.simplest_day = simplest_day(reads.days)
        named = beside(reads.days)
        if named and only_named_days:
            self._days = tuple(named)
        else:
            self._days = tuple(dict.fromkeys((self.simplest_day, *named, *_long_before(self.simplest_day))))

    def dates_of(self, path: str) -> tuple[str, ...]:
        """The fields of a list that are dates."""
        if path not in self._dates:
            self._dates[path] = tuple(field.id for field in self.rulebook.facts[path].of if field.sort == "date")
        return self._dates[path]

    def usual(self, fact: Fact, *, in_record: bool = False) -> Scalar | SameAs | None:
        """What leaving a fact out means, or what is ordinary; None where nothing is usual."""
        left_out = self.left_out(fact, presume=not in_record)
        return None if in_record and isinstance(left_out, SameAs) else left_out

    def left_out(self, fact: Fact, *, presume: bool) -> Scalar | SameAs | None:
        """What leaving a fact out means; None: it is not known."""
        place = id(fact), presume
        if place not in self._left_out:
            self._left_out[place] = self._decoded(fact, presume=presume)
        return self._left_out[place]

    def _decoded(self, fact: Fact, *, presume: bool) -> Scalar | SameAs | None:
        if isinstance(fact.left_out, SameAs):
            return fact.left_out
        if fact.left_out != UNKNOWN:
            return decode_text(self.rulebook, fact, fact.left_out)
        if presume and fact.ordinary is not None:
            return decode_text(self.rulebook, fact, fact.ordinary)
        return None

    def every(
        self, fact: Fact, key: str, first: int = FIRST_DAY, last: int = LAST_DAY, near: Iterable[int] = ()
    ) -> list[Scalar]:
        """Values that a fact may have, the simplest first; ``key`` is its path, or `list.field`.

        Of a date: days from ``first`` to ``last``, among them those beside ``near``; and its words.
        """
        if fact.sort == "date":
            return self._found(fact, key, first, last, near)
        if key not in self._every:
            self._every[key] = self._found(fact, key, first, last, near)
        return list(self._every[key])

    def _found(self, fact: Fact, key: str, first: int, last: int, near: Iterable[int]) -> list[Scalar]:
        usual = self.usual(fact, in_record=key not in self.rulebook.facts)
        found: list[Scalar] = []
        match fact.sort:
            case "yes/no":
                found = [False, True]
            case "number":
                bounds = sorted(self.reads.numbers.get(key, ()))
                found += (max(0, bound + step) for bound in bounds for step in (0, -1, 1))
                found.append(0)
                found.append(2 * max(bounds, default=1))
            case "choice":
                found = self._choices(fact, key)
            case "date":
                words = [SPECIAL_DAYS[word.means] for word in fact.words.values()]
                found = [*(word for word in words if word != NO_DAY), *self.days(first, last, near)]
                found += [word for word in words if word == NO_DAY]
                if usual is not None and usual not in words and usual not in found:
                    usual = None  # a day outside the bounds
            case "records":
                raise TypeError("a list is made of records")
            case _:
                assert_never(fact.sort)
        if usual is not None and not isinstance(usual, SameAs):
            found.insert(0, usual)
        return list(dict.fromkeys(found))

    def _choices(self, fact: Fact, key: str) -> list[Scalar]:
        choices = self.rulebook.choices_of(fact)
        if len(choices) <= _SHORT_LIST:
            return list(choices)
        mentioned = self.reads.values.get(key, frozenset())
        others = [one for one in choices if one not in mentioned][:_UNMENTIONED]
        return [*others, *(one for one in choices if one in mentioned)]

    def days(self, first: int, last: int, near: Iterable[int] = ()) -> list[int]:
        """Days within bounds, the simplest first: never none, if the bounds leave any."""
        found = dict.fromkeys(day for day in self._days if first <= day <= last)
        found.update(dict.fromkeys(day for day in beside(near) if first <= day <= last))
        ends = [end for end in (last, first) if end not in (FIRST_DAY, LAST_DAY)]
        if self.simplest_day not in found:
            found = dict.fromkeys(ends) | found
        else:
            found.update(dict.fromkeys(ends))
        return list(found) or [min(max(self.simplest_day, first), last)]


def simplest_day(named: Iterable[int]) -> int:
    """The first of a month by which everything that the law names has come: all of it is in force."""
    latest = max(named, default=datetime.date(2020, 1, 1).toordinal())
    day = datetime.date.fromordinal(latest)
    if day.day == 1 or day.year == datetime.MAXYEAR:
        return latest
    months = day.year * 12 + day.month
    return datetime.date(months // 12, months % 12 + 1, 1).toordinal()


def beside(days: Iterable[int]) -> list[int]:
    """Each of the days, the latest first, with the day before and the day after it."""
    near = (day + step for day in sorted(days, reverse=True) for step in (0, -1, 1))
    return list(dict.fromkeys(day for day in near if FIRST_DAY <= day <= LAST_DAY))


def _long_before(day: int) -> list[int]:
    date = datetime.date.fromordinal(day)
    return [date.replace(year=date.year - ago, day=1).toordinal() for ago in _LONG_AGO if date.year > ago]
