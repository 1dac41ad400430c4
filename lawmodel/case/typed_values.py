"""The values of facts as Python's own: what a typed case may be given, how it holds it, what editors are told."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeAlias, assert_never

from lawmodel.case.values import (
    BOUNDS,
    MOST_NUMBER,
    UNKNOWN,
    NotAValue,
    decode_bounds,
    decode_text,
    encode,
    encode_bounds,
    names_of_choices,
)
from lawmodel.inputs import DayBounds, GivenScalar
from lawmodel.rulebook.model import Fact, Rulebook, SameAs
from lawmodel.time_spans import DURATION_FORM

TypedValue: TypeAlias = bool | int | str | datetime.date | Mapping[str, datetime.date] | None
"""None: left out. A text: a choice, a word for a day, or `unknown`. A mapping: between which days a day is."""

ISO_DAY_PATTERN = r"^\d{4}-\d{2}-\d{2}$"
MOST_SPELT_OUT = 20
"""Longer lists of choices are described by their names alone."""


def typed_value(rulebook: Rulebook, fact: Fact, given: object) -> TypedValue:
    """The value that is meant, in its one form; raises `NotAValue`."""
    return None if given is None else as_typed(fact, as_scalar(rulebook, fact, given))


def as_scalar(rulebook: Rulebook, fact: Fact, given: object) -> GivenScalar | None:
    """The value as the engines hold it, None for `unknown`; raises `NotAValue`."""
    if isinstance(given, datetime.date) and not isinstance(given, datetime.datetime):
        return decode_text(rulebook, fact, given.isoformat())
    if isinstance(given, str):
        return decode_text(rulebook, fact, str.__str__(given))
    if isinstance(given, int):  # which bool is
        return decode_text(rulebook, fact, str(given))
    if isinstance(given, datetime.datetime):
        raise NotAValue(f"`{given}` is a moment, and a day is needed", "Take its .date().")
    if fact.sort == "date" and isinstance(given, DayBounds):
        return given
    if fact.sort == "date" and isinstance(given, Mapping):
        return decode_bounds({str(key): str(day) for key, day in given.items()})
    raise NotAValue(f"a {type(given).__name__} is no value of `{fact.id}`", _hint(fact))


def as_typed(fact: Fact, value: GivenScalar | None) -> TypedValue:
    """How a typed case holds a value; the inverse of `as_scalar`."""
    if isinstance(value, DayBounds):
        return {key: datetime.date.fromisoformat(day) for key, day in encode_bounds(value).items()}
    text = encode(fact, value)
    if fact.sort == "date" and isinstance(value, int) and text not in fact.words:
        return datetime.date.fromordinal(value)
    return text


def _hint(fact: Fact) -> str:
    match fact.type:
        case "yes/no":
            return 'Give True, False or "unknown".'
        case "number":
            return 'Give a whole number, or "unknown".'
        case "span":
            return f'Give a text such as "12 {fact.unit}", or "unknown".'
        case "date":
            return 'Give a datetime.date, {"before": …}, or "unknown".'
        case "choice":
            return 'Give one of its choices, or "unknown".'
        case "records":
            return "Give a list of records."
        case _:
            assert_never(fact.type)


def value_schema(rulebook: Rulebook, fact: Fact) -> dict[str, Any]:
    """The JSON Schema of a single fact's values, as they are written in a case file.

    Yes and no are words in YAML 1.2, and true and false in YAML 1.1: both are allowed.
    """
    match fact.type:
        case "yes/no":
            return {"enum": ["yes", "no", UNKNOWN, True, False]}
        case "number":
            number = {"type": "integer", "minimum": 0, "maximum": MOST_NUMBER - 1}
            return {"anyOf": [number, {"enum": [*fact.words, UNKNOWN]} if fact.words else {"const": UNKNOWN}]}
        case "span":
            return {"anyOf": [{"type": "string", "pattern": f"^{DURATION_FORM}$"}, {"enum": [*fact.words, UNKNOWN]}]}
        case "date":
            return {"anyOf": [day_schema(), {"enum": [*fact.words, UNKNOWN]}, bounds_schema()]}
        case "choice":
            choices = rulebook.choices_of(fact)
            codes = {"enum": [*choices, UNKNOWN], "enumDescriptions": [*choices.values(), f"not known: {fact.title}"]}
            names = dict.fromkeys(one for one in names_of_choices(rulebook, fact).values() if one not in choices)
            return {"anyOf": [codes, {"enum": list(names)}]} if names else codes
        case "records":
            raise TypeError("the schema of a list is that of its class of records")
        case _:
            assert_never(fact.type)


def day_schema() -> dict[str, Any]:
    """A day of the calendar."""
    return {"type": "string", "format": "date", "pattern": ISO_DAY_PATTERN}


def bounds_schema() -> dict[str, Any]:
    """What is known of a day that is not."""
    says = "Some day of the calendar, not known which, {} this one, which is excluded."
    days = {key: {**day_schema(), "description": says.format(key)} for key in BOUNDS}
    return {"type": "object", "properties": days, "additionalProperties": False, "minProperties": 1}


def describe_fact(rulebook: Rulebook, fact: Fact) -> str:
    """What an editor shows of a fact: its question, what its values mean, and what leaving it out means."""
    lines = [fact.ask]
    match fact.type:
        case "yes/no":
            lines += [f"yes: {fact.yes}", f"no: {fact.no}"]
        case "records":
            lines += [f"[]: {fact.none}"]
        case "choice":
            choices = rulebook.choices_of(fact)
            if len(choices) <= MOST_SPELT_OUT:
                lines += [f"{choice}: {says}" for choice, says in choices.items()]
        case "span":
            lines.append(f"In {fact.unit}: 12 {fact.unit}")
        case "date" | "number":
            pass
        case _:
            assert_never(fact.type)
    lines += [f"{word}: {meaning.says}" for word, meaning in fact.words.items()]
    if isinstance(fact.left_out, SameAs):
        lines.append(f"Left out: the same as {fact.left_out.path}.")
    else:
        lines.append(f"Left out: {fact.left_out}.")
    if fact.ordinary is not None:
        lines.append(f"Ordinarily: {fact.ordinary}.")
    return "\n".join(lines)
