"""`lawmodel export`: a question and a case in the form of another engine."""

from __future__ import annotations

from pathlib import Path

import click

from lawmodel.commands.older_outputs import is_answer_set_program
from lawmodel.commands.one_case import asked_of
from lawmodel.commands.options import law_paths, on_option, reading_option, rules_option, stage_option
from lawmodel.output_files import Output, check_outputs, save_text
from lawmodel.problems import listed


@click.command("export", epilog="Example: lawmodel export CASE.yaml --to asp --question QUESTION --out case.lp")
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "form",
    type=click.Choice(["asp"]),
    required=True,
    help="The form: `asp`, an answer-set program for clingo.",
)
@click.option("--question", metavar="QUESTION", help="Ask this question. Needed where the case speaks to several.")
@click.option("--variant", metavar="NAME", help="This variant of the case (`base`: the case itself).")
@reading_option
@on_option
@stage_option
@rules_option
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write this file, instead of showing it.")
def command(
    case: Path,
    form: str,
    question: str | None,
    variant: str | None,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
    out: Path | None,
) -> None:
    """A question and a case in the form of another engine.

    `asp`: an answer-set program. The law of the question, what is known of the case, and a choice for whatever is open;
    clingo, an engine that nobody here wrote, then gives the outcome and its grounds.
    """
    if out is not None:
        check_outputs([Output("--out", out, is_older=is_answer_set_program)], [case, *law_paths(rules)])
    questions = () if question is None else (question,)
    asked = asked_of(case, questions=questions, variant=variant, readings=readings, on=on, stage=stage, rules=rules)
    if len(asked.questions) > 1:
        names = listed(asked.questions)
        raise click.UsageError(f"the case speaks to several questions: {names}. Name one of them with --question.")
    from lawmodel.verbs.export.export import as_answer_set_program

    text = as_answer_set_program(
        asked.rulebook, asked.case, asked.questions[0], readings=asked.readings, on=asked.on, stage=asked.stage
    )
    if out is None:
        click.echo(text, nl=False)
    else:
        save_text(out, text)
