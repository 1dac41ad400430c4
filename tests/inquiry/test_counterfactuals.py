"""What an answer would be otherwise, by definition: decide again with each value."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lawmodel.case.consistency import contradictions
from lawmodel.case.file import load_cases
from lawmodel.case.valuation import value_case
from lawmodel.inputs import LAW_DATE, READING_PREFIX, Scalar, Valuation
from lawmodel.inquiry.counterfactuals import counterfactuals, possibilities
from lawmodel.inquiry.decider import Decider, decider
from lawmodel.inquiry.varied_case import VariedCase, with_value
from lawmodel.law_files import rules_folder, scenarios_folder
from lawmodel.reasoning.reasons.value_sets import ValueSet
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook

CASES = (
    ("extradition/04-serving-cook.yaml", "extradition"),
    ("extradition/28-foreign-or-stateless.yaml", "extradition"),
    ("deployment/25-international-courts.yaml", "deployment"),
)


@pytest.fixture(scope="module")
def law() -> Rulebook:
    return load_rulebook(rules_folder())


def tried(decider: Decider, key: str, sets: list[ValueSet]) -> Iterator[Scalar]:
    """Values of an input: all choices; of days and numbers the ends of the sets, what lies beside, and some others."""
    records, bracket, rest = key.partition("[")
    domain = decider.question.domains[records]
    if bracket:
        domain = dict(domain.fields)[rest.partition("].")[2]]
    if domain.kind == "yes/no":
        yield from (False, True)
    elif domain.kind == "choice":
        yield from domain.choices
    else:
        first, last = (1, 3_000_000) if domain.kind == "date" else (0, 10**6)
        ends = {end + step for one in sets for span in one.spans for end in span for step in (-1, 0, 1)}
        yield from sorted(value for value in ends | {first, 739_000, 739_400, last} if first <= value <= last)
        yield from sorted(domain.special)


@pytest.mark.parametrize(("file", "question"), CASES)
def test_every_value_gives_what_deciding_again_gives(law: Rulebook, file: str, question: str) -> None:
    case = load_cases(law, scenarios_folder() / file)[0]
    made, valuation = decider(law, question), value_case(law, case).valuation
    now, varied = made.possible(valuation), VariedCase(made, valuation)
    changing = 0
    for key in keys(law, valuation):
        found = counterfactuals(varied, key, now)
        changing += bool(found)
        for value in tried(made, key, [one.values for one in found]):
            changed = with_value(valuation, key, value)
            assert varied.outcome(key, value) == made.evaluation.outcome(changed.values)
            sets = [one.possible for one in found if value in one.values]
            assert len(sets) <= 1, "the sets have no value in common"
            if any(contradictions(law, changed.values)):
                assert not sets, "the days of the case do not allow it"
            else:
                assert (sets or [now])[0] == made.possible(changed), f"{key} = {value}"
    assert changing >= 4


def test_completions_found_before_change_nothing_where_no_diagram_shows_them_all(law: Rulebook) -> None:
    case = load_cases(law, scenarios_folder() / "exactness/nothing-known.yaml")[0]
    made, valuation = decider(law, "extradition"), value_case(law, case).valuation
    exact = made.exact(valuation)
    now = exact.possible()
    assert exact.known(), "no diagram shows them all"
    anew, beside = VariedCase(made, valuation), VariedCase(made, valuation, known=exact.known())
    found = 0
    for key in ("decision.surrender", "request.kind", "request.harms_sovereignty", "offence.max_penalty_months"):
        alone = counterfactuals(anew, key, now)
        assert counterfactuals(beside, key, now) == alone
        found += bool(alone)
    assert found
    opened = [key for key in keys(law, valuation) if valuation.values[key] is None][:6]
    assert possibilities(beside, opened) == possibilities(anew, opened)


def keys(law: Rulebook, valuation: Valuation) -> Iterator[str]:
    """The day of the law, readings, single facts, and fields of records."""
    for key, value in valuation.values.items():
        if key == LAW_DATE or key.startswith(READING_PREFIX):
            yield key
        elif isinstance(value, tuple):
            yield from (f"{key}[{number}].{name}" for number, one in enumerate(value, 1) for name in one)
        elif law.facts[key].type != "records" and key not in valuation.same_as:
            yield key
