"""The phrases of a rulebook made ready: what a story is told with, and read with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from lawmodel.case.values import ABOVE_EVERY_NUMBER, SPECIAL_DAYS, UNKNOWN, amount, day_in_words
from lawmodel.dataclass import dataclass
from lawmodel.inputs import DayBounds, GivenScalar, is_calendar_day
from lawmodel.rulebook.law_key import LawKey
from lawmodel.rulebook.model import Fact, PartOfStory, Phrases, Register, Rulebook
from lawmodel.rulebook.phrase_template import (
    FactHole,
    FurtherHole,
    Segment,
    Template,
    Text,
    parse_template,
    parts_in,
)
from lawmodel.rulebook.phrase_validation import ANY

Role: TypeAlias = Literal["sentence", "clause", "apposition", "none"]
PARTS: Final[tuple[PartOfStory, ...]] = ("person", "history", "circumstances", "demand", "decision")


@dataclass(frozen=True)
class Wording:
    """A sentence that can be told, or what may stand behind the full name."""

    number: int
    role: Role
    part: PartOfStory
    rank: int
    """The place of its entry in the rulebook: sentences of one part are told in this order."""
    of: str
    """The list about whose record at hand it is; empty where it is about single facts."""
    template: Template
    register: Register | None
    questions: tuple[str, ...]
    details: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    """By name: the texts, and the facts beside which none is told."""
    needs: tuple[tuple[str, str | None], ...]
    """The facts that have to be told for it, each with the value that it tells."""
    further: bool
    """Whether it can begin a further record."""


@dataclass(frozen=True)
class Wordings:
    """All wordings of a rulebook."""

    rulebook: Rulebook
    told: tuple[Wording, ...]
    fragments: Mapping[str, Mapping[str, tuple[Template, ...]]]
    """By path of the fact: by value, what stands in its hole."""
    by_fact: Mapping[str, tuple[PartOfStory, int]]
    """By list, and by what stands before the dot of a fact: the part that tells it, and its rank."""

    def place_of(self, path: str, question: str) -> tuple[PartOfStory, int]:
        """The part that tells a fact for which there is no sentence, and its rank there."""
        group = path if path in self.by_fact else path.rpartition(".")[0]
        for key in (f"{question}:{group}", group):
            if key in self.by_fact:
                return self.by_fact[key]
        return ("decision", 0) if path == self.rulebook.law_date else ("circumstances", len(self.by_fact))

    def fragments_of(self, path: str, value: GivenScalar | None) -> tuple[Template, ...]:
        """What stands in the hole of a fact that has this value; nothing where it cannot be said there."""
        fact = self.rulebook.fact(path)
        by_value = self.fragments.get(path)
        if by_value is None:
            return () if not isinstance(value, DayBounds) and itself(self.rulebook, fact, value) is None else (ITSELF,)
        return _under(fact, by_value, value)


NUMBERS: Final = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
"""Numbers that are told in letters; the first is never told so."""
ITSELF: Final = parse_template("{}")


def key_of_value(fact: Fact, value: GivenScalar | None) -> str:
    """Under what the phrases of a value stand, if they stand under it alone."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, DayBounds):
        return ""
    for word, meaning in fact.words.items():
        if value == (ABOVE_EVERY_NUMBER if fact.sort == "number" else SPECIAL_DAYS[meaning.means]):
            return word
    return str(value) if fact.sort in ("choice", "number") else ""


def _under(fact: Fact, by_value: Mapping[str, tuple[Template, ...]], value: GivenScalar | None) -> tuple[Template, ...]:
    key = key_of_value(fact, value)
    if key in by_value:
        return by_value[key]
    return () if key in (*fact.words, UNKNOWN) or isinstance(value, DayBounds) else by_value.get(ANY, ())


def itself(rulebook: Rulebook, fact: Fact, value: GivenScalar | None) -> str | None:
    """A value as it stands in a sentence: a day, a number, the name of a choice; None where it has no such form."""
    if value is None or isinstance(value, bool | DayBounds):
        return None
    match fact.sort:
        case "date":
            return day_in_words(int(value)) if is_calendar_day(value) else None
        case "number":
            if int(value) >= ABOVE_EVERY_NUMBER:
                return None
            in_letters = fact.unit is None and 0 < int(value) < len(NUMBERS)
            return NUMBERS[int(value)] if in_letters else amount(fact, int(value))
        case "choice":
            return rulebook.choices_of(fact)[str(value)]
        case _:
            return None


def resolved(rulebook: Rulebook, of: str, name: str) -> str:
    """The fact that a phrase of an entry names: ``list.field`` of the record at hand, or a key."""
    return name if "." in name else f"{of}.{name}"


@lru_cache(maxsize=8)
def _kept(law: LawKey) -> Wordings:
    return _made(law.rulebook)


def wordings(rulebook: Rulebook) -> Wordings:
    """The wordings of a rulebook, kept from the last time."""
    return _kept(LawKey(rulebook))


def _made(rulebook: Rulebook) -> Wordings:
    told: list[Wording] = []
    fragments: dict[str, dict[str, tuple[Template, ...]]] = {}
    by_fact: dict[str, tuple[PartOfStory, int]] = {}
    for rank, entry in enumerate(rulebook.phrases.values()):
        for question in entry.questions or ("",):
            by_fact.setdefault(f"{question}:{entry.of}" if question else entry.of, (entry.part, rank))
        for name, by_value in entry.fragments.items():
            known = fragments.setdefault(resolved(rulebook, entry.of, name), {})
            for value, texts in by_value.items():
                known[value] = known.get(value, ()) + tuple(map(parse_template, texts))
        for role, template in _of_entry(rulebook, entry):
            told.append(_wording(rulebook, entry, len(told), rank, role, template))
    return Wordings(rulebook, tuple(told), fragments, by_fact)


def _of_entry(rulebook: Rulebook, entry: Phrases) -> Iterator[tuple[Role, Template]]:
    for text in entry.sentences:
        yield "sentence", parse_template(text)
    for name, by_value in entry.clauses.items():
        for value, texts in by_value.items():
            for text in texts:
                template = parse_template(text)
                named = any(isinstance(part, FactHole) and part.name == name for part in parts_in(template))
                if not named:
                    template = (FactHole(name, value), *template)
                yield "clause", template
    for text in entry.appositions:
        yield "apposition", parse_template(text)
    for text in entry.none:
        yield "none", parse_template(text)


def _wording(rulebook: Rulebook, entry: Phrases, number: int, rank: int, role: Role, template: Template) -> Wording:
    records = entry.of if entry.of in rulebook.facts and rulebook.facts[entry.of].sort == "records" else ""
    template = tuple(_with_paths(rulebook, entry.of, template))
    return Wording(
        number,
        role,
        entry.part,
        rank,
        records,
        template,
        entry.register,
        entry.questions,
        {
            one.id: (one.says, tuple(resolved(rulebook, entry.of, name) for name in one.not_beside))
            for one in entry.details
        },
        tuple((part.name, part.value) for part in template if isinstance(part, FactHole)),
        any(isinstance(part, FurtherHole) for part in parts_in(template)),
    )


def _with_paths(rulebook: Rulebook, of: str, template: Template) -> Iterator[Text | Segment | FactHole]:
    for part in template:
        match part:
            case FactHole(name, value):
                yield FactHole(resolved(rulebook, of, name), value)
            case Segment(parts):
                yield Segment(tuple(_with_paths(rulebook, of, parts)))
            case _:
                yield part  # type: ignore[misc]


WORD: Final = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


def words_in(text: str) -> int:
    """How many words a text has."""
    return len(WORD.findall(text))
