"""True or false of the whole law? Proved, or refuted by a case; the wrong answers are right for somebody's law."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lawmodel.exercises.difficulty import OF_KIND
from lawmodel.exercises.exercise import LAW, AnswerOption, Difficulty, ProofStep
from lawmodel.exercises.making import ExerciseDraft, Making
from lawmodel.exercises.prose.story import NotTold
from lawmodel.exercises.words import belief, feedback, outcome_sentence, sentence
from lawmodel.inquiry.searching.prove import prove
from lawmodel.inquiry.searching.proved import PropertyVerdict
from lawmodel.rulebook.model import Property

WRONG_OPTIONS: Final = 3
LAWS_TRIED: Final = 4
"""Of so many who hold something else it is looked whether they would answer otherwise."""
SAID: Final = {True: "True.", False: "False."}
OTHERWISE: Final = "There is a case in which it is otherwise."
ALWAYS: Final = "It holds of every case, on every day, under every reading that is open."


def draft(making: Making) -> ExerciseDraft | None:
    """An exercise on a property of the rulebook."""
    laws = making.laws
    properties = [one for one in laws.rulebook.properties.values() if one.question == laws.question]
    if not properties:
        return None
    stated = making.chosen.choice(properties)
    verdict = prove(laws.rulebook, stated)
    if verdict.of_nothing:
        return None
    holds = verdict.refutation is None
    because = sentence(stated.because.partition(". ")[0]) if stated.because else ALWAYS if holds else OTHERWISE
    options = [AnswerOption(LAW, f"{SAID[holds]} {because}", True)]
    for name in _otherwise(making, stated, holds=holds):
        held = laws.held[name]
        plain = AnswerOption(
            name, f"{SAID[not holds]} {belief(laws, held)}", False, feedback=feedback(laws, held, None)
        )
        options.append(making.option_of(held, plain))
    if holds and not stated.by_default and not stated.readings:
        said = "True, but only by the readings that are taken by default."
        told = "It is proved under every option of every reading."
        options.append(AnswerOption("by-default", said, False, feedback=told))
    if len(options) <= 2:
        said = "Some case is otherwise." if holds else "No case is otherwise."
        told = "It is proved for every case." if holds else "There is such a case; see below."
        options.append(AnswerOption("contrary", f"{SAID[not holds]} {said}", False, feedback=told))
    return ExerciseDraft(
        stem=f"“{sentence(stated.says)}” Is that true of the whole law, for every case, or false?{_under(stated)}",
        options=making.shuffled(options),
        answered=None,
        story="",
        hints=(
            "Look for one case in which it is otherwise; one is enough.",
            "Which words of the statement are wider, or narrower, than those of the law?",
            "Which readings, days and rare kinds of case does the statement not think of?",
        ),
        explanation=_explained(making, stated, verdict),
        proof=(ProofStep(f"lawmodel prove {stated.id}", "proved" if holds else "refuted"),),
        difficulty=Difficulty(
            facts=2,
            misconceptions=len(options) - 1,
            kind=OF_KIND["statement"],
            proof=int(holds),
            readings=len(stated.readings),
        ),
        limbs=(f"property:{stated.id}",),
        reason=(stated.id,),
    )


def _otherwise(making: Making, stated: Property, *, holds: bool) -> Iterator[str]:
    """Those of whose law the contrary is true."""
    laws = making.laws
    ids = [name for name, held in laws.held.items() if held.named and held.reading is None]
    making.chosen.shuffle(ids)
    found = 0
    for name in ids[:LAWS_TRIED]:
        verdict = prove(laws.held[name].rulebook, stated)
        if (verdict.refutation is None) != holds and not verdict.of_nothing:
            found += 1
            yield name
            if found == WRONG_OPTIONS:
                return


def _under(stated: Property) -> str:
    if stated.by_default:
        return " Take the readings that are taken by default."
    return "" if stated.readings else " Take every reading that there is."


def _explained(making: Making, stated: Property, verdict: PropertyVerdict) -> str:
    laws = making.laws
    because = f" {sentence(stated.because)}" if stated.because else ""
    if verdict.refutation is None:
        return f"It is true, and proved for every case.{because}"
    found = verdict.refutation
    try:
        story = making.tell(found.case).text
    except NotTold:
        story = ""
    seen = found.seen[0]
    outcome = "" if seen.outcome is None else f" {outcome_sentence(laws.rulebook, laws.question, seen.outcome)}"
    return f"It is false.{because} This case shows it: {story}{outcome}" if story else f"It is false.{because}"
