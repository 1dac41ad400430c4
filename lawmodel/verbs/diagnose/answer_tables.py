"""Tables of answers: a row for each answer, or a row for each student and a column for each exercise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from lawmodel.batch.given.conversion import Conversion
from lawmodel.batch.tables.sources import SUFFIXES, NotATable, source_of
from lawmodel.exercises.diagnosis import AnswerSheet
from lawmodel.exercises.exercise import Exercise, OneChoice
from lawmodel.exercises.predictions import chosen_together
from lawmodel.problems import Problem, ProblemsFound, did_you_mean
from lawmodel.rulebook.model import Rulebook

STUDENT: Final = ("student", "name", "id")
EXERCISE: Final = ("exercise", "item", "question")
ANSWER: Final = ("answer", "response", "option")
NOT_KNOWN: Final = ("", "?", "-", "i do not know")
ROWS: Final = 10_000
MOST_ANSWERS: Final = 1_000_000
MOST_TOLD: Final = 10
"""So many mistakes are told."""
_BETWEEN: Final = re.compile(r"\s*[|;,]\s*")


def answer_files(place: Path) -> list[Path]:
    """The table, or the tables in a folder in the order of their names; raises `NotATable`."""
    if not place.is_dir():
        return [place]
    found = sorted(one for one in place.iterdir() if one.suffix.lower() in SUFFIXES and not one.name.startswith("."))
    if not found:
        raise NotATable(f"{place}: there is no table in this folder: it would end in {', '.join(SUFFIXES)}.")
    return found


class AnswerReader:
    """Reads tables of answers to exercises; every mistake is noted."""

    def __init__(self, rulebook: Rulebook, exercises: Sequence[Exercise], made: Conversion) -> None:
        self.rulebook = rulebook
        self.exercises = {one.id: one for one in exercises}
        self.made = made
        self.problems: list[Problem] = []
        self.answers: dict[str, dict[str, str | None]] = {}

    def read(self, places: Sequence[Path]) -> list[AnswerSheet]:
        """The sheets of all students, in the order in which they come; raises `ProblemsFound`, and `NotATable`."""
        for place in places:
            for file in answer_files(place):
                self._table(file)
        if self.problems:
            raise ProblemsFound(self.problems[:MOST_TOLD])
        return [AnswerSheet(student, answers) for student, answers in self.answers.items()]

    def _table(self, file: Path) -> None:
        source = source_of(file, self.rulebook, conversion=self.made)
        columns = {name: name.strip().lower() for name in source.types}
        student = next((name for wanted in STUDENT for name, said in columns.items() if said == wanted), None)
        if student is None:
            hint = "Call the column with the name or number of each student `student`."
            raise NotATable(f"{file}: there is no column `student`. {hint}")
        exercise = next((name for name, said in columns.items() if said in EXERCISE), None)
        answer = next((name for name, said in columns.items() if said in ANSWER), None)
        wide = [name for name in source.types if name in self.exercises]
        if not wide and (exercise is None or answer is None):
            hint = "Write a column for each exercise, called by its id; or the columns `exercise` and `answer`."
            raise NotATable(f"{file}: no column is an exercise of this set. {hint}")
        for number, row in self._rows(file, source):
            who = row[student].strip()
            if not who:
                continue
            if wide:
                for name in wide:
                    self._note(file, number, who, name, row[name])
            elif exercise is not None and answer is not None:
                self._note(file, number, who, row[exercise].strip(), row[answer])

    def _rows(self, file: Path, source: object) -> Iterator[tuple[int, Mapping[str, str]]]:
        names = list(source.types)  # type: ignore[attr-defined]
        count = 0
        for block in source.slices(dict.fromkeys(names), ROWS):  # type: ignore[attr-defined]
            columns = {name: block.arrays[name].to_pylist() for name in names}
            for place, row in enumerate(block.rows.tolist()):
                count += 1
                if count > MOST_ANSWERS:
                    raise NotATable(f"{file}: it has more than {MOST_ANSWERS:,} rows.")
                line = source.line_of(row)  # type: ignore[attr-defined]
                texts = {name: "" if (cell := columns[name][place]) is None else str(cell) for name in names}
                yield (line or row + 1), texts

    def _note(self, file: Path, line: int, student: str, name: str, written: str) -> None:
        exercise = self.exercises.get(name)
        if exercise is None:
            mend = did_you_mean(name, self.exercises, "It may be of another set.")
            self._wrong(file, line, f"there is no exercise `{name}` in this set", mend)
            return
        answers = self.answers.setdefault(student, {})
        if name in answers:
            self._wrong(file, line, f"{student} answers `{name}` twice", "Keep one of the two.")
            return
        answers[name] = self._answer(file, line, exercise, written.strip())

    def _answer(self, file: Path, line: int, exercise: Exercise, written: str) -> str | None:
        if written.lower() in NOT_KNOWN:
            return None
        options = {one.id.lower(): one.id for one in exercise.options}
        options |= {one.says.lower(): one.id for one in exercise.options}
        options |= {chr(ord("a") + number): one.id for number, one in enumerate(exercise.options[:26])}
        whole = options.get(written.lower())
        if whole is not None:
            return whole
        chosen = [options.get(one.lower()) for one in _BETWEEN.split(written)]
        known = [one for one in chosen if one is not None]
        if len(known) == len(chosen) and not isinstance(exercise.response, OneChoice):
            return chosen_together(dict.fromkeys(known))
        if len(known) == len(chosen):
            mend = "Give one letter, or the id of one option."
            self._wrong(file, line, f"`{exercise.id}` has one answer, and here are {len(known)}", mend)
            return None
        mend = did_you_mean(
            written, options, "Write the letter of the option, or its id; nothing where it is not known."
        )
        self._wrong(file, line, f"`{written}` is no option of `{exercise.id}`", mend)
        return None

    def _wrong(self, file: Path, line: int, message: str, mend: str) -> None:
        self.problems.append(Problem(message, mend, str(file), line))
