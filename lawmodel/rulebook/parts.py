"""The parts of a rulebook as written: every condition and conclusion, where it stands, and the rulebook without it.

What asks about the rules themselves (does this limb matter? would anybody notice if it were gone?) puts another
statement in the place of one, and compares the two rulebooks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.digests import sha256
from lawmodel.problems import Place
from lawmodel.rulebook.condition import (
    Some,
    StatedPart,
    parts_of,
    rebuilt,
)
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import in_full

Section: TypeAlias = Literal["provisions", "concepts", "conclusions"]

STATEMENTS: Final[tuple[tuple[Section, tuple[str, ...]], ...]] = (
    ("provisions", ("in_force", "when", "unless", "concludes", "brings")),
    ("concepts", ("when",)),
    ("conclusions", ("concludes",)),
)
"""The sections whose entries state conditions and conclusions, and under which keys."""


@dataclass(frozen=True)
class EntryPart:
    """A condition or conclusion as it is written in an entry."""

    section: Section
    entry: str
    """The id of the provision, concept or shared conclusion in which it stands."""
    key: str
    """``when``, ``unless``, ``in_force``, ``concludes`` or ``brings``."""
    steps: tuple[int, ...]
    """The way to it from the statement under that key: the number of the part at each turn."""
    stated: StatedPart
    records: str | None
    """The list whose records it is about, if it is."""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.stated.place


def parts(rulebook: Rulebook) -> Iterator[EntryPart]:
    """Every condition and conclusion of a rulebook, outer before inner, in the order of the text."""
    for section, keys in STATEMENTS:
        for name, entry in getattr(rulebook, section).items():
            for key in keys:
                stated = getattr(entry, key)
                if stated is not None:
                    about = entry.about if section == "concepts" else None
                    yield from _inside(EntryPart(section, name, key, (), stated, about))


def _inside(part: EntryPart) -> Iterator[EntryPart]:
    yield part
    records = part.stated.records if isinstance(part.stated, Some) else part.records
    for number, inner in enumerate(parts_of(part.stated)):
        yield from _inside(replace(part, steps=(*part.steps, number), stated=inner, records=records))


def with_part(rulebook: Rulebook, part: EntryPart, stated: StatedPart) -> Rulebook:
    """The rulebook with another statement in the place of a part."""
    entries = dict(getattr(rulebook, part.section))
    entry = entries[part.entry]
    entries[part.entry] = replace(entry, **{part.key: _put(getattr(entry, part.key), part.steps, stated)})
    return with_entries(rulebook, part.section, entries, what=(part.entry, part.key, part.steps, stated))


def with_entries(rulebook: Rulebook, section: str, entries: dict[str, Any], what: object) -> Rulebook:
    """The rulebook with other entries in a section; ``what`` tells this change from all others in its digest."""
    changed = sha256(f"{rulebook.digest} {section} {in_full(what)} {[*entries]}".encode()).hexdigest()
    fields: dict[str, Any] = {section: entries}
    return replace(rulebook, **fields, digest=changed, content_hash="")


def _put(whole: StatedPart, steps: Sequence[int], stated: StatedPart) -> StatedPart:
    if not steps:
        return stated
    inner = list(parts_of(whole))
    inner[steps[0]] = _put(inner[steps[0]], steps[1:], stated)
    return rebuilt(whole, inner)
