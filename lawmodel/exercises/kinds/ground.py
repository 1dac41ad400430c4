"""On which grounds? The wrong ones are those that somebody finds who holds a misconception."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lawmodel.exercises.exercise import AnswerInBrief, AnswerOption, ProofStep, SeveralChoices
from lawmodel.exercises.explaining import Explanation
from lawmodel.exercises.making import ExerciseDraft, Making, decide_command
from lawmodel.exercises.parting import PartingStep, parting
from lawmodel.exercises.words import cited, outcome_sentence
from lawmodel.words.steps import first_failure

CASES: Final = 20
WRONG_OPTIONS: Final = 3
DECIDING, USUAL, BESIDE = 4, 2, 1
"""What a ground counts: without which the outcome is another; one of several; one that only applies as well."""


def draft(making: Making) -> ExerciseDraft | None:
    """An exercise on a case with a ground, in which somebody finds another one."""
    laws = making.laws
    for case in making.cases(CASES):
        ours = laws.answer(case)
        if ours.outcome is None or not ours.grounds:
            continue
        right = {*ours.grounds, *ours.beside}
        wrong: dict[str, AnswerOption] = {}
        part: PartingStep | None = None
        others = making.other_answers(case, ours)
        for held, theirs in others:
            for name in (*theirs.grounds, *theirs.beside):
                if name not in right and name not in wrong:
                    says = cited(laws.rulebook, name)
                    wrong[name] = making.wrong(case, held, (ours, theirs), says, name)
                    part = part or parting(laws, case, held, (ours, theirs))
        if not wrong:
            continue
        options = [_right(making, name, ours) for name in (*ours.grounds, *ours.beside)]
        options += [*wrong.values()][:WRONG_OPTIONS]
        found = ExerciseDraft(
            stem=f"{outcome_sentence(laws.rulebook, laws.question, ours.outcome)} Which provisions apply to this case? "
            "Choose all that do.",
            options=making.shuffled(options),
            answered=ours,
            case=case,
            part=part,
            otherwise=tuple(held.id for held, _ in others),
            response=SeveralChoices(),
            proof=(ProofStep(decide_command(laws), _shown(ours)),),
            reason=tuple(sorted(right)),
        )
        return with_near_misses(making, found) if len(options) < WRONG_OPTIONS else found
    return None


def _right(making: Making, name: str, ours: AnswerInBrief) -> AnswerOption:
    weight = BESIDE if name in ours.beside else DECIDING if len(ours.grounds) == 1 else USUAL
    said = "It applies, but what it leads to is weaker." if name in ours.beside else "It applies."
    return AnswerOption(name, cited(making.laws.rulebook, name), right=True, feedback=said, weight=weight)


def with_near_misses(making: Making, found: ExerciseDraft) -> ExerciseDraft:
    """The draft with a provision that nearly applies, where there are too few options."""
    assert found.case is not None
    assert found.answered is not None
    near = Explanation(making.laws, found.case, found.answered).near
    known = {one.id for one in found.options}
    more = []
    for step in near:
        failed = first_failure(step)
        if str(step.id) not in known and failed is not None:
            says = cited(making.laws.rulebook, str(step.id))
            more.append(AnswerOption(str(step.id), says, right=False, feedback=f"It does not apply: {failed.says}."))
    return replace(found, options=making.shuffled((*found.options, *more[:1])))


def _shown(ours: AnswerInBrief) -> str:
    beside = f"; beside: {', '.join(ours.beside)}" if ours.beside else ""
    return f"grounds: {', '.join(ours.grounds)}{beside}"
