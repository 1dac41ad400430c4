"""One story, composed: which wordings tell the facts, and in which order."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from lawmodel.exercises.prose.facts_told import Told
from lawmodel.exercises.prose.said_of_case import (
    DrawnText,
    FactSaid,
    LeftOutIfNotTold,
    NeverSaid,
    Pieces,
    Said,
    SaidOfCase,
)
from lawmodel.exercises.prose.wordings import PARTS, Wording, Wordings
from lawmodel.exercises.prose.words_of_values import FURTHER, LISTS, OF_A_RECORD, OF_THE_PERSON, item
from lawmodel.exercises.prose.written_sentences import Sentence, Writer
from lawmodel.exercises.single_facts import without_numbers
from lawmodel.rulebook.model import PartOfStory, Register
from lawmodel.rulebook.phrase_template import (
    PersonHole,
)

PLANS: Final[tuple[tuple[PartOfStory, ...], ...]] = (
    PARTS,
    ("demand", "person", "history", "circumstances", "decision"),
    ("person", "demand", "history", "circumstances", "decision"),
)
"""Orders of the parts, of which one is drawn, so that stories do not all sound alike."""
LAST: Final = 1_000_000
"""The place of what comes after all that has one."""
MOSTLY: Final = 0.85
"""How often a wording is taken that tells most."""
MOST_IN_A_LIST: Final = 3


def usable_wordings(known: Wordings, told: Told, question: str, register: Register) -> list[Wording]:
    """The wordings that can tell something of these facts, for a question and in a register."""
    paths = {without_numbers(key) for key in told}
    return [
        one
        for one in known.told
        if (not one.questions or question in one.questions)
        and one.register in (None, register)
        and (one.of in paths if one.role == "none" else all(without_numbers(name) in paths for name, _ in one.needs))
    ]


class Composer:
    """Composes one story of ``usable`` wordings; each draw gives another."""

    def __init__(
        self,
        of_case: SaidOfCase,
        question: str,
        draw: random.Random,
        usable: Sequence[Wording],
    ) -> None:
        self.of_case = of_case
        self.known = of_case.known
        self.rulebook = of_case.known.rulebook
        self.told = of_case.told
        self.remaining = dict(of_case.told)
        self.question = question
        self.person = of_case.person
        self.draw = draw
        self.fallen_back = 0
        """How many sentences are in the words of values."""
        self.usable = usable

    def compose(self) -> list[str]:
        """The sentences of the story; raises `CannotBeTold`."""
        plan = self.draw.choice(PLANS)
        behind = self._apposition()
        sentences: list[Sentence] = []
        for path, value in list(self.told.items()):
            fact = self.rulebook.facts.get(path)
            if fact is not None and fact.sort == "records" and isinstance(value, int):
                sentences += self._list(path, value)
        sentences += self._singles()
        order = {part: number for number, part in enumerate(plan)}
        sentences.sort(key=lambda one: (order[one.part], one.rank, one.of, one.record, one.number))
        return Writer(self.person, self.draw, behind).written(sentences)

    # What tells the facts.

    def _apposition(self) -> tuple[str, ...] | None:
        """What stands behind the full name, where that can tell facts which would otherwise take a sentence."""
        candidates = []
        for one in self.usable:
            if one.role == "apposition" and (self.told.get(one.of) == 1 if one.of else True):
                filled = self._filled(one, 1)
                if filled is not None and (not one.of or self._whole(one.of, filled[1])):
                    candidates.append(filled)
            elif one.role == "none":
                continue
        if not candidates or self.draw.random() < 0.35:
            return None
        pieces, keys = self.draw.choice(candidates)
        self._tell(keys)
        for path in {key.partition("[")[0] for key in keys if "[" in key}:
            self.remaining.pop(path, None)
        return tuple(piece if isinstance(piece, str) else self.person.word(piece.word) for piece in pieces)

    def _whole(self, of: str, keys: Sequence[str]) -> bool:
        """Whether these are all that is told of a list of one record."""
        return {key for key in self.told if key.startswith(f"{of}[")} <= set(keys)

    def _list(self, path: str, count: int) -> Iterator[Sentence]:
        if path not in self.remaining:
            return
        del self.remaining[path]
        part, rank = self.known.place_of(path, self.question)
        if not count:
            none = [one for one in self.usable if one.role == "none" and one.of == path]
            if none:
                pieces, _ = self._filled(self.draw.choice(none), 0) or ((), ())
                yield Sentence(part, rank, path, 0, 0, "none", pieces, (path,))
            else:
                self.fallen_back += 1
                said = self.rulebook.facts[path].none or ""
                yield Sentence(part, rank, path, 0, 0, "none", (OF_THE_PERSON, PersonHole("him"), f": {said}"), (path,))
            return
        for number in range(1, count + 1):
            yield from self._record(path, number, part, rank)

    def _record(self, path: str, number: int, part: PartOfStory, rank: int) -> Iterator[Sentence]:
        begun = False
        while True:
            keys = [key for key in self.remaining if key.startswith(f"{path}[{number}].")]
            if not keys and begun:
                return
            candidates = []
            for one in self.usable:
                if one.of != path or one.role not in ("sentence", "clause") or (one.role == "clause" and not begun):
                    continue
                if (begun and one.further) or (number > 1 and not begun and not one.further):
                    continue
                filled = self._filled(one, number)
                if filled is not None and filled[1]:
                    candidates.append((one, *filled))
            beginning = [one for one in candidates if one[0].further]
            chosen = self._chosen(candidates if begun else beginning or candidates)
            if chosen is None:
                yield from self._in_words_of_values(path, number, keys, part, rank, begun)
                return
            one, pieces, told = chosen
            self._tell(told)
            place = one.number if begun else -1
            yield Sentence(one.part, one.rank, path, number, place, one.role, pieces, told, self._is_open(told))
            begun = True

    def _singles(self) -> Iterator[Sentence]:
        while True:
            candidates = []
            for one in self.usable:
                if one.of or one.role not in ("sentence", "clause"):
                    continue
                filled = self._filled(one, 0)
                if filled is not None and filled[1]:
                    candidates.append((one, *filled))
            chosen = self._chosen(candidates)
            if chosen is None:
                break
            one, pieces, told = chosen
            self._tell(told)
            yield Sentence(one.part, one.rank, "", 0, one.number, one.role, pieces, told, self._is_open(told))
        left: dict[tuple[PartOfStory, int], list[str]] = {}
        for key in self.remaining:
            if "[" not in key:
                left.setdefault(self.known.place_of(key, self.question), []).append(key)
        for (part, rank), keys in left.items():
            yield from self._in_words_of_values("", 0, keys, part, rank, begun=True)

    def _chosen(
        self, candidates: list[tuple[Wording, tuple[str | PersonHole, ...], tuple[str, ...]]]
    ) -> tuple[Wording, tuple[str | PersonHole, ...], tuple[str, ...]] | None:
        """One of those that tell most; now and then one that tells a fact less.

        What is for this register alone counts two facts more.
        """
        if not candidates:
            return None
        weights = [len(keys) + 2 * (one.register is not None) for one, _, keys in candidates]
        least = max(1, max(weights) if self.draw.random() < MOSTLY else max(weights) - 1)
        return self.draw.choice([one for one, weight in zip(candidates, weights, strict=True) if weight >= least])

    def _is_open(self, keys: Sequence[str]) -> bool:
        return any(self.told[key] is None for key in keys)

    def _tell(self, keys: Sequence[str]) -> None:
        for key in keys:
            self.remaining.pop(key, None)

    # What a wording says of this case.

    def _filled(self, one: Wording, number: int) -> tuple[Pieces, tuple[str, ...]] | None:
        """What it says, and what it tells; None where it cannot be said of this case."""
        for key in self.of_case.needs(one, number):
            if key not in self.remaining:
                return None
        keys: list[str] = []
        pieces: list[str | PersonHole] = []
        if not self._fill(self.of_case.said(one, number), pieces, keys):
            return None
        return tuple(pieces), tuple(dict.fromkeys(keys))

    def _fill(self, said: Sequence[Said], pieces: list[str | PersonHole], keys: list[str]) -> bool:
        for part in said:
            match part:
                case str() | PersonHole():
                    pieces.append(part)
                case FactSaid():
                    if part.key not in self.remaining or part.key in keys:
                        return False
                    if part.one_of:
                        there = self.draw.choice(part.one_of)
                        if there is None:
                            return False
                        pieces += there
                    keys.append(part.key)
                case LeftOutIfNotTold():
                    inner: list[str | PersonHole] = []
                    told: list[str] = []
                    if self._fill(part.said, inner, told):
                        pieces += inner
                        keys += [key for key in told if key not in keys]
                case DrawnText():
                    pieces.append(self.draw.choice(part.texts))
                case NeverSaid():
                    return False
                case _:
                    assert_never(part)
        return True

    # What has no phrase.

    def _in_words_of_values(
        self, of: str, number: int, keys: Sequence[str], part: PartOfStory, rank: int, begun: bool
    ) -> Iterator[Sentence]:
        self.fallen_back += 1
        said = [(key, self._words(key)) for key in keys]
        if not begun:
            each = self.rulebook.facts[of].each or ""
            head = f"{LISTS}{FURTHER if number > 1 else ''}{each}"
            first, said = said[:MOST_IN_A_LIST], said[MOST_IN_A_LIST:]
            text = f"{head}: {'; '.join(words for _, words in first)}" if first else head
            yield Sentence(part, rank, of, number, -1, "words", (text,), tuple(key for key, _ in first))
        for at in range(0, len(said), MOST_IN_A_LIST):
            some = said[at : at + MOST_IN_A_LIST]
            words = "; ".join(words for _, words in some)
            if of:
                pieces: tuple[str | PersonHole, ...] = (f"{OF_A_RECORD}{self.rulebook.facts[of].each}: {words}",)
            else:
                pieces = (OF_THE_PERSON, PersonHole("him"), f": {words}")
            yield Sentence(part, rank, of, number, LAST, "words", pieces, tuple(key for key, _ in some))
        self._tell(keys)

    def _words(self, key: str) -> str:
        return item(self.rulebook, self.rulebook.fact(without_numbers(key)), self.told[key])
