"""From which day on? The wrong days are those of a bill, of those for whom a day counts otherwise, and days nearby."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from lawmodel.case.case import Case
from lawmodel.case.values import day_in_words
from lawmodel.dataclass import dataclass
from lawmodel.exercises.draft import ExerciseDraft
from lawmodel.exercises.drawn_cases import is_to_come
from lawmodel.exercises.exercise import LAW, AnswerInBrief, AnswerOption, ProofStep
from lawmodel.exercises.laws import HeldLaw, Laws
from lawmodel.exercises.making import CASE_FILE, Making
from lawmodel.exercises.single_facts import facts_by_key, without_numbers
from lawmodel.exercises.words import DATE_SAID, NO_GROUND, applies, feedback, outcome_sentence, sentence
from lawmodel.inputs import is_calendar_day
from lawmodel.inquiry.answer_in_brief import answer_in_brief
from lawmodel.inquiry.decider import Decider
from lawmodel.inquiry.searching.find import View, find
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Instrument
from lawmodel.words.outcomes import statement

CASES: Final = 14
WRONG_OPTIONS: Final = 4
FEWEST_WRONG: Final = 2
ONE_DAY: Final = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """A day from which on the answer is another one."""

    day: datetime.date
    before: AnswerInBrief
    after: AnswerInBrief
    instrument: Instrument | None
    """The instrument that becomes law on that day, where that is why."""


def draft(making: Making) -> ExerciseDraft | None:
    """An exercise on a case whose answer changes on a day: that of an instrument, or one that the case tells."""
    laws = making.laws
    if laws.rulebook.law_date not in laws.rulebook.facts:
        return None
    for case in (*making.cases(CASES), *_of_instruments(making)):
        turns = list(_turns(laws, case))
        making.chosen.shuffle(turns)
        for turn in sorted(turns, key=lambda one: making.used[_limb(one)]):
            decided = _decided(laws, case, turn.day)
            found = _drafted(making, case, turn, decided) if making.is_in_reach(decided, turn.after) else None
            if found is not None:
                return found
    return None


def _of_instruments(making: Making) -> Iterator[Case]:
    """A case for each instrument whose day turns some answer, where no exercise of the set is about it yet."""
    laws = making.laws
    for name in laws.law.laws:
        instrument = laws.rulebook.instruments[name]
        step = next((one for one in instrument.steps if one.stage == laws.rulebook.ordinary_stage), None)
        if step is None or making.used[f"instrument:{name}"]:
            continue
        sides = [View("before", on=step.date - ONE_DAY), View("after", on=step.date)]
        found = next(find(laws.rulebook, laws.question, sides, seed=making.chosen.randrange(1000)), None)
        if found is not None:
            yield found.case


def _on(laws: Laws, decider: Decider, case: Case, day: datetime.date) -> AnswerInBrief | None:
    """The answer where the case is decided on a day; None where it is open, or the case cannot be."""
    try:
        found = answer_in_brief(decider, _decided(laws, case, day))
    except ProblemsFound:
        return None
    return None if found.outcome is None else found


def _decided(laws: Laws, case: Case, day: datetime.date) -> Case:
    return replace(case, facts={**case.facts, laws.rulebook.law_date: day.toordinal()})


def _turned(laws: Laws, decider: Decider, case: Case, day: datetime.date) -> tuple[AnswerInBrief, AnswerInBrief] | None:
    """The answers on the day before and on a day, where they are different outcomes; None elsewhere."""
    before, after = _on(laws, decider, case, day - ONE_DAY), _on(laws, decider, case, day)
    return (before, after) if before is not None and after is not None and before.outcome != after.outcome else None


def _turns(laws: Laws, case: Case) -> Iterator[Turn]:
    """The days on which the answer turns, after all that the case tells."""
    days: dict[datetime.date, Instrument | None] = {}
    for one in _told(laws, case):
        days |= {one: None, one + ONE_DAY: None}
    for name in laws.law.laws:
        instrument = laws.rulebook.instruments[name]
        step = next((one for one in instrument.steps if one.stage == laws.rulebook.ordinary_stage), None)
        if step is not None:
            days[step.date] = instrument
    for day, became_law in days.items():
        turned = _turned(laws, laws.law, case, day)
        if turned is None:
            continue
        if not _is_first(laws, case, day, turned[0], days):
            continue
        try:
            decided = _decided(laws, case, day)
            if is_to_come(laws.rulebook, _decided(laws, case, day - ONE_DAY)) or laws.is_odd(decided):
                continue
        except ProblemsFound:
            continue
        yield Turn(day, *turned, became_law)


def _is_first(laws: Laws, case: Case, day: datetime.date, before: AnswerInBrief, days: Iterable[datetime.date]) -> bool:
    """Whether the answer is the one before on each earlier day on which the case can be decided at all."""
    for one in days:
        for earlier in (one - ONE_DAY, one):
            answer = _on(laws, laws.law, case, earlier) if earlier < day else None
            if answer is not None and answer.outcome != before.outcome:
                return False
    return True


def _told(laws: Laws, case: Case) -> list[datetime.date]:
    """The days that the case tells, but for the one on which it is decided."""
    found = set()
    for key, value in facts_by_key(case).items():
        fact = laws.rulebook.fact(without_numbers(key))
        if key == laws.rulebook.law_date or fact.sort != "date" or not isinstance(value, int):
            continue
        if all(is_calendar_day(value + days) for days in (-2, 2)):
            found.add(datetime.date.fromordinal(value))
    return sorted(found)


def _limb(turn: Turn) -> str:
    return f"outcome:{turn.after.outcome}" if turn.instrument is None else f"instrument:{turn.instrument.id}"


def _drafted(making: Making, case: Case, turn: Turn, decided: Case) -> ExerciseDraft | None:
    laws, day = making.laws, turn.day
    before, after = str(turn.before.outcome), str(turn.after.outcome)
    step = None
    if turn.instrument is not None:
        step = next(one for one in turn.instrument.steps if one.stage == laws.rulebook.ordinary_stage)
    said = DATE_SAID[step.certainty] if step is not None else "So it is."
    options = {day: AnswerOption(LAW, _day(day), True, answered=turn.after, feedback=said)}
    wrong = [*_held(making, case, turn), *_of_bills(laws, case, turn)]
    making.chosen.shuffle(wrong)
    wrong.sort(key=lambda one: one[1].misconception is None)
    nearby = (day - ONE_DAY, day + ONE_DAY, *_told(laws, case))
    for other, option in wrong[: WRONG_OPTIONS - 1]:
        options.setdefault(other, option)
    for other in nearby:
        answer = _on(laws, laws.law, case, other)
        if len(options) <= WRONG_OPTIONS and other not in options and answer is not None:
            so = "already" if other > day and answer.outcome == after else "still" if other < day else "then"
            told = f"On that day it is {so} this: {outcome_sentence(laws.rulebook, laws.question, str(answer.outcome))}"
            options[other] = AnswerOption(
                f"day-{other.isoformat()}", _day(other), False, answered=answer, feedback=told
            )
    if len(options) <= FEWEST_WRONG:
        return None
    asked = laws.rulebook.fact(laws.rulebook.law_date)
    facts = {name: value for name, value in case.facts.items() if name != laws.rulebook.law_date}
    first, then = (_lower(statement(laws.rulebook, laws.question, one)) for one in (before, after))
    return ExerciseDraft(
        stem=f"The {'' if 'day' in asked.title else 'day of '}{asked.title} is not told. Up to some day the answer is "
        f"this: {first}. Which is the first day on which it is this: {then}?",
        options=tuple(options[one] for one in sorted(options)),
        answered=turn.after,
        case=decided,
        told_case=replace(case, facts=facts),
        otherwise=tuple(one.misconception or one.id for one in options.values() if not one.right),
        hints=_hints(laws, case, turn),
        explanation=_explained(laws, case, turn),
        proof=(ProofStep(f"lawmodel compare {CASE_FILE} --by date --question {laws.question}", day.isoformat()),),
        limbs=(_limb(turn), *(f"provision:{name}" for name in {*turn.before.grounds} ^ {*turn.after.grounds})),
        reason=(_limb(turn), before, after, *turn.after.grounds, *_turning_on(laws, case, turn)),
    )


def _turning_on(laws: Laws, case: Case, turn: Turn) -> Iterator[str]:
    """The facts whose day it is, or the day before, where no instrument becomes law."""
    for key, value in facts_by_key(case).items() if turn.instrument is None else ():
        if key != laws.rulebook.law_date and value in (turn.day.toordinal(), (turn.day - ONE_DAY).toordinal()):
            yield without_numbers(key)


def _held(making: Making, case: Case, turn: Turn) -> list[tuple[datetime.date, AnswerOption]]:
    """The days on which the answer turns in the same way for somebody."""
    laws = making.laws
    found: dict[datetime.date, AnswerOption] = {}
    for held in laws.held.values():
        days = {turn.day - ONE_DAY, turn.day + ONE_DAY, *_told(laws, case)}
        if turn.instrument is not None:
            days |= set(_own_days(laws, held, turn.instrument))
        for day in sorted(days - {turn.day}):
            theirs = _turned(laws, held.decider, case, day)
            if theirs is None or day in found:
                continue
            if (theirs[0].outcome, theirs[1].outcome) == (turn.before.outcome, turn.after.outcome):
                plain = AnswerOption(held.id, _day(day), False, answered=theirs[1], feedback=feedback(laws, held, None))
                found[day] = making.option_of(held, plain)
                break
    return list(found.items())


def _own_days(laws: Laws, held: HeldLaw, instrument: Instrument) -> Iterator[datetime.date]:
    """The days on which the instrument is law for somebody."""
    other = held.rulebook.instruments.get(instrument.id)
    for step in () if other is None else other.steps:
        if step.stage == laws.rulebook.ordinary_stage:
            yield step.date


def _of_bills(laws: Laws, case: Case, turn: Turn) -> Iterator[tuple[datetime.date, AnswerOption]]:
    """The days on which a bill came a step further, where it would have turned the answer as law."""
    for step in () if turn.instrument is None else turn.instrument.steps:
        if step.stage == laws.rulebook.ordinary_stage:
            continue
        theirs = _turned(laws, Decider(laws.rulebook, laws.question, step.stage), case, step.date)
        if theirs is not None and theirs[1].outcome == turn.after.outcome:
            says = next(one.says for one in laws.rulebook.stages if one.id == step.stage)
            said = f"On that day the bill was only {says}; by then it was no law."
            option = AnswerOption(f"stage-{step.stage}", _day(step.date), False, answered=theirs[1], feedback=said)
            yield step.date, option


def _hints(laws: Laws, case: Case, turn: Turn) -> tuple[str, str, str]:
    if turn.instrument is not None:
        return (
            "The law of which day is applied? Only what is law on that day counts.",
            f"The answer changes when this becomes law: {turn.instrument.title}.",
            "Ask when a text that is passed, signed and published begins to apply.",
        )
    dated = {*_turning_on(laws, case, turn)}
    reads = {rule.id: read for rule, read in zip(laws.law.question.rules, laws.law.inputs_by_rule, strict=True)}
    changed = sorted((*turn.after.grounds, *turn.before.grounds), key=lambda name: dated.isdisjoint(reads[name]))
    cited = laws.rulebook.provisions[changed[0]].citation if changed else ""
    return (
        "Which day of the case does a provision speak of?",
        f"Look at {cited}: from when on does it apply, or until when?" if cited else "Go through the days one by one.",
        "Does the day itself still belong to the time before, or already to the time after?",
    )


def _explained(laws: Laws, case: Case, turn: Turn) -> str:
    outcomes = (str(turn.before.outcome), str(turn.after.outcome))
    before, after = (outcome_sentence(laws.rulebook, laws.question, one) for one in outcomes)
    if turn.instrument is None:
        why = [f"{applies(laws.rulebook.provisions[name].citation)}." for name in turn.after.grounds] or [NO_GROUND]
        return f"On {_day(turn.day - ONE_DAY)}: {before} From {_day(turn.day)} on: {after} {' '.join(why)}"
    step = next(one for one in turn.instrument.steps if one.stage == laws.rulebook.ordinary_stage)
    remark = f"{sentence(step.remark)} " if step.remark else ""
    return (
        f"{sentence(turn.instrument.title)} It has been in force since {_day(step.date)}. {DATE_SAID[step.certainty]} "
        f"{remark}From that day on: {after}"
    )


def _day(day: datetime.date) -> str:
    return day_in_words(day.toordinal())


def _lower(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"
