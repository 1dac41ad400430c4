"""What was written of a set of exercises, and what the format does not carry."""

from __future__ import annotations

from lawmodel.dataclass import dataclass
from lawmodel.exercises.exercise import LeftOut
from lawmodel.exercises.formats import Loss
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class ExportResult(ValueObject):
    """An export."""

    title: str
    format: str
    exercises: int
    """So many there are in the set."""
    carried: int
    """So many are in the file."""
    losses: tuple[Loss, ...]
    left_out: tuple[LeftOut, ...]
    """What could not be made."""
    files: tuple[str, ...]
    """The file, and the keys of the options beside it."""
