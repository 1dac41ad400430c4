"""On which grounds? The wrong ones are those that somebody finds who holds a misconception, or that nearly apply."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from lawmodel.case.case import Case
from lawmodel.exercises.difficulty import COUNTED
from lawmodel.exercises.draft import ExerciseDraft
from lawmodel.exercises.exercise import AnswerInBrief, AnswerOption, ProofStep, SeveralChoices
from lawmodel.exercises.explaining import Explanation, weaker
from lawmodel.exercises.facts_beside import WEIGHT_BESIDE, with_facts_beside
from lawmodel.exercises.failing_steps import fails_on, is_no_law
from lawmodel.exercises.making import Making, decide_command
from lawmodel.exercises.parting import PartingStep, is_told, parting
from lawmodel.exercises.words import cited, outcome_sentence
from lawmodel.reasoning.trace import Trace

CASES: Final = 20
WRONG_OPTIONS: Final = 3
FEWEST: Final = 3
"""So many provisions at least are named."""
OPTIONS: Final = 4
"""So many are named where there are as many that nearly apply."""
FILLERS: Final = 1
"""So many options at most are provisions that nobody finds, and that do not nearly apply."""
DECIDING, USUAL, BESIDE = 4, 2, 1
"""What a ground counts: without which the outcome is another; one of several; one that only applies as well."""


def draft(making: Making) -> ExerciseDraft | None:
    """An exercise on a case with a ground, beside which others are found by somebody, or nearly apply."""
    laws = making.laws

    def worth(case: Case, ours: AnswerInBrief) -> int:
        right = {*ours.grounds, *ours.beside}
        wrong = {name for theirs in laws.answers(case).values() for name in (*theirs.grounds, *theirs.beside)}
        near = {str(one.id) for one in making.explained(case, ours).nearly}
        return len((wrong | near) - right)

    for drawn in making.cases(CASES):
        first = laws.answer(drawn)
        if first.outcome is None or not first.grounds:
            continue
        if not making.is_in_reach(drawn, first, more=WEIGHT_BESIDE + COUNTED):
            continue
        case, ours = with_facts_beside(making, drawn, first, worth, OPTIONS - len(first.grounds))
        right = (*ours.grounds, *ours.beside)
        if not making.is_in_reach(case, ours):
            continue
        explained = making.explained(case, ours)
        wrong, part = _found_by_somebody(making, case, ours, {str(step.id) for step in explained.failing})
        fillers = 0
        for one, is_near in _near(making, explained):
            if len(right) + len(wrong) < OPTIONS and one.id not in wrong and (is_near or fillers < FILLERS):
                wrong[one.id] = one
                fillers += not is_near
        options = [_right(making, explained, name) for name in right]
        options += wrong.values()
        if len(wrong) <= fillers or len(options) < FEWEST or len({one.says for one in options}) < len(options):
            continue
        if not all(map(explained.met, ours.grounds)):
            continue  # nothing that is told meets it
        return ExerciseDraft(
            stem=f"{outcome_sentence(laws.rulebook, laws.question, str(ours.outcome))} Which provisions apply to this "
            "case? Choose all that do.",
            options=making.shuffled(options),
            answered=ours,
            case=case,
            part=part,
            otherwise=tuple(held.id for held, _ in making.other_answers(case, ours)),
            response=SeveralChoices(),
            proof=(ProofStep(decide_command(laws), _shown(ours)),),
            reason=tuple(sorted(right)),
        )
    return None


def _found_by_somebody(
    making: Making, case: Case, ours: AnswerInBrief, failing: Collection[str]
) -> tuple[dict[str, AnswerOption], PartingStep | None]:
    """The ``failing`` provisions that somebody finds who errs, and where the first of them parts from the law.

    Of a provision of which it is not known whether it applies nobody could say that it is wrong to name it.
    """
    laws = making.laws
    wrong: dict[str, AnswerOption] = {}
    part: PartingStep | None = None
    for held, theirs in making.other_answers(case, ours, beside=True):
        for name in (*theirs.grounds, *theirs.beside):
            if name not in failing or name in wrong or len(wrong) == WRONG_OPTIONS:
                continue
            step = parting(laws, case, held, (ours, theirs))
            if step is None or is_told(laws, case, held, step):
                wrong[name] = making.wrong(case, held, (ours, theirs), cited(laws.rulebook, name), name)
                part = part or step
    return wrong, part


def _right(making: Making, explained: Explanation, name: str) -> AnswerOption:
    ours = explained.answered
    weight = BESIDE if name in ours.beside else DECIDING if len(ours.grounds) == 1 else USUAL
    said = f"It applies. {weaker(making.laws, name)}" if name in ours.beside else f"It applies. {explained.met(name)}"
    return AnswerOption(name, cited(making.laws.rulebook, name), right=True, feedback=said.strip(), weight=weight)


def _near(making: Making, explained: Explanation) -> list[tuple[AnswerOption, bool]]:
    """Provisions that do not apply, each with whether it nearly does: those first, and what the set has seldom."""
    found = []
    nearly = {step.id for step in explained.nearly}

    def far(step: Trace) -> tuple[bool, int, int]:
        return step.id not in nearly, making.used[str(step.id)], fails_on(step)

    for step in sorted(explained.failing, key=far):
        name, failed = str(step.id), explained.failure(step)
        if failed and (step.id in nearly or not is_no_law(step)):
            option = AnswerOption(name, cited(making.laws.rulebook, name), right=False, feedback=failed)
            found.append((option, step.id in nearly))
    return found


def _shown(ours: AnswerInBrief) -> str:
    beside = f"; beside: {', '.join(ours.beside)}" if ours.beside else ""
    return f"grounds: {', '.join(ours.grounds)}{beside}"
