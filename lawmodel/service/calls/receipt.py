"""The receipt of an answer: all that it is a function of, what it comes to, and the hashes of both."""

from __future__ import annotations

from lawmodel.answer.receipt import Receipt
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.receipts import checked_receipt
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.calls.case_request import ToldRequest, asked_of
from lawmodel.service.calls.request import placed


class ReceiptRequest(ToldRequest, frozen=True):
    """A question about a case, of whose answer a receipt is wanted."""


def answer(rulebook: Rulebook, request: ReceiptRequest) -> Receipt:
    """What `lawmodel decide --receipt` writes; raises `ProblemsFound`."""
    with placed(request):
        asked = asked_of(rulebook, request)
        ask = Ask(
            rulebook,
            asked.case,
            asked.question,
            readings=request.readings,
            on=request.on,
            stage=request.stage,
            told_by=request.told_by,
        )
        return checked_receipt(ask, request.on)
