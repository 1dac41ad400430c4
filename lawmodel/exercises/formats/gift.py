"""GIFT, a text format of Moodle: choices with feedback for each option, cases to write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, assert_never

from lawmodel.exercises.exercise import Exercise, ExerciseSet, OneChoice, SeveralChoices, StepOrder, WrittenCase
from lawmodel.exercises.formats import Exported, Losses
from lawmodel.exercises.formats.moodle_xml import tags_of
from lawmodel.exercises.marked_up import asked_html, explained_html, html_of, inline_html_of
from lawmodel.exercises.moodle_grades import grades_of

EXTENSION: Final = ".gift"
_CONTROLS: Final = re.compile(r"[\\~=#{}:]")
FEWEST_OPTIONS: Final = 2
EMPTY: Final = "<p></p>"
"""For a text without words, which no reader takes for a text."""
HINTS: Final = "hints one by one: they stand in a line of the general feedback"


def export(exercises: ExerciseSet, /) -> Exported:
    """The questions of a bank, in a category of their own."""
    losses = Losses()
    parts, carried = [f"$CATEGORY: $course$/top/{_category(exercises.title)}\n"], []
    for exercise in exercises.exercises:
        answers = _answers(exercise, losses)
        if answers is not None:
            carried.append(exercise)
            head = f"::{_name(exercise)}::{_html(asked_html(exercise) or EMPTY)}{{"
            parts.append("\n".join((_comment(exercise), head, *answers, "}\n")))
    names = {one.id: {option.id: option.id for option in one.options} for one in carried}
    return Exported("\n".join(parts).encode(), tuple(carried), losses.all(), names)


def _category(title: str) -> str:
    return " ".join(title.split()).replace("/", "//") or "lawmodel"


def _comment(exercise: Exercise) -> str:
    """The comment in which newer versions of Moodle read an id and tags."""
    tags = " ".join(f"[tag:{_bracketed(one)}]" for one in tags_of(exercise))
    return f"// [id:{_bracketed(exercise.id)}] {tags}"


def _bracketed(text: str) -> str:
    return re.sub(r"[\[\]\\\s]+", " ", text).strip()


def _name(exercise: Exercise) -> str:
    """The title on one line; an ampersand apart, for Moodle writes its own marks with two."""
    return _escaped(" ".join((exercise.title or exercise.id).split()).replace("&&", "& &"))


def _html(html: str) -> str:
    return f"[html]{_escaped(html)}"


def _escaped(text: str) -> str:
    """A text in which no character is a command of the format; without line breaks, of which two end a question."""
    return _CONTROLS.sub(lambda found: f"\\{found[0]}", text.replace("\n", " "))


def _answers(exercise: Exercise, losses: Losses) -> list[str] | None:
    """What stands between the braces, a line each; None where the format has no such question."""
    match exercise.response:
        case OneChoice() | SeveralChoices():
            if len(exercise.options) < FEWEST_OPTIONS:
                losses.whole(exercise, "a choice of one option: the format asks for two")
                return None
            losses.part(exercise, HINTS)
            if exercise.kind == "day":
                losses.part(exercise, "the order of the options, which are days: Moodle mixes them")
            return [*_options(exercise, losses), *_general(exercise)]
        case StepOrder():
            losses.whole(exercise, "an order of steps: the format has none")
            return None
        case WrittenCase():
            losses.part(exercise, HINTS)
            losses.part(exercise, "marking: a written case is marked by hand, and the format has no notes for that")
            return list(_general(exercise))
        case _:
            assert_never(exercise.response)


def _options(exercise: Exercise, losses: Losses) -> Iterator[str]:
    grades = grades_of(exercise)
    if not grades.by_weight:
        losses.part(exercise, "that right options weigh differently: here each counts the same")
    if not grades.exact:
        losses.part(exercise, "the exact part of a mark: Moodle has no such percentage, the nearest is taken")
    single = isinstance(exercise.response, OneChoice)
    for one in exercise.options:
        share = grades.shares[one.id]
        sign = "=" if single and one.right else "~" if share == "0" else f"~%{share}%"
        feedback = f"#{_html(html_of(one.feedback))}" if one.feedback.strip() else ""
        yield f"{sign}{_html(html_of(one.says) or EMPTY)}{feedback}"


def _general(exercise: Exercise) -> Iterator[str]:
    hints = "".join(f"<li>{inline_html_of(one)}</li>" for one in exercise.hints)
    yield f"####{_html(f'{explained_html(exercise)}<ol>{hints}</ol>')}"
