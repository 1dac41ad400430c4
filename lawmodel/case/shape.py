"""The shape of a case: how a rulebook's facts form groups and records, and what each is called in Python.

The typed models, their stub and the schema of case files are three views of this one shape.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Collection, Iterator, Sequence

from pydantic import BaseModel

from lawmodel.dataclass import dataclass
from lawmodel.rulebook.model import Fact, Rulebook

CASE_CLASS = "Case"
HEADINGS = ("title", "point", "hypothetical", "questions", "presume", "readings", "on", "stage")
"""What a typed case has beside the groups of its facts."""
OF_CASES = ("rulebook", "shape", "facts", "from_case", "to_case", "to_yaml", "save", "changed")
"""The attributes that the base classes of the models add to pydantic's own."""
RESERVED = frozenset((*dir(BaseModel), *OF_CASES))
OF_STUBS = (
    "Bounds",
    "Case",
    "CaseModel",
    "Day",
    "FactGroup",
    "Literal",
    "Mapping",
    "Number",
    "Presumable",
    "QuestionName",
    "Sequence",
    "Span",
    "StageName",
    "TypeAlias",
    "YesNo",
)
"""Names that a stub uses itself."""


@dataclass(frozen=True, slots=True)
class Member:
    """A fact, a list of records, or a group of facts, in the place where it stands."""

    key: str
    """What it is called in files."""
    name: str
    """What it is called in Python: the key, with an underscore where that is taken."""
    fact: Fact | None
    """None for a group."""
    group: Group | None
    """The facts of a group, or the fields of a record."""


@dataclass(frozen=True, slots=True)
class Group:
    """A class of the typed case: a group of facts, a record, or the case as a whole."""

    class_name: str
    says: str
    members: tuple[Member, ...]

    def within(self) -> Iterator[Group]:
        """The classes that this one is built of, each before the one that needs it, and this one last."""
        for member in self.members:
            if member.group is not None:
                yield from member.group.within()
        yield self


def shape_of(rulebook: Rulebook) -> Group:
    """The shape of the cases that a rulebook can be asked about."""
    return _Shaper(rulebook).case()


def class_name(text: str) -> str:
    """A text as the name of a class: `period of service` is `PeriodOfService`. Empty where no letter begins it."""
    joined = "".join(word[:1].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", text))
    return joined if joined.isidentifier() else ""


class _Shaper:
    """Names classes and members so that no two of them, and nothing of pydantic's, clash."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.taken = {*OF_STUBS, *(class_name(name) for name in rulebook.choices), *keyword.kwlist}

    def case(self) -> Group:
        facts = self.rulebook.facts
        members: list[Member] = []
        keys = list(dict.fromkeys(path.partition(".")[0] for path in facts))
        for key, name in zip(keys, _names(keys, HEADINGS), strict=True):
            if key in facts:
                members.append(self._member(facts[key], key, name))
            else:
                members.append(Member(key, name, None, self._group(key)))
        return Group(CASE_CLASS, f"A case under the rulebook: {self.rulebook.title}.", tuple(members))

    def _group(self, key: str) -> Group:
        name = self._class(class_name(key), class_name(f"{key} facts"))
        below = {
            path.partition(".")[2]: fact for path, fact in self.rulebook.facts.items() if path.startswith(key + ".")
        }
        names = zip(below.items(), _names(list(below)), strict=True)
        members = tuple(self._member(fact, inner, called) for (inner, fact), called in names)
        return Group(name, f"The facts of the group `{key}`.", members)

    def _member(self, fact: Fact, key: str, name: str) -> Member:
        return Member(key, name, fact, self._record(fact) if fact.sort == "records" else None)

    def _record(self, fact: Fact) -> Group:
        name = self._class(class_name(fact.each or ""), class_name(f"{fact.id} record"))
        names = zip(fact.of, _names([field.id for field in fact.of]), strict=True)
        fields = tuple(Member(field.id, called, field, None) for field, called in names)
        return Group(name, f"A record of the list `{fact.id}`.", fields)

    def _class(self, wanted: str, otherwise: str) -> str:
        name = wanted if wanted and wanted not in self.taken else otherwise
        while name in self.taken:
            name += "_"
        self.taken.add(name)
        return name


def _names(keys: Sequence[str], taken: Collection[str] = ()) -> list[str]:
    """The keys as names of attributes: no name is taken, reserved, or the key of another."""
    names: list[str] = []
    for key in keys:
        name = key
        while (
            keyword.iskeyword(name)
            or name in taken
            or name in names
            or name in RESERVED
            or (name != key and name in keys)
        ):
            name += "_"
        names.append(name)
    return names
