"""Properties of the law: what is proved no case contradicts, and what is refuted the case that is shown contradicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.case.valuation import value_case
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import decider
from lawmodel.inquiry.expectations import unmet
from lawmodel.inquiry.searching.found import SideAnswer
from lawmodel.inquiry.searching.prove import prove
from lawmodel.inquiry.searching.proved import SECOND
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.evaluation import meaning
from lawmodel.reasoning.resolve import resolve_condition
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Property, Rulebook
from tests.random_conditions import Conditions
from tests.random_rulebooks import OUTCOMES, QUESTION, READINGS, RandomLaw, random_laws
from tests.reasoning.brute_force import BruteForce, TooManyCompletions
from tests.sizes import examples, one_in

RULES = load_rulebook("rules")
CHANGES: list[dict[str, Any]] = [
    {"facts": ["goods.colour"]},
    {"facts": ["order.placed", "shop.open"]},
    {"facts": ["visits"]},
    {"facts": ["visits.made", "visits.colour"]},
    {"to": {"shop.staffed": "yes"}},
    {"one_more": "visits"},
    {"readings": {"strictness": "lax"}},
    {"stage": "passed"},
]


@st.composite
def laws_with_a_property(draw: st.DrawFn) -> RandomLaw:
    law = draw(random_laws())
    provisions = [one["id"] for one in law.sections["provisions"]]
    stated: dict[str, Any] = {"id": "claimed", "says": "So it is.", "question": QUESTION, "holds": "yes"}
    if draw(st.booleans()):
        stated["given"] = Conditions(True, moment=False).atom(draw)
    if draw(st.booleans()):
        stated["readings"] = {"strictness": draw(st.sampled_from(READINGS["strictness"]))}
    stated["by_default"] = draw(st.sampled_from(["yes", "no"]))
    if draw(st.booleans()):
        stated["changed"] = draw(st.sampled_from(CHANGES))
        compared = ["same_outcome", "same_answer", "no_weaker", "no_stronger"]
        stated["claims"] = {"compared": draw(st.sampled_from(compared))}
    else:
        key = draw(st.sampled_from(["always", "never", "ground", "no_ground"]))
        named = provisions if key.endswith("ground") else list(OUTCOMES)
        stated["claims"] = {key: draw(st.lists(st.sampled_from(named), min_size=1, max_size=2, unique=True))}
    return law.with_sections(properties=[stated])


def rulebook_of(law: RandomLaw) -> Rulebook:
    """The rulebook; one whose property has a key that does nothing is passed over."""
    try:
        return law.rulebook()
    except ProblemsFound as found:
        if all("does nothing" in problem.message for problem in found.problems):
            assume(condition=False)
        raise


def contradicts(rulebook: Rulebook, stated: Property, seen: tuple[tuple[str, frozenset[str]], ...]) -> bool:
    """Whether these outcomes with their grounds contradict what is claimed."""
    claims, order = stated.claims, [one.id for one in rulebook.questions[stated.question].outcomes]
    outcome, grounds = seen[0]
    if claims.compared is None:
        return (
            (bool(claims.always) and outcome not in claims.always)
            or outcome in claims.never
            or not set(claims.ground) <= grounds
            or bool(set(claims.no_ground) & grounds)
        )
    other = seen[1]
    step = order.index(other[0]) - order.index(outcome)
    return {
        "same_outcome": step != 0,
        "same_answer": other != seen[0],
        "no_weaker": step > 0,
        "no_stronger": step < 0,
    }[claims.compared]


def gist(seen: SideAnswer) -> tuple[str, frozenset[str]]:
    assert seen.answer.outcome is not None
    assert all(ground.in_every_case for ground in seen.answer.grounds)
    return seen.answer.outcome, frozenset(ground.id for ground in seen.answer.grounds)


@examples(quick=8, full=60)
@given(laws_with_a_property())
def test_the_case_that_refutes_contradicts(law: RandomLaw) -> None:
    rulebook = rulebook_of(law)
    stated = rulebook.properties["claimed"]
    found = prove(rulebook, stated).refutation
    if found is None:
        return
    assert contradicts(rulebook, stated, tuple(gist(one) for one in found.seen))
    cases = parse_cases(rulebook, found.to_yaml())
    assert [case.variant for case in cases] == ([None] if found.second is None else [None, SECOND])
    assert [problem for case in cases for problem in unmet(rulebook, case, forward_chaining=False)] == []
    if stated.given is not None:
        readings = {**found.seen[0].readings, **stated.readings}
        values = value_case(rulebook, cases[0], readings, stated.on).valuation.values
        assert meaning(resolve_condition(rulebook, stated.given))(values, {}) is True


@examples(quick=8, full=60)
@given(laws_with_a_property(), st.sampled_from(READINGS["strictness"]), st.sampled_from(READINGS["moment"]))
def test_no_case_contradicts_what_is_proved(law: RandomLaw, strictness: str, moment: str) -> None:
    rulebook = rulebook_of(law)
    stated = rulebook.properties["claimed"]
    if stated.changed is not None and (stated.changed.facts or stated.changed.one_more or stated.changed.to):
        return  # of two cases: `tests/reasoning/test_second_copy.py`, and the test above
    if prove(rulebook, stated).refutation is not None:
        return
    readings = {"strictness": strictness, "moment": moment}
    if stated.by_default:
        readings = {name: rulebook.readings[name].default or option for name, option in readings.items()}
    try:
        case = law.case(rulebook)
    except ProblemsFound:  # its days contradict each other
        assume(condition=False)
        raise
    for values in completions(rulebook, case, {**readings, **stated.readings}):
        if stated.given is not None and meaning(resolve_condition(rulebook, stated.given))(values, {}) is not True:
            continue
        sides = [answer(rulebook, stated, values, None)]
        if stated.changed is not None:
            changed = {f"reading:{name}": option for name, option in stated.changed.readings.items()}
            sides.append(answer(rulebook, stated, {**values, **changed}, stated.changed.stage))
        assert not contradicts(rulebook, stated, tuple(sides))


def completions(rulebook: Rulebook, case: Case, readings: Mapping[str, str]) -> list[dict[str, Any]]:
    valuation = value_case(rulebook, case, readings).valuation
    try:
        return [one.values for one in BruteForce(decider(rulebook, QUESTION).question, valuation, 2000).completions]
    except TooManyCompletions:
        return []


def answer(
    rulebook: Rulebook, stated: Property, values: Mapping[str, Any], stage: str | None
) -> tuple[str, frozenset[str]]:
    evaluation = decider(rulebook, stated.question, stage).evaluation
    outcome = evaluation.outcome(values)
    assert outcome is not None
    return outcome, frozenset(rule for rule, truth in evaluation.supports(values)[outcome].items() if truth)


@pytest.mark.parametrize("name", one_in(8, list(RULES.properties)))
def test_each_property_of_this_law_is_as_stated(name: str) -> None:
    stated = RULES.properties[name]
    verdict = prove(RULES, stated)
    assert verdict.as_stated
    if verdict.refutation is not None:
        assert stated.because is not None
        assert contradicts(RULES, stated, tuple(gist(one) for one in verdict.refutation.seen))
        for case in parse_cases(RULES, verdict.refutation.to_yaml()):
            assert list(unmet(RULES, case, forward_chaining=False)) == []
            assert len(case.facts) <= 6


@pytest.mark.parametrize("name", one_in(8, [name for name, one in RULES.properties.items() if not one.holds]))
def test_a_refutation_as_in_life_contradicts_as_well(name: str) -> None:
    stated = RULES.properties[name]
    cases = []
    for seed in (1, 1, 2, 3):
        found = prove(RULES, stated, seed=seed).refutation
        assert found is not None
        assert contradicts(RULES, stated, tuple(gist(one) for one in found.seen)), seed
        for case in parse_cases(RULES, found.to_yaml()):
            assert list(unmet(RULES, case, forward_chaining=False)) == []
        cases.append(found.case)
    assert cases[0] == cases[1]
    assert len({repr(one.facts) for one in cases}) > 1


def test_days_lie_apart_in_a_refutation_as_in_life() -> None:
    found = prove(RULES, RULES.properties["whoever-fought-under-contract-is-safe"], seed=4).refutation
    assert found is not None
    (service,) = found.facts["service"]
    days = (service["from"], found.facts["request"]["received"], found.facts["decision"]["made"])
    assert sorted({*days}) == list(days)


def test_a_refutation_needs_all_that_is_in_it() -> None:
    verdict = prove(RULES, RULES.properties["citizen-is-never-surrendered"])
    assert verdict.refutation is not None
    case = verdict.refutation.case
    assert set(case.facts) == {"decision.made", "decision.surrender", "person.citizenships"}
    chosen = verdict.refutation.seen[0].readings
    assert chosen == {"critical-date": "surrender"}
    assert decide(RULES, case, "extradition", readings={}).outcome == "must_refuse"


def test_the_bound_on_records_is_said() -> None:
    verdict = prove(RULES, RULES.properties["more-service-never-weakens-the-bar"])
    assert verdict.records == {"person.citizenships": 10, "service": 2}
    assert len(verdict.readings) == 25
