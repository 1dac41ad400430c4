"""What is asked about one case: the case, the question, the readings, and the law."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from lawmodel.case.arguments import law_problems, question_having, question_problems, raise_problems, telling_problems
from lawmodel.case.case import Case
from lawmodel.case.file import BASE, CaseReader
from lawmodel.case.plain_nodes import nodes_of
from lawmodel.dataclass import dataclass
from lawmodel.inquiry.sheet import questions_of
from lawmodel.problems import Collector, Place, Problem, ProblemsFound, listed, no_such
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.pointer import pointer
from lawmodel.service.calls.request import Day, Name, Readings, Request

CASE: str = "/case"
PlainCase = Annotated[dict[str, Any], Field(json_schema_extra={"x-case": True})]
"""A case, as a case file has it: `facts`, `presume`, `title` and so on."""


class CaseRequest(Request, frozen=True):
    """What every call about one case is given."""

    case: PlainCase = Field({})
    variant: Name | None = None
    """This variant of the case; `base` is the case itself."""
    question: Name | None = None
    """A question of the rulebook. It may be left out if the case speaks to one only."""
    readings: Readings = Field({})
    """Readings to take, each with its option; `unknown` leaves one open."""
    on: Day | None = None
    """The law of this day. Without it: the day the case says, or today."""
    stage: Name | None = None
    """As if every bill that had got as far as this stage were law."""


class ToldRequest(CaseRequest, frozen=True):
    """A request in which a source may say which readings and which stage are taken."""

    told_by: Name | None = None
    """Readings and stage as this source tells them, where they are not given."""


@dataclass(frozen=True, slots=True)
class CaseAsked:
    """A request about one case, as the functions of the library take it."""

    rulebook: Rulebook
    case: Case
    question: str
    readings: Mapping[str, str]
    on: datetime.date | None
    stage: str | None

    @property
    def law(self) -> dict[str, Any]:
        """The readings, the day and the stage, as keyword arguments."""
        return {"readings": self.readings, "on": self.on, "stage": self.stage}


def case_of(rulebook: Rulebook, plain: Mapping[str, Any], variant: str | None = None) -> Case:
    """The case that plain data holds in the form of a case file, or a variant of it; raises `ProblemsFound`."""
    problems = Collector()
    given = {key: value for key, value in plain.items() if (key, value) != ("presume", None)}  # nothing is presumed
    node = nodes_of(given, lambda path: Place(pointer(CASE, *path), 0, 0), problems)
    problems.raise_if_any()
    cases = CaseReader(rulebook, problems).cases(node, "")
    problems.raise_if_any()
    by_name = {one.variant or BASE: one for one in cases}
    if variant is not None and variant not in by_name:
        raise_problems(no_such(variant, by_name, "/variant"))
    return by_name[variant or BASE]


def asked_of(rulebook: Rulebook, request: CaseRequest, outcome: str | None = None, given_as: str = "") -> CaseAsked:
    """What is asked, with the case read and the question settled; raises `ProblemsFound`.

    Without a question it is the one that the case speaks to, of several the one that has the outcome that is asked for.
    """
    case = case_of(rulebook, request.case, request.variant)
    readings, stage = dict(request.readings), request.stage
    told_by = request.told_by if isinstance(request, ToldRequest) else None
    raise_problems(*law_problems(rulebook, readings, request.on, stage), *telling_problems(rulebook, told_by))
    if told_by is not None:
        telling = rulebook.tellings[told_by]
        readings, stage = {**telling.chosen(), **readings}, stage or telling.stage
    question = request.question or _question(rulebook, case, outcome, given_as)
    raise_problems(*question_problems(rulebook, question))
    return CaseAsked(rulebook, case, question, readings, request.on, stage)


def _question(rulebook: Rulebook, case: Case, outcome: str | None, given_as: str) -> str:
    asked = questions_of(rulebook, case)
    if outcome is not None:
        having = [name for name in asked if any(one.id == outcome for one in rulebook.questions[name].outcomes)]
        return having[0] if len(having) == 1 else question_having(rulebook, outcome, (), given_as)
    if len(asked) > 1:
        mend = f"Say which with question: {listed(asked)}."
        raise ProblemsFound([Problem("several questions can be asked about this case", mend, "question")])
    return asked[0]
