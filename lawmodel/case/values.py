"""The values of facts: from what is written to how the engines hold it, and back to words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Final, assert_never

from lawmodel.inputs import (
    AFTER_EVERY_DAY,
    BEFORE_EVERY_DAY,
    FIRST_DAY,
    LAST_DAY,
    NO_DAY,
    DayBounds,
    GivenScalar,
    Scalar,
)
from lawmodel.inputs import UNKNOWN as UNKNOWN
from lawmodel.problems import did_you_mean, listed
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.time_spans import duration, duration_in_words

SPECIAL_DAYS: Final[Mapping[str, int]] = {
    "before_every_day": BEFORE_EVERY_DAY,
    "after_every_day": AFTER_EVERY_DAY,
    "no_day": NO_DAY,
}
MOST_NUMBER: Final = 10**15
ABOVE_EVERY_NUMBER: Final = MOST_NUMBER
"""What a word for a number stands for: engines compare it like any other, and no case can write it in digits."""
BOUNDS: Final = ("after", "before")
"""The keys by which a case says what is known of a day that is not; the day that is named is excluded."""
BOUNDS_AS_KEYS: Final = "{before: 2026-03-19}, {after: 2026-01-31}, or both in one"
BOUNDS_AS_TEXT: Final = "before 2026-03-19, after 2026-01-31, or both one behind the other"
MOST_LISTED: Final = 20
"""So many choices are listed where one of them is needed."""
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}")
_WHOLE = re.compile(r"([0-9]{1,15})(?:\.0+)?\Z")
"""Digits; programs that know no whole numbers write ``17.0``."""
_DAY_LIKE = re.compile(r"([0-9]{4})[-./]?([0-9]{1,2})[-./]?([0-9]{1,2})\Z")
"""A day in the order of ISO, however its parts are parted; what else a day looks like depends on the country."""


class NotAValue(ValueError):
    """What is written is no value of the fact; says what is wrong and how to mend it."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(f"{message}. {mend}")
        self.message, self.mend = message, mend


def decode_text(rulebook: Rulebook, fact: Fact, text: str) -> Scalar | None:
    """The value that a text stands for, None for `unknown`; raises `NotAValue`."""
    if text == UNKNOWN:
        return None
    match fact.type:
        case "yes/no":
            return _yes_or_no(text)
        case "number" | "span":
            return _number_or_word(fact, text)
        case "date":
            return _day_or_word(fact, text)
        case "choice":
            return _choice(rulebook, fact, text)
        case "records":
            raise NotAValue(
                f"`{fact.id}` is a list of records",
                "Write one line that begins with `- ` for each record, or [] for none.",
            )
        case _:
            assert_never(fact.type)


def decode_given(rulebook: Rulebook, fact: Fact, text: str) -> GivenScalar | None:
    """The value that a text gives to a fact of a case; of a date also ``before DAY``, ``after DAY`` or both.

    Raises `NotAValue`.
    """
    words = text.split()
    if fact.type != "date" or not words or words[0] not in BOUNDS:
        return decode_text(rulebook, fact, text)
    named = dict(zip(words[::2], words[1::2], strict=False))
    if len(words) % 2 or len(named) * 2 != len(words):
        raise NotAValue(f"`{text}` is not before or after a day", f"Write {BOUNDS_AS_TEXT}.")
    return decode_bounds(named)


def decode_bounds(given: Mapping[str, str]) -> DayBounds:
    """What is known of a day that is not: ``before`` a day, ``after`` one, or both, themselves excluded.

    Raises `NotAValue`.
    """
    for key in given:
        if key not in BOUNDS:
            raise NotAValue(
                f"`{key}` is neither before nor after", did_you_mean(key, BOUNDS, f"Write {BOUNDS_AS_KEYS}.")
            )
    if not given:
        raise NotAValue("nothing is said of the day", f"Write {BOUNDS_AS_KEYS}; or unknown.")
    day = {key: parse_day(text).toordinal() for key, text in given.items()}
    bounds = DayBounds(day.get("after", FIRST_DAY - 1) + 1, day.get("before", LAST_DAY + 1) - 1)
    if bounds.first > bounds.last:
        mend = "The days that are named are themselves excluded: name others, or write unknown."
        raise NotAValue(f"there is no day {_between(given)}", mend)
    return bounds


def encode_bounds(bounds: DayBounds) -> dict[str, str]:
    """How it is written in a case file; the inverse of `decode_bounds`."""
    days = {"after": bounds.first - 1, "before": bounds.last + 1}
    named = {key: day for key, day in days.items() if FIRST_DAY <= day <= LAST_DAY}
    return {key: datetime.date.fromordinal(day).isoformat() for key, day in named.items()}


def bounds_as_text(bounds: DayBounds) -> str:
    """How it is written in one line; `decode_given` reads it."""
    return " ".join(f"{key} {day}" for key, day in encode_bounds(bounds).items())


def _between(given: Mapping[str, str]) -> str:
    return " and ".join(f"{key} {given[key]}" for key in BOUNDS if key in given)


def same_text(text: str, known: Collection[str]) -> str | None:
    """The known text that is the same, however its letters are composed (an e with its accent is one sign or two)."""
    if text in known:
        return text
    written = composed(text)
    return next((one for one in known if composed(one) == written), None)


def composed(text: str) -> str:
    """The text in the one form (NFC) in which texts are compared."""
    if text.isascii():
        return text
    import unicodedata  # rarely wanted

    return unicodedata.normalize("NFC", text)


def _yes_or_no(text: str) -> bool:
    if text.lower() in ("yes", "true"):
        return True
    if text.lower() in ("no", "false"):
        return False
    raise NotAValue(f"`{text}` is neither yes nor no", "Write yes, no or unknown.")


def _number(text: str) -> int:
    whole = _WHOLE.match(text)
    if whole is not None:
        return int(whole[1])
    raise NotAValue(f"`{text}` is not a whole number", "Write digits only, such as 60, or unknown.")


def _duration(fact: Fact, text: str) -> int:
    """The length of a span in the unit of its fact."""
    length, unit = duration(text), fact.unit
    if length is None:
        mend = f"Write its {unit}, such as 12 {unit}, or unknown."
        raise NotAValue(f"`{text}` is no span of time", mend)
    if length.measure != unit:
        of = "months or years" if unit == "months" else "days or weeks"
        mend = f"A month has no fixed number of days: write {of}, such as 12 {unit}, or unknown."
        raise NotAValue(f"`{text}` is a span of {length.measure}, and `{fact.id}` is told in {unit}", mend)
    return length.count


def amount(fact: Fact, value: int) -> str:
    """A number as it is said of a fact: in digits, and of a span with its unit."""
    if fact.unit is None:
        return f"{value:,}"
    return f"{value:,} {duration_in_words(value, fact.unit).partition(' ')[2]}"


def _number_or_word(fact: Fact, text: str) -> int:
    if same_text(text, fact.words) is not None:
        return ABOVE_EVERY_NUMBER
    try:
        return _number(text) if fact.unit is None else _duration(fact, text)
    except NotAValue as error:
        or_words = f"{error.mend.rstrip('.')}, or {listed(fact.words)}." if fact.words else error.mend
        raise NotAValue(error.message, did_you_mean(text, fact.words, or_words)) from None


def _choice(rulebook: Rulebook, fact: Fact, text: str) -> str:
    """A choice by its id; or, where the rulebook has names for them, by its name."""
    choices = rulebook.choices_of(fact)
    known = same_text(text, choices)
    if known is not None:
        return known
    names = names_of_choices(rulebook, fact)
    meant = named_choices(choices, names, text) if names else []
    if len(meant) == 1:
        return meant[0]
    if meant:
        which = " or ".join(f"{one} ({choices[one]})" for one in meant)
        raise NotAValue(f"`{text}` names more than one value of `{fact.id}`", f"Write {which}.")
    mend = did_you_mean(text, [*choices, *names.values()], hint_for(rulebook, fact))
    raise NotAValue(f"`{text}` is no value of `{fact.id}`", mend)


def names_of_choices(rulebook: Rulebook, fact: Fact) -> Mapping[str, str]:
    """The names that may be written for the choices of a fact; none where the rulebook has phrases and no names."""
    return rulebook.choices_of(fact) if fact.phrase is not None else {}


def named_choices(choices: Iterable[str], names: Mapping[str, str], text: str) -> list[str]:
    """The choices that a text means, by id or by name, whatever its case and however its letters are composed."""
    wanted = folded(text)
    return [name for name in choices if folded(name) == wanted] or [
        name for name, says in names.items() if folded(says) == wanted
    ]


def folded(text: str) -> str:
    """A text without what makes no difference in a name.

    That is capitals, blanks, how its letters are composed, and the article that a phrase needs and a list does not:
    `the United States` is `United States`.
    """
    return " ".join(composed(composed(text).casefold()).split()).removeprefix("the ")


def hint_for(rulebook: Rulebook, fact: Fact) -> str:
    """What to write for a choice where nothing near is known."""
    choices = rulebook.choices_of(fact)
    if len(choices) <= MOST_LISTED:
        return f"Its values are: {listed(choices, MOST_LISTED)}, or unknown."
    return f"Use a code{' or a name' if fact.phrase is not None else ''} of the list, or unknown."


def _day_or_word(fact: Fact, text: str) -> int:
    word = same_text(text, fact.words)
    if word is not None:
        return SPECIAL_DAYS[fact.words[word].means]
    try:
        return parse_day(text, (*fact.words, UNKNOWN)).toordinal()
    except NotAValue as error:
        mend = did_you_mean(text, fact.words, error.mend)
        if text.startswith(BOUNDS):
            mend = "That a day is before or after another can be said in a case file alone: write one day, or unknown."
        raise NotAValue(error.message, mend) from None


def parse_day(text: str, words: Iterable[str] = ()) -> datetime.date:
    """The day that a text writes, year-month-day; raises `NotAValue`, which says the form. ``words`` may stand too."""
    or_words = "".join(f", or {word}" for word in words)
    moment = _MOMENT.match(text)
    if moment is not None:
        raise NotAValue(f"`{text}` is a moment, and a day is needed", f"Write the day alone, such as {moment[1]}.")
    parts = _DAY_LIKE.match(text)
    if parts is None:
        raise NotAValue(f"`{text}` is not a day", f"Write year-month-day, such as 2026-03-19{or_words}.")
    try:
        day = datetime.date(*map(int, parts.groups()))
    except ValueError:
        mend = "Check the month and the number of its days."
        raise NotAValue(f"`{text}` is not a day of the calendar", mend) from None
    if not ISO_DAY.match(text):
        mend = f"Days are written year-month-day, with all their digits: {day.isoformat()}."
        raise NotAValue(f"`{text}` is not written as a day", mend)
    return day


def encode(fact: Fact, value: Scalar | None) -> str | bool | int:
    """How a value is written in a case file; the inverse of `decode_text` (and yes/no stay booleans)."""
    if value is None:
        return UNKNOWN
    match fact.type:
        case "date":
            for word, meaning in fact.words.items():
                if SPECIAL_DAYS[meaning.means] == value:
                    return word
            assert isinstance(value, int)
            return datetime.date.fromordinal(value).isoformat()
        case "number" | "span":
            if value == ABOVE_EVERY_NUMBER and fact.words:
                return next(iter(fact.words))
            return value if fact.unit is None else duration_in_words(int(value), fact.unit)
        case "yes/no" | "choice" | "records":
            return value
        case _:
            assert_never(fact.type)


def encode_given(fact: Fact, value: GivenScalar | None) -> str | bool | int | dict[str, str]:
    """How what a case gives is written in a case file."""
    return encode_bounds(value) if isinstance(value, DayBounds) else encode(fact, value)


@lru_cache(maxsize=4096)
def day_in_words(ordinal: int) -> str:
    """A day as a lawyer writes it: 3 February 2025."""
    day = datetime.date.fromordinal(ordinal)
    return f"{day.day} {day:%B} {day.year}"


def bounds_in_words(bounds: DayBounds) -> str:
    """Some day, with what is known of it: a day before 1 March 2026."""
    days = {"after": bounds.first - 1, "before": bounds.last + 1}
    said = (f"{key} {day_in_words(day)}" for key, day in days.items() if FIRST_DAY <= day <= LAST_DAY)
    return " ".join(("a day", " and ".join(said)))


def in_words(rulebook: Rulebook, fact: Fact, value: GivenScalar | None) -> str:
    """A fact that has this value, in the law's words."""
    if value is None:
        return f"not known: {fact.title}"
    if isinstance(value, DayBounds):
        return (fact.phrase or "{}").replace("{}", f"{bounds_in_words(value)} (not known which)")
    match fact.type:
        case "yes/no":
            return (fact.yes if value else fact.no) or ""
        case "number" | "span":
            if value == ABOVE_EVERY_NUMBER and fact.words:
                return next(iter(fact.words.values())).says
            assert isinstance(value, int)
            return (fact.phrase or "{}").replace("{}", amount(fact, value))
        case "date":
            for word in fact.words.values():
                if SPECIAL_DAYS[word.means] == value:
                    return word.says
            assert isinstance(value, int)
            return (fact.phrase or "{}").replace("{}", day_in_words(value))
        case "choice":
            said = rulebook.choices_of(fact)[str(value)]
            return fact.phrase.replace("{}", said) if fact.phrase else said
        case "records":
            raise TypeError("a list has no single value")
        case _:
            assert_never(fact.type)
