"""What the answers of a class are like, as a document: who, what, how many, and the case for the board."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lawmodel.document import (
    Bar,
    Block,
    Chart,
    Column,
    Document,
    Fold,
    Note,
    Paragraph,
    Section,
    StackedBar,
    StackedChart,
    Table,
    Text,
    Verdict,
    faint,
    identifier,
    strong,
    text,
)
from lawmodel.exercises.class_diagnosis import LimbRow
from lawmodel.exercises.diagnosis import StudentDiagnosis
from lawmodel.exercises.exercise import LAW, Exercise, ExerciseSet
from lawmodel.verbs.diagnose.result import DiagnosedClass
from lawmodel.words.counts import count

SIGNS: Final = {"held": "✓", "not held": "✗", "not tested": "·"}
IN_A_TABLE: Final = 10
"""So many students stand side by side."""
HARDLY: Final = 0.1
"""Discrimination below this is told."""


def document(exercises: ExerciseSet, found: DiagnosedClass) -> Document:
    """First how many hold what, then each student, then the limbs, then the case for the board."""
    by_id = {one.id: one for one in exercises.exercises}
    blocks: list[Block] = [Verdict(text(_summary(found)))]
    if found.moved:
        said = "The rulebook is not the one by which these exercises were made: what was right then may not be so now."
        blocks.append(Note(text(said), "odd"))
    blocks += _shares(found)
    blocks.append(_students(found))
    blocks += _limbs(found)
    blocks += _board(found, by_id)
    blocks += _items(found, by_id)
    if found.not_read:
        said = f"{count(len(found.not_read), 'exercise')} not read: cases that are written, and steps in order."
        blocks.append(Note(text(said)))
    if found.untested:
        said = f"{count(len(found.untested), 'misconception')} not tested by these exercises"
        blocks.append(Fold(text(said), (Paragraph(text(", ".join(found.untested))),)))
    about = "The answers are like those of somebody who holds this; that is no fact about a person."
    blocks.append(Paragraph(text(faint(about))))
    return Document(text("What the answers are like"), tuple(blocks), text(exercises.title))


def _summary(found: DiagnosedClass) -> str:
    told = sum(one.verdict == "found" for one in found.students)
    law = sum(one.verdict == "found" and one.hypotheses[0].id == LAW for one in found.students)
    return (
        f"{count(len(found.students), 'student')}: of {told} the answers show what is held, of {law} of these the law. "
        f"About {found.slip_rate:.0%} of the answers are slips."
    )


def _shares(found: DiagnosedClass) -> Iterator[Block]:
    if found.shares:
        bars = tuple(
            Bar(
                text(one.says.rstrip(".")),
                one.share,
                f"{one.students:.1f} of {len(found.students)}",
                text(faint(f"{one.low:.0%} to {one.high:.0%}")),
            )
            for one in found.shares
        )
        yield Section(text("What is held"), (Chart(bars),), text(faint("with the interval of 95 %")))


def _students(found: DiagnosedClass) -> Block:
    columns = (Column("Student"), Column("Right", "number"), Column("The answers are those of"), Column("How sure"))
    rows = tuple(
        (text(one.student), text(f"{right} of {one.answered}"), text(*_like(one)), text(_sure(one)))
        for one, right in zip(found.students, found.right, strict=True)
    )
    return Section(text("Each student"), (Table(columns, rows),))


def _like(one: StudentDiagnosis) -> Iterator[str | Text]:
    if one.verdict == "nothing known":
        yield "nobody: nothing was answered"
        return
    if one.verdict == "found":
        yield one.hypotheses[0].says.rstrip(".")
        if one.alike:
            yield text(faint(f" (or {', '.join(one.alike)}: these exercises do not tell them apart)"))
        return
    yield "undecided: "
    yield " or ".join(f"{each.says.rstrip('.')} ({each.probability:.0%})" for each in one.hypotheses[:2])
    if one.next_item is not None:
        yield text(faint("; to be told apart by "), identifier(one.next_item))


def _sure(one: StudentDiagnosis) -> str:
    return f"{one.hypotheses[0].probability:.0%}" if one.hypotheses else ""


def _limbs(found: DiagnosedClass) -> Iterator[Block]:
    if not found.limbs:
        return
    series = ("held", "not held", "not tested")
    bars = tuple(StackedBar(text(row.limb), tuple(row.held.count(one) for one in series)) for row in found.limbs)
    tables = tuple(_matrix(found, start) for start in range(0, len(found.students), IN_A_TABLE))
    fold = Fold(text("Limb by student (✓ held, ✗ not held, · not tested)"), tables)
    yield Section(text("Which limb is missed"), (StackedChart(series, bars), *_missed(found), fold))


def _missed(found: DiagnosedClass) -> Iterator[Block]:
    rows = []
    for row in found.limbs:
        who = [one.student for one, held in zip(found.students, row.held, strict=True) if held == "not held"]
        if who:
            rows.append((text(row.limb), text(", ".join(who))))
    if rows:
        yield Table((Column("Limb"), Column("Missed by")), tuple(rows))


def _matrix(found: DiagnosedClass, start: int) -> Table:
    students = found.students[start : start + IN_A_TABLE]
    columns = (Column("Limb"), *(Column(one.student) for one in students))
    return Table(columns, tuple(_row(row, start, len(students)) for row in found.limbs))


def _row(row: LimbRow, start: int, width: int) -> tuple[Text, ...]:
    return (text(row.limb), *(text(SIGNS[held]) for held in row.held[start : start + width]))


def _board(found: DiagnosedClass, by_id: dict[str, Exercise]) -> Iterator[Block]:
    if found.board is None:
        return
    exercise = by_id[found.board]
    says = {one.id: one.says for one in found.shares}
    blocks: list[Block] = [Paragraph(text(one)) for one in (exercise.story, exercise.stem) if one]
    rows = tuple((text(_whose(one.misconception, one.right, says)), text(one.says)) for one in exercise.options)
    blocks.append(Table((Column("Chosen by"), Column("Option")), rows))
    parted = ", ".join(found.board_parts)
    yield Section(
        text("For the board"), tuple(blocks), text(faint(f"it parts from the law: {parted}")), identifier=exercise.id
    )


def _whose(misconception: str | None, right: bool, says: dict[str, str]) -> str:
    if right:
        return "the law"
    return says.get(misconception or "", misconception or "")


def _items(found: DiagnosedClass, by_id: dict[str, Exercise]) -> Iterator[Block]:
    if found.suspect:
        yield Note(
            text(f"Most of the best third missed {', '.join(found.suspect)}: look at the exercise first."), "odd"
        )
    flat = [one.item for one in found.items if one.discrimination is not None and one.discrimination < HARDLY]
    if flat:
        said = f"{', '.join(flat)}: being right there goes with nothing else. Look whether it is badly worded."
        yield Note(text(said), "odd")
    columns: Sequence[Column] = (
        Column("Exercise", "identifier"),
        Column("Level", "number"),
        Column("Right", "number"),
        Column("Difficulty", "number"),
        Column("Goes with the rest", "number"),
    )
    rows = tuple(
        (
            text(identifier(one.item)),
            text(str(by_id[one.item].level)),
            text(f"{one.right} of {one.answers}"),
            text("" if one.difficulty is None else f"{one.difficulty:+.2f}"),
            text("" if one.discrimination is None else f"{one.discrimination:+.2f}"),
        )
        for one in found.items
    )
    yield Fold(text(strong("The exercises"), ", and how hard they were"), (Table(tuple(columns), rows),))
