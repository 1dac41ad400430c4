"""Decision diagrams against brute force: what is reached, in how many situations, and what alone may change it."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import assume, given

from lawmodel.reasoning.evaluation import NO_RECORD, meaning
from lawmodel.reasoning.formula import (
    TRUE,
    All,
    Any,
    Domain,
    Fixed,
    Formula,
    Input,
    Not,
    OneOf,
    Ordered,
    Ordering,
    ResolvedQuestion,
    Rule,
    Same,
    Valuation,
)
from lawmodel.reasoning.open_cases.assumption import under
from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers
from lawmodel.reasoning.open_cases.decision_diagram import DecisionDiagram
from lawmodel.reasoning.open_cases.grounding import ground_residual, without_days_unread
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.open_cases.variable_blocks import TooManySituations
from tests.reasoning.brute_force import BruteForce, TooManyCompletions
from tests.reasoning.random_questions import RandomCase, cases, day_cases
from tests.sizes import examples

random_cases = examples(quick=15, full=80)
Signature = tuple[bool | None, ...]


def diagram_of(case: RandomCase) -> DecisionDiagram:
    try:
        return DecisionDiagram(ground_residual(Residual(case.question, case.valuation)))
    except TooManySituations:
        assume(condition=False)
        raise


class Situations:
    """The situations of a case, from all of its completions, and what is reached in each."""

    def __init__(self, case: RandomCase, diagram: DecisionDiagram) -> None:
        try:
            self.truth = BruteForce(case.question, case.valuation)
        except TooManyCompletions:
            assume(condition=False)
            raise
        atoms = [meaning(atom) for one in diagram.groups for atom in one.atoms]
        self.signatures: list[Signature] = []
        self.outcomes: dict[Signature, str] = {}
        for one in self.truth.completions:
            flat = dict(zip(self.truth.keys, one.open_values, strict=True))
            signature = tuple(holds(flat, NO_RECORD) for holds in atoms)
            self.signatures.append(signature)
            assert self.outcomes.setdefault(signature, one.outcome) == one.outcome

    def influence(self, key: str) -> int:
        place = self.truth.keys.index(key)
        together: dict[tuple[object, ...], list[int]] = {}
        for number, one in enumerate(self.truth.completions):
            rest = (*one.open_values[:place], *one.open_values[place + 1 :])
            together.setdefault(rest, []).append(number)
        flipped: set[Signature] = set()
        for numbers in together.values():
            if len({self.truth.completions[number].outcome for number in numbers}) > 1:
                flipped.update(self.signatures[number] for number in numbers)
        return len(flipped)


def lists_known(case: RandomCase) -> bool:
    return all(
        case.valuation.values[key] is not None
        for key, domain in case.question.domains.items()
        if domain.kind == "records"
    )


def check_counts(case: RandomCase) -> None:
    diagram = diagram_of(case)
    truth = Situations(case, diagram)
    assert diagram.total == len(truth.outcomes)
    assert diagram.reached() == Counter(truth.outcomes.values())
    for key in truth.truth.keys:
        parts = diagram.grounded.inputs.get(key, ())
        assert diagram.influence(parts) == truth.influence(key), key
        assert diagram.has_influence(parts) == bool(truth.influence(key)), key


@given(cases(completions=300))
@random_cases
def test_counts(case: RandomCase) -> None:
    assume(lists_known(case))
    check_counts(case)


@given(day_cases())
@random_cases
def test_counts_of_days_that_orderings_bind(case: RandomCase) -> None:
    check_counts(case)


@given(cases())
@random_cases
def test_the_diagram_and_the_solver_agree(case: RandomCase) -> None:
    diagram = diagram_of(case)
    flipping = {key for key, parts in diagram.grounded.inputs.items() if diagram.influence(parts)}
    with pytest.MonkeyPatch.context() as solver_alone:
        for asking in ("completions", "certain_answers"):
            solver_alone.setattr(f"lawmodel.reasoning.open_cases.{asking}.diagram_of", lambda *_: None)
        exact = CertainAnswers(case.question, case.valuation)
        assert set(diagram.reached()) == set(exact.possible())
        assert flipping == {group[0] for group in exact.turns_on() if len(group) == 1}


@given(day_cases())
def test_without_days_that_no_condition_reads_the_same_is_reached(case: RandomCase) -> None:
    grounded = ground_residual(Residual(case.question, case.valuation))
    fewer = without_days_unread(grounded)
    assert len(DecisionDiagram(fewer).groups) <= len(diagram_of(case).groups)
    assert set(DecisionDiagram(fewer).reached()) == set(diagram_of(case).reached())


def test_a_day_that_no_condition_reads_passes_its_orders_on() -> None:
    day = Domain("date")
    read = Ordered(Input("a"), Input("d"), strict=True)
    question = ResolvedQuestion(
        "question",
        ("yes", "no"),
        (Rule("rule", read, (("yes", TRUE),)),),
        dict.fromkeys("abcd", day),
        tuple(Ordering(*pair) for pair in ("db", "bc", "cb", "ca")),
    )
    grounded = ground_residual(Residual(question, Valuation(dict.fromkeys("abcd"), {})))
    assert set(without_days_unread(grounded).orderings) == {("d", "a")}
    assert set(DecisionDiagram(without_days_unread(grounded)).reached()) == {"no"}


def days(formula: Formula, **domains: Domain) -> DecisionDiagram:
    question = ResolvedQuestion("question", ("yes", "no"), (Rule("rule", formula, (("yes", TRUE),)),), domains, ())
    return DecisionDiagram(ground_residual(Residual(question, Valuation(dict.fromkeys(domains), {}))))


def test_a_gap_without_room_is_gone_through_day_by_day() -> None:
    """Between 100 and 102 lies one day: two open days that are both between are the same day."""
    date = Domain("date")
    inside = [Ordered(Fixed(100), Input(key), strict=True) for key in ("a", "b")]
    inside += [Ordered(Input(key), Fixed(102), strict=True) for key in ("a", "b")]
    diagram = days(All((*inside, Ordered(Input("a"), Input("b"), strict=True))), a=date, b=date)
    assert set(diagram.reached()) == {"no"}


def test_what_no_comparison_names_counts_once() -> None:
    state = Domain("choice", tuple(f"state-{number}" for number in range(200)))
    diagram = days(OneOf(Input("a"), frozenset({"state-7"})), a=state)
    assert diagram.reached() == {"yes": 1, "no": 1}
    alike = days(Same(Input("a"), Input("b")), a=state, b=state)
    assert alike.reached() == {"yes": 1, "no": 1}
    assert alike.influence(["a"]) == alike.total == 2


@pytest.mark.parametrize("names", list(permutations("abc")))
def test_situations_that_a_path_passes_over_are_counted(names: tuple[str, str, str]) -> None:
    """Where the first fact does not hold, the second is not looked at: both of its values lead to the third."""
    first, second, third = (OneOf(Input(name), frozenset({True})) for name in names)
    diagram = days(
        Any((All((first, second, third)), All((Not(first), third)))), **dict.fromkeys("abc", Domain("yes/no"))
    )
    assert [diagram.influence([name]) for name in names] == [2, 2, 6]


def test_too_many_orders_are_refused_by_name() -> None:
    keys = [f"day-{number}" for number in range(7)]
    formula = All(tuple(Ordered(Input(one), Input(other)) for one in keys for other in keys if one < other))
    with pytest.raises(TooManySituations) as refused:
        days(formula, **dict.fromkeys(keys, Domain("date")))
    assert set(refused.value.inputs) == set(keys)


@random_cases
@given(cases())
def test_what_reads_nothing_of_what_is_assumed_stays_as_it_is(case: RandomCase) -> None:
    grounded = ground_residual(Residual(case.question, case.valuation))
    for _, condition in grounded.deciding:
        # so a diagram may pass over the parts that do not read the inputs of a level
        assert under(grounded.pool, condition, {}, {}) is condition
