"""Which reading did this author take? One of those on offer explains all that is said, the others only a part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from lawmodel.case.case import Case
from lawmodel.dataclass import dataclass
from lawmodel.exercises.difficulty import difficulty_of, level_of, weight
from lawmodel.exercises.draft import ExerciseDraft
from lawmodel.exercises.exercise import LAW, AnswerOption, Difficulty, OtherReading, ProofStep
from lawmodel.exercises.explaining import Explanation
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making import Making
from lawmodel.exercises.near_readings import disputed, near_readings, titled
from lawmodel.exercises.prose.story import NotTold
from lawmodel.exercises.words import outcome_sentence, sentence
from lawmodel.problems import ProblemsFound

CASES: Final = 14
SENTENCES: Final = 3
WRONG_OPTIONS: Final = 4
FEWEST_WRONG: Final = 2
NOTHING: Final = "It explains none of them."
STEM: Final = (
    "A commentator has decided these three cases as quoted. How does the commentator read the law? Take all other "
    "points as usual."
)


def draft(making: Making) -> ExerciseDraft | None:
    """An exercise on three cases that somebody decides under one reading otherwise than by default."""
    laws = making.laws
    offered = [
        (name, option.id)
        for name in disputed(laws)
        for option in laws.rulebook.readings[name].options
        if option.supported_by and option.id != laws.rulebook.readings[name].default
    ]
    if not offered:
        return None
    making.chosen.shuffle(offered)
    offered.sort(key=lambda one: (making.used[f"reading:{one[0]}"], making.used[f"{one[0]}={one[1]}"]))
    decided = [_decided(laws, case, offered) for case in making.cases(CASES)]
    decided = [one for one in decided if one.by_default is not None and not _is_too_hard(making, one.case)]
    for name, option in offered:
        telling = _telling(making, decided, (name, option))
        found = _drafted(making, name, option, telling, offered) if telling else None
        if found is not None:
            return found
    return None


@dataclass(frozen=True, slots=True)
class DecidedCase:
    """A case with its outcome by default and under each reading on offer; None where that is open."""

    case: Case
    by_default: str | None
    outcomes: Mapping[tuple[str, str], str | None]


def _decided(laws: Laws, case: Case, offered: list[tuple[str, str]]) -> DecidedCase:
    outcomes: dict[tuple[str, str], str | None] = {}
    for name, option in offered:
        try:
            outcomes[name, option] = laws.answer(case, readings={name: option}).outcome
        except ProblemsFound:
            outcomes[name, option] = None
    return DecidedCase(case, laws.answer(case).outcome, outcomes)


def _is_too_hard(making: Making, case: Case) -> bool:
    """Whether a case is too hard for the level that is wanted, if one is: such a one is never among the fewest."""
    return making.level is not None and making.is_too_hard(case, making.laws.answer(case), FEWEST_WRONG)


def _telling(making: Making, decided: list[DecidedCase], reading: tuple[str, str]) -> list[DecidedCase]:
    """Three cases of which one at least has another outcome under a reading than by default.

    Such that most of the others on offer, the default too, explain some of them and not all: then each tells something.
    """
    certain = [one for one in decided if one.outcomes[reading] is not None]
    differ = [one for one in certain if one.outcomes[reading] != one.by_default]
    if not differ or len(certain) < SENTENCES:
        return []
    first = making.chosen.choice(differ)

    def explained_in_part(some: tuple[DecidedCase, ...]) -> int:
        telling = (first, *some)
        others = [
            sum(one.outcomes[other] == one.outcomes[reading] for one in telling)
            for other in first.outcomes
            if other[0] != reading[0]
        ]
        others.append(sum(one.by_default == one.outcomes[reading] for one in telling))
        return sum(0 < number < SENTENCES for number in others)

    rest = [one for one in certain if one is not first]
    making.chosen.shuffle(rest)
    telling = [first, *max(combinations(rest, SENTENCES - 1), key=explained_in_part)]
    making.chosen.shuffle(telling)
    return telling


def _drafted(
    making: Making, name: str, option: str, telling: list[DecidedCase], offered: list[tuple[str, str]]
) -> ExerciseDraft | None:
    laws, reading = making.laws, (name, option)
    wrong: list[AnswerOption] = []
    by_default = [place for place, one in enumerate(telling, 1) if one.by_default == one.outcomes[reading]]
    for other in offered:
        if other == reading:
            continue
        explains = [place for place, one in enumerate(telling, 1) if one.outcomes[other] == one.outcomes[reading]]
        if len(explains) == len(telling):
            return None  # another reading on offer explains all of it as well
        if explains != by_default:
            wrong.append(_option(laws, *other, explains))
    plain = [
        _option(laws, other, chosen, by_default)
        for other, chosen in offered
        if other != name
        and (other, chosen) not in [(one.reading.reading, one.reading.option) for one in wrong if one.reading]
    ]
    making.chosen.shuffle(plain)
    near = near_readings(laws, [one.case for one in telling])
    plain = [one for one in plain if one.reading is not None and one.reading.reading in near] or plain
    right_says = sentence(laws.rulebook.readings[name].option(option).says)
    ranked = sorted([*wrong, *plain], key=lambda one: (one.feedback == NOTHING, making.used[one.id]))
    wrong = making.beside(right_says, ranked, WRONG_OPTIONS - 1)
    if len(wrong) < FEWEST_WRONG:
        return None
    difficulty = _difficulty(laws, telling, reading, _readings(wrong))
    if making.level not in (None, level_of(difficulty)):
        return None
    stories = []
    for place, one in enumerate(telling, 1):
        try:
            story = making.tell(one.case)
        except NotTold:
            return None
        making.take_name(story.person.name)
        decided = outcome_sentence(laws.rulebook, laws.question, str(one.outcomes[reading]))
        stories.append(f"{place}. {story.text} The commentator: “{decided}”")
    default = laws.rulebook.readings[name].default
    says = [sentence(laws.rulebook.readings[name].option(one).says) for one in (option, default) if one is not None]
    right = AnswerOption(
        f"{name}={option}", says[0], True, reading=OtherReading(name, option), feedback="It explains all three."
    )
    options = [right, *wrong]
    if default is not None:
        said_by = f"It explains only {_listed(by_default)}." if by_default else NOTHING
        options.append(AnswerOption(LAW, says[1], False, feedback=f"So it is read by default. {said_by}"))
    return ExerciseDraft(
        stem=STEM,
        options=making.shuffled(options),
        answered=None,
        story="\n\n".join(stories),
        title=laws.rulebook.questions[laws.question].title,
        hints=(
            "Decide each case by the usual readings first. Where does the commentator come to something else?",
            f"That is so in {_listed([one for one in range(1, SENTENCES + 1) if one not in by_default])}.",
            f"The point in dispute is this. {titled(laws, name)}",
        ),
        explanation=f"{says[0]} So read, the law answers all three as the commentator does.",
        proof=tuple(
            ProofStep(
                f"lawmodel decide case-{place}.yaml --question {laws.question} --reading {name}={option}",
                str(one.outcomes[reading]),
            )
            for place, one in enumerate(telling, 1)
        ),
        difficulty=difficulty,
        limbs=(f"reading:{name}",),
        reason=(name, option, *(str(one.outcomes[reading]) for one in telling)),
    )


def _readings(options: list[AnswerOption]) -> list[tuple[str, str]]:
    return [(one.reading.reading, one.reading.option) for one in options if one.reading is not None]


def _difficulty(
    laws: Laws, telling: list[DecidedCase], reading: tuple[str, str], others: list[tuple[str, str]]
) -> Difficulty:
    """How difficult it is: what the fewest of the cases have by which one reading alone is left."""

    def leaves_one(some: Sequence[DecidedCase]) -> bool:
        explained = [other for other in others if all(one.outcomes[other] == one.outcomes[reading] for one in some)]
        return not explained and any(one.by_default != one.outcomes[reading] for one in some)

    fewest = next(some for size in range(1, SENTENCES + 1) for some in combinations(telling, size) if leaves_one(some))
    each = [difficulty_of("reading", Explanation(laws, one.case, laws.answer(one.case)), ()) for one in fewest]
    hardest = max(each, key=weight)
    return replace(hardest, further_records=hardest.further_records + len(fewest) - 1, misconceptions=len(others))


def _option(laws: Laws, name: str, option: str, explains: list[int]) -> AnswerOption:
    says = sentence(laws.rulebook.readings[name].option(option).says)
    said = f"It explains only {_listed(explains)}." if explains else NOTHING
    return AnswerOption(f"{name}={option}", says, False, reading=OtherReading(name, option), feedback=said)


def _listed(places: list[int]) -> str:
    return f"case{'' if len(places) == 1 else 's'} {' and '.join(map(str, places))}"
