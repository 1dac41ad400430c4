"""What stands in the way of an outcome: each path to it, and what excludes it whatever else is true."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.trace import TRUTH_WORDS, Trace
from lawmodel.results.changes import ChangeSet
from lawmodel.results.header import LawApplied
from lawmodel.results.reasons import OutcomeOfProvision, ReasonsFound
from lawmodel.results.result import Result
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject, in_brief, summary

Status: TypeAlias = Literal["answer", "possible", "excluded"]


@dataclass(frozen=True, slots=True)
class Path(ValueObject):
    """A provision that could speak for an outcome."""

    provision: str
    speaks: bool | None
    """Whether it does on this case; None: that is open."""
    applies: bool | None
    """Whether it applies at all: it may, and come to something else."""
    step: Trace
    """The trace of the provision, or of its coming to the outcome where it applies."""
    says: str
    """The first thing that it fails on; empty where it speaks, or where that is open."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "provision": "provision",
        "speaks": "speaks_in_a_word",
        "applies": "applies_in_a_word",
        "fails_on": "fails_on",
    }

    @property
    def speaks_in_a_word(self) -> str:
        """Whether it speaks for the outcome: yes, no or open."""
        return TRUTH_WORDS[self.speaks]

    @property
    def applies_in_a_word(self) -> str:
        """Whether it applies: yes, no or open."""
        return TRUTH_WORDS[self.applies]

    @property
    def fails_on(self) -> str | None:
        """The first thing that it fails on."""
        return self.says or None


@dataclass(frozen=True, slots=True)
class WhyNot(Result):
    """What stands in the way of an outcome of a question on a case."""

    rulebook: Rulebook
    case: str
    title: str
    question: str
    outcome: str
    """The one that is asked about."""
    possible: tuple[str, ...]
    law_date: str | None
    stage: str
    status: Status
    """``answer``: it is the outcome; ``possible``: it may still be; ``excluded``."""
    paths: tuple[Path, ...]
    """The provisions that could speak for it; none for the last outcome, which holds where no other does."""
    overriding: tuple[tuple[str, str], ...]
    """The provisions that speak for a stronger outcome, each with it."""
    found: ReasonsFound | None
    """What excludes it; None where it is not excluded."""
    ways: tuple[ChangeSet, ...]
    """Where it is possible: what it would take to find, by provision."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "case": "case",
        "question": "question",
        "not": "outcome",
        "status": "status",
        "possible": "possible",
        "law": "law",
        "paths": "paths",
        "overridden_by": "overridden_by",
        "ways": "ways_if_possible",
    }
    json_optional: ClassVar[tuple[str, ...]] = ("ways",)
    json_merged: ClassVar[tuple[str, ...]] = ("found",)

    @property
    def law(self) -> LawApplied:
        """The law that is applied."""
        return LawApplied(self.law_date, self.stage)

    @property
    def overridden_by(self) -> tuple[OutcomeOfProvision, ...]:
        """The provisions that speak for a stronger outcome, each with it."""
        return tuple(OutcomeOfProvision(*one) for one in self.overriding)

    @property
    def ways_if_possible(self) -> tuple[ChangeSet, ...] | None:
        """What it would take to find, where it is possible."""
        return self.ways if self.status == "possible" else None

    def __repr__(self) -> str:
        return summary(self, f"{self.outcome} of {self.question} is {self.status}:", in_brief(self.title or self.case))
