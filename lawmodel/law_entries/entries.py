"""Entries of a rulebook as results: as they are written, with what follows from them beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.law_entries.entry_result import EntryResult
from lawmodel.law_entries.law_view import Entry, EntryKind, LawResult, LawView
from lawmodel.law_entries.misconceptions import MisconceptionEntry
from lawmodel.law_entries.provision_entries import (
    ConceptEntry,
    ConclusionEntry,
    ConsequenceEntry,
    DateEntry,
    NumberEntry,
    OutcomeEntry,
    ProvisionEntry,
    QuestionEntry,
)
from lawmodel.law_entries.source_entries import InstrumentEntry, ReadingEntry, SourceEntry, StageEntry, TellingEntry
from lawmodel.rulebook.model import (
    Choices,
    Consistency,
    Fact,
    Gap,
    Property,
)
from lawmodel.rulebook.uses import EntryNode

# --- facts and properties ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FactEntry(EntryResult):
    """What can be known of a case: a fact, or a field of the records of a list."""

    view: LawView
    written: Fact
    within: str | None
    """The list whose records have it; None where it is no field."""
    kind: Literal["fact"] = "fact"

    json_keys: ClassVar[Mapping[str, str]] = {
        "entry": "kind",
        "written": "written",
        "choices": "choices",
        "choices_list": "choices_list",
        "dates_the_law": "dates_the_law",
        "used_by": "used_by",
        "provisions": "provisions",
        "consistency": "consistency",
        "id": "id",
    }
    json_optional: ClassVar[tuple[str, ...]] = ("choices", "choices_list")
    json_written: ClassVar[tuple[str, ...]] = ("written", "consistency")

    @property
    def id(self) -> str:
        """The path; of a field with its list."""
        return self.written.id if self.within is None else f"{self.within}.{self.written.id}"

    @property
    def choices(self) -> Mapping[str, str] | None:
        """The values that it may have, in words, wherever they are listed; None where it is no choice."""
        return None if self.written.choices is None else self.view.rulebook.choices_of(self.written)

    @property
    def choices_list(self) -> str | None:
        """The list in which its values stand, where several facts share one."""
        return self.written.choices if isinstance(self.written.choices, str) else None

    @property
    def dates_the_law(self) -> bool:
        """Whether the law that is applied is that of this day, or can be."""
        return self.id == self.view.rulebook.law_date or self.node in self.view.uses.in_law_day

    @property
    def consistency(self) -> tuple[Consistency, ...]:
        """The orders of days in which it has a place, and what no case is, or is odd, that speaks of it."""
        rules, named = self.view.rulebook.consistency, EntryNode("fact", self.id)
        return tuple(one for one in rules if self.id in one.order or named in self.view.uses.in_rule(one))


@dataclass(frozen=True, slots=True)
class ChoicesEntry(EntryResult):
    """A list of choices, and the facts that share it."""

    view: LawView
    written: Choices
    kind: Literal["choices"] = "choices"

    json_keys: ClassVar[Mapping[str, str]] = {"entry": "kind", "written": "written", "facts": "sharing", "id": "id"}

    @property
    def sharing(self) -> tuple[str, ...]:
        """The facts whose values stand in it."""
        return tuple(one.id for one in self.view.entries if one.kind == "fact" and one.value.choices == self.id)


@dataclass(frozen=True, slots=True)
class PropertyEntry(EntryResult):
    """A property that the rulebook states of its law."""

    view: LawView
    written: Property
    kind: Literal["property"] = "property"

    json_keys: ClassVar[Mapping[str, str]] = {"entry": "kind", "written": "written", "id": "id"}


@dataclass(frozen=True, slots=True)
class GapEntry(EntryResult):
    """What was looked for and not found, or not read, and what it could touch."""

    view: LawView
    written: Gap
    kind: Literal["gap"] = "gap"

    json_keys: ClassVar[Mapping[str, str]] = {"entry": "kind", "written": "written", "id": "id"}


# --- entries of any kind -----------------------------------------------------------------------------


AnyEntry: TypeAlias = (
    QuestionEntry
    | OutcomeEntry
    | ProvisionEntry
    | ConceptEntry
    | ConclusionEntry
    | ConsequenceEntry
    | NumberEntry
    | DateEntry
    | ReadingEntry
    | TellingEntry
    | PropertyEntry
    | GapEntry
    | MisconceptionEntry
    | InstrumentEntry
    | StageEntry
    | SourceEntry
    | FactEntry
    | ChoicesEntry
)
OF_KIND: Final[Mapping[EntryKind, Callable[[LawView, Any], AnyEntry]]] = {
    "question": QuestionEntry,
    "provision": ProvisionEntry,
    "concept": ConceptEntry,
    "conclusion": ConclusionEntry,
    "consequence": ConsequenceEntry,
    "number": NumberEntry,
    "date": DateEntry,
    "reading": ReadingEntry,
    "telling": TellingEntry,
    "property": PropertyEntry,
    "gap": GapEntry,
    "misconception": MisconceptionEntry,
    "instrument": InstrumentEntry,
    "stage": StageEntry,
    "source": SourceEntry,
    "choices": ChoicesEntry,
}


def entry_result(view: LawView, entry: Entry) -> AnyEntry:
    """An entry with what follows from it."""
    if entry.kind == "fact":
        return FactEntry(view, entry.value, entry.within)
    if entry.kind == "outcome":
        return OutcomeEntry(view, entry.value, str(entry.within))
    return OF_KIND[entry.kind](view, entry.value)


@dataclass(frozen=True, slots=True)
class LawEntries(LawResult):
    """Several entries, and the law that they are shown for."""

    view: LawView
    entries: tuple[AnyEntry, ...]

    json_keys: ClassVar[Mapping[str, str]] = {
        "rulebook": "rulebook",
        "program": "program",
        "law": "law",
        "entries": "entries",
    }
