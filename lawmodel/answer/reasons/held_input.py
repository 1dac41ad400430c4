"""The inputs that a case holds, in words: what is known of it, presumed, or read so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from lawmodel.value_object import ValueObject

WORTH_SAYING: Final = ("left out", "presumed", "default")
"""Of where a value comes from."""


@dataclass(frozen=True, slots=True)
class HeldInput(ValueObject):
    """An input of a case with its value."""

    name: str
    """As users name it: a fact, ``list[1].field``, a reading; ``list[1]`` for a record that is there, ``list[+]`` for
    further records that are not."""
    kind: str
    """``fact``, ``reading``, ``law`` (the day of it), ``record`` or ``further``."""
    title: str
    """What it is."""
    says: str
    """What is so, in the law's words."""
    value: str | bool | int | None
    """As in a case file; None for ``record`` and ``further``."""
    origin: str
    """``given``, ``left out`` or ``presumed``; of a reading ``chosen`` or ``default``."""
    of: str = ""
    """The record it is about: its kind and number."""

    def in_words(self) -> str:
        """What is so, and of which record."""
        return f"{self.of}: {self.says}" if self.of else self.says

    def remark(self) -> str:
        """Its name, with the option of a reading, and where its value comes from unless it was given."""
        option = f": {self.value}" if self.kind == "reading" else ""
        origin = f", {self.origin}" if self.origin in WORTH_SAYING else ""
        return f"{self.name}{option}{origin}"

    def to_json(self) -> dict[str, Any]:
        """Plain data; a value only where there is one."""
        plain: dict[str, Any] = {"input": self.name, "kind": self.kind, "says": self.in_words(), "origin": self.origin}
        if self.value is not None:
            plain["value"] = self.value
        return plain
