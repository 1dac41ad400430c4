"""Sufficient reasons: what is said to settle an answer settles it alone, on invented law and on the law supplied."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from lawmodel.case.case import Case
from lawmodel.case.file import load_cases, parse_cases
from lawmodel.case.valuation import value_case
from lawmodel.case.values import UNKNOWN
from lawmodel.inputs import Record, Scalar, Value
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import decider
from lawmodel.law_files import rules_folder, scenarios_folder
from lawmodel.reasoning.reasons.correction_sets import CorrectionSets
from lawmodel.reasoning.reasons.minimal_sets import Subset
from lawmodel.results.given_input import GivenInput
from lawmodel.results.reasons import Reason, Why
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook, SameAs
from lawmodel.verbs.why.why import why
from tests.inquiry.ferry import ferry
from tests.inquiry.otherwise import decoded
from tests.sizes import one_in

ARMED = """
title: An armed traveller
facts: {crossing: {made: 2022-05-01}, traveller: {armed: yes, drunk: no}, passes: [{from: 2020-01-01}]}
"""


@pytest.fixture
def river(tmp_path: Path) -> Rulebook:
    return ferry(tmp_path)


@pytest.fixture(scope="module")
def supplied() -> Rulebook:
    return load_rulebook(rules_folder())


def armed(river: Rulebook, text: str = ARMED) -> Case:
    return parse_cases(river, text)[0]


def names(inputs: tuple[GivenInput, ...]) -> set[str]:
    return {one.name for one in inputs}


def sets(found: Why) -> list[set[str]]:
    assert found.found is not None
    return [names(reason.inputs) for reason in found.found.reasons]


# --- on invented law -----------------------------------------------------------------------------------


def test_what_settles_that_an_armed_traveller_waits(river: Rulebook) -> None:
    found = why(river, armed(river), "crossing")
    assert found.outcome == "delayed"
    assert sets(found) == [{"crossing.made", "traveller.armed", "arms", "severity"}]
    assert found.found is not None
    assert (found.found.every, found.found.count) == (True, 1)
    assert found.found.grounds == ("arms-1",)
    # an unarmed traveller without a pass waits too, whatever the law is; so whether there is one is of no effect here
    assert names(found.found.without_effect or ()) == {"traveller.drunk", "passes[1].from", "passes[1].to", "passes[+]"}


def test_each_input_in_words_with_its_value_and_where_it_comes_from(river: Rulebook) -> None:
    found = why(river, armed(river), "crossing", readings={"arms": "carried"})
    assert found.found is not None
    says = {one.name: (one.in_words, one.value, one.origin) for one in found.found.needed}
    assert says == {
        "crossing.made": ("crossed on 1 May 2022", "2022-05-01", "given"),
        "traveller.armed": ("armed", True, "given"),
        "arms": ("arms matter when carried", "carried", "chosen"),
        "severity": ("an armed traveller waits", "mild", "default"),
    }


def test_what_is_needed_and_the_alternatives_beside_it(river: Rulebook) -> None:
    """There is no pass yet, and no other: so he waits, as long as he is unarmed or an armed traveller only waits."""
    text = "facts: {crossing: {made: 2022-05-01}, traveller: {armed: no, drunk: no}, passes: [{from: 2023-01-01}]}"
    found = why(river, armed(river, text), "crossing")
    assert found.outcome == "delayed"
    no_pass = {"crossing.made", "passes[1].from", "passes[+]"}
    assert sets(found) == [no_pass | {"traveller.armed"}, no_pass | {"severity"}]
    assert found.found is not None
    assert names(found.found.needed) == no_pass
    assert found.found.grounds == ("toll-2",)
    (either,) = found.found.alternatives or ()
    assert [names(one) for one in either.sets] == [{"traveller.armed"}, {"severity"}]
    (without,) = found.found.excluding
    assert (names(without.inputs), without.provisions) == ({"traveller.armed"}, (("arms-1", "refused"),))


def test_the_day_of_the_law_follows_the_fact_that_dates_it_unless_it_was_named(river: Rulebook) -> None:
    """Before 2021 the Ferry Law was no law: the day of the crossing carries the answer, or else the day named."""
    named = why(river, armed(river), "crossing", on=datetime.date(2022, 5, 1))
    assert sets(named) == [{"law-date", "traveller.armed", "arms", "severity"}]
    (law,) = [one for one in named.found.needed if one.kind == "law"] if named.found else []
    assert law.says == "the law of 1 May 2022 is applied"


def test_where_nothing_settles_the_answer_what_is_excluded_is_said(river: Rulebook) -> None:
    text = "facts: {crossing: {made: 2022-05-01}, traveller: {armed: unknown, drunk: no}, passes: [{from: 2020-01-01}]}"
    found = why(river, armed(river, text), "crossing")
    assert (found.outcome, found.found, found.possible) == (None, None, ("delayed", "free"))
    ((outcome, reason),) = found.excluded
    assert (outcome, names(reason.inputs)) == ("refused", {"severity"})


def test_what_holds_in_every_case_needs_nothing(river: Rulebook) -> None:
    found = why(river, armed(river), "weather")
    assert sets(found) == [set()]
    assert found.found is not None
    assert found.found.count == 1


def test_interrupted_it_gives_what_it_has_found(river: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = CorrectionSets._exclude

    def interrupting(self: CorrectionSets, found: Subset) -> None:
        if self._searched == 0 and self._guarded:
            raise KeyboardInterrupt
        kept(self, found)

    monkeypatch.setattr(CorrectionSets, "_exclude", interrupting)
    found = why(river, armed(river), "crossing").found
    assert found is not None
    assert found.interrupted
    assert not found.every


# --- on the law supplied -------------------------------------------------------------------------------

SCENARIOS = [
    ("extradition/04-serving-cook.yaml", "base", "extradition"),
    ("extradition/09-signed-never-enrolled.yaml", "base", "extradition"),
    ("extradition/12-deceived-and-homesick.yaml", "base", "extradition"),
    ("extradition/01-dual-national.yaml", "base", "extradition"),
    ("extradition/23-transit-and-temporary-surrender.yaml", "base", "extradition"),
    ("extradition/28-foreign-or-stateless.yaml", "base", "extradition"),
    ("deployment/25-international-courts.yaml", "base", "deployment"),
    ("deployment/30-armed-attack-on-citizens.yaml", "base", "deployment"),
    ("expulsion/31-bill-and-law.yaml", "base", "expulsion"),
    ("exactness/russian-and-nothing-else.yaml", "base", "extradition"),
]


@pytest.mark.parametrize(("file", "variant", "question"), one_in(2, SCENARIOS))
def test_a_reason_alone_settles_the_answer(supplied: Rulebook, file: str, variant: str, question: str) -> None:
    """Everything else not known, and one more record of every list that might have one, the answer is the same."""
    cases = load_cases(supplied, scenarios_folder() / file)
    case = next(one for one in cases if (one.variant or "base") == variant)
    found = why(supplied, case, question, most=2)
    if found.outcome is None:
        assert decide(supplied, case, question, forward_chaining=False).possible == found.possible
        return
    assert found.found is not None
    for reason in found.found.reasons:
        alone, readings = only(supplied, case, reason)
        exact = decider(supplied, question).exact(value_case(supplied, alone, readings).valuation)
        assert exact.possible() == (found.outcome,), names(reason.inputs)
        rules = [rule.id for rule in decider(supplied, question).question.rules]
        assert tuple(rule for rule in rules if exact.certain(rule, found.outcome)) == reason.grounds


def only(rulebook: Rulebook, case: Case, reason: Reason) -> tuple[Case, dict[str, str]]:
    """The case with nothing known but the inputs of a reason, and the readings that it needs."""
    held = {one.name: one.value for one in reason.inputs}
    facts: dict[str, Value] = {}
    for path, fact in rulebook.facts.items():
        listed = case.facts.get(path)
        if isinstance(listed, tuple):
            names_of = [field.id for field in fact.of]
            records: list[Record] = [
                {name: value_of(rulebook, held, f"{path}[{number}].{name}", f"{path}.{name}") for name in names_of}
                for number in range(1, len(listed) + 1)
            ]
            more = [] if f"{path}[+]" in held else [dict.fromkeys(names_of)]
            facts[path] = (*records, *more)
        elif path in case.facts or not isinstance(fact.left_out, SameAs):
            facts[path] = None if fact.type == "records" else value_of(rulebook, held, path, path)
    readings = {name: str(held.get(name, UNKNOWN)) for name in rulebook.readings}
    return replace(case, facts=facts, presume=False), readings


def value_of(rulebook: Rulebook, held: Mapping[str, object], name: str, path: str) -> Scalar | None:
    return decoded(rulebook, path, held[name]) if name in held else None
