"""What Hypothesis comes down to is short, ordinary, and can be read, saved and decided as it stands."""

from __future__ import annotations

import datetime
import shlex
from pathlib import Path

import pytest
from hypothesis import find, settings

from lawmodel.case.file import load_cases
from lawmodel.case.valuation import value_case
from lawmodel.inputs import LAW_DATE
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import decider
from lawmodel.law_files import rules_folder
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.testing import DrawnCase, cases, days, near, readings
from lawmodel.testing.reads import reads_of_questions
from tests.testing.rulebooks import CHECKOUT, draw_many

THOROUGH = settings(max_examples=2000, database=None, derandomize=True, deadline=None)


@pytest.fixture(scope="module")
def law() -> Rulebook:
    return load_rulebook(rules_folder())


@pytest.fixture(scope="module")
def plain(law: Rulebook) -> DrawnCase:
    """What comes of asking for any case."""
    return find(cases(law, "extradition"), lambda _: True, settings=THOROUGH)


def outcome(case: DrawnCase) -> str | None:
    values = value_case(case.rulebook, case, case.readings).valuation.values
    return decider(case.rulebook, case.questions[0]).evaluation.outcome(values)


def test_the_simplest_case_gives_only_what_is_never_presumed(law: Rulebook, plain: DrawnCase) -> None:
    without = {path for path, fact in law.facts.items() if fact.ordinary is None and fact.left_out == "unknown"}
    reads = reads_of_questions(law, ["extradition"])
    assert set(plain.facts) == without & {*reads.facts, *reads.lists}
    assert plain.facts["person.citizenships"] == plain.facts["service"] == ()
    assert plain.facts["decision.made"] == plain.facts["request.received"]
    assert datetime.date.fromordinal(plain.facts["decision.made"]).day == 1  # type: ignore[arg-type]


def test_the_simplest_refusal_departs_in_one_thing(law: Rulebook, plain: DrawnCase) -> None:
    case = find(cases(law, "extradition"), lambda one: outcome(one) == "must_refuse", settings=THOROUGH)
    departures = {path for path, value in case.facts.items() if plain.facts.get(path) != value}
    assert len(departures) == 1
    assert len(case.to_yaml().splitlines()) <= 20


def test_the_simplest_change_of_law_lies_at_its_border(law: Rulebook) -> None:
    served = {"service": [{"formation": "armed_forces", "basis": "contract", "from": "2024-01-01"}]}
    strategy = cases(law, "extradition", known=served)
    case = find(strategy, lambda one: outcome(one) == "may_grant", settings=THOROUGH)
    begins = next(step.date for step in law.instruments["law-50-fz"].steps if step.stage == "in_force")
    day = value_case(law, case).valuation.values[LAW_DATE]
    assert day == begins.toordinal() - 1, f"not the last day of the old law, but another:\n{case}"


def test_near_comes_down_to_the_case_in_which_it_applies(law: Rulebook, plain: DrawnCase) -> None:
    case = find(near(law, "cpc-464-1-7"), lambda one: outcome(one) == "must_refuse", settings=THOROUGH)
    services = case.facts["service"]
    assert isinstance(services, tuple)
    (service,) = services
    assert service["basis"] == "contract"
    assert set(case.facts) == set(plain.facts), "something is given that could have been presumed"
    assert {path for path, value in case.facts.items() if plain.facts[path] != value} == {"service"}


def test_readings_come_down_to_the_defaults(law: Rulebook) -> None:
    chosen = find(readings(law, "extradition"), lambda _: True, settings=THOROUGH)
    assert all(law.readings[name].default is None for name in chosen)
    departing = find(readings(law, "extradition"), lambda one: len(one) > len(chosen), settings=THOROUGH)
    assert len(departing) == len(chosen) + 1


def test_readings_are_options_and_left_open_only_if_asked(law: Rulebook) -> None:
    drawn = draw_many(readings(law, "extradition"), 100)
    options = {name: {one.id for one in reading.options} for name, reading in law.readings.items()}
    assert all(option in options[name] for one in drawn for name, option in one.items())
    assert {option for one in drawn for option in one.values() if option == "unknown"} == set()
    left_open = draw_many(readings(law, "extradition", unknowns=True), 100)
    assert "unknown" in {option for one in left_open for option in one.values()}


def test_days_come_down_to_one_on_which_all_of_the_law_is_in_force(law: Rulebook) -> None:
    simplest = find(days(law, "extradition"), lambda _: True, settings=THOROUGH)
    assert simplest.day == 1
    assert all(simplest >= step.date for step in law.instruments["law-50-fz"].steps)
    assert datetime.date(2026, 3, 18) in draw_many(days(law, "extradition"), 200)


def test_what_was_found_is_saved_and_decided_as_it_was(law: Rulebook, tmp_path: Path) -> None:
    case = find(cases(law, "extradition"), lambda one: outcome(one) == "may_refuse", settings=THOROUGH)
    case.save(tmp_path / "found.yaml")
    (again,) = load_cases(law, tmp_path / "found.yaml")
    assert decide(law, again, "extradition").outcome == "may_refuse"
    assert again.asked() == ("extradition",)


def test_the_heading_names_the_rules_that_a_command_needs() -> None:
    own = CHECKOUT / "examples" / "own-reading" / "war-crimes.yaml"
    both = load_rulebook(rules_folder(), own)
    (case, *_) = draw_many(near(both, "own-war-crimes", readings={"war-crimes": "not-protected"}), 2)
    options = ["--rules", str(rules_folder()), "--rules", str(own), "--reading", "war-crimes=not-protected"]
    assert case.command() == shlex.join(["lawmodel", "decide", "found.yaml", *options])
    abroad = CHECKOUT / "examples" / "british-nationality" / "rules"
    (other, *_) = draw_many(cases(load_rulebook(abroad)), 2)
    assert other.command() == shlex.join(["lawmodel", "decide", "found.yaml", "--rules", str(abroad)])
