"""Where the law was seen: sources, what was seen of each, and how sure that makes what rests on it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Final, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.problems import Place
from lawmodel.rulebook.entry_types import STRICT
from lawmodel.value_object import ValueObject

Certainty: TypeAlias = Literal["text", "report", "inference", "memory"]
CERTAINTIES: Final[tuple[Certainty, ...]] = ("text", "report", "inference", "memory")
"""The surest first."""
HowSeen: TypeAlias = Literal["text", "translation", "report", "memory", "none"]
AS_SURE_AS: Final[Mapping[HowSeen, Certainty]] = {
    "text": "text",
    "translation": "report",
    "report": "report",
    "memory": "memory",
    "none": "memory",
}
"""How sure at best is what rests on a source that was seen so."""
MOST_WORDS: Final = 15
"""So many words of the original are quoted at most."""
MOST_OF_SHORT: Final = 12
"""So many words say in short why a provision applies."""


@dataclass(frozen=True, kw_only=True)
class SourceRef(ValueObject):
    """A source and where in it: a clause, or a line of an article."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    json_keys: ClassVar[Mapping[str, str]] = {"id": "id", "at": "at"}
    id: str
    at: str | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Seen(ValueObject):
    """How a source was seen by those who wrote the rulebook, and on which day."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    how: HowSeen
    on: datetime.date | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Words(ValueObject):
    """The operative words on which a provision rests: in the original, translated, and where they stand."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    source: str
    at: str | None = None
    original: str
    translation: str


@dataclass(frozen=True, kw_only=True)
class Source(ValueObject):
    """An entry of the register of sources."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    kind: Literal["instrument", "press", "report"]
    remark: str | None = None
    date: datetime.date | None = None
    address: str | None = None
    """Where it can be read (https:// or http://); it is shown, and never fetched."""
    seen: Seen | None = None
    short: str | None = None
    """What it is called where it was cited in full before, as in a footnote."""
    language: str | None = None
    """The language of its words, by its code: `ru`, `uk`, `en`."""
    place: Place
