"""A reading that changes no answer."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.verbs.lint.findings import About, Finding
from lawmodel.verbs.lint.findings import plainly as render
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw

ABOUT = About(
    id="reading-without-effect",
    title="A reading that changes no answer",
    severity="warning",
    means="Under each of its options every outcome, ground and consequence is the same: in every case, on every day, "
    "under every option of the other readings and at every stage.",
    mend="Let a provision, a concept or a named date read it, or take it out.",
)
__all__ = ["ABOUT", "check", "render"]


def check(law: SurveyedLaw) -> Iterator[Finding]:
    """Every reading that is proved to change nothing."""
    for name, reading in law.rulebook.readings.items():
        if not law.can_tell_option(name, reading.options[0].id):
            message = f"{reading.title} However it is read, no answer changes."
            yield Finding(ABOUT.id, reading.place, "reading", name, message)
