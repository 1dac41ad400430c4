"""What every result says of itself: by which rulebook and program, on which case, what was asked, under which law.

With these a result can be cited, and found again by somebody else. Hashes are SHA-256 in hexadecimal and depend on
contents alone: not on where files lie, nor on when anything was run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import ClassVar, Final

from lawmodel.case.case import Case
from lawmodel.case.plain import plain_case
from lawmodel.dataclass import dataclass
from lawmodel.inputs import ChosenBy as ChosenBy
from lawmodel.results.canonical_json import hash_of as hash_of
from lawmodel.results.result import Result
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject
from lawmodel.version import VERSION

NAME: Final = "lawmodel"
OF_THE_CASE: Final = ("facts", "presume")
"""What of a case its hash is of: neither its title nor what is expected of it."""


@dataclass(frozen=True, slots=True)
class LawApplied(ValueObject):
    """Which law is applied."""

    date: str | None
    """The day; None where it is not known."""
    stage: str
    """Bills that had got so far count as law."""


@dataclass(frozen=True, slots=True)
class ReadingTaken(ValueObject):
    """How a contested text is read."""

    option: str | None
    """None: it is open."""
    default: bool
    by: ChosenBy


@dataclass(frozen=True, slots=True)
class ProgramUsed(ValueObject):
    """The program, and its version."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class RulebookUsed(ValueObject):
    """The rulebook that was applied."""

    title: str
    version: str | None
    """None where the rulebook has none."""
    sha256: str | None
    """Of its files by their paths inside it; None where it was changed after it was read."""
    as_of: str | None = None
    """The day up to which its authors know the law; left out where they do not say."""

    json_optional: ClassVar[tuple[str, ...]] = ("as_of",)

    @classmethod
    def of(cls, rulebook: Rulebook) -> RulebookUsed:
        """What is said of a rulebook."""
        as_of = None if rulebook.as_of is None else rulebook.as_of.isoformat()
        return cls(rulebook.title, rulebook.version or None, rulebook.content_hash or None, as_of)


@dataclass(frozen=True, slots=True)
class CaseUsed(ValueObject):
    """The case that was decided."""

    name: str
    """The file, and after ``#`` the variant."""
    title: str
    sha256: str
    """Of its facts and of what may be presumed."""


@dataclass(frozen=True, slots=True)
class Header(ValueObject):
    """What a result is about, and what it was made by."""

    rulebook: Rulebook
    case: Case | None = None
    """None where a result is about the law itself."""
    question: str | None = None
    law: LawApplied | None = None
    told_by: str | None = None
    """The telling that chose stage and readings, if one did."""
    readings: Mapping[str, ReadingTaken] = field(default_factory=dict)
    """Every reading of the rulebook, with its option and who chose it."""
    engines: tuple[str, ...] = ()
    """The engines that took part."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "rulebook": "rulebook_used",
        "program": "program",
        "case": "case_used",
        "question": "question",
        "law": "law",
        "told_by": "told_by",
        "readings": "chosen",
        "engines": "engines",
    }

    @property
    def program(self) -> ProgramUsed:
        """This program."""
        return ProgramUsed(NAME, VERSION)

    @property
    def rulebook_used(self) -> RulebookUsed:
        """The rulebook, by its title, version and hash."""
        return RulebookUsed.of(self.rulebook)

    @property
    def case_used(self) -> CaseUsed | None:
        """The case, by its file, title and hash."""
        return None if self.case is None else CaseUsed(self.case.name, self.case.title, self._case_hash(self.case))

    @property
    def chosen(self) -> Mapping[str, ReadingTaken]:
        """The readings that are not as the rulebook has them by itself."""
        return {name: one for name, one in self.readings.items() if one.by not in ("default", "nobody")}

    def _case_hash(self, case: Case) -> str:
        written = plain_case(self.rulebook, case)
        return hash_of({name: written[name] for name in OF_THE_CASE if name in written})


class OneCaseResult(Result):
    """The base of results on one case: what their header says, by shorter names."""

    __slots__ = ()
    header: Header

    @property
    def rulebook(self) -> Rulebook:
        """The law."""
        return self.header.rulebook

    @property
    def case(self) -> str:
        """The file of the case, and after `#` its variant."""
        return "" if self.header.case is None else self.header.case.name

    @property
    def title(self) -> str:
        """The title of the case."""
        return "" if self.header.case is None else self.header.case.title

    @property
    def question(self) -> str:
        """The id of the question."""
        return self.header.question or ""

    @property
    def law(self) -> LawApplied:
        """The law by which the case is decided."""
        return self.header.law or LawApplied(None, self.rulebook.ordinary_stage)
