"""What stands in the way of an outcome: each path to it, and what excludes it whatever else is true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lawmodel.answer.reasons.change import ChangeSet
from lawmodel.answer.reasons.reasons import ReasonsFound
from lawmodel.reasoning.trace import TRUTH_WORDS, Trace
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject, in_brief, summary


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

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "provision": self.provision,
            "speaks": TRUTH_WORDS[self.speaks],
            "applies": TRUTH_WORDS[self.applies],
            "fails_on": self.says or None,
        }


@dataclass(frozen=True, slots=True)
class WhyNot(ValueObject):
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
    status: str
    """``answer``: it is the outcome; ``possible``: it may still be; ``excluded``."""
    paths: tuple[Path, ...]
    """The provisions that could speak for it; none for the last outcome, which holds where no other does."""
    overriding: tuple[tuple[str, str], ...]
    """The provisions that speak for a stronger outcome, each with it."""
    found: ReasonsFound | None
    """What excludes it; None where it is not excluded."""
    ways: tuple[ChangeSet, ...]
    """Where it is possible: what it would take to find, by provision."""

    def __repr__(self) -> str:
        return summary(self, f"{self.outcome} of {self.question} is {self.status}:", in_brief(self.title or self.case))

    def to_json(self) -> dict[str, Any]:
        """Plain data under the documented keys."""
        plain: dict[str, Any] = {
            "case": self.case,
            "question": self.question,
            "not": self.outcome,
            "status": self.status,
            "possible": list(self.possible),
            "law": {"date": self.law_date, "stage": self.stage},
            "paths": [one.to_json() for one in self.paths],
            "overridden_by": [{"provision": rule, "outcome": outcome} for rule, outcome in self.overriding],
        }
        if self.found is not None:
            plain |= self.found.to_json()
        if self.status == "possible":
            plain["ways"] = [one.to_json() for one in self.ways]
        return plain
