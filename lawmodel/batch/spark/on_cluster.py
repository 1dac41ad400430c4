"""A run over a table in parts, which Spark hands out to the cores of one machine or of many.

Each part is carried out as a run of its own (`lawmodel.batch.running.part_runs`), with the same rulebook and the same
program, so that its answers, row numbers and bad rows are those of a run in one process. All machines have to see the
files, and the place of the answers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from lawmodel.batch.running.answers_folder import ANSWERS, check_folder, new_answers, write_about
from lawmodel.batch.running.carrying_out import MOST_SHOWN, BadRow, CannotCarryOut, Counted
from lawmodel.batch.running.part_runs import (
    MOST_ROWS,
    Shipped,
    carry_out_part,
    leave_out_the_empty,
    run_of_process,
    set_aside,
    together,
)
from lawmodel.batch.running.run import ROWS, Run
from lawmodel.batch.spark.same_program import AnotherProgram, check_program, program_digest
from lawmodel.batch.spark.spark_engine import check_engine, is_local, started
from lawmodel.batch.tables.in_parts import TablePart, parts_of
from lawmodel.batch.tables.rejected import Rejected
from lawmodel.batch.tables.slices import NotATable
from lawmodel.batch.tables.sources import Parquet
from lawmodel.batch.writing.written import RejectsFile
from lawmodel.results.encoder import encode
from lawmodel.temporary_files import whole_file

if TYPE_CHECKING:
    from pyspark import SparkContext

PARTS_FOR_A_CORE: Final = 4
"""At least so many where there are enough rows, so that no core waits long for the last one."""
_LOOK: Final = 0.5
"""Seconds between two looks at how far the run is."""


class PartFailed(RuntimeError):
    """A part cannot be carried out; its text is JSON, which survives the way through Java."""

    @classmethod
    def because(cls, said: str, rejected: Sequence[Rejected] = ()) -> PartFailed:
        """A failure with what is said of it, and the bad rows that are no longer allowed."""
        return cls(json.dumps({"said": said, "rejected": encode(rejected)}))


def carry_out_on(
    engine: str,
    run: Run,
    out: Path,
    rejects: Path | None = None,
    *,
    strict: bool = False,
    turns_on: bool = False,
    more: Mapping[str, Any] | None = None,
    bom: bool = False,
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
    check_folder(out)
    check_engine(engine)
    began = monotonic()
    with ExitStack() as stack:
        folder = stack.enter_context(new_answers(out.absolute()))
        aside = None
        if rejects is not None:
            aside = RejectsFile(stack.enter_context(whole_file(rejects)), rejects.suffix, bom=bom)
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
            run.days,
            None if is_local(engine) else program_digest(),
        )
        with started(engine, f"lawmodel batch {asked[0].question}") as spark:
            parts = _parts(source, spark.defaultParallelism)
            found = _carried_out(spark, shipped, parts, progress)
        counted = together(found)
        for part in parts:
            if aside is not None:
                set_aside(shipped.rejects(part), aside)
        leave_out_the_empty(shipped, parts, found)
        write_about(folder / ANSWERS, {**run.described(), **shipped.more, **counted.of_rows()})
    counted.seconds = monotonic() - began
    return counted


def _parts(source: Parquet, cores: int) -> list[TablePart]:
    even = -(-(source.total or 0) // (PARTS_FOR_A_CORE * max(cores, 1)))
    absolute = Parquet([file.absolute() for file in source.files])
    return parts_of(absolute, min(max(even, ROWS), MOST_ROWS)) or [TablePart(0, 0, ())]


def _carried_out(
    spark: SparkContext, shipped: Shipped, parts: Sequence[TablePart], progress: Callable[[int], None]
) -> list[Counted]:
    """What each part comes to, in their order."""
    done = spark.accumulator(0)

    def carried_out(part: TablePart) -> Counted:
        counted = _carried_out_there(shipped, part)
        done.add(counted.read)
        return counted

    handed_out = spark.parallelize(parts, len(parts)).map(carried_out)
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(handed_out.collect)
        try:
            while not wait([coming], _LOOK).done:
                progress(done.value)
        finally:  # Ctrl-C ends the waiting, and with it the work, which may only just begin
            while not coming.done():
                spark.cancelAllJobs()
                wait([coming], _LOOK)
    try:
        found: list[Counted] = coming.result()
    except Exception as error:  # of Java: what a part has said is in its text
        raise _failed(str(error)) from None
    return found


def _carried_out_there(shipped: Shipped, part: TablePart) -> Counted:
    """Decide a part, on the machine that this runs on; raises `PartFailed`."""
    try:
        check_program(shipped.program)
        return carry_out_part(shipped, part, run_of_process(shipped, part))
    except BadRow as error:
        raise PartFailed.because(str(error), error.rejected[:MOST_SHOWN]) from None
    except (NotATable, AnotherProgram) as error:
        raise PartFailed.because(str(error)) from None
    except (OSError, UnicodeDecodeError, pa.ArrowException) as error:
        files = ", ".join(str(one.file) for one in part.groups)
        raise PartFailed.because(f"{files}: it cannot be read, or the answers not written: {error}") from None


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
