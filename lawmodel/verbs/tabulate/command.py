"""`lawmodel tabulate`: how often each outcome, by what the cases have in common; and what differs between two runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawmodel.commands.extras import tables_missing
from lawmodel.commands.json_output import Schema
from lawmodel.commands.older_outputs import is_counts
from lawmodel.commands.options import law_paths, rulebook_of, rules_option
from lawmodel.commands.result_output import ResultOutput, format_options
from lawmodel.commands.table_options import (
    DASH,
    bom_option,
    check_bom,
    dates_option,
    delimiter_option,
    encoding_option,
)
from lawmodel.output_files import Output, check_outputs, save_bytes, save_text
from lawmodel.render.formats import Format, as_bytes, format_named, format_names

if TYPE_CHECKING:
    from lawmodel.batch.counting.tabulated import Tabulated
    from lawmodel.rulebook.model import Rulebook


@click.command(
    "tabulate", epilog="Example: lawmodel tabulate answers.parquet --cases cases.parquet --by service.formation"
)
@click.argument("answers", type=click.Path(path_type=Path), metavar="ANSWERS")
@click.option("--cases", type=click.Path(path_type=Path), metavar="FILE", help="The table that the answers are about.")
@click.option(
    "--by", "by", multiple=True, metavar="NAME[,NAME]", help="A fact, list.field, `ground` or `status`. Repeatable."
)
@click.option("--only", metavar="SET", help="Of a file with several sets of answers, this one.")
@click.option(
    "--against",
    metavar="FILE|SET",
    help="What these answers are compared with: another run on the same cases, or a set of the same file.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A .csv or .xlsx table, or a document with a chart (.html, .md, .docx, .pdf); - for CSV.",
)
@encoding_option
@delimiter_option
@dates_option
@bom_option
@rules_option
@format_options
def command(
    answers: Path,
    cases: Path | None,
    by: tuple[str, ...],
    only: str | None,
    against: str | None,
    out: Path | None,
    encoding: str | None,
    delimiter: str | None,
    dates: tuple[str, ...],
    bom: bool,
    rules: tuple[Path, ...],
    output: ResultOutput,
) -> None:
    """How often each outcome, by what the cases have in common; and what differs between two runs.

    ANSWERS is what `lawmodel batch` has written.
    """
    as_document = None if out is None else document_format(out.suffix)
    if out is not None and out != DASH and out.suffix not in (".csv", ".xlsx") and as_document is None:
        raise click.UsageError(f"--out {out}: the name ends in .csv, .xlsx, .html, .md, .docx or .pdf.")
    check_bom(bom, [out])
    output.beside = out == DASH
    rulebook = rulebook_of(rules)
    try:
        from lawmodel.batch.counting.answer_files import CannotTabulate, answer_sets, described
        from lawmodel.batch.counting.counted_cases import as_counted
        from lawmodel.batch.counting.tabulated import tabulate
        from lawmodel.batch.given.conversion import conversion
        from lawmodel.batch.given.given_table import TableLayout
        from lawmodel.batch.given.standard_input import spooled
        from lawmodel.batch.tables.cell_values import DayForms, NotAForm
        from lawmodel.batch.tables.databases import place_of
        from lawmodel.batch.tables.slices import NotATable
        from lawmodel.batch.writing.written_sheet import check_free
        from lawmodel.verbs.tabulate.document import document
    except ImportError as missing:
        raise tables_missing(missing) from None
    names = [name.strip() for one in by for name in one.split(",") if name.strip()]
    made = click.get_current_context().with_resource(conversion())
    try:
        layout, days = TableLayout(encoding=encoding, delimiter=delimiter), DayForms.of(dates)
        read = [answers, *filter(None, [cases])]
        answers = spooled(answers, made)
        if cases is not None:
            cases = as_counted(spooled(cases, made), rulebook, layout, days, made)
        sets = answer_sets(described(answers)) if against is not None else {}
        is_file = against is not None and against not in sets and place_of(Path(against))[0].exists()
        other = Path(against) if against is not None and is_file else against
        if out is not None and out != DASH:
            read += [*([Path(str(against))] if is_file else []), *law_paths(rules)]
            mark = None if as_document is None else (as_document.MARK or "").encode()
            older = is_counts if out.suffix == ".csv" else None if mark is None else lambda head: mark in head
            check_outputs([Output("--out", out, is_older=older)], [place_of(one)[0] for one in read])
            if out.suffix == ".xlsx":
                check_free(out)
        table = tabulate(rulebook, answers, cases=cases, by=names, only=only, against=other)
    except (CannotTabulate, NotAForm, NotATable) as error:
        raise click.UsageError(made.said(str(error))) from None
    for remark in made.remarks:
        click.echo(made.said(remark), err=True)
    if out is not None:
        _save(out, as_document, rulebook, table, bom)
    written = None if out is None or out == DASH else str(out)
    output.add(Schema.TABLE, table, partial(document, rulebook, table, written))


def document_format(suffix: str) -> Format | None:
    """The format of documents whose files end so and are known again; None where there is none."""
    every = map(format_named, format_names())
    return next((one for one in every if one.MARK is not None and suffix.lower() in one.EXTENSIONS), None)


def _save(out: Path, as_document: Format | None, rulebook: Rulebook, table: Tabulated, bom: bool) -> None:
    """Write the counts; raises `ProblemsFound`."""
    if as_document is not None:
        from lawmodel.verbs.tabulate.document import document

        save_bytes(out, as_bytes(as_document.render(document(rulebook, table))))
    elif out.suffix == ".xlsx":
        from lawmodel.batch.writing.written_sheet import save_sheet

        headings, *rows = rows_of(table)  # for people: what outcomes say, and not their ids
        headings = [table.says.get(str(one), one) for one in headings]
        try:
            save_sheet(out, "counts", [str(one) for one in headings], rows, table.about)
        except OSError as error:
            raise click.UsageError(f"{out}: it cannot be written: {error}") from None
    else:
        text = ("\ufeff" if bom else "") + csv_of(table)
        if out == DASH:
            click.echo(text, nl=False)
        else:
            save_text(out, text)


def csv_of(table: Tabulated) -> str:
    """The counts as CSV."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows_of(table))
    return stream.getvalue()


def rows_of(table: Tabulated) -> Iterator[list[object]]:
    """The counts below their headings; where two runs are compared, what moved."""
    if table.difference is not None:
        yield [*table.by, "before", "after", "gained", "lost", "cases"]
        for one in table.moved:
            yield [*one.labels, one.before, one.after, ";".join(one.gained), ";".join(one.lost), one.count]
    else:
        yield [*table.by, *table.outcomes, "all"]
        for group in table.groups:
            yield [*group.labels, *(group.counts.get(name, 0) for name in table.outcomes), group.total]
