"""A receipt that is sent, and what has become of its answer."""

from __future__ import annotations

from typing import Any

from lawmodel.law_files import editions
from lawmodel.problems import ProblemsFound
from lawmodel.service.pages.workbench import Workbench
from lawmodel.verbs.verify.document import document
from lawmodel.verbs.verify.verify import KnownLaw, verify

RECEIPT = "receipt.json"
"""What it is called in messages: its own name is the sender's."""


def verify_page(workbench: Workbench, content: str) -> dict[str, Any]:
    """What the template needs: what became of the receipt, or why it is none."""
    page: dict[str, Any] = {"content": content, "problems": (), "found": (), "edition": ""}
    if not content:
        return page
    rulebook = workbench.rulebook
    try:
        found = verify(KnownLaw(rulebook, editions=editions(), tells_places=False), content, RECEIPT)
    except ProblemsFound as wrong:
        return {**page, "problems": wrong.problems}
    return {
        **page,
        "found": document(rulebook, found).blocks,
        "other_rulebook": workbench.other_rulebook(found.receipt_rulebook.sha256 or ""),
        "edition": (found.rulebook.version or "") if found.edition is not None else "",
    }
