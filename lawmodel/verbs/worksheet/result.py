"""What stands on a sheet of exercises."""

from __future__ import annotations

from lawmodel.dataclass import dataclass
from lawmodel.exercises.exercise import Exercise, ExerciseSet
from lawmodel.exercises.lettered import lettered
from lawmodel.exercises.sheets import right_answer
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class SheetOption(ValueObject):
    """An option under its letter."""

    letter: str
    says: str


@dataclass(frozen=True, slots=True)
class SheetExercise(ValueObject):
    """An exercise as it stands on a sheet."""

    number: int
    id: str
    title: str
    story: str
    stem: str
    options: tuple[SheetOption, ...]
    right: str | None = None
    """The key; left out on the sheet itself."""
    explanation: str | None = None

    json_optional = ("right", "explanation")


@dataclass(frozen=True, slots=True)
class Worksheet(ValueObject):
    """A sheet, or the key to it."""

    title: str
    is_key: bool
    exercises: tuple[SheetExercise, ...]


def worksheet_of(exercises: ExerciseSet, *, is_key: bool) -> Worksheet:
    """The sheet of a set, or its key."""
    numbered = enumerate(exercises.exercises, 1)
    return Worksheet(exercises.title, is_key, tuple(_exercise(number, one, is_key) for number, one in numbered))


def _exercise(number: int, one: Exercise, is_key: bool) -> SheetExercise:
    options = tuple(SheetOption(letter, option.says) for letter, option in lettered(one))
    return SheetExercise(
        number,
        one.id,
        one.title,
        one.story,
        one.stem,
        () if one.response.form == "case" else options,
        right_answer(one) if is_key else None,
        one.explanation if is_key else None,
    )
