"""A case under the law of each day: what it comes to, in the stretches of days on which that is the same."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from lawmodel.answer.answer import AnswerOnDays
from lawmodel.cached_property import cached_property
from lawmodel.case.valuation import Valued, value_case
from lawmodel.dataclass import dataclass
from lawmodel.inputs import FIRST_DAY, LAST_DAY, LAW_DATE, DayBounds, GivenValue, Valuation, is_calendar_day
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.decider import Decider, decider
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.comparing.law_days import Places, Stretch, places, stretches
from lawmodel.reasoning.spaced_days import TooManyDays

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Excluded:
    """The days of the case do not allow a day."""

    says: str


class LawOfEachDay(Generic[Found]):
    """A case under the law of each day; ``found`` says what it comes to on one."""

    def __init__(self, ask: Ask, found: Callable[[Decider, Valuation], Found]) -> None:
        """Take what is asked, whatever day it is asked for."""
        self._rulebook, self._case, self._readings = ask.rulebook, ask.case, ask.readings
        self.made = decider(ask.rulebook, ask.question, ask.stage, on_a_day=True)
        self._found = found
        self._known: dict[int, Found | Excluded] = {}

    def of_case(self) -> datetime.date | None:
        """The day of the law that the case says; today where it says nothing, None where it is not known."""
        if self._rulebook.law_day is not None:
            try:
                return value_case(self._rulebook, self._case, self._readings).law_date
            except ProblemsFound:
                return None
        if self._rulebook.law_date not in self._case.facts:
            return datetime.date.today()
        made = self._case.facts[self._rulebook.law_date]
        return datetime.date.fromordinal(made) if isinstance(made, int) and is_calendar_day(made) else None

    def stretches(self) -> list[Stretch[Found | Excluded]]:
        """All days, in stretches alike; raises `TooManyDays`, and `ProblemsFound` where no day is allowed."""
        return stretches(self.places, self.on)

    def on(self, day: int) -> Found | Excluded:
        """What the case comes to under the law of a day."""
        if day not in self._known:
            valued = self.valued(day)
            found = valued if isinstance(valued, Excluded) else self._found(self.made, valued.valuation)
            self._known[day] = found
        return self._known[day]

    def valued(self, day: int) -> Valued | Excluded:
        """The values of all inputs under the law of a day."""
        try:
            return self.made.value(self._case, self._readings, datetime.date.fromordinal(day))
        except ProblemsFound as problems:
            message = problems.problems[0].message
            says = (one.says for one in self._rulebook.consistency if message.startswith(one.says))
            return Excluded(next(says, message))

    @cached_property
    def places(self) -> Places:
        """Where the day of the law can stand among the other days."""
        valued = self.allowed
        same_as = {**valued.valuation.same_as, **dict.fromkeys(self.moving(valued) - {LAW_DATE}, LAW_DATE)}
        return places(self.made.question, Valuation(valued.valuation.values, same_as, valued.valuation.bounds))

    @cached_property
    def allowed(self) -> Valued:
        """The case under the law of some day that its own days allow: if there is one, one of them is, or today."""
        today = datetime.date.today()
        known = {day for value in self._case.facts.values() for day in _days_in(value)}
        for day in [(self.of_case() or today).toordinal(), *sorted(known)]:
            valued = self.valued(day)
            if isinstance(valued, Valued):
                return valued
        return self.made.value(self._case, self._readings, today)  # raises what is wrong

    def moving(self, valued: Valued) -> set[str]:
        """The inputs that are the day of the law: also the fact that dates it, and what is the same, where left out."""
        law_date = self._rulebook.law_date
        if law_date in self._case.facts:
            return {LAW_DATE}
        return {LAW_DATE, law_date, *(key for key, other in valued.valuation.same_as.items() if other == law_date)}


def answers_by_day(ask: Ask) -> tuple[AnswerOnDays, ...]:
    """The outcomes that are possible under the law of each day; nothing where that cannot be told.

    It takes a decision for each day that the law or the case compares with that of the law.
    """
    try:
        found = LawOfEachDay(ask, Decider.possible).stretches()
    except TooManyDays:
        return ()
    told = []
    for number, one in enumerate(found):
        # The days at the ends of the calendar have the answer of those next to them.
        first = datetime.date.fromordinal(one.first) if number and one.first > FIRST_DAY else None
        last = datetime.date.fromordinal(one.last) if number + 1 < len(found) and one.last < LAST_DAY else None
        told.append(AnswerOnDays(first, last, () if isinstance(one.answer, Excluded) else one.answer))
    return tuple(told)


def _days_in(value: GivenValue) -> Iterator[int]:
    if isinstance(value, DayBounds):
        yield from (value.first, value.last)
    if isinstance(value, tuple):
        for record in value:
            yield from (day for one in record.values() for day in _days_in(one))
    elif is_calendar_day(value) and not isinstance(value, bool):
        assert isinstance(value, int)
        yield value
