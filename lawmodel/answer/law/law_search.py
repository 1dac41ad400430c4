"""What a rulebook says of something: the entries with a text in which some words occur."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

from lawmodel.answer.law.law_view import Entry, LawView
from lawmodel.rulebook.condition import StatedPart
from lawmodel.rulebook.model import Fact, Outcome

TEXTS: Final = frozenset(
    {"id", "title", "says", "text", "citation", "subject", "predicate", "means", "ask", "asks", "yes", "no", "phrase"}
    | {"each", "none", "unit", "remark", "why", "because", "at", "stage_at"}
)
"""The keys of entries that hold a text for readers, and the id. Other keys hold names."""
AROUND: Final = 45
"""So many characters are shown on either side of the words."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A text in which the words occur."""

    key: str
    """Where it stands in the entry: ``text``, or ``options.everyone.says``."""
    text: str
    start: int
    """Of the first place of the words in it."""
    end: int

    def around(self) -> tuple[str, str, str]:
        """What stands before the words, the words, and what stands after them, cut off between words."""
        before, after = self.text[: self.start], self.text[self.end :]
        if len(before) > AROUND:
            before = "… " + before[-AROUND:].partition(" ")[2]
        if len(after) > AROUND:
            after = after[:AROUND].rpartition(" ")[0] + " …"
        return before, self.text[self.start : self.end], after

    def to_json(self) -> dict[str, Any]:
        """Plain data: the whole text, and the words as they stand in it."""
        return {"key": self.key, "text": self.text, "words": self.text[self.start : self.end]}


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry, and its texts in which the words occur."""

    entry: Entry
    hits: tuple[Hit, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        entry = self.entry
        plain = {"entry": entry.kind, "id": entry.id, "within": entry.within, "title": entry.title}
        return {**plain, "hits": [hit.to_json() for hit in self.hits]}


def search(view: LawView, words: str) -> Iterator[FoundEntry]:
    """The entries with a text in which some words occur, one after the other, in capitals or not, also within others.

    Texts are compared as they are written, but for capitals and the white space between words.
    """
    sought = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    for entry in view.entries:
        hits = []
        for key, text in texts(entry.value):
            if found := sought.search(text):
                hits.append(Hit(key, text, *found.span()))
        if hits:
            yield FoundEntry(entry, tuple(hits))


def texts(value: Any, key: str = "", name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of an entry, with its place: the keys that lead there, and the ids of what they list.

    What has an entry of its own (a field of a list, an outcome of a question) is not told here.
    """
    match value:
        case str():
            if name in TEXTS:
                yield key, " ".join(value.split())
        case Mapping():
            for one, inner in value.items():
                yield from texts(inner, f"{key}.{one}", "says" if isinstance(inner, str) else one)
        case tuple():
            for number, inner in enumerate(value, 1):
                if not isinstance(inner, Fact | Outcome):
                    yield from texts(inner, f"{key}.{getattr(inner, 'id', number)}")
        case _ if is_dataclass(value) and not isinstance(value, StatedPart):
            for field in fields(value):
                below = field.name if not key else f"{key}.{field.name}"
                yield from texts(getattr(value, field.name), below, field.name)


def similar(view: LawView, words: str) -> list[str]:
    """Words of the rulebook that look like some words, the nearest first."""
    import difflib

    every = {word for entry in view.entries for _, text in texts(entry.value) for word in re.findall(r"\w{3,}", text)}
    return difflib.get_close_matches(words, sorted(one.casefold() for one in every), n=2, cutoff=0.75)
