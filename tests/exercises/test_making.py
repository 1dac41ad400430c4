"""Exercises that the law makes: their keys are the law's, the same for the same seed, and none is a twin."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.case.file import parse_cases
from lawmodel.case.telling_case import telling_case
from lawmodel.case.writing import case_text
from lawmodel.exercises.checks.checked import findings_of, findings_of_set
from lawmodel.exercises.checks.key_is_the_law import case_of
from lawmodel.exercises.difficulty import difficulty_of, is_in_reach, is_too_hard, level_of, weight
from lawmodel.exercises.exercise import (
    KINDS,
    LAW,
    Difficulty,
    Exercise,
    ExerciseSet,
    Kind,
    Level,
    StepOrder,
    WrittenCase,
)
from lawmodel.exercises.exercise_file import exercises_text, parse_exercises, wrong_with
from lawmodel.exercises.explaining import Explanation
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making_sets import CASES_OF_A_LEVEL, make
from lawmodel.exercises.parting import is_told, parting
from lawmodel.inquiry.decide import decide
from lawmodel.law_files import rules_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.held_law import held_law
from lawmodel.rulebook.load import load_rulebook
from tests.sizes import examples, is_full, one_in

NATIONALITY = Path(__file__).parents[2] / "examples" / "british-nationality" / "rules"


@pytest.fixture(scope="module")
def extradition() -> Laws:
    return Laws(load_rulebook(rules_folder()), "extradition")


@pytest.fixture(scope="module")
def deployment() -> Laws:
    return Laws(load_rulebook(rules_folder()), "deployment")


FEWEST: dict[Kind, int] = {"day": 1, "order": 3, "reading": 3}
"""Of how many of a kind there are at least, where the law has few: of instruments, and of provisions of many parts."""
OWN_WORDS: tuple[Kind, ...] = ("missing-fact", "reading", "statement")
"""Their options are texts of the rulebook, some of which are longer than others."""
QUICK: tuple[Kind, ...] = ("outcome", "ground", "contested", "day", "build", "order")
"""The kinds that take least."""


@pytest.fixture(scope="module")
def one_of_each(extradition: Laws) -> ExerciseSet:
    """One exercise of each kind that takes little."""
    return make(extradition, QUICK, len(QUICK), seed=7)


def of_kind(found: ExerciseSet, kind: Kind) -> Exercise:
    return next(one for one in found.exercises if one.kind == kind)


def test_each_kind_is_made_and_nothing_is_wrong_with_it(extradition: Laws, one_of_each: ExerciseSet) -> None:
    assert [one.kind for one in one_of_each.exercises] == list(QUICK)
    assert one_of_each.left_out == ()
    assert list(findings_of_set(extradition, one_of_each)) == []
    for one in one_of_each.exercises:
        assert list(wrong_with(one)) == []
        assert one.rulebook.sha256 == extradition.rulebook.content_hash
        assert one.proof
        assert one.explanation
        assert one.limbs
    assert parse_exercises(exercises_text(one_of_each)) == one_of_each


@pytest.mark.parametrize("kind", ["build", "statement"])
def test_a_level_that_no_exercise_of_a_kind_has_is_said_at_once(deployment: Laws, kind: Kind) -> None:
    (left,) = make(deployment, [kind], 1, level=2).left_out
    assert (left.made, left.why) == (0, "exercises of this kind are of level 3 at least")


def test_a_rare_level_ends_after_so_many_cases(deployment: Laws) -> None:
    (left,) = make(deployment, ["outcome"], 1, seed=3, level=4).left_out
    found = re.match(r"none of level 4 was found in ([0-9]+) cases", left.why)
    assert found is not None, left.why
    assert 20 < int(found[1]) <= CASES_OF_A_LEVEL


@pytest.mark.parametrize("level", [1, 2])
def test_only_exercises_of_the_level_come(deployment: Laws, level: Level) -> None:
    found = make(deployment, ["outcome", "ground", "least-change", "contested"], 4, seed=5, level=level)
    assert {one.level for one in found.exercises} == {level}
    assert len(found.exercises) + sum(one.wanted - one.made for one in found.left_out) == 4


@pytest.mark.parametrize("question", one_in(2, ["extradition", "removal", "citizenship"]))
def test_no_exercise_is_out_of_the_reach_of_its_own_level(question: str) -> None:
    """What is asked before the costly parts are made never keeps back what would have been of the level."""
    laws = Laws(load_rulebook(rules_folder()), question)
    found = make(laws, ["outcome", "ground", "least-change", "contested"], 16, seed=11)
    for one in found.exercises:
        case = case_of(laws, one)
        explained = Explanation(laws, case, laws.answer(case))
        assert is_in_reach(one.level, one.kind, explained), one.id
        assert not is_too_hard(one.level, one.kind, explained, one.difficulty.misconceptions), one.id
    assert len(found.exercises) > 8


@examples(quick=2, full=20)
@given(
    seed=st.integers(0, 10**6),
    kind=st.sampled_from(("outcome", "ground", "least-change", "contested", "day", "reading")),
)
def test_every_key_is_what_decide_answers(extradition: Laws, deployment: Laws, seed: int, kind: Kind) -> None:
    for laws in (extradition, deployment) if is_full() else (deployment,):
        found = make(laws, [kind], 1, seed)
        assert list(findings_of_set(laws, found)) == []
        for one in found.exercises:
            assert list(wrong_with(one)) == []


@pytest.mark.parametrize("kind", [pytest.param(one, marks=pytest.mark.long) for one in KINDS])
def test_many_of_each_kind(extradition: Laws, kind: Kind) -> None:
    found = make(extradition, [kind], 12, seed=11)
    assert len(found.exercises) >= FEWEST.get(kind, 6)
    assert [one for one in findings_of_set(extradition, found) if one.check != "length" or kind not in OWN_WORDS] == []
    assert len({one.id for one in found.exercises}) == len(found.exercises)


def test_the_same_seed_makes_the_same_set_and_another_makes_another(deployment: Laws) -> None:
    kinds: tuple[Kind, ...] = ("outcome", "order")
    first = make(deployment, kinds, 2, seed=3)
    again = make(Laws(deployment.rulebook, "deployment"), kinds, 2, seed=3)
    assert exercises_text(first) == exercises_text(again)
    assert first.exercises != make(deployment, kinds, 2, seed=4).exercises
    assert len({one.id for one in first.exercises}) == len(first.exercises)


def test_wrong_options_are_the_answers_of_misconceptions(extradition: Laws, one_of_each: ExerciseSet) -> None:
    one = of_kind(one_of_each, "outcome")
    case = case_of(extradition, one)
    wrong = [option for option in one.options if not option.right]
    assert len(wrong) >= 2
    for option in wrong:
        if option.misconception is None:
            continue
        answer = decide(held_law(extradition.rulebook, option.misconception), case, "extradition")
        assert option.answered is not None
        assert answer.outcome == option.answered.outcome != one.option(LAW).answered.outcome  # type: ignore[union-attr]
        assert extradition.held[option.misconception].says in option.feedback
        assert f"--held-by {option.misconception}" in " ".join(step.command for step in one.proof)


def test_the_step_at_which_two_laws_part_is_told(extradition: Laws) -> None:
    misconception = extradition.rulebook.misconceptions["last-day-is-former"]
    case = telling_case(extradition.rulebook, misconception)
    held = extradition.held["last-day-is-former"]
    part = parting(extradition, case, held, (extradition.answer(case), extradition.answer(case, held.id)))
    assert part is not None
    assert part.provision == "cpc-464-1-7"
    assert part.says.endswith("By the law: serving at the time. By your answer: not serving at the time.")
    assert part.inputs == ("service[1].to",)


@pytest.mark.long
def test_what_cannot_be_made_is_said(deployment: Laws) -> None:
    nationality = Laws(load_rulebook(NATIONALITY), "citizenship-by-birth")
    found = make(nationality, ["outcome", "day"], 4, seed=2)
    assert [one.kind for one in found.exercises] == ["outcome", "outcome"]
    (left_out,) = found.left_out
    assert (left_out.kind, left_out.wanted, left_out.made, left_out.why) == ("day", 2, 0, "no case gives one")
    assert list(findings_of_set(nationality, found)) == []


def test_a_level_is_kept_to(deployment: Laws) -> None:
    found = make(deployment, ["order"], 2, seed=1, level=1)
    assert {one.level for one in found.exercises} == {1}
    (left_out,) = make(deployment, ["order"], 1, seed=1, level=4).left_out
    assert left_out.why == "none of level 4 was found"


def test_a_rulebook_without_misconceptions_has_other_readings_and_slips() -> None:
    laws = Laws(load_rulebook("tests/toy/rules"), "loan")
    assert not laws.rulebook.misconceptions
    for one in laws.held.values():
        assert one.misconception is None
        reading, option = one.reading or ("", "")
        assert laws.supported(reading, option)
        assert laws.rulebook.readings[reading].default != option
        assert one.command == ("--reading", f"{reading}={option}")
    assert laws.slips
    assert not any(one.named for one in laws.slips.values())
    assert laws.telling_cases == ()
    found = make(laws, ["outcome"], 2, seed=1)
    assert [one for one in findings_of_set(laws, found) if one.check == "key-is-the-law"] == []


@pytest.mark.parametrize(
    ("kinds", "count", "said"),
    [
        (["outcom"], 3, "there is no `outcom`"),
        ([], 3, "no kind"),
        (["order"], 0, "from 1 to"),
        (["order"], 501, "from 1"),
    ],
)
def test_what_is_asked_wrongly_is_refused(deployment: Laws, kinds: list[Kind], count: int, said: str) -> None:
    with pytest.raises(ProblemsFound, match=said):
        make(deployment, kinds, count)


def test_difficulty_is_counted() -> None:
    two_halves = Difficulty(facts=4, comparisons=1, further_records=1, near_misses=1, misconceptions=2, readings=3)
    assert weight(two_halves) == 13.5
    assert level_of(two_halves) == 3
    exactly_a_year = Difficulty(facts=2, boundaries=1, misconceptions=2)
    assert (weight(exactly_a_year), level_of(exactly_a_year)) == (6, 1)
    assert level_of(Difficulty(facts=1, kind=3)) == 3
    assert level_of(Difficulty(facts=2, comparisons=1, misconceptions=1, kind=3, proof=1)) == 4
    assert weight(Difficulty(readings=3, open_readings=1)) == 3.5


class TestChecks:
    """Each check finds what is wrong where something is."""

    def found(self, laws: Laws, exercise: Exercise) -> set[str]:
        return {one.check for one in findings_of(laws, exercise)}

    def test_of_keys(self, extradition: Laws, one_of_each: ExerciseSet) -> None:
        one = of_kind(one_of_each, "outcome")
        assert one.answered is not None
        assert "key-is-the-law" in self.found(
            extradition, replace(one, answered=replace(one.answered, outcome="not_extradition"))
        )
        assert "key-is-the-law" in self.found(extradition, replace(one, answered=replace(one.answered, grounds=("x",))))

    def test_of_options(self, extradition: Laws, one_of_each: ExerciseSet) -> None:
        one = of_kind(one_of_each, "outcome")
        twice = (one.options[0], *(replace(each, says=one.options[0].says) for each in one.options[1:]))
        assert "distractor-is-false" in self.found(extradition, replace(one, options=twice))
        same = tuple(replace(each, answered=one.answered) for each in one.options)
        assert "distractor-is-false" in self.found(extradition, replace(one, options=same))
        bare = (replace(one.options[0], says="Yes"), *one.options[1:])
        assert "one-form" in self.found(extradition, replace(one, options=bare))

    def test_of_stories(self, extradition: Laws, one_of_each: ExerciseSet) -> None:
        one = of_kind(one_of_each, "outcome")
        assert "story-tells-the-case" in self.found(extradition, replace(one, story=f"{one.story} Nobody knows why."))
        first = one.story.partition(". ")[2]
        assert "story-tells-the-case" in self.found(extradition, replace(one, story=first))

    def test_of_words(self, extradition: Laws, one_of_each: ExerciseSet) -> None:
        one = of_kind(one_of_each, "outcome")
        assert "negation" in self.found(extradition, replace(one, stem="Which of these is not what nobody may do?"))
        assert "hints" in self.found(extradition, replace(one, hints=("a", "a", "b")))
        right = one.right[0]
        assert right.answered is not None
        says = right.says.partition(".")[0]
        assert "hints" in self.found(extradition, replace(one, hints=("a", "b", f"Here: {says}.")))

    def test_of_sets(self, extradition: Laws, one_of_each: ExerciseSet) -> None:
        one = of_kind(one_of_each, "outcome")
        doubled = replace(one_of_each, exercises=(one, one))
        assert "twins" in {each.check for each in findings_of_set(extradition, doubled)}
        told = replace(one, stem=f"{one.right[0].says} Is that so?")
        assert "given-away" in {
            each.check for each in findings_of_set(extradition, replace(one_of_each, exercises=(told,)))
        }
        first = tuple(sorted(one.options, key=lambda each: not each.right))
        in_one_place = replace(
            one_of_each, exercises=tuple(replace(one, options=first, stem=str(n)) for n in range(30))
        )
        assert {"places"} <= {each.check for each in findings_of_set(extradition, in_one_place)}
        long = tuple(replace(each, says=each.says * 4) if each.right else each for each in one.options)
        longest = tuple(replace(one, options=long, stem=str(number)) for number in range(9))
        stands_out = replace(one_of_each, exercises=longest)
        assert {"length"} <= {each.check for each in findings_of_set(extradition, stands_out)}


def test_orders_and_written_cases_have_keys_of_their_form(extradition: Laws, one_of_each: ExerciseSet) -> None:
    order = of_kind(one_of_each, "order").response
    assert isinstance(order, StepOrder)
    assert order.before
    build = of_kind(one_of_each, "build")
    assert isinstance(build.response, WrittenCase)
    if build.response.possible:
        case = parse_cases(extradition.rulebook, case_text(build.response.example))[0]
        answer = decide(extradition.rulebook, case, "extradition")
        assert answer.outcome == build.response.outcome
        assert {*build.response.grounds} <= {one.id for one in answer.grounds}


BROTHERS = """
presume: ordinary
facts:
  person: {citizenships: [{state: AM}], protection: %s}
  service: [{formation: armed_forces, basis: contract, signed: 2025-03-10, from: 2025-03-17, to: still, fought: no}]
  request: {state: AM, received: 2026-04-06, treaty_obliges: yes}
  decision: {made: 2026-06-02}
"""


def test_a_bar_that_hides_a_dispute_makes_a_case_harder(extradition: Laws) -> None:
    """Refuge settles the answer however item 7 is read; without that ground the dispute about it would be open."""
    plain, hidden = (
        difficulty_of("contested", Explanation(extradition, case, extradition.answer(case)), ())
        for case in (
            parse_cases(extradition.rulebook, BROTHERS % one, "case.yaml")[0] for one in ("none", "temporary_asylum")
        )
    )
    assert plain.readings >= 3
    assert plain.hidden_readings == 0
    assert hidden.readings == 0
    assert hidden.hidden_readings >= 3
    assert weight(replace(hidden, hidden_readings=0)) < weight(hidden)


def test_what_turns_on_something_presumed_is_no_wrong_answer(extradition: Laws) -> None:
    """That the treaty obliges is supposed where nothing is told of it: a story without it gives no such answer."""
    held = extradition.held["treaty-conflict=treaty-prevails"]
    text = BROTHERS % "none"
    told, untold = (
        parse_cases(extradition.rulebook, one, "case.yaml")[0]
        for one in (text, text.replace(", treaty_obliges: yes", ""))
    )
    for case, said in ((told, True), (untold, False)):
        answers = extradition.answer(case), extradition.answer(case, held.id)
        part = parting(extradition, case, held, answers)
        assert answers[0].outcome != answers[1].outcome
        assert part is not None
        assert is_told(extradition, case, held, part) is said
