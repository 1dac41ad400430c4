"""What stands in the way of an outcome, as a document."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.document import Block, Document, Item, Items, Paragraph, Section, faint, text
from lawmodel.documents.changes import ways
from lawmodel.documents.heading import law_line, subject_of
from lawmodel.documents.reasons import AS_TAKEN, reasons, without_effect
from lawmodel.results.why_not import Path, WhyNot
from lawmodel.words.counts import count
from lawmodel.words.outcomes import both, predicates, statement, subject
from lawmodel.words.steps import open_points


def document(found: WhyNot, *, readings_too: bool = False) -> Document:
    """Which provisions could speak for the outcome and what they fail on; what alone rules it out."""
    rulebook, question = found.rulebook, found.question
    title = text(f"Why not: {statement(rulebook, question, found.outcome)}?")
    law = Paragraph(law_line(rulebook, found.stage, found.law_date))
    return Document(title, (law, *_blocks(found, readings_too)), subject_of(found.title, found.case))


def _blocks(found: WhyNot, readings_too: bool) -> Iterator[Block]:
    rulebook = found.rulebook
    if found.status == "answer":
        yield Paragraph(text("It is the answer. lawmodel why says what settles it."))
        return
    if found.status == "possible":
        yield Paragraph(text("It is still possible. It is enough that what is open comes out so:"))
        yield ways(rulebook.provisions, found.ways)
        yield Paragraph(text("On which open points the answer depends: lawmodel turns-on."))
        return
    now = f"{subject(rulebook, found.question)} {predicates(rulebook, found.question, found.possible)}"
    because = both([rulebook.provisions[name].citation for name, _ in found.overriding])
    applies = f": {because} {'applies' if len(found.overriding) == 1 else 'apply'}" if found.overriding else ""
    yield Paragraph(text(f"{now}{applies}."))
    if found.paths:
        provisions = count(len(found.paths), "provision")
        items = tuple(_path(found, one) for one in found.paths)
        yield Section(text(f"{provisions} could lead to it"), (Items(items),), text("and what each fails on"))
    else:
        yield Paragraph(text("No provision leads to it: it holds where no other outcome does."))
    assert found.found is not None
    if not found.found.reasons or not found.found.reasons[0].inputs:
        yield Paragraph(text("No case whatever has this outcome under this law."))
        return
    yield from reasons(rulebook, found.found, "rule it out")
    if not readings_too:
        yield Paragraph(text(AS_TAKEN))
    yield Paragraph(text(f"What would have to change: lawmodel change CASE --to {found.outcome}"))
    yield from without_effect(found.found)


def _path(found: WhyNot, path: Path) -> Item:
    provision = found.rulebook.provisions[path.provision]
    if path.speaks is False:
        fails = ("it applies, but to another end: " if path.applies else "") + path.says
    elif path.speaks:
        fails = "it applies, and a stronger outcome overrides it"
    else:
        points = "; ".join(dict.fromkeys(point.says for point in open_points(path.step)))
        fails = f"open: {points}" if points else "open, and ruled out all the same"
    return Item(text(f"{provision.citation}  {provision.title}", faint(f" — {fails}" if fails else "")), provision.id)
