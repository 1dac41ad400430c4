"""`lawmodel why`: the few facts that are enough for the answer."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from lawmodel.commands.ending import stop_if
from lawmodel.commands.json_output import Schema
from lawmodel.commands.one_case import asked_of, case_options
from lawmodel.commands.reasons_options import reasons_options
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.verbs.why.document import document
from lawmodel.verbs.why.why import why


@click.command("why", epilog="Example: lawmodel why CASE.yaml --question QUESTION --most 10")
@click.argument("case", type=click.Path(path_type=Path))
@case_options
@reasons_options
@output_options
def command(
    case: Path,
    questions: tuple[str, ...],
    variant: str | None,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    held_by: str | None,
    rules: tuple[Path, ...],
    most: int,
    readings_too: bool,
    output: ResultOutput,
) -> None:
    """Which few facts are enough for the answer, whatever else is true?

    A reason is a smallest set of what the case holds (facts given or presumed, readings, the day, that there are no
    further records) that settles the answer alone: whatever everything else is, the answer is the same.
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
        shown = partial(document, found, readings_too=readings_too)
        stop_if(found.found is not None and found.found.interrupted, shown)
        output.add(Schema.WHY, found, shown)
