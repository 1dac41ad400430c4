"""The steps that carry a result, each said once."""

from __future__ import annotations

from lawmodel import decide, load_cases, load_rulebook


def test_a_fact_that_repeats_its_concept_behind_a_reading_carries_the_ground() -> None:
    """The concept says what the fact says, and only a reading without effect stands between them."""
    rulebook = load_rulebook("rules")
    case = load_cases(rulebook, "scenarios/extradition/34-every-question-at-once.yaml")[0]
    answer = decide(rulebook, case, "extradition")
    lines = answer.carrying("cpc-464-1-6")
    assert lines[0].says == "the act is not a crime under Russian law"
    assert lines[0].inputs == ("offence.crime_in_russia",)
    assert [line.says for line in lines].count(lines[0].says) == 1
