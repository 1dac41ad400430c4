"""`lawmodel whatif`: both answers side by side, and what changed between them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from lawmodel.case.assignments import NotAnAssignment
from lawmodel.commands.json_output import Schema
from lawmodel.commands.one_case import asked_of, case_options
from lawmodel.commands.options import day_of, name_of
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.verbs.whatif.document import document
from lawmodel.verbs.whatif.result import WhatIf
from lawmodel.verbs.whatif.whatif import whatif


@click.command("whatif", epilog="Example: lawmodel whatif CASE.yaml FACT=VALUE 'LIST[1].FIELD=VALUE' READING=OPTION")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("changes", nargs=-1, metavar="[NAME=VALUE]...")
@case_options
@click.option("--then-on", metavar="DATE", help="The law of this day (YYYY-MM-DD) for the second answer.")
@click.option("--then-stage", metavar="STAGE", help="Bills that had got as far as this are law for the second answer.")
@click.option("--then-held-by", metavar="MISCONCEPTION", help="Who holds this misconception gives the second answer.")
@output_options
def command(
    case: Path,
    changes: tuple[str, ...],
    questions: tuple[str, ...],
    variant: str | None,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    held_by: str | None,
    rules: tuple[Path, ...],
    then_on: str | None,
    then_stage: str | None,
    then_held_by: str | None,
    output: ResultOutput,
) -> None:
    """What if a fact were otherwise? Both answers, and what changed.

    Each NAME=VALUE is a change: FACT=VALUE, with a value as in a case file; READING=OPTION; a field of a record,
    'LIST[2].FIELD=VALUE', or LIST.FIELD=VALUE where the list has one record; the number after the last adds a record,
    'LIST[1]=none' takes one out, 'LIST=[]' takes out all. `unknown` as a value leaves open what has it. Changes are
    understood on the case as it is, so that records keep their numbers. The quotation marks are for the shell.
    """
    if not changes and then_on is None and then_stage is None and then_held_by is None:
        raise click.UsageError("nothing is otherwise. Write a change, such as NAME=VALUE, or --then-on DATE.")
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
    then_day = day_of(then_on, "--then-on")
    name_of(then_stage, (one.id for one in asked.rulebook.stages), "--then-stage")
    name_of(then_held_by, asked.rulebook.misconceptions, "--then-held-by")
    results: list[WhatIf] = []
    for question in asked.questions:
        try:
            found = whatif(
                asked.rulebook,
                asked.case,
                question,
                changes,
                readings=asked.readings,
                on=asked.on,
                stage=asked.stage,
                then_on=then_day,
                then_stage=then_stage,
                then_held_by=then_held_by,
            )
        except NotAnAssignment as error:
            raise click.UsageError(str(error)) from None
        results.append(found)
    output.add_together(Schema.WHATIF, results, partial(document, results))
