"""Formulas are walked in one way, however deep they are and however much they share."""

import sys
from collections.abc import Sequence
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.reasoning.evaluation import Values, meaning
from lawmodel.reasoning.formula import (
    FALSE,
    TRUE,
    All,
    Any,
    AtLeast,
    Atom,
    Choose,
    Constant,
    Field,
    Fixed,
    Formula,
    Input,
    Named,
    Not,
    OneOf,
    Ordered,
    Record,
    Same,
    SomeRecord,
    Spaced,
    children,
    constants,
    distinct,
    fold,
    free_lists,
    path_of,
    rebuild,
    terms,
)
from lawmodel.reasoning.open_cases.pool import Pool
from lawmodel.reasoning.rewrite import rewritten, subformulas
from lawmodel.time_spans import TimeSpan
from tests.sizes import examples

YES = OneOf(Input("yes"), frozenset({True}))
LATER = Ordered(Field("service", "from"), Fixed(7, "the day"), strict=True, about_right=True)
ALIKE = Same(Input("one"), Field("service", "two"))
APART = Spaced(Input("born"), Field("service", "from"), (TimeSpan(18, "year", "after"),), moves_left=True)
ONE_OF_EACH: Sequence[Formula] = (
    TRUE,
    All((YES, FALSE)),
    Any((YES, FALSE)),
    AtLeast(2, (YES, ALIKE, FALSE)),
    Not(YES),
    SomeRecord("service", LATER, 2),
    Choose("combat", (("wide", YES), ("narrow", FALSE)), of_date=True),
    Named("concept", "veteran", YES),
    YES,
    ALIKE,
    LATER,
    APART,
)
formulas = st.recursive(
    st.sampled_from([TRUE, FALSE, YES, ALIKE, LATER, APART]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: Any(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: AtLeast(2, tuple(parts))),
        inner.map(Not),
        inner.map(lambda part: SomeRecord("service", part, 2)),
        inner.map(lambda part: Named("concept", "veteran", part)),
        st.tuples(inner, inner).map(lambda two: Choose("combat", (("wide", two[0]), ("narrow", two[1])))),
    ),
)


def test_there_is_an_example_of_each_kind() -> None:
    assert {type(one) for one in ONE_OF_EACH} == {
        kind for member in get_args(Formula) for kind in (get_args(member) or (member,))
    }


@pytest.mark.parametrize("formula", ONE_OF_EACH, ids=lambda one: type(one).__name__)
def test_a_formula_rebuilt_of_its_own_parts_is_the_same(formula: Formula) -> None:
    again = rebuild(formula, children(formula))
    assert again == formula
    assert again.of_date if isinstance(again, Choose) else True


@pytest.mark.parametrize("formula", ONE_OF_EACH, ids=lambda one: type(one).__name__)
def test_other_parts_stand_where_the_old_ones_stood(formula: Formula) -> None:
    new = [Named("concept", str(number), TRUE) for number, _ in enumerate(children(formula))]
    assert children(rebuild(formula, new)) == tuple(new)
    with pytest.raises(ValueError, match=r"values|parts|longer|argument"):
        rebuild(formula, [*new, TRUE])


@examples(quick=5, full=60)
@given(formulas)
def test_what_is_rewritten_to_nothing_else_stays(formula: Formula) -> None:
    assert rewritten(formula, lambda _: None) == formula


@given(formulas)
def test_every_part_is_met_in_the_order_of_the_text(formula: Formula) -> None:
    def by_recursion(one: Formula) -> list[Formula]:
        return [one, *(inner for part in children(one) for inner in by_recursion(part))]

    assert list(subformulas(formula)) == by_recursion(formula)
    assert {id(one) for one in distinct([formula])} == {id(one) for one in by_recursion(formula)}


@given(formulas)
def test_a_fold_sees_each_object_once_and_its_parts_first(formula: Formula) -> None:
    seen: list[int] = []

    def depth(one: Formula, inner: Sequence[int]) -> int:
        assert all(id(part) in seen for part in children(one))
        assert id(one) not in seen
        seen.append(id(one))
        return 1 + max(inner, default=0)

    def by_recursion(one: Formula) -> int:
        return 1 + max(map(by_recursion, children(one)), default=0)

    assert fold(formula, depth) == by_recursion(formula)


def test_neither_depth_nor_sharing_is_a_matter_of_the_stack() -> None:
    formula: Formula = YES
    for _ in range(10 * sys.getrecursionlimit()):  # written out it has more parts than there are atoms in the world
        formula = Not(All((formula, formula)))
    assert fold(formula, lambda _, inner: 1 + max(inner, default=0)) == 20 * sys.getrecursionlimit() + 1
    assert sum(1 for _ in distinct([formula])) == 20 * sys.getrecursionlimit() + 1
    assert free_lists(formula) == frozenset()


def test_what_a_fold_knows_is_not_worked_out_again() -> None:
    known: dict[int, int] = {}
    asked: list[Formula] = []

    def count(one: Formula, inner: Sequence[int]) -> int:
        asked.append(one)
        return 1 + sum(inner)

    shared = Not(YES)
    assert fold(shared, count, known) == 2
    assert fold(All((shared, TRUE)), count, known) == 4
    assert len(asked) == 4


def test_a_list_is_free_where_nothing_gives_its_record() -> None:
    assert free_lists(Not(LATER)) == {"service"}
    assert free_lists(Choose("combat", (("wide", YES), ("narrow", ALIKE)))) == {"service"}
    assert free_lists(SomeRecord("service", LATER)) == free_lists(YES) == frozenset()


def test_what_a_comparison_compares_and_names() -> None:
    assert terms(YES) == (Input("yes"),)
    assert terms(LATER) == (Field("service", "from"), Fixed(7, "the day"))
    assert terms(APART) == (Input("born"), Field("service", "from"))
    assert [set(constants(one)) for one in (YES, LATER, ALIKE, APART)] == [{True}, {7}, set(), set()]
    assert [path_of(term) for term in terms(ALIKE) if not isinstance(term, Fixed)] == ["one", "service.two"]


@given(formulas)
def test_a_pool_rebuilds_to_the_same_meaning(formula: Formula) -> None:
    pool = Pool()
    record: Record = {"from": 7, "two": "a"}
    values: Values = {
        "yes": True,
        "one": "a",
        "born": None,
        "service": (record, {"from": 8, "two": None}),
        "reading:combat": None,
    }

    def pooled(one: Formula) -> Formula:
        return pool.rebuild(one, [pooled(part) for part in children(one)])

    made = pooled(formula)
    assert made is pooled(formula)
    assert not any(isinstance(one, Named) for one in distinct([made]))
    before, after = meaning(formula)(values, record), meaning(made)(values, record)
    assert before in (None, after)  # a pool settles what is the same on every side
    assert all(isinstance(one, Atom | Constant) or children(one) for one in distinct([made]))
