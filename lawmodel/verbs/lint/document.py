"""Findings of checks as a document: how many, then each with its place, in the order of the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lawmodel.document import (
    Block,
    Document,
    Fold,
    Listing,
    Note,
    Paragraph,
    Section,
    Text,
    faint,
    identifier,
    strong,
    text,
)
from lawmodel.documents.heading import by_rulebook
from lawmodel.verbs.lint.findings import CheckList, LintReport, Reported, plainly
from lawmodel.words.counts import count
from lawmodel.words.outcomes import both


def document(report: LintReport) -> Document:
    """Everything that was found; what is accepted is folded."""
    blocks = (*_blocks(report), *by_rulebook(report.header.rulebook))
    return Document(text("Checks of the rulebook"), blocks, text(report.title))


def _blocks(report: LintReport) -> Iterator[Block]:
    if report.interrupted:
        so_far = "this was found so far" if report.standing else "nothing is said of what was not looked at"
        yield Note(text(f"Interrupted: {so_far}."))
    if report.findings or not report.interrupted:
        yield Paragraph(_counted(report))
    for number, one in enumerate(report.standing):
        yield _finding(one, with_mend=_first_of_its_check(report.standing, number))
    if report.accepted:
        accepted = tuple(_finding(one) for one in report.findings if one.accepted is not None)
        yield Fold(text(f"{count(report.accepted, 'accepted finding')}, and why"), accepted)


def _counted(report: LintReport) -> Text:
    counts = report.counts
    by_severity = {"error": counts.error, "warning": counts.warning, "note": counts.note}
    parts = [count(number, name) for name, number in by_severity.items() if number]
    parts += [f"{report.accepted} accepted"] if report.accepted else []
    made = count(len(report.checks), "check")
    tested = "" if report.cases is None else f" against {count(report.cases, 'case')}"
    return text(f"{made}{tested}: ", strong(both(parts) or "nothing found"), ".")


def _first_of_its_check(shown: Sequence[Reported], number: int) -> bool:
    return all(one.check != shown[number].check for one in shown[:number])


def _finding(one: Reported, *, with_mend: bool = False) -> Section:
    severity = one.severity if one.accepted is not None else strong(one.severity)
    title = text(identifier(f"{one.file}:{one.line}:{one.column}:"), " ", severity, faint(f"  {one.check}"))
    blocks = list(_says(one))
    if one.accepted is not None:
        blocks.append(Paragraph(text(f"Accepted: {one.accepted.because}")))
    elif with_mend:
        blocks.append(Paragraph(text(faint(one.mend))))
    return Section(title, tuple(blocks))


def _says(one: Reported) -> Iterator[Block]:
    if one.example is not None and one.text == plainly(one.finding):
        yield Paragraph(text(one.message))
        yield Listing(one.example, "yaml")
    else:
        yield from (Paragraph(text(line)) for line in one.text.splitlines())


def checks_document(checks: CheckList) -> Document:
    """What each check finds."""
    sections = (
        Section(
            text(identifier(one.id)),
            (Paragraph(text(one.means)), Paragraph(text(faint(one.mend)))),
            text(f"{one.title} ({one.severity})"),
        )
        for one in checks.checks
    )
    return Document(text("The checks of a rulebook"), tuple(sections))
