"""Cases that differ from one in one fact: another value of a fact or of a field, or a record less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, assert_never

from lawmodel.case.case import Case
from lawmodel.case.values import SPECIAL_DAYS
from lawmodel.dataclass import dataclass
from lawmodel.inputs import DayBounds, GivenValue, Scalar, is_calendar_day
from lawmodel.inquiry.searching.found_case import usual
from lawmodel.reasoning.formula import Fixed, OneOf, Ordered, ResolvedQuestion, Spaced
from lawmodel.reasoning.rewrite import formulas
from lawmodel.reasoning.spaced_days import days_apart
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.time_spans import Spans

MOST_UNTESTED: Final = 2
"""Of the choices for which nothing is tested so many are looked at: they are all alike."""


@dataclass(frozen=True, slots=True)
class NeighbouringCase:
    """A case that differs from another in one fact."""

    case: Case
    path: str
    """The fact, or ``list.field``, or the list that has a record less."""
    value: GivenValue
    """What it is now."""
    number: int | None = None
    """The place of the record that is otherwise, or is not there, in its list."""

    def again(self, case: Case) -> NeighbouringCase | None:
        """Another case otherwise in the same way; None where it has no such record."""
        if self.number is None:
            return replace(self, case=_with(case, self.path, self.value))
        whole = isinstance(self.value, tuple)
        path, name = (self.path, "") if whole else self.path.rsplit(".", 1)
        listed = case.facts.get(path)
        if not isinstance(listed, tuple) or self.number >= len(listed):
            return None
        before, after = listed[: self.number], listed[self.number + 1 :]
        if whole:
            return replace(self, case=_with(case, path, (*before, *after)), value=(*before, *after))
        assert not isinstance(self.value, tuple)
        return replace(self, case=_with(case, path, (*before, {**listed[self.number], name: self.value}, *after)))


class CaseNeighbourhood:
    """The cases that differ in one fact of a question from a case, as far as the law may tell them apart."""

    def __init__(self, rulebook: Rulebook, question: ResolvedQuestion) -> None:
        self._rulebook = rulebook
        self._days: set[int] = set()
        self._numbers: set[int] = set()
        self._spans: dict[Spans, None] = {}
        self.values: set[Scalar] = set()
        """The values for which some fact is tested."""
        for formula in formulas(question):
            match formula:
                case Ordered(left, right, _, of_days):
                    bounds = self._days if of_days else self._numbers
                    bounds |= {one.value for one in (left, right) if isinstance(one, Fixed)}
                case Spaced(_, _, spans):
                    self._spans[spans] = None
                case OneOf(_, values):
                    self.values |= values

    def of(self, case: Case, paths: Sequence[str]) -> Iterator[NeighbouringCase]:
        """Those in which one of these facts (or ``list.field``) is otherwise."""
        for path in paths:
            if path in self._rulebook.facts and self._rulebook.facts[path].sort != "records":
                fact = self._rulebook.facts[path]
                held = case.facts.get(path, usual(self._rulebook, fact))
                for value in self._others(fact, held, case):
                    yield NeighbouringCase(_with(case, path, value), path, value)
            elif path in self._rulebook.facts:
                yield from self._of_list(case, path)
            else:
                yield from self._of_field(case, *path.rsplit(".", 1))

    def _of_list(self, case: Case, path: str) -> Iterator[NeighbouringCase]:
        listed = case.facts.get(path)
        if isinstance(listed, tuple):
            for number in range(len(listed)):
                fewer = (*listed[:number], *listed[number + 1 :])
                yield NeighbouringCase(_with(case, path, fewer), path, fewer, number)

    def _of_field(self, case: Case, path: str, name: str) -> Iterator[NeighbouringCase]:
        listed = case.facts.get(path)
        field = self._rulebook.fact(f"{path}.{name}")
        for number, record in enumerate(listed if isinstance(listed, tuple) else ()):
            for value in self._others(field, record.get(name, usual(self._rulebook, field)), case):
                found = NeighbouringCase(case, f"{path}.{name}", value, number).again(case)
                if found is not None:
                    yield found

    def _others(self, fact: Fact, held: GivenValue, case: Case) -> list[Scalar]:
        found: list[Scalar]
        match fact.sort:
            case "yes/no":
                found = [True, False]
            case "choice":
                choices = list(self._rulebook.choices_of(fact))
                named = [one for one in choices if one in self.values]
                found = [*[one for one in choices if one not in self.values][:MOST_UNTESTED], *named]
            case "number":
                found = sorted({one + step for one in self._numbers for step in (-1, 0, 1) if one + step >= 0})
            case "date":
                special = [SPECIAL_DAYS[word.means] for word in fact.words.values()]
                of_case = sorted(_days(case))
                apart = (other for one in of_case for other in days_apart(one, self._spans))
                centres = [one for one in (*of_case, *apart, *self._days) if is_calendar_day(one)]
                near = {one + step for one in centres for step in (-1, 0, 1) if is_calendar_day(one + step)}
                middle = held if isinstance(held, int) and is_calendar_day(held) else max(of_case, default=0)
                found = [*special, *sorted(near, key=lambda one: (abs(one - middle), one))]
            case "records":
                raise TypeError("a list is looked at field by field")
            case _:
                assert_never(fact.sort)
        return [value for value in found if value != held]


def _days(case: Case) -> Iterator[int]:
    """All days that a case names."""
    for value in case.facts.values():
        records = value if isinstance(value, tuple) else ({"": value},)
        for one in (one for record in records for one in record.values()):
            ends = (one.first, one.last) if isinstance(one, DayBounds) else (one,)
            yield from (day for day in ends if isinstance(day, int) and is_calendar_day(day))


def _with(case: Case, path: str, value: GivenValue) -> Case:
    return replace(case, facts={**case.facts, path: value})
