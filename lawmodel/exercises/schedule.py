"""What is due, and when: a function of the log of answers, by FSRS, the scheduler of the package `fsrs`.

The card is a point, such as a misconception or a provision, and no fixed exercise: a point that is due is asked with
another exercise that tests it, where there is one. Nothing is drawn by chance: the same log has the same schedule.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Final

from lawmodel.dataclass import dataclass
from lawmodel.exercises.exercise import Exercise
from lawmodel.exercises.progress import LoggedAnswer, StudentProgress, points_of, written_time
from lawmodel.value_object import ValueObject

if TYPE_CHECKING:
    from fsrs import Rating, Scheduler

RETENTION: Final = 0.9
"""So probable it is that a point is still known when it is due."""
FIRST_STEP: Final = datetime.timedelta(minutes=10)
"""So soon a point that was missed is due again."""


@dataclass(frozen=True, slots=True)
class ScheduledPoint(ValueObject):
    """A point that was tested, and when it is due again."""

    point: str
    due: datetime.datetime
    """In UTC."""
    answers: int
    """How many answers tell something about it."""
    missed: int
    """How many of them missed it."""
    last: datetime.datetime
    """When it was tested last."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "point": "point",
        "due": "due_written",
        "answers": "answers",
        "missed": "missed",
        "last": "last_written",
    }

    @property
    def due_written(self) -> str:
        """When it is due, as a log has times."""
        return written_time(self.due)

    @property
    def last_written(self) -> str:
        """When it was tested last, as a log has times."""
        return written_time(self.last)


def require_scheduler() -> None:
    """Raise ImportError where the package `fsrs` is not installed."""
    _scheduler()


def schedule(progress: StudentProgress) -> tuple[ScheduledPoint, ...]:
    """Every point of the log, the one that is due first before the others.

    Raises ImportError where the package `fsrs` is not installed.
    """
    from fsrs import Card

    cards: dict[str, Any] = {}
    counts: dict[str, tuple[int, int]] = {}
    for answer in progress.answers:
        for point in answer.points:
            rating = _rating(answer, point)
            if rating is None:
                continue
            card = cards.get(point) or Card(card_id=1, due=answer.at)
            cards[point], _ = _scheduler().review_card(card, rating, answer.at)
            tested, missed = counts.get(point, (0, 0))
            counts[point] = tested + 1, missed + (point in answer.missed)
    found = [ScheduledPoint(name, card.due, *counts[name], card.last_review) for name, card in cards.items()]
    return tuple(sorted(found, key=lambda one: (one.due, one.point)))


def due(progress: StudentProgress, now: datetime.datetime) -> tuple[ScheduledPoint, ...]:
    """The points that are due, the one that has been due longest before the others."""
    return tuple(one for one in schedule(progress) if one.due <= now)


def next_exercise(
    progress: StudentProgress, exercises: Sequence[Exercise], now: datetime.datetime, asked: Collection[str] = ()
) -> Exercise | None:
    """The exercise to be put next: one for the point that has been due longest, then one that was never answered.

    Of several for a point: one that was never answered, else the one that was answered longest ago; then the one that
    tests most of what is due; then the first. ``asked`` are ids of exercises that are not to be put again. None where
    nothing is due, and nothing new.
    """
    left = [one for one in exercises if one.id not in asked]
    answered: dict[str, datetime.datetime] = {}
    for answer in progress.answers:
        answered[answer.exercise] = answer.at
    waiting = [one.point for one in due(progress, now)]
    tested = {one.id: {*points_of(one)} for one in left}
    never = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    for point in waiting:
        fitting = [one for one in left if point in tested[one.id]]
        if fitting:
            most = {one.id: len(tested[one.id] & {*waiting}) for one in fitting}
            return min(fitting, key=lambda one: (answered.get(one.id, never), -most[one.id]))
    return next((one for one in left if one.id not in answered), None)


def _rating(answer: LoggedAnswer, point: str) -> Rating | None:
    """How well a point was known in an answer; None where the answer tells nothing about it.

    Whoever chose the answer of one misconception has shown nothing of the others.
    """
    from fsrs import Rating

    if point in answer.missed:
        return Rating.Again
    if answer.share == 1:
        return Rating.Good
    return Rating.Hard if answer.share else None


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    steps = (FIRST_STEP,)
    return Scheduler(desired_retention=RETENTION, learning_steps=steps, relearning_steps=steps, enable_fuzzing=False)
