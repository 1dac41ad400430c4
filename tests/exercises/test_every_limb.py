"""A set that tests every limb of a question: what `cover` confirms, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawmodel.exercises.checks.checked import findings_of
from lawmodel.exercises.every_limb import FOLLOWS, NEVER, ODD, every_limb_set
from lawmodel.exercises.exercise import ExerciseSet
from lawmodel.exercises.exercise_file import exercises_text, parse_exercises
from lawmodel.exercises.expected_cases import expected_cases
from lawmodel.exercises.laws import Laws
from lawmodel.inquiry.covering.coverage import Coverage
from lawmodel.inquiry.covering.covering import Covering, result
from lawmodel.inquiry.distinguishing.expected_answers import expected_answers
from lawmodel.law_files import rules_folder
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from tests.inquiry.ferry import FERRY


def covered(rulebook: Rulebook, question: str, found: ExerciseSet) -> Coverage:
    """What a set tests of a question, as `lawmodel cover SET --question QUESTION` has it."""
    covering = Covering(rulebook, [question])
    cases = list(expected_cases(rulebook, found, "set"))
    tests = list(expected_answers(rulebook, cases))
    covering.add(tests)
    return result(covering, covering.missing(), len(cases), len(tests))


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Laws:
    folder = tmp_path_factory.mktemp("law")
    (folder / "ferry.yaml").write_text(FERRY, encoding="utf-8")
    return Laws(load_rulebook(folder), "crossing")


@pytest.fixture(scope="module")
def made(ferry: Laws) -> ExerciseSet:
    return every_limb_set(ferry, seed=2)


def test_every_limb_that_can_be_is_tested_from_both_sides(ferry: Laws, made: ExerciseSet) -> None:
    found = covered(ferry.rulebook, "crossing", made)
    assert found.unmet == 0
    by_reason = {one.why: one for one in made.left_out}
    assert found.shown == made.left_out[0].made == 11
    untested = {(limb.entry, half.so) for limb in found.limbs for half in limb.missing}
    # The pass begins after the crossing, which no exercise can tell; that the pilot is told is no part of an answer.
    assert untested == {("pass-holder", False), ("drink-3", True), ("drink-3", False)}
    assert set(by_reason) == {FOLLOWS, NEVER, ODD}
    assert by_reason[FOLLOWS].limbs == ("drink-3: drunk", "drink-3: sober")
    assert by_reason[NEVER].limbs == ("receipt-4: drunk", "receipt-4: sober")
    assert [one.partition(":")[0] for one in by_reason[ODD].limbs] == ["pass-holder"]
    assert sum(len(one.limbs) for one in made.left_out) + found.shown == by_reason[ODD].wanted


def test_no_exercise_is_superfluous_and_none_has_a_fault(ferry: Laws, made: ExerciseSet) -> None:
    every = covered(ferry.rulebook, "crossing", made).shown
    for one in made.exercises:
        others = tuple(other for other in made.exercises if other is not one)
        fewer = ExerciseSet(made.title, made.seed, made.rulebook, others)
        assert covered(ferry.rulebook, "crossing", fewer).shown < every
        assert list(findings_of(ferry, one)) == []
    assert parse_exercises(exercises_text(made)) == made
    assert every_limb_set(ferry, seed=2) == made


def test_whoever_overlooks_a_limb_is_told_on_what_the_answer_turns(made: ExerciseSet) -> None:
    said = [option.feedback for one in made.exercises for option in one.options if option.id.startswith("limb-")]
    assert any(one.endswith("The answer turns on this: Armed.") for one in said)
    read_otherwise = [one for one in made.exercises if one.readings]
    assert read_otherwise
    for one in read_otherwise:
        assert "Here the law is read so: " in one.stem
        assert all(f"--reading {name}={option}" in one.proof[0].command for name, option in one.readings.items())


@pytest.mark.long
@pytest.mark.parametrize(("question", "percent", "most"), [("deployment", 95, 60), ("extradition", 92, 120)])
def test_the_law_is_tested_nearly_whole(question: str, percent: int, most: int) -> None:
    laws = Laws(load_rulebook(rules_folder()), question)
    found = every_limb_set(laws)
    assert len(found.exercises) <= most
    confirmed = covered(laws.rulebook, question, found)
    assert confirmed.percent >= percent
    assert confirmed.shown == found.left_out[0].made
    assert all(one.limbs for one in found.left_out)


def test_cover_looks_at_one_question_alone(ferry: Laws) -> None:
    rulebook = ferry.rulebook
    every, one = Covering(rulebook), Covering(rulebook, ["pass"])
    assert (
        {limb.entry for limb in one.limbs} == {"pass-holder", "pass-5", "pass-6"} < {limb.entry for limb in every.limbs}
    )
    assert Path(one.limbs[0].place.file).name == "ferry.yaml"
