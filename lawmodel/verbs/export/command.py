"""`lawmodel export`: a question in the form of another engine, with a case or for a table of cases."""

from __future__ import annotations

from pathlib import Path

import click

from lawmodel.commands.older_outputs import is_answer_set_program, is_decision_model, is_query
from lawmodel.commands.one_case import asked_of
from lawmodel.commands.options import (
    day_of,
    law_paths,
    name_of,
    on_option,
    reading_option,
    readings_of,
    rulebook_of,
    rules_option,
    stage_of,
    stage_option,
)
from lawmodel.output_files import Output, check_outputs, save_text
from lawmodel.problems import listed


@click.command("export", epilog="Example: lawmodel export CASE.yaml --to asp --question QUESTION --out case.lp")
@click.argument("case", required=False, type=click.Path(path_type=Path))
@click.option(
    "--to",
    "form",
    type=click.Choice(["asp", "dmn", "sql"]),
    required=True,
    help="The form: `asp`, an answer-set program for clingo; `dmn`, a decision model for editors and engines of DMN; "
    "`sql`, a query for DuckDB.",
)
@click.option(
    "--question",
    metavar="QUESTION",
    help="Ask this question. Needed for `dmn` and `sql`, and where the case speaks to several.",
)
@click.option("--variant", metavar="NAME", help="This variant of the case (`base`: the case itself).")
@reading_option
@on_option
@stage_option
@rules_option
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write this file, instead of showing it.")
def command(
    case: Path | None,
    form: str,
    question: str | None,
    variant: str | None,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
    out: Path | None,
) -> None:
    """A question in the form of another engine.

    `asp`: a question and a CASE as an answer-set program. The law of the question, what is known of the case, and a
    choice for whatever is open; clingo, an engine that nobody here wrote, then gives the outcome and its grounds.

    `dmn`: a question as a DMN model, without a CASE: facts are its inputs, provisions and concepts its decisions, in
    FEEL. Editors show its diagram; engines run it. How to read it, and what it does not say, stands in its description.

    `sql`: a question as one query over a table of facts, without a CASE. Each row is a case; DuckDB gives outcome and
    grounds of all of them. What the query reads, and what it does not say, stands above it.
    """
    if out is not None:
        older = {"asp": is_answer_set_program, "dmn": is_decision_model, "sql": is_query}[form]
        read = [*law_paths(rules), *([] if case is None else [case])]
        check_outputs([Output("--out", out, is_older=older)], read)
    if form == "asp":
        text = _program(case, question, variant, readings, on, stage, rules)
    else:
        text = _of_question(form, case, question, variant, readings, on, stage, rules)
    if out is None:
        click.echo(text, nl=False)
    else:
        save_text(out, text)


def _program(
    case: Path | None,
    question: str | None,
    variant: str | None,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
) -> str:
    if case is None:
        raise click.UsageError("an answer-set program is of a question and a case. Name the file of a case.")
    questions = () if question is None else (question,)
    asked = asked_of(case, questions=questions, variant=variant, readings=readings, on=on, stage=stage, rules=rules)
    if len(asked.questions) > 1:
        names = listed(asked.questions)
        raise click.UsageError(f"the case speaks to several questions: {names}. Name one of them with --question.")
    from lawmodel.verbs.export.export import as_answer_set_program

    return as_answer_set_program(
        asked.rulebook, asked.case, asked.questions[0], readings=asked.readings, on=asked.on, stage=asked.stage
    )


def _of_question(
    form: str,
    case: Path | None,
    question: str | None,
    variant: str | None,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
) -> str:
    named = "a model" if form == "dmn" else "a query"
    if case is not None or variant is not None:
        cases = "the inputs that an engine is given" if form == "dmn" else "the rows of a table"
        raise click.UsageError(f"{named} is of a question, and its cases are {cases}. Leave out the case.")
    rulebook = rulebook_of(rules)
    if question is None:
        names = listed(list(rulebook.questions))
        raise click.UsageError(f"{named} is of one question. Choose a --question: {names}.")
    name_of(question, rulebook.questions, "--question")
    day, of_stage, chosen = day_of(on), stage_of(rulebook, stage), readings_of(rulebook, readings)
    if form == "dmn":
        from lawmodel.verbs.export.dmn.model import as_dmn

        return as_dmn(rulebook, question, readings=chosen, on=day, stage=of_stage)
    try:
        from lawmodel.verbs.export.sql import as_sql
    except ImportError as missing:
        said = f"{missing.name} is not installed. A query needs it: pip install 'lawmodel[batch,ibis]'."
        raise click.UsageError(said) from None
    try:
        return as_sql(rulebook, question, readings=chosen, on=day, stage=of_stage)
    except ValueError as error:
        raise click.UsageError(f"{error}: no query can say that.") from None
