"""A quiz in documents: an exercise as it is asked, what is said to an answer, and how it ended."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from lawmodel.case.writing import case_text
from lawmodel.document import (
    Block,
    Column,
    Document,
    Fold,
    Listing,
    Note,
    Paragraph,
    Section,
    Table,
    Term,
    Terms,
    Text,
    faint,
    identifier,
    strong,
    text,
)
from lawmodel.exercises.diagnosis import GUESSES, StudentDiagnosis
from lawmodel.exercises.exercise import LAW, Exercise, ExerciseSet, OneChoice, WrittenCase
from lawmodel.exercises.marking import Mark
from lawmodel.exercises.point_words import point_in_words
from lawmodel.exercises.schedule import ScheduledPoint
from lawmodel.exercises.sheets import TAKEN, task_blocks
from lawmodel.exercises.twin_case import TwinCase
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.quiz.result import AnsweredExercise, QuizResult
from lawmodel.words.counts import count

HINT, NOT_KNOWN, STOP = "h", "?", "q"
HINT_WORD, STOP_WORD = "hint", "stop"
"""The same, where the letters are those of options."""
MOST_POINTS: Final = 8
"""More points than these are folded at the end."""
KIND_WORDS: Final = {
    "outcome": "which answer, and why",
    "ground": "which provisions apply",
    "missing-fact": "which fact is missing",
    "least-change": "the least change",
    "reading": "which reading",
    "contested": "contested, and over what",
    "day": "since which day",
    "statement": "true or false of the law",
    "build": "a case to be written",
    "order": "steps in order",
}
WORTH_SAYING: Final = 1 / 3
"""What is less probable is not told as what answers may be like."""
MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


def opening(exercises: ExerciseSet, *, moved: bool) -> Document:
    """What the quiz is about, and what may be typed."""
    keys = Terms(
        (
            Term(text("Type a letter, or"), text(f"{NOT_KNOWN}  I do not know       {STOP}  stop here")),
            Term(text(), text(f"{HINT}  a hint: the first costs 0.1 of the mark, the second 0.2, the third 0.3")),
        )
    )
    blocks: list[Block] = [keys, Paragraph(text(faint(TAKEN)))]
    if moved:
        said = (
            "These exercises were made by another rulebook than this one. They are marked by what they say themselves."
        )
        blocks.append(Note(text(said), "odd"))
    return Document(text(exercises.title), tuple(blocks), text(count(len(exercises.exercises), "exercise")))


def task(number: int, exercise: Exercise) -> Section:
    """An exercise as it is asked."""
    blocks = list(task_blocks(exercise))
    if isinstance(exercise.response, WrittenCase):
        said = "Type the name of the file with your case; or none"
        said += ", and the letter of the reason." if exercise.options else "."
        blocks.append(Paragraph(text(faint(said))))
    title = f"{number}  {exercise.title}: {KIND_WORDS[exercise.kind]}"
    return Section(text(title), tuple(blocks), text(faint(f"level {exercise.level}")))


def in_tenths(share: Fraction) -> str:
    """A mark as people write it: 0.4, 1, or 0.33."""
    return f"{float(share):.2f}".rstrip("0").rstrip(".") or "0"


def verdict_words(found: Mark, right: bool, hints: int) -> str:
    """In a word whether an answer is right, and what it is worth where that is not all or nothing."""
    if right:
        return f"Right; after {count(hints, 'hint')} it is {in_tenths(found.share)} of 1." if hints else "Right."
    return f"In part: {in_tenths(found.share)} of 1." if found.share else "Not right."


def second_verdict(found: Mark, right: bool) -> str:
    """The same of a second try."""
    if right:
        return f"Now it is right: {in_tenths(found.share)} of 1."
    return f"In part: {in_tenths(found.share)} of 1." if found.share else "Not right either."


def feedback(verdict: str, says: Sequence[str]) -> Iterator[Block]:
    """What is said to an answer."""
    yield Paragraph(text(strong(verdict)))
    yield from (Paragraph(text(one)) for one in says)


def twin_blocks(twin: TwinCase) -> Iterator[Block]:
    """The case on which the reason fails that was right by chance."""
    rows = (
        (text("By your reason"), text(twin.by_misconception)),
        (text("By the law"), text(strong(twin.by_law))),
    )
    said = (Paragraph(text(twin.story)), Table((Column(), Column()), rows))
    yield Section(text("The outcome is right. In this case your reason leads to another than the law"), said)


def key(exercise: Exercise, right: str) -> Iterator[Block]:
    """What is right, and why."""
    says = f" {exercise.right[0].says}" if isinstance(exercise.response, OneChoice) else ""
    yield Paragraph(text(strong("Right: "), right, says))
    if isinstance(exercise.response, WrittenCase) and exercise.response.example:
        yield Listing(case_text(exercise.response.example).rstrip("\n"), "yaml")
    yield Paragraph(text(exercise.explanation))


def closing(rulebook: Rulebook, found: QuizResult, now: datetime.datetime) -> Document:
    """How the quiz ended: what was right, what is due when, and what the answers are like."""
    return Document(text(_ended(found)), tuple(_closing(rulebook, found, now)), text(found.title))


def what_is_due(rulebook: Rulebook, found: QuizResult, now: datetime.datetime) -> Document:
    """What is due, and what will be when, without a quiz."""
    blocks: tuple[Block, ...] = (Paragraph(text("Nothing was answered yet.")),)
    if found.points:
        blocks = tuple(_points(rulebook, found.points, now))
    return Document(text(_due_words(found)), blocks, text(count(len(found.points), "point")))


def _ended(found: QuizResult) -> str:
    if not found.answered:
        return "Nothing was answered." if found.stopped else "There is nothing to ask: nothing is due, and nothing new."
    right = sum(one.at_once for one in found.answered)
    return f"{right} of {count(len(found.answered), 'exercise')} right at once."


def _closing(rulebook: Rulebook, found: QuizResult, now: datetime.datetime) -> Iterator[Block]:
    if found.answered:
        columns = (
            Column("", "number"),
            Column("What was asked"),
            Column("Level", "number"),
            Column("Hints", "number"),
            Column("Tries", "number"),
            Column("Mark", "number"),
            Column("Exercise", "identifier"),
        )
        rows = tuple(_row(one) for one in found.answered)
        whole = sum((one.share for one in found.answered), Fraction(0))
        title = text(f"The mark: {in_tenths(whole)} of {len(found.answered)}")
        yield Section(title, (Table(columns, rows),))
    yield from _due(rulebook, found, now)
    if found.like is not None:
        yield Section(text("What your answers are like"), tuple(like_blocks(found.like)))


def _row(one: AnsweredExercise) -> tuple[Text, ...]:
    return (
        text(str(one.number)),
        text(KIND_WORDS[one.kind]),
        text(str(one.level)),
        text(str(one.hints) if one.hints else ""),
        text(str(len(one.tries))),
        text(in_tenths(one.share)),
        text(identifier(one.exercise)),
    )


def _due(rulebook: Rulebook, found: QuizResult, now: datetime.datetime) -> Iterator[Block]:
    if not found.points:
        return
    yield Section(text(_due_words(found)), tuple(_points(rulebook, found.points, now)))


def _due_words(found: QuizResult) -> str:
    return f"{count(len(found.due), 'point')} due now" if found.due else "Nothing is due now"


def _points(rulebook: Rulebook, points: Sequence[ScheduledPoint], now: datetime.datetime) -> Iterator[Block]:
    columns = (Column("Due"), Column("What"), Column("Missed", "number"))
    rows = [
        (
            text(in_words(one.due, now)),
            text(point_in_words(rulebook, one.point)),
            text(f"{one.missed} of {one.answers}"),
        )
        for one in points
    ]
    yield Table(columns, tuple(rows[:MOST_POINTS]))
    if rest := tuple(rows[MOST_POINTS:]):
        yield Fold(text(count(len(rest), "further point")), (Table(columns, rest),))


def in_words(due: datetime.datetime, now: datetime.datetime) -> str:
    """When something is due, as seen from now."""
    left = (due - now).total_seconds()
    if left <= 0:
        return "now"
    for size, unit in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if left >= size:
            return f"in {count(round(left / size), unit)}"
    return "in a minute"


def like_blocks(like: StudentDiagnosis) -> Iterator[Block]:
    """What the answers are like: never what somebody is."""
    if not like.hypotheses:
        yield Paragraph(text("Nothing can be said: no answer was given from which something follows."))
        return
    best = like.hypotheses[0]
    sure = f"{best.probability:.0%}"
    if like.verdict == "found":
        if best.id == LAW:
            said = f"Your answers are those of somebody who knows the law on this ({sure})."
        elif best.id == GUESSES:
            said = f"Your answers are those of somebody who guesses ({sure})."
        else:
            said = f"Your answers are those of somebody who takes this for the law ({sure}): {best.says}"
        yield Paragraph(text(said))
        if like.alike:
            yield Paragraph(text(faint(f"These exercises do not tell it from: {', '.join(like.alike)}.")))
    elif best.probability < WORTH_SAYING:
        yield Paragraph(text("Nothing can be said of them yet: too much would explain them."))
    else:
        said = "Several things would explain your answers, and they do not tell yet which:"
        yield Paragraph(text(said))
        rows = tuple((text(_belief(one.id, one.says)), text(f"{one.probability:.0%}")) for one in like.hypotheses[:3])
        yield Table((Column(), Column("", "number")), rows)
        if like.next_item is not None:
            yield Paragraph(text("This exercise would tell: ", identifier(like.next_item), "."))
    yield Paragraph(text(faint(f"From {count(like.answered, 'answer')}. It is said of answers, not of a person.")))


def _belief(name: str, says: str) -> str:
    return {LAW: "The law is known.", GUESSES: "They are guesses."}.get(name, f"This is taken for the law: {says}")
