"""Which provisions read a fact: the same on every page, so it is worked out once."""

from __future__ import annotations

from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.uses import EntryNode, Uses


class Readers:
    """The provisions of a rulebook by the facts that they read, themselves or through others."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._uses = Uses(rulebook)
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, path: str) -> tuple[str, ...]:
        """The provisions that read a fact, or a field as ``list.field``."""
        if path not in self._known:
            self._known[path] = self._uses.provisions(EntryNode("fact", path))
        return self._known[path]
