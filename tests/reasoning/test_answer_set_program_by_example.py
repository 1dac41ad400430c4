"""What an exported program has to hold, one thing at a time, as clingo answers it."""

from __future__ import annotations

from itertools import pairwise, product

import pytest

from lawmodel.reasoning.answer_sets.program import answer_set_program
from lawmodel.reasoning.answer_sets.remarks import Remarks
from lawmodel.reasoning.formula import (
    NO_DAY,
    TRUE,
    All,
    Any,
    Choose,
    Constant,
    Domain,
    Field,
    Fixed,
    Formula,
    Input,
    Named,
    Not,
    OneOf,
    Ordered,
    Ordering,
    ResolvedQuestion,
    Rule,
    Same,
    SomeRecord,
    Term,
    Valuation,
    Value,
)
from tests.reasoning.answer_sets import check, consequences


def ask(
    applies: Formula,
    domains: dict[str, Domain],
    values: dict[str, Value],
    orderings: tuple[Ordering, ...] = (),
    same_as: dict[str, str] | None = None,
) -> tuple[ResolvedQuestion, Valuation]:
    """A question with one provision, which speaks for yes."""
    rules = (Rule("the-rule", applies, (("yes", TRUE),)),)
    return ResolvedQuestion("question", ("yes", "no"), rules, domains, orderings), Valuation(values, same_as or {})


def outcomes(asked: tuple[ResolvedQuestion, Valuation]) -> set[str]:
    found = consequences(answer_set_program(*asked)).brave
    assert found is None or found["outcome"]
    check(*asked)
    return set() if found is None else {outcome for (outcome,) in found["outcome"]}


NUMBER, DAY, YES_NO = Domain("number"), Domain("date"), Domain("yes/no")


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("bound", [3, 2**31 - 1, 2**31, 10**15, 10**18 - 1])
def test_numbers_too_great_for_clingo(bound: int, strict: bool) -> None:
    at_most = Ordered(Input("sum"), Fixed(bound), strict, of_days=False)
    for sum_, expected in ((bound - 1, "yes"), (bound, "no" if strict else "yes"), (bound + 1, "no"), (0, "yes")):
        assert outcomes(ask(at_most, {"sum": NUMBER}, {"sum": sum_})) == {expected}
    assert outcomes(ask(at_most, {"sum": NUMBER}, {"sum": None})) == {"yes", "no"}
    between = All((at_most, Not(Ordered(Input("sum"), Fixed(bound - 2), of_days=False))))
    assert outcomes(ask(between, {"sum": NUMBER}, {"sum": None})) == {"yes", "no"}
    nothing = All((Ordered(Input("sum"), Fixed(bound), True, False), Ordered(Fixed(bound), Input("sum"), True, False)))
    assert outcomes(ask(nothing, {"sum": NUMBER}, {"sum": None})) == {"no"}


NASTY = ('a"b', "a\\", "x\ny", "%* a", '"). outcome("yes', "#script (python)", "ünï-§", "a; b", "version(2)", "R")


@pytest.mark.parametrize("name", NASTY)
def test_what_rulebooks_call_things_is_never_a_part_of_the_program(name: str) -> None:
    domain = Domain("choice", (name, "other"))
    formula = All((Named("concept", name, OneOf(Input(name), frozenset({name}))), Choose(name, ((name, TRUE),))))
    reading = {f"reading:{name}": Domain("choice", (name,))}
    asked = ask(formula, {name: domain, **reading}, {name: name, f"reading:{name}": name})
    assert outcomes(asked) == {"yes"}
    program = answer_set_program(*asked, remarks=Nasty())
    assert consequences(program).brave == consequences(answer_set_program(*asked)).brave


class Nasty(Remarks):
    """Remarks that would be rules, if they were read as such."""

    def heading(self) -> list[str]:
        return ['x\nground("heading").', "*% ground(1).", "\r\u2028ground(2)."]

    def of_law(self, kind: str, name: str) -> str:
        return '%*\nground("law"). outcome("law").\x00\x0b#show.'

    def of_input(self, key: str, field: str, value: object) -> str:
        return '"\n:- ground(P). *%'


def test_a_special_day_is_before_and_after_every_other_and_never_neither() -> None:
    domains = {"one": Domain("date", special=frozenset({NO_DAY, 0, 10_000_000})), "other": DAY}
    before = Ordered(Input("one"), Input("other"))
    after = Ordered(Input("other"), Input("one"))
    assert outcomes(ask(before, domains, {"one": 0, "other": 1})) == {"yes"}
    assert outcomes(ask(after, domains, {"one": 10_000_000, "other": 3_652_059})) == {"yes"}
    assert outcomes(ask(Any((before, after)), domains, {"one": NO_DAY, "other": None})) == {"no"}
    assert outcomes(ask(Any((before, after)), domains, {"one": None, "other": 5})) == {"yes", "no"}
    assert outcomes(ask(Not(Ordered(Fixed(NO_DAY), Input("other"))), domains, {"one": 5, "other": None})) == {"yes"}


@pytest.mark.parametrize(("first", "then"), [({10_000_000}, set()), (set(), {0}), ({NO_DAY}, set()), (set(), {NO_DAY})])
def test_a_special_day_breaks_no_order_of_days(first: set[int], then: set[int]) -> None:
    order = (Ordering("one", "other"),)
    broken = Not(Ordered(Input("one"), Input("other")))
    days = {"one": Domain("date", special=frozenset(first)), "other": Domain("date", special=frozenset(then))}
    assert outcomes(ask(broken, days, {"one": None, "other": None}, order)) == {"yes", "no"}
    assert outcomes(ask(broken, {"one": DAY, "other": DAY}, {"one": None, "other": None}, order)) == {"no"}


def test_days_that_the_law_does_not_read_may_contradict_what_is_known() -> None:
    domains = {"first": DAY, "then": DAY, "last": DAY, "flag": YES_NO}
    order = (Ordering("first", "then"), Ordering("then", "last"))
    flag = OneOf(Input("flag"), frozenset({True}))
    asked = ask(flag, domains, {"first": 100, "then": None, "last": 99, "flag": True}, order)
    assert outcomes(asked) == set()
    assert outcomes(ask(flag, domains, {"first": 100, "then": None, "last": 101, "flag": True}, order)) == {"yes"}


def test_each_of_several_conditions_on_an_unknown_list_has_its_record() -> None:
    fields = (("tint", Domain("choice", ("red", "green", "blue"))),)
    several = All(tuple(some(OneOf(Field("spell", "tint"), frozenset({tint}))) for tint in ("red", "green", "blue")))
    domains = {"spell": Domain("records", fields=fields)}
    assert outcomes(ask(several, domains, {"spell": None})) == {"yes", "no"}
    assert outcomes(ask(All((several, Not(some(Constant(True))))), domains, {"spell": None})) == {"no"}
    assert outcomes(ask(some(Constant(True)), domains, {"spell": ()})) == {"no"}


def some(such_that: Formula) -> Formula:
    return SomeRecord("spell", such_that)


def test_choices_that_no_comparison_names_can_all_differ() -> None:
    colours = Domain("choice", tuple(f"colour-{number}" for number in range(20)))
    keys = [f"part-{number}" for number in range(4)]
    differ = [Not(Same(Input(one), Input(other))) for one in keys for other in keys if one < other]
    named = [Not(OneOf(Input(key), frozenset({"colour-0", "colour-1"}))) for key in keys]
    asked = ask(All((*differ, *named)), dict.fromkeys(keys, colours), dict.fromkeys(keys))
    assert outcomes(asked) == {"yes", "no"}
    assert '"colour-19"' not in answer_set_program(*asked), "more choices than can be told apart"


def test_a_concept_tested_at_several_moments_has_a_name_for_each() -> None:
    body = [Ordered(Input("day"), Fixed(bound)) for bound in (100, 200)]
    early, late = (Named("concept", "done", one) for one in body)
    asked = ask(All((late, Not(early))), {"day": DAY}, {"day": 150})
    assert outcomes(asked) == {"yes"}
    assert 'holds(concept, "done", version(2)) :-' in answer_set_program(*asked)


def test_what_is_the_same_as_an_unknown_day_moves_with_it() -> None:
    domains = {"one": Domain("date", special=frozenset({NO_DAY})), "other": DAY}
    never = All((Not(Ordered(Input("one"), Input("other"))), Ordered(Fixed(1), Input("other"))))
    assert outcomes(ask(never, domains, {"one": None, "other": None}, same_as={"other": "one"})) == {"no"}
    assert outcomes(ask(never, domains, {"one": None, "other": None})) == {"yes", "no"}


@pytest.mark.parametrize(("known", "expected"), [(NO_DAY, {"yes"}), (100, {"no"}), (None, {"yes", "no"})])
def test_what_is_the_same_as_a_day_that_never_was_never_was(known: int | None, expected: set[str]) -> None:
    domains = {"one": Domain("date", special=frozenset({NO_DAY})), "other": DAY}
    never = OneOf(Input("other"), frozenset({NO_DAY}))
    assert outcomes(ask(never, domains, {"one": known, "other": known}, same_as={"other": "one"})) == expected


def test_a_record_fits_between_open_days_that_nothing_else_keeps_apart() -> None:
    fields = (("from", DAY), ("to", DAY))
    domains = {"spell": Domain("records", fields=fields), "early": DAY, "late": DAY}
    chain: list[Term] = [Input("early"), Field("spell", "from"), Field("spell", "to"), Input("late")]
    between = All(tuple(Ordered(one, other, strict=True) for one, other in pairwise(chain)))
    assert outcomes(ask(some(between), domains, {"spell": None, "early": None, "late": None})) == {"yes", "no"}


@pytest.mark.parametrize("value", [True, False])
def test_what_always_holds_is_denied_nowhere(value: bool) -> None:
    always, flag = Constant(value), OneOf(Input("flag"), frozenset({True}))
    opposite = "no" if value else "yes"
    for denied in (Not(always), Not(All((always,))), Not(Any((always,))), Not(Not(Not(always)))):
        assert outcomes(ask(denied, {"flag": YES_NO}, {"flag": True})) == {opposite}
        assert outcomes(ask(All((flag, denied)), {"flag": YES_NO}, {"flag": True})) == {opposite}
        assert outcomes(ask(Any((Not(flag), denied)), {"flag": YES_NO}, {"flag": True})) == {opposite}


def test_neither_is_each_not() -> None:
    flags = {"one": YES_NO, "other": YES_NO}
    neither = Not(Any(tuple(OneOf(Input(key), frozenset({True})) for key in flags)))
    for one, other in product((False, True), repeat=2):
        assert outcomes(ask(neither, dict(flags), {"one": one, "other": other})) == {"no" if one or other else "yes"}


def test_a_consequence_follows_where_its_provision_supports_the_outcome() -> None:
    flag = OneOf(Input("flag"), frozenset({True}))
    brings = (("fee", TRUE),)
    weak = Rule("weak", TRUE, (("weak", TRUE),), brings)
    rules = (Rule("strong", flag, (("strong", TRUE),)), weak, Rule("other", Not(flag), (), brings))
    question = ResolvedQuestion("question", ("strong", "weak", "none"), rules, {"flag": YES_NO}, ())
    followed = {True: set(), False: {("weak", "fee"), ("other", "fee")}}
    for value, expected in followed.items():
        found = consequences(answer_set_program(question, Valuation({"flag": value}, {}))).cautious
        assert found is not None
        assert found["brings"] == expected
