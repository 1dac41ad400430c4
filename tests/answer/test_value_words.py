"""Several values at once, in words and as plain data."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from lawmodel.answer.value_words import values_in_words, values_to_json
from lawmodel.case.file import parse_cases
from lawmodel.inputs import AFTER_EVERY_DAY, FIRST_DAY, LAST_DAY, NEVER_REACHED, Scalar
from lawmodel.law_files import rules_folder
from lawmodel.reasoning.reasons.value_sets import ValueSet, without
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook

MARCH = datetime.date(2026, 3, 19).toordinal()


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(rules_folder())


@pytest.mark.parametrize(
    ("spans", "says", "plain"),
    [
        ([(FIRST_DAY, MARCH - 1)], "a day before 19 March 2026", [{"from": None, "to": "2026-03-18"}]),
        ([(MARCH, LAST_DAY)], "a day after 18 March 2026", [{"from": "2026-03-19", "to": None}]),
        ([(FIRST_DAY, LAST_DAY)], "any day", [{"from": None, "to": None}]),
        ([(MARCH, MARCH)], "19 March 2026", [{"from": "2026-03-19", "to": "2026-03-19"}]),
        (
            [(MARCH, MARCH + 1), (MARCH + 5, MARCH + 5)],
            "a day from 19 March 2026 to 20 March 2026 or 24 March 2026",
            [{"from": "2026-03-19", "to": "2026-03-20"}, {"from": "2026-03-24", "to": "2026-03-24"}],
        ),
    ],
)
def test_days(rulebook: Rulebook, spans: Any, says: str, plain: list[Any]) -> None:
    fact = rulebook.facts["decision.made"]
    assert values_in_words(rulebook, fact, ValueSet(spans=tuple(spans))) == f"decided on {says}"
    assert values_to_json(fact, ValueSet(spans=tuple(spans))) == plain


def test_special_days_stand_beside_days_of_the_calendar(rulebook: Rulebook) -> None:
    fact = rulebook.fact("service.to")
    values = ValueSet((AFTER_EVERY_DAY,), ((MARCH, LAST_DAY),))
    assert values_in_words(rulebook, fact, values) == "on strength until a day after 18 March 2026 or still serving"
    assert values_to_json(fact, values) == [{"from": "2026-03-19", "to": None}, "still"]


@pytest.mark.parametrize(
    ("span", "says"),
    [
        ((0, 11), "at most 11"),
        ((12, NEVER_REACHED), "at least 12"),
        ((3, 1500), "3 to 1,500"),
        ((7, 7), "7"),
        ((0, NEVER_REACHED), "any number of"),
    ],
)
def test_numbers(rulebook: Rulebook, span: tuple[int, int], says: str) -> None:
    fact = rulebook.facts["offence.max_penalty_months"]
    assert values_in_words(rulebook, fact, ValueSet(spans=(span,))) == f"a Russian maximum of {says} months"


def test_many_choices_are_said_by_what_is_not_among_them(rulebook: Rulebook) -> None:
    fact = rulebook.fact("person.citizenships.state")
    states = list(rulebook.choices_of(fact))
    but: tuple[Scalar, ...] = tuple(state for state in states if state not in ("RU", "UZ"))
    assert values_in_words(rulebook, fact, ValueSet(but)) == "citizen of any but Russia, Uzbekistan"
    assert values_in_words(rulebook, fact, ValueSet(("RU", "UZ"))) == "citizen of Russia or citizen of Uzbekistan"
    assert values_to_json(fact, ValueSet(("RU",))) == ["RU"]


def test_values_said_can_be_written_into_a_case(rulebook: Rulebook) -> None:
    fact = rulebook.facts["decision.made"]
    (span,) = values_to_json(fact, ValueSet(spans=((MARCH, MARCH),)))
    (case,) = parse_cases(rulebook, f"facts: {{decision: {{made: {span['from']}}}}}")
    assert case.facts["decision.made"] == MARCH


def test_what_is_left_when_values_are_taken_away() -> None:
    values = ValueSet((True, False), ((1, 10), (20, 30)))
    assert without(values, ValueSet((False,), ((5, 6), (20, 40)))) == ValueSet((True,), ((1, 4), (7, 10)))
    assert not without(values, values)
