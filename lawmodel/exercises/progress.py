"""What one student answered: a log, and nothing else. What is due, and when, is worked out from it (`schedule`).

Two logs of one student are joined by the exercise and the time of each answer, whichever comes first. How a log is
written and read is said in `progress_file`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar, Final, Literal

from lawmodel.dataclass import dataclass
from lawmodel.exercises.exercise import Exercise, Kind
from lawmodel.exercises.marking import Given, Mark, NotKnown, chosen_in
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.results.canonical_json import hash_of
from lawmodel.results.encoder import encode
from lawmodel.results.result import Result
from lawmodel.value_object import ValueObject, summary
from lawmodel.when_used import expression_when_used

MOST_ANSWERS: Final = 20_000
"""In one log: ten a day for five years."""
MOST_POINTS: Final = 60
"""Of one exercise; so many options at most are noted as chosen."""
MOST_HINTS: Final = 3
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2200
_TIME: Final = expression_when_used(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z")
_TESTED: Final = ("provision:", "reading:", "instrument:", "property:")
"""The limbs of an exercise that are points of their own; what is finer differs from case to case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedAnswer(ValueObject):
    """One answer to one exercise, at the first try: what is answered after feedback shows what was just read."""

    exercise: str
    """Its id."""
    kind: Kind
    question: str
    points: tuple[str, ...]
    """What the exercise tests: ``misconception:ID``, ``provision:ID`` and the like."""
    missed: tuple[str, ...] = ()
    """Those of the points that the answer missed: the misconceptions whose answer it is; what the key rests on, where
    nothing was right."""
    share: Fraction
    """The mark, from 0 to 1."""
    hints: int = 0
    chosen: tuple[str, ...] = ()
    """The options that were chosen, by their ids; steps in their order. Empty where the answer is not known, and where
    a case was written."""
    at: datetime.datetime
    """When, in UTC, to a thousandth of a second."""
    rulebook: str | None
    """The hash of the rulebook by which the exercise was made."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "exercise": "exercise",
        "kind": "kind",
        "question": "question",
        "points": "points",
        "missed": "missed",
        "share": "share_written",
        "hints": "hints",
        "chosen": "chosen",
        "at": "at_written",
        "rulebook": "rulebook",
    }

    @property
    def share_written(self) -> str:
        """The mark as a fraction: ``2/5``, ``1`` or ``0``."""
        return str(self.share)

    @property
    def at_written(self) -> str:
        """The time as ``2026-11-29T21:00:00Z``, with thousandths where there are some."""
        return written_time(self.at)


@dataclass(frozen=True, slots=True)
class StudentProgress(Result):
    """All that one student answered, in the order of time."""

    answers: tuple[LoggedAnswer, ...] = ()
    format: Literal["lawmodel-progress"] = "lawmodel-progress"
    edition: Literal[1] = 1

    json_keys: ClassVar[Mapping[str, str]] = {"format": "format", "edition": "edition", "answers": "answers"}

    def __repr__(self) -> str:
        return summary(self, f"{len(self.answers)} answers")

    def with_answer(self, answer: LoggedAnswer) -> StudentProgress:
        """The log with one more answer; raises `ProblemsFound` where it is full."""
        return merged(self, StudentProgress((answer,)))


def points_of(exercise: Exercise) -> tuple[str, ...]:
    """What an exercise tests: misconceptions for which its options stand, then what the key rests on."""
    held = [f"misconception:{one.misconception}" for one in exercise.options if one.misconception and not one.right]
    tested = [one for one in exercise.limbs if one.startswith(_TESTED)] or list(exercise.limbs)
    return tuple(dict.fromkeys((*held, *tested)))[:MOST_POINTS] or (f"kind:{exercise.kind}",)


def logged(exercise: Exercise, given: Given, mark: Mark, hints: int, at: datetime.datetime) -> LoggedAnswer:
    """An answer as it stands in the log."""
    points = points_of(exercise)
    held = {f"misconception:{name}" for name in mark.misconceptions}
    nothing = not mark.share
    missed = [
        one
        for one in points
        if one in held or (nothing and (isinstance(given, NotKnown) or not one.startswith("misconception:")))
    ]
    return LoggedAnswer(
        exercise=exercise.id,
        kind=exercise.kind,
        question=exercise.question,
        points=points,
        missed=tuple(missed),
        share=mark.share,
        hints=min(MOST_HINTS, hints),
        chosen=chosen_in(given),
        at=at.astimezone(datetime.UTC).replace(microsecond=at.microsecond // 1000 * 1000),
        rulebook=exercise.rulebook.sha256,
    )


def written_time(at: datetime.datetime) -> str:
    """A time as ISO 8601 has it, in UTC."""
    return at.isoformat(timespec="milliseconds" if at.microsecond else "seconds").removesuffix("+00:00") + "Z"


def parsed_time(written: str) -> datetime.datetime:
    """The time that was written so; raises ValueError."""
    if not _TIME.fullmatch(written):
        raise ValueError(f"`{written}` is no time such as 2026-11-29T21:00:00Z")
    found = datetime.datetime.fromisoformat(written)
    if not FIRST_YEAR <= found.year < LAST_YEAR:
        raise ValueError(f"`{written}` lies outside the years {FIRST_YEAR} to {LAST_YEAR - 1}")
    return found.astimezone(datetime.UTC)


def merged(*logs: StudentProgress) -> StudentProgress:
    """Several logs of one student as one: each answer once, in the order of time, whichever log came first.

    Raises `ProblemsFound` where they are too long together.
    """
    found: dict[tuple[datetime.datetime, str], LoggedAnswer] = {}
    for one in (answer for log in logs for answer in log.answers):
        other = found.setdefault((one.at, one.exercise), one)
        if other != one:  # no program writes that: either may stand, but it has to be the same one from each side
            found[one.at, one.exercise] = max(one, other, key=lambda answer: hash_of(encode(answer)))
    if len(found) > MOST_ANSWERS:
        message = f"a log of answers has at most {MOST_ANSWERS:,} answers, and these are {len(found):,}"
        raise ProblemsFound([Problem(message, "Begin another file.", "progress")])
    return StudentProgress(tuple(found[key] for key in sorted(found)))
