"""`lawmodel batch --suggest-mapping`: a first mapping for a table, shown or written to a file."""

from __future__ import annotations

from pathlib import Path

import click

from lawmodel.commands.extras import tables_missing
from lawmodel.commands.options import law_paths, rulebook_of
from lawmodel.output_files import Output, check_outputs, save_text

SUFFIXES = (".yaml", ".yml")


def suggest_mapping(
    table: Path,
    out: Path | None,
    named: str | None,
    rules: tuple[Path, ...],
    encoding: str | None,
    delimiter: str | None,
) -> None:
    """Write a first mapping for a table; a mapping that is there already was corrected by hand, and is never replaced.

    Raises `click.UsageError`, and `ProblemsFound`.
    """
    if out is not None and out.suffix not in SUFFIXES:
        raise click.UsageError(f"--out: `{out}` should end in .yaml: a mapping is written.")
    try:
        from lawmodel.batch.given.conversion import conversion
        from lawmodel.batch.given.given_table import TableLayout
        from lawmodel.batch.given.standard_input import spooled
        from lawmodel.batch.mapping.mapped import unmapped_table
        from lawmodel.batch.mapping.suggested import suggested
        from lawmodel.batch.mapping.written_mapping import mapping_text
        from lawmodel.batch.tables.databases import place_of
        from lawmodel.batch.tables.slices import NotATable
    except ImportError as missing:
        raise tables_missing(missing) from None
    if out is not None:
        check_outputs([Output("--out", out, is_older=lambda head: False)], [place_of(table)[0], *law_paths(rules)])
    rulebook = rulebook_of(rules)
    made = click.get_current_context().with_resource(conversion())
    try:
        layout = TableLayout(encoding=encoding, delimiter=delimiter)
        source = unmapped_table(spooled(table, made), named, layout, made)
        text = mapping_text(suggested(rulebook, source), table.name, source.sheet)
    except NotATable as error:
        raise click.UsageError(made.said(str(error))) from None
    for remark in made.remarks:
        click.echo(made.said(remark), err=True)
    if out is None:
        click.echo(text, nl=False)
    else:
        save_text(out, text)
        click.echo(f"Written to {out}. Read it, correct it, and give it to --mapping.", err=True)
