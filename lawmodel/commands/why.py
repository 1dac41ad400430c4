"""`lawmodel why`: which few things settle the answer, whatever else is true."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click
from rich.text import Text

from lawmodel.commands.ending import stop_if
from lawmodel.commands.json_output import Schema, write_json
from lawmodel.commands.one_case import asked_of, case_options
from lawmodel.inquiry.reasons.why import MOST, why

AS_TAKEN = Text("The readings are taken as they are; --readings lets go of them too.", "dim")


@click.command("why", epilog="Example: lawmodel why CASE.yaml --question QUESTION --most 10")
@click.argument("case", type=click.Path(path_type=Path))
@case_options
@click.option("--most", type=click.IntRange(1, 1000), default=MOST, show_default=True, help="So many reasons at most.")
@click.option("--readings", "readings_too", is_flag=True, help="Let go of the readings too, not of the facts alone.")
@click.option("--all", "everything", is_flag=True, help="List what is in no reason too.")
def command(
    case: Path,
    questions: tuple[str, ...],
    variant: str | None,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
    as_json: bool,
    most: int,
    readings_too: bool,
    everything: bool,
) -> None:
    """Which few facts settle the answer, whatever else is true?

    A reason is a smallest set of what the case holds (facts given or presumed, readings, the day, that there are no
    further records) that settles the answer alone: whatever everything else is, the answer is the same.
    """
    asked = asked_of(case, questions=questions, variant=variant, readings=readings, on=on, stage=stage, rules=rules)
    for question in asked.questions:
        found = why(
            asked.rulebook,
            asked.case,
            question,
            readings=asked.readings,
            on=asked.on,
            stage=asked.stage,
            most=most,
            readings_too=readings_too,
        )
        interrupted = found.found is not None and found.found.interrupted
        if as_json and not interrupted:
            write_json(Schema.WHY, found.to_json())
            continue
        from lawmodel.answer.console import console, write
        from lawmodel.answer.reasons.reasons_text import why_text

        stop_if(interrupted, partial(why_text, found, everything=everything))
        write(console(), [*why_text(found, everything=everything), *([] if readings_too else [AS_TAKEN]), ""])
