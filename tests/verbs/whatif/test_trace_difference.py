"""Where two traces differ: all of it, nothing else, and the same in both directions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lawmodel.inquiry.distinguishing.trace_difference import StepDifference, trace_difference
from lawmodel.reasoning.trace import Kind, Trace
from lawmodel.results.encoder import encode
from lawmodel.verbs.whatif.record_numbers import RecordNumbers
from tests.sizes import examples

STEPS: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(["fact", "concept", "any"]),
    "truth": st.sampled_from([True, False, None]),
    "says": st.sampled_from(["", "so", "not so"]),
    "id": st.sampled_from([None, "one", "other"]),
    "notes": st.sampled_from([{}, {"default": True}]),
}
TRACES = st.recursive(
    st.builds(Trace, **STEPS),
    lambda below: st.builds(Trace, **STEPS, children=st.lists(below, max_size=3).map(tuple)),
    max_leaves=8,
)


def changed_somewhere(draw: st.DrawFn, step: Trace) -> Trace:
    """The trace with a few of its steps changed, taken out or added."""
    children = [changed_somewhere(draw, child) for child in step.children if draw(st.integers(0, 9))]
    if not draw(st.integers(0, 5)):
        children.append(draw(TRACES))
    other = replace(step, children=tuple(children))
    return other if draw(st.integers(0, 3)) else replace(other, truth=draw(STEPS["truth"]), says=draw(STEPS["says"]))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Trace, Trace]:
    """Two traces that have much in common, as those of one provision have."""
    one = draw(TRACES)
    return one, changed_somewhere(draw, one)


def fact(says: str, name: str = "a", truth: bool | None = True) -> Trace:
    return Trace("fact", truth, says, name)


def step(*children: Trace, says: str = "s", kind: Kind = "concept", name: str = "c") -> Trace:
    return Trace(kind, True, says, name, children)


def shape(one: StepDifference) -> tuple[object, ...]:
    """A difference, whatever the order of what is below it."""
    own = tuple(None if each is None else repr(encode(each)) for each in (one.before, one.after))
    return (*own, tuple(sorted((shape(below) for below in one.below), key=repr)))


def swapped(one: StepDifference) -> StepDifference:
    return StepDifference(one.after, one.before, tuple(map(swapped, one.below)))


def walk(one: StepDifference) -> Iterator[StepDifference]:
    yield one
    for below in one.below:
        yield from walk(below)


def own(one: Trace) -> str:
    return repr(replace(one, children=()))


def removed_and_added(difference: StepDifference) -> tuple[Counter[str], Counter[str]]:
    """The steps, by themselves, that only one of the two traces has, as the difference tells."""
    lost, gained = Counter[str](), Counter[str]()
    for one in walk(difference):
        if one.before is not None and one.after is not None:
            if own(one.before) != own(one.after):
                lost[own(one.before)] += 1
                gained[own(one.after)] += 1
        else:
            into = lost if one.after is None else gained
            into.update(own(each) for each in one.step.walk())
    return lost, gained


@given(pairs())
@examples(quick=40, full=400)
def test_there_is_none_if_and_only_if_the_traces_are_equal(pair: tuple[Trace, Trace]) -> None:
    before, after = pair
    assert (trace_difference(before, after) is None) == (before == after)
    assert trace_difference(before, replace(before)) is None


@given(pairs())
@examples(quick=40, full=400)
def test_the_other_way_round_it_is_the_same(pair: tuple[Trace, Trace]) -> None:
    there, back = trace_difference(*pair), trace_difference(*pair[::-1])
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert shape(swapped(there)) == shape(back)
        assert there.of_substance == back.of_substance


@given(pairs())
@examples(quick=40, full=400)
def test_what_it_takes_away_and_adds_makes_one_trace_the_other(pair: tuple[Trace, Trace]) -> None:
    before, after = pair
    difference = trace_difference(before, after)
    if difference is not None:
        lost, gained = removed_and_added(difference)
        steps = Counter(own(one) for one in before.walk())
        assert not lost - steps, "it takes away what is not there"
        assert steps - lost + gained == Counter(own(one) for one in after.walk())


@given(pairs())
@examples(quick=40, full=400)
def test_nothing_is_shown_that_is_the_same_on_both_sides(pair: tuple[Trace, Trace]) -> None:
    difference = trace_difference(*pair)
    for one in () if difference is None else walk(difference):
        assert one.before != one.after


def test_unchanged_siblings_are_left_out() -> None:
    before = step(fact("armed", "a"), step(fact("sober", "b"), fact("rich", "d")), fact("free", "e"))
    after = step(fact("armed", "a"), step(fact("drunk", "b"), fact("rich", "d")), fact("free", "e"))
    difference = trace_difference(before, after)
    assert difference is not None
    (inner,) = difference.below
    (leaf,) = inner.below
    assert leaf == StepDifference(fact("sober", "b"), fact("drunk", "b"))
    assert not difference.says_otherwise
    assert difference.of_substance


def test_of_two_alike_those_are_matched_that_say_the_same() -> None:
    before = step(fact("after noon"), fact("before ten"))
    after = step(fact("before ten"), fact("after one"))
    difference = trace_difference(before, after)
    assert difference is not None
    assert difference.below == (StepDifference(fact("after noon"), fact("after one")),)


def test_what_is_gone_and_what_is_new_stand_side_by_side() -> None:
    before, after = step(fact("armed", "a")), step(fact("drunk", "b"))
    difference = trace_difference(before, after)
    assert difference is not None
    assert difference.below == (StepDifference(fact("armed", "a"), None), StepDifference(None, fact("drunk", "b")))
    assert encode(difference)["below"][0] == {
        "before": {"kind": "fact", "holds": "yes", "id": "a", "says": "armed"},
        "after": None,
    }


def test_another_order_of_the_same_steps_is_a_difference_without_substance() -> None:
    before, after = step(fact("armed", "a"), fact("drunk", "b")), step(fact("drunk", "b"), fact("armed", "a"))
    difference = trace_difference(before, after)
    assert difference == StepDifference(before, after)
    assert not difference.of_substance


def test_a_reading_chosen_that_was_the_default_is_a_difference_without_substance() -> None:
    before = Trace("reading", True, "arms matter", "arms", notes={"option": "carried", "default": True})
    after = replace(before, notes={"option": "carried", "default": False})
    difference = trace_difference(step(before), step(after))
    assert difference is not None
    assert not difference.of_substance
    assert encode(difference)["below"][0]["after"]["default"] is False


def test_records_go_by_the_numbers_that_they_had() -> None:
    now = Trace(
        "some",
        True,
        id="passes",
        children=(
            Trace("record", True, "pass 1", "passes[1]", (fact("from", "passes[1].from"), fact("armed", "armed"))),
        ),
    )
    numbers = RecordNumbers({"passes[1]": "passes[2]", "passes[2]": "passes[12]"})
    (record,) = numbers.trace(now).children
    assert (record.id, record.says) == ("passes[2]", "pass 2")
    assert [one.id for one in record.children] == ["passes[2].from", "armed"]
    assert numbers.groups([("passes[2].to", "arms"), ("other[1].to",)]) == (("passes[12].to", "arms"), ("other[1].to",))
    assert RecordNumbers({}).trace(now) is now
