"""Answers as a person types them in an interview: by number, by name, or as in a case file."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final, assert_never

from lawmodel.case.values import NotAValue, decode_given, folded, named_choices
from lawmodel.inputs import MOST_RECORDS, GivenScalar
from lawmodel.problems import did_you_mean, listed
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.rulebook.reserved_words import TODAY
from lawmodel.verbs.ask.interview import Asking

MANY: Final = 24
"""Longer lists of answers are not spelled out, and have no numbers."""
SHORT: Final[Mapping[str, str]] = {"y": "yes", "n": "no"}


def parse_reply(rulebook: Rulebook, asking: Asking, text: str) -> GivenScalar:
    """The value that a person means; for a list the number of its records. Raises `NotAValue`."""
    if asking.reading is not None:
        return _one_of({option.id: option.says for option in asking.reading.options}, text, numbered=True)
    assert asking.fact is not None
    fact = asking.fact
    match fact.sort:
        case "records":
            return _how_many(text)
        case "choice":
            choices = rulebook.choices_of(fact)
            return _one_of(choices, text, numbered=len(choices) <= MANY)
        case "yes/no":
            return _value(rulebook, fact, SHORT.get(text.casefold(), text))
        case "date" if text.casefold() == TODAY:
            return datetime.date.today().toordinal()
        case "date" | "number":
            return _value(rulebook, fact, text)
        case _:
            assert_never(fact.sort)


def _value(rulebook: Rulebook, fact: Fact, text: str) -> GivenScalar:
    value = decode_given(rulebook, fact, text)
    if value is None:
        raise NotAValue(f"`{text}` is no answer here", "Type - if it is not known.")
    return value


def _how_many(text: str) -> int:
    number = {"none": "0", "[]": "0"}.get(text.casefold(), text)
    if not number.isdecimal() or len(number) > len(str(MOST_RECORDS)):
        raise NotAValue(f"`{text}` is not a number of records", "Write digits, such as 1; 0 for none.")
    if int(number) > MOST_RECORDS:
        raise NotAValue(f"{number} are too many", f"At most {MOST_RECORDS} can be told.")
    return int(number)


def _one_of(choices: Mapping[str, str], text: str, *, numbered: bool) -> str:
    """A choice by its id, by its name (or how that begins, or a word of it, where only one has it), or by its number.

    A number chooses only where the list was shown with numbers.
    """
    if text in choices:
        return text
    if numbered and text.isdecimal() and len(text) <= len(str(len(choices))) and 1 <= int(text) <= len(choices):
        return list(choices)[int(text) - 1]
    part = folded(text)
    meant = (
        named_choices(choices, choices, text)
        or [name for name, says in choices.items() if part and folded(says).startswith(part)]
        or [name for name, says in choices.items() if part in folded(says).split()]
    )
    if len(meant) == 1:
        return meant[0]
    if meant:
        which = listed([f"{choices[name]} ({name})" for name in meant], 6)
        raise NotAValue(f"`{text}` can mean {which}", "Type more of the name, or the word in brackets.")
    otherwise = "Type a number, or a name in full." if numbered else "Type a name or a code."
    known = [*choices, *choices.values()]
    raise NotAValue(f"`{text}` is none of the answers", did_you_mean(text, known, otherwise))
