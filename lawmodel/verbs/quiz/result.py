"""What a quiz comes to: what was asked and answered, what is due, and what the answers are like."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar

from lawmodel.dataclass import dataclass
from lawmodel.exercises.diagnosis import StudentDiagnosis
from lawmodel.exercises.exercise import Kind, Level
from lawmodel.exercises.schedule import ScheduledPoint
from lawmodel.exercises.twin_case import TwinCase
from lawmodel.results.header import RulebookUsed
from lawmodel.results.result import Result
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class TriedAnswer(ValueObject):
    """One try at an exercise."""

    typed: str
    """As it was typed; of a case that was written the name of its file."""
    known: bool
    """False for "I do not know"."""
    chosen: tuple[str, ...]
    """The options that were chosen, by their ids; steps in their order."""
    right: bool
    """Whether it is the right answer, whatever hints or an earlier try have cost."""
    share: Fraction
    says: tuple[str, ...]
    """What is said to it."""
    misconceptions: tuple[str, ...]
    """Those whose answer it is."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "typed": "typed",
        "known": "known",
        "chosen": "chosen",
        "right": "right",
        "share": "share_written",
        "says": "says",
        "misconceptions": "misconceptions",
    }

    @property
    def share_written(self) -> str:
        """The mark as a fraction: ``2/5``, ``1`` or ``0``."""
        return str(self.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredExercise(ValueObject):
    """An exercise that was answered."""

    number: int
    """The how many-eth it was."""
    exercise: str
    kind: Kind
    level: Level
    title: str
    hints: int
    """So many were taken."""
    tries: tuple[TriedAnswer, ...]
    right: str
    """What is right, by letters where there are some."""
    explanation: str
    twin: TwinCase | None
    """Where the outcome was right for another reason: the case on which that reason fails."""

    @property
    def share(self) -> Fraction:
        """The mark: that of the better try."""
        return max(one.share for one in self.tries)

    @property
    def at_once(self) -> bool:
        """Whether the first try was right."""
        return self.tries[0].right


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizResult(Result):
    """What was asked and answered, and what follows of it."""

    title: str
    rulebook: RulebookUsed
    """The rulebook that marked what it had to, and diagnosed."""
    moved: bool
    """Whether the exercises were made by another."""
    answered: tuple[AnsweredExercise, ...]
    not_asked: int
    """So many exercises of the set were not asked."""
    stopped: bool
    """Whether the student stopped before the end."""
    points: tuple[ScheduledPoint, ...]
    """What was tested at any time, with when it is due; the first before the others."""
    due: tuple[str, ...]
    """Those of them that are due now."""
    like: StudentDiagnosis | None
    """What the answers to these exercises are like; None where none was looked at."""
