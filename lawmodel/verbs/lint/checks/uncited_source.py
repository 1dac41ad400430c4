"""A source that is registered and never cited."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.rulebook.uses import citations
from lawmodel.verbs.lint.findings import About, Finding
from lawmodel.verbs.lint.findings import plainly as render
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw

ABOUT = About(
    id="uncited-source",
    title="A source that is never cited",
    severity="warning",
    means="No entry of the rulebook names it among its sources, and no step says that it gives another date.",
    mend="Cite it where it says something, or take it out of the register.",
)
__all__ = ["ABOUT", "check", "render"]


def check(law: SurveyedLaw) -> Iterator[Finding]:
    """Every source that nothing cites."""
    rulebook = law.rulebook
    cited = {one.source.id for one in citations(rulebook)}
    cited |= {
        other.id
        for instrument in rulebook.instruments.values()
        for step in instrument.steps
        for other in step.disputed_by
    }
    cited |= {source.id for one in rulebook.properties.values() for source in one.sources}
    for name, source in rulebook.sources.items():
        if name not in cited:
            yield Finding(ABOUT.id, source.place, "source", name, f"Nothing cites {name} ({source.title}).")
