"""The least that would have to be otherwise for another outcome."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lawmodel.inquiry.change import MOST, UP_TO, change
from lawmodel.results.changes import Changes
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.case_request import ToldRequest, asked_of
from lawmodel.service.calls.request import Name, Names, placed
from lawmodel.service.limits import LARGEST_SET, MOST_SETS


class ChangeRequest(ToldRequest, frozen=True):
    """A case, and the outcome that is wanted."""

    to: Name
    """The outcome that is wanted."""
    free: Names = Field([])
    """What may change, although it is fixed."""
    keep: Names = Field([])
    """What must not change."""
    only: Literal["facts", "readings"] | None = None
    """Change nothing else."""
    up_to: int = Field(UP_TO, ge=1, le=LARGEST_SET)
    """At most this many changes in a set."""
    most: int = Field(MOST, ge=1, le=MOST_SETS)
    """At most this many sets."""


def answer(rulebook: Rulebook, request: ChangeRequest) -> Changes:
    """What `lawmodel change` answers; raises `ProblemsFound`."""
    with placed(request):
        asked = asked_of(rulebook, request, request.to, "to")
        return change(
            rulebook,
            asked.case,
            asked.question,
            request.to,
            **asked.law,
            free=request.free,
            keep=request.keep,
            only=request.only,
            up_to=request.up_to,
            most=request.most,
        )
