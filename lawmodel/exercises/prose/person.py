"""The person of a story: a name of the person's state, and whether it is a man or a woman.

The names stand in names.json, by the code of the state; `any` is for every other state. All are invented: usual given
names, and family names put together from usual parts (behind a slash as a woman bears them). None is the name of
somebody who is known, as far as is known.
"""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.value_object import ValueObject

Sex: TypeAlias = Literal["male", "female"]
ANY_STATE: Final = "any"
SEXES: Final[tuple[Sex, Sex]] = ("male", "female")
DRAWS: Final = 60
"""So many names are drawn, of which the one is taken that is least like others."""
_FILE: Final = Path(__file__).with_name("names.json")


@dataclass(frozen=True, slots=True)
class Person(ValueObject):
    """Somebody who was invented."""

    given: str
    family: str
    sex: Sex

    @property
    def name(self) -> str:
        """The full name."""
        return f"{self.given} {self.family}"

    def word(self, word: str) -> str:
        """A pronoun for the person, by the word that a phrase has."""
        said = {"he": "she", "him": "her", "his": "her", "himself": "herself"}
        lower = word.lower()
        found = lower if self.sex == "male" else said[lower]
        return found.capitalize() if word[0].isupper() else found


@dataclass(frozen=True, slots=True)
class NameStock:
    """The names of one state."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]

    def family(self, number: int, sex: Sex) -> str:
        """A family name, as a man or a woman bears it."""
        male, _, female = self.families[number].partition("/")
        return female if female and sex == "female" else male


@cache
def name_stocks() -> Mapping[str, NameStock]:
    """The names, by state."""
    read: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return {
        state: NameStock(tuple(one["men"]), tuple(one["women"]), tuple(one["families"])) for state, one in read.items()
    }


def every_person() -> Iterator[Person]:
    """Everybody who can be invented; of a man and a woman of one name only the man."""
    for stock in name_stocks().values():
        for number in range(len(stock.families)):
            yield from (Person(given, stock.family(number, "male"), "male") for given in stock.men)
            yield from (Person(given, stock.family(number, "female"), "female") for given in stock.women)


def invent(state: str, sex: Sex, draw: random.Random, taken: Collection[str] = ()) -> Person:
    """A person of a state; where it can be, with a family name and initials that no name in ``taken`` has."""
    stock = name_stocks().get(state) or name_stocks()[ANY_STATE]
    initials = {_initials(one) for one in taken}
    words = {word for one in taken for word in one.split()}
    best, least = None, 4.0
    for _ in range(DRAWS):
        given = draw.choice(stock.men if sex == "male" else stock.women)
        number = draw.randrange(len(stock.families))
        found = Person(given, stock.family(number, sex), sex)
        of_others = {stock.family(number, one) for one in SEXES}
        alike = 2 * bool(of_others & words) + (_initials(found.name) in initials) + (given in words) / 2
        if best is None or alike < least:
            best, least = found, alike
        if not alike:
            break
    assert best is not None
    return best


def _initials(name: str) -> tuple[str, ...]:
    return tuple(word[0] for word in name.split())
