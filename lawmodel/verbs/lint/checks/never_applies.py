"""A provision that can never apply."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.verbs.lint.findings import About, Finding
from lawmodel.verbs.lint.findings import plainly as render
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw
from lawmodel.verbs.lint.words import called

ABOUT = About(
    id="never-applies",
    title="A provision that can never apply",
    severity="error",
    means="No case, on any day, under any reading and at any stage, meets its conditions while nothing disapplies it.",
    mend="Look for conditions that exclude each other, or take the provision out.",
)
__all__ = ["ABOUT", "check", "render"]


def check(law: SurveyedLaw) -> Iterator[Finding]:
    """Every provision that is proved never to apply."""
    for provision in law.rulebook.provisions.values():
        if not law.survey(provision.question).can_apply(provision.id):
            message = f"{called(provision)} can never apply: no case meets its conditions."
            yield Finding(ABOUT.id, provision.place, "provision", provision.id, message)
