"""Findings of checks on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from lawmodel.answer.whole_law.lint import About, Finding, LintReport, Reported, Severity
from lawmodel.answer.words import count

STYLES: Final[dict[Severity, str]] = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}


def plainly(finding: Finding) -> str:
    """A finding as most checks render it: its message, and below it the case that shows it."""
    if finding.example is None:
        return finding.message
    shown = "\n".join(f"  {line}".rstrip() for line in finding.example.splitlines())
    return f"{finding.message}\n{shown}"


def lint_text(report: LintReport, *, accepted_too: bool = False) -> Iterator[RenderableType]:
    """Everything that was found, then how much it is."""
    if report.interrupted:
        so_far = "this was found so far" if report.standing else "nothing is said of what was not looked at"
        yield Text(f"Interrupted: {so_far}.", "yellow")
    shown = report.found if accepted_too else report.standing
    for number, one in enumerate(shown):
        if number:
            yield Text()
        yield from _shown(one, with_mend=_first_of_its_check(shown, number))
    if shown:
        yield Text()
    if shown or not report.interrupted:
        yield Text(summary(report))


def _first_of_its_check(shown: Sequence[Reported], number: int) -> bool:
    return all(one.about.id != shown[number].about.id for one in shown[:number])


def _shown(one: Reported, *, with_mend: bool) -> Iterator[RenderableType]:
    place = one.finding.place
    yield Text.assemble(
        f"{place.file}:{place.line}:{place.column}: ",
        (one.about.severity, "dim" if one.accepted else STYLES[one.about.severity]),
        (f"  {one.about.id}", "dim"),
        no_wrap=True,  # a place is one piece, for editors and eyes
    )
    yield Padding(Text(one.text), (0, 0, 0, 2))
    if one.accepted is not None:
        yield Padding(Text(f"Accepted: {one.accepted.because}", "green"), (0, 0, 0, 2))
    elif with_mend:
        yield Padding(Text(one.about.mend, "dim"), (0, 0, 0, 2))


def summary(report: LintReport) -> str:
    """How much was found, in a line."""
    counts = report.counted()
    parts = [count(number, name) for name, number in counts.items() if number]
    accepted = sum(one.accepted is not None for one in report.found)
    if accepted:
        parts.append(f"{accepted} accepted")
    made = count(len(report.checks), "check")
    tested = "" if report.cases is None else f" against {count(report.cases, 'case')}"
    return f"{report.rulebook.title}: {made}{tested}: {', '.join(parts) or 'nothing found'}"


def checks_text(checks: Sequence[About]) -> Iterator[RenderableType]:
    """What each check finds."""
    for number, one in enumerate(checks):
        if number:
            yield Text()
        yield Text.assemble((one.id, "bold"), "  ", one.title, (f"  {one.severity}", "dim"))
        yield Padding(Text(one.means), (0, 0, 0, 2))
        yield Padding(Text(one.mend, "dim"), (0, 0, 0, 2))
