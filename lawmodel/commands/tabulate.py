"""`lawmodel tabulate`: how often each outcome, by what the cases have in common; and what differs between two runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawmodel.commands.extras import tables_missing
from lawmodel.commands.json_output import Schema, write_json
from lawmodel.commands.older_outputs import is_chart, is_counts
from lawmodel.commands.options import json_option, law_paths, rulebook_of, rules_option
from lawmodel.output_files import Output, check_outputs, save_text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from lawmodel.batch.counting.tabulated import Tabulated
    from lawmodel.rulebook.model import Rulebook

MOST_ROWS = 40


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
@json_option
def command(
    answers: Path,
    cases: Path | None,
    by: tuple[str, ...],
    only: str | None,
    against: str | None,
    out: Path | None,
    rules: tuple[Path, ...],
    as_json: bool,
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
        from lawmodel.batch.counting.chart import chart_page

        save_text(out, chart_page(rulebook, table) if out.suffix == ".html" else csv_of(table))
    if as_json:
        write_json(Schema.TABLE, table.to_json())
        return
    from lawmodel.answer.console import console, write

    to = console()
    write(to, _shown(rulebook, table))
    if out is not None:
        click.echo(f"Written to {out}")


def csv_of(table: Tabulated) -> str:
    """The counts as CSV; where two runs are compared, what moved."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    if table.against is not None:
        writer.writerow([*table.by, "before", "after", "gained", "lost", "cases"])
        for one in table.moved:
            writer.writerow([*one.labels, one.before, one.after, ";".join(one.gained), ";".join(one.lost), one.count])
    else:
        writer.writerow([*table.by, *table.outcomes, "all"])
        for group in table.groups:
            writer.writerow([*group.labels, *(group.counts.get(name, 0) for name in table.outcomes), group.total])
    return stream.getvalue()


def _shown(rulebook: Rulebook, table: Tabulated) -> Iterator[RenderableType]:
    from rich.text import Text

    question = rulebook.questions[table.about["question"]]
    yield Text.assemble((question.title, "bold"), f"  {question.asks}  ", (f"{table.total:,} cases", "dim"))
    rows = [
        [
            *group.labels,
            *(_counted(group.counts.get(name, 0), group.total) for name in table.outcomes),
            f"{group.total:,}",
        ]
        for group in table.groups
    ]
    yield from _grid([*table.by, *table.outcomes, "all"], rows, len(table.by))
    if table.against is None:
        return
    yield Text()
    moved = sum(one.count for one in table.moved if one.before != one.after)
    what = "cases have" if table.sets == 1 else "answers are"
    yield Text.assemble(
        ("What moved", "bold"), f"  {_counted(moved, table.total * table.sets)} of all {what} another outcome"
    )
    changes = [
        [*one.labels, f"{one.before} → {one.after}", _grounds(one.gained, one.lost), f"{one.count:,}"]
        for one in table.moved
    ]
    yield from _grid([*table.by, "outcome", "grounds", "cases"], changes, len(table.by) + 2)


def _counted(count: int, total: int) -> str:
    return f"{count:,} ({count / total:.1%})" if total and count else "0"


def _grounds(gained: Sequence[str], lost: Sequence[str]) -> str:
    return " ".join([*(f"+{one}" for one in gained), *(f"-{one}" for one in lost)])


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]], texts: int) -> Iterator[RenderableType]:
    """A table of which the first columns are texts and the others numbers."""
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for number, name in enumerate(head):
        grid.add_column(name, justify="left" if number < texts else "right")
    for row in rows[:MOST_ROWS]:
        grid.add_row(*row)
    yield grid
    if len(rows) > MOST_ROWS:
        yield Text(f"… and {len(rows) - MOST_ROWS} more rows: --out FILE, or --json, has all", "dim")
