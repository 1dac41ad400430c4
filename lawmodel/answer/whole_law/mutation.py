"""What became of the mutants of a rulebook: noticed by a case or a property, the same law after all, or unnoticed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from lawmodel.problems import Place
from lawmodel.value_object import ValueObject

Status: TypeAlias = Literal["by_case", "by_property", "same", "unnoticed"]
"""``by_case``: an expectation notices it; ``by_property``: no expectation does, but a property holds no longer, or now;
``same``: no case has another answer, which is proved; ``unnoticed``: some case has, and nothing tells."""


@dataclass(frozen=True, slots=True)
class Fate(ValueObject):
    """What became of one mutant."""

    number: int
    status: Status
    by: str | None = None
    """The expectation (file, variant and line) or the property that noticed it."""
    question: str | None = None
    level: str | None = None
    """Of one that is unnoticed: what of the answer to that question is another."""
    case: str | None = None
    """The text of a case file that would notice it."""


@dataclass(frozen=True, slots=True)
class MutantSeen(ValueObject):
    """A mutant, and what became of it."""

    number: int
    kind: str
    section: str
    entry: str
    key: str
    place: Place
    was: str
    would_be: str
    fate: Fate

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        fate = asdict(self.fate)
        del fate["number"]
        return {
            "number": self.number,
            "kind": self.kind,
            "section": self.section,
            "entry": self.entry,
            "key": self.key,
            "file": self.place.file,
            "line": self.place.line,
            "was": self.was,
            "would_be": self.would_be,
            **fate,
        }


@dataclass(frozen=True, slots=True)
class Mutation(ValueObject):
    """A run over mutants."""

    title: str
    cases: int
    expectations: int
    properties: int
    of: int
    """How many mutants there are in all."""
    seen: tuple[MutantSeen, ...]
    """Those that were tried, in the order of the text."""

    def counted(self, seen: Iterable[MutantSeen] | None = None) -> dict[Status, int]:
        """How many have which fate."""
        found: dict[Status, int] = {"by_case": 0, "by_property": 0, "same": 0, "unnoticed": 0}
        for one in self.seen if seen is None else seen:
            found[one.fate.status] += 1
        return found

    @property
    def unnoticed(self) -> tuple[MutantSeen, ...]:
        """Those that nothing notices although they are another law."""
        return tuple(one for one in self.seen if one.fate.status == "unnoticed")

    def by_kind(self) -> dict[str, list[MutantSeen]]:
        """The mutants by what was changed."""
        found: dict[str, list[MutantSeen]] = {}
        for one in self.seen:
            found.setdefault(one.kind, []).append(one)
        return found

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "rulebook": self.title,
            "cases": self.cases,
            "expectations": self.expectations,
            "properties": self.properties,
            "mutants": self.of,
            "tried": len(self.seen),
            "counted": self.counted(),
            "by_kind": {kind: self.counted(seen) for kind, seen in self.by_kind().items()},
            "fates": [one.to_json() for one in self.seen],
        }
