"""Counting: at least so many of several conditions, or of the records of a list, without going through combinations."""

from collections.abc import Mapping
from itertools import product
from math import comb

import pytest

from lawmodel.reasoning.chaining.signed_literals import SignedLiterals
from lawmodel.reasoning.evaluation import NO_RECORD, Truth, meaning
from lawmodel.reasoning.formula import (
    TRUE,
    All,
    AtLeast,
    Domain,
    Field,
    Formula,
    Input,
    Not,
    OneOf,
    ResolvedQuestion,
    Rule,
    SomeRecord,
    Valuation,
    Value,
)
from lawmodel.reasoning.generated.gates import Circuit
from lawmodel.reasoning.generated.generated_evaluation import GeneratedEvaluation
from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers
from lawmodel.reasoning.open_cases.decision_diagram import DecisionDiagram
from lawmodel.reasoning.open_cases.grounding import ground_residual
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.solving.z3_encoding import Encoding

YES_NO = Domain("yes/no")
NAMES = tuple(f"fact.f{number}" for number in range(12))
FACTS = tuple(OneOf(Input(name), frozenset({True})) for name in NAMES)
FOUGHT = OneOf(Field("service", "fought"), frozenset({True}))
SERVICE = Domain("records", fields=(("fought", YES_NO), ("contract", YES_NO)))


def question(condition: Formula) -> ResolvedQuestion:
    domains = {**dict.fromkeys(NAMES, YES_NO), "service": SERVICE}
    return ResolvedQuestion("q", ("yes", "no"), (Rule("rule", condition, (("yes", TRUE),)),), domains, ())


def asked(condition: Formula, known: Mapping[str, Value]) -> CertainAnswers:
    return CertainAnswers(question(condition), valuation(known))


def valuation(known: Mapping[str, Value]) -> Valuation:
    return Valuation({**dict.fromkeys(NAMES), "service": None, **known}, {})


@pytest.mark.parametrize(
    ("known", "truth"),
    [
        ((True, True, None, None), True),
        ((True, False, False, None), None),
        ((False, False, False, None), False),
        ((None, None, None, None), None),
    ],
)
def test_what_is_known_settles_a_count_as_soon_as_it_can(known: tuple[Truth, ...], truth: Truth) -> None:
    values = dict(zip(NAMES, known, strict=False))
    assert meaning(AtLeast(2, FACTS[:4]))(values, NO_RECORD) is truth


def test_a_condition_that_stands_twice_is_counted_twice() -> None:
    twice = AtLeast(2, (FACTS[0], FACTS[0], FACTS[1]))
    assert asked(twice, {NAMES[1]: False}).turns_on() == ((NAMES[0],),)
    assert asked(twice, {NAMES[0]: True}).possible() == ("yes",)
    assert GeneratedEvaluation(question(twice)).supports({**dict.fromkeys(NAMES, False), NAMES[0]: True})["yes"]


def test_six_of_twelve_of_which_nothing_is_known_is_a_small_diagram() -> None:
    """There are 924 ways to choose six of twelve; a diagram goes through them by how many are still wanted."""
    diagram = DecisionDiagram(ground_residual(Residual(question(AtLeast(6, FACTS)), valuation({}))))
    assert diagram.reached() == {
        "yes": sum(comb(12, k) for k in range(6, 13)),
        "no": sum(comb(12, k) for k in range(6)),
    }
    assert len(diagram._nodes) == 6 * 7
    assert diagram._steps < 1000
    assert diagram.flips([NAMES[0]]) == 2 * comb(11, 5)


def test_no_engine_writes_combinations_out() -> None:
    """Each takes a few lines for each of twelve conditions, where there are 924 ways to choose six."""
    condition = AtLeast(6, FACTS)
    residual = Residual(question(condition), valuation({}))
    assert len(Encoding(residual, [residual.speaks["yes"]["rule"]]).text("", {}).splitlines()) < 30
    circuit = Circuit(question(condition).domains, complete=False)
    circuit.certainly(condition)
    assert len(circuit.gates) < 30
    literals = SignedLiterals({})
    found = literals.derives(condition, True), literals.derives(condition, False)
    seen, waiting = set[int](), list(found)
    while waiting:
        if (one := waiting.pop()) not in seen:
            seen.add(one)
            waiting += getattr(literals.shape(one), "parts", ())
    assert len(seen) < 200


def test_exactly_one_of_three_turns_on_each_of_them() -> None:
    exactly_one = All((AtLeast(1, FACTS[:3]), Not(AtLeast(2, FACTS[:3]))))
    assert asked(exactly_one, {}).turns_on() == tuple((name,) for name in NAMES[:3])
    assert asked(exactly_one, {NAMES[0]: True, NAMES[1]: True}).possible() == ("no",)


def records(*fought: bool | None) -> dict[str, Value]:
    return {"service": tuple({"fought": one, "contract": True} for one in fought)}


def test_records_are_counted_each_for_itself() -> None:
    twice = SomeRecord("service", FOUGHT, 2)
    assert asked(twice, records(True, True)).possible() == ("yes",)
    assert asked(twice, records(True, None)).possible() == ("yes", "no")
    assert asked(twice, records(True)).possible() == ("no",)
    witness = asked(twice, {}).witness("yes")["service"]
    assert isinstance(witness, tuple)
    assert [one["fought"] for one in witness].count(True) == 2


@pytest.mark.parametrize("listed", [0, 1, 2, 3])
def test_a_known_list_that_may_have_further_records_counts_both(listed: int) -> None:
    for least in (1, 2, 3):
        asks = question(SomeRecord("service", FOUGHT, least))
        residual = Residual(asks, valuation(records(*[True] * listed)), further_records=["service"])
        found = set(DecisionDiagram(ground_residual(residual)).reached())
        assert found == ({"yes"} if listed >= least else {"yes", "no"})


def test_every_circuit_counts_as_evaluation_does() -> None:
    asks = question(All((AtLeast(2, FACTS[:3]), Not(SomeRecord("service", FOUGHT, 2)))))
    generated = GeneratedEvaluation(asks)
    holds = meaning(asks.rules[0].applies)
    for truths in product((True, False, None), repeat=3):
        for fought in ((), (True,), (True, None), (True, True, False), (None, None)):
            values = valuation({**dict(zip(NAMES, truths, strict=False)), **records(*fought)}).values
            truth = holds(values, NO_RECORD)
            assert generated.supports(values)["yes"] == ({} if truth is False else {"rule": truth})


def test_two_counts_of_an_unknown_list_are_a_small_diagram() -> None:
    """From record to record only the numbers that are still wanted are remembered, not which records were like what."""
    contract = OneOf(Field("service", "contract"), frozenset({True}))
    both = All((SomeRecord("service", FOUGHT, 10), Not(SomeRecord("service", contract, 10))))
    diagram = DecisionDiagram(ground_residual(Residual(question(both), valuation({}))))
    assert set(diagram.reached()) == {"yes", "no"}
    assert len(diagram._nodes) < 60 * 10 * 10
    assert diagram.can_flip(diagram.spelled.inputs["service"])
