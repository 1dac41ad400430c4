"""Comparisons as documents: the answer under every reading, on every day, at every stage, as every source tells it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import assert_never

from lawmodel.document import (
    Block,
    Column,
    Document,
    Item,
    Items,
    Paragraph,
    Section,
    Table,
    Text,
    faint,
    reading,
    text,
)
from lawmodel.documents.heading import law_line, subject_of
from lawmodel.documents.verdict import verdict
from lawmodel.verbs.compare.by_reading import answer_text, by_reading
from lawmodel.verbs.compare.compared import AnyComparison
from lawmodel.verbs.compare.comparisons import (
    Comparison,
    DatedEvent,
    DayComparison,
    ReadingComparison,
    StageComparison,
    StageRow,
    TellingComparison,
    TellingDifference,
)
from lawmodel.verbs.compare.words import TEXT, because_in_words
from lawmodel.words.counts import count
from lawmodel.words.law import day
from lawmodel.words.outcomes import both, subject

STAGE = "stage"


def document(found: AnyComparison) -> Document:
    """Any comparison."""
    match found:
        case ReadingComparison():
            varied, law, blocks = "under every reading", _law_and_readings(found), by_reading(found)
        case DayComparison():
            varied, law, blocks = "on every day", text(_stage(found)), _by_day(found)
        case StageComparison():
            varied, law, blocks = "at every stage of the bills", text(_stood(found)), _by_stage(found)
        case TellingComparison():
            law_of_the_case = law_line(found.rulebook, found.law.stage, found.law.date)
            varied, law, blocks = "as every source tells the law", law_of_the_case, _by_telling(found)
        case _:
            assert_never(found)
    title = text(f"{subject(found.rulebook, found.question).rstrip(',')}: the answer {varied}")
    return Document(title, (Paragraph(law), *_chosen(found), *blocks), subject_of(found.title, found.case))


def _law_and_readings(found: ReadingComparison) -> Text:
    law = law_line(found.rulebook, found.law.stage, found.law.date)
    if not found.bearing:
        return law
    bear = "bears" if len(found.bearing) == 1 else "bear"
    matter = f"{len(found.matter) or 'none'} can change the answer"
    return text(law, f" {count(len(found.bearing), 'reading')} {bear} on the question; {matter}.")


def _chosen(found: Comparison) -> Iterator[Block]:
    for name, option in found.chosen.items():
        says = found.rulebook.readings[name].option(option).says
        yield Paragraph(text("Chosen: reading ", reading(name, name), f": {says}"))


# --- by date -------------------------------------------------------------------------------------------


def _stage(found: DayComparison) -> str:
    ordinary = found.law.stage == found.rulebook.ordinary_stage
    says = next(stage.says for stage in found.rulebook.stages if stage.id == found.law.stage)
    law = "" if ordinary else f"As if every bill {says} by then were law. "
    if found.law.date is None:
        return f"{law}The day of the case is not known."
    return f"{law}The case is of {_day(found.law.date)}."


def _day(iso: str) -> str:
    return day(datetime.date.fromisoformat(iso))


def _by_day(found: DayComparison) -> Iterator[Block]:
    if len(found.rows) == 1 and found.rows[0].answer is not None:
        yield verdict(found.rulebook, found.question, found.rows[0].answer.possible)
        first = found.rows[0]
        yield Paragraph(text("The day of the law changes nothing."))
        if first.when != "on every day":
            yield Paragraph(text(f"Looked at: {first.when}."))
        return
    for row in found.rows:
        if row.of_case and row.answer is not None:
            yield verdict(found.rulebook, found.question, row.answer.possible, "On the day of the case, ")
    rows = tuple(
        (
            text(row.when, faint(" (the case)" if row.of_case else "")),
            text(row.says) if row.answer is None else answer_text(found, row.says, row.answer),
            text(because_in_words(row)),
        )
        for row in found.rows
    )
    yield Table((Column("The law"), Column("The answer"), Column("It changes because")), rows)
    yield from _doubtful(found)


def _doubtful(found: DayComparison) -> Iterator[Block]:
    """What is to be said of the dates on which the answer changes."""
    events = {
        event.id: event
        for row in found.rows
        for together in row.because
        for event in together
        if isinstance(event, DatedEvent) and event.remark
    }
    for event in events.values():
        title = found.rulebook.instruments[event.id].title
        yield Paragraph(text(f"{title}, {_day(event.date)}: {event.remark}."))


# --- by stage ------------------------------------------------------------------------------------------


def _stood(found: StageComparison) -> str:
    known = found.law.date is not None
    return f"Bills as they stood on {_day(str(found.law.date))}." if known else "The day of the case is not known."


def _by_stage(found: StageComparison) -> Iterator[Block]:
    own = next(row for row in found.rows if row.of_case)
    yield verdict(
        found.rulebook, found.question, own.answer.possible, "" if len(found.rows) == 1 else "By the law in force, "
    )
    if len(found.rows) == 1:
        yield Paragraph(text("No bill changes the answer, at whatever stage bills count as law."))
        return
    says = {stage.id: stage.says for stage in found.rulebook.stages}
    rows = tuple(
        (
            text(_stages([says[name] for name in row.stages]), faint(" (the law in force)" if row.of_case else "")),
            answer_text(found, row.says, row.answer),
            text(_made(found, row, says)),
        )
        for row in found.rows
    )
    columns = (Column("If bills count as law once"), Column("The answer"), Column("It changes because"))
    yield Table(columns, rows)


def _stages(says: Sequence[str]) -> str:
    return says[0] if len(says) == 1 else f"{says[0]}, up to {says[-1]}"


def _made(found: StageComparison, row: StageRow, says: Mapping[str, str]) -> str:
    """How far the instruments had got that make the difference."""
    alternatives = []
    for together in row.because:
        each = []
        for name in together:
            step = row.reached[name]
            got = "had not got so far" if step is None else f"was only {says[step.stage]} ({_day(step.date)})"
            each.append(f"{found.rulebook.instruments[name].title} {got}")
        alternatives.append(both(each))
    return ", or ".join(alternatives)


# --- by telling ----------------------------------------------------------------------------------------


def _by_telling(found: TellingComparison) -> Iterator[Block]:
    rulebook = found.rulebook
    text_row = next(row for row in found.rows if TEXT in row.tellings)
    yield verdict(rulebook, found.question, text_row.answer.possible, "By the text, ")
    if len(found.rows) == 1:
        alone = text_row.tellings == (TEXT,)
        yield Paragraph(text("No source speaks of it." if alone else "All sources that speak of it agree."))
    rows = tuple(
        (
            text(_title(found, name)),
            text(name),
            text(_stage_says(found, name)),
            answer_text(found, row.says, row.answer),
        )
        for row in found.rows
        for name in row.tellings
    )
    columns = (Column("As told by"), Column("", "identifier"), Column("Bills count once"), Column("The answer"))
    yield Table(columns, rows)
    if found.silent:
        yield Paragraph(text(f"Silent on this question: {', '.join(found.silent)}."))
    if found.differences:
        items = tuple(_difference(found, one) for one in found.differences)
        yield Section(text("Why they differ"), (Items(items),))


def _title(found: TellingComparison, name: str) -> str:
    telling = found.rulebook.tellings.get(name)
    return "the text, with the defaults" if telling is None else telling.title


def _difference(found: TellingComparison, one: TellingDifference) -> Item:
    """What a smallest difference is about, and how each side takes it."""
    sides = [list(dict.fromkeys(side)) for side in zip(*one.pairs, strict=True)]
    blocks: list[Block] = []
    for row, names in zip(one.rows, sides, strict=True):
        for how, who in _grouped((tuple(_taken(found, name, point) for point in one.over), name) for name in names):
            people = both(["the text" if name == TEXT else name for name in who])
            blocks.append(Paragraph(text(f"{people}: {both(how)}", faint(f" → {found.rows[row].says}"))))
    return Item(_points(one.over), "", tuple(blocks))


def _points(over: Sequence[str]) -> Text:
    """What a difference is about: readings, the stage, or both."""
    names = [point for point in over if point != STAGE]
    said = [text(" and " if number else "", reading(name, name)) for number, name in enumerate(names)]
    readings = text(f"Reading{'s' if len(names) > 1 else ''} ", *said) if names else text()
    stage = "The stage from which bills count" if not names else ", and the stage from which bills count"
    return text(readings, stage if STAGE in over else "")


def _grouped(taken: Iterable[tuple[tuple[str, ...], str]]) -> list[tuple[tuple[str, ...], list[str]]]:
    found: dict[tuple[str, ...], list[str]] = {}
    for how, name in taken:
        found.setdefault(how, []).append(name)
    return list(found.items())


def _taken(found: TellingComparison, name: str, point: str) -> str:
    """How a telling takes a reading, its own or the default, or the stage, in words."""
    if point == STAGE:
        return f"bills count once {_stage_says(found, name)}"
    option = found.taken[name][point]
    return f"{point} is open" if option is None else found.rulebook.readings[point].option(option).says


def _stage_says(found: TellingComparison, name: str) -> str:
    return next(one.says for one in found.rulebook.stages if one.id == found.stages[name])
