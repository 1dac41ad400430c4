"""The receipt of an answer: all that it is a function of, what it comes to, and the hashes of both."""

from __future__ import annotations

from lawmodel.answer.receipt import Receipt, receipt_of
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.case_request import ToldRequest
from lawmodel.service.calls.decide import decided


class ReceiptRequest(ToldRequest, frozen=True):
    """A question about a case, of whose answer a receipt is wanted."""


def answer(rulebook: Rulebook, request: ReceiptRequest) -> Receipt:
    """What `lawmodel decide --receipt` writes; raises `ProblemsFound`."""
    return receipt_of(decided(rulebook, request), request.on)
