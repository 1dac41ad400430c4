"""What stands in the way of another outcome?"""

from __future__ import annotations

from lawmodel.results.why_not import WhyNot
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.case_request import asked_of
from lawmodel.service.calls.request import Name, placed
from lawmodel.service.calls.why import WhyRequest
from lawmodel.verbs.why_not.why_not import why_not


class WhyNotRequest(WhyRequest, frozen=True):
    """A case, and the outcome that it does not have."""

    outcome: Name
    """The other outcome."""


def answer(rulebook: Rulebook, request: WhyNotRequest) -> WhyNot:
    """What `lawmodel why-not` answers; raises `ProblemsFound`."""
    with placed(request):
        asked = asked_of(rulebook, request, request.outcome, "outcome")
        return why_not(
            rulebook,
            asked.case,
            asked.question,
            request.outcome,
            **asked.law,
            most=request.most,
            readings_too=request.readings_too,
        )
