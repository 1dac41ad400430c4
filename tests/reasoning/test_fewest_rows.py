"""Functions of several choices in the fewest rows, and told from where one stands: against brute force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.reasoning.comparing import fewest_rows as bounds
from lawmodel.reasoning.comparing.choice_functions import ChoiceFunction, ChoiceSpace
from lawmodel.reasoning.comparing.default_with_exceptions import ValueBlocks, default_with_exceptions
from lawmodel.reasoning.comparing.fewest_rows import cover, fewest_rows
from tests.sizes import examples

OPTIONS = {"first": ("a", "b"), "second": ("k", "l", "m"), "third": ("x", "y")}
Choice = Mapping[str, str]
Cube = Mapping[str, tuple[str, ...]]


def choices(options: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    return [dict(zip(options, one, strict=True)) for one in product(*options.values())]


def function(space: ChoiceSpace, table: Sequence[object]) -> ChoiceFunction:
    found = space.always(None)
    for choice, value in zip(choices(space.options), table, strict=True):
        block = {name: (option,) for name, option in choice.items()}
        found = space.combined(found, space.within(block), lambda one, inside, v=value: v if inside is True else one)  # type: ignore[misc]
    return found


def tables(values: int) -> st.SearchStrategy[list[int]]:
    size = len(choices(OPTIONS))
    return st.lists(st.integers(0, values - 1), min_size=size, max_size=size)


def subsets(options: Sequence[str]) -> list[tuple[str, ...]]:
    return list(chain.from_iterable(combinations(options, size) for size in range(1, len(options) + 1)))


def cubes() -> list[Cube]:
    return [dict(zip(OPTIONS, one, strict=True)) for one in product(*map(subsets, OPTIONS.values()))]


def holds(cube: Cube, choice: Choice) -> bool:
    return all(choice[name] in options for name, options in cube.items())


def named(cube: Cube) -> int:
    return sum(len(options) < len(OPTIONS[name]) for name, options in cube.items())


def least(wanted: Sequence[Choice], excluded: Sequence[Choice]) -> tuple[int, int]:
    """How many rows must be, and how many inputs they must name, by trying all sets of rows."""
    if not wanted:
        return 0, 0
    usable = [cube for cube in cubes() if not any(holds(cube, one) for one in excluded)]
    held = {frozenset(n for n, one in enumerate(wanted) if holds(cube, one)) for cube in usable}
    cheapest = {
        group: min(
            named(cube) for cube in usable if group == frozenset(n for n, one in enumerate(wanted) if holds(cube, one))
        )
        for group in held
    }
    for size in range(1, len(wanted) + 1):
        found = [
            sum(cheapest[group] for group in groups)
            for groups in combinations(cheapest, size)
            if len(frozenset().union(*groups)) == len(wanted)
        ]
        if found:
            return size, min(found)
    raise AssertionError("single choices are rows")


# --- functions ---------------------------------------------------------------------------------------


@given(tables(3), tables(2), st.sampled_from([{}, {"second": "l"}, {"first": "b", "third": "x"}]))
def test_functions_are_what_they_are_made_of(one: list[int], other: list[int], chosen: dict[str, str]) -> None:
    space = ChoiceSpace(OPTIONS)
    first, second = function(space, one), function(space, other)
    assert function(space, one) is first
    both = space.combined(first, second, lambda a, b: (a, b))
    fixed = space.fixed(first, chosen)
    for choice, a, b in zip(choices(OPTIONS), one, other, strict=True):
        assert space.value(first, choice) == a
        assert space.value(both, choice) == (a, b)
        assert space.value(fixed, choice) == space.value(first, {**choice, **chosen})
    assert set(space.values(first)) == set(one)
    blocks = list(space.blocks(first))
    for choice, a in zip(choices(OPTIONS), one, strict=True):
        assert [value for block, value in blocks if holds(block, choice)] == [a]


@given(tables(2))
def test_an_input_matters_if_changing_it_alone_can_change_the_value(table: list[int]) -> None:
    space = ChoiceSpace(OPTIONS)
    values = {tuple(choice.values()): value for choice, value in zip(choices(OPTIONS), table, strict=True)}
    expected = tuple(
        name
        for place, name in enumerate(OPTIONS)
        if any(
            values[*one[:place], option, *one[place + 1 :]] != value
            for one, value in values.items()
            for option in OPTIONS[name]
        )
    )
    assert space.matters(function(space, table)) == expected


@given(tables(3))
def test_a_function_by_option_may_look_at_inputs_in_any_order(table: list[int]) -> None:
    space = ChoiceSpace(OPTIONS)
    wanted = function(space, table)
    parts = [space.fixed(wanted, {"third": option}) for option in OPTIONS["third"]]
    assert space.by_option("third", parts) is wanted


# --- rows --------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(["on", "off", "either"]), min_size=12, max_size=12))
@examples(quick=25, full=80)
def test_a_cover_is_right_and_the_least(table: list[str]) -> None:
    space = ChoiceSpace(OPTIONS)
    on = function(space, [one == "on" for one in table])
    off = function(space, [one == "off" for one in table])
    found = cover(space, on, off)
    for choice, what in zip(choices(OPTIONS), table, strict=True):
        held = any(holds(block, choice) for block in found.blocks)
        assert held or what != "on"
        assert not held or what != "off"
    assert found.fewest
    sides = [[one for one, what in zip(choices(OPTIONS), table, strict=True) if what == side] for side in ("on", "off")]
    assert found.weight == least(*sides)


@given(tables(3), st.integers(0, 2))
@examples(quick=15, full=40)
def test_the_fewest_rows_tell_a_function(table: list[int], keep: int) -> None:
    space = ChoiceSpace(OPTIONS)
    found = fewest_rows(space, function(space, table), keep)
    for choice, value in zip(choices(OPTIONS), table, strict=True):
        for other, one in found.covers.items():
            assert any(holds(block, choice) for block in one.blocks) == (other == value)
    alone = {}
    for value in set(table):
        wanted = [one for one, other in zip(choices(OPTIONS), table, strict=True) if other == value]
        rest = [one for one, other in zip(choices(OPTIONS), table, strict=True) if other != value]
        alone[value] = least(wanted, rest)[0]
    assert found.shown == min([sum(alone.values()), *(sum(alone.values()) - one + 1 for one in alone.values())])
    assert found.fewest
    if found.otherwise == keep:  # only where leaving another one to the rest would cost a row
        assert all(alone[value] < alone[keep] for value in alone if value != keep)


def test_what_is_told_is_told_in_the_words_of_a_lawyer() -> None:
    """The least of the rows, on an example that one can check by hand."""
    space = ChoiceSpace(OPTIONS)
    refused = space.within({"first": ("a",), "second": ("k", "m")})
    found = fewest_rows(space, refused, keep=True)
    assert found.covers[True].blocks == ({"first": ("a",), "second": ("k", "m")},)
    assert found.covers[False].blocks == ({"first": ("b",)}, {"second": ("l",)})
    assert (found.otherwise, found.shown) == (False, 2)


@pytest.mark.parametrize(("bound", "value"), [("MOST_CHOICES", 1), ("MOST_PRIMES", 1), ("MOST_WORK", -1)])
def test_beyond_its_bounds_a_cover_is_right_and_says_that_it_may_not_be_the_least(
    bound: str, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, bound, value)
    space = ChoiceSpace(OPTIONS)
    table = [0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0]
    found = fewest_rows(space, function(space, table))
    assert not found.fewest
    for choice, wanted in zip(choices(OPTIONS), table, strict=True):
        for other, one in found.covers.items():
            assert any(holds(block, choice) for block in one.blocks) == (other == wanted)


def test_many_inputs_that_all_matter_are_told_all_the_same() -> None:
    """Whether an odd number of eight inputs has its first option: nothing can be said shortly, and no row spared."""
    space = ChoiceSpace({f"input-{number}": ("a", "b") for number in range(8)})
    odd = space.always(value=False)
    for name in space.names:
        odd = space.combined(odd, space.within({name: ("a",)}), lambda one, other: one != other)
    found = fewest_rows(space, odd)
    assert (found.shown, found.fewest) == (2**7 + 1, True)


# --- from where one stands ---------------------------------------------------------------------------


def read(clauses: ValueBlocks, choice: Choice) -> Iterator[object]:
    return (value for value, one in clauses if any(holds(block, choice) for block in one.blocks))


@given(tables(4), st.sampled_from([{"first": "a", "second": "l", "third": "x"}, {"second": "k"}, {}]))
def test_the_first_exception_that_is_true_holds_and_else_the_default(table: list[int], taken: dict[str, str]) -> None:
    space = ChoiceSpace(OPTIONS)
    told = default_with_exceptions(space, function(space, table), taken, lambda values: sorted(values, key=str))
    for choice, value in zip(choices(OPTIONS), table, strict=True):
        standing = list(read(told.default, choice))
        assert len(standing) == 1
        assert next(read(told.exceptions, choice), standing[0]) == value
        if all(choice[name] == option for name, option in taken.items()):
            assert standing == [value]
    for _, one in told.default:
        assert not any(name in taken for block in one.blocks for name in block)
