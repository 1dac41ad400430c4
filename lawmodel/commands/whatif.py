"""`lawmodel whatif`: both answers side by side, and what changed between them."""

from __future__ import annotations

from pathlib import Path

import click

from lawmodel.case.assignments import NotAnAssignment
from lawmodel.commands.json_output import Schema, write_json
from lawmodel.commands.one_case import asked_of, case_options
from lawmodel.commands.options import day_of, json_option, name_of
from lawmodel.inquiry.whatif import whatif


@click.command("whatif", epilog="Example: lawmodel whatif CASE.yaml FACT=VALUE 'LIST[1].FIELD=VALUE' READING=OPTION")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("changes", nargs=-1, metavar="[NAME=VALUE]...")
@case_options
@json_option
@click.option("--then-on", metavar="DATE", help="The law of this day (YYYY-MM-DD) for the second answer.")
@click.option("--then-stage", metavar="STAGE", help="Bills that had got as far as this are law for the second answer.")
@click.option("--all", "everything", is_flag=True, help="Every reason and every presumption that is another.")
def command(
    case: Path,
    changes: tuple[str, ...],
    questions: tuple[str, ...],
    variant: str | None,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
    as_json: bool,
    then_on: str | None,
    then_stage: str | None,
    everything: bool,
) -> None:
    """What if a fact were otherwise? Both answers, and what changed.

    Each NAME=VALUE is a change: FACT=VALUE, with a value as in a case file; READING=OPTION; a field of a record,
    'LIST[2].FIELD=VALUE', or LIST.FIELD=VALUE where the list has one record; the number after the last adds a record,
    'LIST[1]=none' takes one out, 'LIST=[]' takes out all. `unknown` as a value leaves open what has it. Changes are
    understood on the case as it is, so that records keep their numbers. The quotation marks are for the shell.
    """
    if not changes and then_on is None and then_stage is None:
        raise click.UsageError("nothing is otherwise. Write a change, such as NAME=VALUE, or --then-on DATE.")
    asked = asked_of(case, questions=questions, variant=variant, readings=readings, on=on, stage=stage, rules=rules)
    then_day = day_of(then_on, "--then-on")
    name_of(then_stage, (one.id for one in asked.rulebook.stages), "--then-stage")
    unchanged: list[str] = []
    for number, question in enumerate(asked.questions):
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
            )
        except NotAnAssignment as error:
            raise click.UsageError(str(error)) from None
        if as_json:
            write_json(Schema.WHATIF, found.to_json())
            continue
        from lawmodel.answer.comparing.whatif_text import both_answers, heading
        from lawmodel.answer.comparing.whatif_text import unchanged as unchanged_ones
        from lawmodel.answer.console import console, write

        to = console()
        if not number:
            write(to, heading(found))
        if found.changed or len(asked.questions) == 1:
            write(to, both_answers(found, everything=everything))
        else:
            unchanged.append(question)
    if unchanged:
        write(to, [unchanged_ones(asked.rulebook, unchanged)])
