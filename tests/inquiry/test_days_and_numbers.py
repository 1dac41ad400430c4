"""What evaluation finds with other values of one input, without the engines of open cases, is what these find."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import assume, given

from lawmodel.case.consistency import contradictions
from lawmodel.case.file import load_cases
from lawmodel.case.valuation import value_case
from lawmodel.inputs import LAW_DATE, READING_PREFIX, Scalar, Valuation
from lawmodel.inquiry import counterfactuals as counterfactuals_of
from lawmodel.inquiry.counterfactuals import counterfactuals
from lawmodel.inquiry.days_and_numbers import by_outcome, stretches, value_of
from lawmodel.inquiry.decider import Decider, decider
from lawmodel.inquiry.varied_case import VariedCase, domain_of, with_value
from lawmodel.law_files import rules_folder, scenarios_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from tests.random_rulebooks import QUESTION, RandomLaw, random_laws
from tests.sizes import examples

CASES = (
    ("extradition/04-serving-cook.yaml", "extradition"),
    ("deployment/25-international-courts.yaml", "deployment"),
    ("citizenship/49-discharged-for-health.yaml", "citizenship"),
    ("extradition/acquired-before-some-day.yaml", "removal"),
)


@pytest.fixture(scope="module")
def law() -> Rulebook:
    return load_rulebook(rules_folder())


def keys(law: Rulebook, valuation: Valuation) -> Iterator[str]:
    """The day of the law, readings, single facts, and fields of records; none that is the same as another."""
    for key, value in valuation.values.items():
        if isinstance(value, tuple):
            yield from (f"{key}[{number}].{name}" for number, one in enumerate(value, 1) for name in one)
        elif key not in valuation.same_as and (
            key == LAW_DATE or key.startswith(READING_PREFIX) or law.facts[key].type != "records"
        ):
            yield key


def check(law: Rulebook, made: Decider, valuation: Valuation, patch: pytest.MonkeyPatch) -> int:
    """How many inputs have days or numbers of which evaluation says what follows with each."""
    varied, found = VariedCase(made, valuation), 0
    now = made.possible(valuation)
    for key in keys(law, valuation):
        kind = domain_of(made, key).kind
        if kind in {"date", "number"}:
            found += check_whole(law, varied, key)
            alone = counterfactuals(varied, key, now)
            with patch.context() as engines_only:
                engines_only.setattr(counterfactuals_of, "by_outcome", lambda *_: None)
                assert counterfactuals(varied, key, now) == alone, key
        elif "[" not in key:
            check_choices(varied, key)
    return found


def check_whole(law: Rulebook, varied: VariedCase, key: str) -> bool:
    each = stretches(varied, key)
    if each is None:
        return False
    listed = list(each)
    special = domain_of(varied.decider, key).special
    for one in listed:
        for value in {one.first, one.last, (one.first + one.last) // 2}:
            changed = with_value(varied.valuation, key, value)
            assert varied.decider.evaluation.outcome(changed.values) == one.outcome, f"{key} = {value}"
            assert not any(contradictions(law, changed.values)), f"{key} = {value} cannot be"
    spans = [one for one in listed if one.first not in special]
    for before, after in pairwise(spans):
        assert before.last + 1 == after.first, "no value is left out"
    own = value_of(varied, key)
    assert isinstance(own, int)
    assert any(one.first <= own <= one.last for one in listed)
    settled = by_outcome(varied, key)
    assert (settled is None) is any(one.outcome is None for one in listed)
    return True


def check_choices(varied: VariedCase, key: str) -> None:
    made, domain = varied.decider, domain_of(varied.decider, key)
    values: tuple[Scalar, ...] = (False, True) if domain.kind == "yes/no" else domain.choices[:6]
    for value in values:
        changed = with_value(varied.valuation, key, value)
        assert varied.outcome(key, value) == made.evaluation.outcome(changed.values), f"{key} = {value}"
        possible = made.possible(changed)
        for outcome in {*possible, *made.question.outcomes[:2]}:
            assert varied.reaches_another(key, value, outcome) is (possible != (outcome,)), f"{key} = {value}"


@pytest.mark.parametrize(("file", "question"), CASES)
def test_on_cases_of_the_law(law: Rulebook, file: str, question: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case = load_cases(law, scenarios_folder() / file)[0]
    valuation = value_case(law, case).valuation
    assert check(law, decider(law, question), valuation, monkeypatch) >= 1


@given(random_laws())
@examples(quick=12, full=200)
def test_on_random_laws(law: RandomLaw) -> None:
    rulebook = law.rulebook()
    made = decider(rulebook, QUESTION)
    with pytest.MonkeyPatch.context() as patch:
        check(rulebook, made, _valuation(law, made), patch)


def _valuation(law: RandomLaw, made: Decider) -> Valuation:
    try:
        return made.value(law.case(made.rulebook), None, None).valuation
    except ProblemsFound as found:
        assume(not all(one.message.startswith("days have an order") for one in found.problems))
        raise
