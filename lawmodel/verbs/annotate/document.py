"""The annotated law as one document, and the sheet of each of its entries."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from lawmodel.document import (
    Block,
    Document,
    Fold,
    Item,
    Items,
    Ladder,
    Link,
    Paragraph,
    Section,
    Span,
    Text,
    faint,
    identifier,
    text,
)
from lawmodel.documents.heading import by_rulebook, law_line
from lawmodel.law_entries.blocks import Page
from lawmodel.law_entries.entry_document import entry_among_others
from lawmodel.law_entries.law_view import EntryKind
from lawmodel.law_entries.provision_document import provisions_table
from lawmodel.law_entries.provision_entries import ProvisionEntry
from lawmodel.law_entries.provision_time_line import time_line_of
from lawmodel.law_entries.tested import TestingFile
from lawmodel.verbs.annotate.annotated import AnnotatedEntry, AnnotatedLaw
from lawmodel.words.counts import count

PARTS: Final[dict[EntryKind, tuple[str, str]]] = {
    "reading": ("Readings", "points on which careful readers differ: the options, who supports each, and since when"),
    "concept": ("Concepts", "conditions that provisions share, each said once"),
    "conclusion": ("Shared conclusions", ""),
    "consequence": ("Consequences", "what follows beside an outcome"),
    "date": ("Named days", "days of which provisions speak"),
    "number": ("Numbers", ""),
    "instrument": ("Instruments", "laws and decrees with the days of their steps"),
    "source": ("Sources", "with how and when each was seen, and every place that cites it"),
}
"""The parts of the document behind the provisions: title, and what they hold."""


MOST_TOLD: Final = 8
"""Where no hypothetical tests an entry, so many other files are told by their titles."""


def document(law: AnnotatedLaw) -> Document:
    """All of it as one document, in which every name leads to where it is told."""
    rulebook = law.view.rulebook
    asked = [(question, law.provisions_of(question.id)) for question in rulebook.questions.values()]
    provisions = (
        Section(text(question.asks), tuple(section(one, law.named) for one in found), text(faint(question.id)))
        for question, found in asked
        if found
    )
    parts = (_part(law, kind) for kind in PARTS if law.of_kind(kind))
    return Document(text(law.title), (*introduction(law), *_contents(law), *provisions, *parts))


def _contents(law: AnnotatedLaw) -> Iterator[Section]:
    """The provisions by question, where there are several, and the parts behind them; each leads to its place."""
    if len(law.of_kind("provision")) < 2:
        return
    rulebook, page = law.view.rulebook, Page(law.view, law.named, "contents", apart=True)
    asked = [(question, law.provisions_of(question.id)) for question in rulebook.questions.values()]
    tables = (
        Section(
            text(question.asks),
            (provisions_table(page, [rulebook.provisions[one.entry.id] for one in found], with_outcomes=False),),
            close=True,
        )
        for question, found in asked
        if found
    )
    behind = ", ".join(PARTS[kind][0].lower() for kind in PARTS if law.of_kind(kind))
    yield Section(text("Contents"), (*tables, Paragraph(text(faint(f"Behind them: {behind}.")))))


def introduction(law: AnnotatedLaw) -> Iterator[Block]:
    """What it is, of which law, and how it is to be read."""
    rulebook, view = law.view.rulebook, law.view
    kinds: tuple[tuple[EntryKind, str], ...] = (
        ("provision", "provision"),
        ("reading", "reading"),
        ("source", "source"),
    )
    counted = ", ".join(count(len(law.of_kind(kind)), name) for kind, name in kinds)
    yield Paragraph(law_line(rulebook, view.law.stage, view.law.date.isoformat()))
    yield Paragraph(text(faint(counted)))
    said = (
        "Each provision stands with its words in the original, as far as they were seen, and with a translation.",
        "“In the rulebook” says what this rulebook takes the provision to say. It is no official text.",
        "A point that is read in more than one way is a reading. Its options are not ranked. Where one is the "
        "default, the reason is given.",
        "The id of a version names the first day on which the provision is law. If that day is computed, it says so.",
    )
    yield Section(text("How to read it"), (Items(tuple(Item(text(one)) for one in said)),))
    yield from by_rulebook(rulebook)


def _part(law: AnnotatedLaw, kind: EntryKind) -> Section:
    title, says = PARTS[kind]
    return Section(text(title), tuple(section(one, law.named) for one in law.of_kind(kind)), text(faint(says)))


def section(one: AnnotatedEntry, named: Collection[tuple[str, str]]) -> Section:
    """An entry as a part of the document."""
    told = sheet(one, named, of_part=True)
    return Section(told.title, told.blocks, told.subject, told.anchor)


def sheet(one: AnnotatedEntry, named: Collection[tuple[str, str]], *, of_part: bool = False) -> Document:
    """An entry: what is written of it, and for a provision its time line; and the cases that test it.

    ``named``: by kind and id, the entries on the same page; ``of_part``: they are a part of the law, read by itself.
    """
    told = entry_among_others(one.entry, named, of_part=of_part)
    blocks = [*told.blocks]
    if isinstance(one.entry, ProvisionEntry):
        drawn = time_line_of(one.entry)
        last = max(number for number, block in enumerate(blocks) if isinstance(block, Ladder))
        blocks[last + 1 : last + 1] = () if drawn is None else (drawn,)
    return replace(told, blocks=(*blocks, *_tests(one.tested_by)))


def _tests(files: Sequence[TestingFile]) -> Iterator[Section]:
    """The hypotheticals, or else the first few, a line each; further files are folded."""
    told = [one for one in files if one.hypothetical is not None] or files[:MOST_TOLD]
    rest = [one for one in files if one not in told]
    if not told:
        return
    blocks: list[Block] = [Items(tuple(Item(_test(one)) for one in told))]
    if rest:
        names: list[Span | str] = []
        for one in rest:
            names += [", " if names else "", identifier(one.file, Link("case", one.file))]
        blocks.append(Fold(text(f"{count(len(rest), 'further file')} of cases"), (Paragraph(text(*names)),)))
    yield Section(text("Tested by"), tuple(blocks), text(faint(f"{count(len(files), 'file')} of cases")))


def _test(one: TestingFile) -> Text:
    named = Span(one.title, link=Link("case", one.file))
    more = faint(f", {count(one.cases, 'case')}") if one.cases > 1 else ""
    if one.hypothetical is not None:
        return text(f"Hypothetical {one.hypothetical}: ", named, more)
    return text(named, more, faint("  "), identifier(one.file))
