"""The contested answer: readings against days, stages or sources; two cells of it side by side."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from lawmodel.dataclass import dataclass
from lawmodel.document import Block
from lawmodel.inputs import UNKNOWN
from lawmodel.problems import ProblemsFound
from lawmodel.service.pages.address import Address, href, otherwise
from lawmodel.service.pages.controls import Mark, mark_of
from lawmodel.service.pages.workbench import Workbench
from lawmodel.verbs.compare import document as comparison
from lawmodel.verbs.compare.compare_dates import compare_dates
from lawmodel.verbs.compare.compare_readings import compare_readings
from lawmodel.verbs.compare.compare_stages import compare_stages
from lawmodel.verbs.compare.compare_tellings import group_tellings
from lawmodel.verbs.whatif.document import document as whatif_document
from lawmodel.verbs.whatif.whatif import whatif
from lawmodel.words.outcomes import predicates

BY: Final = ("date", "stage", "telling")
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


def contested_page(workbench: Workbench, address: Address, by: str, picked: Sequence[str]) -> dict[str, Any]:
    """What the template needs; raises `ProblemsFound` where the facts contradict each other."""
    rulebook, question = workbench.rulebook, workbench.question(address)
    asked = workbench.law_asked(address)
    by_reading = compare_readings(rulebook, address.case, question, **asked)
    columns = _columns(workbench, address, question, by, asked)
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
    bearing = [*by_reading.bearing, *(name for name in by_reading.chosen if name not in by_reading.bearing)]
    two = [cell for row in rows for cell in row.cells if cell.picked]
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
        "sides": _beside(workbench, question, bearing, two) if len(two) == 2 else (),
        "two": two,
        "all_readings": comparison.document(by_reading).blocks,
        "other": _other(workbench, address, question, by, asked),
        "back": href(rulebook, address),
        "hrefs": {one: href(rulebook, address, "contested", {"by": one}) for one in BY},
    }


def _columns(
    workbench: Workbench, address: Address, question: str, by: str, asked: dict[str, Any]
) -> list[TableColumn]:
    rulebook = workbench.rulebook
    if by == "stage":
        says = {one.id: one.says for one in rulebook.stages}
        found = compare_stages(rulebook, address.case, question, readings=asked["readings"], on=asked["on"])
        return [
            TableColumn(says[row.stages[0]], row.of_case, replace(address, stage=row.stages[0])) for row in found.rows
        ][:MOST_COLUMNS]
    if by == "telling":
        told = group_tellings(rulebook, address.case, question, on=asked["on"])
        names = [name for row in told.rows for name in row.tellings if name in rulebook.tellings]
        return [
            TableColumn(rulebook.tellings[name].title, name == address.told_by, replace(address, told_by=name))
            for name in names
        ][:MOST_COLUMNS]
    days = compare_dates(rulebook, address.case, question, **asked)
    shown = [row for row in days.rows if row.answer is not None]
    return [
        TableColumn(
            row.when, row.of_case, address if row.of_case else replace(address, on=_within(row.first, row.last))
        )
        for row in shown
    ][-MOST_COLUMNS:]


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


def _beside(
    workbench: Workbench, question: str, bearing: Sequence[str], two: Sequence[AnswerCell]
) -> tuple[Block, ...]:
    """What differs between two cells, as the verb for it tells it."""
    # the day that a case gives by itself cannot be named as that of the second side
    first, second = sorted(two, key=lambda cell: (cell.address.on is not None, cell.picked))
    one, other = (workbench.law_asked(cell.address) for cell in (first, second))
    found = whatif(
        workbench.rulebook,
        first.address.case,
        question,
        list(_changed_readings(workbench, bearing, one["readings"], other["readings"])),
        **one,
        then_on=other["on"],
        then_stage=other["stage"],
    )
    return whatif_document([found], (first.picked, second.picked)).blocks


def _changed_readings(
    workbench: Workbench, bearing: Sequence[str], one: Mapping[str, str], other: Mapping[str, str]
) -> Iterator[str]:
    """The readings that bear on the question and that the second side takes otherwise."""
    for name in bearing:
        default = workbench.rulebook.readings[name].default or UNKNOWN
        now = other.get(name, default)
        if one.get(name, default) != now:
            yield f"reading:{name}={now}"


def _other(workbench: Workbench, address: Address, question: str, by: str, asked: dict[str, Any]) -> Iterable[Block]:
    """All days, stages or sources, as the verb tells them: with what changes the answer on each."""
    rulebook, case = workbench.rulebook, address.case
    if by == "stage":
        return comparison.document(
            compare_stages(rulebook, case, question, readings=asked["readings"], on=asked["on"])
        ).blocks
    if by == "telling":
        return comparison.document(group_tellings(rulebook, case, question, on=asked["on"])).blocks
    return comparison.document(compare_dates(rulebook, case, question, **asked)).blocks
