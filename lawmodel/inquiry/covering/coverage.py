"""Which limbs of the law the expectations of cases test, and which they do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.inquiry.distinguishing.compiled_question import Level
from lawmodel.problems import Place
from lawmodel.results.header import Header
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
    level: Level | None
    """What of the answer changes: ``outcome``, or where that can never change ``grounds``, or else ``consequences``."""
    question: str | None
    """The question whose answer changes, or could."""
    case: str | None
    """The file of the case that shows it, and after `#` the variant."""
    line: int = 0
    """Where in that file the expectation stands."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "so": "so",
        "state": "state",
        "level": "level",
        "question": "question",
        "case": "case",
        "line": "line_or_none",
    }

    @property
    def line_or_none(self) -> int | None:
        """Where in the file of the case the expectation stands; None where no case shows it."""
        return self.line or None


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

    json_keys: ClassVar[Mapping[str, str]] = {
        name: name for name in ("section", "entry", "key", "file", "line", "says", "name", "ways", "halves")
    }

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

    @property
    def file(self) -> str:
        """Where it stands."""
        return self.place.file

    @property
    def line(self) -> int:
        """Where in the file."""
        return self.place.line


@dataclass(frozen=True, slots=True)
class LimbsByCoverage(ValueObject):
    """How many limbs are covered in which ways."""

    both_ways: int
    one_way: int
    not_at_all: int
    never: int
    """No case whatever can show anything of them."""


def counted(limbs: Iterable[CoveredLimb]) -> dict[Ways, int]:
    """How many limbs are covered in which ways."""
    found: dict[Ways, int] = {"both ways": 0, "one way": 0, "not at all": 0, "never": 0}
    for limb in limbs:
        found[limb.ways] += 1
    return found


@dataclass(frozen=True, slots=True)
class Coverage(ValueObject):
    """The coverage of a rulebook by the expectations of cases."""

    header: Header
    cases: int
    expectations: int
    unmet: int
    """Expectations that the law as written does not meet: they show nothing."""
    limbs: tuple[CoveredLimb, ...]
    """In the order of the text."""
    written: tuple[str, ...] | None = None
    """The case files that were written to show what is missing; None where that was not asked for."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "rulebook": "rulebook",
        "cases": "cases",
        "expectations": "expectations",
        "unmet": "unmet",
        "to_be_shown": "to_be_shown",
        "shown": "shown",
        "percent": "percent_rounded",
        "limbs_by_coverage": "limbs_by_coverage",
        "limbs": "limbs",
        "written": "written",
        "header": "header",
    }

    @property
    def law(self) -> Rulebook:
        """The law."""
        return self.header.rulebook

    @property
    def rulebook(self) -> str:
        """The title of the rulebook."""
        return self.law.title

    @property
    def to_be_shown(self) -> int:
        """How much there is to be shown."""
        return sum(half.state != "never" for half in self._halves())

    @property
    def shown(self) -> int:
        """How much of it is shown."""
        return sum(half.state == "covered" for half in self._halves())

    def _halves(self) -> Iterator[Half]:
        for limb in self.limbs:
            yield from limb.halves

    @property
    def percent(self) -> float:
        """The covered part, in percent; 100 where there is nothing to be shown."""
        return 100.0 * self.shown / self.to_be_shown if self.to_be_shown else 100.0

    @property
    def percent_rounded(self) -> float:
        """The covered part, in percent, to the second place after the point."""
        return round(self.percent, 2)

    @property
    def limbs_by_coverage(self) -> LimbsByCoverage:
        """How many limbs are covered in which ways."""
        ways = counted(self.limbs)
        return LimbsByCoverage(ways["both ways"], ways["one way"], ways["not at all"], ways["never"])

    def by_entry(self) -> dict[tuple[str, str], list[CoveredLimb]]:
        """The limbs by the section and the id of the entry in which they stand, in the order of the text."""
        found: dict[tuple[str, str], list[CoveredLimb]] = {}
        for limb in self.limbs:
            found.setdefault((limb.section, limb.entry), []).append(limb)
        return found
