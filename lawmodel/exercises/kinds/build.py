"""Write a case that comes to an answer on a ground; or say that there is none, and why. Any case that does is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from lawmodel.exercises.difficulty import OF_KIND, difficulty_of
from lawmodel.exercises.draft import ExerciseDraft
from lawmodel.exercises.exercise import AnswerOption, Difficulty, ProofStep, WrittenCase
from lawmodel.exercises.explaining import Explanation
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making import Making, plain
from lawmodel.exercises.single_facts import without_numbers
from lawmodel.exercises.words import applies, belief, cited, feedback, sentence
from lawmodel.inquiry.searching.find import View, Wanted, find
from lawmodel.inquiry.searching.found import Found
from lawmodel.words.outcomes import predicates, statement, subject

TRIED: Final = 6
IMPOSSIBLE: Final = 0.3
"""In what share of exercises there is no such case."""
OF_TWO_GROUNDS: Final = 0.3
"""In what share a case is to have two grounds."""
WRONG_OPTIONS: Final = 3
CONTRADICTION: Final = "contradiction"
"""The reason that what a provision asks for can never be so at once."""


def draft(making: Making) -> ExerciseDraft | None:
    """An exercise on an outcome and a ground, or two, that a case is to have."""
    laws = making.laws
    impossible = making.chosen.random() < IMPOSSIBLE / (1 + making.used[CONTRADICTION])
    outcomes = list(laws.law.question.outcomes[:-1])
    concluded = {rule.id: [name for name, _ in rule.concludes] for rule in laws.law.question.rules if rule.concludes}
    for _ in range(TRIED):
        least = min(making.used[f"provision:{name}"] for name in concluded)
        ground = making.chosen.choice([name for name in concluded if making.used[f"provision:{name}"] == least])
        if impossible:
            beside = {name for others in concluded.values() if {*others} & {*concluded[ground]} for name in others}
            pool = [name for name in outcomes if name not in concluded[ground] and name in beside]
            if pool:
                outcome = making.chosen.choice(pool)
                if _found(laws, outcome, (ground,), making.chosen.randrange(1000)) is None:
                    return _no_case(making, outcome, ground, concluded[ground])
            continue
        pool = [name for name in concluded[ground] if name in outcomes]
        if not pool:
            continue
        outcome = making.chosen.choice(pool)
        grounds = (ground, *_another(making, outcome, ground, concluded))
        found = _found(laws, outcome, grounds, making.chosen.randrange(1000))
        if found is not None:
            return _a_case(making, outcome, grounds, found)
    return None


def _another(making: Making, outcome: str, ground: str, concluded: Mapping[str, list[str]]) -> list[str]:
    """Now and then a second ground that leads to the same outcome."""
    others = [name for name, outcomes in concluded.items() if outcome in outcomes and name != ground]
    return [making.chosen.choice(others)] if others and making.chosen.random() < OF_TWO_GROUNDS else []


def _found(laws: Laws, outcome: str, grounds: tuple[str, ...], seed: int | None = None) -> Found | None:
    return next(find(laws.rulebook, laws.question, [View("")], Wanted(outcome, grounds), seed=seed), None)


def _stem(laws: Laws, outcome: str, grounds: tuple[str, ...]) -> str:
    wanted = statement(laws.rulebook, laws.question, outcome)
    named = "; and of ".join(cited(laws.rulebook, one) for one in grounds)
    ground = "ground" if len(grounds) == 1 else "grounds"
    return (
        f"Write a case to which the answer is this: {wanted[:1].lower()}{wanted[1:]}, on the {ground} of {named}. Take "
        "the readings that are taken by default. If there is no such case, say so, and why."
    )


def _command(laws: Laws, outcome: str, grounds: tuple[str, ...]) -> str:
    named = " ".join(f"--ground {one}" for one in grounds)
    return f"lawmodel find --outcome {outcome} {named} --question {laws.question}"


def _a_case(making: Making, outcome: str, grounds: tuple[str, ...], found: Found) -> ExerciseDraft | None:
    laws = making.laws
    answered = laws.answer(found.case)
    if answered.outcome != outcome or not {*grounds} <= {*answered.grounds}:
        return None  # the case needs a reading that is not taken by default
    explained = Explanation(laws, found.case, answered)
    citations = " and ".join(laws.rulebook.provisions[name].citation for name in grounds)
    telling = explained.most_telling()
    each = "it asks" if len(grounds) == 1 else "each of them asks"
    return ExerciseDraft(
        stem=_stem(laws, outcome, grounds),
        options=(),
        answered=None,
        story="",
        response=WrittenCase(outcome, grounds, example=plain(laws, found.case)),
        hints=(
            f"Read {citations}, and list what {each} for.",
            "Then make sure that nothing leads to a stronger answer as well.",
            "Leave everything else as it usually is."
            if telling is None
            else f"One thing that such a case may have: {telling.says}.",
        ),
        explanation=explained.text(),
        proof=(ProofStep(_command(laws, outcome, grounds), "a case"),),
        difficulty=_difficulty(explained, grounds),
        limbs=tuple(f"provision:{name}" for name in grounds),
        reason=(outcome, *sorted(grounds)),
    )


def _difficulty(explained: Explanation, grounds: tuple[str, ...]) -> Difficulty:
    """How difficult it is: every ground has to be met, and not only the one of the smallest reason."""
    needed = {
        str(step.id)
        for ground in explained.answer.trace
        if ground.id in grounds
        for step in ground.walk()
        if step.kind == "fact" and step.truth
    }
    given = [one for one in explained.given if one.name in needed]
    known = difficulty_of("build", explained, ())
    if len(given) <= known.facts:
        return known
    rulebook = explained.laws.rulebook
    dates = sum(rulebook.fact(without_numbers(one.name)).sort == "date" for one in given)
    return replace(known, facts=len(given), comparisons=dates)


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
        AnswerOption(CONTRADICTION, sentence(asks), False, feedback="There are cases in which all of it is so.")
    )
    stronger = f"wherever {applies(citation)}, something stronger applies as well"
    options.append(
        AnswerOption("stronger", sentence(stronger), False, feedback="There are cases in which it carries the answer.")
    )
    if any(_found(laws, name, (ground,)) is None for name in concluded):
        return None  # one of these reasons would be true as well
    if len(options) < WRONG_OPTIONS:
        return None
    return ExerciseDraft(
        stem=_stem(laws, outcome, (ground,)),
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
        proof=(ProofStep(_command(laws, outcome, (ground,)), "there is none"),),
        difficulty=Difficulty(
            facts=2,
            near_misses=int(_is_beside(laws, outcome, concluded)),
            kind=OF_KIND["build"],
            proof=1,
            misconceptions=1,
        ),
        limbs=(f"provision:{ground}",),
        reason=("none", outcome, *concluded),
    )


def _is_beside(laws: Laws, outcome: str, concluded: list[str]) -> bool:
    """Whether the provision may stand beside one that leads to the outcome, which is stronger than its own."""
    order = list(laws.law.question.outcomes)
    return all(order.index(outcome) < order.index(name) for name in concluded)


def _makes_one(laws: Laws, name: str, outcome: str, ground: str) -> bool:
    """Whether the provision can lead to the outcome for somebody."""
    rules = laws.held[name].decider.question.rules
    return any(rule.id == ground and outcome in dict(rule.concludes) for rule in rules)
