"""Wordings as regular expressions, so that a story can be read with what it was told with."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import field
from typing import Final, assert_never

from lawmodel.case.values import UNKNOWN, decode_text
from lawmodel.dataclass import dataclass
from lawmodel.exercises.prose.wordings import NUMBERS, Wording, Wordings
from lawmodel.exercises.single_facts import without_numbers
from lawmodel.inputs import GivenScalar
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.rulebook.phrase_template import (
    DetailHole,
    FactHole,
    FurtherHole,
    PersonHole,
    Segment,
    SexHole,
    Template,
    Text,
    ValueItself,
)

PERSON: Final = "§"
"""What stands for the name of the person while a story is read."""
MONTHS: Final = tuple(f"{datetime.date(2000, month, 1):%B}" for month in range(1, 13))
DAY: Final = rf"\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}"
NUMBER: Final = rf"(?:\d[\d,]*|{'|'.join(NUMBERS[1:])})"
_PRONOUNS: Final[Mapping[str, str]] = {
    "He": rf"(?:{PERSON}|[Hh]e|[Ss]he)",
    "he": rf"(?:{PERSON}|[Hh]e|[Ss]he)",
    "him": rf"(?:{PERSON}|him|her)",
    "himself": r"(?:himself|herself)",
    "His": rf"(?:{PERSON}'s|[Hh]is|[Hh]er)",
    "his": rf"(?:{PERSON}'s|[Hh]is|[Hh]er)",
}


@dataclass(frozen=True)
class Slot:
    """What a group of a pattern means, where it took part."""

    name: str
    """The fact, as the phrase names it."""
    value: GivenScalar | None = None
    by_text: bool = False
    """Whether the value is what the group matched."""


@dataclass
class Pattern:
    """A wording as a regular expression, and what its groups mean."""

    wording: Wording
    slots: dict[str, Slot] = field(default_factory=dict)
    source: str = ""
    compiled: re.Pattern[str] | None = None

    def match(self, text: str) -> re.Match[str] | None:
        """The match with a whole sentence."""
        if self.compiled is None:
            self.compiled = re.compile(self.source)
        return self.compiled.fullmatch(text)


class PatternMaker:
    """Makes patterns of the wordings of a rulebook."""

    def __init__(self, known: Wordings) -> None:
        self.rulebook = known.rulebook
        self.known = known

    def pattern(self, one: Wording) -> Pattern:
        """The pattern of a wording."""
        pattern = Pattern(one)
        source = self._source(pattern, one.template, self_name=next((name for name, _ in one.needs), ""))
        pattern.source = source
        return pattern

    def _source(self, pattern: Pattern, template: Template, self_name: str, *, nested: bool = False) -> str:
        found: list[str] = []
        for number, part in enumerate(template):
            match part:
                case Text(says):
                    text = re.escape(says)
                    if not nested and not any(isinstance(one, Text | PersonHole) for one in template[:number]):
                        text = f"[{re.escape(says[0].upper())}{re.escape(says[0].lower())}]{re.escape(says[1:])}"
                    found.append(text)
                case PersonHole(word):
                    found.append(_PRONOUNS[word])
                case SexHole():
                    pass
                case FurtherHole():
                    found.append("(?P<further>later |then |also |)")
                case DetailHole(name):
                    found.append(f"(?:{'|'.join(map(re.escape, pattern.wording.details[name][0]))})")
                case FactHole(name, None):
                    found.append(self._hole(pattern, name))
                case FactHole(name, value):
                    fact = self.rulebook.fact(without_numbers(name))
                    if value != "any":
                        group = self._group(pattern, Slot(name, _decoded(self.rulebook, fact, str(value))))
                        found.append(f"(?P<{group}>)")
                case ValueItself():
                    group = self._group(pattern, Slot(self_name, by_text=True))
                    found.append(f"(?P<{group}>{self._itself(self.rulebook.fact(without_numbers(self_name)))})")
                case Segment(parts):
                    found.append(f"(?:{self._source(pattern, parts, self_name, nested=True)})?")
                case _:
                    assert_never(part)
        return "".join(found)

    def _hole(self, pattern: Pattern, name: str) -> str:
        fact = self.rulebook.fact(without_numbers(name))
        path = without_numbers(name)
        by_value = self.known.fragments.get(path)
        if by_value is None:
            group = self._group(pattern, Slot(name, by_text=True))
            return f"(?P<{group}>{self._itself(fact)})"
        ways = []
        for value, templates in by_value.items():
            for template in templates:
                if value == "any":
                    ways.append(self._source(pattern, template, name, nested=True))
                else:
                    group = self._group(pattern, Slot(name, _decoded(self.rulebook, fact, value)))
                    ways.append(f"(?P<{group}>{self._source(pattern, template, name, nested=True)})")
        return f"(?:{'|'.join(ways)})"

    def _group(self, pattern: Pattern, slot: Slot) -> str:
        name = f"g{len(pattern.slots)}"
        pattern.slots[name] = slot
        return name

    def _itself(self, fact: Fact) -> str:
        match fact.sort:
            case "date":
                return DAY
            case "number":
                return NUMBER if fact.unit is None else rf"{NUMBER} \w+"
            case "choice" | "yes/no" | "records":
                return r"[^.,;:]+?"
            case _:
                assert_never(fact.sort)


def _decoded(rulebook: Rulebook, fact: Fact, value: str) -> GivenScalar | None:
    return None if value == UNKNOWN else decode_text(rulebook, fact, value)
