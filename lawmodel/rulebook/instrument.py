"""Instruments, such as statutes and bills, with the stages that they have reached and their days."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.problems import Place
from lawmodel.rulebook.entry_types import STRICT
from lawmodel.rulebook.source import SourceRef
from lawmodel.value_object import ValueObject

DateCertainty: TypeAlias = Literal["text", "report", "derived", "open"]


@dataclass(frozen=True, kw_only=True)
class Stage(ValueObject):
    """A stage that a bill passes."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    says: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class OtherDate(ValueObject):
    """Another date that a source gives for the same step, as it gives it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    says: str
    at: str | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Step(ValueObject):
    """A dated step of an instrument; ``version`` names its wording from here on."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    stage: str
    date: datetime.date
    certainty: DateCertainty
    version: str | None = None
    remark: str | None = None
    disputed_by: tuple[OtherDate, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    place: Place


@dataclass(frozen=True, kw_only=True)
class Ceases(ValueObject):
    """The first day on which an instrument is law no longer."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    date: datetime.date
    certainty: DateCertainty
    remark: str | None = None
    sources: tuple[SourceRef, ...] = ()
    place: Place


@dataclass(frozen=True, kw_only=True)
class Instrument(ValueObject):
    """A law or decree, with its date line."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    sources: tuple[SourceRef, ...]
    steps: tuple[Step, ...]
    ceases: Ceases | None = None
    remark: str | None = None
    place: Place
