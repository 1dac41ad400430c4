"""A provision without which every outcome would be the same."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.inquiry.searching.find import View, Wanted, find
from lawmodel.verbs.lint.findings import About, Finding
from lawmodel.verbs.lint.findings import plainly as render
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw
from lawmodel.verbs.lint.words import called

ABOUT = About(
    id="never-decides",
    title="A provision that never changes the outcome",
    severity="note",
    means="It can be a ground, but in no case, on any day, under any reading and at any stage, the only one: another "
    "always supports the same outcome.",
    mend="Often the texts are like that. If not, look for a condition that is wider in the other provision than meant.",
)
__all__ = ["ABOUT", "check", "render"]


def check(law: SurveyedLaw) -> Iterator[Finding]:
    """Every provision that can be a ground, and is proved never to be the only one."""
    for provision in law.rulebook.provisions.values():
        survey = law.survey(provision.question)
        if not survey.can_be_ground(provision.id) or survey.can_decide(provision.id):
            continue
        found = next(find(law.rulebook, provision.question, [View("")], Wanted(grounds=(provision.id,))), None)
        message = f"{called(provision)} never decides: wherever it is a ground, another supports the same outcome."
        if found is not None:
            others = [ground.citation for ground in found.seen[0].answer.grounds if ground.id != provision.id]
            message += f" In the simplest case it is {' and '.join(others)}:"
        yield Finding(
            ABOUT.id,
            provision.place,
            "provision",
            provision.id,
            message,
            None if found is None else found.to_yaml(),
        )
