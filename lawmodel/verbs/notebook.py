"""What Python users get back, as a notebook shows it: the document that the verb makes of it.

A value finds its document by its class. Documents are imported when one is asked for, and a verb need not know of
another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final

from lawmodel.document import (
    Block,
    Column,
    Document,
    Fold,
    Listing,
    Paragraph,
    ReasonStep,
    Section,
    Steps,
    Table,
    faint,
    identifier,
    text,
)

MOST_SHOWN: Final = 200
"""Of more steps, exercises or answers the first are shown."""
TRUTHS: Final = {True: "met", False: "not met", None: "not known"}
DOCUMENTS: Final[Mapping[str, str]] = {
    "lawmodel.answer.answer:Answer": f"{__name__}:_answer",
    "lawmodel.answer.reasons.weights:Weights": "lawmodel.verbs.turns_on.document:document",
    "lawmodel.exercises.border:Border": f"{__name__}:_border",
    "lawmodel.exercises.exercise:Exercise": f"{__name__}:_exercise",
    "lawmodel.exercises.exercise:ExerciseSet": f"{__name__}:_exercises",
    "lawmodel.exercises.progress:StudentProgress": f"{__name__}:_progress",
    "lawmodel.inquiry.searching.found:Found": f"{__name__}:_found",
    "lawmodel.inquiry.searching.proved:PropertyVerdict": "lawmodel.verbs.prove.document:verdict_alone",
    "lawmodel.reasoning.trace:Trace": f"{__name__}:_trace",
    "lawmodel.results.changes:Changes": "lawmodel.verbs.change.document:document",
    "lawmodel.results.reasons:Why": "lawmodel.verbs.why.document:document",
    "lawmodel.results.why_not:WhyNot": "lawmodel.verbs.why_not.document:document",
    "lawmodel.verbs.compare.comparisons:Comparison": "lawmodel.verbs.compare.document:document",
    "lawmodel.verbs.diff.differences:Diff": "lawmodel.verbs.diff.document:document",
    "lawmodel.verbs.report.result:Report": "lawmodel.verbs.report.document:document",
    "lawmodel.verbs.tellings.tellings:SourceComparison": "lawmodel.verbs.tellings.document:document",
    "lawmodel.verbs.whatif.result:WhatIf": f"{__name__}:_what_if",
}
"""By class, with those that are made of it: the function that makes the document."""


def as_html(value: object) -> str | None:
    """The value as HTML; None where it has no document, so that it is shown in one line."""
    from lawmodel.render import in_notebook

    document = document_of(value)
    return None if document is None else in_notebook.as_html(document)


def as_markdown(value: object) -> str | None:
    """The value as Markdown; None where it has no document."""
    from lawmodel.render import in_notebook

    document = document_of(value)
    return None if document is None else in_notebook.as_markdown(document)


def document_of(value: object) -> Document | None:
    """The document of a value that the library returns; None where it has none."""
    for one in type(value).__mro__:
        named = DOCUMENTS.get(f"{one.__module__}:{one.__qualname__}")
        if named is not None:
            module, _, name = named.partition(":")
            made: Callable[[Any], Document] = getattr(import_module(module), name)
            return made(value)
    return None


def _answer(answer: Any) -> Document:
    from lawmodel.documents.answer import document

    return document([answer], pictures=True)


def _what_if(found: Any) -> Document:
    made: Document = import_module("lawmodel.verbs.whatif.document").document([found])
    return made


def _trace(trace: Any) -> Document:
    title = trace.citation or trace.id or trace.kind
    said = text(trace.title or "")
    left = [MOST_SHOWN]
    return Document(text(title), (Steps((_step(trace, left),)),), said)


def _step(trace: Any, left: list[int]) -> ReasonStep:
    """A step and those below it, as long as there is room; what says nothing itself is told by those below it."""
    left[0] -= 1
    below = tuple(_step(one, left) for one in trace.children if left[0] > 0)
    name = f"{trace.id}" if trace.id and trace.kind in ("fact", "reading", "concept") else ""
    return ReasonStep(text(trace.says or trace.kind), TRUTHS[trace.truth], text(faint(name)), below)  # type: ignore[arg-type]


def _found(found: Any) -> Document:
    from lawmodel.documents.found_case import answers_table, stated_facts

    sides = [(text(one.name), one.answer) for one in found.seen]
    listed = Fold(text("the case file"), (Listing(found.to_yaml(), "yaml"),))
    blocks = (answers_table(sides), Section(text("The case"), (stated_facts(found.seen[0].answer),)), listed)
    return Document(text("The simplest case that shows it"), blocks)


def _border(border: Any) -> Document:
    from lawmodel.exercises.border_table import border_table

    story = (Paragraph(text(border.story)),) if border.story else ()
    return Document(text("Where the answer ends"), (*story, border_table(border)), text(border.comes_to))


def _exercise(exercise: Any) -> Document:
    from lawmodel.exercises.sheets import key_blocks, task_blocks

    key = Fold(text("The key"), tuple(key_blocks(exercise)))
    return Document(text(exercise.title), (*task_blocks(exercise), key), text(f"level {exercise.level}"))


def _exercises(exercises: Any) -> Document:
    from lawmodel.exercises.sheets import TAKEN, key_blocks, task_blocks
    from lawmodel.words.counts import count

    shown = exercises.exercises[:MOST_SHOWN]
    sections: list[Block] = [Paragraph(text(TAKEN))]
    for number, one in enumerate(shown, 1):
        key = Fold(text("The key"), tuple(key_blocks(one)))
        sections.append(Section(text(f"{number}. {one.title}"), (*task_blocks(one), key)))
    return Document(text(exercises.title), tuple(sections), text(count(len(exercises.exercises), "exercise")))


def _progress(progress: Any) -> Document:
    from lawmodel.words.counts import count

    columns = (Column("When"), Column("Exercise", "identifier"), Column("Mark", "number"), Column("Missed"))
    rows = tuple(
        (text(one.at_written), text(identifier(one.exercise)), text(one.share_written), text(", ".join(one.missed)))
        for one in progress.answers[-MOST_SHOWN:]
    )
    return Document(text("Progress"), (Table(columns, rows),), text(count(len(progress.answers), "answer")))
