"""What a caller chooses beside a case, checked against the rulebook: a question, readings, a day, a stage, a telling.

Each check yields problems, so that whoever asks in another way is told the same under the name of what was given: an
argument of a function, an option of the command line, a key of a typed case.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from lawmodel.case.values import UNKNOWN
from lawmodel.problems import Problem, ProblemsFound, kind_of, no_such
from lawmodel.rulebook.model import Rulebook

Problems: TypeAlias = Iterator[Problem]


def raise_problems(*problems: Problem) -> None:
    """Raise `ProblemsFound` unless there are none."""
    if problems:
        raise ProblemsFound(problems)


def question_problems(rulebook: Rulebook, question: object, given_as: str = "question") -> Problems:
    """Whether the rulebook has such a question."""
    if not isinstance(question, str) or question not in rulebook.questions:
        yield no_such(question, rulebook.questions, given_as)


def outcome_problems(rulebook: Rulebook, question: str, outcome: object, given_as: str) -> Problems:
    """Whether a question has such an outcome."""
    known = [one.id for one in rulebook.questions[question].outcomes]
    if outcome not in known:
        yield no_such(outcome, known, given_as)


def question_having(
    rulebook: Rulebook, outcome: object, among: Collection[str], given_as: str, question_as: str = "question"
) -> str:
    """The question that has an outcome, among these (none: among all); raises `ProblemsFound` for none, or several.

    ``question_as`` is by what one says which.
    """
    outcomes = {name: [one.id for one in rulebook.questions[name].outcomes] for name in among or rulebook.questions}
    having = [name for name, known in outcomes.items() if outcome in known]
    if not having:
        raise_problems(no_such(outcome, [one for known in outcomes.values() for one in known], given_as))
    if len(having) > 1:
        message = f"several questions have the outcome `{outcome}`"
        raise_problems(Problem(message, f"Say which with {question_as}.", given_as))
    return having[0]


def law_problems(rulebook: Rulebook, readings: object, on: object, stage: object, of: str = "") -> Problems:
    """Whether readings, a day and a stage can be chosen."""
    yield from readings_problems(rulebook, readings, f"{of}readings")
    yield from day_problems(on, f"{of}on")
    yield from stage_problems(rulebook, stage, f"{of}stage")


def readings_problems(rulebook: Rulebook, readings: object, given_as: str = "readings") -> Problems:
    """Whether the rulebook has such readings, and they such options."""
    if readings is None:
        return
    if not isinstance(readings, Mapping):
        mend = 'Give a dictionary, from reading to option: {"reading": "option"}.'
        yield Problem(f"readings are needed, and this is {kind_of(readings)}", mend, given_as)
        return
    for name, option in readings.items():
        reading = rulebook.readings.get(name)
        if reading is None:
            yield no_such(name, rulebook.readings, given_as)
            continue
        options = [one.id for one in reading.options]
        if option != UNKNOWN and option not in options:
            yield no_such(option, [*options, UNKNOWN], f"{given_as} {name}")


def day_problems(day: object, given_as: str = "on") -> Problems:
    """Whether this is a day, or None."""
    if day is None or type(day) is datetime.date:
        return
    if isinstance(day, datetime.datetime):
        yield Problem("a day is needed, and this is a moment", "Take its .date().", given_as)
    elif not isinstance(day, datetime.date):
        mend = "Give a datetime.date, such as datetime.date(2026, 3, 19)."
        yield Problem(f"a day is needed, and this is {kind_of(day)}", mend, given_as)


def stage_problems(rulebook: Rulebook, stage: object, given_as: str = "stage") -> Problems:
    """Whether the rulebook has such a stage; None is the last."""
    if stage is not None and all(one.id != stage for one in rulebook.stages):
        yield no_such(stage, [one.id for one in rulebook.stages], given_as)


def telling_problems(rulebook: Rulebook, told_by: object, given_as: str = "told_by") -> Problems:
    """Whether the rulebook has such a telling; None is the text itself."""
    if told_by is not None and (not isinstance(told_by, str) or told_by not in rulebook.tellings):
        yield no_such(told_by, rulebook.tellings, given_as)


def count_problems(count: object, given_as: str, least: int = 1) -> Problems:
    """Whether this is a number, and large enough."""
    if type(count) is not int or count < least:
        yield Problem(f"`{count}` is no number from {least} on", f"Give a whole number, {least} or more.", given_as)
