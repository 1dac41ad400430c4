"""The inputs that a case holds, in words: what is known of it, presumed, or read so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.value_object import ValueObject

WORTH_SAYING: Final = ("left out", "presumed", "default")
"""Of where a value comes from."""
Origin: TypeAlias = Literal["given", "left out", "presumed", "follows", "unknown", "chosen", "default"]
"""Of a fact: stated by the case; what leaving it out means; its ordinary value; that of another fact which it is the
same as, or of the law; not known. Of a reading: chosen by somebody, or taken by default."""


@dataclass(frozen=True, slots=True)
class GivenInput(ValueObject):
    """An input of a case with its value."""

    name: str
    """As users name it: a fact, ``list[1].field``, a reading; ``list[1]`` for a record that is there, ``list[+]`` for
    further records that are not."""
    kind: Literal["fact", "list", "reading", "law", "record", "further"]
    """``law`` is the day of it; ``list`` one without records, or not known."""
    title: str
    """What it is."""
    says: str
    """What is so, in the law's words."""
    value: str | bool | int | Mapping[str, str] | None
    """As in a case file, with ``before`` and ``after`` where no more is known of a day; None for ``record`` and
    ``further``."""
    origin: Origin
    of: str = ""
    """The record it is about: its kind and number."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "input": "name",
        "kind": "kind",
        "says": "in_words",
        "origin": "origin",
        "value": "value",
    }
    json_optional: ClassVar[tuple[str, ...]] = ("value",)

    @property
    def in_words(self) -> str:
        """What is so, and of which record."""
        return f"{self.of}: {self.says}" if self.of else self.says

    def remark(self) -> str:
        """Its name, with the option of a reading, and where its value comes from unless it was given."""
        option = f": {self.value}" if self.kind == "reading" else ""
        origin = f", {self.origin}" if self.origin in WORTH_SAYING else ""
        return f"{self.name}{option}{origin}"
