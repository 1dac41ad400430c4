"""`lawmodel compare`: the answer under every reading, day, stage or telling that matters."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from lawmodel.commands.json_output import Schema, write_json
from lawmodel.commands.one_case import Asked, asked_of, case_options
from lawmodel.commands.options import day_of, json_option

if TYPE_CHECKING:
    from rich.console import RenderableType

READING, DATE, STAGE, TELLING = "reading", "date", "stage", "telling"
SCHEMAS: Final = {
    READING: Schema.COMPARISON_BY_READING,
    DATE: Schema.COMPARISON_BY_DATE,
    STAGE: Schema.COMPARISON_BY_STAGE,
    TELLING: Schema.COMPARISON_BY_TELLING,
}


@click.command("compare", epilog="Example: lawmodel compare CASE.yaml --by date --question QUESTION --from 2020-01-01")
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "--by",
    type=click.Choice([READING, DATE, STAGE, TELLING]),
    default=READING,
    show_default=True,
    help="What is varied: all readings, the day of the law, the stage from which bills count as law, the source.",
)
@click.option("--from", "first", metavar="DATE", help="With --by date: from this day on (YYYY-MM-DD).")
@click.option("--to", "last", metavar="DATE", help="With --by date: up to this day (YYYY-MM-DD).")
@case_options
@json_option
def command(
    case: Path, by: str, first: str | None, last: str | None, as_json: bool, stage: str | None, **options: Any
) -> None:
    """The answer under every reading, day, stage or telling that matters, in the fewest rows.

    Every reading is varied, but for those that are chosen with --reading; facts stay as they are. --by date finds every
    day of the law on which the answer changes; --on marks a day other than that of the case.
    """
    days = _range(by, first, last)
    if stage is not None and by == STAGE:
        raise click.UsageError("--stage: --by stage goes through all stages. Leave --stage out.")
    asked = asked_of(case, stage=stage, **options)
    if by == TELLING and not asked.rulebook.tellings:
        raise click.UsageError("this rulebook has no tellings. Add a section `tellings`: see docs/rulebook.md.")
    for number, question in enumerate(asked.questions):
        plain, text = _compared(asked, by, question, *days)
        if as_json:
            write_json(SCHEMAS[by], plain)
            continue
        from lawmodel.answer.console import console, write

        if number:
            click.echo()
        write(console(), text)


def _range(by: str, first: str | None, last: str | None) -> tuple[datetime.date | None, datetime.date | None]:
    """The days of --from and --to."""
    begins, ends = day_of(first, "--from"), day_of(last, "--to")
    for option, day in (("--from", begins), ("--to", ends)):
        if day is not None and by != DATE:
            raise click.UsageError(f"{option} cuts the days of --by date. Add --by date, or leave {option} out.")
    if begins is not None and ends is not None and begins > ends:
        raise click.UsageError(f"--from {begins} comes after --to {ends}. Exchange them.")
    return begins, ends


def _compared(
    asked: Asked, by: str, question: str, first: datetime.date | None, last: datetime.date | None
) -> tuple[dict[str, Any], Iterable[RenderableType]]:
    """The comparison as data and as text."""
    rulebook, case, readings, on = asked.rulebook, asked.case, asked.readings, asked.on
    match by:
        case "date":
            from lawmodel.answer.comparing.comparison_of_law_sentence import day_sentence
            from lawmodel.answer.comparing.comparison_of_law_text import by_date
            from lawmodel.inquiry.comparing.compare_dates import compare_dates

            days = compare_dates(
                rulebook, case, question, readings=readings, on=on, stage=asked.stage, first=first, last=last
            )
            return {**days.to_json(), "sentence": day_sentence(days)}, by_date(days)
        case "stage":
            from lawmodel.answer.comparing.comparison_of_law_sentence import stage_sentence
            from lawmodel.answer.comparing.comparison_of_law_text import by_stage
            from lawmodel.inquiry.comparing.compare_stages import compare_stages

            stages = compare_stages(rulebook, case, question, readings=readings, on=on)
            return {**stages.to_json(), "sentence": stage_sentence(stages)}, by_stage(stages)
        case "telling":
            from lawmodel.answer.comparing.comparison_of_law_sentence import telling_sentence
            from lawmodel.answer.comparing.comparison_of_law_text import by_telling
            from lawmodel.inquiry.comparing.compare_tellings import group_tellings

            told = group_tellings(rulebook, case, question, readings=readings, on=on, stage=asked.stage)
            return {**told.to_json(), "sentence": telling_sentence(told)}, by_telling(told)
        case _:
            from lawmodel.answer.comparing.comparison_sentence import reading_sentence
            from lawmodel.answer.comparing.comparison_text import by_reading
            from lawmodel.inquiry.comparing.compare_readings import compare_readings

            read = compare_readings(rulebook, case, question, readings=readings, on=on, stage=asked.stage)
            return {**read.to_json(), "sentence": reading_sentence(read)}, by_reading(read)
