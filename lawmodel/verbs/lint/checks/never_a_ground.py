"""A provision that is always overtaken by a stronger outcome."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.verbs.lint.findings import About, Finding
from lawmodel.verbs.lint.findings import plainly as render
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw
from lawmodel.verbs.lint.words import called

ABOUT = About(
    id="never-a-ground",
    title="A provision that is never a ground of the answer",
    severity="warning",
    means="It can apply, but in no case, on any day, under any reading and at any stage, is it a ground: "
    "wherever it speaks another speaks for a stronger outcome, or its conclusion is never reached.",
    mend="Look at its conclusion and at the order of the outcomes, or at what always applies beside it.",
)
__all__ = ["ABOUT", "check", "render"]


def check(law: SurveyedLaw) -> Iterator[Finding]:
    """Every provision that can apply, concludes something, and is proved never to be a ground."""
    for provision in law.rulebook.provisions.values():
        survey = law.survey(provision.question)
        if provision.concludes is None or not survey.can_apply(provision.id):
            continue
        if not survey.can_be_ground(provision.id):
            message = f"{called(provision)} can apply but is never a ground: a stronger outcome always overtakes it."
            yield Finding(ABOUT.id, provision.place, "provision", provision.id, message)
