"""`lawmodel why-not`: what stands in the way of another outcome."""

from __future__ import annotations

from pathlib import Path

import click

from lawmodel.commands.ending import stop_if
from lawmodel.commands.json_output import Schema, write_json
from lawmodel.commands.one_case import asked_of, case_options
from lawmodel.commands.outcome_option import question_with
from lawmodel.commands.why import AS_TAKEN
from lawmodel.inquiry.reasons.why import MOST
from lawmodel.inquiry.reasons.why_not import why_not


@click.command("why-not", epilog="Example: lawmodel why-not CASE.yaml OUTCOME --variant NAME")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("outcome")
@case_options
@click.option("--most", type=click.IntRange(1, 1000), default=MOST, show_default=True, help="So many reasons at most.")
@click.option("--readings", "readings_too", is_flag=True, help="Let go of the readings too, not of the facts alone.")
@click.option("--all", "everything", is_flag=True, help="List what is in no reason too.")
def command(
    case: Path,
    outcome: str,
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
    """What stands in the way of another outcome?

    Every provision that could speak for it with the first thing that it fails on, and the smallest sets of what the
    case holds that exclude the outcome, whatever everything else is.
    """
    asked = asked_of(case, questions=questions, variant=variant, readings=readings, on=on, stage=stage, rules=rules)
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
    interrupted = found.found is not None and found.found.interrupted
    if as_json and not interrupted:
        write_json(Schema.WHY_NOT, found.to_json())
        return
    from lawmodel.answer.console import console, write
    from lawmodel.answer.reasons.why_not_text import why_not_text

    stop_if(interrupted, lambda: why_not_text(found, everything=everything))
    write(console(), [*why_not_text(found, everything=everything), *([] if readings_too else [AS_TAKEN])])
