"""Which laws are too large for what asks the solver of every part of them; it says so at once."""

from __future__ import annotations

from typing import Final

from lawmodel.inquiry.decider import decider
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.reasoning.rewrite import formulas
from lawmodel.rulebook.model import Rulebook

MOST_PARTS: Final = 1_000
"""So many conditions may a question have, with all they rest on written out; the work grows with their square."""


def refuse_beyond(rulebook: Rulebook, verb: str) -> None:
    """Raise `ProblemsFound` where a question has more conditions than a verb about the whole law goes through."""
    for name in rulebook.questions:
        law = decider(rulebook, name, on_a_day=True).question  # what dates the law is not asked about at each law again
        parts = sum(1 for _ in formulas(law))
        if parts > MOST_PARTS:
            message = f"the question `{name}` has {parts:,} conditions with all they rest on; {verb} goes through "
            mend = "Give a part of the rulebook alone, such as the provisions of one article and what they rest on."
            raise ProblemsFound([Problem(f"{message}{MOST_PARTS:,} at most", mend, f"`{verb}`")])
