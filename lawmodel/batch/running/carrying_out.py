"""Carry a run out: decide every block, write the answers and what is set aside, and count."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, closing
from dataclasses import field
from pathlib import Path
from typing import Any, ClassVar, Final

import numpy as np
import pyarrow as pa

from lawmodel.batch.rows.answers import DEPENDS
from lawmodel.batch.running.run import Decided, Run
from lawmodel.batch.running.threads import Behind
from lawmodel.batch.tables.rejected import Rejected
from lawmodel.batch.writing.readable_answers import COUNTS, ReadableAnswers
from lawmodel.batch.writing.written import METADATA, SELF_DESCRIBED, RejectsFile, columns_of, opened
from lawmodel.dataclass import dataclass
from lawmodel.temporary_files import whole_file

MOST_SHOWN: Final = 5
"""Bad rows that are told with the result."""


class CannotCarryOut(ValueError):
    """A run cannot be carried out so; says what is wrong and what to do."""


class BadRow(ValueError):
    """A row cannot be decided, and none was to be set aside."""

    def __init__(self, rejected: tuple[Rejected, ...]) -> None:
        super().__init__("\n".join(one.said() for one in rejected[:MOST_SHOWN]))
        self.rejected = rejected


@dataclass(slots=True)
class Counted:
    """What a run came to."""

    rows: int = 0
    """That could be decided."""
    rejected: int = 0
    blank: int = 0
    """That say nothing, and were passed over."""
    outcomes: dict[str, dict[str, int]] = field(default_factory=dict)
    """By the label of each way of asking: how often each outcome."""
    decided_exactly: int = 0
    """How many answers Kleene logic left open, so that they were worked out exactly."""
    patterns: int = 0
    """How many different patterns of these were too wide to be worked out together, and so were one at a time."""
    seconds: float = 0.0
    first_rejected: tuple[str, ...] = ()
    """The first rows that cannot be decided, each with the reason, `MOST_SHOWN` at most."""
    remarks: dict[str, int] = field(default_factory=dict)
    """By the id of a rule of consistency: how many of the rows that were decided are odd, as it says."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "read": "read",
        "rows": "rows",
        "rejected": "rejected",
        "blank": "blank",
        "outcomes": "by_way",
        "decided_exactly": "decided_exactly",
        "patterns": "patterns",
        "seconds": "rounded_seconds",
        "first_rejected": "first_rejected",
        "remarks": "remarks",
    }

    @property
    def read(self) -> int:
        """All rows of the table."""
        return self.rows + self.rejected + self.blank

    @property
    def by_way(self) -> Mapping[str, int] | Mapping[str, Mapping[str, int]]:
        """How often each outcome: by the label of each way of asking, or of the only way, which has no label."""
        return self.outcomes[""] if list(self.outcomes) == [""] else self.outcomes

    @property
    def rounded_seconds(self) -> float:
        """How long it took, to a thousandth."""
        return round(self.seconds, 3)

    def remark(self, found: Iterable[tuple[str, int]]) -> None:
        """Count more rows that are odd."""
        for name, count in found:
            self.remarks[name] = self.remarks.get(name, 0) + count

    def of_rows(self) -> dict[str, int]:
        """What became of the rows, as it stands with the answers."""
        return {"rows": self.rows, "rejected": self.rejected, "blank": self.blank}


def carry_out(
    run: Run,
    out: Path,
    rejects: Path | None = None,
    *,
    strict: bool = False,
    turns_on: bool = False,
    more: Mapping[str, Any] | None = None,
    bom: bool = False,
    beside: bool = False,
    progress: Callable[[int], None] = lambda rows: None,
) -> Counted:
    """Decide and write everything; ``more`` is said of the run beside what it says of itself.

    With ``bom``, CSV is marked as Excel wants it. With ``beside``, the columns of the table stand beside the answers,
    and words beside ids (`ReadableAnswers`). ``progress`` is told how many rows are done. Nothing is left of a run
    that is broken off. Raises `BadRow` if ``strict``, and what reading and writing raise.
    """
    began, counted = time.monotonic(), Counted(outcomes={way.asked.label: {} for way in run.ways})
    columns = columns_of(run, out.suffix, turns_on=turns_on)
    readable = ReadableAnswers(run, columns) if beside else None
    with ExitStack() as stack:
        to = opened(stack.enter_context(whole_file(out)), out.suffix, bom=bom)
        stack.callback(to.close)
        aside = None
        if rejects is not None:
            aside = RejectsFile(stack.enter_context(whole_file(rejects)), rejects.suffix, bom=bom)
            stack.callback(aside.close)
        writing: Behind[pa.Table] = stack.enter_context(Behind(to.write))
        for block in stack.enter_context(closing(run.decided())):
            counted.blank += block.blank
            counted.remark(block.remarks)
            if block.rejected:
                if strict:
                    raise BadRow(block.rejected)
                counted.rejected += len({one.row for one in block.rejected})
                first = [one.said() for one in block.rejected[: MOST_SHOWN - len(counted.first_rejected)]]
                counted.first_rejected += tuple(first)
                if aside is not None:
                    aside.write(block.rejected)
            if len(block.rows):
                table = columns.table(block)
                writing.give(table if readable is None else readable.table(table, block.rows))
                _count(counted, run, block)
            progress(counted.read)
        writing.wait()
        described = {**run.described(), **(more or {}), **counted.of_rows()}
        schema = columns.schema()
        if readable is not None:
            schema, described = readable.schema(schema), described | {COUNTS: readable.counts(counted.outcomes)}
        to.finish(schema, described)
        if out.suffix not in SELF_DESCRIBED:
            sidecar = stack.enter_context(whole_file(out.with_name(f"{out.name}.json")))
            sidecar.write_text(json.dumps({METADATA: described}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    counted.decided_exactly = sum(way.patterns.rows for way in run.ways)
    counted.patterns = sum(way.patterns.patterns for way in run.ways)
    counted.seconds = time.monotonic() - began
    return counted


def _count(counted: Counted, run: Run, block: Decided) -> None:
    counted.rows += len(block.rows)
    for way, numbers in zip(run.ways, block.answers, strict=True):
        outcomes = counted.outcomes[way.asked.label]
        for number, count in enumerate(np.bincount(numbers).tolist()):
            if count:
                name = way.answers.every[number].outcome or DEPENDS
                outcomes[name] = outcomes.get(name, 0) + count
