"""Answers counted, as a document: a chart of the outcomes by group, what moved to another run, and all numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from lawmodel.batch.counting.answer_files import APART
from lawmodel.batch.counting.tabulated import MovedCases, Tabulated, TabulatedGroup
from lawmodel.document import (
    Block,
    Column,
    Document,
    Fold,
    Item,
    Items,
    Paragraph,
    Section,
    StackedBar,
    StackedChart,
    Table,
    Text,
    faint,
    reading,
    strong,
    text,
)
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.columns import GROUND, column_title, value_words
from lawmodel.words.counts import count
from lawmodel.words.law import law_of_each_case
from lawmodel.words.outcomes import both

MOST_BARS: Final = 30
"""Groups in the chart; the table has all."""
MOST_ROWS: Final = 40
"""Rows of a table that are not folded."""
READINGS: Final = (Column("Reading"), Column("Taken as"), Column(), Column(kind="identifier"))
PRESUMED: Final = (Column("Fact"), Column("Presumed"), Column(kind="identifier"))
ALL_CASES: Final = "all cases"
AFTER: Final = "then"
"""Stands before the second of two bars of a group."""


def document(rulebook: Rulebook, table: Tabulated, written: str | None = None) -> Document:
    """How often each outcome; ``written`` names a file in which the same stands."""
    question = rulebook.questions[table.question]
    by = both([column_title(rulebook, name) for name in table.by])
    law = law_of_each_case(rulebook, table.about.get("stage") or rulebook.ordinary_stage, table.about.get("law_date"))
    said = f"{law[:1].upper()}{law[1:]}."
    blocks: list[Block] = [Paragraph(text(f"By {by}. {said}" if by else said))]
    if not table.groups:
        blocks.append(Paragraph(text("There is no answer to count.")))
        return Document(text(question.asks), tuple(blocks), text(count(table.total, "case")))
    if table.difference is not None:
        blocks.append(Paragraph(_what_differs(rulebook, table, table.difference.about)))
    blocks += _chart(rulebook, table)
    folds: list[Fold] = []
    if table.difference is not None:
        moves = _table(_move_columns(rulebook, table), [_move(rulebook, table, one) for one in table.moved])
        blocks.append(Section(text("What moved"), (*_moved(table), *moves[:1]), text(_moved_share(table))))
        folds += _fold(moves, "moves")
    numbers = _table(_number_columns(rulebook, table), [_numbers(rulebook, table, one) for one in table.groups])
    blocks.append(Section(text("All numbers"), numbers[:1]))
    folds += _fold(numbers, "groups")
    blocks += folds
    blocks += _applied(rulebook, table.about)
    note = f"{table.about.get('rulebook', '')}. A model for study, and no legal advice."
    blocks.append(Paragraph(text(faint(note))))
    if written is not None:
        blocks.append(Paragraph(text(f"Written to {written}.")))
    return Document(text(question.asks), tuple(blocks), text(count(table.total, "case")))


def _applied(rulebook: Rulebook, about: Mapping[str, Any]) -> Iterator[Block]:
    """The readings that were taken, and what was presumed of all cases."""
    readings, presumed = about.get("readings"), about.get("presumed")
    if isinstance(readings, dict) and readings:
        defaults = about.get("defaults") or ()
        rows = tuple(
            (
                *map(text, _reading_in_words(rulebook, str(name), option)),
                text("by default" if name in defaults else "open" if option is None else "chosen"),
                text(str(name) if option is None else f"{name}={option}"),
            )
            for name, option in readings.items()
        )
        by_default = sum(name in defaults for name in readings)
        said = f"{count(len(rows), 'reading')} of the law, {by_default:,} by default"
        yield Fold(text(said), (Table(READINGS, rows),))
    if isinstance(presumed, dict) and presumed:
        rows = tuple(
            (text(column_title(rulebook, name)), text(_in_words(rulebook, name, value)), text(name))
            for name, value in presumed.items()
        )
        yield Fold(text(f"{count(len(rows), 'fact')} presumed of every case"), (Table(PRESUMED, rows),))


def _reading_in_words(rulebook: Rulebook, name: str, option: object) -> tuple[str, str]:
    """The title of a reading, and what its option says; of a reading of another rulebook, the ids."""
    one = rulebook.readings.get(name)
    if one is None:
        return name, str(option)
    return one.title, next((each.says for each in one.options if each.id == option), "")


def _in_words(rulebook: Rulebook, name: str, value: object) -> str:
    """What a presumed value says."""
    written = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return value_words(rulebook, name).get(written, written)


def after(table: Tabulated) -> tuple[TabulatedGroup, ...]:
    """The groups as the other run has them."""
    found = []
    for group in table.groups:
        counts = Counter(group.counts)
        for one in table.moved:
            if one.labels == group.labels:
                counts[one.before] -= one.count
                counts[one.after] += one.count
        found.append(TabulatedGroup(group.labels, {name: number for name, number in counts.items() if number}))
    return tuple(found)


# --- what is compared ------------------------------------------------------------------------------------


def _what_differs(rulebook: Rulebook, table: Tabulated, other: Mapping[str, Any]) -> Text:
    """The readings, or the law, in which two runs differ."""
    below = " Below each bar stands the one of the second run."
    if table.sets > 1:
        named = ", ".join(str(other[name]) for name in APART if name in other)
        return text("Each is compared with ", strong(named or "the same of another run"), ".", below)
    first, second = _settings(table.about), _settings(other)
    names = [name for name in {**first, **second} if first.get(name) != second.get(name)]
    if not names:
        return text("Two runs under the same law and readings are compared.", below)
    told = {name: f"{name}: {first.get(name)} → {second.get(name)}" for name in names}
    spans = [reading(said, name) if name in rulebook.readings else strong(said) for name, said in told.items()]
    joined = [piece for span in spans for piece in (span, "; ")][:-1]
    return text("Two runs are compared. They differ in ", *joined, ".", below)


def _settings(about: Mapping[str, Any]) -> dict[str, object]:
    readings = about.get("readings")
    found = dict(readings) if isinstance(readings, dict) else {}
    return {**found, "law": about.get("law_date") or "of the day of each case", "stage": about.get("stage")}


# --- the chart -------------------------------------------------------------------------------------------


def _chart(rulebook: Rulebook, table: Tabulated) -> Iterator[Block]:
    """A bar for each of the largest groups; below it a second one as the other run has it."""
    seconds: Sequence[TabulatedGroup | None] = (
        after(table) if table.difference is not None else [None] * len(table.groups)
    )
    bars = []
    for group, second in list(zip(table.groups, seconds, strict=True))[:MOST_BARS]:
        bars.append(_bar(table, group, ", ".join(_labels(rulebook, table, group.labels)) or ALL_CASES))
        bars += [] if second is None else [_bar(table, second, AFTER)]
    yield StackedChart(tuple(table.says.values()), tuple(bars))
    if len(table.groups) > MOST_BARS:
        yield Paragraph(text(f"These are the {MOST_BARS} largest of {len(table.groups):,} groups."))


def _bar(table: Tabulated, group: TabulatedGroup, label: str) -> StackedBar:
    return StackedBar(text(label), tuple(group.counts.get(name, 0) for name in table.says))


# --- what moved ------------------------------------------------------------------------------------------


def _moved_share(table: Tabulated) -> str:
    number = sum(one.count for one in table.moved if one.before != one.after)
    total = table.total * table.sets
    what = f"{total:,} cases have" if table.sets == 1 else f"{total:,} answers are"
    return f"{_counted(number, total)} of {what} another outcome"


def _moved(table: Tabulated) -> Iterator[Block]:
    """How many moved from which outcome to which."""
    kinds: Counter[tuple[str, str]] = Counter()
    for one in table.moved:
        if one.before != one.after:
            kinds[one.before, one.after] += one.count
    if kinds:
        yield Items(
            tuple(
                Item(text(strong(f"{number:,}"), f" {table.says[before]} → {table.says[then]}"))
                for (before, then), number in kinds.most_common()
            )
        )


def _move_columns(rulebook: Rulebook, table: Tabulated) -> tuple[Column, ...]:
    by = (Column(column_title(rulebook, name)) for name in table.by)
    return (*by, Column("Outcome"), Column("Grounds"), Column("Cases", "number"))


def _move(rulebook: Rulebook, table: Tabulated, one: MovedCases) -> tuple[str, ...]:
    stays = one.before == one.after
    outcome = f"still {table.says[one.after]}" if stays else f"{table.says[one.before]} → {table.says[one.after]}"
    citations = value_words(rulebook, GROUND)
    gained = [f"also {citations.get(name, name)}" for name in one.gained]
    lost = [f"no longer {citations.get(name, name)}" for name in one.lost]
    return (*_labels(rulebook, table, one.labels), outcome, ", ".join([*gained, *lost]), f"{one.count:,}")


# --- the numbers -----------------------------------------------------------------------------------------


def _number_columns(rulebook: Rulebook, table: Tabulated) -> tuple[Column, ...]:
    by = (Column(column_title(rulebook, name)) for name in table.by)
    return (*by, *(Column(table.says[name], "number") for name in table.outcomes), Column("all", "number"))


def _numbers(rulebook: Rulebook, table: Tabulated, group: TabulatedGroup) -> tuple[str, ...]:
    counts = (_counted(group.counts.get(name, 0), group.total) for name in table.outcomes)
    return (*_labels(rulebook, table, group.labels), *counts, f"{group.total:,}")


def _labels(rulebook: Rulebook, table: Tabulated, labels: Sequence[str]) -> tuple[str, ...]:
    """What cases have in common, in the rulebook's words: several values of a list are joined."""
    words = (value_words(rulebook, name) for name in table.by)
    return tuple(
        " + ".join(says.get(one, one) for one in label.split(" + ")) for says, label in zip(words, labels, strict=True)
    )


def _counted(number: int, total: int) -> str:
    return f"{number:,} ({number / total:.1%})" if total and number else "0"


def _table(columns: tuple[Column, ...], rows: Sequence[Sequence[str]]) -> tuple[Table, ...]:
    """A table of the first rows, and a second one of the others; none without rows."""
    cells = tuple(tuple(map(text, row)) for row in rows)
    parts = (cells[:MOST_ROWS], cells[MOST_ROWS:])
    return tuple(Table(columns, part) for part in parts if part)


def _fold(tables: Sequence[Table], what: str) -> Iterator[Fold]:
    for one in tables[1:]:
        yield Fold(text(f"{len(one.rows):,} more {what}"), (one,))
