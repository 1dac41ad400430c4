"""A question with cases to which no provision speaks."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.inquiry.searching.find import View, Wanted, find
from lawmodel.verbs.lint.findings import About, Finding
from lawmodel.verbs.lint.findings import plainly as render
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw
from lawmodel.verbs.lint.words import asked

ABOUT = About(
    id="silent-default",
    title="A question that some cases leave to its default",
    severity="note",
    means="There are cases to which no provision speaks, so that the last outcome of the question holds because "
    "nothing else does. The simplest is shown, by the law in force and the readings taken by default.",
    mend="Most questions are meant so. If this one is not, let a provision speak to the case that is shown.",
)
__all__ = ["ABOUT", "check", "render"]


def check(law: SurveyedLaw) -> Iterator[Finding]:
    """Each question once, where it has such a case."""
    for question in law.rulebook.questions.values():
        last = question.outcomes[-1]  # which no provision can conclude
        law.progress(f"cases that {question.id} leaves to its default")
        found = next(find(law.rulebook, question.id, [View("")], Wanted(last.id)), None)
        if found is not None:
            message = f"{asked(question)} is answered “{last.means}” where no provision speaks. The simplest case:"
            yield Finding(ABOUT.id, last.place, "question", question.id, message, found.to_yaml())
