"""`lawmodel batch`: one question asked of every row of a table."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import click

from lawmodel.commands.exit_codes import ExitCode
from lawmodel.commands.extras import tables_missing
from lawmodel.commands.json_output import Schema
from lawmodel.commands.older_outputs import answers_in, are_rejects, is_about_answers
from lawmodel.commands.options import (
    day_of,
    law_paths,
    name_of,
    on_option,
    reading_option,
    readings_of,
    rulebook_of,
    rules_option,
    stage_of,
    stage_option,
)
from lawmodel.commands.progress import Progress
from lawmodel.commands.result_output import ResultOutput, format_options
from lawmodel.commands.table_options import (
    DASH,
    bom_option,
    check_bom,
    copy_to_standard_output,
    dates_option,
    delimiter_option,
    encoding_option,
)
from lawmodel.output_files import Output, check_outputs
from lawmodel.verbs.batch.suggest import suggest_mapping

T = TypeVar("T")
SUFFIXES = (".parquet", ".csv", ".jsonl", ".ndjson", ".xlsx", ".duckdb", ".ddb")
BESIDE = (".parquet", ".csv", ".xlsx", ".duckdb", ".ddb")
"""Files of answers that can hold other columns beside them."""
REJECTS = (".csv", ".jsonl", ".ndjson")


@click.command("batch", epilog="Example: lawmodel batch QUESTION cases.parquet --out answers.parquet --rejects bad.csv")
@click.argument("question", required=False, metavar="QUESTION")
@click.argument("table", required=False, type=click.Path(path_type=Path), metavar="IN")
@click.option("--out", type=click.Path(path_type=Path), metavar="OUT", help="Where the answers go.")
@click.option("--table", "named", metavar="NAME", help="Of a database this table or view; of a spreadsheet this sheet.")
@click.option(
    "--mapping",
    "mapped_by",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What the columns and cells mean, where they are not called as the facts (docs/tables.md).",
)
@click.option(
    "--suggest-mapping",
    "suggest",
    type=click.Path(path_type=Path),
    metavar="IN",
    help="Nothing is decided: a first mapping for this table is shown, or written to --out FILE.yaml.",
)
@encoding_option
@delimiter_option
@dates_option
@click.option(
    "--records",
    multiple=True,
    metavar="FACT=FILE",
    help="The records of a fact, from a second table with a column `case`. Repeatable.",
)
@click.option("--rejects", type=click.Path(path_type=Path), metavar="FILE", help="Where bad rows go, with the reason.")
@click.option("--strict", is_flag=True, help="Any bad row: exit code 2, and no output.")
@click.option("--presume", is_flag=True, help="What the table has no column for takes its ordinary value, if any.")
@click.option("--turns-on", "turns_on", is_flag=True, help="Also on what each open answer turns.")
@click.option("--ignore", "ignored", multiple=True, metavar="COLUMN", help="A column that is no fact. Repeatable.")
@click.option("--as-told-by", "told_by", metavar="TELLING", help="The law as this source tells it.")
@click.option("--each-telling", "each_telling", is_flag=True, help="A set of columns for each source's telling.")
@reading_option
@click.option(
    "--each-reading",
    "each_reading",
    multiple=True,
    metavar="READING",
    help="A set of columns for each option of it. Repeatable: for every combination.",
)
@click.option(
    "--engine", metavar="SPARK", help="local[2], or spark://host:7077: Spark decides a Parquet table; OUT is a folder."
)
@click.option("--beside", is_flag=True, help="The columns of IN stand beside the answers, and words beside their ids.")
@bom_option
@on_option
@stage_option
@rules_option
@format_options
def command(
    question: str | None,
    table: Path | None,
    out: Path | None,
    named: str | None,
    mapped_by: Path | None,
    suggest: Path | None,
    encoding: str | None,
    delimiter: str | None,
    dates: tuple[str, ...],
    records: tuple[str, ...],
    rejects: Path | None,
    strict: bool,
    presume: bool,
    turns_on: bool,
    ignored: tuple[str, ...],
    told_by: str | None,
    each_telling: bool,
    readings: tuple[str, ...],
    each_reading: tuple[str, ...],
    engine: str | None,
    beside: bool,
    bom: bool,
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
    output: ResultOutput,
) -> None:
    """One question, asked of every row of a table.

    IN is a Parquet file, a folder of them, a CSV file, JSON lines, a sheet of Excel or a table of DuckDB (FILE, or
    FILE#NAME), or - for standard input. OUT is one of these files, by its suffix, - for CSV on standard output, or a
    folder: a run into a folder that is broken off is gone on with by the same command. Columns are named as the facts
    (docs/batch.md); an empty cell is unknown, and a fact without a column is left out. Every answer is the one that
    `decide` gives.
    """
    if suggest is not None:
        if question is not None:
            raise click.UsageError("--suggest-mapping names the table itself. Leave out QUESTION and IN.")
        suggest_mapping(suggest, out, named, rules, encoding, delimiter)
        return
    question, table, out = _given("question", question), _given("table", table), _given("out", out)
    rulebook = rulebook_of(rules)
    name_of(question, rulebook.questions, "QUESTION")
    chosen = readings_of(rulebook, readings)
    day = day_of(on)
    stage_of(rulebook, stage)
    name_of(told_by, rulebook.tellings, "--as-told-by")
    if told_by is not None and each_telling:
        raise click.UsageError("--as-told-by is one telling, --each-telling all of them. Leave out one of the two.")
    check_bom(bom, (out, rejects))
    if out == DASH and engine is not None:
        raise click.UsageError("--out -: with --engine the answers are a folder. Name one.")
    if out == DASH:
        output.beside = True
    elif engine is None and out.suffix:
        _suffix_of(out, SUFFIXES, "--out")
    else:
        _folder_of(out)
    if beside and (engine is not None or (out != DASH and out.suffix not in BESIDE)):
        raise click.UsageError(f"--beside: OUT is one file for it, and ends in {', '.join(BESIDE)}.")
    if rejects is not None:
        _suffix_of(rejects, REJECTS, "--rejects")
    if mapped_by is not None and dates:
        raise click.UsageError("--dates: with --mapping, the mapping says how days are written (`dates`).")
    try:
        import pyarrow as pa

        from lawmodel.batch.given.conversion import conversion
        from lawmodel.batch.given.given_table import TableLayout
        from lawmodel.batch.given.standard_input import spooled
        from lawmodel.batch.mapping.mapped import mapped_table
        from lawmodel.batch.mapping.mapping_file import load_mapping
        from lawmodel.batch.rows.plan import Asked
        from lawmodel.batch.rows.ways import CannotAsk, as_told_by, ways_of
        from lawmodel.batch.running.carrying_out import BadRow, CannotCarryOut, carry_out
        from lawmodel.batch.running.in_folder import carry_out_in_folder
        from lawmodel.batch.running.run import Run
        from lawmodel.batch.spark.on_cluster import carry_out_on
        from lawmodel.batch.tables.cell_values import DayForms, NotAForm
        from lawmodel.batch.tables.databases import SUFFIXES as DATABASES
        from lawmodel.batch.tables.databases import place_of
        from lawmodel.batch.tables.joined import Joined, with_records
        from lawmodel.batch.tables.matched import UnknownColumns, matched
        from lawmodel.batch.tables.sources import NotATable, source_of
        from lawmodel.batch.writing.written import SELF_DESCRIBED, SHEET
        from lawmodel.batch.writing.written_database import check_free
        from lawmodel.verbs.batch.document import document
        from lawmodel.verbs.batch.result import BatchResult, header_of
    except ImportError as missing:
        raise tables_missing(missing) from None
    made = click.get_current_context().with_resource(conversion())
    layout = TableLayout(encoding=encoding, delimiter=delimiter)
    try:
        days = DayForms.of(dates)
        seconds = [_fact_and_file(one) for one in records]
        read = [place_of(one)[0] for one in (table, *(file for _, file in seconds))]
        read += [] if mapped_by is None else [mapped_by]
        check_outputs(_outputs(out, rejects, SELF_DESCRIBED), [*read, *law_paths(rules)])
        if out.suffix in DATABASES:
            check_free(out)
        elif out.suffix == SHEET:
            from lawmodel.batch.writing.written_sheet import check_free as check_free_sheet

            check_free_sheet(out)
        file = spooled(table, made)
        seconds = [(fact, spooled(one, made)) for fact, one in seconds]
        if mapped_by is None:
            source = source_of(file, rulebook, named, layout, made)
        else:
            read_by = load_mapping(rulebook, mapped_by)
            source = mapped_table(rulebook, read_by, file, named, layout, made, ignored)
        if seconds:
            source = with_records(rulebook, source, table, seconds, ignored, layout, made, strict=strict)
        found = matched(rulebook, source.types, frozenset(ignored))
    except (NotAForm, NotATable) as error:
        raise click.UsageError(made.said(str(error))) from None
    except UnknownColumns as error:
        hint = "Name columns as the facts, or pass --ignore COLUMN for one that is none."
        raise click.UsageError(f"{table}:\n{error}\n{hint}") from None
    for remark in made.remarks:
        click.echo(made.said(remark), err=True)
    asked = Asked(rulebook, question, chosen, day, stage, presume)
    if told_by is not None:
        asked = as_told_by(asked, told_by)
    progress = Progress("rows", source.total)
    try:
        ways = ways_of(asked, each_reading, each_telling=each_telling)
        run = Run(ways, source, found, turns_on=turns_on, days=days)
        to = made.file(".csv", "standard output") if out == DASH else out
        carried_out = partial(carry_out, beside=beside) if to.suffix else carry_out_in_folder
        if engine is not None:
            carried_out = partial(carry_out_on, engine)
        counted = carried_out(
            run,
            to,
            rejects,
            strict=strict,
            turns_on=turns_on,
            more={"told_by": told_by},
            bom=bom,
            progress=progress.show,
        )
    except (CannotAsk, CannotCarryOut, NotATable) as error:
        raise click.UsageError(made.said(str(error))) from None
    except BadRow as error:
        raise click.UsageError(f"a row cannot be decided, and --strict allows none:\n{error}") from None
    except (OSError, pa.ArrowException) as error:
        raise click.UsageError(f"{out}: it cannot be written: {error}") from None
    finally:
        progress.end()
    for one in source.strays if isinstance(source, Joined) else ():
        click.echo(one.said(str(table)), err=True)
    result = BatchResult(header_of(asked, told_by), counted, str(out), None if rejects is None else str(rejects))
    output.add(Schema.RUN, result, partial(document, result))
    output.finish()
    if out == DASH:
        copy_to_standard_output(to)
    if not counted.rows:
        why = "the table has no rows" if counted.read == counted.blank else "every row is bad or blank"
        click.echo(f"no case was decided: {why}.", err=True)
        sys.exit(ExitCode.DOES_NOT_HOLD)


def _given(name: str, value: T | None) -> T:
    """What must be given, unless a mapping is all that is wanted; raises `click.MissingParameter`."""
    if value is None:
        param = next(one for one in command.params if one.name == name)
        raise click.MissingParameter(ctx=click.get_current_context(), param=param)
    return value


def _outputs(out: Path, rejects: Path | None, self_described: Sequence[str]) -> Iterator[Output]:
    """All that is written."""
    if out == DASH:
        pass  # nothing is replaced
    elif out.suffix not in SUFFIXES:
        yield Output("--out", out, "whole folder")
    else:
        yield Output("--out", out, "table", answers_in(out.suffix))
        if out.suffix not in self_described:
            yield Output("--out", out.with_name(f"{out.name}.json"), "table", is_about_answers)
    if rejects is not None:
        yield Output("--rejects", rejects, "table", are_rejects)


def _fact_and_file(text: str) -> tuple[str, Path]:
    fact, equals, file = text.partition("=")
    if not (fact and equals and file):
        raise click.UsageError(f"--records: `{text}` should be FACT=FILE, as in --records visits=visits.parquet.")
    return fact, Path(file)


def _suffix_of(path: Path, known: tuple[str, ...], option: str) -> None:
    if path.suffix not in known:
        raise click.UsageError(f"{option}: `{path}` should end in {', '.join(known)}.")
    if not path.parent.is_dir():
        raise click.UsageError(f"{option}: there is no folder {path.parent}.")


def _folder_of(out: Path) -> None:
    if out.suffix in SUFFIXES:
        raise click.UsageError(f"--out: with --engine the answers are a folder. Leave off {out.suffix}.")
    if not out.parent.is_dir():
        raise click.UsageError(f"--out: there is no folder {out.parent}.")
