"""A sheet of exercises, or the key to it, as a document."""

from __future__ import annotations

from lawmodel.document import Document, Paragraph, Section, text
from lawmodel.exercises.exercise import ExerciseSet
from lawmodel.exercises.sheets import TAKEN, key_blocks, task_blocks
from lawmodel.words.counts import count


def document(exercises: ExerciseSet, *, is_key: bool) -> Document:
    """A section for each exercise, by number."""
    sections = tuple(
        Section(text(f"{number}. {one.title}"), tuple(key_blocks(one) if is_key else task_blocks(one)))
        for number, one in enumerate(exercises.exercises, 1)
    )
    title = f"Key: {exercises.title}" if is_key else exercises.title
    taken = () if is_key else (Paragraph(text(TAKEN)),)
    rulebook = exercises.rulebook
    made = f"Made from: {rulebook.title}{f' {rulebook.version}' if rulebook.version else ''}, seed {exercises.seed}."
    about = text(count(len(exercises.exercises), "exercise"))
    return Document(text(title), (*taken, *sections, Paragraph(text(made))), about)
