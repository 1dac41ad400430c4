"""What became of the mutants of a rulebook: noticed (killed) by a case or a property, the same law, or unnoticed.

The field says killed, equivalent, and survived.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.inquiry.distinguishing.compiled_question import Level
from lawmodel.problems import Place
from lawmodel.results.header import Header
from lawmodel.value_object import ValueObject

Status: TypeAlias = Literal["by_case", "by_property", "same", "unnoticed"]
"""``by_case``: an expectation notices it; ``by_property``: no expectation does, but a property holds no longer, or now;
``same``: no case has another answer, which is proved; ``unnoticed``: some case has, and nothing tells."""


@dataclass(frozen=True, slots=True)
class MutantResult(ValueObject):
    """What became of one mutant."""

    number: int
    status: Status
    by: str | None = None
    """The expectation (file, variant and line) or the property that noticed it."""
    question: str | None = None
    level: Level | None = None
    """Of one that is unnoticed: what of the answer to that question is another."""
    case: str | None = None
    """The text of a case file that would notice it."""

    json_keys: ClassVar[Mapping[str, str]] = {name: name for name in ("status", "by", "question", "level", "case")}


@dataclass(frozen=True, slots=True)
class MutantReport(ValueObject):
    """A mutant, and what became of it."""

    number: int
    kind: str
    section: str
    entry: str
    key: str
    place: Place
    was: str
    would_be: str
    result: MutantResult

    json_keys: ClassVar[Mapping[str, str]] = {
        name: name for name in ("number", "kind", "section", "entry", "key", "file", "line", "was", "would_be")
    }
    json_merged: ClassVar[tuple[str, ...]] = ("result",)

    @property
    def file(self) -> str:
        """Where what was changed stands."""
        return self.place.file

    @property
    def line(self) -> int:
        """Where in the file."""
        return self.place.line


@dataclass(frozen=True, slots=True)
class StatusCounts(ValueObject):
    """How many mutants have which status."""

    by_case: int
    by_property: int
    same: int
    unnoticed: int

    @property
    def noticed(self) -> int:
        """Those that a case or a property notices."""
        return self.by_case + self.by_property

    @property
    def other(self) -> int:
        """Those that are another law."""
        return self.noticed + self.unnoticed


def counted(seen: Iterable[MutantReport]) -> StatusCounts:
    """How many of these have which status."""
    found = [one.result.status for one in seen]
    return StatusCounts(*(found.count(status) for status in ("by_case", "by_property", "same", "unnoticed")))


@dataclass(frozen=True, slots=True)
class Mutation(ValueObject):
    """A run over mutants."""

    header: Header
    cases: int
    expectations: int
    properties: int
    mutants: int
    """How many mutants there are in all."""
    seen: tuple[MutantReport, ...]
    """Those that were tried, in the order of the text."""
    interrupted: bool = False
    """Whether others should have been tried."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "rulebook": "rulebook",
        "cases": "cases",
        "expectations": "expectations",
        "properties": "properties",
        "mutants": "mutants",
        "tried": "tried",
        "counted": "counted",
        "by_kind": "counted_by_kind",
        "fates": "seen",
        "header": "header",
    }

    @property
    def rulebook(self) -> str:
        """The title of the rulebook."""
        return self.header.rulebook.title

    @property
    def tried(self) -> int:
        """How many mutants were tried."""
        return len(self.seen)

    @property
    def counted(self) -> StatusCounts:
        """How many have which status."""
        return counted(self.seen)

    @property
    def counted_by_kind(self) -> Mapping[str, StatusCounts]:
        """The same by what was changed."""
        return {kind: counted(seen) for kind, seen in self.by_kind().items()}

    @property
    def unnoticed(self) -> tuple[MutantReport, ...]:
        """Those that nothing notices although they are another law."""
        return tuple(one for one in self.seen if one.result.status == "unnoticed")

    def by_kind(self) -> dict[str, list[MutantReport]]:
        """The mutants by what was changed."""
        found: dict[str, list[MutantReport]] = {}
        for one in self.seen:
            found.setdefault(one.kind, []).append(one)
        return found
