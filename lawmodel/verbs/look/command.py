"""`lawmodel look`: a first look at a table, before anything is decided."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from lawmodel.commands.exit_codes import ExitCode
from lawmodel.commands.extras import tables_missing
from lawmodel.commands.json_output import Schema
from lawmodel.commands.options import rulebook_of, rules_option
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.commands.table_options import dates_option, delimiter_option, encoding_option


@click.command("look", epilog="Example: lawmodel look people.xlsx --mapping people.yaml")
@click.argument("table", type=click.Path(path_type=Path), metavar="IN")
@click.option("--table", "named", metavar="NAME", help="Of a database this table or view; of a spreadsheet this sheet.")
@click.option(
    "--mapping",
    "mapped_by",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What the columns and cells mean, where they are not called as the facts (docs/tables.md).",
)
@encoding_option
@delimiter_option
@dates_option
@click.option("--ignore", "ignored", multiple=True, metavar="COLUMN", help="A column that is no fact. Repeatable.")
@click.option("--strict", is_flag=True, help="Exit code 1 unless every column is matched and every cell understood.")
@rules_option
@output_options
def command(
    table: Path,
    named: str | None,
    mapped_by: Path | None,
    encoding: str | None,
    delimiter: str | None,
    dates: tuple[str, ...],
    ignored: tuple[str, ...],
    strict: bool,
    rules: tuple[Path, ...],
    output: ResultOutput,
) -> None:
    """A first look at a table, before anything is decided.

    Which columns are facts, and which are not; which cells are not understood, how many, and what to do; how often
    something is unknown; and the days whose law would be applied. IN is any table that `batch` reads.
    """
    rulebook = rulebook_of(rules)
    try:
        from lawmodel.batch.given.conversion import conversion
        from lawmodel.batch.given.given_table import TableLayout
        from lawmodel.batch.given.standard_input import spooled
        from lawmodel.batch.mapping.looked import looked_at
        from lawmodel.batch.mapping.mapping_file import load_mapping
        from lawmodel.batch.tables.cell_values import NotAForm
        from lawmodel.batch.tables.slices import NotATable
        from lawmodel.verbs.look.document import document
    except ImportError as missing:
        raise tables_missing(missing) from None
    if mapped_by is not None and dates:
        raise click.UsageError("--dates: with --mapping, the mapping says how days are written (`dates`).")
    made = click.get_current_context().with_resource(conversion())
    layout = TableLayout(encoding=encoding, delimiter=delimiter)
    try:
        mapping = None if mapped_by is None else load_mapping(rulebook, mapped_by)
        found = looked_at(rulebook, spooled(table, made), str(table), mapping, named, layout, made, dates, ignored)
    except (NotAForm, NotATable) as error:
        raise click.UsageError(made.said(str(error))) from None
    output.add(Schema.LOOK, found, partial(document, rulebook, found))
    output.finish()
    if strict and not found.is_clear:
        sys.exit(ExitCode.DOES_NOT_HOLD)
