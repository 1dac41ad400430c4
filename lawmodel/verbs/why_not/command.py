"""`lawmodel why-not`: what stands in the way of another outcome."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from lawmodel.commands.ending import stop_if
from lawmodel.commands.json_output import Schema
from lawmodel.commands.one_case import asked_of, case_options
from lawmodel.commands.outcome_option import question_with
from lawmodel.commands.reasons_options import reasons_options
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.verbs.why_not.document import document
from lawmodel.verbs.why_not.why_not import why_not


@click.command("why-not", epilog="Example: lawmodel why-not CASE.yaml OUTCOME --variant NAME")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("outcome")
@case_options
@reasons_options
@output_options
def command(
    case: Path,
    outcome: str,
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
    """What stands in the way of another outcome?

    Every provision that could speak for it with the first thing that it fails on, and the smallest sets of what the
    case holds that exclude the outcome, whatever everything else is.
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
    found = why_not(
        asked.rulebook,
        asked.case,
        question_with(asked, outcome, questions, "OUTCOME"),
        outcome,
        readings=asked.readings,
        on=asked.on,
        stage=asked.stage,
        most=most,
        readings_too=readings_too,
    )
    shown = partial(document, found, readings_too=readings_too)
    stop_if(found.found is not None and found.found.interrupted, shown)
    output.add(Schema.WHY_NOT, found, shown)
