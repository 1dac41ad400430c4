"""Every format carries what it says it carries, whatever stands in the texts; what it cannot is told."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given

from lawmodel.exercises.exercise import AnswerOption, ExerciseSet, OtherReading, SeveralChoices, StepOrder
from lawmodel.exercises.formats import Exported, exercise_format_named, exercise_format_names
from lawmodel.exercises.formats.qti_2_1 import _shares
from lawmodel.exercises.model_answer import model_answer
from lawmodel.exercises.moodle_grades import grades_of
from lawmodel.exercises.packages import identifiers
from lawmodel.exercises.step_orders import an_order, is_only_order
from tests.exercises.drawn_exercises import sets_of_exercises
from tests.exercises.formats.carried import Found, all_told, choices, expected, words, words_of_html
from tests.exercises.written_exercises import (
    EVERY_FORM,
    IMPOSSIBLE,
    NONE_OF_THEM,
    ONE,
    ORDER,
    PARTIAL_ORDER,
    RULEBOOK,
    SEVERAL,
)
from tests.sizes import examples

NAMES = ("anki", "gift", "moodle-xml", "qti-1.2", "qti-2.1")


def exported(name: str, exercises: ExerciseSet = EVERY_FORM) -> Exported:
    return exercise_format_named(name).export(exercises)


def test_formats_are_found_by_their_files() -> None:
    assert exercise_format_names() == NAMES
    with pytest.raises(ModuleNotFoundError):
        exercise_format_named("qti_1_2")


@pytest.mark.parametrize("name", NAMES)
@examples(quick=6, full=60)
@given(drawn=sets_of_exercises())
def test_an_exercise_is_carried_or_told_to_be_left_out(name: str, drawn: ExerciseSet) -> None:
    found = exported(name, drawn)
    assert all_told(found, drawn.exercises)
    assert exported(name, drawn).content == found.content
    for one in found.exercises:
        named = found.names[one.id]
        assert list(named) == [option.id for option in one.options]
        assert len(set(named.values())) == len(named)


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("anki", []),
        ("gift", [ORDER.id, PARTIAL_ORDER.id]),
        ("moodle-xml", [PARTIAL_ORDER.id]),
        ("qti-1.2", [ORDER.id, PARTIAL_ORDER.id]),
        ("qti-2.1", [PARTIAL_ORDER.id]),
    ],
)
def test_what_a_format_has_no_question_for_is_left_out_and_told(name: str, left_out: list[str]) -> None:
    found = exported(name)
    assert [one for loss in found.losses if loss.left_out for one in loss.exercises] == left_out


# --- Moodle XML ------------------------------------------------------------------------------------


def _moodle(content: bytes) -> Iterator[Found]:
    for question in ElementTree.fromstring(content).iterfind("question[@type='multichoice']"):  # noqa: S314 - our own
        options = tuple(
            (words_of_html(one.findtext("text")), words_of_html(one.findtext("feedback/text")))
            for one in question.iterfind("answer")
        )
        yield Found(
            words_of_html(question.findtext("questiontext/text")), question.findtext("single") == "false", options
        )


@examples(quick=15, full=200)
@given(drawn=sets_of_exercises())
def test_moodle_xml_carries_choices_whatever_stands_in_them(drawn: ExerciseSet) -> None:
    found = exported("moodle-xml", drawn)
    assert list(_moodle(found.content)) == [expected(one) for one in choices(found)]


def test_moodle_has_hints_order_notes_and_ids() -> None:
    quiz = ElementTree.fromstring(exported("moodle-xml").content)  # noqa: S314 - our own
    category, *questions = quiz.iterfind("question")
    assert category.findtext("category/text") == "$course$/top/Bridges // ferries :: & <all> {of} them"
    by_id = {one.findtext("idnumber"): one for one in questions}
    hints = [words_of_html(one.findtext("text")) for one in by_id[ONE.id].iterfind("hint")]
    assert hints == list(ONE.hints)
    order = by_id[ORDER.id]
    assert order.get("type") == "ordering"
    assert [words_of_html(one.findtext("text")) for one in order.iterfind("answer")] == [
        "find the day",
        "find who it is",
        "apply the rule",
    ]
    essay = by_id[IMPOSSIBLE.id]
    assert words_of_html(essay.findtext("graderinfo/text")) == words(model_answer(IMPOSSIBLE))
    tags = [one.text for one in by_id[ONE.id].iterfind("tags/tag/text")]
    assert tags == ["kind-outcome", "level-2", "question-crossing", "rulebook-5f5f5f5f5f5f", "misconception-all-free"]


def test_marks_are_percentages_that_moodle_knows() -> None:
    assert grades_of(ONE).shares == {"law": "100", "all-free": "0", "peace": "30", "unknown": "0"}
    assert grades_of(SEVERAL).shares == {"arms-1": "66.66667", "night-2": "33.33333", "toll-3": "-50"}
    sevenths = replace(SEVERAL, options=tuple(AnswerOption(str(w), "", True, weight=w) for w in (4, 2, 1)))
    found = grades_of(sevenths)
    assert found.shares == dict.fromkeys("421", "33.33333")
    assert not found.by_weight
    assert found.exact
    many = replace(SEVERAL, options=tuple(AnswerOption(str(n), "", True) for n in range(13)))
    assert not grades_of(many).exact
    told = {loss.says for loss in exported("gift", ExerciseSet("", 1, RULEBOOK, (many,))).losses}
    assert any("nearest" in one for one in told)


# --- GIFT ------------------------------------------------------------------------------------------

UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[~=#{}]")


@examples(quick=15, full=200)
@given(drawn=sets_of_exercises())
def test_only_what_gift_means_as_a_command_is_one(drawn: ExerciseSet) -> None:
    """Braces stand around answers alone, and each answer begins a line."""
    text = exported("gift", drawn).content.decode()
    questions = [one for one in text.split("\n\n") if one.startswith("// [id:")]
    for question, exercise in zip(questions, exported("gift", drawn).exercises, strict=True):
        _, head, *answers, last, closing = question.rstrip("\n").split("\n")
        assert [found[0][-1] for found in UNESCAPED.finditer(head)] == ["{"]
        assert len(answers) == (len(exercise.options) if exercise in choices(exported("gift", drawn)) else 0)
        for answer, option in zip(answers, exercise.options, strict=False):
            commands = [found[0][-1] for found in UNESCAPED.finditer(answer)]
            assert commands[0] in "=~"
            assert commands[1:] == (["#"] if option.feedback.strip() else [])
        assert last.startswith("####[html]")
        assert closing == "}"


# --- QTI -------------------------------------------------------------------------------------------


def _files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def _xml(content: bytes) -> ElementTree.Element:
    """An XML document, its names without their spaces."""
    text = re.sub(r' xmlns(:\w+)?="[^"]*"', "", content.decode()).replace("imsmd:", "")
    return ElementTree.fromstring(text)  # noqa: S314 - our own


def _words_in(element: ElementTree.Element | None) -> str:
    return "" if element is None else words(" ".join(element.itertext()))


def _packed(content: bytes) -> list[ElementTree.Element]:
    """The files that the manifest names, each of which is there, and no others."""
    files = _files(content)
    manifest = _xml(files.pop("imsmanifest.xml"))
    named = [one.get("href") for one in manifest.iterfind("resources/resource")]
    assert [*files] == named
    assert {one.get("href") for one in manifest.iter("file")} == {*named}
    return [_xml(one) for one in files.values()]


def _qti_1_2(content: bytes) -> Iterator[Found]:
    (assessment,) = _packed(content)
    for item in assessment.iter("item"):
        asked = item.find("presentation/response_lid")
        if asked is None:
            continue
        said = {one.get("ident"): words_of_html(one.findtext(".//mattext")) for one in item.iterfind("itemfeedback")}
        options = tuple(
            (words_of_html(one.findtext(".//mattext")), said[f"{one.get('ident')}_fb"])
            for one in asked.iter("response_label")
        )
        stem = words_of_html(item.findtext("presentation/material/mattext"))
        yield Found(stem, asked.get("rcardinality") == "Multiple", options)


@examples(quick=15, full=200)
@given(drawn=sets_of_exercises())
def test_qti_1_2_carries_choices_whatever_stands_in_them(drawn: ExerciseSet) -> None:
    found = exported("qti-1.2", drawn)
    assert list(_qti_1_2(found.content)) == [expected(one) for one in choices(found)]


def test_qti_1_2_knows_what_is_right() -> None:
    (assessment,) = _packed(exported("qti-1.2").content)
    items = {one.get("ident"): one for one in assessment.iter("item")}
    full = [one for one in items[SEVERAL.id].iter("respcondition") if one.find("setvar") is not None]
    assert [one.text for one in full[0].iterfind("conditionvar/and/varequal")] == ["arms-1", "night-2"]
    assert [one.text for one in full[0].iterfind("conditionvar/and/not/varequal")] == ["toll-3"]
    assert full[0].findtext("setvar") == "100"
    fields = {one.findtext("fieldlabel"): one.findtext("fieldentry") for one in items[ONE.id].iter("qtimetadatafield")}
    assert fields["lawmodel_misconceptions"] == "all-free=all-free"
    assert fields["question_type"] == "multiple_choice_question"


def _qti_2_1(content: bytes) -> Iterator[Found]:
    for item in _packed(content)[1:]:
        asked = item.find("itemBody/choiceInteraction")
        if asked is None:
            continue
        said = {one.get("identifier"): _words_in(one) for one in item.iterfind("modalFeedback")}
        options = tuple((_words_in(one), said.get(one.get("identifier"), "")) for one in asked)
        yield Found(_words_in(item.find("itemBody/div")), asked.get("maxChoices") == "0", options)


@examples(quick=15, full=200)
@given(drawn=sets_of_exercises())
def test_qti_2_1_carries_choices_whatever_stands_in_them(drawn: ExerciseSet) -> None:
    found = exported("qti-2.1", drawn)
    assert list(_qti_2_1(found.content)) == [expected(one) for one in choices(found)]


def test_qti_2_1_names_choices_by_misconceptions_and_weighs_them() -> None:
    items = {one.get("identifier"): one for one in _packed(exported("qti-2.1").content)[1:]}
    weights = {one.get("mapKey"): one.get("mappedValue") for one in items[SEVERAL.id].iter("mapEntry")}
    assert weights == {"arms-1": "0.666667", "night-2": "0.333333", "toll-3": "-0.5"}
    assert items[ONE.id].find(".//mapEntry[@mapKey='peace']").get("mappedValue") == "0.3"  # type: ignore[union-attr]
    order = [one.text for one in items[ORDER.id].iterfind("responseDeclaration/correctResponse/value")]
    assert order == ["day", "who", "rule"]


def test_names_become_identifiers_and_stay_apart() -> None:
    assert identifiers(["a b", "a_b", "7", "service[1].fought", "ok-1"]) == {
        "a b": "a_b",
        "a_b": "a_b_2",
        "7": "_7",
        "service[1].fought": "service_1_.fought",
        "ok-1": "ok-1",
    }


# --- Anki ------------------------------------------------------------------------------------------


@examples(quick=5, full=60)
@given(drawn=sets_of_exercises())
def test_anki_has_a_note_for_each_exercise_in_which_nothing_is_a_command(drawn: ExerciseSet) -> None:
    files = _files(exported("anki", drawn).content)
    assert files["media"] == b"{}"
    connection = sqlite3.connect(":memory:")
    connection.deserialize(files["collection.anki2"])
    rows = connection.execute("SELECT guid, flds, tags FROM notes").fetchall()
    decks, models = (json.loads(one) for one in connection.execute("SELECT decks, models FROM col").fetchone())
    connection.close()
    assert len(decks) == 2
    (model,) = models.values()
    assert {guid for guid, *_ in rows} == {one.id for one in drawn.exercises}
    by_id = {one.id: one for one in drawn.exercises}
    for guid, fields, tags in rows:
        split = fields.split("\x1f")
        assert len(split) == len(model["flds"])
        assert not re.search(r"[{}\[]", fields)
        assert words_of_html(split[2]) == words(by_id[guid].hints[0])
        for option in by_id[guid].options:
            if by_id[guid].response.form != "case":
                assert words(option.says) in words_of_html(split[1])
            assert words(option.feedback) in words_of_html(split[5]) or by_id[guid].response.form == "case"
        assert f"kind-{by_id[guid].kind}" in tags.split()


def test_anki_knows_an_exercise_again() -> None:
    """A note is known by the exercise: with better words it takes the place of what it was."""
    exercises = tuple(replace(one, stem="And?") for one in EVERY_FORM.exercises)
    worded = replace(EVERY_FORM, title="Other", exercises=exercises)

    def numbers(of: ExerciseSet) -> list[tuple[int, str]]:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(_files(exported("anki", of).content)["collection.anki2"])
        found = connection.execute("SELECT id, guid FROM notes ORDER BY id").fetchall()
        connection.close()
        return found

    assert numbers(worded) == numbers(EVERY_FORM)


# --- orders ----------------------------------------------------------------------------------------


def test_whether_an_order_is_the_only_one() -> None:
    assert isinstance(ORDER.response, StepOrder)
    assert isinstance(PARTIAL_ORDER.response, StepOrder)
    assert is_only_order(ORDER, ORDER.response)
    assert not is_only_order(PARTIAL_ORDER, PARTIAL_ORDER.response)
    assert [one.id for one in an_order(PARTIAL_ORDER, PARTIAL_ORDER.response)] == ["day", "who", "rule"]
    assert isinstance(NONE_OF_THEM.response, SeveralChoices)


def test_where_readings_are_asked_for_a_wrong_one_is_worth_nothing() -> None:
    """An option is a reading there, and not right on one; of other kinds such an option has a part of the mark."""
    options = (
        AnswerOption("combat=all", "All must have fought.", True, reading=OtherReading("combat", "all")),
        AnswerOption("combat=none", "Nobody need have fought.", False, reading=OtherReading("combat", "none")),
    )
    asked = replace(ONE, options=options, kind="reading")
    assert grades_of(asked).shares == {"combat=all": "100", "combat=none": "0"}
    assert _shares(asked) == {"combat=all": "1", "combat=none": "0"}
    other = replace(asked, kind="outcome")
    assert grades_of(other).shares["combat=none"] == "30"
    assert _shares(other)["combat=none"] == "0.3"
