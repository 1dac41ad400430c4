"""Is the answer of a receipt still the answer?"""

from __future__ import annotations

import json
from typing import Any

from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.request import Request
from lawmodel.verbs.verify.verification import Verification
from lawmodel.verbs.verify.verify import verify


class VerifyRequest(Request, frozen=True):
    """A receipt, as it was written."""

    receipt: dict[str, Any]
    """What a call of `receipt`, or `lawmodel decide --receipt`, has given."""


def answer(rulebook: Rulebook, request: VerifyRequest) -> Verification:
    """What `lawmodel verify` answers; raises `ProblemsFound`."""
    return verify(rulebook, json.dumps(request.receipt), "/receipt")
