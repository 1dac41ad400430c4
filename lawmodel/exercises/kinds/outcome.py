"""Which answer, and why? Each wrong option is the answer of somebody who holds a misconception."""

from __future__ import annotations

from typing import Final

from lawmodel.exercises.exercise import LAW, AnswerInBrief, AnswerOption, ProofStep
from lawmodel.exercises.laws import HeldLaw
from lawmodel.exercises.making import ExerciseDraft, Making, decide_command
from lawmodel.exercises.parting import parting
from lawmodel.exercises.words import NO_GROUND, belief, cited, outcome_sentence, rule_behind, sentence

CASES: Final = 12
"""So many cases are looked at for one exercise."""
WRONG_OPTIONS: Final = 3
DEPENDS: Final = "depends"
"""The option that says that the answer is open, where there are too few others."""


def draft(making: Making) -> ExerciseDraft | None:
    """An exercise on a case that some misconceptions decide otherwise."""
    laws, best = making.laws, None
    for case in making.cases(CASES):
        ours = laws.answer(case)
        if ours.outcome is None:
            continue
        others = [one for one in making.other_answers(case, ours) if one[1].outcome != ours.outcome]
        if others and (best is None or len(others) > len(best[2])):
            best = case, ours, others
        if len(others) >= WRONG_OPTIONS:
            break
    if best is None:
        return None
    case, ours, others = best
    chosen = _spread(others)[:WRONG_OPTIONS]
    first, answer = min(chosen, key=lambda one: _far(making, one[0]))
    part = parting(laws, case, first, (ours, answer))
    says = outcome_sentence(laws.rulebook, laws.question, str(ours.outcome))
    options = [AnswerOption(LAW, f"{says} {_reason(making, ours, first)}", right=True, answered=ours)]
    for held, theirs in chosen:
        outcome = outcome_sentence(laws.rulebook, laws.question, str(theirs.outcome))
        options.append(making.wrong(case, held, (ours, theirs), f"{outcome} {belief(laws, held)}"))
    if len(options) < WRONG_OPTIONS:
        options.append(_depends(making))
    proof = [ProofStep(decide_command(laws), shown(ours))]
    proof += [
        ProofStep(decide_command(laws, "--held-by", held.id), shown(theirs)) for held, theirs in chosen if held.named
    ]
    return ExerciseDraft(
        stem=f"{laws.rulebook.questions[laws.question].asks} Which answer is right, and why?",
        options=making.shuffled(options),
        answered=ours,
        case=case,
        part=part,
        otherwise=tuple(held.id for held, _ in others),
        proof=tuple(proof),
        reason=(str(ours.outcome), *ours.grounds),
    )


def _far(making: Making, held: HeldLaw) -> tuple[bool, int]:
    """How far something is from what the case is about: a slip is near, and a reading the more sources it has."""
    if held.reading is None:
        return False, 0
    reading, option = held.reading
    return True, -len(making.laws.rulebook.readings[reading].option(option).supported_by)


def shown(answer: AnswerInBrief) -> str:
    """An answer by its ids."""
    return f"{answer.outcome or ' or '.join(answer.possible)}: {', '.join(answer.grounds) or 'no ground'}"


def _spread(others: list[tuple[HeldLaw, AnswerInBrief]]) -> list[tuple[HeldLaw, AnswerInBrief]]:
    """The first of each outcome before the second of any, so that the options differ."""
    seen: dict[str, int] = {}
    ranked = []
    for one in others:
        outcome = str(one[1].outcome)
        seen[outcome] = seen.get(outcome, 0) + 1
        ranked.append((seen[outcome], one))
    return [one for _, one in sorted(ranked, key=lambda each: each[0])]


def _reason(making: Making, ours: AnswerInBrief, nearest: HeldLaw) -> str:
    """Why the law answers so: what it has in the place of the nearest misconception, or its ground."""
    said = rule_behind(nearest)
    if said and nearest.named:
        return said
    if ours.grounds:
        return sentence(cited(making.laws.rulebook, ours.grounds[0]))
    return NO_GROUND


def _depends(making: Making) -> AnswerOption:
    asks = "What is not told here is as usual, and then the answer is certain."
    return AnswerOption(DEPENDS, "It depends. Something that would decide it is not told.", right=False, feedback=asks)
