"""The smallest changes of choices, beside trying every set of changes."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from lawmodel.reasoning.comparing.choice_functions import ChoiceFunction, ChoiceSpace
from lawmodel.reasoning.comparing.smallest_changes import MOST_CHANGES, smallest_changes
from tests.sizes import examples

OPTIONS = {"a": ("one", "two"), "b": ("one", "two", "three"), "c": ("one", "two")}
CHOICES = [dict(zip(OPTIONS, choice, strict=True)) for choice in product(*OPTIONS.values())]


def join(one: Hashable, other: Hashable) -> Hashable:
    return one if one == other else "either"


def function_of(space: ChoiceSpace, values: list[str]) -> ChoiceFunction:
    found = space.always(values[0])
    for choice, value in zip(CHOICES, values, strict=True):
        within = space.within({name: (option,) for name, option in choice.items()})
        found = space.combined(within, found, lambda holds, old, value=value: value if holds is True else old)  # type: ignore[misc]
    return found


def value_at(values: list[str], at: Mapping[str, str | None]) -> Hashable:
    """The value where some inputs are open: what those of their options are together."""
    found = {
        value
        for choice, value in zip(CHOICES, values, strict=True)
        if all(at[name] in (None, option) for name, option in choice.items())
    }
    return found.pop() if len(found) == 1 else "either"


def every_set(taken: Mapping[str, str | None]) -> Iterator[dict[str, str]]:
    for size in range(len(OPTIONS) + 1):
        for names in combinations(OPTIONS, size):
            for options in product(*(OPTIONS[name] for name in names)):
                changes = dict(zip(names, options, strict=True))
                if all(taken[name] != option for name, option in changes.items()):
                    yield changes


@examples(quick=20, full=300)
@given(
    st.lists(st.sampled_from(["yes", "no"]), min_size=len(CHOICES), max_size=len(CHOICES)),
    st.fixed_dictionaries({name: st.sampled_from([*options, None]) for name, options in OPTIONS.items()}),
)
def test_they_are_those_that_are_found_by_trying(values: list[str], taken: dict[str, str | None]) -> None:
    space = ChoiceSpace(OPTIONS)
    found = smallest_changes(space, function_of(space, values), taken, lambda value: value == "yes", join)
    wanted: list[dict[str, str]] = []
    for changes in every_set(taken):
        smaller = any(one.items() <= changes.items() for one in wanted)
        if not smaller and value_at(values, {**taken, **changes}) == "yes":
            wanted.append(changes)
    assert sorted(map(str, found.sets)) == sorted(map(str, wanted))
    assert [len(one) for one in found.sets] == sorted(len(one) for one in found.sets)
    assert found.every


def test_larger_sets_than_are_looked_for_are_not_denied() -> None:
    names = [f"r{number}" for number in range(MOST_CHANGES + 1)]
    space = ChoiceSpace(dict.fromkeys(names, ("one", "two")))
    function = space.within(dict.fromkeys(names, ("two",)))
    taken = dict.fromkeys(names, "one")
    found = smallest_changes(space, function, taken, lambda value: value is True, lambda one, _: one)
    assert (found.sets, found.every) == ((), False)
    nothing = smallest_changes(space, space.always(value=False), taken, lambda value: value is True, lambda one, _: one)
    assert (nothing.sets, nothing.every) == ((), True)
