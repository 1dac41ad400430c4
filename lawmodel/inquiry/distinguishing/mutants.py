"""Mutants of a rulebook: the law with one small thing otherwise, as it might be if somebody had made a slip.

Each is made from a rulebook by its number, so that several processes can share the work.
"""

from __future__ import annotations

from collections.abc import Callable

from lawmodel.dataclass import dataclass
from lawmodel.inquiry.distinguishing.mutated_entries import entry_slips
from lawmodel.inquiry.distinguishing.mutated_statements import Slip, statement_slips
from lawmodel.problems import Place
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.parts import EntryPart, parts, with_part


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rulebook with one thing otherwise."""

    number: int
    """Its place among all mutants of the rulebook, from 1."""
    kind: str
    section: str
    entry: str
    key: str
    place: Place
    was: str
    """In the law's words, as far as there are any."""
    would_be: str
    make: Callable[[], Rulebook]
    """Gives the changed rulebook."""


def mutants(rulebook: Rulebook) -> list[Mutant]:
    """All mutants, in the order of the text."""
    found: list[Mutant] = []
    for part in parts(rulebook):
        for slip in statement_slips(rulebook, part):
            make = _Changed(rulebook, part, slip)
            found.append(_mutant(len(found) + 1, slip, part.section, part.entry, part.key, part.place, make))
    for change in entry_slips(rulebook):
        slip = Slip(change.kind, change.was, change.would_be, None)
        found.append(_mutant(len(found) + 1, slip, change.section, change.entry, change.key, change.place, change.make))
    return found


def _mutant(
    number: int, slip: Slip, section: str, entry: str, key: str, place: Place, make: Callable[[], Rulebook]
) -> Mutant:
    return Mutant(number, slip.kind, section, entry, key, place, slip.was, slip.would_be, make)


@dataclass(frozen=True, slots=True)
class _Changed:
    rulebook: Rulebook
    part: EntryPart
    slip: Slip

    def __call__(self) -> Rulebook:
        assert self.slip.stated is not None
        return with_part(self.rulebook, self.part, self.slip.stated)
