"""Which fact is missing? The wrong ones are what somebody would ask for who holds a misconception."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lawmodel.case.case import Case
from lawmodel.case.values import SPECIAL_DAYS
from lawmodel.exercises.difficulty import difficulty_of
from lawmodel.exercises.draft import ExerciseDraft
from lawmodel.exercises.exercise import LAW, AnswerInBrief, AnswerOption, Difficulty, ProofStep
from lawmodel.exercises.explaining import Explanation
from lawmodel.exercises.facts_asked_for import asked_for, can_be_open, is_whole_list
from lawmodel.exercises.laws import HeldLaw, Laws
from lawmodel.exercises.making import CASE_FILE, Making
from lawmodel.exercises.single_facts import facts_by_key, with_fact, without_numbers
from lawmodel.exercises.words import feedback
from lawmodel.inputs import GivenValue
from lawmodel.problems import ProblemsFound
from lawmodel.words.outcomes import predicates, subject

CASES: Final = 14
IDLE: Final = "It makes no difference, whatever it is."
WRONG_OPTIONS: Final = 3
FEWEST_HELD: Final = 1
"""On so many of the wrong ones at least it turns for somebody."""
FEWEST_WRONG: Final = 2
WEIGHT_OF_OTHERS: Final = 6
"""What other facts that are not known add to the weight of a case, nearly always at most."""
STEM: Final = (
    "The file says none of the following, and the answer is open. Which one thing must be found out, and no other?"
)


def draft(making: Making) -> ExerciseDraft | None:
    """An exercise on a case of which one open fact decides, and others that are open do not."""
    laws = making.laws
    for case in making.cases(CASES):
        ours = laws.answer(case)
        if ours.outcome is None or (making.level is not None and not _is_in_reach(making, case, ours)):
            continue
        keys = [one.name for one in making.explained(case, ours).told_reason if can_be_open(laws, one.name)]
        making.chosen.shuffle(keys)
        for key in keys[:3]:
            opened = with_one_open(laws, case, key)
            if opened is not None and _turns_on(laws, opened) == ((key,),):
                found = _with_others(making, case, opened, key)
                if found is not None:
                    return found
    return None


def _is_in_reach(making: Making, case: Case, ours: AnswerInBrief) -> bool:
    """Whether some fact alone may be the missing one, and the exercise of the level that is wanted."""
    needed = making.explained(case, ours).needed
    is_open = any(can_be_open(making.laws, one.name) for one in needed)
    return is_open and making.is_in_reach(case, ours, more=WEIGHT_OF_OTHERS)


def with_one_open(laws: Laws, case: Case, key: str) -> Case | None:
    """The case with one fact not known; None where it has no such record, or where the rest tells what it is.

    That is so where the case would be odd with one of two values, or with a word such as `never`.
    """
    fact = laws.rulebook.fact(without_numbers(key))
    values: list[GivenValue] = [True, False] if fact.sort == "yes/no" else []
    values += [SPECIAL_DAYS[word.means] for word in fact.words.values()] if fact.sort == "date" else []
    for value in values:
        changed = with_fact(case, key, value)
        try:
            if changed is None or laws.is_odd(changed):
                return None
        except ProblemsFound:
            continue
    return with_fact(case, key, None)


def _turns_on(laws: Laws, case: Case, held: str | None = None) -> tuple[tuple[str, ...], ...]:
    try:
        return laws.answer(case, held).turns_on
    except ProblemsFound:
        return ()


def _matters(laws: Laws, closed: Case, key: str, held: HeldLaw) -> bool:
    """Whether somebody may depend on a fact of a case of which all else is known."""
    opened = with_one_open(laws, closed, key)
    if opened is None:
        return False
    try:
        values = held.decider.value(opened, opened.readings, opened.on).valuation.values
    except ProblemsFound:
        return False
    return held.decider.evaluation.outcome(values) is None


def _with_others(making: Making, closed: Case, case: Case, key: str) -> ExerciseDraft | None:
    """The draft with other open facts, on each of which the answer turns for somebody, and not for the law."""
    laws = making.laws
    others: dict[str, HeldLaw | None] = {}
    refused: set[str] = set()
    for held, other, is_sure in asked_for(making, case, key):
        taken = {one.id for one in others.values() if one is not None}
        if not is_sure and len(others) >= FEWEST_WRONG:
            break
        if other in others or other in refused or len(others) == WRONG_OPTIONS or held.id in taken:
            continue
        if not _matters(laws, closed, other, held):
            continue
        opened = with_one_open(laws, case, other)
        if opened is None or _turns_on(laws, opened) != ((key,),):
            refused.add(other)
            continue
        if any(other in group for group in _turns_on(laws, opened, held.id)):
            if not making.can_be_told(opened):
                refused.add(other)
                continue
            others[other] = held
            case = opened
    if len(others) < FEWEST_HELD:
        return None
    length = len(_asks(laws, case, key))
    others_told = _of_no_weight(making, case, key)
    for other in sorted(others_told, key=lambda one: abs(len(_asks(laws, case, one)) - length)):
        if len(others) == WRONG_OPTIONS:
            break
        opened = with_one_open(laws, case, other)
        if other in others or opened is None or _turns_on(laws, opened) != ((key,),):
            continue
        if making.can_be_told(opened):
            others[other] = None
            case = opened
    if len(others) < FEWEST_WRONG:
        return None
    ours = laws.answer(case)
    if ours.turns_on != ((key,),):
        return None
    options = [AnswerOption(LAW, _asks(laws, case, key), right=True, feedback="Only this can still change the answer.")]
    for name, one in others.items():
        if one is None:
            idle = AnswerOption(f"idle-{name}", _asks(laws, case, name), right=False, feedback=IDLE)
            options.append(idle)
            continue
        theirs = laws.answer(case, one.id)
        if not any(name in group for group in theirs.turns_on):
            return None
        options.append(_wrong(making, case, name, one, theirs))
    if len({one.says for one in options}) < len(options):
        return None
    otherwise = tuple(held.id for held in others.values() if held is not None)
    about = f"{subject(laws.rulebook, laws.question)} {predicates(laws.rulebook, laws.question, ours.possible)}"
    return ExerciseDraft(
        stem=STEM,
        options=making.shuffled(options),
        answered=ours,
        case=case,
        otherwise=otherwise,
        difficulty=_difficulty(making, closed, case, key, otherwise),
        hints=_hints(laws, case, key, ours),
        explanation=f"{about}, and what decides between them is this: {_asks(laws, case, key)} "
        "Whatever else is not known here makes no difference.",
        proof=(
            ProofStep(f"lawmodel turns-on {CASE_FILE} --question {laws.question}", key),
            *(
                ProofStep(" ".join((f"lawmodel turns-on {CASE_FILE} --question {laws.question}", *held.command)), name)
                for name, held in others.items()
                if held is not None and held.command
            ),
        ),
        limbs=(f"fact:{key.partition('[')[0]}",),
        reason=(key, *ours.possible),
    )


def _difficulty(making: Making, closed: Case, case: Case, key: str, otherwise: tuple[str, ...]) -> Difficulty:
    """How difficult it is: what would be told by the reason of an answer, were the missing fact known."""
    laws = making.laws
    filled = with_fact(case, key, facts_by_key(closed)[key])
    assert filled is not None
    known = difficulty_of("missing-fact", Explanation(laws, filled, laws.answer(filled)), otherwise)
    open_case = difficulty_of("missing-fact", Explanation(laws, case, laws.answer(case)), otherwise)
    return replace(known, readings=open_case.readings, open_readings=open_case.open_readings)


def _of_no_weight(making: Making, case: Case, key: str) -> list[str]:
    """Other things that the case tells and the question reads, in an order of chance."""
    laws = making.laws
    given = [name for name in facts_by_key(case) if name != key and can_be_open(laws, name)]
    making.chosen.shuffle(given)
    read = {path for paths in laws.law.inputs_by_rule for path in paths}
    return [
        name
        for name in given
        if not is_whole_list(laws, name) and facts_by_key(case)[name] is not None and without_numbers(name) in read
    ]


def _asks(laws: Laws, case: Case, key: str) -> str:
    """What is asked of a fact, as the rulebook asks it."""
    records, bracket, rest = key.partition("[")
    fact = laws.rulebook.fact(without_numbers(key))
    asked = f"{fact.ask.partition('?')[0]}?" if "?" in fact.ask else fact.ask
    listed = case.facts.get(records)
    if bracket and isinstance(listed, tuple) and len(listed) > 1:
        return f"{str(laws.rulebook.facts[records].each).capitalize()} {rest.partition(']')[0]}: {asked}"
    return asked


def _wrong(making: Making, case: Case, key: str, held: HeldLaw, theirs: AnswerInBrief) -> AnswerOption:
    laws = making.laws
    plain = AnswerOption(held.id, _asks(laws, case, key), right=False, answered=theirs)
    option = making.option_of(held, plain)
    said = f"It makes no difference to the law. {feedback(laws, held, None)}" if held.named else IDLE
    return replace(option, feedback=said)


def _hints(laws: Laws, case: Case, key: str, ours: AnswerInBrief) -> tuple[str, str, str]:
    valued = laws.law.value(case, case.readings, case.on).valuation.values
    supports = laws.law.evaluation.supports(valued)
    named = [name for outcome in ours.possible for name, truth in supports[outcome].items() if truth is None]
    first = "Ask first which provisions could still apply."
    if named:
        first = f"Look at {laws.rulebook.provisions[named[0]].citation}: which of its conditions are met for certain?"
    return (
        first,
        "Of each thing that is not known, imagine that it were so, and then that it were not.",
        f"Between these answers it is decided: {predicates(laws.rulebook, laws.question, ours.possible)}.",
    )
