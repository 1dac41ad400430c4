"""`lawmodel diagnose`: a class of the real law, its tables, and what is wrong with them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lawmodel.commands.main import main
from lawmodel.exercises.diagnosis import AnswerSheet
from lawmodel.exercises.exercise import LAW, AnswerOption, ExerciseSet, StepOrder, WrittenCase, with_id
from lawmodel.exercises.exercise_file import exercises_text
from lawmodel.exercises.predictions import HeldLaws, items_of_exercises, telling_cases
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.diagnose.diagnose import diagnose
from tests.commands.running import Ran
from tests.exercises.sets_of_cases import set_of_cases


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(Path("rules"))


@pytest.fixture(scope="module")
def exercises(rulebook: Rulebook) -> ExerciseSet:
    asked = [one for one in telling_cases(rulebook) if one.question == "deployment"][:4]
    return set_of_cases(rulebook, asked, "A test")


@pytest.fixture
def file(exercises: ExerciseSet, tmp_path: Path) -> Path:
    made = tmp_path / "exercises.json"
    made.write_text(exercises_text(exercises), encoding="utf-8")
    return made


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def ran(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main(["diagnose", *map(str, arguments)])
        out, err = capsys.readouterr()
        return Ran(int(ended.value.code or 0), out, err)

    return ran


def test_what_the_answers_are_like(rulebook: Rulebook, exercises: ExerciseSet) -> None:
    laws = HeldLaws(rulebook)
    items = items_of_exercises(laws, exercises.exercises, laws.hypotheses())
    named = [one.options[1].id for one in exercises.exercises if one.options[1].misconception]
    planted = [LAW, LAW, LAW, LAW, *named[:2], *named[:2]]
    draw = random.Random(1)  # noqa: S311 - reproducible chance
    sheets = []
    for number, name in enumerate(planted):
        answers = {item.id: item.predicted.get(name, item.predicted[LAW]) for item in items}
        if number in (1, 5):
            answers[draw.choice(items).id] = items[0].offered[-1]
        sheets.append(AnswerSheet(f"Student {number}", dict(answers)))
    found = diagnose(rulebook, exercises, sheets)
    assert [one.student for one in found.students] == [one.student for one in sheets]
    assert found.students[0].hypotheses[0].id == LAW
    for name, one in zip(planted[4:], found.students[4:], strict=True):
        assert name in [each.id for each in one.hypotheses] or name in one.alike
    assert found.right[0] == len(items)
    assert found.shares[0].id == LAW
    assert not found.moved
    assert set(found.untested).isdisjoint(named)
    assert found.untested


def test_a_row_for_each_student_and_a_row_for_each_answer_say_the_same(
    file: Path, exercises: ExerciseSet, tmp_path: Path, run: Callable[..., Ran]
) -> None:
    ids = [one.id for one in exercises.exercises]
    wide, long = tmp_path / "wide.csv", tmp_path / "long.jsonl"
    answers = {"Anna": ["law"] * len(ids), "Boris": ["b", "?", *["A"] * (len(ids) - 2)]}
    rows = [",".join(["student", *ids]), *(",".join([who, *given]) for who, given in answers.items())]
    wide.write_text("\n".join(rows) + "\n", encoding="utf-8")
    lines = [
        json.dumps({"Student": who, "item": name, "response": given})
        for who, all_given in answers.items()
        for name, given in zip(ids, all_given, strict=True)
    ]
    long.write_text("\n".join(lines) + "\n", encoding="utf-8")
    one, other = (json.loads(run(file, table, "--json").out) for table in (wide, long))
    assert one["students"] == other["students"]
    assert one["students"][1]["answered"] == len(ids) - 1
    folder = tmp_path / "folder"
    folder.mkdir()
    wide.rename(folder / "wide.csv")
    assert json.loads(run(file, folder, "--json").out)["students"] == one["students"]


def test_a_page_is_written(file: Path, exercises: ExerciseSet, tmp_path: Path, run: Callable[..., Ran]) -> None:
    table = tmp_path / "a.csv"
    table.write_text(f"student,{exercises.exercises[0].id}\nAnna,law\nBoris,b\n", encoding="utf-8")
    page = tmp_path / "class.html"
    assert run(file, table, "--out", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert "Anna" in text
    assert "Which limb is missed" in text


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("name_of,x\nA,b\n", "there is no column `student`"),
        ("student,x\nA,b\n", "no column is an exercise of this set"),
        ("student,exercise,answer\nA,outcome-0,law\n", "there is no exercise `outcome-0` in this set"),
        ("student,ID\nA,perhaps\n", "`perhaps` is no option of `ID`"),
        ("student,ID\nA,a;b\n", "`ID` has one answer, and here are 2"),
        ("student,ID\nA,law\nA,law\n", "A answers `ID` twice"),
        ("student,ID\n,law\n", "no student is in these tables"),
    ],
)
def test_what_is_wrong_with_a_table_is_said(
    file: Path, exercises: ExerciseSet, tmp_path: Path, table: str, says: str, run: Callable[..., Ran]
) -> None:
    name = exercises.exercises[0].id
    (tmp_path / "t.csv").write_text(table.replace("ID", name), encoding="utf-8")
    ran = run(file, tmp_path / "t.csv")
    assert ran.code == 2
    assert says.replace("ID", name) in " ".join((ran.out + ran.err).split())


@pytest.mark.parametrize(("text", "says"), [("{}", "`title`"), ("no", "this is no JSON"), ("\udcff", "")])
def test_what_is_no_set_of_exercises_is_refused(tmp_path: Path, text: str, says: str, run: Callable[..., Ran]) -> None:
    made = tmp_path / "set.json"
    made.write_bytes(text.encode("utf-8", "surrogateescape"))
    ran = run(made, tmp_path)
    assert ran.code == 2
    assert says in ran.out + ran.err


def test_a_folder_without_a_table_is_said(file: Path, tmp_path: Path, run: Callable[..., Ran]) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    ran = run(file, empty)
    assert ran.code == 2
    assert "there is no table in this folder" in " ".join(ran.err.split())


@pytest.fixture(scope="module")
def built(rulebook: Rulebook) -> ExerciseSet:
    """An exercise in which steps are put in order, and one in which a case is written."""
    one = set_of_cases(
        rulebook, [one for one in telling_cases(rulebook) if one.question == "deployment"][:1]
    ).exercises[0]
    steps = tuple(AnswerOption(name, f"Step {name}.", name != "x") for name in ("one", "two", "three", "x"))
    order = replace(
        one, kind="order", options=steps, response=StepOrder((("one", "two"), ("two", "three"))), case={}, answered=None
    )
    wanted = WrittenCase("authorised", ("def-10-3-foreign-courts",), example=one.case)
    written = replace(one, kind="build", options=(), response=wanted, case={}, answered=None)
    return ExerciseSet("Built", 1, one.rulebook, (with_id(order), with_id(written)))


CASE = """
presume: ordinary
facts:
  person: {citizenships: [{state: %s}]}
  measure: {kind: arrest, abroad: yes}
  body: {kind: %s}
  authority: {president_decided: yes, federation_council_resolution: yes}
  decision: {made: 2026-07-06}
"""


def test_orders_and_written_cases_are_evidence(built: ExerciseSet, tmp_path: Path, run: Callable[..., Ran]) -> None:
    """Who writes a case that is so by a misconception alone is more like one who holds it than like the law."""
    order, written = (one.id for one in built.exercises)
    file, table = tmp_path / "exercises.json", tmp_path / "answers.jsonl"
    file.write_text(exercises_text(built), encoding="utf-8")
    answers = {
        "Anna": ("a;b;c", CASE % ("RU", "international_body")),
        "Boris": ("b, a, c", CASE % ("RU", "national_court")),
        "Clara": ("abcd", CASE % ("RU", "national_court")),
        "Dina": ("?", "?"),
    }
    lines = [
        json.dumps({"student": who, "exercise": name, "answer": said})
        for who, given in answers.items()
        for name, said in zip((order, written), given, strict=True)
    ]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = json.loads(run(file, table, "--json").out)
    anna, boris, _, dina = found["students"]
    assert found["right"] == [2, 0, 0, 0]
    assert dina["answered"] == 0
    assert anna["hypotheses"][0]["id"] == "law"
    weighed = {one["id"]: one["probability"] for one in boris["hypotheses"]}
    assert weighed["any-foreign-court"] > weighed.get("one-missing-root-is-enough", 0)
    assert found["not_read"] == []


def test_what_is_no_order_and_no_case_is_refused(built: ExerciseSet, tmp_path: Path, run: Callable[..., Ran]) -> None:
    order, written = (one.id for one in built.exercises)
    file, table = tmp_path / "exercises.json", tmp_path / "answers.jsonl"
    file.write_text(exercises_text(built), encoding="utf-8")
    for name, said, message in (
        (order, "a;q", "names what is no step"),
        (written, "facts: {person: {age: old}}", "is no case"),
    ):
        table.write_text(json.dumps({"student": "Anna", "exercise": name, "answer": said}) + "\n", encoding="utf-8")
        ran = run(file, table)
        assert ran.code == 2
        assert message in ran.err
