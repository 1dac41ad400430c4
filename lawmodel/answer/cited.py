"""An answer as it is cited: all that it is a function of, from its receipt."""

from __future__ import annotations

from lawmodel.answer.answer import Answer
from lawmodel.answer.receipt import Receipt
from lawmodel.words.citations import CitedAnswer
from lawmodel.words.law import law_of
from lawmodel.words.outcomes import predicates


def citation_of(answer: Answer, receipt: Receipt) -> CitedAnswer:
    """What a citation of an answer names."""
    readings = ", ".join(f"{name}={option}" for name, option in receipt.asked.readings.items())
    told = f"{'; ' if readings else ''}as told by {answer.told_by}" if answer.told_by else ""
    comes_to = receipt.answer
    return CitedAnswer(
        rulebook=f"“{answer.rulebook.title}” {answer.rulebook.version}".rstrip(),
        rulebook_sha256=receipt.rulebook.sha256,
        case=answer.title or "a case",
        case_sha256=receipt.case.sha256,
        question=answer.question,
        law=law_of(answer.rulebook, answer.stage, answer.law_date),
        readings=f"{readings}{told}",
        outcome=comes_to.outcome or " or ".join(comes_to.possible),
        outcome_says=predicates(answer.rulebook, answer.question, answer.possible),
        grounds=tuple(dict.fromkeys(one.citation for one in answer.grounds)),
        answer_sha256=receipt.answer.sha256,
        certain=answer.determined,
        rests_on=comes_to.rests_on,
    )
