"""Which few facts are enough for the answer, whatever else is true?"""

from __future__ import annotations

from pydantic import Field

from lawmodel.inquiry.reasons.sufficient_reasons import MOST
from lawmodel.results.reasons import Why
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.case_request import ToldRequest, asked_of
from lawmodel.service.calls.request import placed
from lawmodel.service.limits import MOST_SETS
from lawmodel.verbs.why.why import why


class WhyRequest(ToldRequest, frozen=True):
    """A question about a case, whose answer is to be given reasons for."""

    most: int = Field(MOST, ge=1, le=MOST_SETS)
    """At most this many reasons."""
    readings_too: bool = False
    """Vary the readings too, not the facts alone."""


def answer(rulebook: Rulebook, request: WhyRequest) -> Why:
    """What `lawmodel why` answers; raises `ProblemsFound`."""
    with placed(request):
        asked = asked_of(rulebook, request)
        return why(
            rulebook,
            asked.case,
            asked.question,
            **asked.law,
            most=request.most,
            readings_too=request.readings_too,
        )
