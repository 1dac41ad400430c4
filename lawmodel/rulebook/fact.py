"""Facts: what can be known of a case, how it is asked and said, and which values are likely."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, ClassVar, Literal, TypeAlias, assert_never

from lawmodel.dataclass import dataclass
from lawmodel.inputs import Sort
from lawmodel.problems import Place
from lawmodel.rulebook.entry_types import STRICT
from lawmodel.time_spans import Measure
from lawmodel.value_object import ValueObject

FactType: TypeAlias = Literal["yes/no", "date", "number", "span", "choice", "records"]
"""How a fact is declared, asked and written; `Fact.sort` is what the engines see of it."""


@dataclass(frozen=True, kw_only=True)
class Choices(ValueObject):
    """A named list of choices that several facts share."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    of: Mapping[str, str]
    place: Place


@dataclass(frozen=True, kw_only=True)
class Word(ValueObject):
    """A word that may stand for a day, or for a number that is greater than every other."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    means: Literal["before_every_day", "after_every_day", "no_day", "above_every_number"]
    says: str
    place: Place


@dataclass(frozen=True)
class SameAs(ValueObject):
    """Left out, a fact has the value of another."""

    path: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class LikelyValues(ValueObject):
    """How a fact mostly is in life: what cases are made up with. Nothing is presumed or decided by it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    values: tuple[str, ...] = ()
    """Those that it mostly has."""
    same_as: str | None = None
    """Of a choice: it is mostly what this fact is, or this field of the first record (``list.field``)."""
    records: int | None = None
    """Of a list: it mostly has so many, and not fewer."""
    before: str | None = None
    """Of a day: it mostly lies so many days (from, to) before another."""
    after: str | None = None
    days: tuple[int, ...] = ()
    working_day: bool | None = None
    """Of a day: it mostly is a working day: no Saturday, no Sunday, and none of the days off of the rulebook."""
    answered: Mapping[str, str] = field(default_factory=dict)
    """Of a day: on it these questions mostly had these outcomes, such as that a law allowed what was done."""
    place: Place


@dataclass(frozen=True, kw_only=True)
class Fact(ValueObject):
    """Something that can be known of a case; or a field of a record; or a list of records."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    type: FactType
    title: str
    ask: str
    yes: str | None = None
    no: str | None = None
    choices: Mapping[str, str] | str | None = None
    phrase: str | None = None
    unit: Measure | None = None
    """In what a span of time is told."""
    words: Mapping[str, Word] = field(default_factory=dict)
    left_out: str | SameAs = "unknown"
    ordinary: str | None = None
    fixed: bool = False
    judgment: bool = False
    """Whether it states what is a judgment of law, so that a case which gives it has judged already."""
    each: str | None = None
    none: str | None = None
    likely: LikelyValues | None = None
    of: tuple[Fact, ...] = ()
    place: Place

    @property
    def sort(self) -> Sort:
        """What it ranges over. Where only this matters it is asked, so that types of one sort need no words there."""
        match self.type:
            case "yes/no" | "date" | "number" | "choice" | "records":
                return self.type
            case "span":
                return "number"
            case _:
                assert_never(self.type)
