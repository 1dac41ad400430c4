"""Why an outcome is so, or is excluded: the smallest sets of what a case holds that settle it alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lawmodel.answer.reasons.held_input import HeldInput
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject, in_brief, summary


@dataclass(frozen=True, slots=True)
class Reason(ValueObject):
    """A smallest set of held inputs that settles it alone."""

    inputs: tuple[HeldInput, ...]
    grounds: tuple[str, ...]
    """The provisions that then speak for the outcome in every completion."""
    between: tuple[str, ...] = ()
    """Where there is none: provisions of which at least one does in every completion."""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "inputs": [one.to_json() for one in self.inputs],
            "grounds": list(self.grounds),
            "between": list(self.between),
        }


@dataclass(frozen=True, slots=True)
class Excluding(ValueObject):
    """Inputs because of which some provisions cannot speak for an outcome."""

    inputs: tuple[HeldInput, ...]
    provisions: tuple[tuple[str, str], ...]
    """Each provision with the outcome for which it cannot speak."""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "inputs": [one.name for one in self.inputs],
            "excludes": [{"provision": rule, "outcome": outcome} for rule, outcome in self.provisions],
        }


@dataclass(frozen=True, slots=True)
class Alternatives(ValueObject):
    """Sets of which each reason contains exactly one."""

    sets: tuple[tuple[HeldInput, ...], ...]
    """Fewest inputs first."""
    count: int | None
    """How many there are; None where they were not counted."""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {"count": self.count, "sets": [[one.name for one in inputs] for inputs in self.sets]}


@dataclass(frozen=True, slots=True)
class ReasonsFound(ValueObject):
    """The reasons that were looked for."""

    reasons: tuple[Reason, ...]
    """Fewest inputs first."""
    every: bool
    """Whether these are all."""
    count: int | None
    """How many there are; None where they were not counted."""
    needed: tuple[HeldInput, ...]
    """What is in every reason."""
    alternatives: tuple[Alternatives, ...] | None
    """Each reason is what is needed, and one set of each of these; None where not all reasons are known."""
    grounds: tuple[str, ...] | None
    """The provisions that speak for the outcome in every completion, whichever the reason; None where not all reasons
    are known, or where it is not about the outcome that the case has."""
    between: tuple[str, ...] | None
    """Where there is none: provisions of which at least one does in every completion."""
    supporting: tuple[HeldInput, ...]
    """The part of the first reason because of which some provision speaks for the outcome."""
    excluding: tuple[Excluding, ...]
    """Its parts because of which none speaks for a stronger one."""
    without_effect: tuple[HeldInput, ...] | None
    """What is in no reason; None where not all reasons are known."""
    held: int
    """How many inputs of the case bear on the question at all."""
    interrupted: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        plain: dict[str, Any] = {
            "held": self.held,
            "reasons": [one.to_json() for one in self.reasons],
            "every": self.every,
            "count": self.count,
            "needed": [one.name for one in self.needed],
            "alternatives": None if self.alternatives is None else [one.to_json() for one in self.alternatives],
            "grounds": None if self.grounds is None else list(self.grounds),
            "between": None if self.between is None else list(self.between),
            "supporting": [one.name for one in self.supporting],
            "excluding": [one.to_json() for one in self.excluding],
            "without_effect": None if self.without_effect is None else [one.name for one in self.without_effect],
        }
        if self.interrupted:
            plain["interrupted"] = True
        return plain


@dataclass(frozen=True, slots=True)
class Why(ValueObject):
    """What settles the answer to a question on a case."""

    rulebook: Rulebook
    case: str
    title: str
    question: str
    outcome: str | None
    """None: nothing settles it, several outcomes are possible."""
    possible: tuple[str, ...]
    law_date: str | None
    stage: str
    found: ReasonsFound | None
    """None where nothing settles the answer."""
    excluded: tuple[tuple[str, Reason], ...] = ()
    """Where nothing does: the outcomes that are excluded all the same, each with a smallest reason."""

    def __repr__(self) -> str:
        comes_to = self.outcome or f"depends: {' or '.join(self.possible)}"
        found = "" if self.found is None else f", {len(self.found.reasons)} reasons"
        return summary(self, f"{comes_to} of {self.question}{found}:", in_brief(self.title or self.case))

    def to_json(self) -> dict[str, Any]:
        """Plain data under the documented keys."""
        plain: dict[str, Any] = {
            "case": self.case,
            "question": self.question,
            "outcome": self.outcome,
            "possible": list(self.possible),
            "law": {"date": self.law_date, "stage": self.stage},
        }
        if self.found is not None:
            plain |= self.found.to_json()
        else:
            plain["excluded"] = [{"outcome": outcome, **reason.to_json()} for outcome, reason in self.excluded]
        return plain
