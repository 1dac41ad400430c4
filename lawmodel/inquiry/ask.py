"""What is asked about a case: the one value that every question about a case takes, checked where it is made.

Each check yields problems, so that whoever asks in another way is told the same under the name of what was given: an
argument of a function, an option of the command line.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

from lawmodel.case.case import Case
from lawmodel.case.checked import case_problems
from lawmodel.case.valuation import Valued, value_case
from lawmodel.case.values import UNKNOWN
from lawmodel.inquiry.decider import Decider, decider
from lawmodel.problems import Problem, ProblemsFound, kind_of, no_such
from lawmodel.rulebook.model import Rulebook, raise_unless_rulebook
from lawmodel.value_object import ValueObject, summary

Problems: TypeAlias = Iterator[Problem]


@runtime_checkable
class TypedCase(Protocol):
    """A case in another form, such as a model of `lawmodel.case.model`."""

    def to_case(self) -> Case:
        """The case as the engines read it."""


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Ask(ValueObject):
    """A question about a case, under chosen readings and a chosen law.

    What is chosen here goes before what a telling says, and that before what the case itself says.
    """

    rulebook: Rulebook
    case: Case
    question: str
    readings: Mapping[str, str]
    """The readings that are not taken by default, each with its option, or ``unknown``: it is left open."""
    on: datetime.date | None
    """The day whose law is applied; None: the day that the facts give, or today."""
    stage: str
    """Bills that had got so far count as law."""
    told_by: str | None
    """The telling that chooses what is not chosen otherwise."""
    told: Mapping[str, str]
    """The readings that the telling has chosen, each with where it says so."""

    def __init__(
        self,
        rulebook: Rulebook,
        case: Case | TypedCase,
        question: str,
        *,
        readings: Mapping[str, str] | None = None,
        on: datetime.date | None = None,
        stage: str | None = None,
        told_by: str | None = None,
    ) -> None:
        """Take what is asked; raises `ProblemsFound` with everything in it that the rulebook does not know.

        It takes microseconds. That the days of the case do not contradict each other is seen when it is valued.
        """
        plain = as_case(rulebook, case)
        raise_problems(
            *question_problems(rulebook, question),
            *law_problems(rulebook, readings, on, stage),
            *telling_problems(rulebook, told_by),
        )
        chosen = dict(readings or {})
        telling = None if told_by is None else rulebook.tellings[told_by]
        told: dict[str, str] = {}
        if telling is not None:
            told = {one.reading: f"{telling.source} {one.at}" for one in telling.readings if one.reading not in chosen}
            chosen = {**telling.chosen(), **chosen}
            stage = stage or telling.stage
        self._hold(
            rulebook=rulebook,
            case=plain,
            question=question,
            readings={**plain.readings, **chosen},
            on=on or plain.on,
            stage=stage or plain.stage or rulebook.ordinary_stage,
            told_by=told_by,
            told=told,
        )

    def _hold(self, **fields: object) -> None:
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        law = f"law of {self.on}," if self.on is not None else None
        readings = ", ".join(f"{name}={option}" for name, option in self.readings.items())
        return summary(self, f"{self.question} at {self.stage},", law, readings, repr(self.case))

    def decider(self) -> Decider:
        """The question, at its stage, made ready to be asked."""
        return decider(self.rulebook, self.question, self.stage)

    def valued(self) -> Valued:
        """The values of all inputs; raises `ProblemsFound` where the days of the case contradict each other."""
        return value_case(self.rulebook, self.case, self.readings, self.on)


def as_case(rulebook: Rulebook, case: object) -> Case:
    """A case that fits the rulebook, from any form of one; raises `ProblemsFound`."""
    raise_unless_rulebook(rulebook)
    if isinstance(case, Case):
        plain = case
    elif isinstance(case, TypedCase) and not isinstance(case, type):
        plain = case.to_case()
    else:
        mend = "Give one of those that load_cases gives, or an instance of a class of lawmodel.cases."
        raise ProblemsFound([Problem(f"a case is needed, and this is {kind_of(case)}", mend, "case")])
    called = plain.name or "case"
    raise_problems(
        *case_problems(rulebook, plain),
        *law_problems(rulebook, plain.readings, plain.on, plain.stage, of=f"{called}, "),
    )
    return plain


# --- the checks --------------------------------------------------------------------------------------------


def raise_problems(*problems: Problem) -> None:
    """Raise `ProblemsFound` unless there are none."""
    if problems:
        raise ProblemsFound(problems)


def question_problems(rulebook: Rulebook, question: object, given_as: str = "question") -> Problems:
    """Whether the rulebook has such a question."""
    if not isinstance(question, str) or question not in rulebook.questions:
        yield no_such(question, rulebook.questions, given_as)


def outcome_problems(rulebook: Rulebook, question: str, outcome: object, given_as: str) -> Problems:
    """Whether a question has such an outcome."""
    known = [one.id for one in rulebook.questions[question].outcomes]
    if outcome not in known:
        yield no_such(outcome, known, given_as)


def law_problems(rulebook: Rulebook, readings: object, on: object, stage: object, of: str = "") -> Problems:
    """Whether readings, a day and a stage can be chosen."""
    yield from readings_problems(rulebook, readings, f"{of}readings")
    yield from day_problems(on, f"{of}on")
    yield from stage_problems(rulebook, stage, f"{of}stage")


def readings_problems(rulebook: Rulebook, readings: object, given_as: str = "readings") -> Problems:
    """Whether the rulebook has such readings, and they such options."""
    if readings is None:
        return
    if not isinstance(readings, Mapping):
        mend = 'Give a dictionary, from reading to option: {"reading": "option"}.'
        yield Problem(f"readings are needed, and this is {kind_of(readings)}", mend, given_as)
        return
    for name, option in readings.items():
        reading = rulebook.readings.get(name)
        if reading is None:
            yield no_such(name, rulebook.readings, given_as)
            continue
        options = [one.id for one in reading.options]
        if option != UNKNOWN and option not in options:
            yield no_such(option, [*options, UNKNOWN], f"{given_as} {name}")


def day_problems(day: object, given_as: str = "on") -> Problems:
    """Whether this is a day, or None."""
    if day is None or type(day) is datetime.date:
        return
    if isinstance(day, datetime.datetime):
        yield Problem("a day is needed, and this is a moment", "Take its .date().", given_as)
    elif not isinstance(day, datetime.date):
        mend = "Give a datetime.date, such as datetime.date(2026, 3, 19)."
        yield Problem(f"a day is needed, and this is {kind_of(day)}", mend, given_as)


def stage_problems(rulebook: Rulebook, stage: object, given_as: str = "stage") -> Problems:
    """Whether the rulebook has such a stage; None is the last."""
    if stage is not None and all(one.id != stage for one in rulebook.stages):
        yield no_such(stage, [one.id for one in rulebook.stages], given_as)


def telling_problems(rulebook: Rulebook, told_by: object, given_as: str = "told_by") -> Problems:
    """Whether the rulebook has such a telling; None is the text itself."""
    if told_by is not None and (not isinstance(told_by, str) or told_by not in rulebook.tellings):
        yield no_such(told_by, rulebook.tellings, given_as)


def count_problems(count: object, given_as: str, least: int = 1) -> Problems:
    """Whether this is a number, and large enough."""
    if type(count) is not int or count < least:
        yield Problem(f"`{count}` is no number from {least} on", f"Give a whole number, {least} or more.", given_as)
