"""What a check of a rulebook finds, and what all checks together report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.problems import Place
from lawmodel.results.header import Header
from lawmodel.value_object import ValueObject

Severity: TypeAlias = Literal["error", "warning", "note"]


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

    json_keys: ClassVar[Mapping[str, str]] = {
        "check": "check",
        "severity": "severity",
        "file": "file",
        "line": "line",
        "column": "column",
        "kind": "kind",
        "entry": "entry",
        "message": "message",
        "mend": "mend",
        "example": "example",
        "accepted_because": "accepted_because",
    }

    @property
    def check(self) -> str:
        """The id of the check."""
        return self.finding.check

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.about.severity

    @property
    def file(self) -> str:
        """Where it is."""
        return self.finding.place.file

    @property
    def line(self) -> int:
        """Where in the file."""
        return self.finding.place.line

    @property
    def column(self) -> int:
        """Where in the line."""
        return self.finding.place.column

    @property
    def kind(self) -> str:
        """What kind of entry it is about."""
        return self.finding.kind

    @property
    def entry(self) -> str:
        """The id of the entry."""
        return self.finding.entry

    @property
    def message(self) -> str:
        """What is the matter, in the law's words."""
        return self.finding.message

    @property
    def mend(self) -> str:
        """What to do about it."""
        return self.about.mend

    @property
    def example(self) -> str | None:
        """A case that shows it, as the text of a case file."""
        return self.finding.example

    @property
    def accepted_because(self) -> str | None:
        """Why it is accepted; None where it is not."""
        return None if self.accepted is None else self.accepted.because


@dataclass(frozen=True, slots=True)
class FindingCounts(ValueObject):
    """How many findings there are of each severity that are not accepted."""

    error: int
    warning: int
    note: int


@dataclass(frozen=True, slots=True)
class LintReport(ValueObject):
    """All that was found, in the order of the files."""

    header: Header
    checks: tuple[About, ...]
    """Those that were made."""
    findings: tuple[Reported, ...]
    cases: int | None = None
    """How many cases were looked at as tests; None if none were."""
    interrupted: bool = False

    json_keys: ClassVar[Mapping[str, str]] = {
        "title": "title",
        "checks": "checks",
        "findings": "findings",
        "counts": "counts",
        "accepted": "accepted",
        "cases": "cases",
        "interrupted": "interrupted",
        "header": "header",
    }

    @property
    def title(self) -> str:
        """The title of the rulebook."""
        return self.header.rulebook.title

    @property
    def standing(self) -> tuple[Reported, ...]:
        """What was found and is not accepted."""
        return tuple(one for one in self.findings if one.accepted is None)

    @property
    def accepted(self) -> int:
        """How many findings are known and meant."""
        return len(self.findings) - len(self.standing)

    @property
    def counts(self) -> FindingCounts:
        """How many findings there are of each severity that are not accepted."""
        found = [one.severity for one in self.standing]
        return FindingCounts(found.count("error"), found.count("warning"), found.count("note"))


@dataclass(frozen=True, slots=True)
class CheckList(ValueObject):
    """The checks that can be made."""

    checks: tuple[About, ...]


def plainly(finding: Finding) -> str:
    """A finding as most checks render it: its message, and below it the case that shows it."""
    if finding.example is None:
        return finding.message
    shown = "\n".join(f"  {line}".rstrip() for line in finding.example.splitlines())
    return f"{finding.message}\n{shown}"
