"""A provision that no case expects as a ground."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.rulebook.uses import EntryNode
from lawmodel.verbs.lint.findings import About, Finding
from lawmodel.verbs.lint.findings import plainly as render
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw
from lawmodel.verbs.lint.words import called

ABOUT = About(
    id="untested-provision",
    title="A provision that no case tests",
    severity="warning",
    means="No case among those given (--scenarios) expects it among the grounds; nor, if it brings consequences and no "
    "outcome, one of those. A provision that only disapplies others is not looked at.",
    mend="Write a case that it decides, with `grounds` in `expect`; `lawmodel find --decided-only-by` finds one.",
)
__all__ = ["ABOUT", "check", "render"]


def check(law: SurveyedLaw) -> Iterator[Finding]:
    """Every provision that no expectation names; nothing where no cases are given."""
    if law.cases is None:
        return
    expected = [one for case in law.cases for one in case.expectations]
    grounds = {ground for one in expected for ground in one.grounds or ()}
    consequences = {name for one in expected for name in one.consequences or ()}
    for name, provision in law.rulebook.provisions.items():
        brings = law.uses.ids(EntryNode("provision", name), "consequence")
        if name in grounds or (provision.concludes is None and consequences & set(brings)):
            continue
        if provision.concludes is not None or brings:
            what = "as a ground" if provision.concludes is not None else "what it brings"
            message = f"{called(provision)}: no case expects {'it ' if provision.concludes is not None else ''}{what}."
            yield Finding(ABOUT.id, provision.place, "provision", name, message)
