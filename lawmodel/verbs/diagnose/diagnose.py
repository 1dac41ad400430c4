"""From sheets of answers to a set of exercises to what they are like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from lawmodel.exercises.class_diagnosis import diagnose_class, estimate
from lawmodel.exercises.diagnosis import FOUND, GUESSES, AnswerSheet, DiagnosticItem, Hypothesis, posterior
from lawmodel.exercises.exercise import LAW, ExerciseSet
from lawmodel.exercises.predictions import (
    HeldLaws,
    exercise_of,
    items_of_exercises,
    items_of_written_cases,
    likely_pairs,
)
from lawmodel.exercises.rasch import item_fits
from lawmodel.results.header import RulebookUsed
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.diagnose.result import DiagnosedClass

NONE: Final[Mapping[str, str]] = MappingProxyType({})
MOST_PAIRS: Final = 60
"""So many pairs of misconceptions are weighed at most."""


def diagnose(
    rulebook: Rulebook,
    exercises: ExerciseSet,
    sheets: Sequence[AnswerSheet],
    written: Mapping[str, str] = NONE,
) -> DiagnosedClass:
    """What the answers are like: by student, and of the class; ``written`` are cases that were written, by their items.

    First each misconception is weighed alone. Where that explains somebody's answers badly, pairs of the most probable
    are weighed as well.
    """
    laws = HeldLaws(rulebook)
    asked = {one.question for one in exercises.exercises}
    known = rulebook.misconceptions
    every = [one for one in laws.hypotheses() if all(known[name].question in asked for name in one.misconceptions)]

    def made(hypotheses: Sequence[Hypothesis]) -> list[DiagnosticItem]:
        return [
            *items_of_exercises(laws, exercises.exercises, hypotheses),
            *items_of_written_cases(laws, exercises.exercises, hypotheses, written),
        ]

    items = made(every)
    hypotheses = [one for one in every if one.id in (LAW, GUESSES) or _tested(items, one)]
    untested = tuple(one.id for one in every if one not in hypotheses)
    estimated = estimate(items, hypotheses, sheets)
    weighed = [posterior(items, one, estimated.prior, estimated.slip_rate) for one in sheets if one.given(items)]
    badly = [each for each in weighed if max(each.values()) < FOUND or each.get(GUESSES, 0.0) > 1 - FOUND]
    pairs = [pair for pair in likely_pairs(laws, badly, 4) if not {*pair} & {*untested}][:MOST_PAIRS]
    if pairs:
        together = [one for one in laws.hypotheses(pairs) if len(one.misconceptions) > 1]
        hypotheses = [*hypotheses[:-1], *together, hypotheses[-1]]
        items = made(hypotheses)
        estimated = estimate(items, hypotheses, sheets)
    found = diagnose_class(items, hypotheses, sheets, estimated)
    answers = {
        one.student: {item.id: answer == item.predicted[LAW] for item, answer in one.given(items)} for one in sheets
    }
    levels = {one.id: float(one.level) for one in exercises.exercises if any(one.id == item.id for item in items)}
    used = RulebookUsed.of(rulebook)
    return DiagnosedClass(
        exercises=exercises.title,
        rulebook=used,
        moved=exercises.rulebook.sha256 not in (None, used.sha256),
        students=found.students,
        right=tuple(sum(answers[one.student].values()) for one in sheets),
        slip_rate=found.slip_rate,
        shares=found.shares,
        limbs=found.limbs,
        board=found.board,
        board_parts=found.board_parts,
        suspect=found.suspect,
        items=item_fits(answers, levels),
        untested=untested,
        not_read=tuple(one.id for one in exercises.exercises if one.id not in {exercise_of(item.id) for item in items}),
    )


def _tested(items: Sequence[DiagnosticItem], hypothesis: Hypothesis) -> bool:
    """Whether some item tells it from the law."""
    return any(
        hypothesis.id in item.predicted and item.predicted[hypothesis.id] != item.predicted[LAW] for item in items
    )
