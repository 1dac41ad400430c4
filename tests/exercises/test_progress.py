"""A student's log: what is written is read back, two devices come to one log, and whatever is no log is refused."""

from __future__ import annotations

import datetime
import json
import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.exercises.exercise import Exercise
from lawmodel.exercises.marking import Chosen, NotKnown, mark
from lawmodel.exercises.progress import MOST_ANSWERS, StudentProgress, logged, merged, points_of
from lawmodel.exercises.progress_file import parse_progress, progress_in, progress_text, save_progress
from lawmodel.problems import ProblemsFound
from tests.exercises.drawn_progress import EVENING, logs
from tests.exercises.written_exercises import BUILD, ONE, PARTIAL_ORDER, SEVERAL
from tests.sizes import examples

ONE_ANSWER: dict[str, Any] = {
    "exercise": "outcome-1",
    "kind": "outcome",
    "question": "crossing",
    "points": ["misconception:a", "provision:c"],
    "missed": ["misconception:a"],
    "share": "2/5",
    "hints": 1,
    "chosen": ["a"],
    "at": "2026-11-29T21:00:00Z",
    "rulebook": "5f" * 32,
}


def _file(*answers: Any, **other: Any) -> str:
    return json.dumps({"format": "lawmodel-progress", "edition": 1, "answers": answers, **other}, indent=1)


@examples(quick=30, full=150)
@given(log=logs())
def test_what_is_written_is_read_back(log: StudentProgress) -> None:
    text = progress_text(log)
    assert parse_progress(text) == log
    assert progress_text(parse_progress(text)) == text


@examples(quick=30, full=150)
@given(one=logs(), other=logs(), third=logs())
def test_logs_of_several_devices_come_to_one_log_in_any_order(
    one: StudentProgress, other: StudentProgress, third: StudentProgress
) -> None:
    together = merged(one, other, third)
    assert merged(third, merged(other, one)) == together == merged(together, one)
    assert {(answer.exercise, answer.at) for answer in together.answers} == {
        (answer.exercise, answer.at) for log in (one, other, third) for answer in log.answers
    }
    assert list(together.answers) == sorted(together.answers, key=lambda answer: (answer.at, answer.exercise))


@examples(quick=20, full=100)
@given(log=logs(), seed=st.integers(0, 10**6))
def test_the_order_of_answers_in_a_file_does_not_matter(log: StudentProgress, seed: int) -> None:
    plain = json.loads(progress_text(log))
    random.Random(seed).shuffle(plain["answers"])  # noqa: S311 - an order is no secret
    assert parse_progress(json.dumps(plain)) == log


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("exercise", "", "`exercise` is no name"),
        ("exercise", "one\ntwo", "`exercise` is no name"),
        ("exercise", "red\u001b[31m", "`exercise` is no name"),
        ("kind", "riddle", "`kind` is none of outcome"),
        ("points", [], "`points` is empty"),
        ("points", ["a", "a"], "`points` names something twice"),
        ("points", "provision:c", "`points` is no list"),
        ("points", [f"provision:{number}" for number in range(61)], "`points` is no list of at most 60 names"),
        ("missed", ["provision:other"], "`missed` names what is none of the `points`"),
        ("share", "2/4", "`share` is no share"),
        ("share", "3/2", "`share` is no share"),
        ("share", "1/0", "`share` is no share"),
        ("share", 1, "`share` is no share"),
        ("hints", 4, "`hints` is no number from 0 to 3"),
        ("hints", True, "`hints` is no number from 0 to 3"),
        ("chosen", [1], "`chosen` is no list"),
        ("at", "2026-11-29", "`at` is no time"),
        ("at", "2026-02-30T00:00:00Z", "`at` is no time"),
        ("at", "9999-12-31T23:59:59Z", "`at` is no time"),
        ("rulebook", "5f5f", "`rulebook` is no hash"),
        ("more", 1, "there is no key `more` here"),
    ],
)
def test_an_answer_that_is_none_is_refused_with_its_place(key: str, value: object, says: str) -> None:
    with pytest.raises(ProblemsFound) as refused:
        parse_progress(_file(ONE_ANSWER | {key: value}), "me.json")
    problem = next(one for one in refused.value.problems if says in one.message)
    assert problem.file == "me.json"
    assert problem.line > 4
    assert problem.mend.startswith("Name a file that `lawmodel quiz --progress`")


@pytest.mark.parametrize("key", list(ONE_ANSWER))
def test_an_answer_without_a_key_is_refused(key: str) -> None:
    plain = {name: value for name, value in ONE_ANSWER.items() if name != key}
    with pytest.raises(ProblemsFound) as refused:
        parse_progress(_file(ONE_ANSWER, plain))
    assert [one.message for one in refused.value.problems] == [f"`{key}` is missing"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "something is still missing"),
        ("[]", "this is no file of progress"),
        ('{"exercises": []}', "this is no file of progress"),
        (_file(edition=2), "`edition` is not 1"),
        (_file(edition=True), "`edition` is not 1"),
        (_file(answers={}), "`answers` is no list"),
        (_file(7), "an answer is an object"),
        (_file(name="Anna"), "there is no key `name` here"),
        (_file() + "x", "something stands after the end"),
        ('{"format": "lawmodel-progress", "format": 1}', "stands twice"),
        ("[" * 100_000, "nested at most 5 deep"),
    ],
)
def test_what_is_no_log_is_refused(text: str, says: str) -> None:
    with pytest.raises(ProblemsFound, match=says):
        parse_progress(text)


def test_every_mistake_is_told_at_once_up_to_a_number() -> None:
    with pytest.raises(ProblemsFound) as refused:
        parse_progress(_file(*[ONE_ANSWER | {"hints": 9, "kind": "riddle"}] * 30))
    assert len(refused.value.problems) == 20


def test_what_another_device_wrote_meanwhile_is_kept(tmp_path: Path) -> None:
    place = tmp_path / "me.json"
    assert progress_in(place) == StudentProgress()
    first = logged(ONE, Chosen(("law",)), mark(ONE, Chosen(("law",))), 0, EVENING)
    then = logged(SEVERAL, NotKnown(), mark(SEVERAL, NotKnown()), 0, EVENING)
    save_progress(place, StudentProgress((first,)))
    assert (
        save_progress(place, StudentProgress((then,))) == progress_in(place) == merged(StudentProgress((then, first)))
    )


def test_a_file_that_is_no_log_is_not_replaced(tmp_path: Path) -> None:
    place = tmp_path / "letter.json"
    place.write_text('{"dear": "Anna"}')
    with pytest.raises(ProblemsFound, match="no file of progress"):
        save_progress(place, StudentProgress())
    assert place.read_text() == '{"dear": "Anna"}'


def test_a_log_that_is_full_takes_no_more() -> None:
    first = logged(ONE, NotKnown(), mark(ONE, NotKnown()), 0, EVENING)
    every_minute = (EVENING + number * datetime.timedelta(minutes=1) for number in range(MOST_ANSWERS))
    many = StudentProgress(tuple(replace(first, at=at) for at in every_minute))
    with pytest.raises(ProblemsFound, match="at most 20,000 answers"):
        many.with_answer(replace(first, at=EVENING - datetime.timedelta(1)))


@pytest.mark.parametrize(
    ("exercise", "points"),
    [
        (ONE, ("misconception:all-free", "arms-1:armed")),
        (SEVERAL, ("misconception:toll-for-all", "arms-1:armed")),
        (PARTIAL_ORDER, ("arms-1:armed",)),
        (BUILD, ("arms-1:armed",)),
    ],
)
def test_the_points_are_misconceptions_and_what_the_key_rests_on(exercise: Exercise, points: tuple[str, ...]) -> None:
    assert points_of(exercise) == points


@pytest.mark.parametrize(
    ("given", "share", "missed"),
    [
        (Chosen(("law",)), Fraction(1), ()),
        (Chosen(("all-free",)), Fraction(0), ("misconception:all-free", "arms-1:armed")),
        (Chosen(("unknown",)), Fraction(0), ("arms-1:armed",)),  # the misconception was not chosen: nothing is known
        (NotKnown(), Fraction(0), ("misconception:all-free", "arms-1:armed")),
    ],
)
def test_missed_is_what_was_chosen_and_what_the_key_rests_on(
    given: Chosen | NotKnown, share: Fraction, missed: tuple[str, ...]
) -> None:
    found = logged(ONE, given, mark(ONE, given), 0, EVENING)
    assert (found.share, found.missed) == (share, missed)
    assert found.chosen == (() if isinstance(given, NotKnown) else given.options)
