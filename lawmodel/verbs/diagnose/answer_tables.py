"""Tables of answers: a row for each answer, or a row for each student and a column for each exercise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from lawmodel.batch.given.conversion import Conversion
from lawmodel.batch.tables.sources import SUFFIXES, NotATable, source_of
from lawmodel.case.file import parse_cases
from lawmodel.exercises.diagnosis import AnswerSheet
from lawmodel.exercises.exercise import Exercise, OneChoice, StepOrder, WrittenCase
from lawmodel.exercises.marking import NotAnAnswer, OrderedSteps, mark
from lawmodel.exercises.predictions import IN_ORDER, NOT_IN_ORDER, SO, chosen_together, written_case_item
from lawmodel.problems import Problem, ProblemsFound, did_you_mean
from lawmodel.results.header import hash_of
from lawmodel.rulebook.model import Rulebook

STUDENT: Final = ("student", "name", "id")
EXERCISE: Final = ("exercise", "item", "question")
ANSWER: Final = ("answer", "response", "option")
NOT_KNOWN: Final = ("", "?", "-", "i do not know")
ROWS: Final = 10_000
MOST_ANSWERS: Final = 1_000_000
DIGITS: Final = 12
"""So many digits of a hash tell cases apart that were written."""
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
        self.written: dict[str, str] = {}
        """The cases that were written, by the id of the item that each is."""

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
        match exercise.response:
            case StepOrder():
                answers[name] = self._order(file, line, exercise, written.strip())
            case WrittenCase(possible=True):
                self._case(file, line, exercise, answers, written.strip())
            case _:
                answers[name] = self._answer(file, line, exercise, written.strip())

    def _order(self, file: Path, line: int, exercise: Exercise, written: str) -> str | None:
        """Whether steps are in order: each has to be one, and a right order has no step that belongs nowhere."""
        if written.lower() in NOT_KNOWN:
            return None
        options = _named(exercise)
        said = [one for one in _BETWEEN.split(written) if one]
        if len(said) == 1 and said[0].isalpha() and said[0].lower() not in options:
            said = list(said[0])
        steps = [options.get(one.lower()) for one in said]
        known = [one for one in steps if one is not None]
        if len(known) < len(steps):
            mend = "Write the letters of the steps in their order, with `;` between them."
            self._wrong(file, line, f"`{written}` names what is no step of `{exercise.id}`", mend)
            return None
        return IN_ORDER if _is_in_order(exercise, tuple(known)) else NOT_IN_ORDER

    def _case(self, file: Path, line: int, exercise: Exercise, answers: dict[str, str | None], written: str) -> None:
        """Note a case that was written: an item of its own, to which its writer says that it is so."""
        if written.lower() in NOT_KNOWN:
            return
        try:
            parse_cases(self.rulebook, written, exercise.id)
        except ProblemsFound as error:
            mend = "Write the facts as in a case file, in YAML or JSON."
            self._wrong(file, line, f"the answer to `{exercise.id}` is no case: {error.problems[0].message}", mend)
            return
        name = written_case_item(f"{exercise.id}#{hash_of(written)[:DIGITS]}")
        self.written[name] = written
        answers[name] = SO

    def _answer(self, file: Path, line: int, exercise: Exercise, written: str) -> str | None:
        if written.lower() in NOT_KNOWN:
            return None
        options = _named(exercise)
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


def _named(exercise: Exercise) -> dict[str, str]:
    """The options of an exercise by all that they may be called: id, text, letter."""
    found = {one.id.lower(): one.id for one in exercise.options}
    found |= {one.says.lower(): one.id for one in exercise.options}
    return found | {chr(ord("a") + number): one.id for number, one in enumerate(exercise.options[:26])}


def _is_in_order(exercise: Exercise, steps: tuple[str, ...]) -> bool:
    """Whether steps are those that belong to the order, each in its place."""
    try:
        return mark(exercise, OrderedSteps(steps)).share == 1
    except NotAnAnswer:
        return False
