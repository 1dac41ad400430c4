"""What a generator looks for in its exercises: each check finds a planted fault, and nothing in what is well made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from lawmodel.exercises import making_sets
from lawmodel.exercises.checks import fairness, given_away, length, twins, words
from lawmodel.exercises.checks.checked import OF_A_SET, OF_ONE, findings_among, findings_of
from lawmodel.exercises.exercise import AnswerInBrief, AnswerOption, Exercise, ExerciseSet, Kind, OneChoice
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making_sets import make
from lawmodel.exercises.words import DATE_SAID
from lawmodel.law_files import rules_folder
from lawmodel.rulebook.load import load_rulebook

KINDS: tuple[Kind, ...] = ("outcome", "day")
LONG = "Since the law of the day of the decision applies, and not that of the day on which the request was received."


@pytest.fixture(scope="module")
def laws() -> Laws:
    return Laws(load_rulebook(rules_folder()), "extradition")


@pytest.fixture(scope="module")
def made(laws: Laws) -> ExerciseSet:
    return make(laws, KINDS, 3, seed=3)


def of_kind(made: ExerciseSet, kind: Kind) -> Exercise:
    return next(one for one in made.exercises if one.kind == kind)


def with_facts(exercise: Exercise, **facts: object) -> Exercise:
    """The exercise with other facts: by subject, what is changed of it."""
    known = exercise.case["facts"]
    changed = {name: {**known.get(name, {}), **value} for name, value in facts.items()}  # type: ignore[dict-item]
    return replace(exercise, case={**exercise.case, "facts": {**known, **changed}})


def found(laws: Laws, exercise: Exercise) -> set[str]:
    return {one.check for one in findings_of(laws, exercise)}


def options(right: str, *wrong: str) -> tuple[AnswerOption, ...]:
    return (
        AnswerOption("law", right, True),
        *(AnswerOption(f"wrong-{number}", says, False) for number, says in enumerate(wrong)),
    )


def many(exercise: Exercise, count: int, *, right: str, wrong: Sequence[str]) -> list[Exercise]:
    """So many exercises with these options."""
    return [
        replace(exercise, id=f"outcome-{number}", options=options(right, *wrong), kind="outcome")
        for number in range(count)
    ]


def test_every_check_is_a_file_of_its_name() -> None:
    folder = Path(words.__file__).parent
    files = {path.stem.replace("_", "-") for path in folder.glob("*.py")} - {"--init--", "checked", "finding"}
    assert files == {*OF_ONE, *OF_A_SET} - {"words-of-the-set"}


def test_what_is_made_is_well_made(laws: Laws, made: ExerciseSet) -> None:
    assert [one.kind for one in made.exercises] == ["outcome", "outcome", "day"]
    assert [each for one in made.exercises for each in findings_of(laws, one)] == []
    assert list(findings_among(laws, made.exercises)) == []


def test_a_word_of_the_question_that_stands_in_the_right_option_alone(laws: Laws, made: ExerciseSet) -> None:
    one = of_kind(made, "outcome")
    stem = "Which answer follows from the commencement of the amendment?"
    planted = replace(
        one, stem=stem, options=options("By its commencement it is refused.", "It is granted.", "It is not.")
    )
    assert list(words.check(laws, planted)) == ["the question and the right option alone have the word “commencement”"]
    also = options("By its commencement it is refused.", "Without commencement it is granted.", "It is not.")
    assert list(words.check(laws, replace(planted, options=also))) == []


def test_words_that_stand_in_wrong_options_alone(laws: Laws, made: ExerciseSet) -> None:
    one = of_kind(made, "outcome")
    planted = many(one, 8, right="It is refused.", wrong=("It is never refused.", "It is always granted."))
    assert [said for _, said in words.check_set(laws, planted)] == [
        "words such as “always” and “only” stand in wrong options much more often than in right ones"
    ]
    assert list(words.check_set(laws, planted[:7])) == []
    assert (
        list(words.check_set(laws, many(one, 8, right="It is never so.", wrong=("It is always so.", "It is.")))) == []
    )


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2026-04-25", "the decision: 25 April 2026 is no likely day"),
        ("2026-05-11", "the decision: 11 May 2026 is no likely day"),
        ("2026-04-24", None),
    ],
)
def test_a_decision_on_a_saturday_or_a_day_off(laws: Laws, made: ExerciseSet, day: str, says: str | None) -> None:
    one = with_facts(of_kind(made, "outcome"), decision={"made": day}, request={"received": "2026-03-30"})
    assert next(iter(OF_ONE["days"](laws, one)), None) == says


@pytest.mark.parametrize(
    ("signed", "says"),
    [("2025-06-02", ["day of signature: 2 June 2025 is no likely day"]), ("2025-09-01", [])],
)
def test_a_contract_before_the_law_let_such_persons_sign(
    laws: Laws, made: ExerciseSet, signed: str, says: list[str]
) -> None:
    """Which question has to be answered how on that day is said by the rulebook (`likely`)."""
    one = of_kind(made, "outcome")
    service = [{"formation": "armed_forces", "basis": "contract", "signed": signed, "from": "2025-09-08"}]
    facts = {"person": {"citizenships": []}, "service": service, "decision": {"made": "2026-04-22"}}
    assert list(OF_ONE["days"](laws, replace(one, case={"presume": "ordinary", "facts": facts}))) == says


def test_what_is_still_to_come(laws: Laws, made: ExerciseSet) -> None:
    one = with_facts(of_kind(made, "outcome"), decision={"made": "2026-06-11"})
    service = [{"formation": "armed_forces", "basis": "contract", "from": "2026-06-01", "to": "2026-06-15"}]
    planted = replace(one, case={**one.case, "facts": {**one.case["facts"], "service": service}})
    assert "the case tells something that is still to come" in list(OF_ONE["days"](laws, planted))
    service[0]["to"] = "2026-06-11"
    assert list(OF_ONE["days"](laws, planted)) == []


def test_a_request_after_the_decision_is_no_case_and_a_mobilised_foreigner_is_odd(
    laws: Laws, made: ExerciseSet
) -> None:
    one = of_kind(made, "outcome")
    planted = with_facts(one, decision={"made": "2026-04-22"}, request={"received": "2026-04-23"})
    (said,) = OF_ONE["odd"](laws, planted)
    assert said.startswith("no case can be so")
    odd = with_facts(one, request={"state": "RU"})
    assert list(OF_ONE["odd"](laws, odd)) == ["the rulebook finds the case odd"]
    assert list(OF_ONE["odd"](laws, one)) == []


def test_the_law_has_moved(laws: Laws, made: ExerciseSet) -> None:
    one = of_kind(made, "outcome")
    planted = replace(one, rulebook=replace(one.rulebook, sha256="0" * 64))
    assert found(laws, planted) == {"law-moved"}


def test_a_day_that_is_worked_out_says_so(laws: Laws, made: ExerciseSet) -> None:
    one = of_kind(made, "day")
    silent = tuple(replace(option, feedback="") for option in one.options)
    limbs = ("instrument:law-50-fz",)
    planted = replace(one, options=silent, explanation="It is in force since then.", limbs=limbs)
    assert list(OF_ONE["law-moved"](laws, planted)) == ["the day of law-50-fz is not sure, and nothing says so"]
    said = f"It is in force since then. {DATE_SAID['derived']}"
    assert list(OF_ONE["law-moved"](laws, replace(planted, explanation=said))) == []
    assert list(OF_ONE["law-moved"](laws, one)) == []


def test_a_ground_that_is_not_sure_says_so(laws: Laws, made: ExerciseSet) -> None:
    one = next(
        one for one in made.exercises if one.kind in ("outcome", "ground") and "19 March 2026" in one.explanation
    )
    said = DATE_SAID["derived"]
    assert said in one.explanation
    assert list(OF_ONE["law-moved"](laws, one)) == []
    (finding,) = OF_ONE["law-moved"](laws, replace(one, explanation=one.explanation.replace(said, "")))
    assert finding.startswith("nothing says this: Federal Law No. 50-FZ")


def test_the_right_option_is_not_mostly_the_longest_or_the_shortest(laws: Laws, made: ExerciseSet) -> None:
    one = of_kind(made, "outcome")
    longest = many(one, 6, right=LONG, wrong=("It is granted.", "It is refused.", "It is not."))
    assert [said for _, said in length.check(laws, longest)] == ["the right option is much the longest in 6 of 6"]
    shortest = many(one, 6, right="Yes.", wrong=(LONG, LONG + LONG, LONG))
    assert [said for _, said in length.check(laws, shortest)] == ["the right option is much the shortest in 6 of 6"]
    assert list(length.check(laws, many(one, 6, right=LONG, wrong=(LONG, "It is not.")))) == []


def test_what_one_exercise_tells_of_another(laws: Laws, made: ExerciseSet) -> None:
    first, second = (one for one in made.exercises if one.kind == "outcome")
    assert list(given_away.check(laws, [first, second])) == []
    hint = f"Remember: {second.right[0].says}"
    assert [one for one, _ in given_away.check(laws, [replace(first, hints=(hint, *first.hints[1:])), second])] == [
        second
    ]
    alike = replace(second, case=first.case, id="other")
    assert [said for _, said in given_away.check(laws, [first, alike])] == [
        f"{first.id} is about the same case, and its key tells the answer"
    ]
    said = f"It is so: {first.right[0].says}"
    assert [one for one, _ in given_away.check(laws, [replace(first, stem=said)])] == [replace(first, stem=said)]


def test_two_persons_of_one_name(laws: Laws, made: ExerciseSet) -> None:
    first, second = (one for one in made.exercises if one.kind == "outcome")
    assert list(twins.check(laws, [first, second])) == []
    story = "Otabek Toshnurov is stateless. He never fought."
    planted = [replace(first, story=story), replace(second, story=story + " He is in Russia.")]
    assert [said for _, said in twins.check(laws, planted)] == [
        "Otabek Toshnurov is a person of another exercise of the set as well"
    ]


def of_person(one: Exercise, number: int, woman: bool, state: str, outcome: str, charge: str = "a fraud") -> Exercise:
    """An exercise about a woman or a man of a state, with an answer."""
    return replace(
        one,
        id=f"outcome-{number}",
        story=f"The file is about somebody. {'She' if woman else 'He'} is wanted for {charge}.",
        case={"facts": {"person": {"citizenships": [{"state": state}]}}},
        answered=AnswerInBrief("determined", outcome, (outcome,), ()),
    )


def test_neither_sex_nor_state_nor_offence_goes_with_the_answer(laws: Laws, made: ExerciseSet) -> None:
    one = of_kind(made, "outcome")

    def said(woman: int, state: int) -> set[str]:
        """What is found of 24 exercises: of half of them the answer is a, and a block so long has one sex or state."""
        exercises = [
            of_person(
                one,
                number,
                number // woman % 2 == 0,
                "UZ" if number // state % 2 else "TJ",
                "a" if number < 12 else "b",
            )
            for number in range(24)
        ]
        return {says for _, says in fairness.check(laws, exercises)}

    def with_charges(block: int) -> set[str]:
        exercises = [
            of_person(one, number, number % 2 == 0, "UZ", "a" if number < 12 else "b", charge)
            for number in range(24)
            for charge in [("a burglary", "a fraud")[number // block % 2]]
        ]
        return {says for _, says in fairness.check(laws, exercises)}

    assert with_charges(2) == set()
    assert with_charges(12) == {
        "detail a burglary goes with the answer a in 12 of 12",
        "detail a fraud goes with the answer b in 12 of 12",
    }
    assert said(1, 2) == set()
    assert said(12, 1) == {"sex woman goes with the answer a in 12 of 12", "sex man goes with the answer b in 12 of 12"}
    assert said(1, 12) == {"name TJ goes with the answer a in 12 of 12", "name UZ goes with the answer b in 12 of 12"}
    few = [of_person(one, number, number < 6, "UZ", "a" if number < 6 else "b") for number in range(11)]
    assert list(fairness.check(laws, few)) == []


@pytest.mark.parametrize(
    ("counts", "probability"),
    [((12, 12, 12, 24), 1 / 2704156), ((6, 12, 12, 24), 0.66), ((0, 5, 3, 10), 1.0), ((3, 3, 3, 10), 1 / 120)],
)
def test_how_probable_by_chance(counts: tuple[int, int, int, int], probability: float) -> None:
    assert fairness.fisher(*counts) == pytest.approx(probability, rel=0.02)


def test_a_generator_says_by_which_checks_drafts_were_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    deployment = Laws(load_rulebook(rules_folder()), "deployment")
    monkeypatch.setitem(
        OF_ONE, "hints", lambda _, one: iter(["planted"] if isinstance(one.response, OneChoice) else [])
    )
    monkeypatch.setattr(making_sets, "TRIES", 2)
    refused = make(deployment, ["outcome"], 1, seed=1)
    assert refused.exercises == ()
    (left_out,) = refused.left_out
    assert "refused by checks: hints (" in left_out.why
