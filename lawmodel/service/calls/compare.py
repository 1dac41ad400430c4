"""The answer under every reading, day, stage or telling that matters."""

from __future__ import annotations

from lawmodel.problems import Problem, ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.case_request import CaseRequest, asked_of
from lawmodel.service.calls.request import Day, placed
from lawmodel.verbs.compare.compared import AnyComparison, By, compared


class CompareRequest(CaseRequest, frozen=True):
    """A case, and what is to be varied."""

    by: By = "reading"
    """All readings, the day of the law, the stage from which bills count as law, or the source."""
    first: Day | None = None
    """By date: from this day on."""
    last: Day | None = None
    """By date: up to this day."""


def answer(rulebook: Rulebook, request: CompareRequest) -> AnyComparison:
    """What `lawmodel compare` answers; raises `ProblemsFound`."""
    _raise_unless_fitting(rulebook, request)
    with placed(request):
        asked = asked_of(rulebook, request)
        first, last = request.first, request.last
        return compared(rulebook, asked.case, asked.question, request.by, **asked.law, first=first, last=last)


def _raise_unless_fitting(rulebook: Rulebook, request: CompareRequest) -> None:
    """Refuse what means nothing beside what is varied, as the command line does."""
    problems = []
    for name, day in (("first", request.first), ("last", request.last)):
        if day is not None and request.by != "date":
            problems.append(Problem("this cuts the days of a comparison by date", f"Leave {name} out.", f"/{name}"))
    if request.first is not None and request.last is not None and request.first > request.last:
        problems.append(Problem(f"{request.first} comes after {request.last}", "Exchange them.", "/first"))
    if request.by == "stage" and request.stage is not None:
        problems.append(Problem("a comparison by stage goes through all stages", "Leave stage out.", "/stage"))
    if request.by == "telling" and not rulebook.tellings:
        problems.append(Problem("this rulebook has no tellings", "Compare by something else.", "/by"))
    if problems:
        raise ProblemsFound(problems)
