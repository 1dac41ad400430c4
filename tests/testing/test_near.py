"""Cases near the border of a rule lie on both sides of it, for every provision of every rulebook."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.case.valuation import value_case
from lawmodel.inquiry.decider import decider
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.testing import CannotApply, DrawnCase, cases, near
from tests.inquiry.ferry import ferry
from tests.random_rulebooks import QUESTION, RandomLaw, random_laws
from tests.sizes import examples, one_in
from tests.testing.rulebooks import draw_many, every_rulebook

RULEBOOKS = every_rulebook()
PROVISIONS = [(name, provision) for name, rulebook in RULEBOOKS.items() for provision in rulebook.provisions]
ONLY_IF: dict[tuple[str, str], dict[str, dict[str, str] | str]] = {
    ("supplied", "security-law-8"): {"readings": {"security-law-power": "troops"}},
    ("supplied", "enl-blacklist"): {"readings": {"practice": "blacklists-too"}},
    ("supplied", "decree-1126-expulsion"): {"readings": {"decree-1126-expulsion": "expulsion-too"}},
    ("supplied", "dep-cancel"): {"stage": "first_reading"},
    ("supplied", "dep-bar"): {"stage": "first_reading"},
    ("toy", "night-loans"): {"stage": "proposed"},
    ("toy", "map-fees"): {"readings": {"maps": "lent"}},
}
"""The provisions that cannot apply as the law stands and as it is read by default, and what they need."""
ALWAYS = {("ferry", "receipt-4")}
"""Those whose conditions read nothing."""


def applies(rulebook: Rulebook, provision: str, case: DrawnCase) -> bool | None:
    question = rulebook.provisions[provision].question
    values = value_case(rulebook, case, case.readings).valuation.values
    return decider(rulebook, question, case.stage).evaluation.applies(values)[provision]


@pytest.mark.parametrize(("name", "provision"), one_in(6, PROVISIONS))
def test_it_applies_in_a_good_share_and_not_in_another(name: str, provision: str) -> None:
    rulebook = RULEBOOKS[name]
    asked = ONLY_IF.get((name, provision), {})
    found = draw_many(near(rulebook, provision, **asked), 8)  # type: ignore[arg-type]
    truths = [applies(rulebook, provision, case) for case in found]
    if (name, provision) in ALWAYS:
        assert all(truths)
        return
    if all(reading.default for reading in rulebook.readings.values()):
        assert None not in truths, "a complete case leaves open whether it applies"
    assert truths.count(True) >= len(truths) / 10
    assert truths.count(False) >= len(truths) / 10


@pytest.mark.parametrize(("name", "provision"), ONLY_IF)
def test_what_cannot_apply_is_refused_with_a_way_out(name: str, provision: str) -> None:
    with pytest.raises(CannotApply) as refused:
        near(RULEBOOKS[name], provision)
    ((parameter, value),) = ONLY_IF[name, provision].items()
    expected = f'stage="{value}"'
    if isinstance(value, dict):
        expected = "readings={" + ", ".join(f'"{one}": "{option}"' for one, option in value.items()) + "}"
    assert f"It does with {expected}." in str(refused.value), parameter


@given(random_laws(), st.data())
@examples(quick=5, full=12)
def test_on_random_law_what_is_found_to_apply_applies(law: RandomLaw, data: st.DataObject) -> None:
    rulebook = law.rulebook()
    provision = data.draw(st.sampled_from(list(rulebook.provisions)))
    try:
        border = near(rulebook, provision)
    except CannotApply:
        found = data.draw(st.lists(cases(rulebook, QUESTION), min_size=5, max_size=5))
        assert not any(applies(rulebook, provision, case) for case in found)
    else:
        assert any(applies(rulebook, provision, case) for case in draw_many(border, 12))


def test_one_record_more_of_an_empty_list_leads_beyond_the_border(tmp_path: Path) -> None:
    beginners = """
provisions:
  - id: beginners
    question: weather
    title: Beginners
    citation: Ferry Law s. 7
    text: Whoever never held one of the first passes is a beginner.
    certainty: text
    sources: [{id: ferry-law}]
    when: {none: passes, such_that: {from: {on: 1950-01-02}, to: {on: 1950-01-03}}}
    concludes: asked
"""
    law = ferry(tmp_path, beginners)
    drawn = draw_many(near(law, "beginners"), 30)
    truths = [applies(law, "beginners", case) for case in drawn]
    assert truths.count(False) >= len(truths) / 10


def test_known_facts_stand_on_both_sides_of_the_border() -> None:
    law = RULEBOOKS["supplied"]
    known = {"offence.political": True, "request.by": "state"}
    for case in draw_many(near(law, "cpc-464-1-7", known=known), 12):
        assert case.facts["offence.political"] is True
        assert case.facts.get("request.by", "state") == "state"


def test_what_is_known_can_exclude_a_provision() -> None:
    with pytest.raises(CannotApply, match="no facts were found under which `cpc-464-1-7` applies"):
        near(RULEBOOKS["supplied"], "cpc-464-1-7", known={"service": []})


def test_no_record_is_listed_twice_unless_it_is_known_so() -> None:
    law = RULEBOOKS["supplied"]
    for case in draw_many(near(law, "cpc-464-1-7"), 40):
        services = case.facts["service"]
        assert isinstance(services, tuple)
        assert all(one not in services[:number] for number, one in enumerate(services))
    twice = [{"formation": "armed_forces", "basis": "contract", "from": "2025-01-01"}] * 2
    (case, *_) = draw_many(near(law, "cpc-464-1-7", known={"service": twice}), 2)
    assert len(case.facts["service"]) == 2  # type: ignore[arg-type]


def test_it_knows_the_question_and_the_readings_it_was_asked_for() -> None:
    law = RULEBOOKS["supplied"]
    for case in draw_many(near(law, "cpc-464-1-7", readings={"combat": "everyone"}), 10):
        assert case.questions == ("extradition",)
        assert case.readings == {"combat": "everyone"}
        assert "--reading combat=everyone" in str(case)


def test_wrong_names_are_refused_with_the_nearest() -> None:
    law = RULEBOOKS["supplied"]
    with pytest.raises(ProblemsFound, match="Did you mean cpc-464-1-7"):
        near(law, "cpc-464-1-77")
    with pytest.raises(ProblemsFound, match="Did you mean combat"):
        near(law, "cpc-464-1-7", readings={"combatt": "everyone"})
    with pytest.raises(ProblemsFound, match="Did you mean everyone"):
        near(law, "cpc-464-1-7", readings={"combat": "everyon"})
