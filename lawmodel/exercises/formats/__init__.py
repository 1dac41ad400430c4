"""Formats of exercises that other systems read: each module here is one, found by its name.

A format is a module as `ExerciseFormat` says; the first line of its docstring is what ``--help`` says of it. What a
format cannot carry is told with what it writes, exercise by exercise: nothing is left out or made simpler in silence.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import field
from functools import cache
from importlib import import_module
from typing import Any, Protocol

from lawmodel.dataclass import dataclass
from lawmodel.exercises.exercise import Exercise, ExerciseSet
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class Loss(ValueObject):
    """What a format does not carry of some exercises."""

    says: str
    exercises: tuple[str, ...]
    """Their ids."""
    left_out: bool
    """Whether these exercises are not in the file at all; else they are, without what is said."""


@dataclass(frozen=True, slots=True)
class Exported(ValueObject):
    """A set of exercises as another system reads it."""

    content: bytes
    exercises: tuple[Exercise, ...]
    """Those that are in it, in their order."""
    losses: tuple[Loss, ...]
    names: Mapping[str, Mapping[str, str]]
    """For each of these exercises, under which name the file has each option, by the option's id."""


class ExerciseFormat(Protocol):
    """A way of writing exercises for another system."""

    EXTENSION: str
    """The ending of its files, in small letters, with its dot."""
    __doc__: str | None

    def export(self, exercises: ExerciseSet, /) -> Exported:
        """All exercises that the format can carry, the same bytes for the same exercises."""


@dataclass(slots=True)
class Losses:
    """What a format does not carry, as it comes up."""

    _noted: dict[tuple[str, bool], list[str]] = field(default_factory=dict)

    def part(self, exercise: Exercise, says: str) -> None:
        """The exercise is carried, but not this of it."""
        self._note(exercise, says, False)

    def whole(self, exercise: Exercise, says: str) -> None:
        """The exercise is left out; ``says`` why."""
        self._note(exercise, says, True)

    def _note(self, exercise: Exercise, says: str, left_out: bool) -> None:
        ids = self._noted.setdefault((says, left_out), [])
        if exercise.id not in ids:
            ids.append(exercise.id)

    def all(self) -> tuple[Loss, ...]:
        """What was noted: first the exercises that are left out."""
        found = (Loss(says, tuple(ids), left_out) for (says, left_out), ids in self._noted.items())
        return tuple(sorted(found, key=lambda one: not one.left_out))


@cache
def exercise_format_names() -> tuple[str, ...]:
    """The names of all formats in the order of the alphabet; none is imported."""
    files = (file[:-3] for file in os.listdir(__path__[0]) if file.endswith(".py") and file[0] != "_")
    return tuple(sorted(map(_name_of, files)))


def exercise_format_named(name: str) -> ExerciseFormat:
    """A format; raises ModuleNotFoundError where there is none of this name."""
    if name not in exercise_format_names():
        raise ModuleNotFoundError(name)
    module: Any = import_module(f"{__name__}.{name.replace('-', '_').replace('.', '_')}")
    found: ExerciseFormat = module
    return found


def _name_of(file: str) -> str:
    """A name as users write it: ``qti_1_2`` is ``qti-1.2``."""
    return re.sub(r"(?<=\d)_(?=\d)", ".", file).replace("_", "-")
