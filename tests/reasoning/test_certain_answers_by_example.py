"""The exact engine on cases that each show one thing."""

from __future__ import annotations

import gc
from dataclasses import replace

import pytest

from lawmodel.reasoning.formula import (
    NO_DAY,
    TRUE,
    All,
    Any,
    Choose,
    Domain,
    Field,
    Fixed,
    Formula,
    Input,
    Not,
    OneOf,
    Ordered,
    Ordering,
    Record,
    ResolvedQuestion,
    Rule,
    Same,
    SomeRecord,
    Valuation,
    Value,
)
from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers
from lawmodel.reasoning.open_cases.distinction import SettledCase, Split
from lawmodel.reasoning.solving import solver as solving
from tests.reasoning.random_questions import listed_records

STATUS = Domain("choice", ("foreign", "stateless", "citizen"))
DOMAINS = {
    "status": STATUS,
    "served": Domain("yes/no"),
    "fee": Domain("number"),
    "asked": Domain("date"),
    "heard": Domain("date"),
    "decided": Domain("date", special=frozenset({NO_DAY})),
    "stay": Domain("records", fields=(("lawful", Domain("yes/no")), ("until", Domain("date")))),
    "reading:scope": Domain("choice", ("wide", "narrow")),
}
ORDERINGS = (Ordering("asked", "heard"), Ordering("heard", "decided"))
KNOWN: dict[str, Value] = {
    "status": "foreign",
    "served": True,
    "fee": 5,
    "asked": 100,
    "heard": 100,
    "decided": 100,
    "stay": (),
    "reading:scope": "wide",
}
SERVED = OneOf(Input("served"), frozenset({True}))
FOREIGN = OneOf(Input("status"), frozenset({"foreign"}))


def question(*applies: Formula) -> ResolvedQuestion:
    rules = tuple(Rule(f"rule-{n}", formula, (("yes", TRUE),)) for n, formula in enumerate(applies, start=1))
    return ResolvedQuestion("toy", ("yes", "no"), rules, DOMAINS, ORDERINGS)


def case_with(**values: Value) -> Valuation:
    changed = {key.replace("scope", "reading:scope"): value for key, value in values.items()}
    return Valuation({**KNOWN, **changed}, {})


def test_known_values_need_no_solver() -> None:
    exact = CertainAnswers(question(SERVED), case_with())
    assert (exact.possible(), exact.turns_on()) == (("yes",), ())
    assert exact.distinction() == SettledCase("yes", ("rule-1",))


def test_open_condition_that_holds_either_way_is_certain() -> None:
    exact = CertainAnswers(question(FOREIGN, Not(FOREIGN)), case_with(status=None))
    assert exact.possible() == ("yes",)
    assert exact.turns_on() == ()
    assert exact.distinction() == Split(FOREIGN, None, SettledCase("yes", ("rule-1",)), SettledCase("yes", ("rule-2",)))


def test_whoever_distinguishes_cases_leaves_no_solver_to_the_garbage_collector() -> None:
    """Each holds some 18 MB, of which the collector does not know: hundreds of them would wait for it."""

    def asked() -> None:
        CertainAnswers(question(FOREIGN, Not(FOREIGN)), case_with(status=None)).distinction()

    asked()
    gc.collect()
    gc.disable()
    try:
        before = len(solving._held._held)
        for _ in range(4):
            asked()
        assert len(solving._held._held) <= before + 1
    finally:
        gc.enable()


def test_two_days_that_must_keep_their_order_turn_together() -> None:
    late = Ordered(Fixed(101), Input("heard"))
    exact = CertainAnswers(
        question(All((late, Ordered(Fixed(101), Input("asked"))))), case_with(asked=None, heard=None, decided=200)
    )
    assert exact.turns_on() == (("asked",),)
    both = Any((Ordered(Fixed(101), Input("asked")), Ordered(Input("heard"), Fixed(100))))
    exact = CertainAnswers(question(both), case_with(asked=None, heard=None, decided=200))
    assert exact.turns_on() == (("asked",), ("heard",))
    order_only = Ordered(Fixed(150), Input("asked"))
    narrow = All((Any((Not(order_only), Ordered(Fixed(180), Input("heard")))), order_only))
    exact = CertainAnswers(question(narrow), case_with(asked=None, heard=None, decided=200))
    assert exact.turns_on() == (("asked",), ("heard",))


def test_a_pair_moves_only_together() -> None:
    same_day = Same(Input("asked"), Input("heard"))
    first = All((same_day, Ordered(Input("asked"), Fixed(1))))
    exact = CertainAnswers(
        ResolvedQuestion(
            "toy",
            ("yes", "no", "neither"),
            (Rule("yes", first, (("yes", TRUE),)), Rule("no", All((same_day, Not(first))), (("no", TRUE),))),
            DOMAINS,
            (*ORDERINGS, Ordering("heard", "asked")),
        ),
        case_with(asked=None, heard=None, decided=200),
    )
    assert exact.possible() == ("yes", "no")
    assert exact.turns_on() == (("asked", "heard"),)


def test_known_days_that_contradict_an_ordering_leave_nothing_possible() -> None:
    exact = CertainAnswers(question(SERVED), case_with(asked=101, heard=100))
    assert exact.possible() == ()
    with pytest.raises(ValueError, match="no completion reaches"):
        exact.witness("yes")


def test_an_order_reaches_through_a_day_that_no_rule_reads() -> None:
    late = Ordered(Fixed(150), Input("asked"))
    exact = CertainAnswers(question(late), case_with(asked=None, heard=None, decided=120))
    assert exact.possible() == ("no",)
    # What never happened is in no order.
    exact = CertainAnswers(question(late), case_with(asked=None, heard=None, decided=None))
    assert exact.possible() == ("yes", "no")


def test_unknown_list_is_one_input_and_its_records_do_not_add_up() -> None:
    lawful = SomeRecord("stay", OneOf(Field("stay", "lawful"), frozenset({True})))
    long = SomeRecord("stay", Ordered(Fixed(300), Field("stay", "until")))
    both = SomeRecord("stay", All((lawful.such_that, long.such_that)))
    exact = CertainAnswers(question(All((lawful, long, Not(both)))), case_with(stay=None))
    assert exact.turns_on() == (("stay",),)
    assert len(listed_records(exact.witness("yes")["stay"])) == 2
    assert CertainAnswers(question(All((both, Not(long)))), case_with(stay=None)).possible() == ("no",)


def test_fields_of_known_records_are_inputs_of_their_own() -> None:
    stays: tuple[Record, ...] = ({"lawful": True, "until": 100}, {"lawful": None, "until": None})
    long = SomeRecord(
        "stay", All((OneOf(Field("stay", "lawful"), frozenset({True})), Ordered(Fixed(300), Field("stay", "until"))))
    )
    exact = CertainAnswers(question(long), case_with(stay=stays))
    assert exact.turns_on() == (("stay[2].lawful",), ("stay[2].until",))


def test_readings_and_presumed_facts_that_carry_the_outcome() -> None:
    scope = Choose("scope", (("wide", TRUE), ("narrow", FOREIGN)))
    soft = ("reading:scope", "served", "fee", "status")
    applies = question(All((scope, SERVED, Ordered(Input("fee"), Fixed(9)))))
    assert CertainAnswers(applies, case_with(), soft).rests_on() == ["fee", "served"]
    assert CertainAnswers(applies, case_with(status="citizen"), soft).rests_on() == ["fee", "reading:scope", "served"]


def test_what_an_open_outcome_rests_on() -> None:
    applies = question(All((SERVED, FOREIGN)))
    # Without service "yes" is lost; the fee is not read.
    assert CertainAnswers(applies, case_with(status=None), ("served", "fee")).rests_on() == ["served"]
    either = question(Any((FOREIGN, Not(SERVED))))
    assert CertainAnswers(either, case_with(status=None), ("served", "fee")).rests_on() == ["served"]


def test_an_assumed_fact_may_matter_only_together_with_an_open_one() -> None:
    cheap = Ordered(Input("fee"), Fixed(7), of_days=False)
    exact = CertainAnswers(question(Any((SERVED, cheap))), case_with(fee=None), ("served",))
    assert (exact.possible(), exact.rests_on()) == (("yes",), ["served"])


def test_an_input_that_is_the_same_as_another_moves_with_it() -> None:
    valuation = replace(case_with(asked=None, heard=None, decided=200), same_as={"heard": "asked"})
    apart = CertainAnswers(question(Ordered(Input("asked"), Input("heard"), strict=True)), valuation)
    assert apart.possible() == ("no",)
    late = CertainAnswers(question(Ordered(Fixed(150), Input("heard"))), valuation)
    assert late.turns_on() == (("asked",),)


def test_conditions_that_settle_nothing_are_not_distinguished() -> None:
    dear = Ordered(Fixed(7), Input("fee"), of_days=False)
    late = Ordered(Fixed(90), Input("heard"))
    exact = CertainAnswers(
        question(All((dear, late)), All((dear, SERVED)), FOREIGN, All((late, SERVED)), Not(FOREIGN)),
        case_with(status=None, fee=None, heard=None, decided=200, served=None),
    )
    assert exact.distinction() == Split(FOREIGN, None, SettledCase("yes", ("rule-3",)), SettledCase("yes", ("rule-5",)))


def test_cases_that_cannot_be_are_not_distinguished() -> None:
    early, late = Ordered(Input("asked"), Fixed(110)), Ordered(Fixed(90), Input("heard"))
    exact = CertainAnswers(question(early, late), case_with(asked=None, heard=None, decided=200))
    settled = SettledCase("yes", ("rule-2",))
    assert exact.distinction() == Split(early, None, SettledCase("yes", ("rule-1",)), Split(late, None, settled, None))


def test_a_list_cannot_be_soft() -> None:
    with pytest.raises(ValueError, match="stay: not an input with a value"):
        CertainAnswers(question(SERVED), case_with(), ("stay",)).rests_on()


def test_the_same_questions_have_the_same_answers() -> None:
    applies = question(All((FOREIGN, Ordered(Fixed(7), Input("fee")))), SERVED)
    one, other = (CertainAnswers(applies, case_with(status=None, fee=None, served=None)) for _ in range(2))
    assert one.witness("yes") == other.witness("yes")
    assert one.turns_on() == other.turns_on() == (("fee",), ("served",), ("status",))


def test_certain_outcome_is_asked_for() -> None:
    with pytest.raises(ValueError, match="not certain"):
        CertainAnswers(question(SERVED), case_with(served=None)).distinction()
