"""`lawmodel population`: synthetic cases, drawn as a short description says."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from lawmodel.commands.extras import tables_missing
from lawmodel.commands.json_output import Schema
from lawmodel.commands.older_outputs import population_in
from lawmodel.commands.options import law_paths, rulebook_of, rules_option
from lawmodel.commands.progress import Progress
from lawmodel.commands.result_output import ResultOutput, format_options
from lawmodel.commands.table_options import DASH, bom_option, check_bom, copy_to_standard_output
from lawmodel.output_files import Output, check_outputs
from lawmodel.verbs.population.document import document
from lawmodel.verbs.population.result import PopulationResult

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS: Final = 1_000_000_000
SUFFIXES: Final = (".parquet", ".csv", ".jsonl", ".ndjson", ".xlsx")


@click.command("population", epilog="Example: lawmodel population SPEC.yaml --rows 20000 --seed 1 --out cases.parquet")
@click.argument("spec", type=click.Path(path_type=Path), metavar="SPEC")
@click.option(
    "--rows",
    type=click.IntRange(1, MOST_ROWS),
    metavar="N",
    default=20_000,
    show_default=True,
    help="Draw this many cases.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**63 - 1),
    metavar="N",
    default=1,
    show_default=True,
    help="The same seed draws the same cases.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="A .parquet, .csv, .jsonl or .xlsx file; - for CSV."
)
@bom_option
@rules_option
@format_options
def command(
    spec: Path, rows: int, seed: int, out: Path | None, bom: bool, rules: tuple[Path, ...], output: ResultOutput
) -> None:
    """Synthetic cases, drawn as a short description says: for `lawmodel batch`.

    What the description assumes is an assumption of its author, and is printed. Without --out nothing is written: the
    shares that come of it are shown. With `--out -` the cases go to standard output, and the shares to standard error.
    """
    check_bom(bom, [out])
    output.beside = out == DASH
    if out is not None and out != DASH and out.suffix not in SUFFIXES:
        raise click.UsageError(f"--out {out}: the name ends in one of {', '.join(SUFFIXES)}.")
    if out is not None and out != DASH:
        older = population_in(out.suffix)
        check_outputs([Output("--out", out, "table", older)], [spec, *law_paths(rules)])
    rulebook = rulebook_of(rules)
    try:
        from pyarrow import ArrowException

        from lawmodel.batch.drawing.population import blocks
        from lawmodel.batch.drawing.population_file import Tally, save_population
        from lawmodel.batch.drawing.population_spec import load_population
        from lawmodel.batch.given.conversion import conversion
        from lawmodel.batch.tables.slices import NotATable
        from lawmodel.batch.writing.written import SHEET
        from lawmodel.batch.writing.written_sheet import check_free
    except ImportError as missing:
        raise tables_missing(missing) from None
    try:
        if out is not None and out.suffix == SHEET:
            check_free(out)
    except (NotATable, OSError) as error:
        raise click.UsageError(str(error)) from None
    population = load_population(rulebook, spec)
    tables = _shown(blocks(rulebook, population, rows, seed), rows)
    made = click.get_current_context().with_resource(conversion())
    to = made.file(".csv", "standard output") if out == DASH else out
    if to is None:
        tally = Tally()
        for table in tables:
            tally.add(table)
    else:
        try:
            tally = save_population(to, population, tables, seed, bom=bom)
        except (OSError, ArrowException) as error:
            raise click.UsageError(f"{out}: it cannot be written: {error}") from None
    result = PopulationResult(population.title, population.assumes, rows, seed, tally.counts())
    written = None if out is None or out == DASH else str(out)
    if to is not None and out == DASH:
        copy_to_standard_output(to)
    output.add(Schema.POPULATION, result, partial(document, rulebook, result, written))


def _shown(tables: Iterator[pa.Table], rows: int) -> Iterator[pa.Table]:
    """The same blocks, with what is done so far on a terminal."""
    progress, done = Progress("cases", rows), 0
    try:
        for table in tables:
            done += table.num_rows
            progress.show(done)
            yield table
    finally:
        progress.end()
