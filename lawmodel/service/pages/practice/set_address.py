"""A set of exercises as its address names it: the same for everybody who opens it under the same rulebook.

An exercise stands at ``/practise/QUESTION/NUMBER``. The query says of which kinds (``kind``, with commas; none: every
kind), of which level (``level``), how many (``count``) and by which seed (``seed``) the set is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias
from urllib.parse import quote

from lawmodel.dataclass import dataclass
from lawmodel.exercises.difficulty import least_level
from lawmodel.exercises.exercise import KINDS, Kind, Level
from lawmodel.problems import did_you_mean
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.pages.address import RULEBOOK, Mistake, with_query
from lawmodel.service.pages.catalogue import LANGUAGES
from lawmodel.service.pages.exchange import PageRequest

VIEW: Final = "practise"
COUNT: Final = 6
"""So many exercises has a set where its address does not say."""
MOST: Final = 20
"""So many exercises has a set on pages at most: it is made while somebody waits."""
GREATEST_SEED: Final = 2**53 - 1
SEED: Final = 1
LEVELS: Final[Mapping[str, Level]] = {"1": 1, "2": 2, "3": 3, "4": 4}
SetKey: TypeAlias = tuple[str, tuple[Kind, ...], Level | None, int, int]


@dataclass(frozen=True, slots=True)
class SetAsked:
    """Which set is asked for."""

    question: str
    kinds: tuple[Kind, ...] = ()
    """Empty: every kind."""
    level: Level | None = None
    count: int = COUNT
    seed: int = SEED
    rulebook: str = ""
    """By which the address was made: the beginning of its hash; empty where it does not say."""
    language: str = LANGUAGES[0]
    mistakes: tuple[Mistake, ...] = ()

    @property
    def key(self) -> SetKey:
        """What tells it from other sets of the rulebook."""
        return self.question, self.kinds or KINDS, self.level, self.count, self.seed

    @property
    def command(self) -> str:
        """The command that makes the same set as a file."""
        kinds = "".join(f" --kind {one}" for one in self.kinds)
        level = f" --level {self.level}" if self.level else ""
        return (
            f"lawmodel exercises --question {self.question}{kinds}{level} --count {self.count} --seed {self.seed} "
            "--out exercises.json"
        )


def read_set(rulebook: Rulebook, question: str, asked: PageRequest) -> SetAsked:
    """The set that a query names; what cannot be read of it is noted and passed over."""
    mistakes: list[Mistake] = []
    named = [one for value in asked.all("kind") for one in value.split(",") if one]
    kinds = tuple(kind for kind in KINDS if kind in named)
    for one in dict.fromkeys(named):
        if one not in KINDS:
            mistakes.append(_mistake("kind", one, KINDS))
    level = asked.value("level")
    if level and level not in LEVELS:
        mistakes.append(_mistake("level", level, LEVELS))
    made_by = asked.value(RULEBOOK)
    return SetAsked(
        question,
        () if kinds == KINDS else kinds,
        LEVELS.get(level),
        _number(asked, "count", COUNT, (1, MOST), mistakes),
        _number(asked, "seed", SEED, (0, GREATEST_SEED), mistakes),
        made_by if made_by and all(one in "0123456789abcdef" for one in made_by) and 8 <= len(made_by) <= 64 else "",
        asked.language,
        tuple(mistakes),
    )


def nearest_levels(asked: SetAsked, known: Level) -> list[Level]:
    """The levels that are no further from the one that a set asks for than one of which there is an exercise.

    The nearest first, of two the lower one. Without those that none of its kinds has, and the one that it asks for.
    """
    wanted, least = asked.level or known, min(map(least_level, asked.kinds or KINDS))
    levels = [one for one in LEVELS.values() if one >= least and 0 < abs(one - wanted) <= abs(known - wanted)]
    return sorted(levels, key=lambda one: (abs(one - wanted), one))


def _mistake(parameter: str, value: str, known: Iterable[str]) -> Mistake:
    names = list(known)
    return Mistake(
        parameter, f"there is no {parameter} `{value}`", did_you_mean(value, names, f"There are: {', '.join(names)}.")
    )


def _number(asked: PageRequest, name: str, usual: int, bounds: tuple[int, int], mistakes: list[Mistake]) -> int:
    value = asked.value(name).strip()
    least, most = bounds
    if not value:
        return usual
    if value.isascii() and value.isdigit() and len(value) <= len(str(most)) and least <= int(value) <= most:
        return int(value)
    mistakes.append(Mistake(name, f"`{value}` is none of the numbers for this", f"Give one from {least} to {most}."))
    return usual


def parameters_of(asked: SetAsked) -> dict[str, str]:
    """What the address of a set says besides its question."""
    found = {"kind": ",".join(asked.kinds)} if asked.kinds else {}
    if asked.level is not None:
        found["level"] = str(asked.level)
    found |= {"count": str(asked.count), "seed": str(asked.seed)}
    if asked.rulebook:
        found[RULEBOOK] = asked.rulebook
    if asked.language != LANGUAGES[0]:
        found["ui"] = asked.language
    return found


def set_href(asked: SetAsked, place: int | None = None, further: Mapping[str, str] | None = None) -> str:
    """The address of a set, or of the exercise at a place of it, from 1."""
    path = f"/{VIEW}/{quote(asked.question, safe='')}" + ("" if place is None else f"/{place}")
    return with_query(path, {**parameters_of(asked), **(further or {})})
