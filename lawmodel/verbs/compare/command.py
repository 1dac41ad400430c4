"""`lawmodel compare`: the answer under every reading, day, stage or telling that matters."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

from lawmodel.commands.json_output import Schema
from lawmodel.commands.one_case import asked_of, case_options
from lawmodel.commands.options import day_of
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.verbs.compare.compared import By, compared
from lawmodel.verbs.compare.document import document

SCHEMAS: Final[Mapping[By, Schema]] = {
    "reading": Schema.COMPARISON_BY_READING,
    "date": Schema.COMPARISON_BY_DATE,
    "stage": Schema.COMPARISON_BY_STAGE,
    "telling": Schema.COMPARISON_BY_TELLING,
}


@click.command("compare", epilog="Example: lawmodel compare CASE.yaml --by date --question QUESTION --from 2020-01-01")
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "--by",
    type=click.Choice(list(SCHEMAS)),
    default="reading",
    show_default=True,
    help="What is varied: all readings, the day of the law, the stage from which bills count as law, the source.",
)
@click.option("--from", "first", metavar="DATE", help="With --by date: from this day on (YYYY-MM-DD).")
@click.option("--to", "last", metavar="DATE", help="With --by date: up to this day (YYYY-MM-DD).")
@case_options
@output_options
def command(
    case: Path, by: By, first: str | None, last: str | None, output: ResultOutput, stage: str | None, **options: Any
) -> None:
    """The answer under every reading, day, stage or telling that matters, in the fewest rows.

    Every reading is varied, but for those that are chosen with --reading; facts stay as they are. --by date finds every
    day of the law on which the answer changes; --on marks a day other than that of the case.
    """
    begins, ends = _range(by, first, last)
    if stage is not None and by == "stage":
        raise click.UsageError("--stage: --by stage goes through all stages. Leave --stage out.")
    asked = asked_of(case, stage=stage, **options)
    if by == "telling" and not asked.rulebook.tellings:
        raise click.UsageError("this rulebook has no tellings. Add a section `tellings`: see docs/rulebook.md.")
    for question in asked.questions:
        found = compared(
            asked.rulebook,
            asked.case,
            question,
            by,
            readings=asked.readings,
            on=asked.on,
            stage=asked.stage,
            first=begins,
            last=ends,
        )
        output.add(SCHEMAS[by], found, partial(document, found))


def _range(by: By, first: str | None, last: str | None) -> tuple[datetime.date | None, datetime.date | None]:
    """The days of --from and --to."""
    begins, ends = day_of(first, "--from"), day_of(last, "--to")
    for option, day in (("--from", begins), ("--to", ends)):
        if day is not None and by != "date":
            raise click.UsageError(f"{option} cuts the days of --by date. Add --by date, or leave {option} out.")
    if begins is not None and ends is not None and begins > ends:
        raise click.UsageError(f"--from {begins} comes after --to {ends}. Exchange them.")
    return begins, ends
