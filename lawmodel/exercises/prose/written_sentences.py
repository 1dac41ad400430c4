"""Sentences written down: which are joined, and how the person is called in each."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Final

from lawmodel.dataclass import dataclass
from lawmodel.exercises.prose.person import Person
from lawmodel.exercises.prose.wordings import words_in
from lawmodel.rulebook.model import PartOfStory
from lawmodel.rulebook.phrase_template import PersonHole

MOST_JOINED: Final = 22
"""So many words may two sentences have that are joined."""


NOT_SAID: Final = "The file does not say "
NEITHER: Final = "Nor does it say "
"""In the place of the other, in the second of two sentences that say what is not known."""
OPENING_WORDS: Final = frozenset(
    ("A", "An", "As", "At", "By", "For", "From", "In", "It", "Its", "No", "Of", "On", "Only", "Since", "The", "There")
)
"""Words with which a sentence may begin and which have no capital letter elsewhere; others may be names."""


class CannotBeTold(Exception):
    """Something in the case has no words."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a story, not yet written down."""

    part: PartOfStory
    rank: int
    of: str
    record: int
    number: int
    """The place of its wording in the rulebook, by which sentences about one record are told in order."""
    role: str
    pieces: tuple[str | PersonHole, ...]
    keys: tuple[str, ...]
    """What it tells."""
    is_open: bool = False
    """Whether it tells that something is not known."""


class Writer:
    """Writes sentences down: the person by the full name first, then by a pronoun, or by the family name."""

    def __init__(self, person: Person, draw: random.Random, behind: tuple[str, ...] | None) -> None:
        self.person = person
        self.draw = draw
        self.behind = behind
        self.introduced = False
        self.near = False
        """Whether the sentence before, or this one so far, named the person."""
        self.just = False
        """Whether the sentence before introduced the person."""
        self.begun_alike = 0
        """How many sentences in a row began with the pronoun."""

    def written(self, sentences: Sequence[Sentence]) -> list[str]:
        """The sentences; raises `CannotBeTold` where what belongs behind the name has no place."""
        found: list[str] = []
        for pieces in self._joined(sentences):
            named, text, before = False, "", self.introduced
            for number, piece in enumerate(pieces):
                if isinstance(piece, str):
                    text += piece
                else:
                    text += self._mention(piece.word, at_start=number == 0, within=named)
                    named = True
            self.near, self.just = named, self.introduced and not before
            if not (isinstance(pieces[0], PersonHole) and pieces[0].word == "He"):
                self.begun_alike = 0
            text = f"{text[:1].upper()}{text[1:]}."
            if found and found[-1].startswith((NOT_SAID, NEITHER)) and text.startswith(NOT_SAID):
                text = f"{NEITHER}{text.removeprefix(NOT_SAID)}"
            found.append(text)
        if self.behind is not None:
            raise CannotBeTold("the name has no place behind which more can stand")
        return found

    def _mention(self, word: str, *, at_start: bool, within: bool) -> str:
        if not self.introduced:
            self.introduced = True
            if word.lower() == "himself":
                raise CannotBeTold("the person would be mentioned before the name")
            name = self.person.name
            if word.lower() == "his":
                return f"{name}'s"
            if at_start and self.behind is not None:
                name, self.behind = name + "".join(self.behind), None
            return name
        if word.lower() == "himself":
            return self.person.word(word)
        if within or (self.near and not at_start):
            return self.person.word(word)
        by_name = not self.near or self.begun_alike >= 3 or (at_start and not self.just and self.draw.random() < 0.08)
        if at_start and word == "He":
            self.begun_alike = 0 if by_name else self.begun_alike + 1
        if not by_name:
            return self.person.word(word)
        return f"{self.person.family}'s" if word.lower() == "his" else self.person.family

    def _joined(self, sentences: Sequence[Sentence]) -> Iterator[tuple[str | PersonHole, ...]]:
        """Short sentences of one part are joined in pairs, now and then."""
        waiting: Sentence | None = None
        for one in sentences:
            if waiting is not None:
                if self._may_join(waiting, one):
                    yield (*waiting.pieces, ", and ", *_lower(one.pieces))
                    waiting = None
                    continue
                yield waiting.pieces
            waiting = one
        if waiting is not None:
            yield waiting.pieces

    def _may_join(self, first: Sentence, second: Sentence) -> bool:
        if (first.part, first.of, first.record) != (second.part, second.of, second.record):
            return False
        if first.is_open is not second.is_open:
            return False
        if first.role != "clause" or second.role != "clause" or not _can_be_lower(second.pieces):
            return False
        length = sum(words_in(piece) if isinstance(piece, str) else 1 for piece in (*first.pieces, *second.pieces))
        return length <= MOST_JOINED and self.draw.random() < 0.8


def _can_be_lower(pieces: Sequence[str | PersonHole]) -> bool:
    """Whether a sentence begins with a word that has a capital letter only because it begins it."""
    first = pieces[0]
    return isinstance(first, PersonHole) or first.split(maxsplit=1)[0] in OPENING_WORDS


def _lower(pieces: Sequence[str | PersonHole]) -> tuple[str | PersonHole, ...]:
    """What a sentence says in the midst of another."""
    first = pieces[0]
    if isinstance(first, PersonHole):
        return (PersonHole(first.word.lower()), *pieces[1:])
    return (first[:1].lower() + first[1:], *pieces[1:])
