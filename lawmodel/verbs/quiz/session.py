"""A quiz without words: which exercise comes next, what an answer is worth, and what is known at the end."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from lawmodel.cached_property import cached_property
from lawmodel.exercises.adaptive_test import AdaptiveTest
from lawmodel.exercises.diagnosis import StudentDiagnosis
from lawmodel.exercises.exercise import Exercise, ExerciseSet, OneChoice, SeveralChoices, WrittenCase
from lawmodel.exercises.lettered import lettered
from lawmodel.exercises.marking import AFTER_FEEDBACK, Given, Mark, NotKnown, WrittenAnswer, chosen_in, mark
from lawmodel.exercises.own_diagnosis import hypotheses_tested, own_diagnosis, sheet_of
from lawmodel.exercises.predictions import HeldLaws
from lawmodel.exercises.progress import LoggedAnswer, StudentProgress, logged
from lawmodel.exercises.schedule import due, next_exercise, schedule
from lawmodel.exercises.sheets import right_answer
from lawmodel.exercises.twin_case import TwinCase, reaches_the_same, twin_case
from lawmodel.results.header import RulebookUsed
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.quiz.result import AnsweredExercise, QuizResult, TriedAnswer

TWO: Final = 2
WITH_A_TWIN: Final = ("outcome", "ground")
"""The kinds that ask what the law answers on a case."""


class QuizSession:
    """One sitting of one student."""

    def __init__(
        self,
        rulebook: Rulebook,
        exercises: ExerciseSet,
        progress: StudentProgress,
        now: Callable[[], datetime.datetime],
        *,
        adaptive: bool = False,
    ) -> None:
        """``now`` tells the time; ``adaptive``: each time the exercise is asked whose answer tells most."""
        self.rulebook, self.set, self.progress = rulebook, exercises, progress
        self.answered: list[AnsweredExercise] = []
        self._now, self._adaptive = now, adaptive
        self._asked: dict[str, None] = {}
        self._here: list[LoggedAnswer] = []

    @cached_property
    def laws(self) -> HeldLaws:
        """The law, and what those take for it who hold misconceptions."""
        return HeldLaws(self.rulebook)

    @cached_property
    def _test(self) -> AdaptiveTest:
        return AdaptiveTest(*hypotheses_tested(self.laws, self.set.exercises))

    def next(self) -> Exercise | None:
        """The exercise to be asked next; None where nothing is due, nothing new, or enough is known."""
        if not self._adaptive:
            return next_exercise(self.progress, self.set.exercises, self._now(), self._asked)
        self._test.answers = dict(sheet_of(self.set.exercises, self._here).answers)
        item = self._test.next()
        return None if item is None else next(one for one in self.set.exercises if one.id == item.id)

    def mark(self, exercise: Exercise, given: Given, hints: int, tries: int) -> Mark:
        """What an answer is worth; raises `NotAnAnswer`."""
        needed = (
            self.rulebook if isinstance(exercise.response, WrittenCase) else None
        )  # that the law moved is said once
        return mark(exercise, given, rulebook=needed, hints=hints, tries=tries)

    def is_right(self, exercise: Exercise, given: Given) -> bool:
        """Whether it is the right answer, whatever hints or an earlier try cost; raises `NotAnAnswer`."""
        return self.mark(exercise, given, 0, 1).right

    def note(self, exercise: Exercise, given: Given, found: Mark, hints: int) -> LoggedAnswer:
        """Note the first try at an exercise in the log; what was noted. Raises `ProblemsFound` where it is full."""
        answer = logged(exercise, given, found, hints, self._now())
        self.progress = self.progress.with_answer(answer)
        self._here.append(answer)
        self._asked[exercise.id] = None
        return answer

    def twin(self, exercise: Exercise, found: Mark) -> TwinCase | None:
        """Where the right outcome was reached by a misconception: the case on which it is not."""
        if exercise.kind not in WITH_A_TWIN:
            return None
        for name in found.misconceptions:
            if reaches_the_same(self.laws, exercise, name):
                twin = twin_case(self.laws, exercise.question, name)
                if twin is not None:
                    return twin
        return None

    def done(
        self, exercise: Exercise, hints: int, tries: Sequence[TriedAnswer], twin: TwinCase | None
    ) -> AnsweredExercise:
        """Note that an exercise is done with."""
        made = AnsweredExercise(
            number=len(self.answered) + 1,
            exercise=exercise.id,
            kind=exercise.kind,
            level=exercise.level,
            title=exercise.title,
            hints=hints,
            tries=tuple(tries),
            right=right_answer(exercise),
            explanation=exercise.explanation,
            twin=twin,
        )
        self.answered.append(made)
        return made

    def result(self, *, stopped: bool) -> QuizResult:
        """What the sitting came to so far."""
        used = RulebookUsed.of(self.rulebook)
        looked_at = any(one.chosen for one in self._here)
        return QuizResult(
            title=self.set.title,
            rulebook=used,
            moved=bool(self.set.exercises) and self.set.rulebook.sha256 not in (None, used.sha256),
            answered=tuple(self.answered),
            not_asked=sum(one.id not in self._asked for one in self.set.exercises),
            stopped=stopped,
            points=schedule(self.progress),
            due=tuple(one.point for one in due(self.progress, self._now())),
            like=self._like() if looked_at else None,
        )

    def _like(self) -> StudentDiagnosis:
        """What the answers are like; the exercise that would tell more is named only if it is still to come."""
        found = own_diagnosis(self.laws, self.set.exercises, self.progress)
        return replace(found, next_item=None) if found.next_item in self._asked else found


def tried(typed: str, given: Given, found: Mark, *, right: bool) -> TriedAnswer:
    """A try as the result tells it."""
    known = not isinstance(given, NotKnown)
    return TriedAnswer(typed, known, chosen_in(given), right, found.share, found.says, found.misconceptions)


def said_at_first(exercise: Exercise, given: Given, found: Mark) -> tuple[str, ...]:
    """What is said to a first try that is not right: all but what would give the right answer away."""
    if not isinstance(exercise.response, SeveralChoices):
        return tuple(one for one in found.says if one != exercise.explanation)
    chosen = chosen_in(given)
    wrong = [(letter, one) for letter, one in lettered(exercise) if one.id in chosen and not one.right]
    said = [f"{letter}: {one.feedback or 'It is not so.'}" for letter, one in wrong]
    if any(one.id not in chosen for one in exercise.right):
        said.append("Something that is right is missing.")
    return tuple(said)


def may_try_again(exercise: Exercise, given: Given, found: Mark) -> bool:
    """Whether a second try can add anything: not after "I do not know", nor where one answer is left."""
    if isinstance(given, NotKnown) or (isinstance(given, WrittenAnswer) and given.text is None):
        return False
    one_is_left = isinstance(exercise.response, OneChoice) and len(exercise.options) <= TWO
    return found.share < AFTER_FEEDBACK and not one_is_left
