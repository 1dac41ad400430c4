"""Tellings: the law as one source tells it."""

from __future__ import annotations

from typing import Any, ClassVar

from lawmodel.dataclass import dataclass
from lawmodel.problems import Place
from lawmodel.rulebook.entry_types import STRICT
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, kw_only=True)
class ToldReading(ValueObject):
    """How a source reads a contested point, and where."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    reading: str
    option: str
    at: str
    says: str | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class ToldRemark(ValueObject):
    """What a source says that no reading holds."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    at: str
    says: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class Telling(ValueObject):
    """The law as a reader of one source alone would know it; where that is silent, the defaults stand."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    source: str
    stage: str
    stage_at: str | None = None
    readings: tuple[ToldReading, ...] = ()
    remarks: tuple[ToldRemark, ...] = ()
    place: Place

    def chosen(self) -> dict[str, str]:
        """The option of each reading on which the source speaks."""
        return {told.reading: told.option for told in self.readings}
