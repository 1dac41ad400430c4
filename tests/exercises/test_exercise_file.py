"""A file of exercises: what is written is read back, and whatever is no such file is refused with its place."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.exercises.exercise import Exercise, ExerciseSet, OneChoice, StepOrder, WrittenCase, id_of, with_id
from lawmodel.exercises.exercise_file import MOST_BYTES, exercises_text, parse_exercises, wrong_with
from lawmodel.problems import ProblemsFound
from lawmodel.results.encoder import encode
from tests.exercises.drawn_exercises import an_exercise, exercises, sets_of_exercises
from tests.sizes import examples


@examples(quick=25, full=400)
@given(drawn=sets_of_exercises())
def test_what_is_written_is_read_back(drawn: ExerciseSet) -> None:
    text = exercises_text(drawn)
    assert parse_exercises(text) == drawn
    assert exercises_text(parse_exercises(text)) == text
    with_header = {"schema": "lawmodel.exercises", "version": 1, **json.loads(text)}
    assert parse_exercises(json.dumps(with_header)) == drawn


@examples(quick=25, full=400)
@given(drawn=exercises(), seed=st.integers(0, 10**6))
def test_a_file_in_which_anything_is_taken_away_or_added_is_refused(drawn: Exercise, seed: int) -> None:
    """Wherever it is: but in a case, which only its id holds, and among readings, which have any names."""
    plain = encode(ExerciseSet("", 0, drawn.rulebook, (drawn,)))
    one = plain["exercises"][0]
    chosen = random.Random(seed)  # noqa: S311 - which place is broken is no secret
    objects = [plain, one, one["difficulty"], one["rulebook"], *one["options"], *one["proof"], *one["sides"]]
    where = chosen.choice(objects)
    if chosen.random() < 0.5:
        where["more"] = 1
    else:
        needed = [name for name in where if name in ("id", "exercises", "title", "says", "right", "hints", "options")]
        if not needed:
            where["more"] = 1
        else:
            del where[chosen.choice(needed)]
    with pytest.raises(ProblemsFound):
        parse_exercises(json.dumps(plain))


@pytest.fixture(scope="module")
def one_choice() -> Exercise:
    return an_exercise(lambda one: isinstance(one.response, OneChoice) and len(one.options) > 1)


def _refused(text: str) -> str:
    with pytest.raises(ProblemsFound) as refused:
        parse_exercises(text, "set.json")
    return str(refused.value)


def _file(*made: Exercise, **other: Any) -> str:
    return json.dumps(encode(ExerciseSet("Ten of them", 7, made[0].rulebook, made)) | other)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "set.json:1:1: this is no JSON"),
        ("{", "set.json:1:2: this is no JSON"),
        ("[]", "`the file`"),
        ("{}", "`title`: required"),
        ('{"title": "", "title": ""}', "a key occurs twice"),
        ('{"title": NaN}', "NaN is no whole number"),
        ('{"title": 1.5}', "1.5 is no whole number"),
        ('{"title": "\\u001b[2J"}', "control character U+001B"),
        ('{"title": "\\ud800"}', "U+D800"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_what_is_no_file_of_exercises_is_refused(text: str, said: str) -> None:
    assert said in _refused(text)


def test_a_file_that_is_too_large_is_refused() -> None:
    assert "at most" in _refused(" " * (MOST_BYTES + 1))


def test_a_mistake_is_told_with_its_place(one_choice: Exercise) -> None:
    plain = json.loads(_file(one_choice))
    plain["exercises"][0]["options"][1]["right"] = "yes"
    assert "`exercises[1].options[2].right`" in _refused(json.dumps(plain))
    assert "`form`" in _refused(_file(one_choice, form=2))


def test_a_key_that_was_changed_by_hand_is_noticed(one_choice: Exercise) -> None:
    plain = json.loads(_file(one_choice))
    options = plain["exercises"][0]["options"]
    for option in options:
        option["right"] = not option["right"] if len(options) == 2 else option is options[-1]
    if [one["right"] for one in options] == [one.right for one in one_choice.options]:
        options[0]["right"], options[-1]["right"] = True, False
    assert "is not what its id" in _refused(json.dumps(plain))


def test_better_words_leave_an_exercise_what_it_is(one_choice: Exercise) -> None:
    options = tuple(replace(one, says="Otherwise.", feedback="Look again.") for one in one_choice.options)
    worded = replace(one_choice, stem="Which one?", story="A story.", hints=("a", "b", "c"), options=options)
    assert id_of(worded) == one_choice.id
    assert parse_exercises(_file(worded)).exercises == (worded,)


def test_an_exercise_stands_in_a_set_once(one_choice: Exercise) -> None:
    assert "stands twice" in _refused(_file(one_choice, one_choice))


def test_a_key_is_one_of_its_form(one_choice: Exercise) -> None:
    none = with_id(replace(one_choice, options=tuple(replace(one, right=False) for one in one_choice.options)))
    assert list(wrong_with(none)) == ["one option is to be right, and 0 are"]
    steps = an_exercise(lambda one: isinstance(one.response, StepOrder) and len(one.options) > 1)
    first, second = steps.options[0].id, steps.options[1].id
    round_and_round = with_id(replace(steps, response=StepOrder(((first, second), (second, first)))))
    assert list(wrong_with(round_and_round)) == ["no order keeps all pairs of steps"]
    elsewhere = with_id(replace(steps, response=StepOrder(((first, "elsewhere!"),))))
    assert list(wrong_with(elsewhere)) == ["there is no step `elsewhere!` that belongs to the order"]
    without = with_id(replace(one_choice, response=WrittenCase("granted", ())))
    assert list(wrong_with(without)) == ["an example is given where there is none, or is missing"]
