"""What is typed as an answer: letters in any way of writing mean the same, and anything else is a message."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.exercises.exercise import Exercise
from lawmodel.exercises.lettered import lettered
from lawmodel.exercises.marking import Chosen, NotAnAnswer, OrderedSteps, WrittenAnswer
from lawmodel.verbs.quiz.typed_answer import parse_answer
from tests.exercises.written_exercises import EVERY_FORM, IMPOSSIBLE, NONE_OF_THEM, ONE, ORDER, SEVERAL
from tests.sizes import examples

BETWEEN = st.sampled_from((" ", ", ", ";", "  ", " , "))


@st.composite
def written(draw: st.DrawFn, exercise: Exercise) -> tuple[list[str], str]:
    """Options in some order, and a way in which somebody may write their letters."""
    chosen = draw(st.lists(st.sampled_from(lettered(exercise)), min_size=1, unique=True))
    letters = [draw(st.sampled_from((letter, letter.lower(), f"{letter})", one.id))) for letter, one in chosen]
    between = [draw(BETWEEN) for _ in letters[1:]] + [""]
    return [one.id for _, one in chosen], "".join(map("".join, zip(letters, between, strict=True)))


@examples(quick=30, full=500)
@given(drawn=st.sampled_from((SEVERAL, NONE_OF_THEM, ORDER)).flatmap(lambda one: st.tuples(st.just(one), written(one))))
def test_letters_mean_their_options_however_they_are_written(drawn: tuple[Exercise, tuple[list[str], str]]) -> None:
    exercise, (names, typed) = drawn
    expected: Any = OrderedSteps(tuple(names)) if exercise is ORDER else Chosen(tuple(names))
    assert parse_answer(exercise, typed) == expected


@examples(quick=40, full=1000)
@given(exercise=st.sampled_from(EVERY_FORM.exercises), typed=st.text(max_size=12))
def test_whatever_is_typed_is_an_answer_or_a_message(exercise: Exercise, typed: str) -> None:
    with contextlib.suppress(NotAnAnswer):
        assert parse_answer(exercise, typed) is not None


@pytest.mark.parametrize("typed", ["A B", "", "  ", ",", "AB", "no such option"])
def test_of_one_choice_one_letter_is_typed(typed: str) -> None:
    with pytest.raises(NotAnAnswer):
        parse_answer(ONE, typed)


def test_a_reading_is_named_behind_the_letter() -> None:
    given = parse_answer(ONE, "C arms=guns")
    assert isinstance(given, Chosen)
    assert (given.options, given.reading and given.reading.option) == (("peace",), "guns")


def test_none_takes_a_reason_where_there_are_some() -> None:
    assert parse_answer(IMPOSSIBLE, "NONE a") == WrittenAnswer(None, "bars")
    with pytest.raises(NotAnAnswer, match="Say why: one of 2 reasons"):
        parse_answer(IMPOSSIBLE, "none")
