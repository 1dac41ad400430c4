"""Programs that nobody here wrote read what is exported, and find all of it.

They are run where they can be had: packages of PyPI in the folder that `LAWMODEL_EXERCISE_READERS` names (anki,
moodle_xml_parser, qti2latex, onyx2moodle), gift-pegjs of npm in the folder that `LAWMODEL_GIFT_READER` names, and the
schemas of QTI 2.1 in the folder that `LAWMODEL_QTI_SCHEMAS` names (there `imsqti_v2p1.xsd`, with what it
includes; it is read with lxml from the first folder). Elsewhere it says that they were not run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, find, settings

from lawmodel.exercises.exercise import Exercise, ExerciseSet
from lawmodel.exercises.formats import Exported, exercise_format_named
from lawmodel.exercises.moodle_grades import grades_of
from tests.exercises.drawn_exercises import sets_of_exercises
from tests.exercises.formats.carried import Found, choices, expected, words, words_of_html
from tests.exercises.written_exercises import EVERY_FORM

READERS, GIFT, SCHEMAS = "LAWMODEL_EXERCISE_READERS", "LAWMODEL_GIFT_READER", "LAWMODEL_QTI_SCHEMAS"
LONGEST_SECONDS = 300
MOODLE = """
import dataclasses, json, sys
from moodle_xml_parser.parser import parse_file
print(json.dumps([dataclasses.asdict(one) for one in parse_file(sys.argv[1])["multichoice"]]))
"""
CANVAS = """
import json, pathlib, sys, types, xml.etree.ElementTree as ET
sys.modules["pypandoc"] = types.ModuleType("pypandoc")  # which only sets what was read
from qti2latex import extract_zip_to_tmp, findall_anyns, get_choices, get_correct_idents, get_item_stem, read_qti_dir
found = []
for file in read_qti_dir(extract_zip_to_tmp(pathlib.Path(sys.argv[1]))):
    for item in findall_anyns(ET.parse(file).getroot(), "item"):
        right = sorted(get_correct_idents(item))
        asked = {"id": item.get("ident"), "asked": get_item_stem(item)}
        found.append({**asked, "options": get_choices(item), "right": right})
print(json.dumps(found))
"""
ONYX = """
import json, pathlib, sys, tempfile, zipfile
from onyx2moodle.parser import parse_item
folder = pathlib.Path(tempfile.mkdtemp())
zipfile.ZipFile(sys.argv[1]).extractall(folder)
found = []
for file in sorted(folder.glob("items/*.xml")):
    item = parse_item(file)
    asked = [{"kind": one.kind, "options": [[c.identifier, c.html] for c in one.choices]} for one in item.interactions]
    right = {name: one.correct_values for name, one in item.response_decls.items()}
    said = {one.identifier: one.html for one in item.feedback}
    found.append({"id": item.identifier, "title": item.title, "asked": asked, "right": right, "said": said})
print(json.dumps(found))
"""
ANKI = """
import json, os, sys, tempfile
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
collection = Collection(os.path.join(tempfile.mkdtemp(), "collection.anki2"))
for _ in range(2):  # taken in again, nothing is there twice
    options = ImportAnkiPackageOptions(with_scheduling=False)
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=sys.argv[1], options=options))
notes = [collection.get_note(one) for one in collection.find_notes("")]
cards = {note.guid: [one.question() + one.answer() for one in note.cards()] for note in notes}
found = [{"guid": one.guid, "tags": one.tags, "fields": dict(one.items()), "cards": cards[one.guid]} for one in notes]
print(json.dumps({"notes": found, "whole": collection.fix_integrity()[1]}))
"""
VALID = """
import io, json, pathlib, sys, zipfile
from lxml import etree
schema = etree.XMLSchema(etree.parse(str(next(pathlib.Path(sys.argv[2]).rglob("imsqti_v2p1.xsd")))))
wrong = []
with zipfile.ZipFile(sys.argv[1]) as packed:
    for name in packed.namelist():
        if name != "imsmanifest.xml" and not schema.validate(etree.parse(io.BytesIO(packed.read(name)))):
            wrong += [f"{name}: {one.message}" for one in schema.error_log]
print(json.dumps(wrong))
"""
PEG = """
const { parse } = require("gift-pegjs");
console.log(JSON.stringify(parse(require("fs").readFileSync(process.argv[1], "utf8"))));
"""


def _sets() -> list[ExerciseSet]:
    """Those written by hand, and one that was drawn: not made simpler, so that anything stands in its texts."""
    drawn = find(
        sets_of_exercises(),
        lambda one: sum(len(exercise.options) for exercise in one.exercises) > 5,
        settings=settings(phases=[Phase.generate], database=None),
    )
    return [EVERY_FORM, drawn]


def _folder(name: str) -> str:
    if not (named := os.environ.get(name)):
        pytest.skip(f"{name} names no folder")
    return str(Path(named).resolve())


def _ran(command: Sequence[str], **environment: str) -> Any:
    done = subprocess.run(
        command,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def _read(program: str, file: Path, *more: str) -> Any:
    return _ran([sys.executable, "-c", program, str(file), *more], PYTHONPATH=_folder(READERS))


def _written(name: str, exercises: ExerciseSet, folder: Path) -> tuple[Exported, Path]:
    form = exercise_format_named(name)
    exported, file = form.export(exercises), folder / f"exported{form.EXTENSION}"
    file.write_bytes(exported.content)
    return exported, file


def _is_choice(exercise: Exercise) -> bool:
    return exercise.response.form in ("one choice", "several choices")


@pytest.mark.long
def test_a_parser_of_moodle_xml_finds_all(tmp_path: Path) -> None:
    for exercises in _sets():
        exported, file = _written("moodle-xml", exercises, tmp_path)
        read = _read(MOODLE, file)
        for one, exercise in zip(read, choices(exported), strict=True):
            options = tuple((words_of_html(o["answer"]), words_of_html(o["feedback"])) for o in one["options"])
            found = Found(words_of_html(one["text_pre_parse"]), not one["single"], options)
            assert _as_one(found) == _as_one(expected(exercise))
            shares = [float(share) for share in grades_of(exercise).shares.values()]
            assert [option["score_fraction"] for option in one["options"]] == shares


def _as_one(found: Found) -> Found:
    """What this parser undoes once too often: signs that stand for letters in HTML."""
    from html import unescape

    def bare(text: str) -> str:
        return words(words_of_html(unescape(text)))

    return Found(bare(found.asked), found.several, tuple((bare(a), bare(b)) for a, b in found.options))


@pytest.mark.long
def test_a_parser_of_gift_finds_all(tmp_path: Path) -> None:
    modules = _folder(GIFT)
    node = shutil.which("node")
    if node is None:
        pytest.skip("gift-pegjs was not run: there is no node")
    for exercises in _sets():
        exported, file = _written("gift", exercises, tmp_path)
        _, *read = _ran([node, "-e", PEG, str(file)], NODE_PATH=modules)
        assert [one["id"] for one in read] == [" ".join(one.id.split()) for one in exported.exercises]
        for one, exercise in zip(read, exported.exercises, strict=True):
            if not _is_choice(exercise):
                assert one["type"] == "Essay"
                continue
            options = tuple(
                (words_of_html(o["text"]["text"]), words_of_html((o["feedback"] or {}).get("text")))
                for o in one["choices"]
            )
            several = all(not option["isCorrect"] for option in one["choices"])
            assert Found(words_of_html(one["stem"]["text"]), several, options) == expected(exercise)
            assert all(words(hint) in words_of_html(one["globalFeedback"]["text"]) for hint in exercise.hints)


@pytest.mark.long
def test_a_reader_of_what_canvas_takes_finds_all(tmp_path: Path) -> None:
    for exercises in _sets():
        exported, file = _written("qti-1.2", exercises, tmp_path)
        for one, exercise in zip(_read(CANVAS, file), exported.exercises, strict=True):
            names = exported.names[exercise.id]
            assert one["id"] == exercise.id
            assert words_of_html(one["asked"]) == words(f"{exercise.story} {exercise.stem}")
            if _is_choice(exercise):
                options = [(name, words_of_html(says)) for name, says in one["options"]]
                assert options == [(names[option.id], words(option.says)) for option in exercise.options]
                # It takes each condition on a single option for one of the key, also where feedback is shown on it.
                assert set(one["right"]) >= {names[option.id] for option in exercise.right}


@pytest.mark.long
def test_a_reader_of_qti_2_1_finds_all(tmp_path: Path) -> None:
    for exercises in _sets():
        exported, file = _written("qti-2.1", exercises, tmp_path)
        read = {one["id"]: one for one in _read(ONYX, file)}
        assert len(read) == len(exported.exercises)
        for exercise in filter(_is_choice, exported.exercises):
            names = exported.names[exercise.id]
            one = next(found for name, found in read.items() if name.endswith(exercise.id))
            (asked,) = one["asked"]
            options = [(name, words_of_html(says)) for name, says in asked["options"]]
            assert options == [(names[option.id], words(option.says)) for option in exercise.options]
            assert one["right"]["RESPONSE"] == [names[option.id] for option in exercise.right]
            for option in exercise.options:
                assert words_of_html(one["said"].get(names[option.id])) == words(option.feedback)


@pytest.mark.long
def test_qti_2_1_is_as_its_schema_says(tmp_path: Path) -> None:
    for exercises in _sets():
        _, file = _written("qti-2.1", exercises, tmp_path)
        assert _read(VALID, file, _folder(SCHEMAS)) == []


@pytest.mark.long
def test_anki_takes_it_in_and_finds_all(tmp_path: Path) -> None:
    for exercises in _sets():
        exported, file = _written("anki", exercises, tmp_path)
        read = _read(ANKI, file)
        assert read["whole"]
        notes = {one["guid"]: one for one in read["notes"]}
        assert set(notes) == {one.id for one in exported.exercises}
        for exercise in exported.exercises:
            note = notes[exercise.id]
            (card,) = note["cards"]
            shown = words_of_html(card)
            for option in exercise.options:
                if exercise.response.form != "case":
                    assert words(option.says) in shown
                    assert words(option.feedback) in shown
            assert [words_of_html(note["fields"][f"Hint {n}"]) for n in (1, 2, 3)] == [words(h) for h in exercise.hints]
