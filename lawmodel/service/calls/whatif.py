"""What if something were otherwise? Both answers, and what changed."""

from __future__ import annotations

from pydantic import Field

from lawmodel.problems import Problem, ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.case_request import ToldRequest, asked_of
from lawmodel.service.calls.request import Day, Name, Scalar, placed
from lawmodel.service.limits import MOST_NAMES
from lawmodel.verbs.whatif.result import WhatIf
from lawmodel.verbs.whatif.whatif import whatif


class WhatIfRequest(ToldRequest, frozen=True):
    """A case, and what of it is supposed to be otherwise."""

    changes: dict[Name, Scalar] = Field({}, max_length=MOST_NAMES)
    """From the name of a fact, a reading or a field (`list[1].field`) to its value.

    `list[1]` to `none` takes a record out; `unknown` leaves open what has it.
    """
    then_on: Day | None = None
    """The law of this day for the second answer."""
    then_stage: Name | None = None
    """Bills that had got as far as this are law for the second answer."""


def answer(rulebook: Rulebook, request: WhatIfRequest) -> WhatIf:
    """What `lawmodel whatif` answers; raises `ProblemsFound`."""
    if not request.changes and request.then_on is None and request.then_stage is None:
        mend = "Give changes, then_on or then_stage."
        raise ProblemsFound([Problem("nothing is otherwise", mend, "/changes")])
    with placed(request):
        asked = asked_of(rulebook, request)
        return whatif(
            rulebook,
            asked.case,
            asked.question,
            request.changes,
            **asked.law,
            then_on=request.then_on,
            then_stage=request.then_stage,
        )
