"""Two cases, or one under two laws, side by side: what of the second is otherwise is read off the two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from lawmodel.case.supposed import ABSENT, InputValue, SupposedChange, held
from lawmodel.case.valuation import Valued
from lawmodel.inputs import GivenScalar, field_key, reading_key
from lawmodel.inquiry.ask import Ask
from lawmodel.rulebook.model import Fact
from lawmodel.verbs.whatif.record_numbers import RecordNumbers
from lawmodel.verbs.whatif.result import WhatIf
from lawmodel.verbs.whatif.whatif import side_by_side

SAME: Final = RecordNumbers({})
"""Records are told apart by their place in the list alone."""


def between(one: Ask, other: Ask) -> WhatIf:
    """Both answers to one question, and what differs between two cases under a law each.

    Raises `ProblemsFound` where the days of one of the cases contradict each other; ValueError for two questions.
    """
    if one.question != other.question:
        raise ValueError(f"the questions differ: {one.question} and {other.question}")
    return side_by_side(one, other, tuple(_Two(one, other).changes()), SAME)


class _Two:
    """Two cases with the values of all their inputs."""

    def __init__(self, one: Ask, other: Ask) -> None:
        self._one, self._other = one, other
        self._was, self._now = one.valued(), other.valued()

    def changes(self) -> Iterator[SupposedChange]:
        """What has another value in the second case: facts, fields of records, and readings that bear on the question.

        Of a list that is known in one case alone, the whole list.
        """
        for path, fact in self._one.rulebook.facts.items():
            if fact.sort == "records":
                yield from self._records(path, fact)
            else:
                was, now = held(self._one.case, self._was, path), held(self._other.case, self._now, path)
                if was.value != now.value:
                    yield SupposedChange(path, was, now)
        bearing = {*self._one.decider().comparisons.occurring, *self._other.decider().comparisons.occurring}
        for name in self._one.rulebook.readings:
            was, now = self._reading(self._one, self._was, name), self._reading(self._other, self._now, name)
            if reading_key(name) in bearing and was.value != now.value:
                yield SupposedChange(name, was, now)

    def _reading(self, ask: Ask, valued: Valued, name: str) -> InputValue:
        value = valued.valuation.values[reading_key(name)]
        origin: Literal["default", "chosen", "left out"] = (
            "default" if name in valued.defaults else "chosen" if name in ask.readings else "left out"
        )
        assert not isinstance(value, tuple)
        return InputValue(value, origin)

    def _records(self, path: str, fact: Fact) -> Iterator[SupposedChange]:
        was, now = self._one.case.facts.get(path, ()), self._other.case.facts.get(path, ())
        if not isinstance(was, tuple) or not isinstance(now, tuple):
            if was != now:
                yield SupposedChange(path, self._list(self._one, path), self._list(self._other, path))
            return
        for number in range(1, max(len(was), len(now)) + 1):
            if number > len(was):
                yield SupposedChange(f"{path}[{number}]", ABSENT, InputValue(now[number - 1], "given"))
            elif number > len(now):
                yield SupposedChange(f"{path}[{number}]", InputValue(was[number - 1], "given"), ABSENT)
            else:
                for one in fact.of:
                    before, after = (
                        self._field(ask, valued, path, number, one.id)
                        for ask, valued in ((self._one, self._was), (self._other, self._now))
                    )
                    if before.value != after.value:
                        yield SupposedChange(field_key(path, number, one.id), before, after)

    def _list(self, ask: Ask, path: str) -> InputValue:
        listed = ask.case.facts.get(path, ())  # without a list there is no record
        return InputValue(listed, "given" if path in ask.case.facts else "left out")

    def _field(self, ask: Ask, valued: Valued, path: str, number: int, name: str) -> InputValue:
        listed, complete = ask.case.facts[path], valued.valuation.values[path]
        assert isinstance(listed, tuple)
        assert isinstance(complete, tuple)
        value: GivenScalar | None = complete[number - 1][name]
        return InputValue(value, "given" if name in listed[number - 1] else "left out")
