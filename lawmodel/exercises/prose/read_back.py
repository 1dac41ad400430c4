"""SentenceReading a story back: the same tables backwards, from the text alone to the facts that it tells.

Nothing of how a story was composed is known here. A sentence that no wording explains, or that two explain otherwise,
is not understood, and a story that is not understood, or understood otherwise than it was meant, is not told.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, assert_never

from lawmodel.case.case import Case
from lawmodel.case.values import NotAValue, decode_text
from lawmodel.dataclass import dataclass
from lawmodel.exercises.prose.facts_told import Told
from lawmodel.exercises.prose.person import Sex, every_person
from lawmodel.exercises.prose.reading_patterns import MONTHS, PERSON, Pattern, PatternMaker
from lawmodel.exercises.prose.wordings import NUMBERS, Wordings, wordings
from lawmodel.exercises.prose.words_of_values import ItemTable
from lawmodel.exercises.prose.written_sentences import NEITHER, NOT_SAID
from lawmodel.exercises.single_facts import RECORD_KEY, without_numbers
from lawmodel.inputs import GivenScalar, GivenValue, field_key
from lawmodel.rulebook.law_key import LawKey
from lawmodel.rulebook.model import Fact, Rulebook

_MALE: Final = re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE)
_FEMALE: Final = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)


class StoryNotUnderstood(ValueError):
    """A sentence that tells nothing that the tables know, or two things."""


@dataclass(frozen=True)
class SentenceReading:
    """What one sentence says."""

    of: str
    further: bool
    empty: bool
    facts: tuple[tuple[str, GivenScalar | None], ...]


class StoryReader:
    """The tables of a rulebook, backwards."""

    def __init__(self, known: Wordings) -> None:
        self.rulebook = known.rulebook
        self.known = known
        self.items = ItemTable(known.rulebook)
        made = PatternMaker(known)
        self.patterns = [made.pattern(one) for one in known.told if one.role != "apposition"]
        self.appositions = [made.pattern(one) for one in known.told if one.role == "apposition"]

    def read(self, text: str) -> dict[str, GivenScalar | int | None]:
        """What a story tells, by key; raises `StoryNotUnderstood`."""
        found: dict[str, GivenScalar | int | None] = {}
        named, sex = named_person(text), None
        behind: SentenceReading | None = None
        if named is not None:
            given, family, sex = named
            at = text.index(f"{given} {family}") + len(f"{given} {family}")
            behind, rest = self._behind_the_name(text[at:])
            text = f"{text[:at]}{rest}"
            text = text.replace(f"{given} {family}", PERSON).replace(family, PERSON)
        if sex is not None and (_FEMALE if sex == "male" else _MALE).search(text):
            raise StoryNotUnderstood("the pronouns do not agree with the name")
        if _FEMALE.search(text) and _MALE.search(text):
            raise StoryNotUnderstood("the pronouns do not agree with each other")
        if behind is not None:
            self._note(found, behind)
        for sentence in re.split(r"(?<=\.)\s+", text.strip()):
            if sentence.startswith(NEITHER):
                sentence = f"{NOT_SAID}{sentence.removeprefix(NEITHER)}"  # noqa: PLW2901 - as it was before it was joined
            for reading in self._sentence(sentence.removesuffix(".")):
                self._note(found, reading)
        return found

    def _behind_the_name(self, rest: str) -> tuple[SentenceReading | None, str]:
        best: tuple[SentenceReading, str] | None = None
        for pattern in self.appositions:
            match = re.match(pattern.source, rest)
            if match is None:
                continue
            end = match.end()
            # A slot takes as little as it can: where more belongs to it, it takes up to the next break.
            for stop in sorted(
                {end, *(hit.start() for hit in re.finditer(r"[ ,.]", rest[: end + 80]) if hit.start() > end)}
            ):
                whole = re.fullmatch(pattern.source, rest[:stop]) or re.fullmatch(pattern.source, rest[: stop + 1])
                reading = self._meant(pattern, whole) if whole is not None else None
                if (
                    reading is not None
                    and whole is not None
                    and (best is None or len(rest) - whole.end() < len(best[1]))
                ):
                    best = reading, rest[whole.end() :]
        return best or (None, rest)

    def _sentence(self, sentence: str) -> tuple[SentenceReading, ...]:
        found = dict.fromkeys(self._ways(sentence))
        if len(found) > 1:
            raise StoryNotUnderstood(f"in two ways: {sentence}")
        if found:
            return next(iter(found))
        raise StoryNotUnderstood(f"not at all: {sentence}")

    def _ways(self, sentence: str) -> Iterator[tuple[SentenceReading, ...]]:
        for one in self._whole(sentence):
            yield (one,)
        listed = self.items.read(sentence)
        if listed is not None:
            yield tuple(SentenceReading(of, further, empty, facts) for of, further, empty, facts in listed)
        for cut in re.finditer(", and ", sentence):
            left, right = sentence[: cut.start()], sentence[cut.end() :]
            for first in self._whole(left):
                for second in self._whole(right[:1].upper() + right[1:]):
                    yield first, second

    def _whole(self, sentence: str) -> list[SentenceReading]:
        found: dict[SentenceReading, None] = {}
        for pattern in self.patterns:
            match = pattern.match(sentence)
            if match is not None:
                reading = self._meant(pattern, match)
                if reading is not None:
                    found[reading] = None
        return list(found)

    def _meant(self, pattern: Pattern, match: re.Match[str]) -> SentenceReading | None:
        facts: dict[str, GivenScalar | None] = {}
        for group, slot in pattern.slots.items():
            text = match[group]
            if text is None:
                continue
            value = slot.value
            if slot.by_text:
                fact = self.rulebook.fact(without_numbers(slot.name))
                try:
                    value = self._value(fact, text)
                except (NotAValue, KeyError, ValueError):
                    return None
            facts[slot.name] = value
        further = bool(match.groupdict().get("further"))
        one = pattern.wording
        return SentenceReading(one.of, further, one.role == "none", tuple(sorted(facts.items())))

    def _value(self, fact: Fact, text: str) -> GivenScalar | None:
        match fact.sort:
            case "date":
                day, month, year = text.split()
                return datetime.date(int(year), MONTHS.index(month) + 1, int(day)).toordinal()
            case "number":
                plain = str(NUMBERS.index(text)) if text in NUMBERS else text.replace(",", "")
                return decode_text(self.rulebook, fact, plain)
            case "choice":
                return self._names(fact)[text[:1].lower() + text[1:]]
            case "yes/no" | "records":
                raise KeyError(text)
            case _:
                assert_never(fact.sort)

    def _names(self, fact: Fact) -> Mapping[str, str]:
        return {says[:1].lower() + says[1:]: value for value, says in self.rulebook.choices_of(fact).items()}

    def _note(self, found: dict[str, GivenScalar | int | None], reading: SentenceReading) -> None:
        if reading.empty:
            if reading.of in found:
                raise StoryNotUnderstood(f"records, and none, of {reading.of}")
            found[reading.of] = 0
            return
        number = 0
        if reading.of:
            number = _count(found, reading.of)
            if reading.further or not number:
                number += 1
            found[reading.of] = number
        for name, value in reading.facts:
            key = name
            if reading.of and name.startswith(f"{reading.of}.") and "[" not in name:
                key = field_key(reading.of, number, name.removeprefix(f"{reading.of}."))
            if key in found:
                raise StoryNotUnderstood(f"twice: {key}")
            found[key] = value
            of_record = RECORD_KEY.match(key)
            if of_record and not reading.of:
                found[of_record["list"]] = max(int(of_record["number"]), _count(found, of_record["list"]))


def _count(found: Told, path: str) -> int:
    """How many records of a list have been told so far."""
    records = found.get(path)
    return records if isinstance(records, int) else 0


@cache
def _everybody() -> Mapping[tuple[str, str], Sex | None]:
    found: dict[tuple[str, str], Sex | None] = {}
    for one in every_person():
        key = (one.given, one.family)
        found[key] = one.sex if found.get(key, one.sex) == one.sex else None
    return found


def named_person(text: str) -> tuple[str, str, Sex | None] | None:
    """The given and the family name of the only person whose full name a story has, and the sex if the name tells it.

    None where nobody is named. Raises `StoryNotUnderstood`.
    """
    words = re.findall(r"[\w'-]+", text)
    pairs = {(one, next_one.removesuffix("'s")) for one, next_one in pairwise(words)}
    known = _everybody()
    found = [(pair, known[pair]) for pair in sorted(pairs) if pair in known]
    if not found:
        return None
    if len(found) > 1:
        raise StoryNotUnderstood("more than one person is named")
    (given, family), sex = found[0]
    return given, family, sex


def read_back(rulebook: Rulebook, text: str) -> dict[str, GivenScalar | int | None]:
    """What a story tells, by key; of a list how many records it has. Raises `StoryNotUnderstood`."""
    return _reader(LawKey(rulebook)).read(text)


@lru_cache(maxsize=8)
def _reader(law: LawKey) -> StoryReader:
    return StoryReader(wordings(law.rulebook))


def as_case(rulebook: Rulebook, told: Told, presume: bool | tuple[str, ...]) -> Case:
    """The case of which these are all facts."""
    facts: dict[str, GivenValue] = {}
    records: dict[str, list[dict[str, GivenScalar | None]]] = {}
    for key, value in told.items():
        of_record = RECORD_KEY.match(key)
        if of_record is not None:
            records[of_record["list"]][int(of_record["number"]) - 1][of_record["field"]] = value
        elif rulebook.facts[key].sort == "records":
            records[key] = [{} for _ in range(value if isinstance(value, int) else 0)]
        else:
            facts[key] = value
    return Case(facts={**facts, **{path: tuple(some) for path, some in records.items()}}, presume=presume)
