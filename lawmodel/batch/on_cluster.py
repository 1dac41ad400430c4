"""A run over a table in parts, which Spark hands out to the cores of one machine or of many.

Each part is carried out as a run of its own (`lawmodel.batch.carrying_out`), with the same rulebook and the same
program, so that its answers, row numbers and bad rows are those of a run in one process. All machines have to see the
files, and the place of the answers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from lawmodel.batch.answers_folder import ANSWERS, check_place, folder_beside, write_about
from lawmodel.batch.carrying_out import MOST_SHOWN, BadRow, Counted, carry_out
from lawmodel.batch.in_parts import Part, PartOfParquet, parts_of
from lawmodel.batch.matched import Matched
from lawmodel.batch.plan import Asked
from lawmodel.batch.rejected import Rejected
from lawmodel.batch.run import ROWS, Run
from lawmodel.batch.same_program import AnotherProgram, check_program, program_digest
from lawmodel.batch.slices import NotATable
from lawmodel.batch.sources import Parquet
from lawmodel.batch.spark_engine import CannotCarryOut, check_engine, is_local, started
from lawmodel.batch.written import RejectsFile, beside

if TYPE_CHECKING:
    from pyspark import SparkContext

PARTS_FOR_A_CORE: Final = 4
"""At least so many where there are enough rows, so that no core waits long for the last one."""
MOST_ROWS: Final = 16 * ROWS
"""In one part."""
_LOOK: Final = 0.5
"""Seconds between two looks at how far the run is."""


class PartFailed(RuntimeError):
    """A part cannot be carried out; its text is JSON, which survives the way through Java."""

    @classmethod
    def because(cls, said: str, rejected: Sequence[Rejected] = ()) -> PartFailed:
        """A failure with what is said of it, and the bad rows that are no longer allowed."""
        return cls(json.dumps({"said": said, "rejected": [one.to_json() for one in rejected]}))


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
    program: str | None
    """The digest of the program that asks; None where it is on the same machine anyway."""

    def answers(self, part: Part) -> Path:
        """The file of the answers of a part; the names are in the order of the parts."""
        return self.folder / ANSWERS / f"part-{part.number:06}.parquet"

    def rejects(self, part: Part) -> Path:
        """The file of the bad rows of a part."""
        return self.folder / f"rejects-{part.number:06}.jsonl"


def carry_out_on(
    engine: str,
    run: Run,
    out: Path,
    rejects: Path | None = None,
    *,
    strict: bool = False,
    turns_on: bool = False,
    more: Mapping[str, Any] | None = None,
    progress: Callable[[int], None] = lambda rows: None,
) -> Counted:
    """As `carrying_out.carry_out`, with Spark; ``out`` becomes a folder of Parquet files.

    Raises `CannotCarryOut`, and `BadRow` if ``strict``.
    """
    source, asked = run.source, tuple(way.asked for way in run.ways)
    if not isinstance(source, Parquet):
        raise CannotCarryOut(
            "--engine: Spark hands out Parquet files, in which records are lists of structs. Write the table so, or "
            "leave off --engine."
        )
    check_place(out)
    check_engine(engine)
    began = monotonic()
    with ExitStack() as stack:
        folder = stack.enter_context(folder_beside(out.absolute()))
        aside = None
        if rejects is not None:
            aside = RejectsFile(stack.enter_context(beside(rejects)), rejects.suffix)
            stack.callback(aside.close)
        shipped = Shipped(
            asked,
            dict(source.types),
            run.table,
            folder,
            strict,
            turns_on,
            rejects is not None,
            dict(more or {}),
            None if is_local(engine) else program_digest(),
        )
        with started(engine, f"lawmodel batch {asked[0].question}") as spark:
            parts = _parts(source, spark.defaultParallelism)
            found = _carried_out(spark, shipped, parts, progress)
        counted = _together(found)
        for part in parts:
            if aside is not None:
                _set_aside(shipped.rejects(part), aside)
        _leave_out_the_empty(shipped, parts, found)
        whole = {"rows": counted.rows, "rejected": counted.rejected}
        write_about(folder / ANSWERS, {**run.described(), **shipped.more, **whole})
    counted.seconds = monotonic() - began
    return counted


def _parts(source: Parquet, cores: int) -> list[Part]:
    even = -(-(source.total or 0) // (PARTS_FOR_A_CORE * max(cores, 1)))
    absolute = Parquet([file.absolute() for file in source.files])
    return parts_of(absolute, min(max(even, ROWS), MOST_ROWS)) or [Part(0, 0, ())]


def _carried_out(
    spark: SparkContext, shipped: Shipped, parts: Sequence[Part], progress: Callable[[int], None]
) -> list[Counted]:
    """What each part comes to, in their order."""
    done = spark.accumulator(0)

    def carried_out(part: Part) -> Counted:
        counted = carry_out_part(shipped, part)
        done.add(counted.rows + counted.rejected)
        return counted

    handed_out = spark.parallelize(parts, len(parts)).map(carried_out)
    with ThreadPoolExecutor(1) as pool:  # Ctrl-C ends the waiting, and with it the work
        coming = pool.submit(handed_out.collect)
        while not wait([coming], _LOOK).done:
            progress(done.value)
    try:
        found: list[Counted] = coming.result()
    except Exception as error:  # of Java: what a part has said is in its text
        raise _failed(str(error)) from None
    return found


def carry_out_part(shipped: Shipped, part: Part) -> Counted:
    """Decide a part, on the machine that this runs on; raises `PartFailed`."""
    try:
        check_program(shipped.program)
        run = _run(shipped, part)
        exactly, patterns = _exact(run)
        counted = carry_out(
            run,
            shipped.answers(part),
            shipped.rejects(part) if shipped.set_aside else None,
            strict=shipped.strict,
            turns_on=shipped.turns_on,
            more=shipped.more,
        )
        counted.decided_exactly -= exactly
        counted.patterns -= patterns
        return counted
    except BadRow as error:
        raise PartFailed.because(str(error), error.rejected[:MOST_SHOWN]) from None
    except (NotATable, AnotherProgram) as error:
        raise PartFailed.because(str(error)) from None
    except (OSError, UnicodeDecodeError, pa.ArrowException) as error:
        files = ", ".join(str(one.file) for one in part.groups)
        raise PartFailed.because(f"{files}: it cannot be read, or the answers not written: {error}") from None


_KEPT: Final[dict[Path, Run]] = {}
"""In a process of Spark, which does one part after the other: the run at hand, by its folder."""


def _run(shipped: Shipped, part: Part) -> Run:
    """The run of this process, with all patterns that it knows by now, on another part."""
    source = PartOfParquet(part, shipped.types)
    if shipped.folder not in _KEPT:
        _KEPT.clear()
        _KEPT[shipped.folder] = Run(shipped.asked, source, shipped.table, turns_on=shipped.turns_on)
    run = _KEPT[shipped.folder]
    run.source = source
    return run


def _exact(run: Run) -> tuple[int, int]:
    """How many answers were worked out exactly so far, and how many patterns."""
    return sum(way.patterns.rows for way in run.ways), sum(way.patterns.patterns for way in run.ways)


def _failed(text: str) -> Exception:
    """What went wrong, from what Spark says of it."""
    if said := re.search(rf"{PartFailed.__name__}: (\{{.*\}})$", text, re.MULTILINE):
        failure = json.loads(said[1])
        if failure["rejected"]:
            return BadRow(tuple(Rejected(**one) for one in failure["rejected"]))
        return CannotCarryOut(failure["said"])
    if "No module named 'lawmodel" in text:
        return CannotCarryOut(
            "the machines of the cluster have no lawmodel, or another Python than the one that has it. Install it "
            "there, and let PYSPARK_PYTHON name that Python."
        )
    if "SparkContext has been shutdown" in text or "SparkContext was shut down" in text:
        return CannotCarryOut(
            "Spark has given up. Does the address lead to a cluster, of the version of pyspark here, and is it up?"
        )
    lines = [line.lstrip(": ") for line in text.splitlines() if line.strip() and not line.startswith(("\tat ", " "))]
    causes = [line for line in lines if re.match(r"[\w.]+(Error|Exception)\b", line)]
    return CannotCarryOut(f"Spark has broken off: {(causes or lines or ['it does not say why'])[-1]}")


def _together(found: Sequence[Counted]) -> Counted:
    """What a run came to whose parts came to this; each process has counted its patterns by itself."""
    every = Counted()
    for one in found:
        every.rows += one.rows
        every.rejected += one.rejected
        every.decided_exactly += one.decided_exactly
        every.patterns += one.patterns
        every.first_rejected = (*every.first_rejected, *one.first_rejected)[:MOST_SHOWN]
        for label, outcomes in one.outcomes.items():
            counts = every.outcomes.setdefault(label, {})
            for name, count in outcomes.items():
                counts[name] = counts.get(name, 0) + count
    return every


def _set_aside(bad: Path, to: RejectsFile) -> None:
    """Take over the bad rows of a part."""
    with bad.open(encoding="utf-8") as stream:
        for line in stream:
            to.write([Rejected(**json.loads(line))])


def _leave_out_the_empty(shipped: Shipped, parts: Sequence[Part], found: Sequence[Counted]) -> None:
    """Remove the files without answers, which have no column for the names of the cases; one is kept if all are so."""
    empty = [part for part, one in zip(parts, found, strict=True) if not one.rows]
    for part in empty if len(empty) < len(parts) else empty[1:]:
        shipped.answers(part).unlink()
