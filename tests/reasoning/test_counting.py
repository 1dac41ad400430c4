"""Counting: at least so many of several conditions, or of the records of a list, without going through combinations."""

from collections.abc import Iterable, Mapping
from itertools import product
from math import comb

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lawmodel.reasoning.answer_sets.program import answer_set_program
from lawmodel.reasoning.chaining.forward_chaining import KnownLiterals
from lawmodel.reasoning.chaining.signed_literals import Both, Either, SignedLiterals
from lawmodel.reasoning.chaining.writing import known_literals
from lawmodel.reasoning.evaluation import NO_RECORD, Evaluation, Truth, Values, meaning
from lawmodel.reasoning.formula import (
    FALSE,
    TRUE,
    All,
    Any,
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
from lawmodel.reasoning.open_cases.distinction import Distinction, SettledCase
from lawmodel.reasoning.open_cases.grounding import ground_residual
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.solving.finite_encoding import FiniteEncoding
from lawmodel.reasoning.solving.solver import Solver
from lawmodel.reasoning.solving.z3_encoding import Encoding, joined
from lawmodel.reasoning.whole_law.distinguishing_tests import _UnderEach
from tests.reasoning.answer_sets import consequences
from tests.reasoning.brute_force import BruteForce, TooManyCompletions
from tests.reasoning.random_questions import listed_records
from tests.sizes import examples

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
    assert diagram.influence([NAMES[0]]) == 2 * comb(11, 5)


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
    assert len(reached(literals, found)) < 200


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
    both = All((SomeRecord("service", FOUGHT, 6), Not(SomeRecord("service", contract, 6))))
    diagram = DecisionDiagram(ground_residual(Residual(question(both), valuation({}))))
    assert set(diagram.reached()) == {"yes", "no"}
    assert len(diagram._nodes) < 3 * 12 * 6 * 6
    assert diagram.has_influence(diagram.grounded.inputs["service"])


# --- every engine against going through all completions -----------------------------------------------


def counts(parts: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    several = st.lists(parts, min_size=3, max_size=4).map(tuple)
    return st.one_of(
        several.flatmap(lambda each: st.integers(1, len(each)).map(lambda least: AtLeast(least, each))),
        parts.map(Not),
    )


CONTRACT = OneOf(Field("service", "contract"), frozenset({True}))
of_record = st.recursive(st.sampled_from([FOUGHT, CONTRACT, FACTS[0]]), counts, max_leaves=4)
of_list = st.builds(SomeRecord, st.just("service"), of_record, st.integers(1, 3))
conditions = st.recursive(st.one_of(st.sampled_from(FACTS[:3]), of_list), counts, max_leaves=9)
known_records = st.lists(
    st.fixed_dictionaries({"fought": st.sampled_from([True, False, None]), "contract": st.booleans()}), max_size=3
).map(tuple)
given_values = st.fixed_dictionaries(
    {
        **{name: st.sampled_from([True, False, None, None]) for name in NAMES[:3]},
        "service": st.one_of(st.none(), known_records),
    }
)


@pytest.mark.parametrize("engine", ["diagram", "solver"])
@given(both=st.tuples(conditions, conditions), known=given_values)
@examples(quick=20, full=300)
def test_every_engine_counts_alike(engine: str, both: tuple[Formula, Formula], known: dict[str, Value]) -> None:
    domains = {**dict.fromkeys(NAMES[:3], YES_NO), "service": SERVICE}
    rules = tuple(Rule(name, one, ((name, TRUE),)) for name, one in zip(("strong", "weak"), both, strict=True))
    asks = ResolvedQuestion("q", ("strong", "weak", "none"), rules, domains, ())
    case = Valuation(known, {})
    try:
        truth = BruteForce(asks, case)
    except TooManyCompletions:
        assume(condition=False)
        raise
    with pytest.MonkeyPatch.context() as patch:
        if engine == "solver":
            for name in ("completions.diagram_of", "completions.reached_diagram", "certain_answers.diagram_of"):
                patch.setattr(f"lawmodel.reasoning.open_cases.{name}", lambda *_: None)
            patch.setattr("lawmodel.reasoning.open_cases.certain_answers.reached_diagram", lambda *_: None)
        answers = CertainAnswers(asks, case)
        assert answers.possible() == truth.possible()
        assert answers.turns_on() == truth.turns_on()
        if len(truth.possible()) == 1:
            answers.distinction()
    evaluation = Evaluation(asks)
    assert GeneratedEvaluation(asks).supports(known) == evaluation.supports(known)
    brave = consequences(answer_set_program(asks, case)).brave
    assert brave is not None
    assert brave["outcome"] == {(outcome,) for outcome in truth.possible()}
    chained = SignedLiterals({"service": None if known["service"] is None else len(listed_records(known["service"]))})
    for rule, found in evaluation.applies(known).items():
        formula = next(one.applies for one in rules if one.id == rule)
        signs = {sign: chained.derives(formula, sign) for sign in (True, False)}
        literals = set(KnownLiterals(*known_literals(chained, reached(chained, signs.values()))).of(known))
        assert {sign: derived(chained, one, literals) for sign, one in signs.items()} == {
            True: found is True,
            False: found is False,
        }


def reached(chained: SignedLiterals, expressions: Iterable[int]) -> set[int]:
    seen, waiting = set[int](), list(expressions)
    while waiting:
        if (one := waiting.pop()) not in seen:
            seen.add(one)
            waiting += getattr(chained.shape(one), "parts", ())
    return seen


def derived(chained: SignedLiterals, expression: int, held: set[int]) -> bool:
    match chained.shape(expression):
        case Both(parts):
            return all(derived(chained, part, held) for part in parts)
        case Either(parts):
            return any(derived(chained, part, held) for part in parts)
        case _:
            return expression in held


@given(conditions, st.fixed_dictionaries({"service": known_records, NAMES[0]: st.sampled_from([True, False, None])}))
@examples(quick=20, full=300)
def test_the_solver_means_by_a_count_what_evaluation_does(condition: Formula, known: dict[str, Value]) -> None:
    residual = Residual(question(condition), valuation(known))
    left = residual.speaks["yes"].get("rule", FALSE)
    for encoding in (Encoding(residual, [left]), FiniteEncoding(residual, [left])):
        solver = Solver(encoding.text("", {"holds": left}), finite=isinstance(encoding, FiniteEncoding))
        for number, choice in enumerate(product((True, False), repeat=len(encoding.inputs))):
            values = dict(zip(encoding.inputs, choice, strict=True))
            pins = joined("and", [encoding.has_value(key, value, "") for key, value in values.items()])
            solver.add(f"(declare-const p{number} Bool)(assert (=> p{number} {pins}))")
            truth = meaning(left)(values, NO_RECORD)
            assert truth is not None
            assert (solver.model(f"p{number}", "holds") is not None) is truth
            assert (solver.model(f"p{number}", "-holds") is not None) is not truth


@pytest.mark.parametrize(("least", "outcome"), [(2, "yes"), (3, "no")])
def test_both_have_to_be_known_of_which_one_half_always_holds(least: int, outcome: str) -> None:
    """Of two conditions and their contraries two hold, whatever they are; to see it one has to know both."""
    halves = AtLeast(least, (FACTS[0], Not(FACTS[0]), FACTS[1], Not(FACTS[1])))
    found = leaves(asked(halves, {}).distinction())
    assert [(leaf.outcome, depth) for leaf, depth in found] == [(outcome, 2)] * 4


def leaves(tree: Distinction, depth: int = 0) -> list[tuple[SettledCase, int]]:
    if isinstance(tree, SettledCase):
        return [(tree, depth)]
    return [leaf for branch in (tree.if_true, tree.if_false) if branch for leaf in leaves(branch, depth + 1)]


def test_an_unknown_list_has_room_for_the_most_that_is_counted() -> None:
    both = All((SomeRecord("service", FOUGHT, 3), SomeRecord("service", FOUGHT)))
    assert asked(both, {}).possible() == ("yes", "no")


def test_a_count_under_each_alteration_at_once() -> None:
    """As a case is looked for that tells laws apart: a bit for the law as written, and for each alteration."""
    first, second = (OneOf(Input("altered"), frozenset({name})) for name in ("first", "second"))
    under = _UnderEach("altered", ["first", "second"])
    values: Values = {NAMES[0]: True, NAMES[1]: False, **records(True, False)}
    assert under.holds(AtLeast(2, (first, FACTS[0], FACTS[1])))(values, NO_RECORD) == 0b010
    assert under.holds(SomeRecord("service", Any((FOUGHT, second)), 2))(values, NO_RECORD) == 0b100
