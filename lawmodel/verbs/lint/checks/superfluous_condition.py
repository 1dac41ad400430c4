"""A condition that can be left out, since what stands beside it says as much."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.verbs.lint.findings import About, Finding
from lawmodel.verbs.lint.findings import plainly as render
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw
from lawmodel.verbs.lint.words import condition_says, entry_called, kind_of

ABOUT = About(
    id="superfluous-condition",
    title="A condition that can be left out",
    severity="note",
    means="If it always were so (or if it never were), every outcome, ground and consequence would be the same as now: "
    "in every case, on every day, under every reading and at every stage. So the rest of the law implies it.",
    mend="Leave it if the text of the law has it. If the text does not, take it out.",
)
__all__ = ["ABOUT", "check", "render"]


def check(law: SurveyedLaw) -> Iterator[Finding]:
    """Every condition that is proved to be implied, or excluded, by the rest wherever it would matter."""
    for part in law.conditions:
        if not law.bears(part):
            continue
        so, not_so = law.can_tell(part, True), law.can_tell(part, False)
        if so != not_so:
            entry, says = entry_called(law.rulebook, part), condition_says(law.rulebook, part)
            always = "always were so" if not so else "never were so"
            message = f"{entry}: if {says} {always} here, no answer would change; the rest of the law settles it."
            yield Finding(ABOUT.id, part.place, kind_of(part), part.entry, message)
