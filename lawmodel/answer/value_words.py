"""Several values of a fact or reading at once, in words and as plain data."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, Final

from lawmodel.case.values import amount, day_in_words, encode, in_words
from lawmodel.inputs import FIRST_DAY, LAST_DAY, NEVER_REACHED, Scalar
from lawmodel.reasoning.reasons.value_sets import Span, ValueSet
from lawmodel.rulebook.model import Fact, Rulebook

MOST_LISTED: Final = 6
"""More choices than this are said by those that are not among them, if these are fewer."""


def values_in_words(rulebook: Rulebook, fact: Fact, values: ValueSet) -> str:
    """A fact that has one of some values, in the law's words."""
    parts = []
    if values.spans:
        said = either([_span(fact, span) for span in values.spans])
        parts.append((fact.phrase or "{}").replace("{}", said))
    if fact.sort == "choice":
        parts += _choices(rulebook, fact, values.named)
    else:
        parts += [in_words(rulebook, fact, value) for value in values.named]
    return either(parts)


def either(parts: Sequence[str]) -> str:
    """One of several: a, b or c."""
    return " or ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)


def _choices(rulebook: Rulebook, fact: Fact, named: Iterable[Scalar]) -> list[str]:
    choices = rulebook.choices_of(fact)
    listed = [str(value) for value in named]
    others = [says for value, says in choices.items() if value not in listed]
    if len(listed) <= MOST_LISTED or len(others) >= len(listed):
        return [in_words(rulebook, fact, value) for value in listed]
    any_but = f"any but {', '.join(others)}" if others else "any"
    return [fact.phrase.replace("{}", any_but) if fact.phrase else any_but]


def days_in_words(values: ValueSet) -> str:
    """Some days of the calendar."""
    return either(list(map(_days, values.spans)))


def _days(span: Span) -> str:
    first, last = span
    if first == last:
        return day_in_words(first)
    if first == FIRST_DAY:
        return "any day" if last == LAST_DAY else f"a day before {day_in_words(last + 1)}"
    if last == LAST_DAY:
        return f"a day after {day_in_words(first - 1)}"
    return f"a day from {day_in_words(first)} to {day_in_words(last)}"


def _span(fact: Fact, span: Span) -> str:
    if fact.sort == "date":
        return _days(span)
    first, last = span
    if first == last:
        return amount(fact, first)
    if last == NEVER_REACHED:
        any_at_all = "any number of" if fact.unit is None else f"any number of {fact.unit}"
        return f"at least {amount(fact, first)}" if first else any_at_all
    return f"at most {amount(fact, last)}" if not first else f"{first:,} to {amount(fact, last)}"


def values_to_json(fact: Fact | None, values: ValueSet) -> list[Any]:
    """Plain data: values as case files have them, and spans as their first and last value (null: without end)."""
    if fact is None:
        return list(values.named)
    spans = [{"from": _bound(fact, first), "to": _bound(fact, last)} for first, last in values.spans]
    return [*spans, *(encode(fact, value) for value in values.named)]


def _bound(fact: Fact, value: int) -> str | int | None:
    if fact.sort == "number":
        return None if value == NEVER_REACHED else value if fact.unit is None else str(encode(fact, value))
    return None if value in (FIRST_DAY, LAST_DAY) else datetime.date.fromordinal(value).isoformat()
