"""Linting: all checks of a rulebook made, their findings in the order of the files, with what is accepted."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from importlib.metadata import entry_points
from typing import Final, Protocol

from lawmodel.results.header import Header
from lawmodel.verbs.lint import checks as lint
from lawmodel.verbs.lint.findings import About, Acceptance, Finding, LintReport, Reported
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw

GROUP: Final = "lawmodel.lint"
STALE: Final = About(
    id="stale-acceptance",
    title="An acceptance of what is not found",
    severity="warning",
    means="A finding is accepted that the check, which was made, does not find.",
    mend="Take the acceptance out, or correct the check and the entry that it names.",
)
"""Of the acceptances themselves, looked at when all checks are done."""


class Check(Protocol):
    """A check of a rulebook."""

    ABOUT: About

    def check(self, law: SurveyedLaw, /) -> Iterator[Finding]:
        """Everything of its kind that is found."""

    def render(self, finding: Finding, /) -> str:
        """A finding as it is shown."""


def checks() -> dict[str, Check]:
    """All checks by id: those of the package, then those that others add; raises ValueError for an id used twice."""
    modules = [importlib.import_module(f"{lint.__name__}.{one.name}") for one in pkgutil.iter_modules(lint.__path__)]
    found: dict[str, Check] = {}
    for one in (*modules, *(entry.load() for entry in entry_points(group=GROUP))):
        name = one.ABOUT.id
        if name in found or name == STALE.id:
            raise ValueError(f"two checks have the id `{name}`")
        found[name] = one
    return found


def run_checks(law: SurveyedLaw, chosen: Sequence[Check], accepted: Sequence[Acceptance] = ()) -> LintReport:
    """Make the chosen checks; interrupted from the keyboard, it reports what was found so far."""
    found: list[Reported] = []
    done: set[str] = set()
    interrupted = False
    try:
        for number, one in enumerate(chosen, 1):
            law.progress(f"check {number} of {len(chosen)}: {one.ABOUT.id}")
            for finding in one.check(law):
                found.append(Reported(finding, one.ABOUT, one.render(finding), _acceptance(finding, accepted)))
            done.add(one.ABOUT.id)
    except KeyboardInterrupt:
        interrupted = True
    met = {id(one.accepted) for one in found if one.accepted is not None}
    found += [_stale(one) for one in accepted if one.check in done and id(one) not in met]
    abouts = tuple(one.ABOUT for one in chosen) + ((STALE,) if accepted else ())
    ordered = sorted(found, key=lambda one: (one.finding.place.file, one.finding.place.line, one.finding.place.column))
    return LintReport(
        Header(law.rulebook), abouts, tuple(ordered), None if law.cases is None else len(law.cases), interrupted
    )


def _acceptance(finding: Finding, accepted: Sequence[Acceptance]) -> Acceptance | None:
    return next((one for one in accepted if (one.check, one.entry) == (finding.check, finding.entry)), None)


def _stale(one: Acceptance) -> Reported:
    message = f"{one.check} finds nothing in {one.entry}, so there is nothing to accept."
    return Reported(Finding(STALE.id, one.place, "acceptance", one.entry, message), STALE, message)
