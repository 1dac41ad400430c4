"""On which grounds? The wrong ones are those that somebody finds who holds a misconception, or that nearly apply."""

from __future__ import annotations

from typing import Final

from lawmodel.exercises.exercise import AnswerInBrief, AnswerOption, ProofStep, SeveralChoices
from lawmodel.exercises.explaining import Explanation, failing_facts, weaker
from lawmodel.exercises.making import ExerciseDraft, Making, decide_command
from lawmodel.exercises.parting import PartingStep, is_told, parting
from lawmodel.exercises.words import cited, outcome_sentence
from lawmodel.reasoning.trace import Trace

CASES: Final = 20
WRONG_OPTIONS: Final = 3
FEWEST: Final = 3
"""So many provisions at least are named."""
OPTIONS: Final = 4
"""So many are named where there are as many that nearly apply."""
NEARLY: Final = 3
"""A provision nearly applies that fails on so many facts at most; others come after those that do."""
DECIDING, USUAL, BESIDE = 4, 2, 1
"""What a ground counts: without which the outcome is another; one of several; one that only applies as well."""


def draft(making: Making) -> ExerciseDraft | None:
    """An exercise on a case with a ground, beside which others are found by somebody, or nearly apply."""
    laws = making.laws
    for case in making.cases(CASES):
        ours = laws.answer(case)
        if ours.outcome is None or not ours.grounds:
            continue
        right = (*ours.grounds, *ours.beside)
        explained = Explanation(laws, case, ours)
        wrong: dict[str, AnswerOption] = {}
        part: PartingStep | None = None
        others = making.other_answers(case, ours)
        for held, theirs in others:
            for name in (*theirs.grounds, *theirs.beside):
                if name in right or name in wrong or len(wrong) == WRONG_OPTIONS:
                    continue
                step = parting(laws, case, held, (ours, theirs))
                if step is None or is_told(laws, case, held, step):
                    wrong[name] = making.wrong(case, held, (ours, theirs), cited(laws.rulebook, name), name)
                    part = part or step
        for one in _near(making, explained):
            if len(right) + len(wrong) < OPTIONS and one.id not in wrong:
                wrong[one.id] = one
        options = [_right(making, explained, name) for name in right]
        options += wrong.values()
        if not wrong or len(options) < FEWEST or len({one.says for one in options}) < len(options):
            continue
        return ExerciseDraft(
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
    return None


def _right(making: Making, explained: Explanation, name: str) -> AnswerOption:
    ours = explained.answered
    weight = BESIDE if name in ours.beside else DECIDING if len(ours.grounds) == 1 else USUAL
    said = f"It applies. {weaker(making.laws, name)}" if name in ours.beside else f"It applies. {explained.met(name)}"
    return AnswerOption(name, cited(making.laws.rulebook, name), right=True, feedback=said.strip(), weight=weight)


def _near(making: Making, explained: Explanation) -> list[AnswerOption]:
    """Provisions that nearly apply: first by what the case tells, then those that speak of the same things."""
    found = []
    told = {path.partition(".")[0] for path in explained.case.facts}
    near = {step.id for step in explained.near}

    def far(step: Trace) -> tuple[bool, bool, bool, int]:
        failing = failing_facts(step)
        subjects = {name.partition(".")[0] for name in failing}
        return step.id not in near, len(failing) > NEARLY, not subjects & told, making.used[str(step.id)]

    steps = [step for step in explained.failing if failing_facts(step)]
    for step in sorted(steps, key=far):
        name, failed = str(step.id), explained.failure(step)
        if failed:
            found.append(AnswerOption(name, cited(making.laws.rulebook, name), right=False, feedback=failed))
    return found


def _shown(ours: AnswerInBrief) -> str:
    beside = f"; beside: {', '.join(ours.beside)}" if ours.beside else ""
    return f"grounds: {', '.join(ours.grounds)}{beside}"
