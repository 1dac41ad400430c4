"""What is due, and when: a function of the log."""

from __future__ import annotations

import datetime
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lawmodel.exercises.exercise import Exercise
from lawmodel.exercises.marking import Chosen, Given, NotKnown, mark
from lawmodel.exercises.progress import LoggedAnswer, StudentProgress, logged, merged, points_of
from lawmodel.exercises.progress_file import parse_progress, progress_text
from lawmodel.exercises.schedule import due, next_exercise, schedule
from tests.exercises.drawn_progress import EVENING, answers, logs
from tests.exercises.written_exercises import DAY, ONE, ORDER, SEVERAL
from tests.sizes import examples

MINUTE = datetime.timedelta(minutes=1)
DAY_LONG = datetime.timedelta(days=1)
RIGHT, WRONG = Chosen(("law",)), Chosen(("all-free",))


@examples(quick=30, full=150)
@given(log=logs(), other=logs())
def test_the_same_answers_have_the_same_schedule_however_they_came_together(
    log: StudentProgress, other: StudentProgress
) -> None:
    together = schedule(merged(log, other))
    assert together == schedule(merged(other, log)) == schedule(parse_progress(progress_text(merged(log, other))))
    assert [(one.due, one.point) for one in together] == sorted((one.due, one.point) for one in together)


@examples(quick=30, full=150)
@given(log=logs(), answer=answers(), later=st.integers(1, 10**6))
def test_a_point_that_is_missed_comes_back_before_one_that_is_known(
    log: StudentProgress, answer: LoggedAnswer, later: int
) -> None:
    """Whatever was answered before: missed is due before half known, and half known not after known."""
    at = max((one.at for one in log.answers), default=EVENING) + later * MINUTE
    point = answer.points[0]

    def due_after(share: Fraction, missed: tuple[str, ...]) -> datetime.datetime:
        last = replace(answer, share=share, missed=missed, at=at)
        return next(one.due for one in schedule(log.with_answer(last)) if one.point == point)

    missed, partly, known = (
        due_after(Fraction(0), (point,)),
        due_after(Fraction(2, 5), ()),
        due_after(Fraction(1), ()),
    )
    assert at < missed < partly <= known
    assert known - at >= DAY_LONG


@examples(quick=20, full=100)
@given(log=logs())
def test_due_are_the_points_whose_time_has_come(log: StudentProgress) -> None:
    every = schedule(log)
    assert {one.point for one in every} <= {point for answer in log.answers for point in answer.points}
    assert due(log, EVENING - DAY_LONG) == ()
    for one in every:
        assert one in due(log, one.due)
        assert one not in due(log, one.due - MINUTE)
        assert 0 <= one.missed <= one.answers <= len(log.answers)


def _log(*given: tuple[Exercise, Given, datetime.datetime]) -> StudentProgress:
    return merged(StudentProgress(tuple(logged(one, said, mark(one, said), 0, at) for one, said, at in given)))


def test_what_was_missed_is_due_in_ten_minutes_and_what_was_known_after_days() -> None:
    found = {one.point: one for one in schedule(_log((ONE, WRONG, EVENING)))}
    assert found["misconception:all-free"].due == EVENING + 10 * MINUTE
    (known, *_) = schedule(_log((ONE, RIGHT, EVENING)))
    assert known.due == EVENING + 2 * DAY_LONG
    again = _log((ONE, RIGHT, EVENING), (ONE, RIGHT, known.due))
    assert schedule(again)[0].due > known.due + 2 * DAY_LONG


def test_a_point_that_is_due_is_asked_with_another_exercise_that_tests_it() -> None:
    twin = replace(ONE, id="outcome-twin")
    other = replace(DAY, limbs=("instrument:x",))
    exercises = (ONE, other, twin)
    log = _log((ONE, WRONG, EVENING), (other, RIGHT, EVENING))
    assert next_exercise(log, exercises, EVENING + 11 * MINUTE) == twin
    log = merged(log, _log((twin, NotKnown(), EVENING + 11 * MINUTE)))
    assert next_exercise(log, exercises, EVENING + 22 * MINUTE) == ONE  # longest ago


def test_what_is_due_comes_before_what_is_new_and_what_is_new_before_nothing() -> None:
    second = replace(SEVERAL, limbs=("provision:b",), options=SEVERAL.options[:2])
    exercises = (ONE, second, ORDER)
    assert next_exercise(StudentProgress(), exercises, EVENING) == ONE
    log = _log((second, NotKnown(), EVENING))
    assert next_exercise(log, exercises, EVENING + MINUTE) == ONE
    assert next_exercise(log, exercises, EVENING + 10 * MINUTE) == second
    assert next_exercise(log, exercises, EVENING + 10 * MINUTE, asked={second.id}) == ONE
    every = _log(*((one, RIGHT if one is ONE else NotKnown(), EVENING) for one in exercises))
    assert next_exercise(every, exercises, EVENING + MINUTE) is None
    assert next_exercise(every, (), EVENING + DAY_LONG) is None


def test_an_exercise_that_tests_most_of_what_is_due_is_asked_first() -> None:
    narrow = replace(ONE, id="narrow", options=ONE.options[:1])
    wide = replace(ONE, id="wide", options=(*ONE.options, *SEVERAL.options[2:]))
    log = _log((replace(wide, id="before"), NotKnown(), EVENING))
    assert len(points_of(wide)) == 3
    assert next_exercise(log, (narrow, wide), EVENING + DAY_LONG) == wide
