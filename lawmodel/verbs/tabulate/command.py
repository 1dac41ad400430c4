"""`lawmodel tabulate`: how often each outcome, by what the cases have in common; and what differs between two runs."""

from __future__ import annotations

import csv
import io
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawmodel.commands.extras import tables_missing
from lawmodel.commands.json_output import Schema
from lawmodel.commands.older_outputs import is_chart, is_counts
from lawmodel.commands.options import law_paths, rulebook_of, rules_option
from lawmodel.commands.result_output import ResultOutput, format_options
from lawmodel.output_files import Output, check_outputs, save_text

if TYPE_CHECKING:
    from lawmodel.batch.counting.tabulated import Tabulated


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
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="A .csv table, or an .html page with a chart."
)
@rules_option
@format_options
def command(
    answers: Path,
    cases: Path | None,
    by: tuple[str, ...],
    only: str | None,
    against: str | None,
    out: Path | None,
    rules: tuple[Path, ...],
    output: ResultOutput,
) -> None:
    """How often each outcome, by what the cases have in common; and what differs between two runs.

    ANSWERS is what `lawmodel batch` has written.
    """
    if out is not None and out.suffix not in (".csv", ".html"):
        raise click.UsageError(f"--out {out}: the name ends in .csv or .html.")
    rulebook = rulebook_of(rules)
    try:
        from lawmodel.batch.counting.answer_files import CannotTabulate, answer_sets, described
        from lawmodel.batch.counting.tabulated import tabulate
        from lawmodel.batch.tables.databases import place_of
        from lawmodel.verbs.tabulate.document import document
    except ImportError as missing:
        raise tables_missing(missing) from None
    names = [name.strip() for one in by for name in one.split(",") if name.strip()]
    try:
        sets = answer_sets(described(answers)) if against is not None else {}
        is_file = against is not None and against not in sets and place_of(Path(against))[0].exists()
        other = Path(against) if against is not None and is_file else against
        if out is not None:
            read = [answers, *filter(None, [cases]), *([Path(str(against))] if is_file else []), *law_paths(rules)]
            older = is_chart if out.suffix == ".html" else is_counts
            check_outputs([Output("--out", out, is_older=older)], [place_of(one)[0] for one in read])
        table = tabulate(rulebook, answers, cases=cases, by=names, only=only, against=other)
    except CannotTabulate as error:
        raise click.UsageError(str(error)) from None
    if out is not None:
        from lawmodel.render.formats.html import render

        save_text(out, render(document(rulebook, table)) if out.suffix == ".html" else csv_of(table))
    written = None if out is None else str(out)
    output.add(Schema.TABLE, table, partial(document, rulebook, table, written))


def csv_of(table: Tabulated) -> str:
    """The counts as CSV; where two runs are compared, what moved."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    if table.difference is not None:
        writer.writerow([*table.by, "before", "after", "gained", "lost", "cases"])
        for one in table.moved:
            writer.writerow([*one.labels, one.before, one.after, ";".join(one.gained), ";".join(one.lost), one.count])
    else:
        writer.writerow([*table.by, *table.outcomes, "all"])
        for group in table.groups:
            writer.writerow([*group.labels, *(group.counts.get(name, 0) for name in table.outcomes), group.total])
    return stream.getvalue()
