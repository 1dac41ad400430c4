"""How much does each open point weigh?"""

from __future__ import annotations

from lawmodel.answer.reasons.weights import Weights
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.case_request import ToldRequest, asked_of
from lawmodel.service.calls.request import placed
from lawmodel.verbs.turns_on.turns_on import turns_on


class TurnsOnRequest(ToldRequest, frozen=True):
    """A question about a case that leaves something open."""


def answer(rulebook: Rulebook, request: TurnsOnRequest) -> Weights:
    """What `lawmodel turns-on` answers; raises `ProblemsFound`."""
    with placed(request):
        asked = asked_of(rulebook, request)
        return turns_on(rulebook, asked.case, asked.question, **asked.law)
