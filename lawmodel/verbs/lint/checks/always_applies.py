"""A provision whose conditions exclude nothing."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.rulebook.condition import Always
from lawmodel.verbs.lint.findings import About, Finding
from lawmodel.verbs.lint.findings import plainly as render
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw
from lawmodel.verbs.lint.words import called

ABOUT = About(
    id="always-applies",
    title="A provision whose conditions exclude nothing",
    severity="warning",
    means="While it is in force it applies to every case under every reading, though its conditions are not `always`.",
    mend="Write `when: always` if that is meant; else look for conditions that between them leave nothing out.",
)
__all__ = ["ABOUT", "check", "render"]


def check(law: SurveyedLaw) -> Iterator[Finding]:
    """Every provision that states conditions and is proved to apply whatever the case is."""
    for provision in law.rulebook.provisions.values():
        stated = not isinstance(provision.when, Always) or provision.unless is not None
        survey = law.survey(provision.question)
        if stated and survey.can_apply(provision.id) and not survey.can_fail(provision.id):
            message = f"{called(provision)} applies to every case while it is in force: its conditions exclude nothing."
            yield Finding(ABOUT.id, provision.place, "provision", provision.id, message)
