"""`lawmodel report`: a memorandum on a case."""

from __future__ import annotations

import shlex
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from lawmodel.commands.ending import stop_if
from lawmodel.commands.json_output import Schema
from lawmodel.commands.one_case import asked_of, case_options
from lawmodel.commands.options import name_of
from lawmodel.commands.result_output import ResultOutput, output_options_with_to
from lawmodel.inquiry.sheet import questions_of
from lawmodel.verbs.report.document import document
from lawmodel.verbs.report.report import report
from lawmodel.verbs.report.result import Report


@click.command("report", epilog="Example: lawmodel report CASE.yaml --question QUESTION --out memorandum.docx")
@click.argument("case", type=click.Path(path_type=Path))
@case_options
@click.option("--as-told-by", "told_by", metavar="TELLING", help="The law as this source tells it.")
@output_options_with_to
def command(
    case: Path,
    questions: tuple[str, ...],
    variant: str | None,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    held_by: str | None,
    rules: tuple[Path, ...],
    told_by: str | None,
    output: ResultOutput,
) -> None:
    """A memorandum on a CASE: facts, law, reasons ground by ground, doubts, and what is still to be found out.

    The first question is analysed. The others are answered in a table: those that are named too, or else those that
    the case asks. PDF needs the extra `report`.
    """
    if held_by is not None:
        raise click.UsageError("--held-by: a memorandum is of the law. Ask `decide` how one who holds it would answer.")
    asked = asked_of(case, questions=questions, variant=variant, readings=readings, on=on, stage=stage, rules=rules)
    name_of(told_by, asked.rulebook.tellings, "--as-told-by")
    first, *others = asked.questions
    if len(questions) == 1:
        others = [one for one in questions_of(asked.rulebook, asked.case) if one != first]
    made = report(
        asked.rulebook,
        asked.case,
        first,
        others=others,
        readings=asked.readings,
        on=asked.on,
        stage=asked.stage,
        told_by=told_by,
    )
    day = on or _of_today(made)
    made = replace(made, command=_command(case, questions, variant, readings, day, stage, told_by, rules))
    shown = partial(document, made)
    stop_if(made.change is not None and made.change.interrupted, shown)
    output.add(Schema.REPORT, made, shown)


def _of_today(made: Report) -> str | None:
    """The day of the law where nothing but today gives it: on another day the same memorandum is to be made."""
    case = made.header.case
    dated = case is None or case.on is not None or made.rulebook.law_date in case.facts
    return None if dated else made.law.date


def _command(
    case: Path,
    questions: tuple[str, ...],
    variant: str | None,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    told_by: str | None,
    rules: tuple[Path, ...],
) -> str:
    """The command that makes the memorandum again, letter by letter as a shell takes it."""
    words = ["lawmodel", "report", str(case)]
    for option, values in (
        ("--question", questions),
        ("--variant", () if variant is None else (variant,)),
        ("--reading", readings),
        ("--on", () if on is None else (on,)),
        ("--stage", () if stage is None else (stage,)),
        ("--as-told-by", () if told_by is None else (told_by,)),
        ("--rules", tuple(map(str, rules))),
    ):
        for value in values:
            words += [option, value]
    return shlex.join(words)
