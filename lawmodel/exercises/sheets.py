"""Exercises as blocks of documents: what is asked, and the key with all that is said of each option."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from lawmodel.case.writing import case_text
from lawmodel.document import Block, Item, Items, Listing, Paragraph, Section, Term, Terms, Text, faint, strong, text
from lawmodel.exercises.exercise import AnswerOption, Exercise, OneChoice, SeveralChoices, StepOrder, WrittenCase
from lawmodel.exercises.lettered import lettered
from lawmodel.exercises.step_orders import an_order

TAKEN: Final = (
    "Take what is not told to be as usual. Take the readings that are taken by default, unless you are asked about "
    "readings."
)
"""Said once, above the first exercise."""


def task_blocks(exercise: Exercise) -> Iterator[Block]:
    """The story, what is asked, and the options with their letters."""
    yield from _paragraphs(exercise.story)
    yield Paragraph(text(strong(exercise.stem)))
    match exercise.response:
        case OneChoice():
            yield _options(exercise)
        case SeveralChoices():
            yield Paragraph(text(faint("Name all that are right.")))
            yield _options(exercise)
        case StepOrder():
            yield Paragraph(text(faint("Write the letters in order; leave out what does not belong.")))
            yield _options(exercise)
        case WrittenCase():
            yield Paragraph(text(faint("Write the case, or say that there is none, and why.")))
        case _:
            assert_never(exercise.response)


def _options(exercise: Exercise) -> Items:
    return Items(tuple(Item(text(strong(letter), "  ", one.says)) for letter, one in lettered(exercise)))


def _paragraphs(written: str) -> Iterator[Paragraph]:
    return (Paragraph(text(" ".join(one.split()))) for one in written.split("\n\n") if one.strip())


def key_blocks(exercise: Exercise) -> Iterator[Block]:
    """What is right and why, what is said of each option, the hints, and the commands that show the key."""
    yield Paragraph(text(strong("Right: "), right_answer(exercise)))
    if isinstance(exercise.response, WrittenCase) and exercise.response.example:
        yield Listing(case_text(exercise.response.example).rstrip("\n"), "yaml")
    yield from _paragraphs(exercise.explanation)
    said = tuple(_said(letter, one, exercise) for letter, one in lettered(exercise))
    if said:
        yield Section(text("What is said of each option"), (Items(said),), close=True)
    if exercise.sides:
        sides = (text(one.reading, " = ", one.option, ": ", one.says) for one in exercise.sides)
        held = (faint(f" ({', '.join(one.sources)})") if one.sources else faint("") for one in exercise.sides)
        listed = tuple(Item(text(said, by)) for said, by in zip(sides, held, strict=True))
        yield Section(text("Both sides"), (Items(listed),), close=True)
    hints = tuple(Item(text(one)) for one in exercise.hints if one)
    if hints:
        yield Section(text("Hints"), (Items(hints, numbered=True),), close=True)
    if exercise.proof:
        terms = tuple(Term(text(one.command), text(one.shows)) for one in exercise.proof)
        yield Section(text("What shows the key"), (Terms(terms),), close=True)
    yield Paragraph(text(faint(f"{exercise.id} · {exercise.kind} · level {exercise.level}")))


def right_answer(exercise: Exercise) -> str:
    """What is right, by letters where there are some."""
    match exercise.response:
        case OneChoice() | SeveralChoices():
            return ", ".join(letter for letter, one in lettered(exercise) if one.right)
        case StepOrder() as order:
            letters = {one.id: letter for letter, one in lettered(exercise)}
            several = "" if len(order.before) == 0 else " (any order that keeps what has to come before what)"
            return ", ".join(letters[one.id] for one in an_order(exercise, order)) + several
        case WrittenCase(possible=True):
            return "any case that comes to the answer, for instance:"
        case WrittenCase():
            return f"there is no such case. {' '.join(one.says for one in exercise.right)}"
        case _:
            assert_never(exercise.response)


def _said(letter: str, one: AnswerOption, exercise: Exercise) -> Item:
    sign: Text = text("✓ " if one.right else "✗ ")
    parts: list[Text] = [text(strong(letter), " ", *sign, one.feedback)]
    other = one.reading if exercise.is_right_on_a_reading(one) else None
    if other is not None and f"{other.reading}={other.option}" not in one.feedback:
        parts.append(text(f" Right if {other.reading} is read as {other.option}."))
    return Item(text(*parts), one.misconception or "")
