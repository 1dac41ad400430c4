"""What is the least that would change it? The wrong ones would change it for somebody who holds a misconception."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Final

from lawmodel.case.case import Case
from lawmodel.case.values import in_words
from lawmodel.exercises.draft import ExerciseDraft
from lawmodel.exercises.exercise import AnswerInBrief, AnswerOption, ProofStep, SeveralChoices
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making import CASE_FILE, Making
from lawmodel.exercises.single_facts import facts_by_key, with_fact, without_numbers
from lawmodel.exercises.words import NO_GROUND, applies, outcome_sentence, sentence
from lawmodel.inputs import GivenScalar, GivenValue, is_calendar_day
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.words.outcomes import statement

CASES: Final = 10
RIGHT_OPTIONS: Final = 2
WRONG_OPTIONS: Final = 3
FEWEST_WRONG: Final = 1
"""So many wrong changes at least would make the difference for somebody."""
CHANGES_TRIED: Final = 36
"""So many changes of a case are looked at."""
OFTEN: Final = 3
"""What the set has so often stands in an exercise only where there is nothing else."""
NEAR: Final = (-1, 0)
"""By so many days a day lies beside the day of the law; what is still to come is no fact of a case."""
MOST_CHOICES: Final = 12
"""Of a fact with more choices only those are tried that some case has."""
OPTIONS: Final = 4


def draft(making: Making) -> ExerciseDraft | None:
    """An exercise on a case that one change turns into another outcome, and others only for somebody."""
    laws = making.laws
    for case in making.cases(CASES):
        ours = laws.answer(case)
        if ours.outcome is None or not making.is_in_reach(case, ours):
            continue
        changes = list(_changes(making, case))
        making.chosen.shuffle(changes)
        by_outcome: dict[str, list[tuple[str, GivenScalar, Case]]] = {}
        same: list[tuple[tuple[str, GivenScalar, Case], AnswerInBrief]] = []
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
                same.append(((key, value, changed), answer))
        if not by_outcome:
            continue
        wrong: dict[str, dict[str, AnswerOption]] = {name: {} for name in by_outcome}
        idle: dict[str, AnswerOption] = {}
        before = laws.answers(case, everybody=True)
        for (key, value, changed), answer in same:
            _note_wrong(making, case, (key, value, changed), (before, answer), wrong)
            if key in facts_by_key(case):
                said = f"It makes no difference. {outcome_sentence(laws.rulebook, laws.question, str(answer.outcome))}"
                says = _says(laws, key, value, changed, case)
                idle.setdefault(key, AnswerOption(_id(laws, key, value), says, right=False, feedback=said))
        found = _chosen(making, case, ours, by_outcome, wrong, idle)
        if found is not None:
            return found
    return None


def _note_wrong(
    making: Making,
    case: Case,
    change: tuple[str, GivenScalar, Case],
    answers: tuple[Mapping[str, AnswerInBrief], AnswerInBrief],
    wrong: dict[str, dict[str, AnswerOption]],
) -> None:
    """Note whose answer a change would turn into one of these outcomes, although the law's stays."""
    laws, (key, value, changed), (before, answer) = making.laws, change, answers
    for name, theirs in laws.answers(changed, everybody=True).items():
        options = wrong.get(str(theirs.outcome))
        if options is None:
            continue
        if name not in before or before[name].outcome != answer.outcome:
            continue  # for this one it is not the change that makes the difference
        known = {one.misconception or one.id for one in options.values()}
        keys = {one.partition("=")[0] for one in options}
        if key not in keys and name not in known and len(options) < 2 * WRONG_OPTIONS:
            held = laws.everybody[name]
            told = _id(laws, key, value)
            options[told] = making.wrong(changed, held, (answer, theirs), _says(laws, key, value, changed, case), told)


def _chosen(
    making: Making,
    case: Case,
    ours: AnswerInBrief,
    by_outcome: dict[str, list[tuple[str, GivenScalar, Case]]],
    wrong: dict[str, dict[str, AnswerOption]],
    idle: dict[str, AnswerOption],
) -> ExerciseDraft | None:
    laws = making.laws
    for outcome in sorted(by_outcome, key=lambda one: -len(wrong.get(one, ()))):
        right = by_outcome[outcome]
        keys = {key for key, _, _ in right}
        others = [one for name, one in wrong.get(outcome, {}).items() if name.partition("=")[0] not in keys]
        if len(others) < FEWEST_WRONG:
            continue
        seldom = [one for one in others if making.used[one.misconception or one.id] < OFTEN]
        others = sorted(seldom or others, key=lambda one: making.used[one.misconception or one.id])[:WRONG_OPTIONS]
        some = _some(making, case, right)
        taken = {one.id.partition("=")[0] for one in others} | keys
        rest = sorted((key for key in idle if key not in taken), key=lambda key: making.used[idle[key].id])
        others += [idle[key] for key in rest][: max(0, OPTIONS - len(some) - len(others))]
        options = [_right(laws, case, ours, one) for one in some]
        if len(options) + len(others) < OPTIONS - 1 or len({one.says for one in (*options, *others)}) < len(
            [*options, *others]
        ):
            continue
        key, value, changed = some[0]
        now = outcome_sentence(laws.rulebook, laws.question, str(ours.outcome))
        wanted = statement(laws.rulebook, laws.question, outcome)
        would = f"{wanted[:1].lower()}{wanted[1:]}"
        return ExerciseDraft(
            stem=f"{now} Which of these changes, alone, would lead to this answer: {would}? Choose all that would.",
            options=making.shuffled([*options, *others]),
            answered=ours,
            case=case,
            otherwise=tuple(one.misconception for one in others if one.misconception),
            response=SeveralChoices(),
            hints=(
                f"Which provisions lead to this: {would}? Note what each of them asks for.",
                "Try each change by itself, and leave everything else as it is.",
                _last_hint(laws, ours, laws.answer(changed)),
            ),
            explanation=f"{now} With this change alone it is otherwise: {_says(laws, key, value, changed, case)} "
            f"{outcome_sentence(laws.rulebook, laws.question, outcome)} {_carried(laws, ours, laws.answer(changed))}",
            proof=tuple(
                ProofStep(f"lawmodel whatif {CASE_FILE} '{_id(laws, key, value)}' --question {laws.question}", outcome)
                for key, value, _ in some
            ),
            reason=(outcome, *sorted(one.id for one in options)),
        )
    return None


def _some(
    making: Making, case: Case, right: list[tuple[str, GivenScalar, Case]]
) -> list[tuple[str, GivenScalar, Case]]:
    """One change or two of different facts: those first that the set has not yet, of facts that are in question."""
    laws, given = making.laws, facts_by_key(case)
    taken: dict[str, tuple[str, GivenScalar, Case]] = {}
    for one in sorted(right, key=lambda each: making.used[_id(laws, each[0], each[1])]):
        taken.setdefault(one[0], one)
    ranked = sorted(
        taken.values(),
        key=lambda one: (
            making.used[_id(laws, one[0], one[1])],
            _is_mostly_so(laws, one[0]),
            one[0] not in given,
        ),
    )
    return ranked[: making.chosen.randint(1, RIGHT_OPTIONS)]


def _right(laws: Laws, case: Case, ours: AnswerInBrief, change: tuple[str, GivenScalar, Case]) -> AnswerOption:
    key, value, changed = change
    answer = laws.answer(changed)
    said = f"So it is. {_carried(laws, ours, answer)}"
    says = _says(laws, key, value, changed, case)
    return AnswerOption(_id(laws, key, value), says, right=True, answered=answer, feedback=said)


def _carried(laws: Laws, ours: AnswerInBrief, answer: AnswerInBrief) -> str:
    """What the answer then rests on, or no longer rests on, as a sentence."""
    lost = not answer.grounds
    grounds = ours.grounds if lost else answer.grounds
    if not grounds:
        return NO_GROUND
    cited = [one for name in grounds for one in laws.rulebook.provisions[name].citation.split("; ")]
    return f"Then {applies('; '.join(dict.fromkeys(cited)), 'no longer ' if lost else '')}."


def _last_hint(laws: Laws, ours: AnswerInBrief, then: AnswerInBrief) -> str:
    """A provision to look at: the one that would apply, or the one that applies now."""
    new = [name for name in then.grounds if name not in ours.grounds]
    if new:
        return f"Look at {laws.rulebook.provisions[new[0]].citation}: what is missing for it?"
    if ours.grounds:
        return f"Look at {laws.rulebook.provisions[ours.grounds[0]].citation}: without what would it not apply?"
    return "Ask of each change which provision speaks of it at all."


def _is_mostly_so(laws: Laws, key: str) -> bool:
    """Whether the rulebook calls some values of a fact likely: it is seldom in question."""
    likely = laws.rulebook.fact(without_numbers(key)).likely
    return likely is not None and bool(likely.values)


def _id(laws: Laws, key: str, value: GivenScalar) -> str:
    return f"{key}={_written(laws.rulebook.fact(without_numbers(key)), value)}"


def _written(fact: Fact, value: GivenScalar) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if fact.sort == "date" and isinstance(value, int) and is_calendar_day(value):
        return datetime.date.fromordinal(value).isoformat()
    return str(value)


def _says(laws: Laws, key: str, value: GivenScalar, case: Case, before: Case) -> str:
    """A change as a sentence: how it would be, and instead of what."""
    records, bracket, rest = key.partition("[")
    fact = laws.rulebook.fact(without_numbers(key))
    said = in_words(laws.rulebook, fact, value)
    was = facts_by_key(before).get(key)
    if isinstance(was, str | int) and not isinstance(was, bool):
        said = f"{said} (instead of: {in_words(laws.rulebook, fact, was)})"
    listed = case.facts.get(records)
    if bracket and isinstance(listed, tuple) and len(listed) > 1:
        return sentence(f"{laws.rulebook.facts[records].each} {rest.partition(']')[0]}: {said}")
    return sentence(said)


def _changes(making: Making, case: Case) -> Iterator[tuple[str, GivenScalar, Case]]:
    """Other values of single facts: those that other cases have, the other of two, and days at a boundary."""
    laws, rulebook = making.laws, making.laws.rulebook
    known: dict[str, dict[GivenScalar, None]] = {}
    for one in laws.telling_cases:
        for key, value in facts_by_key(one).items():
            if isinstance(value, str | bool | int):
                known.setdefault(without_numbers(key), {})[value] = None
    law = case.facts.get(rulebook.law_date)
    given = facts_by_key(case)
    read = {path for paths in laws.law.inputs_by_rule for path in paths}
    others = [path for path in rulebook.facts if path in read and path not in given]
    for key in (*given, *others):
        fact = rulebook.fact(without_numbers(key))
        if without_numbers(key) not in read and key.partition("[")[0] not in read:
            continue
        if key == rulebook.law_date or fact.sort == "records":
            continue
        for value in _values(rulebook, fact, known.get(without_numbers(key), {}), law):
            if value != given.get(key):
                changed = with_fact(case, key, value)
                assert changed is not None
                yield key, value, changed


def _values(rulebook: Rulebook, fact: Fact, known: dict[GivenScalar, None], law: GivenValue) -> Iterator[GivenScalar]:
    if fact.sort == "yes/no":
        yield from (True, False)
    elif fact.sort == "date":
        if isinstance(law, int):
            yield from (law + days for days in NEAR)
    elif fact.sort == "choice" and len(rulebook.choices_of(fact)) <= MOST_CHOICES:
        yield from rulebook.choices_of(fact)
    else:
        yield from known
