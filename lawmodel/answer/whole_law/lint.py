"""What a check of a rulebook finds, and what all checks together report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from lawmodel.problems import Place
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject

Severity: TypeAlias = Literal["error", "warning", "note"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class About(ValueObject):
    """What a check is about."""

    id: str
    """In kebab-case."""
    title: str
    severity: Severity
    means: str
    """What exactly is found, and for what it is proved."""
    mend: str
    """What to do about it."""


@dataclass(frozen=True, slots=True)
class Finding(ValueObject):
    """One defect of a rulebook, or one thing that is worth knowing of it."""

    check: str
    place: Place
    kind: str
    """What kind of entry it is about, as `lawmodel.rulebook.uses` names them; or `source`, `question` and so on."""
    entry: str
    """The id of the entry."""
    message: str
    """What is the matter, in the law's words."""
    example: str | None = None
    """A case that shows it, as the text of a case file."""


@dataclass(frozen=True, slots=True)
class Acceptance(ValueObject):
    """That a finding is known and meant, and why."""

    check: str
    entry: str
    because: str
    place: Place


@dataclass(frozen=True, slots=True)
class Reported(ValueObject):
    """A finding as it is reported."""

    finding: Finding
    about: About
    text: str
    """As its check renders it."""
    accepted: Acceptance | None = None


@dataclass(frozen=True, slots=True)
class LintReport(ValueObject):
    """All that was found, in the order of the files."""

    rulebook: Rulebook
    checks: tuple[About, ...]
    """Those that were made."""
    found: tuple[Reported, ...]
    cases: int | None = None
    """How many cases were looked at as tests; None if none were."""
    interrupted: bool = False

    @property
    def standing(self) -> tuple[Reported, ...]:
        """What was found and is not accepted."""
        return tuple(one for one in self.found if one.accepted is None)

    def counted(self) -> Mapping[Severity, int]:
        """How many findings there are of each severity that are not accepted."""
        return {name: sum(one.about.severity == name for one in self.standing) for name in SEVERITIES}

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "title": self.rulebook.title,
            "checks": [
                {"id": one.id, "title": one.title, "severity": one.severity, "means": one.means, "mend": one.mend}
                for one in self.checks
            ],
            "findings": [_plain(one) for one in self.found],
            "counts": dict(self.counted()),
            "accepted": sum(one.accepted is not None for one in self.found),
            "cases": self.cases,
            "interrupted": self.interrupted,
        }


def _plain(one: Reported) -> dict[str, Any]:
    found, place = one.finding, one.finding.place
    return {
        "check": found.check,
        "severity": one.about.severity,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "kind": found.kind,
        "entry": found.entry,
        "message": found.message,
        "mend": one.about.mend,
        "example": found.example,
        "accepted_because": None if one.accepted is None else one.accepted.because,
    }
