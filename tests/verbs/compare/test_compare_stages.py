"""The answer at every stage: each against `decide`, and which instruments make the difference."""

from __future__ import annotations

import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given

from lawmodel.case.case import Case
from lawmodel.case.file import load_cases
from lawmodel.inquiry.decide import decide
from lawmodel.law_files import case_files, rules_folder, scenarios_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.compare.compare_stages import compare_stages
from lawmodel.verbs.compare.comparisons import StageComparison, StageReached
from tests.inquiry.ferry import FERRY, ferry
from tests.random_rulebooks import QUESTION, STAGES, RandomLaw, random_laws
from tests.sizes import examples

RULEBOOK = load_rulebook(rules_folder())


def case_of(name: str, variant: str | None = None) -> Case:
    (file,) = (file for file in case_files([scenarios_folder()]) if file.name.startswith(name))
    (case,) = (case for case in load_cases(RULEBOOK, file) if case.variant == variant)
    return case


def check_stages(
    rulebook: Rulebook, case: Case, question: str, found: StageComparison, on: datetime.date | None = None
) -> None:
    assert [stage for row in found.rows for stage in row.stages] == [stage.id for stage in rulebook.stages]
    for row in found.rows:
        for stage in row.stages:
            answer = decide(rulebook, case, question, on=on, stage=stage, forward_chaining=False)
            assert row.answer.possible == answer.possible
            assert set(row.answer.grounds) == {one.id for one in answer.grounds if one.in_every_case}
    for before, now in pairwise(found.rows):
        assert before.answer != now.answer
        assert now.because
        assert all(now.because)
    assert [row.of_case for row in found.rows] == [False] * (len(found.rows) - 1) + [True]


@given(random_laws(room=40))
@examples(quick=8, full=60)
def test_every_stage_has_the_answer_of_its_row(law: RandomLaw) -> None:
    rulebook = law.rulebook()
    try:
        case = law.case(rulebook)
        found = compare_stages(rulebook, case, QUESTION)
    except ProblemsFound:
        assume(condition=False)
        raise
    check_stages(rulebook, case, QUESTION, found)
    assert {name for row in found.rows for together in row.because for name in together} <= {"bill", "act"}
    assert [stage for row in found.rows for stage in row.stages] == list(STAGES)


def test_a_bill_on_its_way() -> None:
    case = case_of("29")
    found = compare_stages(RULEBOOK, case, "extradition")
    check_stages(RULEBOOK, case, "extradition", found)
    assert [(row.stages[0], row.stages[-1], row.answer.possible) for row in found.rows] == [
        ("drafted", "signed", ("must_refuse",)),
        ("in_force", "in_force", ("may_grant",)),
    ]
    assert found.rows[1].because == (("law-50-fz",),)
    assert found.rows[1].reached == {"law-50-fz": StageReached("signed", "2026-03-08")}


def test_on_another_day_it_had_not_got_as_far() -> None:
    on = datetime.date(2026, 2, 1)
    found = compare_stages(RULEBOOK, case_of("29"), "extradition", on=on)
    check_stages(RULEBOOK, case_of("29"), "extradition", found, on)
    assert found.rows[0].stages[-1] == "first_reading"
    assert found.rows[1].reached == {"law-50-fz": StageReached("first_reading", "2026-01-21")}
    early = compare_stages(RULEBOOK, case_of("29"), "extradition", on=datetime.date(2025, 1, 1))
    assert [row.stages for row in early.rows] == [tuple(stage.id for stage in RULEBOOK.stages)]


def test_a_day_of_the_law_that_is_not_known() -> None:
    found = compare_stages(RULEBOOK, case_of("decision-day-unknown"), "extradition")
    assert found.law.date is None
    check_stages(RULEBOOK, case_of("decision-day-unknown"), "extradition", found)


TWO_LAWS = FERRY.replace(
    "facts:\n",
    """  - id: harbour-law
    title: Harbour Law
    sources: [{id: ferry-law}]
    steps:
      - {stage: drafted, date: 2020-02-10, certainty: report}
      - {stage: valid, date: 2021-02-01, certainty: text}
facts:
""",
    1,
).replace(
    "    when: {traveller.drunk: yes}\n    brings: notice\n",
    "    when: {all: [{law: harbour-law}, {traveller.drunk: yes}, {crossing.made: {on_or_after:"
    " {became_law: ferry-law}}}]}\n    concludes: refused\n",
)


BEGINNING = """
dates:
  - id: beginning
    title: the beginning
    is: {became_law: ferry-law}
    sources: [{id: ferry-law}]
    certainty: text
"""


@pytest.mark.parametrize(
    ("on", "because"),
    [
        # the one would not yet be law, and the crossing would come before the other became law: either is enough
        (datetime.date(2020, 6, 1), (("ferry-law",), ("harbour-law",))),
        (datetime.date(2021, 1, 15), (("harbour-law",),)),
    ],
)
@pytest.mark.parametrize("counted", [False, True], ids=["that day", "so long after"])
def test_the_least_that_makes_the_difference(
    tmp_path: Path, on: datetime.date, because: tuple[tuple[str, ...], ...], counted: bool
) -> None:
    since = "{on_or_after: 0 days after beginning}" if counted else "{on_or_after: {became_law: ferry-law}}"
    law = ferry(tmp_path, law=TWO_LAWS.replace("{on_or_after: {became_law: ferry-law}}", since) + BEGINNING)
    case = Case(
        facts={
            "passes": ({"from": 1},),
            "traveller.armed": False,
            "traveller.drunk": True,
            "crossing.made": on.toordinal(),
        }
    )
    found = compare_stages(law, case, "crossing", readings={"toll": "low"})
    check_stages(law, case, "crossing", found)
    assert [row.answer.possible for row in found.rows] == [("refused",), ("free",)]
    assert found.rows[1].stages == ("adopted", "valid")
    assert found.rows[1].because == because
