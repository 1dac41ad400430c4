"""Entries of a rulebook as plain data, in the form in which a rulebook is written (see docs/rulebook.md)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, assert_never, cast

from lawmodel.problems import Place
from lawmodel.rulebook.condition import (
    AllOf,
    Always,
    AnyOf,
    ConceptHolds,
    Concludes,
    ConclusionCases,
    ConclusionSwitch,
    Count,
    CountsAsLaw,
    DateName,
    FactCompared,
    FactIs,
    FactSameAs,
    NotThis,
    Some,
    Stated,
    StatedPart,
    Switch,
)
from lawmodel.rulebook.misconception import TellingCase
from lawmodel.rulebook.model import DateSwitch, FirstDay, NamedDate, SameAs


def as_written(value: Any) -> Any:
    """An entry, or a part of one, as plain data that can become JSON; keys that were left out are left out."""
    match value:
        case None | bool() | int() | str():
            return value
        case datetime.date():
            return value.isoformat()
        case DateName():
            return date_as_written(value)
        case SameAs(path):
            return {"same_as": path}
        case TellingCase():
            return value.plain()
        case Mapping():
            return {name: as_written(one) for name, one in value.items()}
        case tuple() | list():
            return [as_written(one) for one in value]
        case NamedDate():
            return _named_date(value)
    if isinstance(value, Stated):
        return statement_as_written(cast("StatedPart", value))
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    raise TypeError(value)


def _fields(entry: Any) -> dict[str, Any]:
    plain = {}
    for one in fields(entry):
        value = getattr(entry, one.name)
        if not isinstance(value, Place) and value is not None and value != () and value != {}:
            plain[one.name.rstrip("_")] = as_written(value)  # `from` is a word of Python
    return plain


def _named_date(date: NamedDate) -> dict[str, Any]:
    plain = _fields(date)
    del plain["value"]
    if isinstance(date.value, DateSwitch):
        branches = {name: date_as_written(one) for name, one in date.value.branches.items()}
        return {**plain, "reading": date.value.reading, **branches}
    return {**plain, "is": date_as_written(date.value)}


def date_as_written(date: DateName | FirstDay) -> Any:
    """A day by its name, perhaps with a span; the day on which an instrument became law; or a list of such days."""
    if isinstance(date, FirstDay):
        return [date_as_written(one) for one in date.days]
    if date.became_law:
        return {"became_law": date.name}
    if date.span is None:
        return date.name
    written = date.span.written(date.name, date.named)
    return {"day": written, **dict(date.calendar)} if date.calendar else written


def statement_as_written(stated: StatedPart) -> Any:
    """A condition or conclusion; reading it again gives the same one."""
    match stated:
        case Always(value):
            return "always" if value else "never"
        case AllOf(parts):
            return {"all": [statement_as_written(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [statement_as_written(part) for part in parts]}
        case Count(bound, number, parts):
            return {bound: stated.named or number, "of": [statement_as_written(part) for part in parts]}
        case NotThis(part):
            return {"not": statement_as_written(part)}
        case FactIs(path, values):
            return {path: values[0] if len(values) == 1 else list(values)}
        case FactSameAs(path, other):
            return {path: {"same_as": other}}
        case FactCompared(path, comparison, number, date):
            if date is not None:
                return {path: {comparison: date_as_written(date)}}
            return {path: {comparison: stated.named or number if stated.duration is None else stated.duration.written}}
        case ConceptHolds(name, at):
            return name if at is None else {"concept": name, "at": date_as_written(at)}
        case Some(records, such_that, _, "some" | "every" | "none" as quantifier):
            return {quantifier: records, "such_that": statement_as_written(such_that)}
        case Some(records, such_that, _, bound, number):
            return {"some": records, "such_that": statement_as_written(such_that), bound: stated.named or number}
        case CountsAsLaw(instrument, version):
            return {"law": instrument if version is None else {"instrument": instrument, "version": version}}
        case Switch(reading, branches, otherwise) | ConclusionSwitch(reading, branches, otherwise):
            plain = {option: statement_as_written(branch) for option, branch in branches.items()}
            last = {} if otherwise is None else {"otherwise": statement_as_written(otherwise)}
            return {"reading": reading, **plain, **last}
        case Concludes(name):
            return name or "nothing"
        case ConclusionCases(cases, otherwise):
            return [
                *({"when": statement_as_written(when), "then": statement_as_written(then)} for when, then in cases),
                {"otherwise": statement_as_written(otherwise)},
            ]
        case _:
            assert_never(stated)
