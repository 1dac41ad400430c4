"""A rulebook as a key of what is made of it: by the digest of its files, and not by all that stands in them.

Two rulebooks that were loaded from the same files are equal, but to compare all of their entries takes longer than much
of what is made of them.
"""

from __future__ import annotations

from lawmodel.rulebook.model import Rulebook


class LawKey:
    """Equal for rulebooks of the same digest; one without a digest is equal to itself alone."""

    __slots__ = ("rulebook",)

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LawKey):
            return NotImplemented
        one, two = self.rulebook, other.rulebook
        return one is two or (bool(one.digest) and one.digest == two.digest)

    def __hash__(self) -> int:
        return hash(self.rulebook.digest)
