"""A first look at a table, before anything is decided: what its columns are, what is unknown or not understood."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import ClassVar, Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

from lawmodel.batch.given.conversion import Conversion
from lawmodel.batch.given.given_table import TableLayout
from lawmodel.batch.mapping.mapped import Cells, Mapped, mapped_table, unmapped_table
from lawmodel.batch.mapping.mapping import CASE, IGNORE, ColumnSection, TableMapping, TableSection, target_of, targets
from lawmodel.batch.mapping.suggested import suggested
from lawmodel.batch.tables.blank_rows import without_blank_rows
from lawmodel.batch.tables.cell_values import DayForms
from lawmodel.batch.tables.columns import WORD, Reader
from lawmodel.batch.tables.matched import KEY
from lawmodel.batch.tables.rejected import Rejected, place_in_words
from lawmodel.batch.tables.slices import TableSource
from lawmodel.batch.tables.sources import source_of
from lawmodel.case.values import ISO_DAY
from lawmodel.dataclass import dataclass
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject

Role = Literal["fact", "case", "ignored", "not matched"]
MOST_NAMED: Final = 50
"""Different cells of a column that are not understood and are named; all are counted."""
_ROWS: Final = 65_536


@dataclass(frozen=True, slots=True)
class NotUnderstood(ValueObject):
    """A cell that is no value of the fact whose column it is in."""

    value: str
    count: int
    place: str
    """Where the first of them stands: a row of a sheet, or a line."""
    reason: str
    mend: str


@dataclass(frozen=True, slots=True)
class LookedColumn(ValueObject):
    """A column."""

    heading: str
    role: Role
    fact: str | None = None
    """The fact, or the field of a record: ``service[1].formation``."""
    filled: int = 0
    """Cells that say a value."""
    unknown: int = 0
    """Cells that are empty, or say that something is not known, and mean no value."""
    not_understood: tuple[NotUnderstood, ...] = ()
    """The most frequent first, `MOST_NAMED` at most."""
    bad_cells: int = 0
    """How many cells are not understood."""
    first: datetime.date | None = None
    """The first day, where the column is of days."""
    last: datetime.date | None = None
    mend: str | None = None
    """What to do about a column that is not matched."""


@dataclass(frozen=True, slots=True)
class LawDays(ValueObject):
    """The days whose law would be applied."""

    fact: str
    first: datetime.date | None
    last: datetime.date | None
    """None where no row says a day."""
    without: int
    """Rows without a day: the law of today is applied, unless another day is asked for."""
    as_of: datetime.date | None
    """Up to when the rulebook knows the law."""
    later: int
    """Rows whose day is after that."""


@dataclass(frozen=True, slots=True)
class Looked(ValueObject):
    """What a first look at a table shows."""

    table: str
    sheet: str | None
    rows: int
    blank: int
    skipped: int
    """Rows that are none of cases, as the mapping says."""
    unreadable: int
    """Rows with too few or too many cells, and the like."""
    columns: tuple[LookedColumn, ...]
    law_days: LawDays
    remarks: tuple[str, ...] = ()
    """What is to be known of the file: hidden columns, merged cells."""

    json_optional: ClassVar[tuple[str, ...]] = ("sheet",)

    @property
    def is_clear(self) -> bool:
        """Whether every column is matched or ignored, and every cell understood."""
        clear = all(one.role != "not matched" and not one.bad_cells for one in self.columns)
        return clear and not self.unreadable


@dataclass(slots=True)
class _Bad:
    count: int
    first: Rejected


@dataclass(slots=True)
class _Tally:
    """What was seen of a column."""

    filled: int = 0
    unknown: int = 0
    bad: dict[str, _Bad] = field(default_factory=dict)
    days: Counter[str] = field(default_factory=Counter)


def looked_at(
    rulebook: Rulebook,
    path: Path,
    name: str,
    mapping: TableMapping | None,
    table: str | None,
    layout: TableLayout,
    conversion: Conversion,
    dates: Sequence[str] = (),
    ignored: Collection[str] = (),
) -> Looked:
    """A first look at the table in a file that its owner calls ``name``, read by a mapping or by the names of facts.

    Raises `NotATable`, and `NotAForm`.
    """
    if mapping is not None:
        mapped = mapped_table(rulebook, mapping, path, table, layout, conversion, ignored)
        return _look(rulebook, mapped, name, None, ignored, conversion)
    DayForms.of(dates)
    layout = replace(layout, expected=frozenset((KEY, *targets(rulebook))))
    source = unmapped_table(path, table, layout, conversion)
    plain = Mapped(rulebook, _by_names(rulebook, source, dates), source, name, frozenset(source.types))
    lists = [one for one in source.types if one in rulebook.facts and rulebook.facts[one].sort == "records"]
    whole = source_of(path, rulebook, table, layout, conversion) if lists else None
    return _look(rulebook, plain, name, whole, ignored, conversion)


def _perhaps(rulebook: Rulebook, source: TableSource) -> dict[str, str]:
    """What columns may be that are not called as facts, by heading."""
    guesses = suggested(rulebook, source).columns
    return {one.heading: "" if one.fact == IGNORE else f"Perhaps {one.fact}." for one in guesses}


def _look(
    rulebook: Rulebook,
    table: Mapped,
    name: str,
    whole: TableSource | None,
    ignored: Collection[str],
    conversion: Conversion,
) -> Looked:
    """Look through a table; ``whole`` is the same read as facts, where columns hold whole lists."""
    meanings, mapping = table.headings, table.mapping
    tallies = {heading: _Tally() for heading in meanings}
    rows = blank = 0
    refused: set[int] = set()
    for one in table.given_slices(meanings, _ROWS):
        rows += len(one.rows)
        blank += one.blank
        refused |= {each.row for each in one.rejected}
        for heading, meaning in meanings.items():
            cells, wrong = table.cells(meaning, one)
            _count(tallies[heading], cells, wrong, is_day=meaning.target.fact.sort == "date")
    columns: list[LookedColumn] = []
    perhaps: dict[str, str] = {}
    for heading in table.given.types:
        if heading in meanings:
            columns.append(_column(table, heading, tallies[heading], meanings[heading].target.written))
        elif whole is not None and heading in whole.types and pa.types.is_list(whole.types[heading]):
            columns.append(_list_column(rulebook, whole, heading))
        elif heading in mapping.columns and mapping.columns[heading].fact == CASE:
            columns.append(LookedColumn(heading, "case"))
        elif heading in mapping.columns or heading in ignored:
            columns.append(LookedColumn(heading, "ignored"))
        else:
            perhaps = perhaps or _perhaps(rulebook, table.given)
            mend = perhaps.get(heading) or f"It is like no fact: --ignore '{heading}' passes over it."
            columns.append(LookedColumn(heading, "not matched", mend=mend))
    days = _law_days(rulebook, table, tallies, rows)
    remarks = tuple(conversion.said(one) for one in conversion.remarks)
    return Looked(name, table.sheet, rows, blank, table.skipped(), len(refused), tuple(columns), days, remarks)


def _by_names(rulebook: Rulebook, source: TableSource, dates: Sequence[str]) -> TableMapping:
    """The mapping of a table whose columns are called as the facts; columns of other names are not in it."""
    found = {name: ColumnSection(fact=name) for name in source.types if target_of(rulebook, name) is not None}
    if KEY in source.types:
        found[KEY] = ColumnSection(fact=CASE)
    return TableMapping(columns=found, table=TableSection(dates=tuple(dates)))


def _count(tally: _Tally, cells: Cells, wrong: Sequence[Rejected], *, is_day: bool) -> None:
    """Add some rows to what was seen of a column."""
    for one in wrong:
        if one.value not in tally.bad:
            tally.bad[one.value] = _Bad(0, one)
        tally.bad[one.value].count += 1
    known = len(cells.texts) - cells.texts.null_count + int(cells.absent.sum())
    tally.filled += known
    tally.unknown += len(cells.texts) - known - len(wrong)
    if is_day:
        for each in pc.value_counts(cells.texts).to_pylist():
            if each["values"] is not None and ISO_DAY.match(each["values"]):
                tally.days[each["values"]] += each["counts"]


def _column(table: TableSource, heading: str, tally: _Tally, fact: str) -> LookedColumn:
    ranked = sorted(tally.bad.items(), key=lambda one: (-one[1].count, one[0]))
    bad_cells = sum(bad.count for bad in tally.bad.values())
    found = tuple(_not_understood(table, value, bad) for value, bad in ranked[:MOST_NAMED])
    days = [datetime.date.fromisoformat(day) for day in tally.days]
    first, last = min(days, default=None), max(days, default=None)
    return LookedColumn(heading, "fact", fact, tally.filled, tally.unknown, found, bad_cells, first, last)


def _not_understood(table: TableSource, value: str, bad: _Bad) -> NotUnderstood:
    first = bad.first
    place = place_in_words(first.row, table.line_of(first.row), table.sheet)
    return NotUnderstood(value, bad.count, place, first.reason, first.mend)


def _list_column(rulebook: Rulebook, whole: TableSource, name: str) -> LookedColumn:
    """A column of whole lists: how many are unknown, and what is wrong in their records."""
    fact, reader, tally = rulebook.facts[name], Reader(rulebook), _Tally()
    names = [one.id for one in fact.of]
    for one in without_blank_rows(whole, {name: [*names, *(each + WORD for each in names)]}, _ROWS):
        reader.wrong = []
        listed = reader.listed(fact, name, one.arrays[name], names)
        known = int(listed.known.sum())
        wrong = [
            Rejected(row, name, each.value, each.message, each.mend)
            for each in reader.wrong
            for row in one.rows[each.rows].tolist()
        ]
        wrong += [each for each in one.rejected if each.column == name]
        tally.filled += known
        tally.unknown += len(one.rows) - known
        for each in wrong:
            tally.bad.setdefault(each.value, _Bad(0, each)).count += 1
    return _column(whole, name, tally, name)


def _law_days(rulebook: Rulebook, table: Mapped, tallies: Mapping[str, _Tally], rows: int) -> LawDays:
    """Which days dated the law in the rows of a table."""
    heading = next((name for name, one in table.headings.items() if one.target.path == rulebook.law_date), None)
    default = table.mapping.defaults.get(rulebook.law_date)
    if heading is not None:
        days = {datetime.date.fromisoformat(day): n for day, n in tallies[heading].days.items()}
        without = tallies[heading].unknown
    elif default is not None and ISO_DAY.match(default):
        days, without = {datetime.date.fromisoformat(default): rows}, 0
    else:
        days, without = {}, rows
    later = 0 if rulebook.as_of is None else sum(n for day, n in days.items() if day > rulebook.as_of)
    first, last = min(days, default=None), max(days, default=None)
    return LawDays(rulebook.law_date, first, last, without, rulebook.as_of, later)
