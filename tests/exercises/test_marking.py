"""Marks: what each kind of answer is worth, and what is said."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.exercises.exercise import (
    AnswerInBrief,
    AnswerOption,
    Exercise,
    OneChoice,
    OtherReading,
    SeveralChoices,
    StepOrder,
    WrittenCase,
)
from lawmodel.exercises.marking import (
    Chosen,
    Given,
    NotAnAnswer,
    NotKnown,
    OrderedSteps,
    WrittenAnswer,
    given_from_json,
    mark,
)
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from tests.exercises import drawn_exercises
from tests.exercises.drawn_exercises import exercises

LAW = AnswerInBrief("determined", "may_grant", ("may_grant",), ())
REFUSED = AnswerInBrief("determined", "must_refuse", ("must_refuse",), ("cpc-464-1-7",))
READING = OtherReading("combat", "no-one")
ONE = (
    AnswerOption("law", "granted: neither period has all", True, feedback="Yes.", answered=LAW),
    AnswerOption("halves", "refused: two halves", False, "halves-added", feedback="Try each alone.", answered=REFUSED),
    AnswerOption("once", "refused: he served", False, "once", READING, "By default he must have fought.", REFUSED),
    AnswerOption("same", "granted: he is a civilian", False, None, None, "He is none.", replace(LAW, beside=("x",))),
)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(Path("rules"))


DRAWN = drawn_exercises.an_exercise()


def an_exercise(**changed: object) -> Exercise:
    base = replace(DRAWN, kind="outcome", response=OneChoice(), options=ONE, answered=LAW, explanation="So it is.")
    return replace(base, **changed)  # type: ignore[arg-type]


EXERCISE = an_exercise()


@pytest.mark.parametrize(
    ("given_answer", "share", "says"),
    [
        (Chosen(("law",)), Fraction(1), "Yes."),
        (Chosen(("halves",)), Fraction(0), "Try each alone."),
        (Chosen(("same",)), Fraction(2, 5), "outcome is right, for a reason that would fail"),
        (Chosen(("once",)), Fraction(3, 10), "Right on another reading than the one that the"),
        (Chosen(("once",), READING), Fraction(4, 5), "Right on another reading than the one that the"),
        (NotKnown(), Fraction(0), "So it is."),
    ],
)
def test_one_choice(given_answer: Given, share: Fraction, says: str) -> None:
    found = mark(EXERCISE, given_answer)
    assert found.share == share
    assert says in " ".join(found.says)


def test_right_on_another_reading_is_never_called_wrong() -> None:
    for reading in (None, READING, OtherReading("combat", "everyone")):
        said = " ".join(mark(EXERCISE, Chosen(("once",), reading)).says).lower()
        assert "wrong" not in said
        assert said.startswith("right")


def test_where_readings_are_asked_for_another_one_is_not_right() -> None:
    asked = an_exercise(kind="reading", answered=None)
    assert mark(asked, Chosen(("once",))).share == 0
    assert mark(asked, Chosen(("once",), READING)).share == 0


def test_a_wrong_day_is_not_half_right_because_its_outcome_is_the_one_that_is_asked_for() -> None:
    assert mark(an_exercise(kind="day"), Chosen(("same",))).share == 0


def test_i_do_not_know_is_no_evidence_and_a_mistake_is() -> None:
    assert mark(EXERCISE, NotKnown()).misconceptions == ()
    assert mark(EXERCISE, Chosen(("halves",))).misconceptions == ("halves-added",)


def test_hints_cost_and_a_second_try_has_half() -> None:
    shares = [mark(EXERCISE, Chosen(("law",)), hints=hints).share for hints in range(5)]
    assert shares == [Fraction(10, 10), Fraction(9, 10), Fraction(7, 10), Fraction(4, 10), Fraction(4, 10)]
    assert mark(EXERCISE, Chosen(("law",)), tries=2).share == Fraction(1, 2)
    assert mark(EXERCISE, Chosen(("halves",)), hints=3, tries=3).share == 0


GROUNDS = (
    AnswerOption("deciding", "Art. 1", True, weight=4),
    AnswerOption("ground", "Art. 2", True),
    AnswerOption("beside", "Art. 3", True, weight=1),
    AnswerOption("slip", "Art. 4", False, "a-slip"),
    AnswerOption("read", "Art. 5", False, "a-reading", READING),
)
SEVERAL = an_exercise(kind="ground", response=SeveralChoices(), options=GROUNDS)


@pytest.mark.parametrize(
    ("chosen", "share"),
    [
        (("deciding", "ground", "beside"), Fraction(1)),
        (("deciding", "ground"), Fraction(6, 7)),
        (("ground", "beside"), Fraction(3, 7)),
        (("deciding", "ground", "beside", "slip"), Fraction(5, 7)),
        (("deciding", "ground", "beside", "read"), Fraction(6, 7)),
        (("slip",), Fraction(0)),
        ((), Fraction(0)),
    ],
)
def test_grounds(chosen: tuple[str, ...], share: Fraction) -> None:
    for order in itertools.permutations(chosen):
        assert mark(SEVERAL, Chosen(order)).share == share
    assert ("a-slip" in mark(SEVERAL, Chosen(chosen)).misconceptions) == ("slip" in chosen)


def test_contested_has_a_third_for_seeing_it() -> None:
    options = (
        AnswerOption("force", "over force", True),
        AnswerOption("nexus", "over the nexus", True),
        AnswerOption("combat", "over combat", False),
        AnswerOption("uncontested", "not at all", False),
    )
    exercise = an_exercise(kind="contested", response=SeveralChoices(alone="uncontested"), options=options)
    assert mark(exercise, Chosen(("force", "nexus"))).share == 1
    assert mark(exercise, Chosen(("combat",))).share == Fraction(1, 3)
    assert mark(exercise, Chosen(("force",))).share == Fraction(2, 3)
    assert mark(exercise, Chosen(("uncontested",))).share == 0
    calm = replace(exercise, options=tuple(replace(one, right=one.id == "uncontested") for one in options))
    assert mark(calm, Chosen(("uncontested",))).share == 1
    assert mark(calm, Chosen(("force",))).share == 0


def test_an_order_is_right_in_every_way_that_keeps_it() -> None:
    steps = tuple(AnswerOption(one, f"step {one}", one != "x") for one in "abcx")
    exercise = an_exercise(kind="order", response=StepOrder((("a", "c"), ("b", "c"))), options=steps)
    assert mark(exercise, OrderedSteps(("a", "b", "c"))).share == 1
    assert mark(exercise, OrderedSteps(("b", "a", "c"))).share == 1
    broken = mark(exercise, OrderedSteps(("a", "c", "b")))
    assert broken.share == Fraction(1, 2)
    assert broken.says == ("“step b” comes before “step c”.",)
    assert mark(exercise, OrderedSteps(("a", "b", "c", "x"))).share == Fraction(1, 2)
    assert mark(exercise, OrderedSteps(("a", "c"))).share == Fraction(1, 2)
    assert mark(exercise, OrderedSteps(())).share == 0


BUILT = """
presume: ordinary
facts:
  person: {citizenships: [{state: UZ}]}
  service: [{formation: armed_forces, basis: contract, from: 2025-06-09}]
  request: {kind: transit}
  decision: {made: 2026-04-22}
"""


def build(**changed: object) -> Exercise:
    response = WrittenCase("may_refuse", ("cpc-464-1-7",), **changed)  # type: ignore[arg-type]
    return an_exercise(kind="build", question="extradition", response=response, stage=None, day=None, readings={})


def test_a_case_that_was_built_is_decided(rulebook: Rulebook) -> None:
    found = mark(build(), WrittenAnswer(BUILT), rulebook=rulebook)
    assert found.share == 1, found.says
    serving = mark(build(), WrittenAnswer(BUILT.replace("kind: transit", "kind: extradition")), rulebook=rulebook)
    assert serving.share == 0
    assert "must be refused" in " ".join(serving.says)
    other = BUILT.replace("from: 2025-06-09}", "from: 2025-06-09, to: 2026-01-01, fought: no}").replace(
        "request: {kind: transit}", "offence: {committed_in_russia: yes}"
    )
    assert mark(build(), WrittenAnswer(other), rulebook=rulebook).share == Fraction(1, 2)
    more = BUILT.replace("decision: {", "decision: {appeal: pending, ").replace(
        "kind: transit", "kind: transit, state: UZ, received: 2026-03-30, basis: treaty, treaty: minsk_convention"
    )
    assert mark(build(), WrittenAnswer(more), rulebook=rulebook).share == Fraction(4, 5)


def test_a_case_with_records_that_make_no_difference_is_marked(rulebook: Rulebook) -> None:
    wanted = WrittenCase("must_refuse", ("echr-interim-measure",), example={"facts": {}})
    built = an_exercise(kind="build", question="extradition", response=wanted, options=(), stage=None, day=None)
    facts = "{court: {interim_measure: yes}, decision: {made: 2021-06-02}, person: {citizenships: [{state: UZ}]}}"
    found = mark(built, WrittenAnswer(f"presume: ordinary\nfacts: {facts}"), rulebook=rulebook)
    assert found.share == 1


@pytest.mark.parametrize(
    "text", ["", "facts: {persn: {}}", "- a", "{", "a\x00", "facts: &a {}", "x" * 100_001, "[" * 999]
)
def test_what_is_no_case_can_be_mended(rulebook: Rulebook, text: str) -> None:
    found = mark(build(), WrittenAnswer(text), rulebook=rulebook)
    assert not found.readable
    assert found.share == 0
    assert found.says


def test_what_cannot_be_built(rulebook: Rulebook) -> None:
    options = (AnswerOption("law", "part 2 only allows", True), AnswerOption("pending", "item 3 too", False, "pending"))
    exercise = replace(build(possible=False), options=options)
    assert mark(exercise, WrittenAnswer(None, "law"), rulebook=rulebook).share == 1
    assert mark(exercise, WrittenAnswer(None, "pending"), rulebook=rulebook).share == Fraction(2, 5)
    assert mark(exercise, WrittenAnswer(None), rulebook=rulebook).share == Fraction(2, 5)
    assert mark(exercise, WrittenAnswer(BUILT), rulebook=rulebook).share == 0
    assert mark(build(), WrittenAnswer(None), rulebook=rulebook).share == 0


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        (EXERCISE, Chosen(("law", "halves"))),
        (EXERCISE, Chosen(("nothing",))),
        (EXERCISE, OrderedSteps(("law",))),
        (build(), WrittenAnswer(BUILT)),
    ],
)
def test_what_answers_nothing_is_refused(exercise: Exercise, answer: Given) -> None:
    with pytest.raises(NotAnAnswer):
        mark(exercise, answer)


@pytest.mark.parametrize(
    "plain", [None, [], {}, {"option": 3}, {"options": [1]}, {"steps": "a"}, {"none": True, "reason": 1}]
)
def test_what_is_no_answer_is_refused(plain: object) -> None:
    with pytest.raises(NotAnAnswer):
        given_from_json(plain)


def test_answers_are_read_from_plain_data() -> None:
    assert given_from_json({"option": "a", "reading": "combat", "as": "no-one"}) == Chosen(("a",), READING)
    assert given_from_json({"options": ["a", "b"]}) == Chosen(("a", "b"))
    assert given_from_json({"steps": ["a"]}) == OrderedSteps(("a",))
    assert given_from_json({"case": "facts: {}"}) == WrittenAnswer("facts: {}")
    assert given_from_json({"none": True, "reason": "law"}) == WrittenAnswer(None, "law")
    assert given_from_json({"known": False}) == NotKnown()


@given(exercises(), st.data())
def test_the_key_has_everything_and_no_mark_is_outside_its_bounds(exercise: Exercise, data: st.DataObject) -> None:
    right = tuple(one.id for one in exercise.right)
    names = [one.id for one in exercise.options]
    match exercise.response:
        case OneChoice():
            key: Given = Chosen(right)
            other: Given = Chosen((data.draw(st.sampled_from(names)),))
        case SeveralChoices():
            key = Chosen(right)
            other = Chosen(tuple(data.draw(st.lists(st.sampled_from(names), unique=True))))
        case StepOrder():
            key = OrderedSteps(right)
            other = OrderedSteps(tuple(data.draw(st.permutations(names))))
        case WrittenCase():
            return
    assert mark(exercise, key).share == 1
    hints = data.draw(st.integers(0, 4))
    tries = data.draw(st.integers(1, 3))
    assert 0 <= mark(exercise, other, hints=hints, tries=tries).share <= 1
    if isinstance(other, Chosen):
        assert mark(exercise, other) == mark(exercise, Chosen(other.options[::-1], other.reading))
