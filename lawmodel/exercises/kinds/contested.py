"""Is the answer contested, and over what? Both sides are named, each with who supports it."""

from __future__ import annotations

from itertools import combinations, product
from typing import Final

from lawmodel.case.case import Case
from lawmodel.exercises.difficulty import readings_that_matter
from lawmodel.exercises.draft import ExerciseDraft
from lawmodel.exercises.exercise import AnswerOption, ProofStep, ReadingSide, SeveralChoices
from lawmodel.exercises.facts_beside import WEIGHT_BESIDE, with_facts_beside
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making import CASE_FILE, Making
from lawmodel.exercises.near_readings import disputed, near_readings, titled
from lawmodel.exercises.words import outcome_sentence, sentence
from lawmodel.words.outcomes import predicates

CASES: Final = 10
POINTS: Final = 4
"""So many points that are near to a case are enough."""
IN_DISPUTE: Final = 3
WRONG_OPTIONS: Final = 3
STEM: Final = (
    "Is the answer to this case contested, and if so, over which of these points? Choose every point that would by "
    "itself change the answer, if it were read otherwise."
)
UNCONTESTED: Final = "not-contested"
"""The option that no supported reading gives another answer."""
SHARE_UNCONTESTED: Final = 0.3
OFTEN: Final = 2
"""A point that stands in more exercises of the set than this is not taken again."""


def draft(making: Making) -> ExerciseDraft | None:
    """An exercise on a case whose answer turns on some readings, or on none."""
    laws = making.laws
    uncontested = making.chosen.random() < SHARE_UNCONTESTED
    for drawn in making.cases(CASES):
        first = laws.answer(drawn)
        if first.outcome is None or not making.is_in_reach(drawn, first, more=WEIGHT_BESIDE):
            continue
        case, ours = with_facts_beside(making, drawn, first, lambda one, _: len(near_readings(laws, [one])), POINTS)
        if not making.is_in_reach(case, ours, more=0):
            continue
        outcome = str(ours.outcome)
        matter = readings_that_matter(laws, case)
        if bool(matter) == uncontested or len(matter) > IN_DISPUTE or _jointly(laws, case, matter):
            continue
        if matter and min(making.used[f"reading:{name}"] for name in matter) > making.chosen.randint(0, OFTEN):
            continue  # the set has that point already
        others = [name for name in disputed(laws) if name not in matter]
        making.chosen.shuffle(others)
        near = near_readings(laws, [case])
        others.sort(key=lambda name: (name not in near, making.used[name]))
        wrong = others[:WRONG_OPTIONS]
        if len(wrong) + len(matter) < WRONG_OPTIONS:
            continue
        options = [
            AnswerOption(
                name, titled(laws, name), True, feedback=_sides_in_words(laws, name, matter[name], title=False)
            )
            for name in matter
        ]
        options += [
            AnswerOption(
                name,
                titled(laws, name),
                False,
                feedback="Readers differ over it, but not here: whichever way it is read, the answer is the same.",
            )
            for name in wrong
        ]
        said = "Some source reads the law so that this case has another answer."
        alone = AnswerOption(
            UNCONTESTED,
            "None of these: the answer is not contested.",
            not matter,
            feedback="So it is." if not matter else said,
        )
        decided = outcome_sentence(laws.rulebook, laws.question, outcome)
        return ExerciseDraft(
            stem=STEM,
            options=(*making.shuffled(options), alone),
            answered=ours,
            case=case,
            response=SeveralChoices(alone=UNCONTESTED),
            hints=(
                "For each point, ask first whether this case has anything to do with it.",
                "Then decide the case both ways, and compare the answers.",
                "A point on which readers differ does not matter where another ground leads to the same answer."
                if not matter
                else f"By the readings that are taken by default: {decided}",
            ),
            explanation=" ".join((decided, *(_sides_in_words(laws, name, options) for name, options in matter.items())))
            if matter
            else f"{decided} No reading that a source supports gives another answer.",
            proof=(
                ProofStep(
                    f"lawmodel compare {CASE_FILE} --question {laws.question}", ", ".join(matter) or "no reading"
                ),
            ),
            sides=tuple(
                ReadingSide(
                    name,
                    option,
                    laws.rulebook.readings[name].option(option).says,
                    possible,
                    laws.rulebook.readings[name].option(option).supporters,
                )
                for name, options in matter.items()
                for option, possible in options.items()
            ),
            limbs=tuple(f"reading:{name}" for name in matter or wrong),
            reason=(outcome, *sorted(matter)),
        )
    return None


def _jointly(laws: Laws, case: Case, matter: dict[str, dict[str, tuple[str, ...]]]) -> bool:
    """Whether two readings that alone change nothing change the answer together, so that more is contested."""
    ours = laws.answer(case).possible
    for names in combinations([name for name in disputed(laws) if name not in matter], 2):
        others = [
            [
                option.id
                for option in laws.rulebook.readings[name].options
                if option.supported_by and option.id != laws.rulebook.readings[name].default
            ]
            for name in names
        ]
        for chosen in product(*others):
            if laws.answer(case, readings=dict(zip(names, chosen, strict=True))).possible != ours:
                return True
    return False


def _sides_in_words(laws: Laws, name: str, options: dict[str, tuple[str, ...]], *, title: bool = True) -> str:
    reading = laws.rulebook.readings[name]
    sides = [
        f"“{sentence(reading.option(option).says)}” Then it {predicates(laws.rulebook, laws.question, possible)}."
        for option, possible in options.items()
    ]
    return " ".join((*([reading.title] if title else []), *sides))
