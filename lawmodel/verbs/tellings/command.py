"""`lawmodel tellings`: what a reader of each source would conclude on a case."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from lawmodel.commands.json_output import Schema
from lawmodel.commands.one_case import the_case
from lawmodel.commands.options import day_of, name_of, on_option, rulebook_of, rules_option
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.inquiry.sheet import questions_of
from lawmodel.verbs.tellings.document import document
from lawmodel.verbs.tellings.tellings import compare_tellings


@click.command("tellings", epilog="Example: lawmodel tellings CASE.yaml --question QUESTION")
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "--question", "questions", multiple=True, metavar="QUESTION", help="Compare on this question. Repeatable."
)
@click.option("--variant", metavar="NAME", help="This variant of the case.")
@on_option
@rules_option
@output_options
def command(
    case: Path,
    questions: tuple[str, ...],
    variant: str | None,
    on: str | None,
    rules: tuple[Path, ...],
    output: ResultOutput,
) -> None:
    """What would a reader of each source conclude, and on which reading do they differ?"""
    rulebook = rulebook_of(rules)
    if not rulebook.tellings:
        raise click.UsageError("this rulebook has no tellings. Add a section `tellings`: see docs/rulebook.md.")
    for question in questions:
        name_of(question, rulebook.questions, "--question")
    day = day_of(on)
    chosen = the_case(rulebook, case, variant)
    for question in dict.fromkeys(questions or questions_of(rulebook, chosen)):
        found = compare_tellings(rulebook, chosen, question, day)
        output.add(Schema.TELLINGS, found, partial(document, found))
