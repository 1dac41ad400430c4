"""Is the answer of a receipt still the answer?"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

from lawmodel.law_files import editions
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.request import Request
from lawmodel.verbs.verify.verification import Verification
from lawmodel.verbs.verify.verify import KnownLaw, verify

RECEIPT: Final = "/receipt"
"""Where in the request it stands."""


class VerifyRequest(Request, frozen=True):
    """A receipt, as it was written."""

    receipt: dict[str, Any]
    """What a call of `receipt`, or `lawmodel decide --receipt`, has given."""


def answer(rulebook: Rulebook, request: VerifyRequest) -> Verification:
    """What `lawmodel verify` answers; raises `ProblemsFound`."""
    try:
        return verify(KnownLaw(rulebook, editions=editions(), tells_places=False), json.dumps(request.receipt), RECEIPT)
    except ProblemsFound as found:  # the sender has other lines than the text that was read
        raise ProblemsFound([replace(one, line=0, column=0) for one in found.problems]) from None
