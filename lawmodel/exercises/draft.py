"""What a kind of exercise makes of a case, before it is told: `Making` makes an exercise of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from lawmodel.case.case import Case
from lawmodel.dataclass import dataclass
from lawmodel.exercises.exercise import (
    AnswerInBrief,
    AnswerOption,
    Difficulty,
    OneChoice,
    ProofStep,
    ReadingSide,
    Response,
)
from lawmodel.exercises.parting import PartingStep


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseDraft:
    """What a kind makes of a case, before it is told."""

    stem: str
    options: tuple[AnswerOption, ...]
    answered: AnswerInBrief | None
    case: Case | None = None
    part: PartingStep | None = None
    """Where the law and the nearest misconception part: what the hints lead to."""
    otherwise: tuple[str, ...] = ()
    """Who answers otherwise than the law."""
    response: Response = field(default_factory=OneChoice)
    title: str = ""
    story: str | None = None
    """Told otherwise than as a case."""
    hints: tuple[str, str, str] | None = None
    explanation: str | None = None
    proof: tuple[ProofStep, ...] = ()
    difficulty: Difficulty | None = None
    sides: tuple[ReadingSide, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    stage: str | None = None
    reason: tuple[str, ...] = ()
    """What tells it from its twins, beside its options."""
    told_case: Case | None = None
    """The case as it is told, where something of it is not."""
    limbs: tuple[str, ...] = ()
