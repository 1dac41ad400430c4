"""Properties of the law as a whole, which are proved or refuted."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from typing import Any, ClassVar, Literal

from lawmodel.dataclass import dataclass
from lawmodel.problems import Place
from lawmodel.rulebook.entry_types import STRICT, Condition
from lawmodel.rulebook.source import SourceRef
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, kw_only=True)
class Change(ValueObject):
    """In what a second case, or the law under which it is looked at, differs from the first; in nothing else."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    facts: tuple[str, ...] = ()
    """Facts, fields (``list.field``) and lists that may be anything in the second case."""
    to: Mapping[str, str] = field(default_factory=dict)
    """Facts that have these values in the second case."""
    one_more: str | None = None
    """A list that has one more record in the second case."""
    such_that: Condition | None = None
    """What holds of that record."""
    readings: Mapping[str, str] = field(default_factory=dict)
    on: datetime.date | None = None
    stage: str | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Claims(ValueObject):
    """What a property claims of every case, or of every two; all of it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    always: tuple[str, ...] = ()
    """The outcome is one of these."""
    never: tuple[str, ...] = ()
    """The outcome is none of these."""
    ground: tuple[str, ...] = ()
    """Each of these provisions is a ground."""
    no_ground: tuple[str, ...] = ()
    brings: tuple[str, ...] = ()
    """Each of these consequences follows."""
    never_brings: tuple[str, ...] = ()
    compared: Literal["same_outcome", "same_answer", "no_weaker", "no_stronger"] | None = None
    """How the second answer stands to the first; an outcome is weaker than those before it in the question."""
    place: Place


@dataclass(frozen=True, kw_only=True)
class Property(ValueObject):
    """A statement about the law itself, for every case: proved, or refuted by one."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    says: str
    question: str
    claims: Claims
    holds: bool
    given: Condition | None = None
    readings: Mapping[str, str] = field(default_factory=dict)
    """Those that are settled; of all others every option is meant, unless they are taken by default."""
    by_default: bool = False
    """Whether readings that are not settled, and have a default, have it."""
    on: datetime.date | None = None
    """The day of the law; without it, every day (``since`` and ``until``)."""
    since: datetime.date | None = None
    until: datetime.date | None = None
    stages: tuple[str, ...] = ()
    """The stages that bills may have reached; without any, the last."""
    changed: Change | None = None
    because: str | None = None
    """Why it holds, or what the case shows that refutes it."""
    sources: tuple[SourceRef, ...] = ()
    place: Place
