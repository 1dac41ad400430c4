"""A set by which it is seen what somebody takes for the law: few exercises, of which every two laws part on several.

Cases are drawn, and everybody who holds a misconception is asked; of these the cases are taken that tell most. Each
exercise offers all the outcomes that somebody comes to there, with the grounds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from lawmodel.case.case import Case
from lawmodel.dataclass import dataclass
from lawmodel.exercises.checks.checked import findings_of
from lawmodel.exercises.diagnosis import DiagnosticItem, Hypothesis, chosen_items
from lawmodel.exercises.drawn_cases import DrawnCases
from lawmodel.exercises.exercise import LAW, AnswerInBrief, AnswerOption, Exercise, ExerciseSet, ProofStep
from lawmodel.exercises.kinds.outcome import depends, shown
from lawmodel.exercises.laws import HeldLaw, Laws
from lawmodel.exercises.making import ExerciseDraft, Making, decide_command
from lawmodel.exercises.parting import parting
from lawmodel.exercises.predictions import label
from lawmodel.exercises.words import NO_GROUND, applies, cited, outcome_sentence, sentence
from lawmodel.problems import ProblemsFound
from lawmodel.results.header import RulebookUsed

MOST_DIAGNOSTIC: Final = 60
"""So many exercises has such a set, where it is not said otherwise."""
DRAWN: Final = 300
"""So many cases are drawn."""
TIMES: Final = 3
"""On so many exercises every two laws part, where they can."""
FEWEST_OPTIONS: Final = 3
MOST_OPTIONS: Final = 6
"""Cases with more different answers are passed over."""


@dataclass(frozen=True, slots=True)
class _AnsweredCase:
    case: Case
    ours: AnswerInBrief
    theirs: dict[str, AnswerInBrief]


def diagnostic_set(
    laws: Laws, most: int, seed: int = 1, progress: Callable[[str], None] = lambda _: None, drawn: int = DRAWN
) -> ExerciseSet:
    """So many exercises at most on a question, of so many cases; the same for the same seed and the same rulebook."""
    answered = {str(number): one for number, one in enumerate(_cases(laws, seed, drawn))}
    hypotheses = [Hypothesis(LAW, ""), *(Hypothesis(name, "", (name,)) for name in _misconceptions(laws))]
    items = [
        DiagnosticItem(
            name, (), {LAW: str(one.ours.outcome), **{held: str(two.outcome) for held, two in one.theirs.items()}}
        )
        for name, one in answered.items()
    ]
    making = Making(laws, "outcome", seed, [])
    made: list[Exercise] = []
    for item in chosen_items(items, hypotheses, most, TIMES):
        progress(f"{len(made)} of at most {most} exercises")
        exercise = _exercise(making, answered[item.id])
        if exercise is None:
            continue
        known = {one.id for one in made}  # cases that differ in what is not told may come to one exercise
        if exercise.id not in known and next(findings_of(laws, exercise), None) is None:
            made.append(exercise)
        else:
            making.give_back(exercise)
    title = laws.rulebook.questions[laws.question].title
    return ExerciseSet(title, seed, RulebookUsed.of(laws.rulebook), tuple(made))


def _cases(laws: Laws, seed: int, drawn: int) -> Iterator[_AnsweredCase]:
    """Cases that can be told and on which somebody answers otherwise than the law."""
    seen: set[str] = set()
    chance = random.Random(f"{seed} diagnosis {laws.question}")  # noqa: S311 - a seed is to be followed
    for case in (*laws.telling_cases, *islice(DrawnCases(laws, chance), drawn)):
        facts = repr(sorted(case.facts.items()))
        if facts in seen:
            continue
        seen.add(facts)
        try:
            ours = laws.answer(case)
        except ProblemsFound:
            continue
        known = laws.answers(case)
        theirs = {name: known[name] for name in _misconceptions(laws) if name in known and known[name].outcome}
        different = {label(one) for one in theirs.values() if one.outcome != ours.outcome}
        if ours.outcome is not None and 1 <= len(different) < MOST_OPTIONS:
            yield _AnsweredCase(case, ours, theirs)


def _misconceptions(laws: Laws) -> list[str]:
    """What may be taken for the law, of what the rulebook names as misconceptions."""
    return [name for name, one in laws.held.items() if one.misconception is not None]


def _exercise(making: Making, of: _AnsweredCase) -> Exercise | None:
    """Which answer, on what grounds? None where the case cannot be told."""
    laws = making.laws
    holding: dict[str, list[HeldLaw]] = {}
    for name, answer in of.theirs.items():
        if answer.outcome != of.ours.outcome:
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
            stem=f"{laws.rulebook.questions[laws.question].asks} What is right, and on what ground?",
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
