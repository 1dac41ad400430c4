"""What is the least that would change it? The wrong ones would change it for somebody who holds a misconception."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from lawmodel.case.case import Case
from lawmodel.case.values import in_words
from lawmodel.exercises.drawn_cases import facts_by_key
from lawmodel.exercises.exercise import AnswerInBrief, AnswerOption, ProofStep, SeveralChoices
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making import CASE_FILE, ExerciseDraft, Making
from lawmodel.exercises.parting import parting
from lawmodel.exercises.words import outcome_sentence, sentence
from lawmodel.inputs import GivenScalar, GivenValue, is_calendar_day
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Fact
from lawmodel.words.outcomes import statement

CASES: Final = 10
RIGHT_OPTIONS: Final = 2
WRONG_OPTIONS: Final = 3
FEWEST_WRONG: Final = 2
CHANGES_TRIED: Final = 60
"""So many changes of a case are looked at."""
NEAR: Final = (-1, 0, 1)
"""By so many days a day lies beside the day of the law."""


def draft(making: Making) -> ExerciseDraft | None:
    """An exercise on a case that one change turns into another outcome, and others only for somebody."""
    laws = making.laws
    for case in making.cases(CASES):
        ours = laws.answer(case)
        if ours.outcome is None:
            continue
        before = laws.answers(case, everybody=True)
        changes = list(_changes(making, case))
        making.chosen.shuffle(changes)
        by_outcome: dict[str, list[tuple[str, GivenScalar, Case]]] = {}
        wrong: dict[str, dict[str, AnswerOption]] = {}
        for key, value, changed in changes[:CHANGES_TRIED]:
            try:
                if laws.is_odd(changed):
                    continue
                answer = laws.answer(changed)
            except ProblemsFound:
                continue
            if answer.outcome is None:
                continue
            if answer.outcome != ours.outcome:
                by_outcome.setdefault(answer.outcome, []).append((key, value, changed))
            else:
                _note_wrong(making, (key, value, changed), (before, answer), wrong)
        found = _chosen(making, case, ours, by_outcome, wrong)
        if found is not None:
            return found
    return None


def _note_wrong(
    making: Making,
    change: tuple[str, GivenScalar, Case],
    answers: tuple[Mapping[str, AnswerInBrief], AnswerInBrief],
    wrong: dict[str, dict[str, AnswerOption]],
) -> None:
    """Note whose answer a change would turn into which outcome, although the law's stays."""
    laws, (key, value, changed), (before, answer) = making.laws, change, answers
    for name, theirs in laws.answers(changed, everybody=True).items():
        if theirs.outcome is None or theirs.outcome == answer.outcome:
            continue
        if name not in before or before[name].outcome != answer.outcome:
            continue  # for this one it is not the change that makes the difference
        options = wrong.setdefault(theirs.outcome, {})
        known = {one.misconception or one.id for one in options.values()}
        keys = {one.partition("=")[0] for one in options}
        if key not in keys and name not in known and len(options) < 2 * WRONG_OPTIONS:
            held = laws.everybody[name]
            says = _says(laws, key, value, changed)
            options[_id(key, value)] = making.wrong(changed, held, (answer, theirs), says, _id(key, value))


def _chosen(
    making: Making,
    case: Case,
    ours: AnswerInBrief,
    by_outcome: dict[str, list[tuple[str, GivenScalar, Case]]],
    wrong: dict[str, dict[str, AnswerOption]],
) -> ExerciseDraft | None:
    laws = making.laws
    for outcome, right in by_outcome.items():
        keys = {key for key, _, _ in right}
        others = [one for name, one in wrong.get(outcome, {}).items() if name.partition("=")[0] not in keys]
        if len(others) < FEWEST_WRONG:
            continue
        taken: dict[str, tuple[str, GivenScalar, Case]] = {}
        for key, value, changed in right:
            taken.setdefault(key, (key, value, changed))
        given = facts_by_key(case)
        some = sorted(taken.values(), key=lambda one: (_is_mostly_so(laws, one[0]), one[0] not in given))[
            :RIGHT_OPTIONS
        ]
        options = [
            AnswerOption(
                _id(key, value),
                _says(laws, key, value, changed),
                True,
                answered=laws.answer(changed),
                feedback="So it is.",
            )
            for key, value, changed in some
        ]
        first = some[0]
        held = making.other_answers(case, ours)
        part = parting(laws, case, held[0][0], (ours, held[0][1])) if held else None
        now = outcome_sentence(laws.rulebook, laws.question, str(ours.outcome))
        wanted = statement(laws.rulebook, laws.question, outcome)
        return ExerciseDraft(
            stem=f"{now} Which of these changes, alone, would lead to this answer: {wanted[:1].lower()}{wanted[1:]}? "
            "Choose all that would.",
            options=making.shuffled([*options, *others[:WRONG_OPTIONS]]),
            answered=ours,
            case=case,
            part=part,
            otherwise=tuple(one.misconception or one.id for one in others),
            response=SeveralChoices(),
            explanation=f"{now} With this change alone it is otherwise: {_says(laws, *first)} "
            f"{outcome_sentence(laws.rulebook, laws.question, outcome)}",
            proof=tuple(
                ProofStep(f"lawmodel whatif {CASE_FILE} '{_id(key, value)}' --question {laws.question}", outcome)
                for key, value, _ in some
            ),
            reason=(outcome, *sorted(keys)),
        )
    return None


def _is_mostly_so(laws: Laws, key: str) -> bool:
    """Whether the rulebook calls some values of a fact likely: it is seldom in question."""
    likely = laws.rulebook.fact(_plain(key)).likely
    return likely is not None and bool(likely.values)


def _id(key: str, value: GivenScalar) -> str:
    return f"{key}={_written(value)}"


def _written(value: GivenScalar) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and is_calendar_day(value):
        return datetime.date.fromordinal(value).isoformat()
    return str(value)


def _says(laws: Laws, key: str, value: GivenScalar, case: Case) -> str:
    """A change as a sentence: how it would be."""
    records, bracket, rest = key.partition("[")
    if not bracket:
        return sentence(in_words(laws.rulebook, laws.rulebook.facts[key], value))
    fact = laws.rulebook.fact(f"{records}.{rest.partition('].')[2]}")
    said = in_words(laws.rulebook, fact, value)
    listed = case.facts.get(records)
    if isinstance(listed, tuple) and len(listed) > 1:
        return sentence(f"{laws.rulebook.facts[records].each} {rest.partition(']')[0]}: {said}")
    return sentence(said)


def _changes(making: Making, case: Case) -> Iterator[tuple[str, GivenScalar, Case]]:
    """Other values of single facts: those that other cases have, the other of two, and days at a boundary."""
    laws, rulebook = making.laws, making.laws.rulebook
    known: dict[str, dict[GivenScalar, None]] = {}
    for one in laws.telling_cases:
        for key, value in facts_by_key(one).items():
            if isinstance(value, str | bool | int):
                known.setdefault(_plain(key), {})[value] = None
    law = case.facts.get(rulebook.law_date)
    given = facts_by_key(case)
    for key in (*given, *(key for key in known if key in rulebook.facts and key not in given)):
        fact = rulebook.fact(_plain(key))
        if key == rulebook.law_date or fact.sort == "records":
            continue
        for value in _values(fact, known.get(_plain(key), {}), law):
            if value != given.get(key):
                yield key, value, changed_to(case, key, value)


def _plain(key: str) -> str:
    records, bracket, rest = key.partition("[")
    return f"{records}.{rest.partition('].')[2]}" if bracket else key


def _values(fact: Fact, known: dict[GivenScalar, None], law: GivenValue) -> Iterator[GivenScalar]:
    if fact.sort == "yes/no":
        yield from (True, False)
    elif fact.sort == "date":
        if isinstance(law, int):
            yield from (law + days for days in NEAR)
    else:
        yield from known


def changed_to(case: Case, key: str, value: GivenScalar) -> Case:
    """The case with another value of one fact."""
    records, bracket, rest = key.partition("[")
    if not bracket:
        return replace(case, facts={**case.facts, key: value})
    number, _, field = rest.partition("].")
    listed = case.facts[records]
    assert isinstance(listed, tuple)
    place = int(number) - 1
    changed = (*listed[:place], {**listed[place], field: value}, *listed[place + 1 :])
    return replace(case, facts={**case.facts, records: changed})
