"""What a drill comes to: what was predicted, and where the answer ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.exercises.border import Border, VariedFact
from lawmodel.results.header import CaseUsed, RulebookUsed
from lawmodel.results.result import Result
from lawmodel.value_object import ValueObject

Side: TypeAlias = Literal["as it is", "inside", "outside", "beside"]
"""Of a prediction: that of the case itself; of another value that leaves the outcome, or changes it; of a fact that
carries nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction(ValueObject):
    """What was asked, and what was predicted."""

    number: int
    side: Side
    varied: VariedFact | None
    """What was otherwise; None for the case as it is."""
    predicted: str | None
    """The outcome that was predicted; None for "I do not know"."""
    outcome: str
    right: bool
    explanation: str

    json_keys: ClassVar[Mapping[str, str]] = {
        "number": "number",
        "side": "side",
        "varied": "varied",
        "predicted": "predicted",
        "outcome": "outcome",
        "right": "right",
        "explanation": "explanation",
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillResult(Result):
    """What was predicted, and where the answer ends."""

    case: CaseUsed
    question: str
    rulebook: RulebookUsed
    outcome: str
    """That of the case as it is."""
    story: str
    predictions: tuple[Prediction, ...]
    border: Border
    found: tuple[str, ...]
    """The facts of which either side was predicted right."""
    stopped: bool
    """Whether the student stopped before all were found."""
