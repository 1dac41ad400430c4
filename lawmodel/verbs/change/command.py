"""`lawmodel change`: the least that would have to be otherwise for another outcome."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Literal

import click

from lawmodel.commands.ending import stop_if
from lawmodel.commands.json_output import Schema
from lawmodel.commands.one_case import asked_of, case_options
from lawmodel.commands.options import name_of
from lawmodel.commands.outcome_option import question_with
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.inquiry.change import MOST, UP_TO, change, changeable_names
from lawmodel.verbs.change.document import document


@click.command("change", epilog="Example: lawmodel change CASE.yaml --to OUTCOME --keep GROUP --free FACT --only facts")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--to", required=True, metavar="OUTCOME", help="The outcome that is wanted.")
@case_options
@click.option("--free", multiple=True, metavar="NAME", help="May change, although it is fixed. Repeatable.")
@click.option("--keep", multiple=True, metavar="NAME", help="Must not change. Repeatable.")
@click.option("--only", type=click.Choice(["facts", "readings"]), help="Change nothing else.")
@click.option(
    "--up-to",
    type=click.IntRange(1, 8),
    metavar="N",
    default=UP_TO,
    show_default=True,
    help="At most this many changes in a set.",
)
@click.option(
    "--most",
    type=click.IntRange(1, 300),
    metavar="N",
    default=MOST,
    show_default=True,
    help="At most this many sets.",
)
@output_options
def command(
    case: Path,
    to: str,
    questions: tuple[str, ...],
    variant: str | None,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    held_by: str | None,
    rules: tuple[Path, ...],
    free: tuple[str, ...],
    keep: tuple[str, ...],
    only: Literal["facts", "readings"] | None,
    up_to: int,
    most: int,
    output: ResultOutput,
) -> None:
    """The least that would have to be otherwise for another outcome.

    The smallest sets of facts, readings, records and days whose change gives the outcome, everything else as it is.
    Facts that cannot change any more (`fixed` in the rulebook) stay as they are. NAME is a fact, a field
    (service.fought, 'service[1].fought'), a list or one of its records with all its fields, a group of facts, or a
    reading; the longest name that fits decides.
    """
    asked = asked_of(
        case,
        questions=questions,
        variant=variant,
        readings=readings,
        on=on,
        stage=stage,
        held_by=held_by,
        rules=rules,
    )
    question = question_with(asked, to, questions, "--to")
    names = list(dict.fromkeys(changeable_names(asked.rulebook, asked.case)))
    for option, given in (("--free", free), ("--keep", keep)):
        for name in given:
            name_of(name, names, option)
    if both := set(free) & set(keep):
        raise click.UsageError(f"--keep: `{min(both)}` may also change, with --free. Keep one of the two.")
    found = change(
        asked.rulebook,
        asked.case,
        question,
        to,
        readings=asked.readings,
        on=asked.on,
        stage=asked.stage,
        free=free,
        keep=keep,
        only=only,
        up_to=up_to,
        most=most,
    )
    shown = partial(document, found)
    stop_if(found.interrupted, shown)
    output.add(Schema.CHANGE, found, shown)
