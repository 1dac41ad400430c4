"""Where an answer ends: what is said of each side is what `decide` answers there."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from lawmodel import decide, load_cases
from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.exercises.border import Border, Variations, VariedFact
from lawmodel.inquiry.ask import Ask
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from tests.chosen_scenarios import chosen_scenarios
from tests.sizes import one_in

COOK = Path("scenarios/extradition/04-serving-cook.yaml")


@pytest.fixture(scope="module")
def law() -> Rulebook:
    return load_rulebook(Path("rules"))


def border_of(law: Rulebook, case: Case, question: str, most: int = 3) -> Border | None:
    """Where the answer ends; None where it is open, or there is no such case."""
    variations = Variations(Ask(law, case, question), 1)
    try:
        return None if variations.answer.outcome is None else variations.border(most)
    except ProblemsFound:
        return None


def decided(law: Rulebook, one: VariedFact, case: Case, question: str) -> str | None:
    """What the law answers on the facts of a variation, written down and read again."""
    presumed = "ordinary" if case.presume is True else list(case.presume or ())
    written = json.dumps({"facts": one.facts, **({"presume": presumed} if presumed else {})})
    read = parse_cases(law, written, "varied")[0]
    return decide(law, read, question, readings=case.readings, on=case.on, stage=case.stage).outcome


@pytest.mark.parametrize("file", one_in(60, chosen_scenarios()), ids=lambda file: file.stem)
def test_each_side_answers_as_is_said(law: Rulebook, file: Path) -> None:
    for case in load_cases(law, file)[:2]:
        for question in case.asked()[:1]:
            border = border_of(law, case, question)
            if border is None:
                continue
            for carried in border.facts:
                assert carried.outside
                assert {one.crosses for one in carried.outside} == {True}
                assert {one.crosses for one in carried.inside} <= {False}
                for one in (*carried.inside, *carried.outside):
                    assert one.outcome == decided(law, one, case, question)
                    assert (one.outcome != border.outcome) is one.crosses
                    assert one.says != one.was
            for one in border.beside:
                assert decided(law, one, case, question) == border.outcome


def test_between_two_days_there_is_no_third(law: Rulebook) -> None:
    """Whoever serves on the day of the decision is protected, and whoever left the day before is not."""
    border = border_of(law, load_cases(law, COOK)[0], "extradition", 5)
    assert border is not None
    by_name = {one.input: one for one in border.facts}
    for name, inside, outside in (
        ("service[1].to", "2026-04-22", "2026-04-21"),
        ("service[1].from", "2026-04-22", "2026-04-23"),
    ):
        carried = by_name[name]
        assert (carried.inside[0].value, carried.outside[0].value) == (inside, outside)
        days = [datetime.date.fromisoformat(str(one.value)) for one in (carried.inside[0], carried.outside[0])]
        assert abs(days[0] - days[1]) == datetime.timedelta(1)
    assert {one.value for one in by_name["service[1].basis"].outside} == {"conscription", "mobilisation"}
    assert "service[1].fought" in {one.input for one in border.beside}  # who still serves need not have fought


def test_what_is_told_is_about_the_same_person_and_in_prose(law: Rulebook) -> None:
    border = border_of(law, load_cases(law, COOK)[0], "extradition", 5)
    assert border is not None
    name = " ".join(border.story.split()[:2])
    told = [one.told for carried in border.facts for one in (*carried.inside, *carried.outside) if one.told]
    assert len(told) > 4
    assert all("file says" not in one.lower() for one in told)
    assert sum(name in one for one in told) >= len(told) - 1


def test_no_more_facts_than_asked_for(law: Rulebook) -> None:
    case = load_cases(law, COOK)[0]
    few, many = (border_of(law, case, "extradition", most) for most in (2, 20))
    assert few is not None
    assert many is not None
    assert len(few.facts) == 2
    assert few.facts == many.facts[:2]
    assert few.not_looked_at == len(many.facts) - 2
    assert many.not_looked_at == 0
