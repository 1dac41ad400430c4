"""Whether a case that was made in Python fits a rulebook: its facts, their values, and what may be presumed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import assert_never

from lawmodel.case.case import Case
from lawmodel.case.values import ABOVE_EVERY_NUMBER, MOST_NUMBER, SPECIAL_DAYS, hint_for
from lawmodel.inputs import FIRST_DAY, LAST_DAY, DayBounds, field_key
from lawmodel.problems import Problem, did_you_mean, kind_of, listed, no_such
from lawmodel.rulebook.model import Fact, Rulebook


def case_problems(rulebook: Rulebook, case: Case) -> Iterator[Problem]:
    """Everything in a case that the rulebook does not know, or that is no value of its fact.

    Linear in the facts that the case gives: microseconds. Days in a wrong order are for `lawmodel.case.valuation`.
    """
    called = case.name or "case"
    facts: object = case.facts
    if not isinstance(facts, Mapping):
        yield Problem(f"the facts are {kind_of(facts)}", "Give a dictionary, from path to value.", called)
        return
    for path, value in facts.items():
        fact = rulebook.facts.get(path)
        if fact is None:
            yield _no_fact(rulebook, path, called)
        elif fact.sort == "records":
            yield from _of_records(rulebook, fact, path, value, called)
        elif not is_value(rulebook, fact, value):
            yield no_value(rulebook, fact, path, value, called)
    yield from _of_presumed(rulebook, case.presume, called)


def is_value(rulebook: Rulebook, fact: Fact, value: object) -> bool:
    """Whether a single fact, or a field, can be given this, as a case holds it; None: it is unknown."""
    if value is None:
        return True
    kind = type(value)
    match fact.sort:
        case "yes/no":
            return kind is bool
        case "choice":
            return kind is str and value in rulebook.choices_of(fact)
        case "number":
            most = MOST_NUMBER if not fact.words else ABOVE_EVERY_NUMBER + 1
            return kind is int and 0 <= value < most  # type: ignore[operator]
        case "date":
            if isinstance(value, DayBounds):
                return FIRST_DAY <= value.first <= value.last <= LAST_DAY
            if kind is not int:
                return False
            return 0 < value <= LAST_DAY or any(  # type: ignore[operator]
                SPECIAL_DAYS[word.means] == value for word in fact.words.values()
            )
        case "records":
            return False
        case _:
            assert_never(fact.sort)


def _of_records(rulebook: Rulebook, fact: Fact, path: str, value: object, called: str) -> Iterator[Problem]:
    if value is None:
        return
    if not isinstance(value, tuple) or not all(isinstance(one, Mapping) for one in value):
        mend = "Give a tuple of dictionaries, from field to value; () for none, None where it is unknown."
        yield Problem(f"`{path}` is a list of records, and this is {kind_of(value)}", mend, called)
        return
    fields = {field.id: field for field in fact.of}
    for number, record in enumerate(value, 1):
        for name, given in record.items():
            field = fields.get(name)
            if field is None:
                mend = did_you_mean(str(name), fields, f"Its fields are: {listed(fields)}.")
                yield Problem(f"`{path}` has no `{name}`", mend, called)
            elif not is_value(rulebook, field, given):
                yield no_value(rulebook, field, field_key(path, number, name), given, called)


def _no_fact(rulebook: Rulebook, path: object, called: str) -> Problem:
    mend = did_you_mean(str(path), rulebook.facts, "It may be a case of another rulebook: `lawmodel law` lists facts.")
    return Problem(f"there is no fact `{path}`", mend, called)


def no_value(rulebook: Rulebook, fact: Fact, path: str, value: object, called: str) -> Problem:
    """The problem of a value that a fact, or a field, cannot have."""
    match fact.sort:
        case "choice" if isinstance(value, str):
            mend = did_you_mean(value, rulebook.choices_of(fact), hint_for(rulebook, fact))
        case "choice":
            mend = "Give one of its values, or None where it is unknown."
        case "date" if isinstance(value, datetime.date):
            mend = "A case holds a day as its number: give its .toordinal(). The classes of lawmodel.cases take days."
        case "date":
            mend = "Give the number of a day, as datetime.date.toordinal has it, or None where it is unknown."
        case "yes/no":
            mend = "Give True, False, or None where it is unknown."
        case "number":
            of = "a whole number" if fact.unit is None else f"the number of its {fact.unit}"
            mend = f"Give {of} from 0 to {MOST_NUMBER - 1:,}, or None where it is unknown."
        case "records":
            mend = "Give a tuple of records."
        case _:
            assert_never(fact.sort)
    return Problem(f"`{value}` is no value of `{path}`", mend, called)


def _of_presumed(rulebook: Rulebook, presume: object, called: str) -> Iterator[Problem]:
    if isinstance(presume, bool):
        return
    if not isinstance(presume, tuple):
        mend = "Give True, False, or a tuple of facts."
        yield Problem(f"what may be presumed is {kind_of(presume)}", mend, called)
        return
    for path in presume:
        if not isinstance(path, str) or path not in rulebook.facts:
            yield no_such(path, rulebook.facts, f"{called}, presume")
