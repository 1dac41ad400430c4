"""`lawmodel turns-on`: how much each open point weighs."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from lawmodel.commands.json_output import Schema
from lawmodel.commands.one_case import asked_of, case_options
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.verbs.turns_on.document import document
from lawmodel.verbs.turns_on.turns_on import turns_on


@click.command("turns-on", epilog="Example: lawmodel turns-on CASE.yaml --reading READING=unknown")
@click.argument("case", type=click.Path(path_type=Path))
@case_options
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
    output: ResultOutput,
) -> None:
    """How much does each open point weigh?

    Counts, exactly, in how many of the situations that are left each open input alone would change the outcome. To
    weigh a reading that is taken by default, leave it open: --reading READING=unknown.
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
        found = turns_on(asked.rulebook, asked.case, question, readings=asked.readings, on=asked.on, stage=asked.stage)
        output.add(Schema.WEIGHTS, found, partial(document, found))
