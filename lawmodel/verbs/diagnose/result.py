"""What the answers of a class to a set of exercises are like."""

from __future__ import annotations

from lawmodel.dataclass import dataclass
from lawmodel.exercises.class_diagnosis import LimbRow, ShareOfClass
from lawmodel.exercises.diagnosis import StudentDiagnosis
from lawmodel.exercises.rasch import ItemFit
from lawmodel.results.header import RulebookUsed
from lawmodel.results.result import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosedClass(Result):
    """Who misses what, as far as answers tell."""

    exercises: str
    """The title of the set."""
    rulebook: RulebookUsed
    moved: bool
    """Whether the rulebook is another than the one that the exercises were made by."""
    students: tuple[StudentDiagnosis, ...]
    right: tuple[int, ...]
    """By student, how many answers are those of the law."""
    slip_rate: float
    shares: tuple[ShareOfClass, ...]
    limbs: tuple[LimbRow, ...]
    board: str | None
    """The exercise that parts the largest group that is wrong from the law."""
    board_parts: tuple[str, ...]
    suspect: tuple[str, ...]
    """Exercises that most of the best third missed."""
    items: tuple[ItemFit, ...]
    untested: tuple[str, ...]
    """Misconceptions that answer every exercise as the law does."""
    not_read: tuple[str, ...]
    """Exercises whose answers are no options: cases that are written, and steps in order."""
