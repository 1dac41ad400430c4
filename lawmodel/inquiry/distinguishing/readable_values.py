"""Choices that say nothing replaced by those that other cases name: of two hundred states one that readers know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from lawmodel.case.case import Case
from lawmodel.inputs import DayBounds, GivenScalar, GivenValue, Scalar
from lawmodel.rulebook.model import Fact, Rulebook

TRIED: Final = 3
"""So many of the values named most often are tried."""
Listed: TypeAlias = str
"""The id of a shared list of choices."""


class ReadableValues:
    """The values that cases name most often, of each list of choices that facts share."""

    def __init__(self, rulebook: Rulebook, cases: Iterable[Case]) -> None:
        self._rulebook = rulebook
        counted: dict[Listed, Counter[Scalar]] = {name: Counter() for name in rulebook.choices}
        for case in cases:
            for name, value in self._named(case):
                counted[name][value] += 1
        self._known: Mapping[Listed, list[Scalar]] = {
            name: [value for value, _ in counter.most_common()] for name, counter in counted.items()
        }

    def _named(self, case: Case) -> Iterator[tuple[Listed, Scalar]]:
        """The choices that a case names, with the list from which they are."""
        for path, value in case.facts.items():
            fact = self._rulebook.facts[path]
            fields: Mapping[str, Fact] = {one.id: one for one in fact.of}
            for record in value if isinstance(value, tuple) else ():
                for name, one in record.items():
                    if one is not None and isinstance(listed := fields[name].choices, str):
                        assert not isinstance(one, DayBounds)  # it is a choice
                        yield listed, one
            if isinstance(fact.choices, str) and value is not None and not isinstance(value, tuple | DayBounds):
                yield fact.choices, value

    def of(self, case: Case, telling: Collection[Scalar], serves: Callable[[Case], bool]) -> Case:
        """The case with readable choices in the place of those for which nothing is tested, while it serves.

        ``telling`` are the values for which something is tested: they stay.
        """
        for name, value in dict.fromkeys(self._named(case)):
            if value in telling or value in self._known[name][:TRIED]:
                continue
            taken = {one for other, one in self._named(case) if other == name}
            readable = [one for one in self._known[name] if one not in taken and one not in telling]
            for one in readable[:TRIED]:
                candidate = self._with(case, name, value, one)
                if serves(candidate):
                    case = candidate
                    break
        return case

    def _with(self, case: Case, name: Listed, value: Scalar, other: Scalar) -> Case:
        """The case with another choice wherever it names this one of a list."""

        def changed(fact: Fact, held: GivenScalar | None) -> GivenScalar | None:
            return other if fact.choices == name and held == value else held

        facts: dict[str, GivenValue] = {}
        for path, held in case.facts.items():
            fact = self._rulebook.facts[path]
            fields = {one.id: one for one in fact.of}
            if isinstance(held, tuple):
                facts[path] = tuple({key: changed(fields[key], one) for key, one in record.items()} for record in held)
            else:
                facts[path] = changed(fact, held)
        return replace(case, facts=facts)
