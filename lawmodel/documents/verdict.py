"""An answer as a verdict: what is true of the subject of a question, or that it depends."""

from __future__ import annotations

from collections.abc import Sequence

from lawmodel.document import Text, Verdict, strong, text
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.outcomes import predicates, statement, subject


def verdict(
    rulebook: Rulebook, question: str, possible: Sequence[str], lead: str = "", remarks: tuple[Text, ...] = ()
) -> Verdict:
    """The verdict for the outcomes that are possible; ``lead`` says when it is the answer."""
    if len(possible) == 1:
        said = text(lead, strong(statement(rulebook, question, possible[0])))
    else:
        depends = strong(f"{subject(rulebook, question).rstrip(',')}: it depends")
        said = text(lead, depends, f" ({predicates(rulebook, question, possible)})")
    return Verdict(said, " ".join(possible), remarks)
