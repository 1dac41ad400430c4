"""A condition that nobody would miss, whether it is so or not."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.verbs.lint.findings import About, Finding
from lawmodel.verbs.lint.findings import plainly as render
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw
from lawmodel.verbs.lint.words import condition_says, entry_called, kind_of

ABOUT = About(
    id="condition-without-effect",
    title="A condition that never matters",
    severity="warning",
    means="If it always were so, or never, every outcome, ground and consequence would be the same as now: in every "
    "case, on every day, under every reading and at every stage.",
    mend="Take it out, or look for what stands beside it and settles everything before it.",
)
__all__ = ["ABOUT", "check", "render"]


def check(law: SurveyedLaw) -> Iterator[Finding]:
    """Every condition of a provision that can apply, which is proved never to matter."""
    for part in law.conditions:
        if law.bears(part) and not law.can_tell(part, True) and not law.can_tell(part, False):
            entry = entry_called(law.rulebook, part)
            message = f"{entry}: whether {condition_says(law.rulebook, part)} is so never matters."
            yield Finding(ABOUT.id, part.place, kind_of(part), part.entry, message)
