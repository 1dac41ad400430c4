"""A provision that disapplies another which would not apply anyhow."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.verbs.lint.findings import About, Finding
from lawmodel.verbs.lint.findings import plainly as render
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw
from lawmodel.verbs.lint.words import called

ABOUT = About(
    id="idle-disapplication",
    title="A provision that disapplies another in vain",
    severity="warning",
    means="In no case, on any day, under any reading and at any stage, does it apply where the other otherwise would.",
    mend="Take the id out of `disapplies`, or look for conditions of the two that exclude each other.",
)
__all__ = ["ABOUT", "check", "render"]


def check(law: SurveyedLaw) -> Iterator[Finding]:
    """Every pair of provisions of which one is proved never to displace the other."""
    for provision in law.rulebook.provisions.values():
        for name in provision.disapplies:
            other = law.rulebook.provisions[name]
            survey = law.survey(other.question)
            if not survey.can_disapply(provision.id, name):
                message = f"{called(provision)} disapplies {called(other)}, but never applies where that would."
                yield Finding(ABOUT.id, provision.place, "provision", provision.id, message)
