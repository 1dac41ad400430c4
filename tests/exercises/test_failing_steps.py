"""On how much a provision fails: the fewest conditions that would have to be otherwise."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from lawmodel.exercises.failing_steps import failing_facts, fails_on
from lawmodel.reasoning.trace import HoldingCount, Trace
from tests.sizes import examples

MOST_FACTS = 6


def holds(step: Trace, otherwise: frozenset[str]) -> bool:
    """Whether a step holds if these facts are not as they are."""
    if step.kind == "fact":
        return (step.truth is True) is not (step.id in otherwise)
    held = [holds(child, otherwise) for child in step.children]
    if step.count is not None:
        return sum(held) >= step.count.bound
    return any(held) if step.kind in ("any", "some") else all(held)


@st.composite
def steps(draw: st.DrawFn, most: int = MOST_FACTS, deep: int = 3) -> tuple[Trace, int]:
    """A step over at most so many facts, each of which stands in it once, and how many of them are in it."""
    kind = draw(
        st.sampled_from(["fact"] if deep == 0 or most == 1 else ["fact", "all", "any", "some", "record", "count"])
    )
    if kind == "fact":
        return Trace("fact", draw(st.booleans()), id="fact"), 1
    children, used = [], 0
    for _ in range(draw(st.integers(1, 3))):
        if used < most:
            child, number = draw(steps(most - used, deep - 1))
            children.append(child)
            used += number
    step = Trace(kind, None, children=tuple(children))  # type: ignore[arg-type]
    if kind == "count":
        step.count = HoldingCount("at least", draw(st.integers(1, len(children))), 0, 0, len(children))
    return step, used


def settled(step: Trace) -> Trace:
    """The step with its facts named apart, and with what holds of it and of its parts."""
    for number, fact in enumerate(one for one in step.walk() if one.kind == "fact"):
        fact.id = f"fact-{number}"
    for one in step.walk():
        if one.kind != "fact":
            one.truth = holds(one, frozenset())
        if one.count is not None:
            one.count.hold = sum(holds(child, frozenset()) for child in one.children)
    return step


@given(drawn=steps())
@examples(quick=60, full=600)
def test_it_fails_on_as_many_conditions_as_would_have_to_be_otherwise(drawn: tuple[Trace, int]) -> None:
    step = settled(drawn[0])
    facts = [str(one.id) for one in step.walk() if one.kind == "fact"]
    fewest = next(
        number
        for number in range(len(facts) + 1)
        for changed in combinations(facts, number)
        if holds(step, frozenset(changed))
    )
    assert fails_on(step) == fewest


def test_what_fails_beside_what_holds_does_not_count() -> None:
    """Of two alternatives one holds: what the other one lacks keeps nothing from applying."""
    either = Trace("any", True, children=(Trace("fact", True, id="in-force"), Trace("fact", False, id="not-asked")))
    step = Trace("provision", False, children=(either, Trace("fact", False, id="fought")))
    assert fails_on(step) == 1
    assert failing_facts(step) == ["fought"]
