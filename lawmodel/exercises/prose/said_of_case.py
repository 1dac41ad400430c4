"""What each wording can say of the facts of one case and of one person: looked up once, for all drafts of a story."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias, assert_never

from lawmodel.dataclass import dataclass
from lawmodel.exercises.prose.facts_told import Told
from lawmodel.exercises.prose.person import Person
from lawmodel.exercises.prose.wordings import Wording, Wordings, itself, key_of_value
from lawmodel.exercises.single_facts import without_numbers
from lawmodel.inputs import field_key
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
    parts_in,
)

LATER: Final = ("later", "then")
ALSO: Final = "also"
Pieces: TypeAlias = "tuple[str | PersonHole, ...]"


@dataclass(frozen=True)
class DrawnText:
    """One of these is drawn."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class FactSaid:
    """A fact is told; what stands there is one of these, or nothing. One that is None cannot be said."""

    key: str
    one_of: tuple[Pieces | None, ...]


@dataclass(frozen=True)
class LeftOutIfNotTold:
    """It stands there where its facts are yet to be told."""

    said: tuple[Said, ...]


class NeverSaid:
    """Here it is known that the wording is not so of this case, or of this person."""

    __slots__ = ()


Said: TypeAlias = "str | PersonHole | DrawnText | FactSaid | LeftOutIfNotTold | NeverSaid"


class SaidOfCase:
    """What the wordings of a rulebook say of ``told``, and of a person."""

    def __init__(self, known: Wordings, told: Told, person: Person) -> None:
        self.known, self.told, self.person = known, told, person
        self._needs: dict[tuple[int, int], tuple[str, ...]] = {}
        self._said: dict[tuple[int, int], tuple[Said, ...]] = {}
        self._fragments: dict[str, tuple[Pieces | None, ...]] = {}

    def needs(self, one: Wording, number: int) -> tuple[str, ...]:
        """The facts that have to be told for a wording about the record of this number."""
        found = self._needs.get((one.number, number))
        if found is None:
            found = self._needs[one.number, number] = tuple(_key(one, name, number) for name, _ in one.needs)
        return found

    def said(self, one: Wording, number: int) -> tuple[Said, ...]:
        """What it says, piece by piece, where all that it needs is told."""
        found = self._said.get((one.number, number))
        if found is None:
            found = self._said[one.number, number] = tuple(self._of(one, one.template, number))
        return found

    def _of(self, one: Wording, template: Template, number: int) -> Iterator[Said]:
        for part in template:
            match part:
                case Text(says):
                    yield says
                case PersonHole():
                    yield part
                case SexHole(sex):
                    if sex != self.person.sex:
                        yield NeverSaid()
                case FurtherHole(word):
                    if number > 1:
                        yield from ((f"{ALSO} ",) if word == ALSO else self._further(one.of, number))
                case DetailHole(name):
                    texts, not_beside = one.details[name]
                    beside = any(without_numbers(key) in not_beside for key in self.told)
                    yield NeverSaid() if beside else DrawnText(texts)
                case FactHole(name, value):
                    yield self._fact(_key(one, name, number), value)
                case Segment(parts):
                    yield LeftOutIfNotTold(tuple(self._of(one, parts, number)))
                case ValueItself():
                    said = self._itself(self.needs(one, number)[0])
                    yield NeverSaid() if said is None else said
                case _:
                    assert_never(part)

    def _fact(self, key: str, value: str | None) -> Said:
        if key not in self.told:
            return NeverSaid()
        if value is None:
            fragments = self._fragments_of(key)
            return FactSaid(key, fragments) if fragments else NeverSaid()
        is_so = key_of_value(self.known.rulebook.fact(without_numbers(key)), self.told[key]) == value
        return FactSaid(key, ()) if is_so or (value == "any" and self._itself(key) is not None) else NeverSaid()

    def _fragments_of(self, key: str) -> tuple[Pieces | None, ...]:
        """What can stand in the hole of a fact."""
        found = self._fragments.get(key)
        if found is None:
            found = self._fragments[key] = tuple(
                self._pieces(key, fragment)
                for fragment in self.known.fragments_of(without_numbers(key), self.told[key])
                if all(not isinstance(part, SexHole) or part.sex == self.person.sex for part in parts_in(fragment))
            )
        return found

    def _pieces(self, key: str, fragment: Template) -> Pieces | None:
        pieces: list[str | PersonHole] = []
        for part in fragment:
            match part:
                case Text(says):
                    pieces.append(says)
                case PersonHole():
                    pieces.append(part)
                case ValueItself():
                    said = self._itself(key)
                    if said is None:
                        return None
                    pieces.append(said)
                case _:
                    pass
        return tuple(pieces)

    def _itself(self, key: str) -> str | None:
        return itself(self.known.rulebook, self.known.rulebook.fact(without_numbers(key)), self.told[key])

    def _further(self, of: str, number: int) -> Iterator[Said]:
        """The word with which a further record begins: after the one before it in time, or beside it."""
        now, before = self._days(of, number), self._days(of, number - 1)
        first = next(iter(now), None)
        if first is not None:
            name = first.rpartition(".")[2]
            other, last = self.told.get(field_key(of, number - 1, name)), self.told[first]
            ends = [self.told[key] for key in before]
            if isinstance(other, int) and isinstance(last, int) and all(isinstance(v, int) and v <= last for v in ends):
                yield DrawnText(tuple(f"{one} " for one in LATER))
                return
        yield f"{ALSO} "

    def _days(self, of: str, number: int) -> list[str]:
        """The days of a record that are told."""
        fact = self.known.rulebook.fact
        return [
            key for key in self.told if key.startswith(f"{of}[{number}].") and fact(without_numbers(key)).sort == "date"
        ]


def _key(one: Wording, name: str, number: int) -> str:
    if one.of and name.startswith(f"{one.of}.") and "[" not in name:
        return field_key(one.of, number, name.removeprefix(f"{one.of}."))
    return name
