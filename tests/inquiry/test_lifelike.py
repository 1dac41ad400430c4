"""Cases like those from life: they show what the barest shows, with what the rulebook calls likely."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from itertools import islice

import pytest

from lawmodel.case.case import Case
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.searching.find import View, Wanted, find
from lawmodel.inquiry.searching.lifelike import lifelike
from lawmodel.law_files import rules_folder
from lawmodel.rulebook.held_law import held_law
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook


@pytest.fixture(scope="module")
def law() -> Rulebook:
    return load_rulebook(rules_folder())


def the_record(case: Case, records: str) -> Mapping[str, object]:
    listed = case.facts[records]
    assert isinstance(listed, tuple)
    return listed[0]


def test_a_case_between_the_law_and_a_misconception(law: Rulebook) -> None:
    sides = [View("law"), View("held", rulebook=held_law(law, "last-day-is-former"))]
    found = [next(find(law, "extradition", sides, seed=seed)) for seed in (1, 1, 2)]
    assert found[0] == found[1]
    assert found[0].case != found[2].case
    for one in found:
        assert [side.outcome for side in one.seen] == ["must_refuse", "may_grant"]
        service, person = the_record(one.case, "service"), the_record(one.case, "person.citizenships")
        made, asked = one.case.facts["decision.made"], one.case.facts["request.received"]
        begun, signed = service["from"], service["signed"]
        assert isinstance(made, int)
        assert isinstance(asked, int)
        assert isinstance(begun, int)
        assert isinstance(signed, int)
        assert 14 <= made - asked <= 122
        assert 1 <= begun - signed <= 16
        assert service["to"] == made, "the day that tells is kept"
        assert person["state"] == one.case.facts["request.state"]
        assert all(datetime.date.fromordinal(day).weekday() < 5 for day in (asked, signed, made))


def test_a_misconception_that_is_never_another_outcome(law: Rulebook) -> None:
    sides = [View("law"), View("held", rulebook=held_law(law, "dual-national-is-foreign"))]
    assert list(find(law, "extradition", sides)) == []


def test_it_still_shows_what_is_wanted(law: Rulebook) -> None:
    for one in islice(find(law, "extradition", [View("")], Wanted("may_refuse"), seed=5), 3):
        answer = decide(law, one.case, "extradition")
        assert answer.outcome == "may_refuse"
        assert not answer.remarks


def test_what_is_given_stays(law: Rulebook) -> None:
    given = Case(facts={"person.citizenships": ({"state": "NZ"},), "request.state": "FR"}, presume=True)
    one = next(find(law, "extradition", [View("")], Wanted("must_refuse"), given=given, seed=9))
    assert one.case.facts["request.state"] == "FR"
    assert the_record(one.case, "person.citizenships")["state"] == "NZ"


def test_a_rulebook_that_calls_nothing_likely_leaves_a_case_as_it_is() -> None:
    bare = load_rulebook("tests/toy/rules")
    case = Case(facts={"reader.age": 40}, presume=True)
    assert lifelike(bare, case, random.Random(1), lambda _: True) == case  # noqa: S311 - no secret


def test_a_day_that_no_calendar_has_is_not_drawn(law: Rulebook) -> None:
    """The first day of the calendar has nothing before it."""
    case = Case(facts={"decision.made": 1, "service": ({"formation": "armed_forces", "from": 1},)}, presume=True)
    found = lifelike(law, case, random.Random(3), lambda _: True)  # noqa: S311 - no secret
    assert the_record(found, "service")["from"] == 1
