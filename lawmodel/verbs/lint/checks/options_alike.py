"""Two options of a reading between which no answer changes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from lawmodel.verbs.lint.findings import About, Finding
from lawmodel.verbs.lint.findings import plainly as render
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw

ABOUT = About(
    id="options-alike",
    title="Two options of a reading that come to the same",
    severity="note",
    means="Under both every outcome, ground and consequence is the same, in every case, on every day, under every "
    "option of the other readings and at every stage; some third option makes a difference.",
    mend="Leave them if the sources give different reasons for the same result; else make one of them.",
)
__all__ = ["ABOUT", "check", "render"]


def check(law: SurveyedLaw) -> Iterator[Finding]:
    """Every two options that are proved to come to the same, of readings that matter."""
    for name, reading in law.rulebook.readings.items():
        if len(reading.options) < 3 or not law.can_tell_option(name, reading.options[0].id):
            continue
        for one, other in combinations(reading.options, 2):
            if not law.can_tell_option(name, one.id, other.id):
                message = f"{reading.title} No answer changes between “{one.says}” and “{other.says}”."
                yield Finding(ABOUT.id, other.place, "reading", name, message)
