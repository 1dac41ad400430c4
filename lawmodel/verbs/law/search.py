"""What a rulebook says of something: the entries with a text in which some words occur."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, ClassVar, Final

from lawmodel.dataclass import dataclass
from lawmodel.law_entries.law_view import Entry, EntryKind, LawResult, LawView
from lawmodel.rulebook.condition import Stated
from lawmodel.rulebook.model import Fact, Outcome
from lawmodel.value_object import ValueObject

TEXTS: Final = frozenset(
    {"id", "title", "says", "text", "citation", "subject", "predicate", "means", "ask", "asks", "yes", "no", "phrase"}
    | {
        "each",
        "none",
        "unit",
        "remark",
        "short",
        "why",
        "because",
        "at",
        "stage_at",
        "original",
        "translation",
        "address",
    }
    | {"where"}
)
"""The keys of entries that hold a text for readers, and the id. Other keys hold names."""
AROUND: Final = 45
"""So many characters are shown on either side of the words."""


@dataclass(frozen=True, slots=True)
class Hit(ValueObject):
    """A text in which the words occur."""

    key: str
    """Where it stands in the entry: ``text``, or ``options.everyone.says``."""
    text: str
    start: int
    """Of the first place of the words in it."""
    end: int

    json_keys: ClassVar[Mapping[str, str]] = {"key": "key", "text": "text", "words": "words"}

    @property
    def words(self) -> str:
        """The words as they stand in the text."""
        return self.text[self.start : self.end]

    def around(self) -> tuple[str, str, str]:
        """What stands before the words, the words, and what stands after them, cut off between words."""
        before, after = self.text[: self.start], self.text[self.end :]
        if len(before) > AROUND:
            before = "… " + before[-AROUND:].partition(" ")[2]
        if len(after) > AROUND:
            after = after[:AROUND].rpartition(" ")[0] + " …"
        return before, self.words, after


@dataclass(frozen=True, slots=True)
class FoundEntry(ValueObject):
    """An entry, and its texts in which the words occur."""

    entry: Entry
    hits: tuple[Hit, ...]

    json_keys: ClassVar[Mapping[str, str]] = {
        "entry": "kind",
        "id": "id",
        "within": "within",
        "title": "title",
        "hits": "hits",
    }

    @property
    def kind(self) -> EntryKind:
        """The kind of entry."""
        return self.entry.kind

    @property
    def id(self) -> str:
        """The id of the entry."""
        return self.entry.id

    @property
    def within(self) -> str | None:
        """The question of an outcome; the list of a field."""
        return self.entry.within

    @property
    def title(self) -> str:
        """What the entry is, in a few words; empty where nothing is said."""
        return self.entry.title


@dataclass(frozen=True, slots=True)
class LawSearch(LawResult):
    """The entries with a text in which some words occur."""

    view: LawView
    words: str
    entries: tuple[FoundEntry, ...]

    json_keys: ClassVar[Mapping[str, str]] = {
        "rulebook": "rulebook",
        "program": "program",
        "law": "law",
        "words": "words",
        "entries": "entries",
    }


def search(view: LawView, words: str) -> LawSearch:
    """The entries with a text in which some words occur, one after the other, in capitals or not, also within others.

    Texts are compared as they are written, but for capitals and the white space between words.
    """
    return LawSearch(view, words, tuple(_found(view, words)))


def _found(view: LawView, words: str) -> Iterator[FoundEntry]:
    sought = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    for entry in view.entries:
        hits = []
        for key, text in texts(entry.value):
            if found := sought.search(text):
                hits.append(Hit(key, text, *found.span()))
        if not hits and (found := sought.search(entry.id)):  # the entry of a field has its name in its list alone
            hits.append(Hit("id", entry.id, *found.span()))
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
        case _ if is_dataclass(value) and not isinstance(value, Stated):
            for field in fields(value):
                below = field.name if not key else f"{key}.{field.name}"
                yield from texts(getattr(value, field.name), below, field.name)


def similar(view: LawView, words: str) -> list[str]:
    """Words of the rulebook that look like some words, the nearest first."""
    import difflib

    every = {word for entry in view.entries for _, text in texts(entry.value) for word in re.findall(r"\w{3,}", text)}
    return difflib.get_close_matches(words, sorted(one.casefold() for one in every), n=2, cutoff=0.75)
