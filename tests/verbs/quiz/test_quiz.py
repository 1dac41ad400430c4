"""`lawmodel quiz` through a pipe, an answer a line, as a student would see it."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from lawmodel.exercises.exercise import AnswerInBrief, AnswerOption, Exercise, ExerciseSet, SeveralChoices, with_id
from lawmodel.exercises.exercise_file import exercises_text
from lawmodel.exercises.predictions import telling_cases
from lawmodel.exercises.progress_file import progress_in
from lawmodel.results.header import RulebookUsed
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from tests.commands.every_verb import LAW
from tests.commands.running import Ran, Run
from tests.exercises.sets_of_cases import set_of_cases
from tests.exercises.written_exercises import BUILD, EVERY_FORM, IMPOSSIBLE, ONE, ORDER, SEVERAL, exercise

EVENING: Final = ("--at", "2026-11-29T21:00:00Z")
TEN_MINUTES_LATER: Final = ("--at", "2026-11-29T21:10:00Z")
ARMED: Final = "facts: {crossing: {made: 2022-01-01}, traveller: {armed: yes}}\n"


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    """A folder with a law of a bridge."""
    (tmp_path / "law.yaml").write_text(LAW.replace("HOLDS", "no"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def quiz(run: Run, monkeypatch: pytest.MonkeyPatch, bridge: Path) -> Run:
    """Runs `quiz` on these exercises with lines typed into a pipe, under the law of the bridge."""

    def asked(exercises: tuple[Exercise, ...], typed: str, *arguments: str) -> Ran:
        file = bridge / "set.json"
        file.write_text(exercises_text(replace(EVERY_FORM, exercises=exercises)), encoding="utf-8")
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return run("quiz", str(file), "--rules", str(bridge / "law.yaml"), *arguments)

    return asked


def words(ran: Ran) -> str:
    return " ".join(ran.out.split())


def test_a_right_answer_is_said_to_be_right_and_needs_no_second_try(quiz: Run) -> None:
    ran = quiz((ONE, SEVERAL), "a\nA b\n", *EVENING)
    assert ran.code == 0
    assert words(ran).count("Right. ") == 2
    assert "So it is: ~1 rule, #2." in ran.out
    assert "again, or Enter" not in ran.out
    assert "2 of 2 exercises right at once." in ran.out
    assert "The mark: 2 of 2" in ran.out
    assert "in 2 days" in ran.out


def test_a_wrong_answer_is_explained_tried_again_and_then_the_key_is_told(quiz: Run) -> None:
    ran = quiz((ONE,), "B\na\n", *EVENING)
    first, _, rest = ran.out.partition("again, or Enter to go on > ")
    assert "Not right." in first
    assert 'Rule 2 says "no" -> look.' in first
    assert ONE.explanation not in first
    assert "Now it is right: 0.5 of 1." in rest
    assert "0 of 1 exercise right at once." in rest
    assert "in 10 minutes" in rest


def test_an_empty_line_goes_on_and_the_answer_is_told(quiz: Run) -> None:
    ran = quiz((ONE, SEVERAL), "B\n\nA\n\n", *EVENING)
    assert "Right: A No: {she} is armed = refused." in words(ran)
    assert ONE.explanation in ran.out
    assert "In part: 0.67 of 1. Something that is right is missing." in words(ran)  # which, is told after it
    assert words(ran).index("Something that is right is missing.") < words(ran).index("Right: A, B")


def test_hints_come_one_by_one_and_cost(quiz: Run) -> None:
    ran = quiz((ONE,), "h\nhint\nA\n", *EVENING)
    assert ran.out.index(ONE.hints[0]) < ran.out.index(ONE.hints[1])
    assert ONE.hints[2] not in ran.out
    assert "Right; after 2 hints it is 0.7 of 1." in ran.out
    assert "There is no further hint." in quiz((ONE,), "h\nh\nh\nh\nA\n", *EVENING).out


def test_not_known_tells_the_key_and_says_nothing_of_anybody(quiz: Run) -> None:
    plain = json.loads(quiz((ONE,), "?\n", *EVENING, "--json").out)
    (one,) = plain["answered"]
    assert [(each["known"], each["share"], each["misconceptions"]) for each in one["tries"]] == [(False, "0", [])]
    assert one["explanation"] == ONE.explanation
    assert plain["like"] is None
    assert {each["point"] for each in plain["points"]} == {"misconception:all-free", "arms-1:armed"}


def test_what_is_no_answer_is_explained_and_asked_again(quiz: Run) -> None:
    ran = quiz((ONE, ORDER), "z\nA B\n\nA\nA A B\n\x1b[31m\nA B C\n", *EVENING)
    assert "`z` is none of the options. Type letters from A to D." in ran.out
    assert "Type the letter of one option." in ran.out
    assert "Type an answer, or ? if you do not know." in ran.out
    assert "A step stands twice. Type each letter once." in ran.out
    assert "\x1b" not in ran.out
    assert "2 of 2 exercises right at once." in ran.out


@pytest.mark.parametrize("typed", ["A B C", "abc", "a, b, c", "A) B) C)", "day who rule"])
def test_letters_may_be_written_in_any_way(quiz: Run, typed: str) -> None:
    assert "1 of 1 exercise right at once." in quiz((ORDER,), f"{typed}\n", *EVENING).out


def test_the_letter_of_an_option_is_no_command(quiz: Run) -> None:
    many = tuple(AnswerOption(f"option-{letter}", letter, letter in "hq") for letter in "abcdefghijklmnopq")
    ran = quiz((exercise("ground", SeveralChoices(), many),), "hint\nh q\n", *EVENING)
    assert ONE.hints[0] in ran.out
    assert "Right; after 1 hint" in ran.out


def test_a_case_is_written_into_a_file_and_its_mistakes_can_be_mended(quiz: Run, bridge: Path) -> None:
    case = bridge / "case.yaml"
    case.write_text(ARMED, encoding="utf-8")
    wrong = bridge / "wrong.yaml"
    wrong.write_text("facts: {traveller: {armd: yes}}\n", encoding="utf-8")
    ran = quiz((BUILD,), f"{bridge / 'none.yaml'}\n{bridge}\n{wrong}\n{case}\n", *EVENING)
    assert "there is no such file" in ran.out
    assert "this is a folder" in ran.out
    assert "traveller.armd" in ran.out
    assert "1 of 1 exercise right at once." in ran.out


def test_that_there_is_no_such_case_is_said_with_the_reason(quiz: Run) -> None:
    ran = quiz((IMPOSSIBLE, BUILD), "none\nnone z\nnone A\nnone\n\n", *EVENING)
    assert "Say why: one of 2 reasons, by its letter." in ran.out
    assert "`z` is none of the options" in ran.out
    assert "1 of 2 exercises right at once." in ran.out
    assert "There is such a case." in ran.out
    assert "armed: true" in ran.out or "armed: yes" in ran.out  # one that is right is shown


def test_the_end_of_the_input_stops_the_quiz(quiz: Run) -> None:
    plain = json.loads(quiz((ONE, SEVERAL), "A\nq\n", *EVENING, "--json").out)
    assert (plain["stopped"], plain["not_asked"], len(plain["answered"])) == (True, 1, 1)
    ran = quiz((ONE,), "")
    assert ran.code == 0
    assert "Nothing was answered." in ran.out


def test_who_stops_at_the_second_try_has_answered(quiz: Run, bridge: Path) -> None:
    kept = bridge / "me.json"
    plain = json.loads(quiz((ONE,), "B\nq\n", *EVENING, "--json", "--progress", str(kept)).out)
    assert plain["answered"][0]["tries"][0]["chosen"] == ["all-free"]
    assert [one.exercise for one in progress_in(kept).answers] == [ONE.id]


# --- progress ---------------------------------------------------------------------------------------


def test_what_was_missed_is_asked_again_first_and_what_was_known_is_not(quiz: Run, bridge: Path) -> None:
    kept = ("--progress", str(bridge / "me.json"))
    other = with_id(replace(SEVERAL, limbs=("provision:night-2",)))
    quiz((ONE, other), "B\n\nA B\n", *EVENING, *kept)
    assert "Nothing is due now" in quiz((ONE, other), "", *EVENING, *kept, "--due").out
    soon = quiz((ONE, other), "A\n", *TEN_MINUTES_LATER, *kept, "--json")
    assert [one["exercise"] for one in json.loads(soon.out)["answered"]] == [ONE.id]
    assert "There is nothing to ask: nothing is due" in quiz((ONE, other), "", *TEN_MINUTES_LATER, *kept).out


def test_what_is_due_is_told_without_asking(quiz: Run, bridge: Path) -> None:
    kept = ("--progress", str(bridge / "me.json"))
    assert "Nothing was answered yet." in quiz((ONE,), "", *EVENING, *kept, "--due").out
    quiz((ONE,), "B\n\n", *EVENING, *kept)
    ran = quiz((ONE,), "", *TEN_MINUTES_LATER, *kept, "--due")
    assert "2 points due now" in ran.out
    assert "Anna" not in ran.out  # no story is told
    plain = json.loads(quiz((ONE,), "", *TEN_MINUTES_LATER, *kept, "--due", "--json").out)
    assert {*plain["due"]} == {"misconception:all-free", "arms-1:armed"}
    assert plain["points"][0]["due"] == "2026-11-29T21:10:00Z"


def test_a_quiz_that_is_broken_off_keeps_what_was_answered(
    run: Run, quiz: Run, bridge: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["A\n"])

    def line() -> str:
        try:
            return next(typed)
        except StopIteration:
            raise KeyboardInterrupt from None

    kept = bridge / "me.json"
    quiz((ONE, SEVERAL), "", *EVENING)  # writes the set
    stdin = io.StringIO()
    monkeypatch.setattr(stdin, "readline", line)
    monkeypatch.setattr("sys.stdin", stdin)
    asked = ("quiz", str(bridge / "set.json"), "--rules", str(bridge / "law.yaml"), "--progress", str(kept), "--json")
    ran = run(*asked, *EVENING)
    assert ran.code == 130
    assert ran.out == ""
    assert "1 of 1 exercise right at once." in ran.err
    assert [one.exercise for one in progress_in(kept).answers] == [ONE.id]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Name a SET, or make one with --question."),
        (("set.json", "--question", "crossing"), "Name a SET, or make one with --question."),
        (("set.json", "--count", "3"), "go with --question"),
        (("--question", "crosing"), "crossing"),
        (("set.json", "--due"), "--due: name the file of progress with --progress."),
        (("set.json", "--at", "tomorrow"), "--at: `tomorrow` is no time such as 2026-11-29T21:00:00Z."),
        (("set.json", "--progress", "set.json"), "--progress would replace what is read"),
        (("set.json", "--progress", "law.yaml"), "--progress would replace what is read"),
        (("set.json", "--progress", "no-such-folder/me.json"), "there is no folder"),
        (("none.json",), "there is no such file"),
    ],
)
def test_what_makes_no_sense_is_refused(
    quiz: Run, run: Run, bridge: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: str
) -> None:
    quiz((ONE,), "")
    monkeypatch.chdir(bridge)
    with monkeypatch.context() as patched:
        patched.setattr("tests.commands.conftest.CHECKOUT", bridge)
        ran = run("quiz", *arguments, "--rules", "law.yaml")
    assert ran.code == 2
    assert says in " ".join(ran.err.split())


def test_a_file_that_is_no_progress_is_told_with_its_place_and_stays(quiz: Run, bridge: Path) -> None:
    kept = bridge / "me.json"
    kept.write_text('{"format": "lawmodel-progress", "edition": 1,\n "answers": 7}')
    ran = quiz((ONE,), "A\n", *EVENING, "--progress", str(kept))
    assert ran.code == 2
    assert "me.json:2:" in ran.err
    assert "`answers` is no list" in ran.err
    assert kept.read_text().endswith("7}")


# --- the law itself ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def law() -> Rulebook:
    return load_rulebook(Path("rules"))


@pytest.fixture
def asked(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs `quiz` on these exercises under the supplied law."""

    def ran(exercises: ExerciseSet, typed: str, *arguments: str) -> Ran:
        file = tmp_path / "set.json"
        file.write_text(exercises_text(exercises), encoding="utf-8")
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return run("quiz", str(file), *EVENING, *arguments)

    return ran


def pardoned_citizen(law: Rulebook) -> Exercise:
    """A pardoned citizen of Russia: who takes a pardon for a bar is right about the outcome, and about no reason."""
    options = (
        AnswerOption("const-61-1", "the Constitution", True),
        AnswerOption("cpc-464-1-4", "item 4", False, "any-pardon-bars", feedback="No."),
    )
    facts = {
        "person": {"citizenships": [{"state": "RU"}]},
        "offence": {"pardoned_in_russia": True},
        "decision": {"made": "2026-04-22"},
    }
    plain = {"presume": "ordinary", "facts": facts}
    answered = AnswerInBrief("determined", "must_refuse", ("must_refuse",), ("const-61-1",))
    made = exercise("ground", SeveralChoices(), options, case=plain, answered=answered)
    return with_id(replace(made, question="extradition", rulebook=RulebookUsed.of(law)))


def test_who_is_right_for_another_reason_is_shown_the_case_in_which_it_fails(asked: Run, law: Rulebook) -> None:
    set_of_one = ExerciseSet("Pardons", 1, RulebookUsed.of(law), (pardoned_citizen(law),))
    ran = asked(set_of_one, "B\n\n")
    said = words(ran)
    assert "The outcome is right. In this case your reason leads to another than the law" in said
    assert "By your reason Extradition must be refused. By the law Extradition may be granted." in said
    plain = json.loads(asked(set_of_one, "B\n\n", "--json").out)
    twin = plain["answered"][0]["twin"]
    assert twin["misconception"] == "any-pardon-bars"
    assert twin["case"]["facts"]["offence"]["pardoned_in_russia"] is True
    assert json.loads(asked(set_of_one, "A\n", "--json").out)["answered"][0]["twin"] is None


def test_the_answers_are_those_of_somebody_who_holds_something(asked: Run, law: Rulebook) -> None:
    """Said of answers, with how sure it is; and never of a person."""
    names = ("any-pardon-bars", "a-year-is-enough", "asylum-from-anywhere", "pending-proceedings-bar")
    exercises = set_of_cases(law, [one for one in telling_cases(law) if one.id in names])
    right = "".join("law\n" for _ in names)
    ran = asked(exercises, right)
    assert "Your answers are those of somebody who knows the law on this" in words(ran)
    assert "It is said of answers, not of a person." in ran.out
    plain = json.loads(asked(exercises, right, "--json").out)
    assert plain["like"]["hypotheses"][0]["id"] == "law"
    assert 0.8 < plain["like"]["hypotheses"][0]["probability"] <= 1


def test_an_adaptive_quiz_asks_less_than_all(asked: Run, law: Rulebook) -> None:
    cases = [one for one in telling_cases(law) if one.question == "extradition"]
    exercises = set_of_cases(law, cases)
    plain = json.loads(asked(exercises, "law\n" * len(cases), "--adaptive", "--json").out)
    assert 3 < len(plain["answered"]) < len(cases)
    assert not plain["stopped"]
    order = [one["exercise"] for one in plain["answered"]]
    assert order != [one.id for one in exercises.exercises][: len(order)]


@pytest.mark.long
def test_a_quiz_makes_its_exercises_itself(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("?\n?\n"))
    ran = run("quiz", "--question", "extradition", "--kind", "order", "--count", "2", "--seed", "3", "--json")
    assert [one["kind"] for one in json.loads(ran.out)["answered"]] == ["order", "order"]
