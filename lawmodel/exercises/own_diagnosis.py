"""What the answers of one student, as a log has them, are like."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from lawmodel.exercises.diagnosis import GUESSES, AnswerSheet, DiagnosticItem, Hypothesis, StudentDiagnosis, diagnosed
from lawmodel.exercises.exercise import LAW, Exercise, SeveralChoices
from lawmodel.exercises.predictions import HeldLaws, chosen_together, items_of_exercises
from lawmodel.exercises.progress import LoggedAnswer, StudentProgress


def hypotheses_tested(
    laws: HeldLaws, exercises: Sequence[Exercise], asked: Collection[str] | None = None
) -> tuple[list[DiagnosticItem], list[Hypothesis]]:
    """The exercises as items; and the law, mere guesses, and the misconceptions that those asked tell from the law."""
    known, questions = laws.rulebook.misconceptions, {one.question for one in exercises}
    every = [one for one in laws.hypotheses() if all(known[name].question in questions for name in one.misconceptions)]
    items = items_of_exercises(laws, exercises, every)
    testing = [one for one in items if asked is None or one.id in asked]
    return items, [one for one in every if one.id in (LAW, GUESSES) or _is_tested(testing, one.id)]


def _is_tested(items: Sequence[DiagnosticItem], hypothesis: str) -> bool:
    return any(one.predicted.get(hypothesis, one.predicted[LAW]) != one.predicted[LAW] for one in items)


def own_diagnosis(laws: HeldLaws, exercises: Sequence[Exercise], progress: StudentProgress) -> StudentDiagnosis:
    """What a student's last answers to these exercises are most like."""
    sheet = sheet_of(exercises, progress.answers)
    items, hypotheses = hypotheses_tested(laws, exercises, [name for name, said in sheet.answers.items() if said])
    return diagnosed(items, hypotheses, sheet)


def sheet_of(exercises: Sequence[Exercise], answers: Sequence[LoggedAnswer]) -> AnswerSheet:
    """The last answer to each of these exercises, as a sheet; what was not known says nothing."""
    last = {one.exercise: one for one in answers}
    given = {one.id: _answer(one, last[one.id]) for one in exercises if one.id in last}
    return AnswerSheet("", given)


def _answer(exercise: Exercise, answer: LoggedAnswer) -> str | None:
    known = {one.id for one in exercise.options}
    if not answer.chosen or not {*answer.chosen} <= known:
        return None
    return chosen_together(answer.chosen) if isinstance(exercise.response, SeveralChoices) else answer.chosen[0]
