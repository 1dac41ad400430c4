"""Conditions and conclusions as a rulebook states them: concepts by name, readings as switches.

`lawmodel.reasoning.resolve` turns them into formulas for a stage of the law. (No slots here and in the model: a
rulebook is read back from the cache at every start, and classes with slots are slow to read back.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from lawmodel.problems import Place
from lawmodel.value_object import ValueObject

AT: Final = "at"
"""The name of the moment at which a provision tests its conditions."""


class Stated(ValueObject):
    """What stands in a rulebook in place of a condition or conclusion; parsed before validation."""

    place: Place

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Accept instances only: the parser has made them."""
        from pydantic_core import core_schema

        return core_schema.is_instance_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        """A mark, in the place of which `lawmodel.rulebook.schema` puts the written form."""
        return {"x-written": cls.__name__.lower()}


class Condition(Stated):
    """A condition of law."""


class Conclusion(Stated):
    """What a provision concludes."""


@dataclass(frozen=True)
class DateName(ValueObject):
    """A day by its name: ISO day, fact, named date, ``at`` or ``law-date``; or the day an instrument became law."""

    name: str
    place: Place
    became_law: bool = False


@dataclass(frozen=True)
class Always(Condition):
    """Holds always, or never."""

    value: bool
    place: Place


@dataclass(frozen=True)
class AllOf(Condition):
    """Every part holds."""

    parts: tuple[Condition, ...]
    place: Place


@dataclass(frozen=True)
class AnyOf(Condition):
    """Some part holds."""

    parts: tuple[Condition, ...]
    place: Place


@dataclass(frozen=True)
class NotThis(Condition):
    """The part does not hold."""

    part: Condition
    place: Place


@dataclass(frozen=True)
class FactIs(Condition):
    """A fact has one of these values (as written)."""

    path: str
    values: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class FactSameAs(Condition):
    """A fact has the same value as another."""

    path: str
    other: str
    place: Place


@dataclass(frozen=True)
class FactCompared(Condition):
    """A fact compared with a number or a day: ``at_least``, ``before`` and so on."""

    path: str
    comparison: str
    number: int | None
    date: DateName | None
    place: Place


@dataclass(frozen=True)
class ConceptHolds(Condition):
    """A concept, by its name; ``at`` the moment at which it is tested, where it is another than the provision's."""

    concept: str
    at: DateName | None
    place: Place


@dataclass(frozen=True)
class Some(Condition):
    """Some one record for which all of this holds."""

    records: str
    such_that: Condition
    place: Place


@dataclass(frozen=True)
class Switch(Condition):
    """One branch for each option of a reading."""

    reading: str
    branches: Mapping[str, Condition]
    otherwise: Condition | None
    place: Place


@dataclass(frozen=True)
class CountsAsLaw(Condition):
    """An instrument (in this wording) counts as law on the day and at the stage asked for."""

    instrument: str
    version: str | None
    place: Place


@dataclass(frozen=True)
class Concludes(Conclusion):
    """An outcome, or a shared conclusion, by its id; None for nothing."""

    name: str | None
    place: Place


@dataclass(frozen=True)
class ConclusionCases(Conclusion):
    """The first of these whose condition holds."""

    cases: tuple[tuple[Condition, Conclusion], ...]
    otherwise: Conclusion
    place: Place


@dataclass(frozen=True)
class ConclusionSwitch(Conclusion):
    """One branch for each option of a reading."""

    reading: str
    branches: Mapping[str, Conclusion]
    otherwise: Conclusion | None
    place: Place


StatedPart: TypeAlias = Condition | Conclusion


def parts_of(stated: StatedPart) -> Iterator[StatedPart]:
    """The immediate parts of a condition or conclusion."""
    match stated:
        case AllOf(parts) | AnyOf(parts):
            yield from parts
        case NotThis(part):
            yield part
        case Some(_, such_that):
            yield such_that
        case Switch(_, branches, otherwise) | ConclusionSwitch(_, branches, otherwise):
            yield from branches.values()
            if otherwise is not None:
                yield otherwise
        case ConclusionCases(cases, otherwise):
            for condition, conclusion in cases:
                yield condition
                yield conclusion
            yield otherwise


def walk(stated: StatedPart) -> Iterator[StatedPart]:
    """The condition or conclusion itself and everything in it."""
    yield stated
    for part in parts_of(stated):
        yield from walk(part)
