"""Which answer, and why? Each wrong option is the answer of somebody who holds a misconception."""

from __future__ import annotations

from typing import Final

from lawmodel.case.case import Case
from lawmodel.exercises.draft import ExerciseDraft
from lawmodel.exercises.exercise import LAW, AnswerInBrief, AnswerOption, ProofStep
from lawmodel.exercises.explaining import Explanation
from lawmodel.exercises.laws import HeldLaw
from lawmodel.exercises.making import Making, decide_command
from lawmodel.exercises.parting import is_told, parting
from lawmodel.exercises.words import NO_GROUND, applies, belief, cited, outcome_sentence, rule_behind, sentence

CASES: Final = 12
"""So many cases are looked at for one exercise."""
WRONG_OPTIONS: Final = 3
DEPENDS: Final = "depends"
"""The option that says that the answer is open, where there are too few others."""
NEARLY: Final = "nearly-"
"""Before the id of a provision that nearly applies, where its answer is nobody's."""


def draft(making: Making) -> ExerciseDraft | None:
    """An exercise on a case that some misconceptions decide otherwise."""
    laws, best = making.laws, None
    for case in making.cases(CASES):
        ours = laws.answer(case)
        if ours.outcome is None:
            continue
        others = [one for one in making.other_answers(case, ours) if one[1].outcome != ours.outcome]
        if not others or not making.is_in_reach(case, ours, [held.id for held, _ in others], more=0):
            continue
        worth = making.worth(others)
        if best is None or worth > making.worth(best[2]):
            best = case, ours, others
        if len(others) >= (1 if making.easy else WRONG_OPTIONS) and worth >= 1:
            break
    if best is None:
        return None
    case, ours, others = best
    chosen = _chosen(making, case, ours, others)
    making.drafted.update(held.id for held, _ in chosen or others)
    if not chosen:
        return None
    first, answer = min(
        chosen,
        key=lambda one: (_is_of_another(making, one[0], ours), one[0].reading is not None, making.rarity(one[0])),
    )
    part = parting(laws, case, first, (ours, answer))
    explained = making.explained(case, ours)
    options = [_right(making, ours, first)]
    for held, theirs in chosen:
        options.append(making.wrong(case, held, (ours, theirs), _says(making, held, theirs)))
    if len(options) <= WRONG_OPTIONS:
        options.append(_nearly(explained, options) or depends())
    if len({one.says for one in options}) < len(options):
        return None
    proof = [ProofStep(decide_command(laws), shown(ours))]
    proof += [ProofStep(decide_command(laws, *held.command), shown(theirs)) for held, theirs in chosen if held.command]
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


def _is_of_another(making: Making, held: HeldLaw, ours: AnswerInBrief) -> bool:
    """Whether a misconception shows on a case with another outcome: the rule behind it may not be the reason."""
    known = making.laws.rulebook.misconceptions.get(held.id)
    return known is not None and known.law.outcome != ours.outcome


def shown(answer: AnswerInBrief) -> str:
    """An answer by its ids."""
    return f"{answer.outcome or ' or '.join(answer.possible)}: {', '.join(answer.grounds) or 'no ground'}"


def _chosen(
    making: Making, case: Case, ours: AnswerInBrief, others: list[tuple[HeldLaw, AnswerInBrief]]
) -> list[tuple[HeldLaw, AnswerInBrief]]:
    """Some who answer otherwise because of something that the case tells."""
    found = []
    for held, theirs in _spread(making, others):
        part = parting(making.laws, case, held, (ours, theirs))
        if part is None or is_told(making.laws, case, held, part):
            found.append((held, theirs))
        if len(found) == WRONG_OPTIONS:
            break
    return found


def _spread(making: Making, others: list[tuple[HeldLaw, AnswerInBrief]]) -> list[tuple[HeldLaw, AnswerInBrief]]:
    """The first of each outcome before the second of any, so that the options differ, but what the set has seldom."""
    seen: dict[str, int] = {}
    ranked = []
    for one in others:
        outcome = str(one[1].outcome)
        seen[outcome] = seen.get(outcome, 0) + 1
        ranked.append((2 * seen[outcome] + making.used[one[0].id], one))
    return [one for _, one in sorted(ranked, key=lambda each: each[0])]


def _right(making: Making, ours: AnswerInBrief, nearest: HeldLaw) -> AnswerOption:
    """The law's answer, with why: what it has in the place of the nearest misconception, or its ground."""
    laws = making.laws
    reason = rule_behind(nearest) if nearest.named else ""
    says = f"{outcome_sentence(laws.rulebook, laws.question, str(ours.outcome))} {reason or _ground(making, ours)}"
    carried = [f"{applies(laws.rulebook.provisions[name].citation)}." for name in ours.grounds]
    return AnswerOption(
        LAW, says, right=True, answered=ours, feedback=" ".join(("So it is.", *(carried or [NO_GROUND])))
    )


def _says(making: Making, held: HeldLaw, theirs: AnswerInBrief) -> str:
    outcome = outcome_sentence(making.laws.rulebook, making.laws.question, str(theirs.outcome))
    return f"{outcome} {belief(making.laws, held) if held.named else _ground(making, theirs)}"


def _ground(making: Making, answered: AnswerInBrief) -> str:
    return sentence(cited(making.laws.rulebook, answered.grounds[0])) if answered.grounds else NO_GROUND


def _nearly(explained: Explanation, options: list[AnswerOption]) -> AnswerOption | None:
    """An outcome that stands in no other option, on the ground of a provision that nearly applies."""
    laws = explained.laws
    taken = {one.answered.outcome for one in options if one.answered is not None}
    for step in explained.nearly:
        rule = next((rule for rule in laws.law.question.rules if rule.id == step.id), None)
        outcome = next((name for name, _ in rule.concludes if name not in taken), None) if rule is not None else None
        failed = explained.failure(step)
        if outcome is None or not failed:
            continue
        says = (
            f"{outcome_sentence(laws.rulebook, laws.question, outcome)} {sentence(cited(laws.rulebook, str(step.id)))}"
        )
        return AnswerOption(f"{NEARLY}{step.id}", says, right=False, feedback=failed)
    return None


def depends() -> AnswerOption:
    """That it depends, where the answer is certain: for exercises that have too few other options."""
    asks = "What is not told here is as usual, and then the answer is certain."
    return AnswerOption(DEPENDS, "It depends. Something that would decide it is not told.", right=False, feedback=asks)
