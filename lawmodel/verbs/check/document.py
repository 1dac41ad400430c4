"""What is wrong with rulebooks and cases, as a document: each problem with its place, then what was checked."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.document import Block, Document, Item, Items, Paragraph, Section, Term, Terms, faint, text
from lawmodel.documents.heading import edition
from lawmodel.documents.problems import diagnostic
from lawmodel.problems import MOST_SHOWN, listed
from lawmodel.verbs.check.result import CheckResult
from lawmodel.words.counts import count


def document(found: CheckResult) -> Document:
    """The problems, the first `MOST_SHOWN` of them, and how the cases stand."""
    problems = found.problems
    blocks: list[Block] = [diagnostic(one) for one in problems[:MOST_SHOWN]]
    if problems:
        rest = f" The first {MOST_SHOWN} are shown." if len(problems) > MOST_SHOWN else ""
        blocks.append(Paragraph(text(f"{count(len(problems), 'problem')} found.{rest}")))
    if found.odd:
        shown = tuple(Item(text(one.message), f"{one.file}:{one.line}") for one in found.odd[:MOST_SHOWN])
        some = text(faint(f"the first {MOST_SHOWN} are shown")) if len(found.odd) > MOST_SHOWN else ()
        blocks.append(Section(text(f"{count(len(found.odd), 'remark')} on cases"), (Items(shown),), some))
    checked = tuple(_checked(found))
    if checked:
        blocks.append(Section(text("What was checked"), (Terms(checked),)))
    return Document(text(_title(found)), tuple(blocks))


def _title(found: CheckResult) -> str:
    """What came of it."""
    parts = [count(len(found.mistakes), "mistake")] if found.mistakes else []
    if found.unmet:
        parts.append(f"{count(len(found.unmet), 'expectation')} not met")
    if parts:
        return ", ".join(parts)
    return "No mistake, and every expectation is met" if found.expectations and found.tested else "No mistake"


def _checked(found: CheckResult) -> Iterator[Term]:
    for rulebook, size in zip(found.rulebooks, found.sizes(), strict=True):
        yield Term(text("Rulebook"), text(size))
        if known := ", ".join(edition(rulebook)):
            yield Term(text("Edition"), text(f"{rulebook.title}, {known}"))
    if found.misconceptions:
        shown = "left untested" if found.unmet is None else "each is tested on its case"
        yield Term(text("Misconceptions"), text(f"{found.misconceptions}: {shown}"))
    if found.cases:
        counted = f"{count(found.cases, 'case')}, {count(found.expectations, 'expectation')}"
        yield Term(text("Cases"), text(f"{counted}: {_standing(found)}"))
    elif found.mistakes and not found.tested:
        yield Term(text("Cases"), text(_standing(found)))
    if found.left_out:
        yield Term(text("Left out"), text(f"{listed(found.left_out)}, because of mistakes"))


def _standing(found: CheckResult) -> str:
    if found.unmet is None:
        return "there are mistakes, so no expectation was tested" if found.mistakes else "well-formed"
    return f"{len(found.unmet)} not met" if found.unmet else "all met"
