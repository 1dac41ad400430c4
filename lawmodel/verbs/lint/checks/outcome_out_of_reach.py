"""An outcome that no case has."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.verbs.lint.findings import About, Finding
from lawmodel.verbs.lint.findings import plainly as render
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw
from lawmodel.verbs.lint.words import asked

ABOUT = About(
    id="outcome-out-of-reach",
    title="An outcome that no case has",
    severity="error",
    means="In no case, on any day, under any reading and at any stage, is it the answer.",
    mend="Let a provision conclude it, or look for what always overtakes it; or take it out of the question.",
)
__all__ = ["ABOUT", "check", "render"]


def check(law: SurveyedLaw) -> Iterator[Finding]:
    """Every outcome that is proved to be out of reach."""
    for question in law.rulebook.questions.values():
        for outcome in question.outcomes:
            if not law.survey(question.id).can_reach(outcome.id):
                message = f"{asked(question)} is never answered “{outcome.means}”."
                yield Finding(ABOUT.id, outcome.place, "outcome", outcome.id, message)
