"""`lawmodel batch`: one question asked of every row of a table."""

from __future__ import annotations

import json
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawmodel.commands.options import (
    day_of,
    json_option,
    name_of,
    on_option,
    reading_option,
    readings_of,
    rulebook_of,
    rules_option,
    stage_of,
    stage_option,
)

if TYPE_CHECKING:
    from lawmodel.batch.run import Decided, Run

SUFFIXES = (".parquet", ".csv", ".jsonl", ".ndjson")
REJECTS = (".csv", ".jsonl", ".ndjson")
MOST_SHOWN = 5


@click.command("batch", epilog="Example: lawmodel batch QUESTION cases.parquet --out answers.parquet --rejects bad.csv")
@click.argument("question", metavar="QUESTION")
@click.argument("table", type=click.Path(path_type=Path), metavar="IN")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="OUT", help="Where the answers go.")
@click.option("--rejects", type=click.Path(path_type=Path), metavar="FILE", help="Where bad rows go, with the reason.")
@click.option("--strict", is_flag=True, help="Any bad row: exit code 2, and no output.")
@click.option("--presume", is_flag=True, help="What the table has no column for takes its ordinary value, if any.")
@click.option("--turns-on", "turns_on", is_flag=True, help="Also on what each open answer turns.")
@click.option("--ignore", "ignored", multiple=True, metavar="COLUMN", help="A column that is no fact. Repeatable.")
@click.option("--as-told-by", "told_by", metavar="TELLING", help="The law as this source tells it.")
@reading_option
@on_option
@stage_option
@rules_option
@json_option
def command(
    question: str,
    table: Path,
    out: Path,
    rejects: Path | None,
    strict: bool,
    presume: bool,
    turns_on: bool,
    ignored: tuple[str, ...],
    told_by: str | None,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
    as_json: bool,
) -> None:
    """One question, asked of every row of a table.

    IN is a Parquet file, a folder of them, a CSV file or JSON lines; OUT is one of these files, by its suffix. Columns
    are named as the facts (docs/batch.md); an empty cell is unknown, and a fact without a column is left out.
    Every answer is the one that `decide` gives.
    """
    rulebook = rulebook_of(rules)
    name_of(question, rulebook.questions, "QUESTION")
    chosen = readings_of(rulebook, readings)
    day = day_of(on)
    stage_of(rulebook, stage)
    name_of(told_by, rulebook.tellings, "--as-told-by")
    if told_by is not None:
        telling = rulebook.tellings[told_by]
        stage, chosen = stage or telling.stage, {**telling.chosen(), **chosen}
    _suffix_of(out, SUFFIXES, "--out")
    if rejects is not None:
        _suffix_of(rejects, REJECTS, "--rejects")
    try:
        import pyarrow as pa

        from lawmodel.batch.matched import UnknownColumns, matched
        from lawmodel.batch.plan import Asked
        from lawmodel.batch.run import Run
        from lawmodel.batch.sources import NotATable, source_of
    except ImportError as missing:
        raise click.UsageError(
            f"{missing.name} is not installed. Tables need it: pip install 'lawmodel[batch]'."
        ) from None
    try:
        source = source_of(table, rulebook)
        found = matched(rulebook, source.types, frozenset(ignored))
    except NotATable as error:
        raise click.UsageError(str(error)) from None
    except UnknownColumns as error:
        hint = "Name columns as the facts, or pass --ignore COLUMN for one that is none."
        raise click.UsageError(f"{table}:\n{error}\n{hint}") from None
    asked = Asked(rulebook, question, chosen, day, stage, presume)
    run = Run(asked, source, found, turns_on=turns_on)
    try:
        counted = _carried_out(run, out, rejects, strict=strict, turns_on=turns_on, told_by=told_by)
    except (OSError, UnicodeDecodeError, pa.ArrowException) as error:
        raise click.UsageError(f"{table}: it cannot be read to its end, or {out} not written: {error}") from None
    if as_json:
        click.echo(json.dumps(counted, ensure_ascii=False))
    else:
        _show(counted, out, rejects)


def _suffix_of(path: Path, known: tuple[str, ...], option: str) -> None:
    if path.suffix not in known:
        raise click.UsageError(f"{option}: `{path}` should end in {', '.join(known)}.")
    if not path.parent.is_dir():
        raise click.UsageError(f"{option}: there is no folder {path.parent}.")


def _carried_out(
    run: Run, out: Path, rejects: Path | None, *, strict: bool, turns_on: bool, told_by: str | None
) -> dict[str, object]:
    """Decide and write everything; what the run came to."""
    from lawmodel.batch.threads import Behind
    from lawmodel.batch.written import METADATA, RejectsFile, beside, opened

    began, rows, bad = time.monotonic(), 0, 0
    shown: list[str] = []
    outcomes: dict[str, int] = {}
    progress = _Progress(run.source.total, began)
    with ExitStack() as stack:
        to = opened(stack.enter_context(beside(out)), out.suffix, turns_on=turns_on)
        stack.callback(to.close)
        aside = None
        if rejects is not None:
            aside = RejectsFile(stack.enter_context(beside(rejects)), rejects.suffix)
            stack.callback(aside.close)
        stack.callback(progress.end)
        writing: Behind[Decided] = stack.enter_context(Behind(lambda block: to.write(block, run.answers.every)))
        for block in run.decided():
            if block.rejected:
                bad += len({one.row for one in block.rejected})
                if len(shown) < MOST_SHOWN:
                    shown += [_bad(one.to_json()) for one in block.rejected[: MOST_SHOWN - len(shown)]]
                if strict:
                    lines = "\n".join(shown)
                    raise click.UsageError(f"a row cannot be decided, and --strict allows none:\n{lines}")
                if aside is not None:
                    aside.write(block.rejected)
            if len(block.answers):
                writing.give(block)
                _count(outcomes, run, block.answers)
            rows += len(block.answers)
            progress.show(rows + bad)
        writing.wait()
        seconds = time.monotonic() - began
        counted: dict[str, object] = {
            "rows": rows,
            "rejected": bad,
            "outcomes": outcomes,
            "decided_exactly": run.patterns.rows,
            "patterns": run.patterns.patterns,
            "seconds": round(seconds, 3),
        }
        described = {**run.described(), "told_by": told_by, "rows": rows, "rejected": bad}
        to.finish(described)
        if out.suffix != ".parquet":
            sidecar = stack.enter_context(beside(out.with_name(f"{out.name}.json")))
            sidecar.write_text(json.dumps({METADATA: described}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return {**counted, "first_rejected": shown}


def _count(outcomes: dict[str, int], run: Run, numbers: object) -> None:
    import numpy as np

    for number, count in enumerate(np.bincount(np.asarray(numbers)).tolist()):
        if count:
            name = run.answers.every[number].outcome or "depends"
            outcomes[name] = outcomes.get(name, 0) + count


def _bad(one: dict[str, object]) -> str:
    place = f"line {one['line']}" if one["line"] is not None else f"row {one['row']}"
    return f"{place}: {one['reason']}. {one['mend']}"


class _Progress:
    """How far a run is, on a terminal."""

    def __init__(self, total: int | None, began: float) -> None:
        self._total, self._began = total, began
        self._wanted = sys.stderr.isatty()

    def show(self, rows: int) -> None:
        if not self._wanted:
            return
        rate = rows / max(time.monotonic() - self._began, 1e-9)
        said = f"{rows:,} rows, {rate:,.0f} a second"
        if self._total:
            left = max(self._total - rows, 0) / max(rate, 1e-9)
            said = f"{rows / self._total:4.0%}  {said}, {left:,.0f} s left"
        click.echo(f"\r\x1b[K{said}", nl=False, err=True)

    def end(self) -> None:
        if self._wanted:
            click.echo("\r\x1b[K", nl=False, err=True)


def _show(counted: dict[str, object], out: Path, rejects: Path | None) -> None:
    rows, seconds, bad = counted["rows"], counted["seconds"], counted["rejected"]
    assert isinstance(rows, int)
    assert isinstance(seconds, float)
    assert isinstance(bad, int)
    click.echo(f"{rows:,} cases decided in {seconds:.1f} s, written to {out}")
    outcomes = counted["outcomes"]
    assert isinstance(outcomes, dict)
    width = max((len(name) for name in outcomes), default=0)
    for name, count in sorted(outcomes.items(), key=lambda one: -one[1]):
        click.echo(f"  {name:{width}}  {count:>12,}  {count / rows:7.2%}")
    if counted["decided_exactly"]:
        click.echo(
            f"{counted['decided_exactly']:,} cases left something open and were decided exactly, "
            f"by {counted['patterns']:,} different patterns"
        )
    if bad:
        where = f"set aside in {rejects}" if rejects else "left out; --rejects FILE keeps them"
        click.echo(f"{bad:,} bad {'row was' if bad == 1 else 'rows were'} {where}. The first:", err=True)
        for line in counted["first_rejected"]:  # type: ignore[attr-defined]
            click.echo(f"  {line}", err=True)
