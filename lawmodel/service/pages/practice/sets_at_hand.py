"""Sets of exercises in a process: each exercise is made when it is first asked for, and kept.

What was made is also kept in the user's cache, where the other processes of the service find it, and the next start.
It is named by all that decides what it is: the rulebook, the set, the program, and the day, since a case that names no
day is decided by the law of today. What is found there is read as strictly as a file of exercises is; what cannot be
trusted is made anew.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, TypeVar

from lawmodel.dataclass import dataclass
from lawmodel.digests import blake2b
from lawmodel.exercises.exercise import Exercise, ExerciseSet, LeftOut
from lawmodel.exercises.exercise_file import exercises_text, parse_exercises
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making_sets import made_in_turn
from lawmodel.kept_objects import KeptObjects
from lawmodel.problems import ProblemsFound
from lawmodel.results.header import RulebookUsed
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.pages.practice.set_address import SetAsked, SetKey

MOST_SETS: Final = 32
"""So many sets are at hand in a process, of some 60 kB each."""
MOST_LAWS: Final = 3
"""The laws of so many questions are at hand, of some 20 MB each."""
MOST_KEPT: Final = 400
"""So many sets are kept in the user's cache."""
_Key = TypeVar("_Key")
_One = TypeVar("_One")
_KEPT: Final = KeptObjects("exercises", (), MOST_KEPT)


@dataclass(frozen=True, slots=True)
class SetAtHand:
    """What was made of a set so far."""

    exercises: tuple[Exercise, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    complete: bool = False
    """Whether nothing more comes."""

    def has(self, place: int) -> bool:
        """Whether it is known which exercise is at a place, or that there is none."""
        return self.complete or len(self.exercises) >= place


class _Maker:
    """Makes the exercises of a set, one after the other."""

    def __init__(self, laws: Laws, key: SetKey) -> None:
        _, kinds, level, self._count, seed = key
        self._next = made_in_turn(laws, kinds, self._count, seed, level)
        self._made, self._left_out, self._complete = list[Exercise](), list[LeftOut](), False

    def until(self, place: int) -> SetAtHand:
        """The set with so many exercises, if it has them."""
        while len(self._made) < place and not self._complete:
            match next(self._next, None):
                case Exercise() as one:
                    self._made.append(one)
                case LeftOut() as one:
                    self._left_out.append(one)
                case None:
                    self._complete = True
        return SetAtHand(tuple(self._made), tuple(self._left_out), self._complete or len(self._made) == self._count)


class SetsAtHand:
    """The sets of one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._sets: dict[tuple[SetKey, datetime.date], SetAtHand] = {}
        self._makers: dict[tuple[SetKey, datetime.date], _Maker] = {}
        self._laws: dict[str, Laws] = {}

    def laws(self, question: str) -> Laws:
        """The law on a question, and what may be taken for it."""
        return _put(self._laws, question, self._laws.get(question) or Laws(self._rulebook, question), MOST_LAWS)

    def known(self, asked: SetAsked, place: int) -> SetAtHand:
        """What there is of the set, here or in the cache: nothing is made, so it may be less than is asked for."""
        key = asked.key, datetime.date.today()
        found = self._sets.get(key, SetAtHand())
        return found if found.has(place) else self._recalled(asked, key[1])

    def until(self, asked: SetAsked, place: int) -> SetAtHand:
        """The set with the exercise at this place, from 1, if it has so many."""
        day = datetime.date.today()
        key = asked.key, day
        found = self.known(asked, place)
        if not found.has(place):
            # where another process has made the beginning, it is made here once more
            maker = self._makers.get(key) or _Maker(self.laws(asked.question), asked.key)
            found = _put(self._makers, key, maker, MOST_SETS).until(place)
            self._keep(asked, day, found)
        return _put(self._sets, key, found, MOST_SETS)

    # -- in the user's cache

    def _made_from(self, asked: SetAsked, day: datetime.date) -> Sequence[str]:
        question, kinds, level, count, seed = asked.key
        return (
            str(self._rulebook.content_hash),
            program_digest(),
            day.isoformat(),
            question,
            ",".join(kinds),
            f"{level} {count} {seed}",
        )

    def _recalled(self, asked: SetAsked, day: datetime.date) -> SetAtHand:
        kept = _KEPT.recall(self._made_from(asked, day)) if self._rulebook.content_hash else None
        match kept:
            case (bool(complete), str(text)):
                try:
                    read = parse_exercises(text)
                except ProblemsFound:
                    return SetAtHand()
                if read.rulebook.sha256 == self._rulebook.content_hash:
                    return SetAtHand(read.exercises, read.left_out, complete)
        return SetAtHand()

    def _keep(self, asked: SetAsked, day: datetime.date, made: SetAtHand) -> None:
        if self._rulebook.content_hash:
            used = RulebookUsed.of(self._rulebook)
            text = exercises_text(ExerciseSet(asked.question, asked.seed, used, made.exercises, made.left_out))
            _KEPT.keep(self._made_from(asked, day), (made.complete, text))


@cache
def program_digest() -> str:
    """A digest of all sources of the program: any of them may decide what an exercise is."""
    digest = blake2b(digest_size=16)
    for name, content in sorted(_sources(files("lawmodel"), "")):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _sources(folder: Traversable, above: str) -> Iterator[tuple[str, bytes]]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _sources(one, f"{above}{one.name}/")
        elif one.name.endswith((".py", ".json")):
            yield f"{above}{one.name}", one.read_bytes()


def _put(known: dict[_Key, _One], key: _Key, one: _One, most: int) -> _One:
    """Note it as the latest; of more than ``most`` the oldest go."""
    known.pop(key, None)
    while len(known) >= most:
        del known[next(iter(known))]
    known[key] = one
    return one
