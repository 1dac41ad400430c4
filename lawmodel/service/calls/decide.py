"""What is the answer on a case, and why?"""

from __future__ import annotations

from lawmodel.answer.answer import Answer
from lawmodel.inquiry.decide import decide
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.case_request import ToldRequest, asked_of
from lawmodel.service.calls.request import placed


class DecideRequest(ToldRequest, frozen=True):
    """A question about a case."""

    brief: bool = False
    """The answer alone, without what has led to it."""


def answer(rulebook: Rulebook, request: DecideRequest) -> Answer:
    """What `lawmodel decide` answers; raises `ProblemsFound`."""
    return decided(rulebook, request)


def decided(rulebook: Rulebook, request: ToldRequest) -> Answer:
    """The answer on the case of a request; raises `ProblemsFound`."""
    with placed(request):
        asked = asked_of(rulebook, request)
        return decide(
            rulebook,
            asked.case,
            asked.question,
            readings=request.readings,
            on=request.on,
            stage=request.stage,
            told_by=request.told_by,
        )
