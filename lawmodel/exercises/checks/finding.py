"""What a check of exercises finds."""

from __future__ import annotations

from lawmodel.dataclass import dataclass
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class ExerciseFinding(ValueObject):
    """Something that is wrong with an exercise, or with a set."""

    check: str
    exercise: str | None
    """Its id; None where the set as a whole is meant."""
    says: str
