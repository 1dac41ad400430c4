"""A receipt that is sent, and what has become of its answer."""

from __future__ import annotations

from typing import Any

from lawmodel.law_files import editions
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.verify.document import document
from lawmodel.verbs.verify.verify import KnownLaw, verify

RECEIPT = "receipt.json"
"""What it is called in messages: its own name is the sender's."""


def verify_page(rulebook: Rulebook, content: str) -> dict[str, Any]:
    """What the template needs: what became of the receipt, or why it is none."""
    page: dict[str, Any] = {"content": content, "problems": (), "found": ()}
    if not content:
        return page
    try:
        return {
            **page,
            "found": document(rulebook, verify(KnownLaw(rulebook, editions=editions()), content, RECEIPT)).blocks,
        }
    except ProblemsFound as wrong:
        return {**page, "problems": wrong.problems}
