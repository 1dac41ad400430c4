"""Named dates: days that a rule works out of others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeAlias, assert_never

from lawmodel.dataclass import dataclass
from lawmodel.problems import Place
from lawmodel.rulebook.condition import DateName
from lawmodel.rulebook.entry_types import STRICT
from lawmodel.rulebook.source import Certainty, SourceRef
from lawmodel.value_object import ValueObject


@dataclass(frozen=True)
class FirstDay(ValueObject):
    """The first of several days that there is: what never happens has none. The last is taken whatever it is."""

    days: tuple[DateName, ...]
    place: Place


@dataclass(frozen=True)
class DateSwitch(ValueObject):
    """A day for each option of a reading (``otherwise`` for the rest)."""

    reading: str
    branches: Mapping[str, DateName | FirstDay]
    place: Place


DateRule: TypeAlias = DateName | FirstDay | DateSwitch
"""What a named date stands for."""


def days_in(rule: DateRule) -> tuple[DateName, ...]:
    """Every day that a rule names, under whatever option."""
    match rule:
        case DateName():
            return (rule,)
        case FirstDay(days):
            return days
        case DateSwitch(_, branches):
            return tuple(day for one in branches.values() for day in days_in(one))
        case _:
            assert_never(rule)


@dataclass(frozen=True, kw_only=True)
class NamedDate(ValueObject):
    """A date that the law speaks of, for instance the critical date."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    value: DateName | FirstDay | DateSwitch
    sources: tuple[SourceRef, ...]
    certainty: Certainty
    why: str | None = None
    place: Place
