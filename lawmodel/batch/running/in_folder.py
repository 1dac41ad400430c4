"""A run over Parquet files into a folder of answers, which can be broken off and gone on with.

The parts that are done stand in a folder beside, with what was asked and what each came to. The same command goes on
there; the folder takes its place when it is whole.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import Any, Final

from lawmodel.batch.running.answers_folder import ANSWERS, BEFORE, check_folder, move_there, write_about
from lawmodel.batch.running.carrying_out import BadRow, CannotCarryOut, Counted
from lawmodel.batch.running.part_runs import (
    MOST_ROWS,
    Shipped,
    carry_out_part,
    leave_out_the_empty,
    set_aside,
    together,
)
from lawmodel.batch.running.run import Run
from lawmodel.batch.tables.in_parts import TablePart, parts_of
from lawmodel.batch.tables.sources import Parquet
from lawmodel.batch.writing.written import RejectsFile
from lawmodel.locked_folder import LOCK, locked
from lawmodel.problems import listed
from lawmodel.temporary_files import TEMPORARY, whole_file

UNFINISHED: Final = ".unfinished"
"""Behind the name of the folder: where the parts stand that are done."""
_STATE: Final = "state.json"
_OWN: Final = re.compile(rf"{LOCK}|{re.escape(_STATE)}|{ANSWERS}|{BEFORE}|rejects-\d+\.jsonl|{TEMPORARY.pattern}")
"""What stands in that folder."""


class Unfinished:
    """What there is of a run that has begun."""

    def __init__(self, folder: Path, asked: Mapping[str, Any]) -> None:
        """Begin, or go on; raises `CannotCarryOut` where something else was asked before."""
        self.folder = folder
        self._asked = json.loads(json.dumps(asked))
        self.done: dict[int, Counted] = {}
        state = folder / _STATE
        others = [one.name for one in folder.iterdir() if not _OWN.fullmatch(one.name)]
        if not state.exists():
            others += [one.name for one in folder.glob("*/*")]
        if others:
            raise CannotCarryOut(f"{folder}: it holds what no run has written ({listed(others)}). Name another folder.")
        if not state.exists():
            self._begin()
            return
        try:
            found = json.loads(state.read_text(encoding="utf-8"))
            self.done = {int(number): _counted(one) for number, one in found["done"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise CannotCarryOut(f"{folder}: it is no run that was broken off ({error}). Remove it.") from None
        if found["asked"] != self._asked:
            raise CannotCarryOut(
                f"{folder}: a run was broken off that asked something else, or of files that have changed. Give the "
                "same command again to go on with it, or remove the folder to begin anew."
            )
        if not (folder / ANSWERS).is_dir():  # they are in their place already, and only this folder was left
            self.done = {}
            self._begin()

    def _begin(self) -> None:
        self.discard()
        (self.folder / ANSWERS).mkdir()
        self._save()

    def sweep(self, parts: Collection[Path]) -> None:
        """Remove what a run has left that was killed: all but the files of the parts that are done."""
        for one in (self.folder / ANSWERS).iterdir():
            if one.is_dir():
                shutil.rmtree(one)
            elif one not in parts:
                one.unlink()

    def discard(self) -> None:
        """Remove everything: there is nothing to go on with."""
        for one in self.folder.iterdir():
            if one.is_dir():
                shutil.rmtree(one, ignore_errors=True)
            elif one.name != LOCK:
                one.unlink(missing_ok=True)

    def beyond(self, progress: Callable[[int], None]) -> Callable[[int], None]:
        """Tells of rows beyond those that are done."""
        done = sum(one.read for one in self.done.values())
        return lambda rows: progress(done + rows)

    def add(self, part: TablePart, counted: Counted) -> None:
        """One more part is done."""
        self.done[part.number] = counted
        self._save()

    def _save(self) -> None:
        done = {str(number): asdict(one) for number, one in self.done.items()}
        with whole_file(self.folder / _STATE) as made:
            made.write_text(json.dumps({"asked": self._asked, "done": done}, ensure_ascii=False), encoding="utf-8")


def carry_out_in_folder(
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
    """As `carrying_out.carry_out`; ``out`` becomes a folder of Parquet files.

    What was done when a run is broken off is kept, and the same call goes on with it. Raises `CannotCarryOut`, and what
    `carry_out` raises.
    """
    source = run.source
    if not isinstance(source, Parquet):
        raise CannotCarryOut(
            f"--out {out}: a folder of answers is written for Parquet files. Write the table so, or name a file."
        )
    check_folder(out)
    began = monotonic()
    folder = out.with_name(out.name + UNFINISHED)
    shipped = Shipped(
        tuple(way.asked for way in run.ways),
        dict(source.types),
        run.table,
        folder,
        strict,
        turns_on,
        rejects is not None,
        dict(more or {}),
        run.days,
        None,
    )
    parts = parts_of(source, MOST_ROWS) or [TablePart(0, 0, ())]
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(folder))
        except BlockingIOError as error:
            raise CannotCarryOut(
                f"{folder}: {error.strerror}. Wait until it has ended, or name another folder with --out."
            ) from None
        unfinished = Unfinished(folder, _asked(run, source, shipped))
        counted = _carried_out(run, unfinished, shipped, parts, out, rejects, bom, progress)
    counted.seconds = monotonic() - began
    return counted


def _carried_out(
    run: Run,
    unfinished: Unfinished,
    shipped: Shipped,
    parts: Sequence[TablePart],
    out: Path,
    rejects: Path | None,
    bom: bool,
    progress: Callable[[int], None],
) -> Counted:
    """Decide the parts that are missing, and put all of them in their place."""
    unfinished.sweep([shipped.answers(part) for part in parts if part.number in unfinished.done])
    try:
        for part in parts:
            if part.number not in unfinished.done:
                unfinished.add(part, carry_out_part(shipped, part, run, unfinished.beyond(progress)))
    except BaseException as error:
        if isinstance(error, BadRow) or not unfinished.done:
            unfinished.discard()
        raise
    found = [unfinished.done[part.number] for part in parts]
    counted = together(found)
    with ExitStack() as stack:
        if rejects is not None:
            aside = RejectsFile(stack.enter_context(whole_file(rejects)), rejects.suffix, bom=bom)
            stack.callback(aside.close)
            for part in parts:
                set_aside(shipped.rejects(part), aside)
        leave_out_the_empty(shipped, parts, found)
        write_about(shipped.folder / ANSWERS, {**run.described(), **shipped.more, **counted.of_rows()})
        move_there(shipped.folder, out)
    unfinished.discard()
    return counted


def _asked(run: Run, source: Parquet, shipped: Shipped) -> dict[str, Any]:
    """What must be the same for a run to go on: the question, the law, and the files as they are."""
    files = [(str(one.absolute()), one.stat().st_size, one.stat().st_mtime_ns) for one in source.files]
    how = {"strict": shipped.strict, "turns_on": shipped.turns_on, "set_aside": shipped.set_aside}
    return {**run.described(), **shipped.more, **how, "files": files}


def _counted(plain: dict[str, Any]) -> Counted:
    return Counted(**{**plain, "first_rejected": tuple(plain["first_rejected"])})
