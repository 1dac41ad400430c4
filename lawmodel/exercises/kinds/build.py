"""Write a case that comes to an answer on a ground; or say that there is none, and why. Any case that does is right."""

from __future__ import annotations

from typing import Final

from lawmodel.exercises.difficulty import OF_KIND, difficulty_of
from lawmodel.exercises.exercise import AnswerOption, Difficulty, ProofStep, WrittenCase
from lawmodel.exercises.explaining import Explanation, of_little_weight
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making import ExerciseDraft, Making, plain
from lawmodel.exercises.words import applies, belief, cited, feedback, sentence
from lawmodel.inquiry.searching.find import View, Wanted, find
from lawmodel.inquiry.searching.found import Found
from lawmodel.words.outcomes import predicates, statement, subject

TRIED: Final = 6
IMPOSSIBLE: Final = 0.3
"""In what share of exercises there is no such case."""
WRONG_OPTIONS: Final = 3


def draft(making: Making) -> ExerciseDraft | None:
    """An exercise on an outcome and a ground that a case is to have."""
    laws = making.laws
    impossible = making.chosen.random() < IMPOSSIBLE
    outcomes = list(laws.law.question.outcomes[:-1])
    provisions = [rule.id for rule in laws.law.question.rules if rule.concludes]
    for _ in range(TRIED):
        least = min(making.used[f"provision:{name}"] for name in provisions)
        ground = making.chosen.choice([name for name in provisions if making.used[f"provision:{name}"] == least])
        concluded = [name for name, _ in next(rule for rule in laws.law.question.rules if rule.id == ground).concludes]
        pool = (
            [name for name in outcomes if name not in concluded]
            if impossible
            else [name for name in concluded if name in outcomes]
        )
        if not pool:
            continue
        outcome = making.chosen.choice(pool)
        found = _found(laws, outcome, ground, making.chosen.randrange(1000))
        if found is None and impossible:
            return _no_case(making, outcome, ground, concluded)
        if found is not None and not impossible:
            return _a_case(making, outcome, ground, found)
    return None


def _found(laws: Laws, outcome: str, ground: str, seed: int | None = None) -> Found | None:
    views = [View("")]
    return next(find(laws.rulebook, laws.question, views, Wanted(outcome, (ground,)), seed=seed), None)


def _stem(laws: Laws, outcome: str, ground: str) -> str:
    wanted = statement(laws.rulebook, laws.question, outcome)
    return (
        f"Write a case to which the answer is this: {wanted[:1].lower()}{wanted[1:]}, on the ground of "
        f"{cited(laws.rulebook, ground)}. Take the readings that are taken by default. If there is no such case, say "
        "so, and why."
    )


def _command(laws: Laws, outcome: str, ground: str) -> str:
    return f"lawmodel find --outcome {outcome} --ground {ground} --question {laws.question}"


def _a_case(making: Making, outcome: str, ground: str, found: Found) -> ExerciseDraft | None:
    laws = making.laws
    answered = laws.answer(found.case)
    if answered.outcome != outcome or ground not in answered.grounds:
        return None  # the case needs a reading that is not taken by default
    explained = Explanation(laws, found.case, answered)
    provision = laws.rulebook.provisions[ground]
    told = sorted(explained.told_reason, key=of_little_weight)
    return ExerciseDraft(
        stem=_stem(laws, outcome, ground),
        options=(),
        answered=None,
        story="",
        response=WrittenCase(outcome, (ground,), example=plain(laws, found.case)),
        hints=(
            f"Read {provision.citation}, and list what it asks for.",
            "Then make sure that nothing leads to a stronger answer as well.",
            f"One thing that such a case may have: {told[0].says}."
            if told
            else "Leave everything else as it usually is.",
        ),
        explanation=explained.text(),
        proof=(ProofStep(_command(laws, outcome, ground), "a case"),),
        difficulty=difficulty_of("build", explained, ()),
        limbs=(f"provision:{ground}",),
        reason=(outcome, ground),
    )


def _no_case(making: Making, outcome: str, ground: str, concluded: list[str]) -> ExerciseDraft | None:
    laws = making.laws
    subject_is = subject(laws.rulebook, laws.question)
    can = predicates(laws.rulebook, laws.question, concluded)
    citation = laws.rulebook.provisions[ground].citation
    reason = sentence(f"by {citation} {subject_is[:1].lower()}{subject_is[1:]} {can}; it leads to nothing else")
    options = [AnswerOption("law", reason, True, feedback="So it is.")]
    makes = [name for name, held in laws.held.items() if held.named and _makes_one(laws, name, outcome, ground)]
    for name in makes[:1]:
        held = laws.held[name]
        options.append(
            making.option_of(held, AnswerOption(name, belief(laws, held), False, feedback=feedback(laws, held, None)))
        )
    asks = f"all that {citation} asks for can never be so at once"
    options.append(
        AnswerOption("contradiction", sentence(asks), False, feedback="There are cases in which all of it is so.")
    )
    stronger = f"wherever {applies(citation)}, something stronger applies as well"
    options.append(
        AnswerOption("stronger", sentence(stronger), False, feedback="There are cases in which it carries the answer.")
    )
    if any(_found(laws, name, ground) is None for name in concluded):
        return None  # one of these reasons would be true as well
    if len(options) < WRONG_OPTIONS:
        return None
    return ExerciseDraft(
        stem=_stem(laws, outcome, ground),
        options=making.shuffled(options),
        answered=None,
        story="",
        response=WrittenCase(outcome, (ground,), possible=False),
        hints=(
            f"Read {citation}: to which answers can it lead?",
            "Can one provision lead to an answer that it does not name?",
            "You may answer that there is no such case.",
        ),
        explanation=f"There is no such case, which is proved. {reason} Another answer takes another ground.",
        proof=(ProofStep(_command(laws, outcome, ground), "there is none"),),
        difficulty=Difficulty(facts=2, kind=OF_KIND["build"], proof=1, misconceptions=1),
        limbs=(f"provision:{ground}",),
        reason=(outcome, ground),
    )


def _makes_one(laws: Laws, name: str, outcome: str, ground: str) -> bool:
    """Whether the provision can lead to the outcome for somebody."""
    rules = laws.held[name].decider.question.rules
    return any(rule.id == ground and outcome in dict(rule.concludes) for rule in rules)
