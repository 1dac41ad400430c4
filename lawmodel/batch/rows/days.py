"""Patterns up to the calendar: of known days that are bound together only their order can matter, and their room.

An open day can lie between two known ones if there is room for it. More room than there are open days makes nothing
more possible (see `lawmodel.reasoning.comparing.law_days`), so wider gaps are all alike. Where the law measures time
between days of a case, each day is its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from typing import Final

from lawmodel.batch.rows.classes import Classes
from lawmodel.batch.rows.listed_patterns import Left
from lawmodel.batch.rows.plan import Plan, atoms_in
from lawmodel.inputs import FIRST_DAY, LAST_DAY, Scalar, is_calendar_day
from lawmodel.reasoning.formula import Ordered, SomeRecord, Spaced
from lawmodel.reasoning.formula import constants as constants_of

Records = Sequence[Mapping[str, Scalar | None]] | None
_SLOTS: Final = 2
"""So many records of an unknown list can matter for each condition (`lawmodel.reasoning.open_cases.open_inputs`)."""


class Days:
    """Names patterns such that those which differ in nothing but unimportant distances have the same name."""

    def __init__(self, plan: Plan, classes: Mapping[str, Classes]) -> None:
        self.plan = plan
        self.classes = classes
        facts = plan.asked.rulebook.facts
        self._dates = {
            path for path, fact in facts.items() if fact.sort == "date" and path in classes and classes[path].apart
        }
        self._fields = {
            path: [
                one.id
                for one in facts[path].of
                if one.sort == "date" and f"{path}.{one.id}" in classes and classes[f"{path}.{one.id}"].apart
            ]
            for path in plan.lists
        }
        self._ordered = {*self._dates, *(f"{path}.{one}" for path, names in self._fields.items() for one in names)}
        """The days that are compared with each other, or that an order binds; fields as ``list.field``."""
        self._conditions: dict[str, int] = {}
        self._measures = False
        constants = {FIRST_DAY - 1, LAST_DAY + 1}
        for atom, _ in atoms_in(one.condition for one in plan.speaks):
            self._measures |= isinstance(atom, Spaced)
            if isinstance(atom, SomeRecord):
                self._conditions[atom.records] = self._conditions.get(atom.records, 0) + atom.at_least
            elif not isinstance(atom, Ordered) or atom.of_days:
                constants |= {day for day in constants_of(atom) if isinstance(day, int) and is_calendar_day(day)}
        for value in plan.template.valuation.values.values():
            if isinstance(value, int) and not isinstance(value, bool) and is_calendar_day(value):
                constants.add(value)
        self._constants = sorted(constants)

    def pattern(
        self,
        codes: bytes,
        singles: Mapping[str, Scalar | None],
        lists: Mapping[str, Records],
        left: Mapping[str, Sequence[Left] | None],
    ) -> Hashable:
        """A name for the pattern of a row.

        ``singles`` are those that matter, ``left`` says of the lists that matter what is left of their records.
        """
        days: list[int] = []
        room = 1 + sum(1 for path in self._dates if path not in singles)
        room += sum(self._note(value, days) for path, value in singles.items() if path in self._dates)
        for path, records in left.items():
            if records is None:
                fields = [one for one in self.plan.asked.rulebook.facts[path].of if one.sort == "date"]
                room += _SLOTS * self._conditions[path] * len(fields)
                continue
            for record, (_, names) in zip(lists[path] or (), records, strict=True):
                room += sum(self._note(record[name], days) for name in names if name in self._fields[path])
        placed = self._placed(days, room)
        return (
            codes,
            tuple((path, self._named(path, value, placed)) for path, value in singles.items()),
            tuple((path, self._records(path, lists.get(path), records, placed)) for path, records in left.items()),
        )

    @staticmethod
    def _note(value: Scalar | None, days: list[int]) -> int:
        """Note a known day; how many open days this makes."""
        if value is None:
            return 1
        if isinstance(value, int) and is_calendar_day(value):
            days.append(value)
        return 0

    def _named(self, key: str, value: Scalar | None, placed: Mapping[int, int]) -> Hashable:
        classes = self.classes.get(key)
        if value is None or classes is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            if classes.apart:
                return placed.get(value, value) if key in self._ordered else value
            return classes.number(value)
        return (type(value).__name__, classes.choice(value))

    def _records(self, path: str, records: Records, left: Sequence[Left] | None, placed: Mapping[int, int]) -> Hashable:
        if left is None:
            return None
        return tuple(
            (codes, tuple((name, self._named(f"{path}.{name}", record[name], placed)) for name in names))
            for record, (codes, names) in zip(records or (), left, strict=True)
        )

    def _placed(self, days: Sequence[int], room: int) -> dict[int, int]:
        """Other days in the same order, as near to each other, and to the constants, as makes no difference."""
        found: dict[int, int] = {}
        if self._measures:
            return found
        segments: dict[int, list[int]] = {}
        for day in sorted(set(days)):
            place = bisect_left(self._constants, day)
            if self._constants[place] == day:
                found[day] = day
            else:
                segments.setdefault(place, []).append(day)
        for place, between in segments.items():
            below, above = self._constants[place - 1], self._constants[place]
            at, earlier, kept = below, below, []
            for day in between:
                at, earlier = at + min(day - earlier, room + 1), day
                kept.append(at)
            # Those that crowd at the upper constant stay where they are.
            later = above
            for number in range(len(between) - 1, -1, -1):
                if later - between[number] > room:
                    break
                later = between[number]
                kept[number] = later
            found.update(zip(between, kept, strict=True))
        return found
