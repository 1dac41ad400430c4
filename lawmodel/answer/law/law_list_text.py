"""Entries of a rulebook in a list, on a terminal: those of a citation, and those that say something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from lawmodel.answer.law.law_parts import columns, indented, section
from lawmodel.answer.law.law_search import FoundEntry
from lawmodel.answer.law.law_view import Entry
from lawmodel.answer.words import count


def of_citation(typed: str, entries: Sequence[Entry]) -> Iterator[RenderableType]:
    """The entries whose citations are meant."""
    yield section(f"{typed}: {count(len(entries), 'entry', 'entries')}", "lawmodel law ID shows one")
    table = columns(38, None, None)
    for entry in entries:
        table.add_row(Text(entry.value.citation), Text(entry.title), Text(f"{entry.kind} {entry.id}", "dim"))
    yield indented(table)
    yield Text()


def that_say(words: str, found: Sequence[FoundEntry]) -> Iterator[RenderableType]:
    """The entries that say something, each with the words around it."""
    yield section(f"“{words}”: {count(len(found), 'entry', 'entries')}", "lawmodel law ID shows one")
    yield Text()
    for one in found:
        yield Text.assemble((one.entry.heading, "cyan"), f"  {one.entry.title}")
        table = columns(40, None)
        for hit in one.hits:
            before, said, after = hit.around()
            table.add_row(Text(hit.key, "dim"), Text.assemble(before, (said, "bold yellow"), after))
        yield indented(table)
