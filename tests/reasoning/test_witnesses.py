"""Instances and working values against brute force: they reach the outcome, and nothing can be spared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from hypothesis import assume, example, given

from lawmodel.reasoning.formula import (
    TRUE,
    All,
    Any,
    Domain,
    Input,
    OneOf,
    Record,
    ResolvedQuestion,
    Rule,
    Scalar,
    Valuation,
    Value,
    field_key,
)
from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers
from lawmodel.reasoning.open_cases.residual import further_key, record_key
from lawmodel.reasoning.reasons.correction_sets import CorrectionSets
from lawmodel.reasoning.reasons.minimal_sets import Subset
from lawmodel.reasoning.reasons.selectors import SelectorEncoding
from lawmodel.reasoning.reasons.what_if_check import WhatIfCheck
from lawmodel.reasoning.reasons.witness_builder import Witness, WitnessBuilder
from lawmodel.reasoning.reasons.witnesses import Witnesses
from tests.reasoning.everything_let_go import Alternative, Everything, TooManyCompletions, wide
from tests.reasoning.random_questions import listed_records
from tests.reasoning.small_questions import DAY, DOMAINS, FIELDS, LIST, OUTCOMES, Case, SmallQuestions, small_questions
from tests.sizes import examples

random_cases = examples(quick=15, full=30)


def everything(case: Case, bearing: set[str]) -> list[Alternative]:
    try:
        return Everything(*case, bearing).alternatives
    except TooManyCompletions:
        assume(condition=False)
        raise


def ways_to(selectors: SelectorEncoding, outcome: str) -> list[Subset]:
    return [
        one for of_size, _ in CorrectionSets(selectors, [selectors.reached(outcome)]).by_size(20, 3) for one in of_size
    ]


# --- all values of one input ---------------------------------------------------------------------------


@given(small_questions())
@random_cases
def test_all_values_of_one_input_with_which_an_outcome_is_certain(made: SmallQuestions) -> None:
    case = made.case()
    selectors = SelectorEncoding(*case)
    alternatives = everything(case, {*selectors.held, *selectors.open})
    assume(any(not one.differs for one in alternatives))
    for outcome in OUTCOMES:
        for way in ways_to(selectors, outcome):
            (key, *others) = selectors.keys(way) or ("", "")
            if others or key == further_key(LIST):
                continue
            certain = WhatIfCheck(*case, [key], outcome).working(key)
            for value in wide(domain_of(key)):
                reached = {one.outcome for one in alternatives if one.differs <= {key} and value_in(one, key) == value}
                assert (value in certain) is (reached == {outcome}), value


@given(small_questions())
@random_cases
def test_completions_found_before_change_nothing_of_what_is_found(made: SmallQuestions) -> None:
    case = made.case()
    base = CertainAnswers(*case)
    known = [base.witness(outcome) for outcome in base.possible()]
    for key in (key for key in DOMAINS if DOMAINS[key].kind != "records"):
        trial = WhatIfCheck(*case, [key], "")
        trial.remember(known)
        if key not in trial.completions.encoding.inputs:
            continue
        for outcome in OUTCOMES:
            alone, beside = WhatIfCheck(*case, [key], outcome), trial.of_outcome(outcome)
            assert beside.reaching(key) == alone.reaching(key)
            assert beside.working(key) == alone.working(key)


def domain_of(key: str) -> Domain:
    return FIELDS[key.rpartition(".")[2]] if "[" in key else DOMAINS[key]


def value_in(alternative: Alternative, key: str) -> Value:
    if "[" not in key:
        return alternative.values[key]
    number, _, field = key.partition("[")[2].partition("].")
    return listed_records(alternative.values[LIST])[int(number) - 1][field]


# --- instances -----------------------------------------------------------------------------------------


def seeded(seed: int) -> SmallQuestions:
    return SmallQuestions(Random(seed))  # noqa: S311 - the same each time


@given(small_questions())
@example(seeded(1320)).via("what bears on nothing kept no bounds")
@example(seeded(36)).via("something was asked of a record that need not be there")
@random_cases
def test_instances_reach_the_outcome_and_nothing_found_can_be_spared(made: SmallQuestions) -> None:
    question, valuation = made.case()
    selectors = SelectorEncoding(question, valuation, removable=True)
    assume(any(not one.differs for one in everything((question, valuation), set(selectors.open))))
    tried = 0
    for outcome in OUTCOMES:
        instances = Witnesses(selectors, valuation, outcome, simple)
        for way in ways_to(selectors, outcome):
            for _, instance in instances.of_each_provision(way):
                check_changes(selectors, way, instance, valuation)
                check_findings((question, valuation), instance, outcome)
                tried += 1
    assume(tried)


def simple(key: str, value: Scalar) -> tuple[int, int]:
    """Days near those that are tried: where one is changed to a day of its own, others still have room around it."""
    if isinstance(value, str):
        return (1, len(value))
    return (0, abs(value - DAY) if domain_of(key).kind == "date" else value)


def check_changes(selectors: SelectorEncoding, way: Subset, instance: Witness, valuation: Valuation) -> None:
    """What is changed is what was let go, and has other values."""
    keys = set(selectors.keys(way))
    assert set(instance.changed) == keys - {further_key(LIST)}
    assert bool(instance.added) is (further_key(LIST) in keys)
    for key, value in instance.changed.items():
        assert value != selectors.values[key]
    assert all(number_of(key) > len(listed_records(valuation.values[LIST])) for key in instance.added)


def number_of(key: str) -> int:
    return int(key.partition("[")[2].partition("]")[0])


def check_findings(case: Case, instance: Witness, outcome: str) -> None:
    assert outcomes_under(case, instance) == {outcome}
    for key, value in instance.changed.items() if instance.working else ():
        assert value in instance.working
        for other in wide(domain_of(key)):
            under = outcomes_under(case, replace(instance, changed={key: other}), possibly_none=True)
            assert (other in instance.working) is (under == {outcome}), other
    for key in instance.found:
        found = {name: value for name, value in instance.found.items() if name != key}
        if key.endswith("]"):  # without the record nothing is found of it
            found = {name: value for name, value in found.items() if not name.startswith(f"{key}.")}
        assert outcomes_under(case, replace(instance, found=found)) != {outcome}, key
    for key in instance.complete:
        fewer = tuple(one for one in instance.complete if one != key)
        assert outcomes_under(case, replace(instance, complete=fewer)) != {outcome}, key
    for name, record in instance.added.items():
        for key in record:
            matters = {one: value for one, value in record.items() if one != key}
            spared = replace(instance, added={**instance.added, name: matters})
            assert outcomes_under(case, spared) != {outcome}, key


def outcomes_under(case: Case, instance: Witness, *, possibly_none: bool = False) -> set[str]:
    """The outcomes of everything that agrees with the case, but for the changes, and with what is found."""
    question, valuation = case
    supposed = suppose(question, valuation, instance)
    selectors = SelectorEncoding(question, supposed)
    more = further_key(LIST)
    unknown = valuation.values[LIST] is None and LIST not in instance.complete
    bearing = {*selectors.open, *([more] if unknown else [])}
    found = [one for one in everything((question, supposed), bearing) if one.differs <= ({more} if unknown else set())]
    assert found or possibly_none, "something agrees with it"
    return {one.outcome for one in found}


def suppose(question: ResolvedQuestion, valuation: Valuation, instance: Witness) -> Valuation:
    """The case with the changes carried out, and what is found known."""
    known = {**instance.changed, **instance.found}
    values: dict[str, Value] = {}
    for key, value in valuation.values.items():
        own = valuation.same_as.get(key, key)
        values[key] = known.get(own, value) if key != LIST else value
    records: list[Record] = []
    bounds = {key: one for key, one in valuation.bounds.items() if "[" not in key}
    for number, record in enumerate(listed_records(values[LIST]), start=1):
        if known.get(record_key(LIST, number), True):
            records.append({name: known.get(field_key(LIST, number, name), own) for name, own in record.items()})
            for name in record:
                if (one := valuation.bounds.get(field_key(LIST, number, name))) is not None:
                    bounds[field_key(LIST, len(records), name)] = one
    added = dict(instance.added)
    for key in instance.found:
        if key.endswith("]") and number_of(key) > len(listed_records(values[LIST])):
            added[key] = {name: value for name, value in instance.found.items() if name.startswith(f"{key}.")}
    for key, fields in added.items():
        records.append({name: fields.get(f"{key}.{name}") for name in FIELDS})
    if valuation.values[LIST] is not None or added or LIST in instance.complete:
        values[LIST] = tuple(records)
    return Valuation(values, valuation.same_as, bounds)


def test_better_values_may_spare_a_finding() -> None:
    """Both flags are needed unless the colour is blue; where that is preferred, it is enough."""
    blue = OneOf(Input("colour.one"), frozenset({"blue"}))
    not_red = OneOf(Input("colour.one"), frozenset({"blue", "green"}))
    flags = [OneOf(Input(key), frozenset({True})) for key in ("flag.one", "flag.two")]
    rules = (Rule("rule", All((not_red, Any((blue, All(tuple(flags)))))), (("strong", TRUE),)),)
    question = ResolvedQuestion("question", OUTCOMES, rules, DOMAINS, ())
    valuation = Valuation(dict.fromkeys(DOMAINS), {})
    found = {}
    for colour in ("green", "blue"):
        instances = Witnesses(SelectorEncoding(question, valuation), valuation, "strong", preferring(colour))
        values: dict[str, Value] = {"colour.one": "green", "flag.one": True, "flag.two": True}
        found[colour] = (
            WitnessBuilder(instances.wanted, (), {**dict.fromkeys(DOMAINS), LIST: (), **values}).instance().found
        )
    assert found["green"] == {"colour.one": "green", "flag.one": True, "flag.two": True}
    assert found["blue"] == {"colour.one": "blue"}


def preferring(colour: str) -> Callable[[str, Scalar], tuple[int, int]]:
    return lambda key, value: (0, 0) if value == colour else (1, 0)
