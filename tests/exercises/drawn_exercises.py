"""Exercises drawn at random, of every form: whatever may be written to a file."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import Phase, find, settings
from hypothesis import strategies as st

from lawmodel.exercises.exercise import (
    KINDS,
    AnswerInBrief,
    AnswerOption,
    Difficulty,
    Exercise,
    ExerciseSet,
    LeftOut,
    OneChoice,
    OtherReading,
    ProofStep,
    ReadingSide,
    Response,
    SeveralChoices,
    StepOrder,
    WrittenCase,
    with_id,
)
from lawmodel.results.header import RulebookUsed

_WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), max_size=20)
_NAMES = st.text("abcdefghijklmnop-:.", min_size=1, max_size=12)
_SEVERAL = st.lists(_NAMES, max_size=3).map(tuple)
_PLAIN: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=6,
)
_CASES = st.dictionaries(_NAMES, _PLAIN, max_size=3)
_ANSWERS = st.builds(
    AnswerInBrief,
    st.sampled_from(("determined", "depends")),
    st.none() | _NAMES,
    _SEVERAL,
    _SEVERAL,
    _SEVERAL,
    st.lists(_SEVERAL, max_size=2).map(tuple),
)
_OPTIONS = st.builds(
    AnswerOption,
    id=_NAMES,
    says=_WORDS,
    right=st.booleans(),
    misconception=st.none() | _NAMES,
    reading=st.none() | st.builds(OtherReading, _NAMES, _NAMES),
    feedback=_WORDS,
    answered=st.none() | _ANSWERS,
    weight=st.integers(1, 4),
)
_COUNTS = st.integers(0, 9)


@st.composite
def exercises(draw: st.DrawFn) -> Exercise:
    """One exercise; its key is one of its form."""
    options = tuple(draw(st.lists(_OPTIONS, min_size=1, max_size=5, unique_by=lambda one: one.id)))
    names = [one.id for one in options]
    chosen = draw(st.sampled_from(names))

    def keyed(*right: str) -> tuple[AnswerOption, ...]:
        return tuple(replace(one, right=one.id in right) for one in options)

    response: Response
    match draw(st.sampled_from(("one", "several", "order", "case", "no case"))):
        case "one":
            options, response = keyed(chosen), OneChoice()
        case "several":
            alone = draw(st.none() | st.just(chosen))
            options, response = keyed(chosen), SeveralChoices(alone=alone)
        case "order":
            response = StepOrder(tuple(itertools.pairwise(names)))
            options = keyed(*names)
        case "case":
            example = {"facts": draw(_CASES)}
            response = WrittenCase(draw(_NAMES), draw(_SEVERAL), draw(st.booleans()), example=example)
        case _:
            options, response = keyed(chosen), WrittenCase(draw(_NAMES), draw(_SEVERAL), possible=False)
    drawn = Exercise(
        id="",
        kind=draw(st.sampled_from(KINDS)),
        question=draw(_NAMES),
        rulebook=RulebookUsed(
            draw(_WORDS), draw(st.none() | _NAMES), draw(st.none() | _NAMES), draw(st.none() | _NAMES)
        ),
        seed=draw(st.integers(0, 2**53 - 1)),
        title=draw(_WORDS),
        stem=draw(_WORDS),
        response=response,
        options=options,
        hints=(draw(_WORDS), draw(_WORDS), draw(_WORDS)),
        explanation=draw(_WORDS),
        proof=tuple(draw(st.lists(st.builds(ProofStep, _WORDS, _WORDS), max_size=2))),
        level=draw(st.sampled_from((1, 2, 3, 4))),
        difficulty=Difficulty(*(draw(_COUNTS) for _ in range(10))),
        story=draw(_WORDS),
        case=draw(_CASES),
        told=draw(_SEVERAL),
        day=draw(st.none() | st.dates()),
        stage=draw(st.none() | _NAMES),
        readings=draw(st.dictionaries(_NAMES, _NAMES, max_size=2)),
        answered=draw(st.none() | _ANSWERS),
        sides=tuple(draw(st.lists(st.builds(ReadingSide, _NAMES, _NAMES, _WORDS, _SEVERAL, _SEVERAL), max_size=2))),
        limbs=draw(_SEVERAL),
    )
    return with_id(drawn)


def an_exercise(such_that: Callable[[Exercise], bool] = lambda one: True) -> Exercise:
    """The first that is drawn; a smaller one is not looked for, which would take seconds."""
    first = settings(phases=[Phase.generate], database=None, derandomize=True, max_examples=500)
    return find(exercises(), such_that, settings=first)


def sets_of_exercises() -> st.SearchStrategy[ExerciseSet]:
    """Some exercises, with what could not be made."""
    return st.builds(
        ExerciseSet,
        title=_WORDS,
        seed=st.integers(0, 2**53 - 1),
        rulebook=st.builds(RulebookUsed, _WORDS, st.none() | _NAMES, st.none() | _NAMES, st.none() | _NAMES),
        exercises=st.lists(exercises(), max_size=3, unique_by=lambda one: one.id).map(tuple),
        left_out=st.lists(st.builds(LeftOut, st.sampled_from(KINDS), _COUNTS, _COUNTS, _WORDS), max_size=2).map(tuple),
    )
