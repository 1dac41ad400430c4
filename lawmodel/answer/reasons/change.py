"""What would have to be otherwise for another outcome: the smallest sets of changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lawmodel.answer.reasons.held_input import HeldInput
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject, in_brief, summary


@dataclass(frozen=True, slots=True)
class Finding(ValueObject):
    """How an open input has to come out."""

    name: str
    """As users name it; ``list[1]`` for a record that there has to be, ``list[+]`` where there must be no further."""
    says: str
    value: str | bool | int | None
    """As in a case file; None where it is about a record or a list."""
    record: tuple[Finding, ...] = ()
    """Of a record: what matters of it."""

    def to_json(self) -> dict[str, Any]:
        """Plain data; empty keys are left out."""
        plain: dict[str, Any] = {"input": self.name, "says": self.says}
        if self.value is not None:
            plain["value"] = self.value
        if self.record:
            plain["record"] = [one.to_json() for one in self.record]
        return plain


@dataclass(frozen=True, slots=True)
class Otherwise(ValueObject):
    """An input with other values."""

    before: HeldInput
    says: str
    """What would be so, in the law's words."""
    values: tuple[Any, ...]
    """Values as in a case file, or spans from and to; empty where a record is added or taken out."""
    every: bool
    """Whether these are all the values that work, what has to be found being found; else they are an example, which
    works with the other changes."""
    record: tuple[Finding, ...] = ()
    """Of an added record: what matters of it."""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        plain: dict[str, Any] = {
            "input": self.before.name,
            "kind": self.before.kind,
            "before": {"says": self.before.in_words(), "value": self.before.value, "origin": self.before.origin},
            "after": {"says": self.says, "values": list(self.values), "every": self.every},
        }
        if self.record:
            plain["after"]["record"] = [one.to_json() for one in self.record]
        return plain


@dataclass(frozen=True, slots=True)
class ChangeSet(ValueObject):
    """Changes that together reach the outcome, and of which none can be spared."""

    changes: tuple[Otherwise, ...]
    findings: tuple[Finding, ...]
    """What has to be found of open inputs besides; none of it can be spared with these values."""
    provisions: tuple[str, ...] = ()
    """Where nothing has to be changed: the provisions that then speak for the outcome."""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        plain: dict[str, Any] = {
            "changes": [one.to_json() for one in self.changes],
            "findings": [one.to_json() for one in self.findings],
        }
        return plain if self.changes else {**plain, "provisions": list(self.provisions)}


@dataclass(frozen=True, slots=True)
class Changes(ValueObject):
    """The smallest sets of changes that would give an outcome."""

    rulebook: Rulebook
    case: str
    title: str
    question: str
    outcome: str
    """The one that is asked for."""
    possible: tuple[str, ...]
    """The outcomes of the case as it is."""
    law_date: str | None
    stage: str
    status: str
    """``answer``: it is the outcome already; ``possible``: nothing known has to change; ``found``: there are sets;
    ``larger``: only larger ones than were looked for; ``none``: no change of what may change gives it; ``never``: no
    case whatever has it; ``unknown``: interrupted before any was found."""
    sets: tuple[ChangeSet, ...]
    """The smallest first."""
    every: bool
    """Whether these are all up to the size that was asked for."""
    up_to: int
    least: int | None
    """Where only larger ones would do: how many changes the smallest has; None where that is not known."""
    kept: tuple[HeldInput, ...]
    """What was not to change."""
    in_the_way: tuple[tuple[HeldInput, ...], ...]
    """Where no change gives it: the smallest sets of what was not to change that would have to, for there to be one."""
    interrupted: bool = False

    def __repr__(self) -> str:
        return summary(
            self,
            f"{self.status}, {len(self.sets)} sets to {self.outcome} of {self.question}:",
            in_brief(self.title or self.case),
        )

    def to_json(self) -> dict[str, Any]:
        """Plain data under the documented keys."""
        plain: dict[str, Any] = {
            "case": self.case,
            "question": self.question,
            "to": self.outcome,
            "possible": list(self.possible),
            "law": {"date": self.law_date, "stage": self.stage},
            "status": self.status,
            "sets": [one.to_json() for one in self.sets],
            "every": self.every,
            "up_to": self.up_to,
            "least": self.least,
            "kept": _names(self.kept),
            "in_the_way": [_names(one) for one in self.in_the_way],
        }
        if self.interrupted:
            plain["interrupted"] = True
        return plain


def _names(inputs: Sequence[HeldInput]) -> list[str]:
    return [one.name for one in inputs]
