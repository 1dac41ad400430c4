"""A file of exercises that a verb is given."""

from __future__ import annotations

from pathlib import Path

from lawmodel.exercises.exercise import ExerciseSet
from lawmodel.exercises.exercise_file import MOST_BYTES, parse_exercises
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.user_files import Unreadable, read_file


def exercises_in(path: Path) -> ExerciseSet:
    """The exercises in a file; raises `ProblemsFound`."""
    try:
        return parse_exercises(read_file(path, MOST_BYTES).decode(), str(path))
    except UnicodeDecodeError:
        said, mend = "this is no text in UTF-8", "Name a file of exercises."
    except Unreadable as unread:
        said, mend = unread.message, unread.mend
    raise ProblemsFound([Problem(said, mend, str(path))])
