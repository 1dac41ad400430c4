"""Readings: points on which readers of the law differ, with the options that there are."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from typing import Any, ClassVar

from lawmodel.dataclass import dataclass
from lawmodel.problems import Place
from lawmodel.rulebook.entry_types import STRICT, Condition
from lawmodel.rulebook.source import Certainty, SourceRef
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, kw_only=True)
class Held(ValueObject):
    """Since when somebody has read a text so, as far as is known."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    since: datetime.date
    says: str | None = None
    sources: tuple[SourceRef, ...]
    place: Place


@dataclass(frozen=True, kw_only=True)
class WouldSettle(ValueObject):
    """What would settle a point on which careful readers differ."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    says: str
    sources: tuple[SourceRef, ...] = ()
    place: Place


@dataclass(frozen=True, kw_only=True)
class Option(ValueObject):
    """One way to read a contested text, and who reads it so."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    says: str
    supported_by: tuple[SourceRef, ...] = ()
    held: Held | None = None
    place: Place

    @property
    def supporters(self) -> tuple[str, ...]:
        """The sources that support it, by id: each once, in however many places it does."""
        return tuple(dict.fromkeys(one.id for one in self.supported_by))


@dataclass(frozen=True, kw_only=True)
class AddedOption(ValueObject):
    """An option that is added to a reading which another file declares.

    Where the law is read by that reading it is read like another option, but for the conditions of ``branches``, by the
    id of the provision or concept in which they stand.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    reading: str
    id: str
    says: str
    like: str
    supported_by: tuple[SourceRef, ...] = ()
    held: Held | None = None
    branches: Mapping[str, Condition] = field(default_factory=dict)
    place: Place


@dataclass(frozen=True, kw_only=True)
class Reading(ValueObject):
    """A point on which careful readers differ. Without a default it is open."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    why: str
    certainty: Certainty
    options: tuple[Option, ...]
    default: str | None = None
    sources: tuple[SourceRef, ...] = ()
    would_settle: tuple[WouldSettle, ...] = ()
    place: Place

    def option(self, name: str) -> Option:
        """The option of this id; KeyError if there is none."""
        for option in self.options:
            if option.id == name:
                return option
        raise KeyError(name)
