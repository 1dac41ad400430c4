"""What a run over a table came to, as a document: the outcomes, what was left open, and the rows set aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lawmodel.document import Block, Column, Document, Item, Items, Paragraph, Section, Table, Text, identifier, text
from lawmodel.results.header import Header
from lawmodel.verbs.batch.result import BatchResult
from lawmodel.words.counts import count
from lawmodel.words.law import law_of_each_case
from lawmodel.words.outcomes import subject

COUNTS = (Column("Cases", "number"), Column("Share", "number"), Column(kind="identifier"))


def document(found: BatchResult) -> Document:
    """How many rows were decided, and how; then the first of those that cannot be."""
    counted, header = found.counted, found.header
    title = f"{counted.rows:,} of {count(counted.read, 'row')} decided in {counted.seconds:.1f} s"
    blocks: list[Block] = [Paragraph(_asked(header))]
    for label, outcomes in counted.outcomes.items() if counted.rows else ():
        table = _table(found, outcomes)
        blocks.append(Section(text(label), (table,)) if label else table)
    if counted.decided_exactly:
        blocks.append(Paragraph(_left_open(found)))
    if counted.blank:
        were = "is blank and was skipped" if counted.blank == 1 else "are blank and were skipped"
        blocks.append(Paragraph(text(f"{count(counted.blank, 'row')} {were}.")))
    blocks += _remarks(found)
    blocks += _set_aside(found)
    return Document(text(title), tuple(blocks), text(identifier(found.out)))


def _asked(header: Header) -> Text:
    """The question, and the law that is the same for all rows."""
    rulebook, question = header.rulebook, header.question or ""
    law = header.law
    assert law is not None
    said = law_of_each_case(rulebook, law.stage, law.date)
    told = f" As told by {rulebook.tellings[header.told_by].title}." if header.told_by else ""
    return text(f"{rulebook.questions[question].asks} {said[:1].upper()}{said[1:]}.{told}")


def _table(found: BatchResult, outcomes: Mapping[str, int]) -> Table:
    """How often each outcome, the most frequent first."""
    rulebook, says, total = found.header.rulebook, found.says, found.counted.rows
    columns = (Column(subject(rulebook, found.header.question or "").rstrip(",")), *COUNTS)
    rows = [
        (text(says[name]), text(f"{number:,}"), text(f"{number / total:.1%}"), text(name))
        for name, number in sorted(outcomes.items(), key=lambda one: -one[1])
    ]
    return Table(columns, tuple(rows))


def _left_open(found: BatchResult) -> Text:
    counted = found.counted
    what = count(counted.decided_exactly, "case" if len(counted.outcomes) == 1 else "answer")
    leave, each = ("leaves", "It") if counted.decided_exactly == 1 else ("leave", "Each")
    patterns = f"; {count(counted.patterns, 'different pattern')} one at a time" if counted.patterns else ""
    return text(f"{what} {leave} something open. {each} was worked out for every possibility{patterns}.")


def _remarks(found: BatchResult) -> Iterator[Block]:
    """How many rows are odd, and why."""
    rules = {one.id: one for one in found.header.rulebook.consistency}
    rows = tuple((text(rules[name].says), text(f"{n:,}"), text(name)) for name, n in found.counted.remarks.items())
    if rows:
        columns = (Column("Odd"), Column("Rows", "number"), Column(kind="identifier"))
        yield Section(text("Remarks"), (Table(columns, rows),))


def _set_aside(found: BatchResult) -> Iterator[Block]:
    """The first rows that cannot be decided, each with the reason, and where all of them are."""
    counted = found.counted
    if not counted.rejected:
        return
    blocks: list[Block] = [Items(tuple(Item(text(one)) for one in counted.first_rejected))]
    if found.rejects is None:
        blocks.append(Paragraph(text("Left out. --rejects FILE keeps them, with column, value and reason.")))
    else:
        blocks.append(Paragraph(text("All, with column, value and reason: ", identifier(found.rejects))))
    title = f"{count(counted.rejected, 'row')} set aside"
    yield Section(text(title), tuple(blocks))
