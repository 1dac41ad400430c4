"""What is asked about a case: the one value that every question about a case takes, checked where it is made."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import fields
from typing import Protocol, runtime_checkable

from lawmodel.case.arguments import law_problems, question_problems, raise_problems, telling_problems
from lawmodel.case.case import Case
from lawmodel.case.checked import case_problems
from lawmodel.case.valuation import Valued
from lawmodel.dataclass import dataclass
from lawmodel.inputs import reading_key
from lawmodel.inquiry.decider import Decider, decider
from lawmodel.problems import Problem, ProblemsFound, kind_of
from lawmodel.results.header import ChosenBy, Header, LawApplied, ReadingTaken
from lawmodel.results.remark import Remark
from lawmodel.rulebook.model import Rulebook, raise_unless_rulebook
from lawmodel.value_object import ValueObject, summary


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
    chosen_by: Mapping[str, ChosenBy]
    """Who chose each of the readings."""

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
        by: dict[str, ChosenBy] = dict.fromkeys(plain.readings or {}, "case")
        by |= {name: "telling" if name in told else "asked" for name in chosen}
        self._hold(
            rulebook=rulebook,
            case=plain,
            question=question,
            readings={**(plain.readings or {}), **chosen},
            on=on or plain.on,
            stage=stage or plain.stage or rulebook.ordinary_stage,
            told_by=told_by,
            told=told,
            chosen_by=by,
        )

    def _hold(self, **fields: object) -> None:
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    def of_case(self, case: Case) -> Ask:
        """The same question about another case, which fits the rulebook."""
        made = object.__new__(Ask)
        made._hold(**{**{one.name: getattr(self, one.name) for one in fields(self)}, "case": case})
        return made

    def __repr__(self) -> str:
        law = f"law of {self.on}," if self.on is not None else None
        readings = ", ".join(f"{name}={option}" for name, option in self.readings.items())
        return summary(self, f"{self.question} at {self.stage},", law, readings, repr(self.case))

    def decider(self, stage: str | None = None) -> Decider:
        """The question, at its stage or another, made ready to be asked."""
        return decider(self.rulebook, self.question, stage or self.stage, on_a_day=self.on is not None)

    def valued(self) -> Valued:
        """The values of all inputs; raises `ProblemsFound` where the case contradicts itself."""
        return self.decider().value(self.case, self.readings, self.on)

    def remarks(self, valued: Valued, *, determined: bool) -> tuple[Remark, ...]:
        """What is odd about the case as it is written; and where the answer is open, what no case can be and it may be.

        What is ``determined`` in every case is so in those that can be.
        """
        made, values = self.decider(), valued.valuation.values
        odd = made.oddities(self.case, values)
        maybe = () if determined else made.errors(valued.valuation)
        return (
            *(Remark(str(one.id), "warning", one.says) for one in odd),
            *(Remark(str(one.id), "error", one.says) for one, _ in maybe),
        )

    def header(self, valued: Valued, engines: tuple[str, ...] = ()) -> Header:
        """What a result of this question says of itself."""
        values = valued.valuation.values
        readings: dict[str, ReadingTaken] = {}
        for name in self.rulebook.readings:
            value, default = values[reading_key(name)], name in valued.defaults
            by: ChosenBy = "default" if default else self.chosen_by.get(name, "nobody")
            readings[name] = ReadingTaken(value if isinstance(value, str) else None, default, by)
        day = None if valued.law_date is None else valued.law_date.isoformat()
        law = LawApplied(day, self.stage)
        return Header(self.rulebook, self.case, self.question, law, self.told_by, readings, engines)


def as_case(rulebook: Rulebook, case: object) -> Case:
    """A case that fits the rulebook, from any form of one; raises `ProblemsFound`."""
    raise_unless_rulebook(rulebook)
    plain: object = case
    if isinstance(case, TypedCase) and not isinstance(case, Case | type):
        plain = case.to_case()
    if not isinstance(plain, Case):
        mend = "Give one of those that load_cases gives, or an instance of a class of lawmodel.cases."
        raise ProblemsFound([Problem(f"a case is needed, and this is {kind_of(case)}", mend, "case")])
    called = plain.name or "case"
    raise_problems(
        *case_problems(rulebook, plain),
        *law_problems(rulebook, plain.readings, plain.on, plain.stage, of=f"{called}, "),
    )
    return plain
