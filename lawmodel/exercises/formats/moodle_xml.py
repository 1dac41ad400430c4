"""Moodle XML: choices with feedback for each option and hints, orders of steps, cases to write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from lawmodel.exercises.exercise import (
    AnswerOption,
    Exercise,
    ExerciseSet,
    OneChoice,
    SeveralChoices,
    StepOrder,
    WrittenCase,
)
from lawmodel.exercises.formats import Exported, Losses
from lawmodel.exercises.marked_up import asked_html, explained_html, html_of, in_xml
from lawmodel.exercises.model_answer import model_answer
from lawmodel.exercises.moodle_grades import grades_of
from lawmodel.exercises.step_orders import an_order, is_only_order

EXTENSION: Final = ".xml"
PENALTY: Final = "0.1000000"
"""What a further try costs, and so each hint: Moodle shows one after each."""
FEWEST: Final = 2
"""Options of a choice, and steps of an order."""


def export(exercises: ExerciseSet, /) -> Exported:
    """The questions of a bank, in a category of their own."""
    losses = Losses()
    questions, carried = [], []
    for exercise in exercises.exercises:
        question = _question(exercise, losses)
        if question is not None:
            questions.append(question)
            carried.append(exercise)
    category = in_xml(_category(exercises.title))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<quiz>",
        f'<question type="category"><category><text>$course$/top/{category}</text></category></question>',
        *questions,
        "</quiz>",
    ]
    names = {one.id: {option.id: option.id for option in one.options} for one in carried}
    return Exported(("\n".join(lines) + "\n").encode(), tuple(carried), losses.all(), names)


def _category(title: str) -> str:
    """A title as the name of a category, of which a slash would begin another."""
    return " ".join(title.split()).replace("/", "//") or "lawmodel"


def _question(exercise: Exercise, losses: Losses) -> str | None:
    """One question; None where Moodle has none of its kind."""
    match exercise.response:
        case OneChoice() | SeveralChoices():
            if len(exercise.options) < FEWEST:
                losses.whole(exercise, "a choice of one option: Moodle asks for two")
                return None
            return _written("multichoice", exercise, _choice(exercise, losses))
        case StepOrder() as order:
            if not is_only_order(exercise, order) or len(exercise.right) < FEWEST:
                losses.whole(exercise, "an order of steps of which several are right: Moodle knows one order")
                return None
            if len(exercise.right) < len(exercise.options):
                losses.part(exercise, "the steps that do not belong to the order")
            if any(one.feedback for one in exercise.options):
                losses.part(exercise, "what is said of single steps")
            return _written("ordering", exercise, _order(an_order(exercise, order)))
        case WrittenCase():
            losses.part(exercise, "marking: a written case is marked by hand, with the notes that are sent along")
            losses.part(exercise, "hints: Moodle has none for texts")
            return _written("essay", exercise, _essay(exercise))
        case _:
            assert_never(exercise.response)


def _written(kind: str, exercise: Exercise, inner: Iterator[str]) -> str:
    lines = [
        f'<question type="{kind}">',
        f"<name><text>{in_xml(exercise.title or exercise.id)}</text></name>",
        _html("questiontext", asked_html(exercise)),
        _html("generalfeedback", explained_html(exercise)),
        "<defaultgrade>1.0000000</defaultgrade>",
        f"<penalty>{PENALTY}</penalty>",
        "<hidden>0</hidden>",
        f"<idnumber>{in_xml(exercise.id)}</idnumber>",
        *inner,
        f"<tags>{''.join(f'<tag><text>{in_xml(one)}</text></tag>' for one in tags_of(exercise))}</tags>",
        "</question>",
    ]
    return "\n".join(lines)


def tags_of(exercise: Exercise) -> Iterator[str]:
    """Kind, level, question and rulebook, and the misconceptions that the options stand for."""
    yield f"kind-{exercise.kind}"
    yield f"level-{exercise.level}"
    yield f"question-{exercise.question}"
    if exercise.rulebook.sha256:
        yield f"rulebook-{exercise.rulebook.sha256[:12]}"
    yield from dict.fromkeys(f"misconception-{one.misconception}" for one in exercise.options if one.misconception)


def _html(element: str, html: str) -> str:
    """HTML within XML: it is escaped once more."""
    return f'<{element} format="html"><text>{in_xml(html)}</text></{element}>'


def _choice(exercise: Exercise, losses: Losses) -> Iterator[str]:
    grades = grades_of(exercise)
    if not grades.by_weight:
        losses.part(exercise, "that right options weigh differently: here each counts the same")
    if not grades.exact:
        losses.part(exercise, "the exact part of a mark: Moodle has no such percentage, the nearest is taken")
    yield f"<single>{'true' if isinstance(exercise.response, OneChoice) else 'false'}</single>"
    yield f"<shuffleanswers>{'false' if exercise.kind == 'day' else 'true'}</shuffleanswers>"
    yield "<answernumbering>abc</answernumbering>"
    yield "<showstandardinstruction>1</showstandardinstruction>"
    yield from (_html(f"{name}feedback", "") for name in ("correct", "partiallycorrect", "incorrect"))
    for one in exercise.options:
        yield (
            f'<answer fraction="{grades.shares[one.id]}" format="html"><text>{in_xml(html_of(one.says))}</text>'
            f"{_html('feedback', html_of(one.feedback))}</answer>"
        )
    yield from (_html("hint", html_of(one)) for one in exercise.hints)


def _order(steps: Sequence[AnswerOption]) -> Iterator[str]:
    yield "<layouttype>VERTICAL</layouttype>"
    yield "<selecttype>ALL</selecttype>"
    yield f"<selectcount>{len(steps)}</selectcount>"
    yield "<gradingtype>RELATIVE_ALL_PREVIOUS_AND_NEXT</gradingtype>"
    yield "<showgrading>SHOW</showgrading>"
    yield "<numberingstyle>none</numberingstyle>"
    for number, one in enumerate(steps, 1):
        yield (
            f'<answer fraction="{number}.0000000" format="html"><text>{in_xml(html_of(one.says))}</text>'
            f"{_html('feedback', '')}</answer>"
        )


def _essay(exercise: Exercise) -> Iterator[str]:
    yield "<responseformat>monospaced</responseformat>"
    yield "<responserequired>1</responserequired>"
    yield "<responsefieldlines>20</responsefieldlines>"
    yield "<attachments>0</attachments>"
    yield "<attachmentsrequired>0</attachmentsrequired>"
    yield _html("graderinfo", html_of(model_answer(exercise)))
    yield _html("responsetemplate", "")
