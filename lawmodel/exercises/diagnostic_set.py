"""A set by which it is seen what somebody takes for the law: few exercises, of which every two laws part on several.

Of many cases, on each of which many laws part, those are taken that tell most. Each exercise offers all the answers to
which somebody comes there: outcomes with their grounds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from lawmodel.exercises.checks.checked import findings_of
from lawmodel.exercises.diagnosis import DiagnosticItem, Hypothesis, chosen_items
from lawmodel.exercises.exercise import LAW, AnswerInBrief, AnswerOption, Exercise, ExerciseSet, ProofStep
from lawmodel.exercises.joined_cases import DRAWN, AnsweredCase, joined_cases, misconceptions_of
from lawmodel.exercises.kinds.outcome import depends, shown
from lawmodel.exercises.laws import HeldLaw, Laws
from lawmodel.exercises.making import ExerciseDraft, Making, decide_command
from lawmodel.exercises.parting import parting
from lawmodel.exercises.predictions import label
from lawmodel.exercises.words import NO_GROUND, applies, cited, outcome_sentence, sentence
from lawmodel.results.header import RulebookUsed

MOST_DIAGNOSTIC: Final = 60
"""So many exercises has such a set, where it is not said otherwise."""
TIMES: Final = 5
"""On so many exercises every two laws part, where they can."""
FEWEST_OPTIONS: Final = 3


def diagnostic_set(
    laws: Laws, most: int, seed: int = 1, progress: Callable[[str], None] = lambda _: None, drawn: int = DRAWN
) -> ExerciseSet:
    """So many exercises at most on a question, of so many cases; the same for the same seed and the same rulebook."""
    answered = {str(number): one for number, one in enumerate(joined_cases(laws, seed, drawn, progress))}
    hypotheses = [Hypothesis(LAW, ""), *(Hypothesis(name, "", (name,)) for name in misconceptions_of(laws))]
    items = [
        DiagnosticItem(name, (), {LAW: label(one.ours), **{held: label(two) for held, two in one.theirs.items()}})
        for name, one in answered.items()
    ]
    making = Making(laws, "outcome", seed, [])
    made: dict[str, Exercise] = {}  # by id: cases that differ in what is not told may come to one exercise

    def is_made(item: DiagnosticItem) -> bool:
        progress(f"{len(made)} of at most {most} exercises")
        exercise = _exercise(making, answered[item.id])
        if exercise is None:
            return False
        if exercise.id in made or next(findings_of(laws, exercise), None) is not None:
            making.give_back(exercise)
            return False
        made[exercise.id] = exercise
        return True

    chosen_items(items, hypotheses, most, TIMES, is_made)
    title = laws.rulebook.questions[laws.question].title
    return ExerciseSet(title, seed, RulebookUsed.of(laws.rulebook), tuple(made.values()))


def _exercise(making: Making, of: AnsweredCase) -> Exercise | None:
    """Which answer, on which grounds? None where the case cannot be told."""
    laws = making.laws
    holding: dict[str, list[HeldLaw]] = {}
    for name, answer in of.theirs.items():
        if label(answer) != label(of.ours):
            holding.setdefault(label(answer), []).append(laws.held[name])
    carried = [f"{applies(laws.rulebook.provisions[name].citation)}." for name in of.ours.grounds]
    said = " ".join(("So it is.", *(carried or [NO_GROUND])))
    options = [AnswerOption(LAW, _says(laws, of.ours), right=True, answered=of.ours, feedback=said)]
    for several in holding.values():
        first = several[0]
        answers = (of.ours, of.theirs[first.id])
        option = making.wrong(of.case, first, answers, _says(laws, answers[1]))
        options.append(option if len(several) == 1 else _of_nobody(option))
    if len(options) == FEWEST_OPTIONS - 1:
        options.append(depends())
    first = next(iter(holding.values()))[0]
    return making.finished(
        ExerciseDraft(
            stem=f"{laws.rulebook.questions[laws.question].asks} What is right, and on which grounds, all of them?",
            options=making.shuffled(options),
            answered=of.ours,
            case=of.case,
            part=parting(laws, of.case, first, (of.ours, of.theirs[first.id])),
            otherwise=tuple(one.id for several in holding.values() for one in several),
            proof=(ProofStep(decide_command(laws), shown(of.ours)),),
        )
    )


def _of_nobody(option: AnswerOption) -> AnswerOption:
    """An option that several give who hold different things: nobody is taken for one of them."""
    return replace(option, misconception=None, reading=None)


def _says(laws: Laws, answer: AnswerInBrief) -> str:
    """An answer in words, with its grounds."""
    outcome = outcome_sentence(laws.rulebook, laws.question, str(answer.outcome))
    grounds = [sentence(cited(laws.rulebook, name)) for name in answer.grounds]
    return " ".join((outcome, *(grounds or [NO_GROUND])))
