"""Which reading did this author take? One of those on offer explains all that is said, the others only a part."""

from __future__ import annotations

from typing import Final

from lawmodel.case.case import Case
from lawmodel.exercises.difficulty import OF_KIND
from lawmodel.exercises.exercise import LAW, AnswerOption, Difficulty, OtherReading, ProofStep
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making import ExerciseDraft, Making
from lawmodel.exercises.near_readings import disputed, near_readings, titled
from lawmodel.exercises.prose.story import NotTold
from lawmodel.exercises.words import outcome_sentence, sentence
from lawmodel.problems import ProblemsFound

CASES: Final = 14
SENTENCES: Final = 3
WRONG_OPTIONS: Final = 4
FEWEST_WRONG: Final = 2
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
    cases = [case for case in making.cases(CASES) if laws.answer(case).outcome is not None]
    for name, option in offered:
        telling = _telling(laws, cases, name, option)
        found = _drafted(making, name, option, telling, offered) if telling else None
        if found is not None:
            return found
    return None


def _telling(laws: Laws, cases: list[Case], name: str, option: str) -> list[tuple[Case, str]]:
    """Cases with the outcomes under one option, some of them others than by default; none where there are too few."""
    telling: list[tuple[Case, str]] = []
    parts = False
    for case in cases:
        said = _outcome(laws, case, name, option)
        if said is None:
            continue
        differs = said != laws.answer(case).outcome
        if (differs and not parts) or len(telling) < SENTENCES - (not parts):
            telling.append((case, said))
            parts = parts or differs
        if len(telling) == SENTENCES:
            break
    return telling if parts and len(telling) == SENTENCES else []


def _outcome(laws: Laws, case: Case, name: str, option: str) -> str | None:
    try:
        return laws.answer(case, readings={name: option}).outcome
    except ProblemsFound:
        return None


def _drafted(
    making: Making, name: str, option: str, telling: list[tuple[Case, str]], offered: list[tuple[str, str]]
) -> ExerciseDraft | None:
    laws = making.laws
    wrong: list[AnswerOption] = []
    by_default = [place for place, (case, said) in enumerate(telling, 1) if laws.answer(case).outcome == said]
    for other, chosen in offered:
        if (other, chosen) == (name, option):
            continue
        explains = [
            place for place, (case, said) in enumerate(telling, 1) if _outcome(laws, case, other, chosen) == said
        ]
        if len(explains) == len(telling):
            return None  # another reading on offer explains all of it as well
        if explains != by_default:
            wrong.append(_option(laws, other, chosen, explains, len(telling)))
    plain = [
        _option(laws, other, chosen, by_default, len(telling))
        for other, chosen in offered
        if other != name
        and (other, chosen) not in [(one.reading.reading, one.reading.option) for one in wrong if one.reading]
    ]
    making.chosen.shuffle(plain)
    near = near_readings(laws, [case for case, _ in telling])
    plain = [one for one in plain if one.reading is not None and one.reading.reading in near] or plain
    right_says = sentence(laws.rulebook.readings[name].option(option).says)
    ranked = sorted([*wrong, *plain], key=lambda one: making.used[one.id])
    wrong = making.beside(right_says, ranked, WRONG_OPTIONS - 1)
    if len(wrong) < FEWEST_WRONG:
        return None
    stories = []
    for place, (case, said) in enumerate(telling, 1):
        try:
            story = making.tell(case)
        except NotTold:
            return None
        making.take_name(story.person.name)
        decided = outcome_sentence(laws.rulebook, laws.question, said)
        stories.append(f"{place}. {story.text} The commentator: “{decided}”")
    default = laws.rulebook.readings[name].default
    says = [sentence(laws.rulebook.readings[name].option(one).says) for one in (option, default) if one is not None]
    right = AnswerOption(
        f"{name}={option}", says[0], True, reading=OtherReading(name, option), feedback="It explains all three."
    )
    options = [right, *wrong]
    if default is not None:
        said_by = f"It explains only {_listed(by_default)}." if by_default else "It explains none of them."
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
            ProofStep(f"lawmodel decide case-{place}.yaml --question {laws.question} --reading {name}={option}", said)
            for place, (_, said) in enumerate(telling, 1)
        ),
        difficulty=Difficulty(
            facts=SENTENCES, further_records=1, misconceptions=len(wrong), readings=3, kind=OF_KIND["reading"]
        ),
        limbs=(f"reading:{name}",),
        reason=(name, option, *(said for _, said in telling)),
    )


def _option(laws: Laws, name: str, option: str, explains: list[int], of: int) -> AnswerOption:
    says = sentence(laws.rulebook.readings[name].option(option).says)
    said = f"It explains only {_listed(explains)} of {of}." if explains else "It explains none of them."
    return AnswerOption(f"{name}={option}", says, False, reading=OtherReading(name, option), feedback=said)


def _listed(places: list[int]) -> str:
    return " and ".join(map(str, places))
