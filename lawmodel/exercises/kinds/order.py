"""Put the steps in order: those of the road of a law, or those of a decision, of which each needs others before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lawmodel.case.values import day_in_words
from lawmodel.exercises.difficulty import OF_KIND, level_of
from lawmodel.exercises.draft import ExerciseDraft
from lawmodel.exercises.exercise import AnswerOption, Difficulty, ProofStep, StepOrder
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making import Making
from lawmodel.exercises.words import applies, sentence
from lawmodel.rulebook.uses import EntryNode, Uses
from lawmodel.words.outcomes import both

FEWEST: Final = 4
STEPS: Final = 7
OF_ONE_PROVISION: Final = 3
"""So many exercises at most are made of one provision: more would be alike."""
FIRST: Final = "It needs nothing of the others."
NOWHERE: Final = "nowhere"
"""Before the id of a step that belongs to no order."""


def draft(making: Making) -> ExerciseDraft | None:
    """An exercise on an instrument, or on a provision and what it is made of."""
    drafts = [*_roads(making), *_decisions(making)]
    drafts = [one for one in drafts if making.level in (None, level_of(making.difficulty(one)))]
    return making.chosen.choice(drafts) if drafts else None


def _roads(making: Making) -> Iterator[ExerciseDraft]:
    """The steps of each instrument of the question, by their days."""
    laws = making.laws
    says = {stage.id: stage.says for stage in laws.rulebook.stages}
    for name in laws.law.laws:
        steps = laws.rulebook.instruments[name].steps
        if len(steps) < FEWEST:
            continue
        pairs = tuple((one.stage, other.stage) for one in steps for other in steps if one.date < other.date)
        options = [
            AnswerOption(
                step.stage, sentence(says[step.stage]), True, feedback=sentence(day_in_words(step.date.toordinal()))
            )
            for step in steps
        ]
        title = laws.rulebook.instruments[name].title
        yield ExerciseDraft(
            stem=f"Put the steps of this law in their order: {title}.",
            options=making.shuffled(options),
            answered=None,
            story="",
            response=StepOrder(pairs),
            hints=(
                "A bill comes from somewhere before anybody votes on it.",
                "What is passed goes through other hands before it is signed.",
                "Between signature and force there is mostly some time.",
            ),
            explanation=sentence("; ".join(f"{says[one.stage]} {day_in_words(one.date.toordinal())}" for one in steps)),
            proof=(ProofStep(f"lawmodel law {name}", " < ".join(step.stage for step in steps)),),
            difficulty=Difficulty(facts=len(steps), kind=OF_KIND["order"]),
            limbs=(f"instrument:{name}",),
            reason=("instrument", name),
        )


def _decisions(making: Making) -> Iterator[ExerciseDraft]:
    """What each provision is made of: a condition comes after those of which it is made."""
    laws = making.laws
    uses = Uses(laws.rulebook)
    for name, provision in laws.rulebook.provisions.items():
        if provision.question != laws.question or making.used[f"provision:{name}"] >= OF_ONE_PROVISION:
            continue
        node = EntryNode("provision", name)
        whole_of_it = [one for one in uses.reached(node) if one.kind == "concept"]
        drawn = {*making.chosen.sample(whole_of_it, min(len(whole_of_it), STEPS - 2))}
        inside = [one for one in whole_of_it if one in drawn]
        if len(inside) + 1 < FEWEST:
            continue
        pairs = [
            (_id(inner), _id(outer))
            for outer in inside
            for inner in uses.reached(outer)
            if inner in inside and inner != outer
        ]
        if len(pairs) < 2:
            continue
        steps = [AnswerOption(_id(one), _says(laws, one), True, feedback=_needs(laws, one, pairs)) for one in inside]
        whole = f"Whether {applies(provision.citation)}."
        steps.append(AnswerOption(name, whole, True, feedback="It comes last."))
        pairs += [(_id(one), name) for one in inside]
        outside = _outside(laws, uses, whole_of_it)
        if outside is not None:
            said = "This provision does not ask for it."
            steps.append(AnswerOption(f"{NOWHERE}-{outside.id}", _says(laws, outside), False, feedback=said))
        yield ExerciseDraft(
            stem=f"{provision.citation} ({provision.title}): in which order can these things be tested, so that each "
            "comes after those of which it is made? One of them may not belong there.",
            options=making.shuffled(steps),
            answered=None,
            story="",
            response=StepOrder(tuple(dict.fromkeys(pairs))),
            hints=(
                "Begin with what depends on nothing else.",
                "Of two things, which one speaks of the other? That one comes later.",
                "The provision itself comes last.",
            ),
            explanation=f"{provision.citation}: {sentence(provision.text)} "
            + " ".join(one.feedback for one in steps if one.right and one.id != name and one.feedback != FIRST),
            proof=(ProofStep(f"lawmodel law {name} --all", "the conditions, with those of which they are made"),),
            difficulty=Difficulty(facts=len(inside), comparisons=1, kind=OF_KIND["order"]),
            limbs=(f"provision:{name}",),
            reason=("provision", name, *sorted(_id(one) for one in inside)),
        )


def _id(node: EntryNode) -> str:
    return node.id


def _says(laws: Laws, node: EntryNode) -> str:
    concept = laws.rulebook.concepts[node.id]
    return sentence(concept.title or concept.yes)


def _needs(laws: Laws, node: EntryNode, pairs: list[tuple[str, str]]) -> str:
    """What has to be tested before, as a sentence."""
    before = [laws.rulebook.concepts[inner].title for inner, outer in pairs if outer == node.id]
    said = both([f"“{one}”" for one in before if one])
    return f"“{_says(laws, node).rstrip('.')}” comes after {said}." if said else FIRST


def _outside(laws: Laws, uses: Uses, inside: list[EntryNode]) -> EntryNode | None:
    """A concept of the question that the provision does not read."""
    for name, provision in laws.rulebook.provisions.items():
        if provision.question != laws.question:
            continue
        for one in uses.reached(EntryNode("provision", name)):
            if one.kind == "concept" and one not in inside:
                return one
    return None
