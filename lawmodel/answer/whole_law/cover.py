"""Which limbs of the law the expectations of cases test, and which they do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from lawmodel.problems import Place
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject

State: TypeAlias = Literal["covered", "missing", "never"]
"""``never``: no case whatever can show it, which is proved."""
Ways: TypeAlias = Literal["both ways", "one way", "not at all", "never"]


@dataclass(frozen=True, slots=True)
class Half(ValueObject):
    """One of the two things to be shown of a limb: that it decides where it is so, or where it is not so."""

    so: bool
    state: State
    level: str | None
    """What of the answer changes: ``outcome``, or where that can never change ``grounds``, or else ``consequences``."""
    question: str | None
    """The question whose answer changes, or could."""
    case: str | None
    """The file of the case that shows it, and after `#` the variant."""
    line: int = 0
    """Where in that file the expectation stands."""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "so": self.so,
            "state": self.state,
            "level": self.level,
            "question": self.question,
            "case": self.case,
            "line": self.line or None,
        }


@dataclass(frozen=True, slots=True)
class CoveredLimb(ValueObject):
    """A limb of the law, and what is shown of it."""

    number: int
    section: str
    entry: str
    key: str
    place: Place
    says: str
    """In the law's words, where it is so."""
    says_not: str
    name: str
    """The path, or the kind and id, by which the rulebook knows what it speaks of."""
    halves: tuple[Half, Half]
    """Where it is so; where it is not so."""

    @property
    def ways(self) -> Ways:
        """How far the limb is tested: of what can be shown of it at all."""
        counted = [half for half in self.halves if half.state != "never"]
        covered = [half for half in counted if half.state == "covered"]
        if not counted:
            return "never"
        return "both ways" if covered == counted else "one way" if covered else "not at all"

    @property
    def missing(self) -> tuple[Half, ...]:
        """What no case shows."""
        return tuple(half for half in self.halves if half.state == "missing")

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "section": self.section,
            "entry": self.entry,
            "key": self.key,
            "file": self.place.file,
            "line": self.place.line,
            "says": self.says,
            "name": self.name,
            "ways": self.ways,
            "halves": [half.to_json() for half in self.halves],
        }


def counted(limbs: Iterable[CoveredLimb]) -> dict[Ways, int]:
    """How many limbs are covered in which ways."""
    found: dict[Ways, int] = {"both ways": 0, "one way": 0, "not at all": 0, "never": 0}
    for limb in limbs:
        found[limb.ways] += 1
    return found


@dataclass(frozen=True, slots=True)
class Coverage(ValueObject):
    """The coverage of a rulebook by the expectations of cases."""

    rulebook: Rulebook
    cases: int
    expectations: int
    unmet: int
    """Expectations that the law as written does not meet: they show nothing."""
    limbs: tuple[CoveredLimb, ...]
    """In the order of the text."""

    @property
    def halves(self) -> int:
        """What there is to be shown."""
        return sum(half.state != "never" for half in self._halves())

    @property
    def covered(self) -> int:
        """How much of it is shown."""
        return sum(half.state == "covered" for half in self._halves())

    def _halves(self) -> Iterator[Half]:
        for limb in self.limbs:
            yield from limb.halves

    @property
    def percent(self) -> float:
        """The covered part, in percent; 100 where there is nothing to be shown."""
        return 100.0 * self.covered / self.halves if self.halves else 100.0

    def counted(self) -> dict[Ways, int]:
        """How many limbs are covered in which ways."""
        return counted(self.limbs)

    def by_entry(self) -> dict[tuple[str, str], list[CoveredLimb]]:
        """The limbs by the section and the id of the entry in which they stand, in the order of the text."""
        found: dict[tuple[str, str], list[CoveredLimb]] = {}
        for limb in self.limbs:
            found.setdefault((limb.section, limb.entry), []).append(limb)
        return found

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "rulebook": self.rulebook.title,
            "cases": self.cases,
            "expectations": self.expectations,
            "unmet": self.unmet,
            "to_be_shown": self.halves,
            "shown": self.covered,
            "percent": round(self.percent, 2),
            "limbs_by_coverage": {name.replace(" ", "_"): count for name, count in self.counted().items()},
            "limbs": [limb.to_json() for limb in self.limbs],
        }
