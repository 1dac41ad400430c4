"""A run over a table in parts: each is carried out as a run of its own, with the same rulebook.

Answers, row numbers and bad rows are those of a run over the whole table. What the parts come to is written into one
folder (see `Shipped`), and put together at the end.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from lawmodel.batch.rows.plan import Asked
from lawmodel.batch.running.answers_folder import ANSWERS
from lawmodel.batch.running.carrying_out import MOST_SHOWN, Counted, carry_out
from lawmodel.batch.running.run import ROWS, Run
from lawmodel.batch.tables.cell_values import DayForms
from lawmodel.batch.tables.in_parts import PartOfParquet, TablePart
from lawmodel.batch.tables.matched import Matched
from lawmodel.batch.tables.rejected import Rejected
from lawmodel.batch.writing.written import RejectsFile
from lawmodel.dataclass import dataclass

MOST_ROWS: Final = 16 * ROWS
"""In one part."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """What every machine gets: the question with its rulebook, and what is to be done with each part."""

    asked: tuple[Asked, ...]
    types: Mapping[str, pa.DataType]
    table: Matched
    folder: Path
    """What the parts come to is written here."""
    strict: bool
    turns_on: bool
    set_aside: bool
    """Whether bad rows are kept."""
    more: Mapping[str, Any]
    days: DayForms
    """How days are written."""
    program: str | None
    """The digest of the program that asks; None where it is on the same machine anyway."""

    def answers(self, part: TablePart) -> Path:
        """The file of the answers of a part; the names are in the order of the parts."""
        return self.folder / ANSWERS / f"part-{part.number:06}.parquet"

    def rejects(self, part: TablePart) -> Path:
        """The file of the bad rows of a part."""
        return self.folder / f"rejects-{part.number:06}.jsonl"


def carry_out_part(
    shipped: Shipped, part: TablePart, run: Run, progress: Callable[[int], None] = lambda rows: None
) -> Counted:
    """Decide a part with a run that may have decided others, and knows their patterns.

    Raises what `carry_out` raises, and `NotATable` where the files are not those of the part.
    """
    run.source = PartOfParquet(part, shipped.types)
    exactly, patterns = _exact(run)
    counted = carry_out(
        run,
        shipped.answers(part),
        shipped.rejects(part) if shipped.set_aside else None,
        strict=shipped.strict,
        turns_on=shipped.turns_on,
        more=shipped.more,
        progress=progress,
    )
    counted.decided_exactly -= exactly
    counted.patterns -= patterns
    return counted


_KEPT: Final[dict[Path, Run]] = {}
"""In a process of Spark, which does one part after the other: the run at hand, by its folder."""


def run_of_process(shipped: Shipped, part: TablePart) -> Run:
    """The run of this process, with all patterns that it knows by now."""
    if shipped.folder not in _KEPT:
        _KEPT.clear()
        source = PartOfParquet(part, shipped.types)
        _KEPT[shipped.folder] = Run(shipped.asked, source, shipped.table, turns_on=shipped.turns_on, days=shipped.days)
    return _KEPT[shipped.folder]


def _exact(run: Run) -> tuple[int, int]:
    """How many answers were worked out exactly so far, and how many patterns."""
    return sum(way.patterns.rows for way in run.ways), sum(way.patterns.patterns for way in run.ways)


def together(found: Sequence[Counted]) -> Counted:
    """What a run came to whose parts came to this; each process has counted its patterns by itself."""
    every = Counted()
    for one in found:
        every.rows += one.rows
        every.rejected += one.rejected
        every.blank += one.blank
        every.decided_exactly += one.decided_exactly
        every.patterns += one.patterns
        every.remark(one.remarks.items())
        every.first_rejected = (*every.first_rejected, *one.first_rejected)[:MOST_SHOWN]
        for label, outcomes in one.outcomes.items():
            counts = every.outcomes.setdefault(label, {})
            for name, count in outcomes.items():
                counts[name] = counts.get(name, 0) + count
    return every


def set_aside(bad: Path, to: RejectsFile) -> None:
    """Take over the bad rows of a part."""
    with bad.open(encoding="utf-8") as stream:
        for line in stream:
            to.write([Rejected(**json.loads(line))])


def leave_out_the_empty(shipped: Shipped, parts: Sequence[TablePart], found: Sequence[Counted]) -> None:
    """Remove the files without answers, which have no column for the names of the cases; one is kept if all are so."""
    empty = [part for part, one in zip(parts, found, strict=True) if not one.rows]
    for part in empty if len(empty) < len(parts) else empty[1:]:
        shipped.answers(part).unlink(missing_ok=True)
