"""True or false of the whole law? Proved, or refuted by a case; who answers wrongly may be right of somebody's law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from lawmodel.case.case import Case
from lawmodel.exercises.difficulty import OF_KIND, level_of
from lawmodel.exercises.draft import ExerciseDraft
from lawmodel.exercises.exercise import LAW, AnswerOption, Difficulty, ProofStep
from lawmodel.exercises.laws import HeldLaw
from lawmodel.exercises.making import Making
from lawmodel.exercises.prose.story import NotTold
from lawmodel.exercises.words import feedback, outcome_sentence, reading_taken, sentence
from lawmodel.inquiry.searching.prove import prove
from lawmodel.inquiry.searching.proved import Refutation
from lawmodel.rulebook.model import Property

LAWS_TRIED: Final = 4
"""Of so many who hold something else it is looked whether they would answer otherwise."""
ALWAYS, BY_DEFAULT, NEVER = "true", "true-by-default", "false"
"""The ids of the options: proved under every reading, only by those that are taken by default, refuted even so."""
BY_DEFAULT_SAID: Final = "By default "
SAYS: Final = {
    ALWAYS: "True, under every reading that there is.",
    BY_DEFAULT: "True by the readings that are taken by default, and not under every other.",
    NEVER: "False, by the readings that are taken by default as well.",
}
SETTLED: Final = {
    ALWAYS: "True of every case.",
    NEVER: "False: it is otherwise in some case.",
    BY_DEFAULT: "It is open, since it turns on readings that the statement does not name.",
}
"""The same of a statement that names the readings under which it is meant."""


def draft(making: Making) -> ExerciseDraft | None:
    """An exercise on a property of the rulebook that the set has not yet."""
    laws = making.laws
    properties = [
        one
        for one in laws.rulebook.properties.values()
        if one.question == laws.question and not making.used[f"property:{one.id}"] and _is_in_reach(making, one, SAYS)
    ]
    if not properties:
        return None
    stated = making.chosen.choice(properties)
    found = _verdict(making, stated)
    if found is None:
        return None
    right, refutation = found
    if not _is_in_reach(making, stated, (right,)):
        return None
    held = _otherwise(making, stated, right)
    words = SETTLED if stated.readings else SAYS
    because = sentence(stated.because) if stated.because else ""
    options = []
    for name, says in words.items():
        option = AnswerOption(LAW if name == right else name, says, name == right, feedback=_told(name, right, because))
        if held is not None and name == (NEVER if right == ALWAYS else ALWAYS):
            option = making.option_of(held, replace(option, feedback=feedback(laws, held, None)))
        options.append(option)
    return ExerciseDraft(
        stem=f"“{sentence(_claim(stated))}” Is that true of the law as a whole, in every case that there can be?",
        options=tuple(options),
        answered=None,
        story="",
        hints=(
            "Look for one case in which it is otherwise; one is enough.",
            "Which words of the statement are wider, or narrower, than those of the law?",
            "Which readings, days and rare kinds of case does the statement not think of?",
        ),
        explanation=_explained(making, words[right], because, refutation),
        proof=(ProofStep(f"lawmodel prove {stated.id}", "proved" if prove_holds(making, stated) else "refuted"),),
        difficulty=_difficulty(stated, right, is_held=held is not None),
        limbs=(f"property:{stated.id}",),
        reason=(stated.id,),
    )


def _is_in_reach(making: Making, stated: Property, verdicts: Iterable[str]) -> bool:
    """Whether a statement of which one of these options is right may be of the level that is wanted, if one is."""
    levels = {level_of(_difficulty(stated, one, is_held=held)) for one in verdicts for held in (True, False)}
    return making.level is None or making.level in levels


def _difficulty(stated: Property, right: str, *, is_held: bool) -> Difficulty:
    """How difficult it is, by which option is right, and whether the contrary is true of somebody's law."""
    return Difficulty(
        facts=2,
        comparisons=int(any((stated.on, stated.since, stated.until, stated.changed and stated.changed.on))),
        further_records=int(stated.changed is not None and stated.changed.one_more is not None),
        misconceptions=int(is_held) + 1,
        kind=OF_KIND["statement"],
        proof=int(right == ALWAYS),
        readings=len(stated.readings) + int(right == BY_DEFAULT),
    )


def _claim(stated: Property) -> str:
    """What is claimed, without the words that it is meant by default: that is asked."""
    says = stated.says.removeprefix(BY_DEFAULT_SAID)
    return f"{says[:1].upper()}{says[1:]}"


def prove_holds(making: Making, stated: Property) -> bool:
    """Whether a property is proved as it is stated."""
    return prove(making.laws.rulebook, stated).refutation is None


def _verdict(making: Making, stated: Property) -> tuple[str, Refutation | None] | None:
    """Which option is right, and the case that shows it where one does; None for what says nothing of any case."""
    rulebook = making.laws.rulebook
    seed = making.chosen.randrange(2**31)
    everywhere = prove(rulebook, replace(stated, by_default=stated.by_default and bool(stated.readings)), seed=seed)
    if everywhere.of_nothing:
        return None
    if everywhere.refutation is None:
        return ALWAYS, None
    if stated.readings:
        return NEVER, everywhere.refutation
    usually = prove(rulebook, replace(stated, by_default=True), seed=seed)
    return (BY_DEFAULT, everywhere.refutation) if usually.refutation is None else (NEVER, usually.refutation)


def _otherwise(making: Making, stated: Property, right: str) -> HeldLaw | None:
    """Somebody of whose law the contrary is true."""
    laws = making.laws
    if right == BY_DEFAULT:
        return None
    ids = [name for name, held in laws.held.items() if held.misconception is not None and held.reading is None]
    making.chosen.shuffle(ids)
    for name in ids[:LAWS_TRIED]:
        verdict = prove(laws.held[name].rulebook, replace(stated, by_default=right == NEVER or stated.by_default))
        if (verdict.refutation is None) != (right == ALWAYS) and not verdict.of_nothing:
            return laws.held[name]
    return None


def _told(name: str, right: str, because: str) -> str:
    """What is said of an option."""
    if name == right:
        return f"So it is. {because}".strip()
    match right:
        case "true":
            return "It is proved for every case, under every reading that the statement leaves open."
        case "true-by-default":
            return "By default it is proved; under another reading there is a case in which it is otherwise; see below."
        case _:
            return "There is a case in which it is otherwise; see below."


def _explained(making: Making, verdict: str, because: str, refutation: Refutation | None) -> str:
    said = f"{verdict} {because}".strip()
    if refutation is None:
        return f"{said} It is proved for every case."
    try:
        story = making.tell(refutation.case).text
        second = "" if refutation.second is None else making.tell(_second(refutation)).text
    except NotTold:
        return said
    laws = making.laws
    sides = []
    for one, told in zip(refutation.seen, (story, second or story), strict=False):
        if one.outcome is None:
            return said
        read = "".join(f" {reading_taken(laws, name, option)}" for name, option in one.readings.items())
        day = f" (law of {one.on:%-d %B %Y})" if one.on is not None and len(refutation.seen) > 1 else ""
        sides.append((told, f"{outcome_sentence(laws.rulebook, laws.question, one.outcome)}{day}{read}"))
    first, *others = sides
    shown = f"This case shows it: {first[0]} {first[1]}"
    for told, answer in others:
        shown += f" Compare this one: {told} {answer}" if told != first[0] else f" And then: {answer}"
    return f"{said} {shown}"


def _second(refutation: Refutation) -> Case:
    assert refutation.second is not None
    return replace(refutation.case, facts={**refutation.case.facts, **refutation.second})
