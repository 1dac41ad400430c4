"""How much each open input weighs: in how many situations it alone would change the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lawmodel.answer.answer import Answer
from lawmodel.value_object import ValueObject, summary


@dataclass(frozen=True, slots=True)
class Weight(ValueObject):
    """An open input, or inputs that can only move together."""

    inputs: tuple[str, ...]
    flips: int
    """The situations in which another value of it, everything else as it is, gives another outcome."""


@dataclass(frozen=True, slots=True)
class Weights(ValueObject):
    """The open inputs that an answer turns on, weighed."""

    answer: Answer
    total: int | None
    """How many situations of what is left open the question tells apart; None where they are too many to be counted."""
    outcomes: Mapping[str, int]
    """In how many of them each outcome is reached, strongest first."""
    inputs: tuple[Weight, ...]
    """The heaviest first."""
    bound: tuple[str, ...] = ()
    """Where they are too many: the open inputs that are bound together."""

    def __repr__(self) -> str:
        weighed = ", ".join(f"{' + '.join(one.inputs)} {one.flips}" for one in self.inputs)
        return summary(self, f"of {self.answer.question}, {self.total} situations:", weighed)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "question": self.answer.question,
            "case": self.answer.case,
            "status": self.answer.status,
            "outcome": self.answer.outcome,
            "possible": list(self.answer.possible),
            "situations": self.total,
            "outcomes": dict(self.outcomes),
            "inputs": [
                {"input": one.inputs[0] if len(one.inputs) == 1 else list(one.inputs), "flips": one.flips}
                for one in self.inputs
            ],
            "law": {"date": self.answer.law_date, "stage": self.answer.stage},
        }
