"""What holds of the reading in war-crimes.yaml, tested on drawn cases (docs/testing.md): pytest test_war_crimes.py."""

from __future__ import annotations

import datetime
from pathlib import Path

from lawmodel import Answer, load_rulebook
from lawmodel.law_files import rules_folder
from lawmodel.testing import DrawnCase, holds_for_all, near

rulebook = load_rulebook(rules_folder(), Path(__file__).parent / "war-crimes.yaml")
mine = {"war-crimes": "not-protected"}
served = near(rulebook, "cpc-464-1-7", readings=mine)
accused_of_it = near(rulebook, "own-war-crimes", readings=mine)


@holds_for_all(rulebook, question="extradition", given=served)
def test_it_takes_protection_only_from_those_accused_of_what_was_done_in_combat(
    case: DrawnCase, answer: Answer
) -> None:
    """Whoever is accused of anything else is answered as under the default reading."""
    if case.facts.get("offence.combat_related") is not True:
        assert answer.outcome == case.answer(readings={}).outcome


@holds_for_all(rulebook, question="extradition", given=accused_of_it)
def test_it_protects_no_one_anew(case: DrawnCase, answer: Answer) -> None:
    """Whoever must not be extradited under the reading must not be under the default either."""
    if answer.outcome == "must_refuse":
        assert case.answer(readings={}).outcome == "must_refuse"


@holds_for_all(rulebook, question="extradition", given=accused_of_it, on=datetime.date(2026, 1, 1))
def test_before_the_item_was_law_it_changes_nothing(case: DrawnCase, answer: Answer) -> None:
    """Under the law of a day before the item was added both readings come to the same."""
    assert answer.outcome == case.answer(readings={}).outcome
