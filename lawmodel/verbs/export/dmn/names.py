"""What facts and decisions are called in FEEL.

`request.purpose` is the component `purpose` of the input `request`. A list of records is a list of contexts. A value
that may be a word instead of a day or a number (never) has a second component for the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from typing import Final

from lawmodel.dataclass import dataclass
from lawmodel.rulebook.model import Fact, Rulebook

WORD: Final = "_word"
"""The ending of the component for a word."""
_NOT_OF_A_NAME: Final = re.compile(r"[^A-Za-z0-9_]")
_RESERVED: Final = frozenset(
    re.findall(
        r"\w+",
        """
        all and any between ceiling concatenate context count date day decimal duration else every exp external false
        flatten floor for function hour if in insert instance is item list log matches max mean median min minute mode
        modulo month not null now number odd of or overlaps partial product range remove replace return satisfies second
        some sort split sqrt stddev string sublist substring sum then time today true union week weekday year years
        """,
    )
)
"""Words and functions of FEEL."""


@dataclass(frozen=True, slots=True)
class FeelNames:
    """Names that are given once each; a name that is taken gets a number behind it."""

    taken: set[str] = field(default_factory=set)

    def give(self, wanted: str) -> str:
        """A name like the one that is wanted, of letters, digits and underscores."""
        name = _NOT_OF_A_NAME.sub("_", wanted)
        if not name or name[0].isdigit() or name in _RESERVED:
            name = f"_{name}"
        number, found = 1, name
        while found in self.taken:
            number += 1
            found = f"{name}_{number}"
        self.taken.add(found)
        return found


@dataclass(frozen=True, slots=True)
class InputData:
    """An input of the model: a fact by itself, a list of records, or several facts with the same beginning."""

    name: str
    facts: dict[str, str] = field(default_factory=dict)
    """The name of each component, by the path of its fact; of a fact by itself, and of a list, none."""
    alone: str | None = None
    """The path of a fact by itself, or of a list at the top."""
    of_word: bool = False
    """Whether it is the word that a fact by itself may have instead of a day or a number."""


class FactNames:
    """The inputs of a model, and how FEEL reaches each fact."""

    def __init__(self, rulebook: Rulebook, names: FeelNames) -> None:
        """Give names to all facts of the rulebook, in its order."""
        self.inputs: dict[str, InputData] = {}
        """By the name of the input."""
        self.fields: dict[str, dict[str, str]] = {}
        """Of each list: the name of each field, by its id."""
        self._inputs_of: dict[str, list[str]] = {}
        self._path_of: dict[str, str] = {}
        groups: dict[str, tuple[InputData, FeelNames]] = {}
        for path, fact in rulebook.facts.items():
            head, dot, rest = path.partition(".")
            if not dot:
                one = InputData(self._component(fact, names, path), alone=path)
                self._path_of[path] = one.name
            else:
                if head not in groups:
                    groups[head] = InputData(names.give(head)), FeelNames()
                one, inner = groups[head]
                one.facts[path] = self._component(fact, inner, rest)
                self._path_of[path] = f"{one.name}.{one.facts[path]}"
            self.inputs[one.name] = one
            self._inputs_of[path] = [one.name]
            if one.alone and fact.words:
                word = self.inputs[one.name + WORD] = InputData(one.name + WORD, alone=path, of_word=True)
                self._inputs_of[path].append(word.name)
            if fact.type == "records":
                of_record = FeelNames()
                self.fields[path] = {one.id: self._component(one, of_record, one.id) for one in fact.of}

    def _component(self, fact: Fact, names: FeelNames, wanted: str) -> str:
        name = names.give(wanted)
        while fact.words and name + WORD in names.taken:
            name = names.give(wanted)
        names.taken.update([name + WORD] if fact.words else [])
        return name

    def inputs_of(self, path: str) -> list[str]:
        """The inputs in which a fact, or a list, stands."""
        return self._inputs_of[path]

    def expression(self, path: str) -> str:
        """The FEEL expression of a fact, or of a list."""
        return self._path_of[path]

    def components(self, one: InputData, used: set[str]) -> Iterator[tuple[str, str]]:
        """Path and name of the components of an input that are used."""
        for path, name in one.facts.items():
            if path in used:
                yield path, name
