"""Days: those that the law names, the days beside them, and any others."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from lawmodel.case.arguments import question_problems, raise_problems
from lawmodel.rulebook.model import Rulebook, raise_unless_rulebook
from lawmodel.testing.reads import reads_of_questions
from lawmodel.testing.usual_values import beside, simplest_day

EVERY_FOURTH_IS_ANY = 3


def days(rulebook: Rulebook, question: str | None = None) -> st.SearchStrategy[datetime.date]:
    """Days on which to ask about the law; shrinks to the first of a month on which all of it is in force.

    At and beside every day that the law of a question (without one: of any question) names, on date lines and in
    comparisons; and some other days of those years.
    """
    raise_unless_rulebook(rulebook)
    if question is not None:
        raise_problems(*question_problems(rulebook, question))
    asked = tuple(rulebook.questions) if question is None else (question,)
    named = reads_of_questions(rulebook, asked).days
    simplest = simplest_day(named)
    listed = [datetime.date.fromordinal(day) for day in dict.fromkeys((simplest, *beside(named)))]
    span = st.dates(min(listed), max(listed))
    return st.integers(0, EVERY_FOURTH_IS_ANY).flatmap(
        lambda number: span if number == EVERY_FOURTH_IS_ANY else st.sampled_from(listed)
    )
