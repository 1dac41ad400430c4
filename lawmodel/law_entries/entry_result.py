"""What entries of a rulebook have in common as results: what they read, and what reads them."""

from __future__ import annotations

from typing import ClassVar, Final, cast

from lawmodel.dataclass import dataclass
from lawmodel.law_entries.law_view import EntryKind, LawView
from lawmodel.rulebook.uses import EntryNode, Kind
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class UsedBy(ValueObject):
    """An entry that reads another itself."""

    kind: Kind
    id: str
    title: str
    """What it is, in a few words."""


class EntryResult(ValueObject):
    """The base of entries as results: what is written of one stands among its own keys."""

    __slots__ = ()
    view: LawView
    kind: EntryKind
    json_merged: ClassVar[tuple[str, ...]] = ("written",)
    json_written: ClassVar[tuple[str, ...]] = ("written",)

    @property
    def id(self) -> str:
        """The id; of a field with its list."""
        found: str = self.written.id  # type: ignore[attr-defined]
        return found

    def ids(self, kind: Kind) -> tuple[str, ...]:
        """The ids of one kind among everything that the entry reads, itself or through others."""
        return self.view.uses.ids(self.node, kind)

    @property
    def node(self) -> EntryNode:
        """The entry among what reads and is read."""
        return EntryNode(cast("Kind", self.kind), self.id)

    @property
    def used_by(self) -> tuple[UsedBy, ...]:
        """What reads the entry itself."""
        titles = self.view.titles
        return tuple(
            UsedBy(one.kind, one.id, titles.get((one.kind, one.id), "")) for one in self.view.uses.users(self.node)
        )

    @property
    def provisions(self) -> tuple[str, ...]:
        """The provisions that read the entry, themselves or through others."""
        return self.view.uses.provisions(self.node)

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts that the entry reads, itself or through others."""
        return self.ids("concept")

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that the entry reads, itself or through others."""
        return self.ids("fact")


READS: Final = {
    "concepts": "concepts",
    "readings": "reading_ids",
    "facts": "facts",
    "used_by": "used_by",
    "provisions": "provisions",
}


class DependentEntry(EntryResult):
    """The base of entries that read others and are read."""

    __slots__ = ()

    @property
    def reading_ids(self) -> tuple[str, ...]:
        """The readings that the entry reads, itself or through others."""
        return self.ids("reading")
