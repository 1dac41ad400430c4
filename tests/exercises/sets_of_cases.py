"""A set of exercises made of cases: which answer, with an option for each that the law or a misconception has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lawmodel.case.plain import plain_case
from lawmodel.exercises.exercise import LAW, AnswerOption, Difficulty, Exercise, ExerciseSet, OneChoice, with_id
from lawmodel.exercises.predictions import AskedCase, HeldLaws, label
from lawmodel.results.header import RulebookUsed
from lawmodel.rulebook.model import Rulebook


def set_of_cases(rulebook: Rulebook, asked: Sequence[AskedCase], title: str = "Cases") -> ExerciseSet:
    """An exercise of each case, in their order."""
    laws = HeldLaws(rulebook)
    return ExerciseSet(title, 1, RulebookUsed.of(rulebook), tuple(_exercise(laws, one) for one in asked))


def _exercise(laws: HeldLaws, asked: AskedCase) -> Exercise:
    answers = {}
    for one in laws.hypotheses():
        answer = laws.answer(one, asked)
        if answer is not None and label(answer) not in answers:
            answers[label(answer)] = (one, answer)
    options = [
        AnswerOption(
            "law" if one.id == LAW else one.id,
            said,
            one.id == LAW,
            None if one.id == LAW else one.id,
            feedback=one.says,
            answered=answer,
        )
        for said, (one, answer) in answers.items()
    ]
    if len(options) < 2:
        options.append(AnswerOption("depends", "it depends", right=False))
    plain: dict[str, Any] = plain_case(laws.rulebook, asked.case)
    return with_id(
        Exercise(
            id="",
            kind="outcome",
            question=asked.question,
            rulebook=RulebookUsed.of(laws.rulebook),
            seed=1,
            title=asked.title or asked.id,
            stem="Which answer?",
            response=OneChoice(),
            options=tuple(options),
            hints=("one", "two", "three"),
            explanation="So it is.",
            proof=(),
            level=1,
            difficulty=Difficulty(),
            case={name: plain[name] for name in ("facts", "presume") if name in plain},
            day=asked.on,
            stage=asked.stage,
            readings=dict(asked.readings),
            limbs=asked.limbs,
        )
    )
