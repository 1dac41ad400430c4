"""The annotated law: provisions with all that they read, who reads them how, and which cases test them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, Final

from lawmodel.cached_property import cached_property
from lawmodel.dataclass import dataclass
from lawmodel.law_entries.entries import AnyEntry, entry_result
from lawmodel.law_entries.law_view import Entry, EntryKind, LawResult, LawView
from lawmodel.law_entries.tested import TestingFile, Tests
from lawmodel.reasoning.resolve import by_citation
from lawmodel.rulebook.uses import EntryNode, citations
from lawmodel.value_object import ValueObject

READ: Final[tuple[EntryKind, ...]] = ("reading", "concept", "conclusion", "consequence", "date", "number", "instrument")
"""Of these kinds are the entries that are annotated with the provisions that read them, in this order."""


@dataclass(frozen=True, slots=True)
class AnnotatedEntry(ValueObject):
    """An entry, and the cases that test it."""

    entry: AnyEntry
    tested_by: tuple[TestingFile, ...]


@dataclass(frozen=True)
class AnnotatedLaw(LawResult):
    """Provisions by their questions, then what they read, then the sources that all of these cite."""

    view: LawView
    entries: tuple[AnnotatedEntry, ...]
    is_whole: bool
    """Whether it has every provision of the rulebook."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "rulebook": "rulebook",
        "program": "program",
        "law": "law",
        "entries": "entries",
    }

    @property
    def title(self) -> str:
        """What it is called."""
        return f"{self.view.rulebook.title}: the annotated law"

    def of_kind(self, kind: EntryKind) -> tuple[AnnotatedEntry, ...]:
        """The entries of one kind."""
        return tuple(one for one in self.entries if one.entry.kind == kind)

    def provisions_of(self, question: str) -> tuple[AnnotatedEntry, ...]:
        """The provisions that answer a question, in the order of their citations."""
        written = self.view.rulebook.provisions
        found = [one for one in self.of_kind("provision") if written[one.entry.id].question == question]
        return tuple(sorted(found, key=lambda one: by_citation(written[one.entry.id].citation)))

    @cached_property
    def named(self) -> frozenset[tuple[str, str]]:
        """Every entry by its kind and id."""
        return frozenset((one.entry.kind, one.entry.id) for one in self.entries)


def annotated_law(view: LawView, provisions: Sequence[Entry], tests: Tests) -> AnnotatedLaw:
    """The annotated law of provisions; of the whole rulebook where none is named."""
    rulebook = view.rulebook
    wanted = [entry for entry in view.entries if entry.kind == "provision" and (not provisions or entry in provisions)]
    read = {node for entry in wanted for node in view.uses.reached(EntryNode("provision", entry.id))}
    of_kinds = [entry for kind in READ for entry in view.entries if entry.kind == kind]
    kept = [*wanted, *(entry for entry in of_kinds if not provisions or (entry.kind, entry.id) in read)]
    cited = _cited(view, kept)
    kept += [entry for entry in view.entries if entry.kind == "source" and (not provisions or entry.id in cited)]
    annotated = (AnnotatedEntry(entry_result(view, one), tests.of((one.kind, one.id))) for one in kept)
    return AnnotatedLaw(view, tuple(annotated), len(wanted) == len(rulebook.provisions))


def _cited(view: LawView, entries: Iterable[Entry]) -> frozenset[str]:
    named = {(entry.kind, entry.id) for entry in entries}
    words = (entry.value.words for entry in entries if entry.kind == "provision" and entry.value.words is not None)
    cited = (one.source.id for one in citations(view.rulebook) if (one.kind, one.id) in named)
    return frozenset((*cited, *(one.source for one in words), *_disputing(view, named)))


def _disputing(view: LawView, named: set[tuple[EntryKind, str]]) -> Iterator[str]:
    """The sources that give other days for the steps of instruments."""
    for name, instrument in view.rulebook.instruments.items():
        if ("instrument", name) in named:
            yield from (other.id for step in instrument.steps for other in step.disputed_by)
