"""Facts in the words that their values have, where the rulebook has no phrase for them; and those words read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Final, TypeAlias

from lawmodel.case.values import amount, bounds_in_words, day_in_words, decode_text, in_words
from lawmodel.exercises.prose.reading_patterns import DAY, MONTHS
from lawmodel.inputs import FIRST_DAY, LAST_DAY, DayBounds, GivenScalar
from lawmodel.rulebook.model import Fact, Rulebook

ItemReading: TypeAlias = tuple[str, bool, bool, tuple[tuple[str, GivenScalar | None], ...]]
"""The list, whether a further record begins, whether there is none, and the facts."""
OF_THE_PERSON: Final = "The file says of "
OF_A_RECORD: Final = "The file says of this "
LISTS: Final = "The file lists one "
FURTHER: Final = "further "
_DAY: Final = rf"(?P<day>{DAY})"
_NUMBER: Final = r"(?P<number>\d[\d,]*)(?: [a-z]+)?"
_BOUNDS: Final = re.compile(
    rf"(?P<title>.+): a day (?:after (?P<after>{DAY}))?(?: and )?(?:before (?P<before>{DAY}))?"
    r", not known which"
)


def item(rulebook: Rulebook, fact: Fact, value: GivenScalar | None) -> str:
    """A fact as it stands in a list of facts."""
    if isinstance(value, DayBounds):
        return f"{fact.title}: {bounds_in_words(value)}, not known which"
    return in_words(rulebook, fact, value)


class ItemTable:
    """What each text in a list of facts says: by list, or "" for single facts."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.each = {fact.each: path for path, fact in rulebook.facts.items() if fact.sort == "records"}
        self.none = {fact.none: path for path, fact in rulebook.facts.items() if fact.sort == "records"}
        self.facts: dict[str, list[tuple[str, Fact]]] = {"": []}
        for path, fact in rulebook.facts.items():
            if fact.sort == "records":
                self.facts[path] = [(f"{path}.{one.id}", one) for one in fact.of]
            else:
                self.facts[""].append((path, fact))

    def read(self, sentence: str) -> list[ItemReading] | None:
        """What a sentence in the words of values says; None where it is none."""
        head, _, listed = sentence.partition(": ")
        items = listed.split("; ") if listed else []
        if head.startswith(LISTS):
            each = head.removeprefix(LISTS)
            further = each.startswith(FURTHER)
            each = each.removeprefix(FURTHER) if further else each
            if each in self.each:
                return self._of(self.each[each], items, further=further)
        if head.startswith(OF_A_RECORD) and head.removeprefix(OF_A_RECORD) in self.each:
            return self._of(self.each[head.removeprefix(OF_A_RECORD)], items, further=False)
        if head.startswith(OF_THE_PERSON):
            if listed in self.none:
                return [(self.none[listed], False, True, ())]
            return self._of("", items, further=False)
        return None

    def _of(self, of: str, items: list[str], *, further: bool) -> list[ItemReading] | None:
        facts = []
        for one in items:
            meant = self._meant(of, one)
            if meant is None:
                return None
            facts.append(meant)
        return [(of, further, False, tuple(sorted(facts)))]

    def _meant(self, of: str, text: str) -> tuple[str, GivenScalar | None] | None:
        found = [(path, value[0]) for path, fact in self.facts[of] if (value := self._value(fact, text)) is not None]
        return found[0] if len(found) == 1 else None

    def _value(self, fact: Fact, text: str) -> tuple[GivenScalar | None] | None:
        """The value, alone in a tuple, that a text gives a fact; None where it speaks of another."""
        if text == f"not known: {fact.title}":
            return (None,)
        fixed: Mapping[str, GivenScalar | None] = self._fixed(fact)
        if text in fixed:
            return (fixed[text],)
        if fact.sort == "date":
            bounds = _BOUNDS.fullmatch(text)
            if bounds is not None and bounds["title"] == fact.title:
                after, before = bounds["after"], bounds["before"]
                first = _day(after) + 1 if after else FIRST_DAY
                return (DayBounds(first, _day(before) - 1 if before else LAST_DAY),)
        if fact.sort in ("date", "number"):
            start, _, end = (fact.phrase or "{}").partition("{}")
            match = re.fullmatch(f"{re.escape(start)}{_DAY if fact.sort == 'date' else _NUMBER}{re.escape(end)}", text)
            if match is None:
                return None
            value = _day(match["day"]) if fact.sort == "date" else int(match["number"].replace(",", ""))
            said = day_in_words(value) if fact.sort == "date" else amount(fact, value)
            return (value,) if (fact.phrase or "{}").replace("{}", said) == text else None
        return None

    def _fixed(self, fact: Fact) -> Mapping[str, GivenScalar | None]:
        values = ["yes", "no"] if fact.sort == "yes/no" else [*self.rulebook.choices_of(fact), *fact.words]
        decoded = [decode_text(self.rulebook, fact, value) for value in values]
        return {in_words(self.rulebook, fact, value): value for value in decoded}


def _day(text: str) -> int:
    day, month, year = text.split()
    return datetime.date(int(year), MONTHS.index(month) + 1, int(day)).toordinal()
