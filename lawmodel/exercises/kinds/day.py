"""Which day, which law? The wrong days are those of somebody for whom a bill is law too early, or too late."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from lawmodel.case.case import Case
from lawmodel.case.values import day_in_words
from lawmodel.exercises.exercise import LAW, AnswerInBrief, AnswerOption, ProofStep
from lawmodel.exercises.laws import HeldLaw, Laws
from lawmodel.exercises.making import CASE_FILE, ExerciseDraft, Making
from lawmodel.exercises.words import feedback, outcome_sentence, sentence
from lawmodel.inquiry.answer_in_brief import answer_in_brief
from lawmodel.inquiry.decider import Decider
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Instrument
from lawmodel.words.outcomes import statement

CASES: Final = 14
WRONG_OPTIONS: Final = 4
FEWEST_WRONG: Final = 2
DATE_SAID: Final[Mapping[str, str]] = {
    "text": "That day stands in the sources.",
    "report": "That day is known from reports.",
    "derived": "That day is worked out from the day of publication, and no source states it.",
    "open": "That day is not certain.",
}


def draft(making: Making) -> ExerciseDraft | None:
    """An exercise on a case whose answer changes on the day on which an instrument becomes law."""
    laws = making.laws
    instruments = [laws.rulebook.instruments[name] for name in laws.law.laws]
    for case in making.cases(CASES):
        for instrument in instruments:
            found = _drafted(making, case, instrument)
            if found is not None:
                return found
    return None


def _on(laws: Laws, decider: Decider, case: Case, day: datetime.date) -> AnswerInBrief | None:
    """The answer where the case is decided on a day; None where it cannot be."""
    if laws.rulebook.facts.get(laws.rulebook.law_date) is None:
        return None
    decided = replace(case, facts={**case.facts, laws.rulebook.law_date: day.toordinal()})
    try:
        return answer_in_brief(decider, decided)
    except ProblemsFound:
        return None


def _turns(laws: Laws, decider: Decider, case: Case, day: datetime.date) -> AnswerInBrief | None:
    """The answer on a day, where the one on the day before is another outcome; None elsewhere."""
    before = _on(laws, decider, case, day - datetime.timedelta(days=1))
    after = _on(laws, decider, case, day)
    if before is None or after is None or None in (before.outcome, after.outcome):
        return None
    return after if before.outcome != after.outcome else None


def _drafted(making: Making, case: Case, instrument: Instrument) -> ExerciseDraft | None:
    laws = making.laws
    steps = {step.stage: step for step in instrument.steps}
    in_force = steps.get(laws.rulebook.ordinary_stage)
    if in_force is None:
        return None
    ours = _turns(laws, laws.law, case, in_force.date)
    if ours is None or ours.outcome is None:
        return None
    right = AnswerOption(LAW, _day(in_force.date), True, answered=ours, feedback=DATE_SAID[in_force.certainty])
    options = {in_force.date: right}
    for held, day in _held_days(laws, instrument):
        theirs = _turns(laws, held.decider, case, day)
        if theirs is not None and theirs.outcome == ours.outcome and day not in options:
            option = AnswerOption(held.id, _day(day), False, answered=theirs, feedback=feedback(laws, held, None))
            options[day] = making.option_of(held, option)
    for stage, step in steps.items():
        if stage == laws.rulebook.ordinary_stage or step.date in options or len(options) > WRONG_OPTIONS:
            continue
        theirs = _turns(laws, Decider(laws.rulebook, laws.question, stage), case, step.date)
        if theirs is not None and theirs.outcome == ours.outcome:
            says = next(one.says for one in laws.rulebook.stages if one.id == stage)
            said = f"On that day the bill was only {says}; by then it was no law."
            options[step.date] = AnswerOption(f"stage-{stage}", _day(step.date), False, answered=theirs, feedback=said)
    if len(options) <= FEWEST_WRONG:
        return None
    asked = laws.rulebook.fact(laws.rulebook.law_date)
    open_case = replace(
        case, facts={name: value for name, value in case.facts.items() if name != laws.rulebook.law_date}
    )
    decided = replace(case, facts={**case.facts, laws.rulebook.law_date: in_force.date.toordinal()})
    wanted = statement(laws.rulebook, laws.question, ours.outcome)
    title = instrument.title
    return ExerciseDraft(
        stem=f"It is not said when the case is decided. What is the first day ({asked.title}) on which the answer is "
        f"this: {wanted[:1].lower()}{wanted[1:]}?",
        options=tuple(options[day] for day in sorted(options)),
        answered=ours,
        case=decided,
        told_case=open_case,
        otherwise=tuple(one.id for one in options.values() if not one.right),
        hints=(
            "Whose day counts: that of the request, or that of the decision?",
            f"The answer changes when this becomes law: {title}.",
            "Ask when a text that is passed, signed and published begins to apply.",
        ),
        explanation=f"{sentence(title)} It is in force since {_day(in_force.date)}. {DATE_SAID[in_force.certainty]} "
        + (f"{sentence(in_force.remark)} " if in_force.remark else "")
        + f"From that day on: {outcome_sentence(laws.rulebook, laws.question, ours.outcome)}",
        proof=(
            ProofStep(f"lawmodel compare {CASE_FILE} --by date --question {laws.question}", in_force.date.isoformat()),
        ),
        limbs=(f"instrument:{instrument.id}",),
        reason=(instrument.id, ours.outcome, *ours.grounds),
    )


def _held_days(laws: Laws, instrument: Instrument) -> list[tuple[HeldLaw, datetime.date]]:
    """The days on which the instrument is law for somebody, where these are others."""
    found = []
    for held in laws.held.values():
        other = held.rulebook.instruments.get(instrument.id)
        own = {step.stage: step.date for step in instrument.steps}
        for step in () if other is None else other.steps:
            if step.stage == laws.rulebook.ordinary_stage and own.get(step.stage) != step.date:
                found.append((held, step.date))
    return found


def _day(day: datetime.date) -> str:
    return day_in_words(day.toordinal())
