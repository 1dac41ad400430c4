"""An exercise that offers every answer to which somebody comes on a case: outcomes with all their grounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from lawmodel.exercises.draft import ExerciseDraft
from lawmodel.exercises.exercise import LAW, AnswerInBrief, AnswerOption, Exercise, ProofStep
from lawmodel.exercises.joined_cases import MOST_ANSWERS, AnsweredCase
from lawmodel.exercises.kinds.outcome import depends, shown
from lawmodel.exercises.laws import HeldLaw, Laws
from lawmodel.exercises.making import Making, decide_command
from lawmodel.exercises.parting import parting
from lawmodel.exercises.predictions import label
from lawmodel.exercises.words import NO_GROUND, applies, cited, outcome_sentence, reading_taken, sentence

FEWEST_OPTIONS: Final = 3
SLIPS_OFFERED: Final = 3
"""So many further answers at most stand beside those of misconceptions."""


def exercise_on(
    making: Making, of: AnsweredCase, slips: Mapping[str, tuple[str, AnswerInBrief]] = MappingProxyType({})
) -> Exercise | None:
    """Which answer, on which grounds? None where the case cannot be told.

    ``slips`` are further answers: by the id of their option, with what is said to whoever chooses it.
    """
    laws = making.laws
    holding: dict[str, list[HeldLaw]] = {}
    for name, answer in of.theirs.items():
        if label(answer) != label(of.ours):
            holding.setdefault(label(answer), []).append(laws.held[name])
    carried = [f"{applies(laws.rulebook.provisions[name].citation)}." for name in of.ours.grounds]
    said = " ".join(("So it is.", *(carried or [NO_GROUND])))
    options = [AnswerOption(LAW, _says(laws, of.ours), right=True, answered=of.ours, feedback=said)]
    taken = {label(of.ours)}
    for name, (feedback, answer) in slips.items():
        if label(answer) not in taken | {*holding} and len(options) <= SLIPS_OFFERED:
            taken.add(label(answer))
            options.append(AnswerOption(name, _says(laws, answer), right=False, answered=answer, feedback=feedback))
    for several in [*holding.values()][: MOST_ANSWERS - len(options)]:
        first = several[0]
        answers = (of.ours, of.theirs[first.id])
        option = making.wrong(of.case, first, answers, _says(laws, answers[1]))
        options.append(option if len(several) == 1 else _of_nobody(option))
    if len(options) == FEWEST_OPTIONS - 1:
        options.append(depends())
    part = None
    if holding:
        nearest = next(iter(holding.values()))[0]
        part = parting(laws, of.case, nearest, (of.ours, of.theirs[nearest.id]))
    readings = dict(of.case.readings)
    read = "".join(f" {reading_taken(laws, name, option)}" for name, option in readings.items())
    asks = laws.rulebook.questions[laws.question].asks
    chosen = [part for name, option in readings.items() for part in ("--reading", f"{name}={option}")]
    return making.finished(
        ExerciseDraft(
            stem=f"{asks}{read} What is right, and on which grounds, all of them?",
            options=making.shuffled(options),
            answered=of.ours,
            case=of.case,
            part=part,
            otherwise=tuple(one.id for several in holding.values() for one in several),
            proof=(ProofStep(decide_command(laws, *chosen), shown(of.ours)),),
            readings=readings,
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
