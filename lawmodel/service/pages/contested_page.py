"""The contested answer: readings against days, stages or sources; two cells of it side by side."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, assert_never

from lawmodel.dataclass import dataclass
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.pages.address import Address, href, otherwise
from lawmodel.service.pages.beside_page import beside
from lawmodel.service.pages.controls import Mark, mark_of
from lawmodel.service.pages.workbench import Workbench
from lawmodel.verbs.compare import document as comparison
from lawmodel.verbs.compare.compare_readings import compare_readings
from lawmodel.verbs.compare.compared import AnyComparison, By, compared
from lawmodel.verbs.compare.comparisons import (
    DayComparison,
    DayRow,
    ReadingComparison,
    StageComparison,
    TellingComparison,
)
from lawmodel.words.outcomes import predicates

BY: Final[tuple[By, ...]] = ("date", "stage", "telling")
MOST_ROWS: Final = 16
MOST_COLUMNS: Final = 8
"""More readings or days than these are left to the list below the table, which has all."""


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """An answer in the table, which was worked out for it."""

    name: str
    """By which it is picked: its row and its column."""
    says: str
    marks: tuple[Mark, ...]
    href: str
    picked: str
    """``A`` or ``B`` where it is one of the two; else empty."""
    address: Address
    excluded: str = ""
    """Why there is no answer, where the days of the case exclude these."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A way to read the law."""

    reading: str
    """Empty for the readings as they are."""
    option: str
    says: str
    cells: tuple[AnswerCell, ...]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """Days, or stages, with the same law."""

    says: str
    of_case: bool
    address: Address


def contested_page(workbench: Workbench, address: Address, by: By, picked: Sequence[str]) -> dict[str, Any]:
    """What the template needs; raises `ProblemsFound` where the facts contradict each other."""
    rulebook, question = workbench.rulebook, workbench.question(address)
    by_reading = compare_readings(rulebook, address.case, question, **workbench.law_asked(address))
    found = compared(rulebook, address.case, question, by, **_law_asked(workbench, address, by))
    columns = tuple(_columns(rulebook, address, found))
    rows: list[TableRow] = []
    if columns:
        rows.append(_row(workbench, address, "", "", "", columns, 0, picked))
        alone = sorted(by_reading.alone, key=lambda one: not one.changes_alone)
        others = (
            (one.reading, option.option, option.reads)
            for one in alone
            for option in one.options
            if option.option != by_reading.defaults.get(one.reading)
        )
        for number, (reading, option, reads) in enumerate(others if by != "telling" else (), 1):
            if number < MOST_ROWS:
                rows.append(_row(workbench, address, reading, option, reads, columns, number, picked))
    two = sorted((cell for row in rows for cell in row.cells if cell.picked), key=lambda cell: cell.picked)
    return {
        "title": address.case.title or address.base.title,
        "asks": rulebook.questions[question].asks,
        "question": question,
        "by": by,
        "ways": [one for one in BY if one != "telling" or rulebook.tellings],
        "columns": columns,
        "rows": rows,
        "bearing": len(by_reading.bearing),
        "matter": by_reading.matter,
        "sides": beside(workbench, two[0].address, two[1].address, ("A", "B")) if len(two) == 2 else (),
        "two": two,
        "all_readings": comparison.document(by_reading).blocks,
        "other": comparison.document(found).blocks,
        "back": href(rulebook, address),
        "hrefs": {one: href(rulebook, address, "contested", {"by": one}) for one in BY},
    }


def _law_asked(workbench: Workbench, address: Address, by: By) -> dict[str, Any]:
    """The law under which a comparison is made: of the sources none is followed where all are compared."""
    return workbench.law_asked(replace(address, told_by="") if by == "telling" else address)


def _columns(rulebook: Rulebook, address: Address, found: AnyComparison) -> Iterator[TableColumn]:
    """The days, stages or sources that stand in the table: of many days the latest, and those of the case."""
    match found:
        case DayComparison():
            rows = [row for row in found.rows if row.answer is not None]
            for row in latest(rows):
                here = address if row.of_case else replace(address, on=_within(row.first, row.last))
                yield TableColumn(row.when, row.of_case, here)
        case StageComparison():
            says = {one.id: one.says for one in rulebook.stages}
            for each in found.rows[:MOST_COLUMNS]:
                name = each.stages[0]
                yield TableColumn(says[name], each.of_case, replace(address, stage=name))
        case TellingComparison():
            names = [name for row in found.rows for name in row.tellings if name in rulebook.tellings]
            for name in names[:MOST_COLUMNS]:
                title, followed = rulebook.tellings[name].title, name == address.told_by
                yield TableColumn(title, followed, replace(address, told_by=name))
        case ReadingComparison():
            return  # the rows of every table are its readings
        case _:
            assert_never(found)


def latest(rows: Sequence[DayRow]) -> list[DayRow]:
    """The latest that fit into the table; where that of the case is not among them, it stands before them."""
    last = list(rows[-MOST_COLUMNS:])
    of_case = [row for row in rows if row.of_case and row not in last]
    return [*of_case, *last[len(of_case) :]]


def _within(first: str | None, last: str | None) -> datetime.date | None:
    """A day of a stretch: its first, or the last before something changes."""
    iso = first or last
    return None if iso is None else datetime.date.fromisoformat(iso)


def _row(
    workbench: Workbench,
    address: Address,
    reading: str,
    option: str,
    reads: str,
    columns: Sequence[TableColumn],
    number: int,
    picked: Sequence[str],
) -> TableRow:
    cells = []
    for place, column in enumerate(columns):
        here = otherwise(workbench.rulebook, column.address, reading, option) if reading else column.address
        cells.append(_cell(workbench, here, f"{number}:{place}", picked))
    return TableRow(reading, option, reads, tuple(cells))


def _cell(workbench: Workbench, address: Address, name: str, picked: Sequence[str]) -> AnswerCell:
    rulebook = workbench.rulebook
    side = "AB"[picked.index(name)] if name in picked[:2] else ""
    leads = href(rulebook, address)
    try:
        answer = workbench.decide(address)
    except ProblemsFound as found:
        return AnswerCell(name, "", (), leads, side, address, found.problems[0].message)
    marks = tuple(mark_of(rulebook, answer.question, one) for one in answer.possible)
    return AnswerCell(name, predicates(rulebook, answer.question, answer.possible), marks, leads, side, address)
